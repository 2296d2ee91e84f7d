"""What the rows of a table are about: subject, school, year, grade, measure; totals and parts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from msoko.core.analysis.contradictions.about import (
    is_mean,
    is_total,
    is_within,
    measure_of,
    names_a_school,
    procedure_in,
)
from msoko.core.analysis.contradictions.headings import read_heading, year_of
from msoko.core.analysis.contradictions.roles import Kind, Role, in_unit
from msoko.core.analysis.contradictions.tables import DISTRICT, Row
from msoko.core.definitions.loading import Ambiguous, Definitions
from msoko.core.vocabulary.cells import text, whole_number
from msoko.core.vocabulary.words import normal

RawRow = tuple[int | None, Sequence[object]]
ENTITIES = (Role.SCHOOL, Role.CLASS, Role.MUNICIPALITY)
LABELLING = (Role.SUBJECT, Role.MEASURE, Role.SCHOOL, Role.CLASS, Role.MUNICIPALITY, Role.YEAR, Role.GRADE)


@dataclass(frozen=True)
class Labels:
    """Role of a label → index of its column; `used`: all columns that are not numbers."""

    columns: Mapping[Role, int]
    used: frozenset[int]

    @property
    def rows_are(self) -> Role:
        """What tells the rows apart."""
        for role in (Role.SUBJECT, Role.SCHOOL, Role.CLASS, Role.MUNICIPALITY, Role.MEASURE, Role.GRADE, Role.YEAR):
            if role in self.columns:
                return role
        return Role.MEASURE

    def said(self, cells: Sequence[object], role: Role) -> str:
        index = self.columns.get(role)
        return text(cells[index]) if index is not None and index < len(cells) else ""


@dataclass
class _Section:
    """What the headings inside a table say of the rows below them."""

    grade: int | None = None
    year: int | None = None
    subject: str = ""
    is_within: bool = False


def rows_of(
    raw: Sequence[RawRow], cells: Sequence[Mapping[str, Decimal | None]], labels: Labels, definitions: Definitions
) -> list[Row]:
    """The rows with numbers; a row of words alone is a heading of those below it («5 класс», «в том числе»)."""
    section = _Section()
    rows = []
    for (number, said), numbers in zip(raw, cells, strict=True):
        if any(value is not None for value in numbers.values()):
            rows.append(_row(number, said, numbers, labels, section, definitions))
        else:
            _begin_section(section, " ".join(filter(None, map(text, said))), definitions)
    return _with_subjects_told_apart(rows, definitions)


def _begin_section(section: _Section, said: str, definitions: Definitions) -> None:
    heading = read_heading(said)
    section.is_within = is_within(said)
    section.grade = heading.grade or section.grade
    section.year = heading.year or section.year
    section.subject = _subject(said, definitions) or section.subject


def _row(
    number: int | None,
    said: Sequence[object],
    numbers: Mapping[str, Decimal | None],
    labels: Labels,
    section: _Section,
    definitions: Definitions,
) -> Row:
    label = _label(said, labels)
    grade = _grade(labels.said(said, Role.GRADE))
    row = Row(
        label=label,
        number=number,
        cells=numbers,
        subject=_subject(labels.said(said, Role.SUBJECT), definitions) or section.subject,
        grade=grade or section.grade,
        year=year_of(labels.said(said, Role.YEAR)) or section.year,
        entity=_entity(said, labels, grade),
        municipality=normal(labels.said(said, Role.MUNICIPALITY)),
        procedure=procedure_in(labels.said(said, Role.PROCEDURE)),
        is_total=is_total(label),
        is_mean=is_mean(label),
        is_within=section.is_within or is_within(label),
    )
    return _as_measure(row, said, labels)


def _label(said: Sequence[object], labels: Labels) -> str:
    parts = [_in_words(labels.said(said, role), role) for role in LABELLING]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _in_words(said: str, role: Role) -> str:
    return f"{said} класс" if role is Role.GRADE and whole_number(said) is not None else said


def _grade(said: str) -> int | None:
    number = whole_number(said)
    return number if number is not None and 1 <= number <= 12 else read_heading(said).grade


def _entity(said: Sequence[object], labels: Labels, grade: int | None) -> str:
    """The school or class of the row, its district otherwise; a total is of the district."""
    first = next((name for role in ENTITIES if (name := labels.said(said, role))), "")
    if labels.rows_are in ENTITIES and is_total(first):
        return DISTRICT
    letters = labels.said(said, Role.GRADE)
    of_class = letters if letters and grade is None else ""
    names = [labels.said(said, role) for role in (Role.SCHOOL, Role.CLASS)]
    return normal(" ".join(filter(None, [*names, of_class]))) or _municipality(said, labels)


def _municipality(said: Sequence[object], labels: Labels) -> str:
    return normal(labels.said(said, Role.MUNICIPALITY)) if labels.rows_are is Role.MUNICIPALITY else DISTRICT


def _subject(said: str, definitions: Definitions) -> str:
    if not said or is_total(said) or names_a_school(said):
        return ""
    found = definitions.subject_by(said)
    if isinstance(found, Ambiguous):
        return ""
    return found.slug if found else normal(said) if read_heading(said).grade is None else ""


def _as_measure(row: Row, said: Sequence[object], labels: Labels) -> Row:
    """The role that the row's own words and unit give, for tables whose columns are years or values."""
    words = labels.said(said, Role.MEASURE)
    if not words:
        return row
    unit = labels.said(said, Role.UNIT)
    heading = read_heading(words)
    is_percent = "%" in unit or "процент" in unit or bool(heading.is_percent)
    role = heading.role if heading.role is not None and heading.role.kind is not Kind.LABEL else None
    if role is None or (unit and role is Role.COUNT):
        role = Role.PERCENT if is_percent else Role.COUNT if unit.startswith("чел") or role else None
    return replace(
        row,
        role=in_unit(role, is_percent) if role else _by_numbers(row, is_percent),
        measure=measure_of(words),
        grade=row.grade or heading.grade,
        year=row.year or heading.year,
    )


def _by_numbers(row: Row, is_percent: bool) -> Role:
    if is_percent:
        return Role.PERCENT
    values = [value for value in row.cells.values() if value is not None]
    return Role.COUNT if all(value == value.to_integral_value() for value in values) else Role.OTHER


def _with_subjects_told_apart(rows: list[Row], definitions: Definitions) -> list[Row]:
    """«История с XX в.» and «История без XX в.» are both history: where a table has both, their words part them."""
    about = Counter((row.subject, row.grade, row.year, row.entity, row.procedure) for row in rows)
    found = []
    for row in rows:
        repeated = about[row.subject, row.grade, row.year, row.entity, row.procedure] > 1
        words = row.label.split(",")[0]
        if row.subject and repeated and definitions.subject_named(words) is None:
            row = replace(row, subject=f"{row.subject}: {normal(words)}")
        found.append(row)
    return found
