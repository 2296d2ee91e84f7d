"""A table as somebody typed it, and the statements that its cells make.

A `StatedTable` keeps rows and columns as they stand; `Statements` are the same numbers by what they are about: one
`Record` is all that one row says of one place, subject and year. Rules read whichever of the two they need.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from msoko.core.analysis.contradictions.contradiction import Place
from msoko.core.analysis.contradictions.numbers import as_typed, decimals, is_whole, unit_of
from msoko.core.analysis.contradictions.roles import Kind, Role

REGION, COUNTRY = "region", "country"
DISTRICT = ""  # the place a table is about needs no name: the document is about it


@dataclass(frozen=True)
class Column:
    """`measure` tells columns of one role apart (two counts of different things). `territory`: region or country.

    `subject` and `entity` are those of tables whose columns are subjects or schools. `is_total`: «Всего», «Район».
    `part_of` is the key of the column of which the form itself calls this one a part.
    """

    key: str
    title: str
    role: Role
    year: int | None = None
    grade: int | None = None
    territory: str = DISTRICT
    measure: str = ""
    part_of: str = ""
    subject: str = ""
    entity: str = DISTRICT
    is_total: bool = False

    @property
    def kind(self) -> Kind:
        return self.role.kind

    @property
    def about(self) -> tuple[object, ...]:
        """What its numbers are about, beside what the row says: columns alike in it make one record."""
        return self.year, self.grade, self.territory, self.subject, self.entity, self.is_total


@dataclass(frozen=True)
class Row:
    """`cells` by key of column; None is a blank cell. `entity`: normal name or login of a school ('' = the district).

    `unit` is that of a row of measures («чел.», «%»). `is_total`: the row says it sums others up; `is_mean`: it says
    it averages them; `is_within`: «в том числе», a part of a row above.
    """

    label: str
    number: int | None
    cells: Mapping[str, Decimal | None]
    subject: str = ""
    grade: int | None = None
    year: int | None = None
    entity: str = DISTRICT
    municipality: str = ""
    level: str = ""
    procedure: str = ""
    role: Role | None = None
    measure: str = ""
    is_total: bool = False
    is_mean: bool = False
    is_within: bool = False


@dataclass(frozen=True)
class StatedTable:
    """`scope`: tables of one scope are about the same place and may be compared. `rows_are`: role of the row labels.

    `year`, `grade` and `procedure` are those of the whole table where its title or its owner says them.
    """

    title: str
    document: str
    scope: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    rows_are: Role = Role.MEASURE
    sheet: str = ""
    procedure: str = ""
    grade: int | None = None
    year: int | None = None
    is_choice: bool = False  # participants are those who chose the subject

    @cached_property
    def numeric(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.kind is not Kind.LABEL)

    def place(self, row: Row, column: Column) -> Place:
        value = row.cells.get(column.key)
        said = "" if value is None else as_typed(value)
        year = column.year or row.year or self.year
        return Place(self.document, self.title, self.sheet, row.number, row.label, column.title, said, year)

    @cached_property
    def usual_units(self) -> dict[str, Fraction]:
        """Column → the unit to which its numbers are usually typed: at least half of them have that many decimals."""
        found = {}
        for column in self.numeric:
            values = [row.cells.get(column.key) for row in self.rows]
            digits = sorted((decimals(value) for value in values if value is not None), reverse=True)
            found[column.key] = unit_of(digits[(len(digits) - 1) // 2] if digits else 0)
        return found


@dataclass(frozen=True)
class Context:
    """What a number is about. None and '' are «not said»."""

    scope: str
    entity: str
    procedure: str
    grade: int | None
    subject: str
    year: int | None


@dataclass(frozen=True)
class Stated:
    """One number of one cell. `usual_unit` is the unit in which its column is usually typed."""

    value: Decimal
    role: Role
    place: Place
    measure: str = ""
    usual_unit: Fraction = Fraction(1)

    @cached_property
    def exact(self) -> Fraction:
        return Fraction(self.value)

    @cached_property
    def unit(self) -> Fraction:
        return unit_of(decimals(self.value))

    @cached_property
    def half(self) -> Fraction:
        return self.unit / 2

    @property
    def typed(self) -> str:
        return as_typed(self.value)


@dataclass(frozen=True)
class Record:
    """What one row of one table states of one context. `blank`: roles whose column is there and whose cell is empty."""

    context: Context
    table: StatedTable
    row: Row
    said: Mapping[Role, Stated]
    blank: frozenset[Role] = frozenset()
    scores: tuple[Stated, ...] = ()
    others: tuple[Stated, ...] = ()
    cells: Mapping[str, Stated] = field(default_factory=dict)  # by key of column

    def count(self, role: Role) -> int | None:
        """The whole number stated in the role; None where there is none or it is no count."""
        stated = self.said.get(role)
        return int(stated.value) if stated and is_whole(stated.value) and stated.value >= 0 else None

    def has(self, role: Role) -> bool:
        """Whether the table has a column for it, filled here or not."""
        return role in self.said or role in self.blank


@dataclass(frozen=True)
class Statements:
    """All tables at hand and their records."""

    tables: tuple[StatedTable, ...]

    @cached_property
    def records(self) -> tuple[Record, ...]:
        return tuple(record for table in self.tables for record in records_of(table))

    @cached_property
    def by_context(self) -> dict[Context, list[Record]]:
        found: dict[Context, list[Record]] = defaultdict(list)
        for record in self.records:
            found[record.context].append(record)
        return found

    @cached_property
    def by_table(self) -> list[tuple[StatedTable, list[Record]]]:
        found: dict[int, list[Record]] = defaultdict(list)
        for record in self.records:
            found[id(record.table)].append(record)
        return [(table, found[id(table)]) for table in self.tables]


def records_of(table: StatedTable) -> Iterator[Record]:
    """One record a row and year, territory, grade, subject or school that its columns name."""
    groups: dict[tuple[object, ...], list[Column]] = defaultdict(list)
    for column in table.numeric:
        groups[column.about].append(column)
    for row in table.rows:
        for columns in groups.values():
            record = _record(table, row, columns, _context(table, row, columns[0]))
            if record.cells:
                yield record


def _context(table: StatedTable, row: Row, column: Column) -> Context:
    return Context(
        table.scope,
        column.territory or column.entity or row.entity,
        row.procedure or table.procedure,
        column.grade or row.grade or table.grade,
        row.subject or column.subject,
        column.year or row.year or table.year,
    )


def _record(table: StatedTable, row: Row, columns: Sequence[Column], context: Context) -> Record:
    said: dict[Role, Stated] = {}
    cells: dict[str, Stated] = {}
    blank, scores, others = set(), [], []
    for column in columns:
        value, role = row.cells.get(column.key), role_here(table, row, column)
        if value is None:
            blank.add(role)
            continue
        measure = row.measure or column.measure
        stated = Stated(value, role, table.place(row, column), measure, table.usual_units[column.key])
        cells[column.key] = stated
        if role is Role.SCORE_PERCENT:
            scores.append(stated)
        elif role in (Role.COUNT, Role.PERCENT, Role.OTHER) or role in said:
            others.append(stated)
        else:
            said[role] = stated
    return Record(context, table, row, said, frozenset(blank), tuple(scores), tuple(others), cells)


def role_here(table: StatedTable, row: Row, column: Column) -> Role:
    """The role of a cell: its column's, or its row's where the column is but a year or a value of measures.

    Basic mathematics of ЕГЭ is marked 2–5 in a column of scores up to 100.
    """
    role = (row.role or Role.OTHER) if column.role is Role.VALUE else column.role
    if role is Role.MEAN and row.subject.startswith("mathematics_basic"):
        return Role.MEAN_MARK
    return role


def with_scope(table: StatedTable, scope: str) -> StatedTable:
    """The same table, said to be about the place that all tables of the scope are about."""
    return replace(table, scope=scope)
