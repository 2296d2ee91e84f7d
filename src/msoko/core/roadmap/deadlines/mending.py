"""Words that are torn, run together or misspelt: what they were meant to be, where there is no doubt."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from msoko.core.roadmap.deadlines.words import FORMS, MONTHS, UNKNOWN, look_up

LONG_ENOUGH = 6  # a shorter word with a wrong letter may be another word: июнь and июль
MOST_SLIPS = 2
MENDED_TAGS = {"month", "gen"}
MENDED_TOO = (
    *("ежегодно", "ежемесячно", "еженедельно", "ежеквартально", "ежедневно", "постоянно", "каникулы"),
    *("квартал", "квартала", "квартале", "полугодие", "полугодия", "полугодии", "четверть", "четверти"),
    *("течение", "каждый", "каждого", "учебного", "период", "периода", "начало", "включительно"),
)
DATIVE_OR_LOCATIVE = {"в": ("е",), "к": ("ю", "у")}
RUN_TOGETHER = {"gen": ("с", "до"), "month": ("в", "к"), "yearly": ("в",)}


@dataclass(frozen=True)
class Mended:
    form: str
    tag: str
    value: int


@lru_cache(maxsize=4096)
def corrected(word: str) -> Mended | None:
    """The known long word that differs by one letter (wrong, missing, superfluous or swapped); None if not just one."""
    if len(word) < LONG_ENOUGH - 1 or look_up(word)[0] != UNKNOWN:
        return None
    near = {form for cut in _with_one_letter_cut(word) for form in _by_cut().get(cut, ()) if _is_near(word, form)}
    meant = {look_up(form) for form in near}
    if len(meant) == 1:
        ((tag, value),) = meant
        return Mended(min(near), tag, value)
    if meant and {tag for tag, _ in meant} <= MENDED_TAGS and len({value for _, value in meant}) == 1:
        # «Сентябрл» may be «сентябрь» or «сентября»: the month is clear, its case is not, as in an abbreviation.
        ((_, value), *_) = meant
        return Mended(MONTHS[value - 1], "abbr", value)
    return None


@cache
def _mended_forms() -> tuple[str, ...]:
    forms = [form for form, (tag, _) in FORMS.items() if tag in MENDED_TAGS] + list(MENDED_TOO)
    return tuple(form for form in forms if len(form) >= LONG_ENOUGH)


@cache
def _by_cut() -> dict[str, set[str]]:
    """All mended words by what they are with a letter cut out, or none."""
    by_cut = defaultdict(set)
    for form in _mended_forms():
        for cut in _with_one_letter_cut(form):
            by_cut[cut].add(form)
    return by_cut


def _with_one_letter_cut(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_near(word: str, form: str) -> bool:
    """Words with a common cut may still differ by two letters; those are left alone, unless the two are swapped."""
    if len(word) != len(form):
        return True
    unlike = [place for place, (one, other) in enumerate(zip(word, form, strict=True)) if one != other]
    swapped = len(unlike) == 2 and unlike[1] - unlike[0] == 1
    return len(unlike) == 1 or (swapped and word[unlike[0]] == form[unlike[1]] and word[unlike[1]] == form[unlike[0]])


@lru_cache(maxsize=4096)
def parted(word: str) -> int:
    """Where a preposition and a month were run together («всентябре», «домая»); 0 where they were not."""
    if look_up(word)[0] != UNKNOWN:
        return 0
    for place in (1, 2):
        tag = look_up(word[place:])[0]
        if word[:place] in RUN_TOGETHER.get(tag, ()) and _fits(word[:place], word[place:]):
            return place
    return 0


def _fits(preposition: str, month: str) -> bool:
    """«В» wants «сентябре», «к» wants «сентябрю»: «смарт» is no month."""
    return preposition in ("с", "до") or month.endswith(DATIVE_OR_LOCATIVE[preposition])


@lru_cache(maxsize=4096)
def is_like_a_time(word: str) -> bool:
    """Whether an unknown word may be a word of time with two slips in it."""
    if len(word) < LONG_ENOUGH - 1 or look_up(word)[0] != UNKNOWN:
        return False
    return any(
        abs(len(word) - len(form)) <= MOST_SLIPS and _slips(word, form) <= MOST_SLIPS for form in _mended_forms()
    )


def _slips(word: str, form: str) -> int:
    """Levenshtein's distance."""
    above = list(range(len(form) + 1))
    for row, letter in enumerate(word, start=1):
        here = [row]
        for column, other in enumerate(form, start=1):
            here.append(min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != other)))
        above = here
    return above[-1]
