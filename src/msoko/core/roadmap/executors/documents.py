"""What only a whole document tells: whether its «ОО» is the department, and which of two spellings is the thing's."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from msoko.core.roadmap.executors.dividing import divide
from msoko.core.roadmap.executors.kinds import Executor, Kind
from msoko.core.roadmap.executors.understanding import understand, understand_all
from msoko.core.vocabulary.words import look_alike

_SPECIALISTS = re.compile(r"(?<!\w)(?:специалист|начальник|инспектор)\w*\s+оо(?!\w)")
_CHIEF = re.compile(r"(?<!\w)начальник\w*\s+оо(?!\w)")
_SPELLED = re.compile(r"(?<!\w)отдел\w*\s+образовани")
_QUOTED = re.compile(r"[«\"„“](.+)[»\"“”]")
_FORM = re.compile(r"^[А-ЯЁ]{2,5}\s")


def department_is_oo(cells: Iterable[str]) -> bool:
    """Whether «Специалисты ОО» of a document are those of the отдел образования, judged by all its cells of executors.

    They are when the отдел is spelled out somewhere or when schools stand beside it by another name («Руководители
    ОО»); they are not where another department («УО») executes.
    """
    parts = [part.words for cell in set(cells) for part in divide(cell)]
    plain = [look_alike(words) for words in parts]
    specialists = [words for words in plain if _SPECIALISTS.search(words)]
    if not specialists:
        return False
    if any(_CHIEF.search(words) or _SPELLED.search(words) for words in plain):
        return True
    others = [understand(words) for words, said in zip(parts, plain, strict=True) if said not in specialists]
    if any(one.kind is Kind.DEPARTMENT for one in others):
        return False
    return any(one.kind is Kind.ALL_SCHOOLS and one.role for one in others)


def understand_document(cells: Sequence[str]) -> list[tuple[Executor, ...]]:
    """The executors of each cell of one document, with one canonical name a thing throughout the document.

    «МКУ ДПО «ИМЦ»» and «МКУ ДППО «ИМЦ»» are one institution: the more frequent spelling names both.
    """
    is_oo = department_is_oo(cells)
    understood = [understand_all(cell, is_oo) for cell in cells]
    names = _names_of_things(Counter(one.canonical for executors in understood for one in executors))
    return [tuple(replace(one, canonical=names[one.canonical]) for one in executors) for executors in understood]


def _names_of_things(spellings: Counter[str]) -> dict[str, str]:
    by_thing: dict[str, list[str]] = {}
    for spelling in spellings:
        by_thing.setdefault(_thing(spelling), []).append(spelling)
    return {
        spelling: max(same, key=lambda one: (spellings[one], -len(one), one))
        for same in by_thing.values()
        for spelling in same
    }


def _thing(spelling: str) -> str:
    """What is the same in all spellings: letters without case; of an institution its first form and its quoted name."""
    quoted, form = _QUOTED.search(spelling), _FORM.match(spelling)
    if quoted and form:
        return f"{form[0]}«{look_alike(quoted[1])}»"
    return re.sub(r"\W+", " ", look_alike(spelling)).strip()
