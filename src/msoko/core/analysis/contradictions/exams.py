"""Who sat which final exam, by place and year: what the rules of ОГЭ and ЕГЭ compare."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from msoko.core.analysis.contradictions.derived import Derived, took_part
from msoko.core.analysis.contradictions.tables import Context, Record, Statements

RUSSIAN, MATHEMATICS, BASIC_MATHEMATICS = "russian", "mathematics", "mathematics_basic"
OBLIGATORY = (RUSSIAN, MATHEMATICS)


@dataclass(frozen=True)
class Sat:
    record: Record
    n: Derived


@dataclass
class Exams:
    """One procedure of one place and year: subject → who sat it, the table that says so first.

    A subject that a table divides («История с XX в.») has its parts under their own names.
    """

    context: Context
    subjects: dict[str, Sat] = field(default_factory=dict)
    blank: set[str] = field(default_factory=set)

    @property
    def obligatory(self) -> list[Sat]:
        return [self.subjects[subject] for subject in OBLIGATORY if subject in self.subjects]

    @property
    def electives(self) -> list[Sat]:
        maths = (BASIC_MATHEMATICS,)
        return [sat for subject, sat in self.subjects.items() if subject not in (*OBLIGATORY, *maths)]

    @property
    def most(self) -> Sat | None:
        """The obligatory subject that most sat: as many pupils as are sure to have been there."""
        return max(self.obligatory, key=lambda sat: sat.n.value, default=None)


def exams_of(statements: Statements, procedure: str) -> Iterator[Exams]:
    """All final exams of the procedure that the tables tell of, by place and year."""
    found: dict[Context, Exams] = {}
    seen: dict[Context, set[str]] = defaultdict(set)
    for record in statements.records:
        context = record.context
        if context.procedure != procedure or not context.subject or record.row.is_total or record.row.is_mean:
            continue
        about = Context(context.scope, context.entity, procedure, context.grade, "", context.year)
        exams = found.setdefault(about, Exams(about))
        n = took_part(record)
        if n and context.subject not in seen[about]:
            seen[about].add(context.subject)
            exams.subjects[context.subject] = Sat(record, n)
        elif n is None:
            exams.blank.add(context.subject)
    yield from found.values()
