"""For which stages of the cycle an activity stands, by the words of its title and result."""

from django.db.models import Q

STEMS: dict[str, tuple[str, ...]] = {
    "activities": (),
    "recommendations": ("рекомендац",),
    "decisions": ("приказ", "распоряжен", "постановлен", "решени"),
    "effectiveness": ("эффективност", "результативност"),
}
"""Stage → beginnings of words, one of which is in the title or the result; none: every activity stands for it."""


def about(stage: str, prefix: str = "") -> Q:
    """The condition that an activity stands for the stage; `prefix` leads to it. KeyError for other stages."""
    condition = Q()
    for stem in STEMS[stage]:
        # SQLite knows no case of Cyrillic letters: a word stands small, at the beginning of a sentence, or in capitals.
        for form in (stem, stem.capitalize(), stem.upper()):
            condition |= Q(**{f"{prefix}title__contains": form}) | Q(**{f"{prefix}result__contains": form})
    return condition
