"""Which organisations of a territory a name means: «СОШ №2», «МБОУ «Средняя школа № 2»», «ЛСШ № 2» are compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from msoko.core.roadmap.executors.dividing import divide
from msoko.core.roadmap.executors.heads import LEGAL_FORM
from msoko.core.roadmap.executors.kinds import Executor, Kind
from msoko.core.roadmap.executors.schools import named_apart
from msoko.core.vocabulary.words import look_alike

# What a name says in words and what stands for it; in this order.
_SHORTER = [
    (r"средн\w+ (?:\(\w+\) )?(?:общеобразовательн\w+ )?школ\w+", "сош"),
    (r"основн\w+ (?:общеобразовательн\w+ )?школ\w+", "оош"),
    (r"начальн\w+ (?:общеобразовательн\w+ )?школ\w+", "нош"),
    (r"детско-юношеск\w+ спортивн\w+ школ\w+", "дюсш"),
    (r"(?:районн\w+ )?дом\w* детского творчества", "ддт"),
    (r"центр\w* детского творчества", "цдт"),
    (r"центр\w* дополнительного образования", "цдо"),
    (r"центр\w* образования", "цо"),
    (r"детск\w+ сад\w*", "дс"),
    (r"школ\w*", "школа"),
    (r"гимнази\w+", "гимназия"),
    (r"лице[йяюе]\w*", "лицей"),
]
_SHORTER_PATTERNS = [(re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])"), short) for pattern, short in _SHORTER]
_LEVELS = {"сош": "сош", "сш": "сош", "оош": "оош", "ош": "оош", "нош": "нош", "нш": "нош"}
_TYPES = ("гимназия", "лицей", "дс", "ддт", "цдт", "цдо", "дюсш", "цо", "сют", "дюц")
# «ЛСШ»: the first letters of the names of places, then the level.
_INITIALS = re.compile(r"([а-я]{1,3})(сош|оош|нош|сш|ош)")
_KINDERGARTEN_FORM = re.compile(r"[а-я]*доу")
_NUMBER = re.compile(r"(?<![\w.-])(?:№+\s*|n\s*)?(\d{1,4})(?![\w-])")
# Beside a number «имени …» tells nothing: one document writes it, another does not.
_HONOUR = re.compile(r"(?<!\w)(?:им|имени)\s.*?(?=\s(?:г|с|п|д|пос|пгт|рп|ст|дер|город|села?|деревн\w+|поселк\w+)\s|$)")
_BRANCH = re.compile(r"филиал\w*|структурн\w+ подразделени\w+")
_NOT_TELLING = re.compile(
    r"(?:муниципальн|государственн|бюджетн|казенн|автономн|общеобразовательн|образовательн|дошкольн|учрежден|организаци"
    r"|краев|областн|район|округ|городск|республик|област|кра[йея]$|город|село|села|поселок|поселк|деревн|станиц"
    r"|хутор)\w*"
    r"|[а-я]|им|имени|пос|пгт|ст|рп|обл|дер|на|для|на|мо|го|мр"
)
SHORTEST_STEM = 4
LONGEST_ENDING = 4  # «-ская» of «Луговская» beside «Луговое»


@dataclass(frozen=True)
class _Name:
    """What tells one institution from another; words in the order of the name."""

    words: tuple[str, ...]
    numbers: frozenset[str]
    level: str = ""
    type: str = ""
    initials: str = ""
    is_branch: bool = False
    forms: frozenset[str] = field(default_factory=frozenset)


def match_organisation(executor: Executor, names: Mapping[int, str]) -> tuple[int, ...]:
    """Keys of the organisations that a NAMED executor names, in the order of `names`.

    One key: it is that one. Several for one name: the name fits them all, and the user is to be asked. None: no
    organisation of the territory is called so. A branch («филиал … в с. …») is never its parent.
    """
    if executor.kind is not Kind.NAMED:
        return ()
    told = [name for piece in divide(executor.name) for name in named_apart(piece.words)]
    known = {key: _name(name) for key, name in names.items()}
    found = {key for one in told for key in _named(_name(one), known)}
    return tuple(key for key in names if key in found)


def _named(told: _Name, known: Mapping[int, _Name]) -> list[int]:
    if not (told.numbers or told.words or told.initials or told.type):
        return []
    fitting = [key for key, one in known.items() if _fits(told, one)]
    fitting = fitting or [key for key, one in known.items() if _fits_shortened(told, one)]
    for more in (_says_no_more, _has_same_form):
        narrower = [key for key in fitting if more(told, known[key])]
        fitting = narrower if len(narrower) == 1 else fitting
    return fitting


def _fits(told: _Name, known: _Name) -> bool:
    """All that was told is true of the known name."""
    return _same_sort(told, known) and told.numbers <= known.numbers and _all_words_in(told, known)


def _fits_shortened(told: _Name, known: _Name) -> bool:
    """The known name is the shorter one: «СОШ № 2» of the register, «СОШ № 2 имени Ветрова» of the document."""
    telling = known.numbers or known.words or known.initials
    return bool(telling) and told.numbers == known.numbers and _same_sort(told, known) and _all_words_in(known, told)


def _same_sort(told: _Name, known: _Name) -> bool:
    if told.is_branch != known.is_branch or told.type != known.type:
        return False
    return not told.level or not known.level or told.level == known.level


def _all_words_in(told: _Name, known: _Name) -> bool:
    if told.initials and not (told.initials == known.initials or _are_initials(told.initials, known.words)):
        return False
    if known.initials and _are_initials(known.initials, told.words):
        return True
    return all(any(_same_word(word, other) for other in known.words) for word in told.words)


def _are_initials(letters: str, words: tuple[str, ...]) -> bool:
    pairs = zip(letters, words, strict=False)
    return len(words) >= len(letters) and all(word.startswith(letter) for letter, word in pairs)


def _same_word(one: str, other: str) -> bool:
    """«Луговская», «Луговской» and «Луговое»: the endings may differ."""
    common = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one == other or common >= max(SHORTEST_STEM, max(len(one), len(other)) - LONGEST_ENDING)


def _says_no_more(told: _Name, known: _Name) -> bool:
    return len(told.words) == len(known.words) and told.numbers == known.numbers and told.level == known.level


def _has_same_form(told: _Name, known: _Name) -> bool:
    return bool(told.forms & known.forms)


def _name(name: str) -> _Name:
    text = re.sub(r"[«»„“”\"(),.;:–—]", " ", look_alike(re.sub(r"№+\s*", " № ", name)))
    if _NUMBER.search(text):
        text = _HONOUR.sub(" ", text)
    for pattern, short in _SHORTER_PATTERNS:
        text = pattern.sub(short, " ".join(text.split()))
    words = text.split()
    forms = frozenset(word for word in words if LEGAL_FORM.fullmatch(word))
    initials = next((found for word in words if word not in _LEVELS and (found := _INITIALS.fullmatch(word))), None)
    type_ = next((word for word in words if word in _TYPES), "")
    return _Name(
        words=tuple(_telling(words)),
        numbers=frozenset(str(int(number)) for number in _NUMBER.findall(text)),
        level=next((_LEVELS[word] for word in words if word in _LEVELS), _LEVELS[initials[2]] if initials else ""),
        type=type_ or ("дс" if any(_KINDERGARTEN_FORM.fullmatch(word) for word in words) else ""),
        initials=initials[1] if initials and initials[0] not in _TYPES else "",
        is_branch=_BRANCH.search(text) is not None,
        forms=forms,
    )


def _telling(words: list[str]) -> list[str]:
    """The words that name this institution rather than what it is."""
    said = {*_LEVELS, *_TYPES, "школа", "№"}
    return [
        word
        for word in words
        if word not in said
        and not word.isdigit()
        and not _NOT_TELLING.fullmatch(word)
        and not LEGAL_FORM.fullmatch(word)
        and not _KINDERGARTEN_FORM.fullmatch(word)
        and not _BRANCH.fullmatch(word)
        and not _INITIALS.fullmatch(word)
    ]
