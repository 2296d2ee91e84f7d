"""Which procedures a rule counts, said in words: «any», «oge», «vpr/5», «vpr/4-8/mathematics», «РУ4»."""

import re
from collections.abc import Collection, Iterable, Sequence

from msoko.core.analysis.panel import Procedure
from msoko.core.vocabulary.procedures import KINDS
from msoko.core.vocabulary.words import look_alike

ANY = "any"
GRADES = re.compile(r"(\d{1,2})(?:[-–](\d{1,2}))?")
CODE_AND_GRADE = re.compile(r"([А-ЯЁа-яёA-Za-z]{2,3})(\d{1,2})")
_KINDS = {look_alike(word): kind for kind, name in KINDS.items() for word in (kind, name)}


def chosen(procedures: Iterable[Procedure], words: Sequence[str]) -> list[Procedure]:
    """Those that one of the words names, in their own order. Raises ValueError, in Russian, for a senseless word."""
    if ANY in words:
        return list(procedures)
    tests = [_Named(word) for word in words]
    return [procedure for procedure in procedures if any(test.fits(procedure) for test in tests)]


def unknown_subjects(words: Sequence[str], known: Collection[str]) -> list[str]:
    """Words that name a subject which nobody has heard of; `known` are slugs, names and codes."""
    names = {look_alike(name) for name in known}
    return [word for word in words if word != ANY and not _Named(word).subjects <= names]


class _Named:
    """One word: parts between slashes, each a kind, a grade, grades from–to, a subject, or a code with its grade."""

    def __init__(self, word: str) -> None:
        self.kinds: set[str] = set()
        self.grades: set[int] = set()
        self.subjects: set[str] = set()
        for part in filter(None, re.split(r"[/:]", str(word).strip())):
            self._take(part.strip())
        if not (self.kinds or self.grades or self.subjects):
            raise ValueError(f"«{word}» не называет процедуры: пишите any, oge, vpr/5, vpr/4-8/МА или РУ4")

    def _take(self, part: str) -> None:
        grades, coded = GRADES.fullmatch(part), CODE_AND_GRADE.fullmatch(part)
        if look_alike(part) in _KINDS:
            self.kinds.add(_KINDS[look_alike(part)])
        elif grades:
            first, last = int(grades[1]), int(grades[2] or grades[1])
            if first > last:
                raise ValueError(f"классы {part} идут назад: сначала пишут младший")
            self.grades |= set(range(first, last + 1))
        elif coded:
            self.subjects.add(look_alike(coded[1]))
            self.grades.add(int(coded[2]))
        else:
            self.subjects.add(look_alike(part))

    def fits(self, procedure: Procedure) -> bool:
        names = {look_alike(name) for name in (procedure.subject, procedure.code, procedure.subject_name)}
        return (
            (not self.kinds or procedure.kind in self.kinds)
            and (not self.grades or procedure.grade in self.grades)
            and (not self.subjects or bool(self.subjects & names))
        )
