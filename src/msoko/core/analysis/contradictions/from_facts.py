"""Accepted facts as stated tables: aggregate tables of ФИС ОКО and of ЕГЭ, rows of our own forms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pyarrow as pa

from msoko.core.analysis.contradictions.about import GRADES_OF, is_total, names_a_school, procedure_in
from msoko.core.analysis.contradictions.headings import read_heading
from msoko.core.analysis.contradictions.numbers import decimals, typed
from msoko.core.analysis.contradictions.roles import Kind, Role, in_unit
from msoko.core.analysis.contradictions.tables import COUNTRY, REGION, Column, Row, StatedTable
from msoko.core.collection.reading import Grain
from msoko.core.definitions.kinds import Layout, LayoutColumn
from msoko.core.definitions.loading import Ambiguous, Definitions
from msoko.core.facts.schema import metadata_of
from msoko.core.vocabulary.unknowns import Unknown
from msoko.core.vocabulary.words import normal

SCOPE = "accepted"
"""All facts of a system are about the same places, which have names and logins."""
FINEST_DECIMALS = 2
"""Official exports print per cents with two decimals at most; a float of a facts file has lost its zeros."""
STATED = {
    "n": (Role.PARTICIPANTS, "Кол-во участников"),
    "failed": (Role.FAILED, "Не сдали"),
    "high": (Role.HIGH, "80–99"),
    "hundred": (Role.HUNDRED, "100"),
    "mean": (Role.MEAN, "Средний балл"),
    "lowered": (Role.LOWERED, "Понизили"),
    "confirmed": (Role.CONFIRMED, "Подтвердили"),
    "raised": (Role.RAISED, "Повысили"),
    "percent_lowered": (Role.LOWERED_PERCENT, "Понизили, %"),
    "percent_confirmed": (Role.CONFIRMED_PERCENT, "Подтвердили, %"),
    "percent_raised": (Role.RAISED_PERCENT, "Повысили, %"),
    "percent_2": (Role.P2, "2"),
    "percent_3": (Role.P3, "3"),
    "percent_4": (Role.P4, "4"),
    "percent_5": (Role.P5, "5"),
}
"""Columns that the table itself states. Counts of marks and of scores are restored by the reader, nobody typed them."""
OF_NUMBERS = ("count", "number", "percent")
ABOUT = ("subject", "school", "class_name")
SIGNS = frozenset(unknown.sign for unknown in Unknown)
OF_ROWS = ("login", "school", "municipality", "academic_year", "year", "grade", "subject", "procedure", "sheet", "row")


@dataclass(frozen=True)
class About:
    """What is known of a batch besides its rows; empty where the rows themselves say it (rows of our own forms)."""

    document: str
    title: str = ""
    procedure: str = ""
    subject: str = ""
    grade: int | None = None
    year: int | None = None


def table_of_facts(facts: pa.Table, about: About, definitions: Definitions) -> StatedTable | None:
    """The stated table of a batch; None for participants and for facts that state no numbers.

    Raises ValueError where the table is not a batch of facts.
    """
    metadata = metadata_of(facts)
    if metadata.grain is Grain.AGGREGATES:
        source = definitions.sources.get(metadata.source)
        return table_of_aggregates(
            facts.to_pylist(), replace(about, title=about.title or (source.title if source else ""))
        )
    if metadata.grain is Grain.RECORDS:
        layout = definitions.layouts.get(metadata.source.removeprefix("layouts/"))
        return table_of_records(facts.to_pylist(), layout, about, definitions) if layout else None
    return None


def table_of_aggregates(rows: Sequence[Mapping[str, Any]], about: About) -> StatedTable | None:
    """Rows with level, key, name, n and what their kind has (core.facts.schema.aggregate_table)."""
    columns = [Column(key, title, role) for key, (role, title) in STATED.items() if _has(rows, key)]
    width = max((len(row.get("percents") or ()) for row in rows), default=0)
    columns += [Column(f"score_{score}", str(score), Role.SCORE_PERCENT) for score in range(width)]
    if len(columns) < 2:
        return None
    cells = _with_decimals(columns, [_numbers(row, columns) for row in rows])
    return StatedTable(
        title=about.title,
        document=about.document,
        scope=SCOPE,
        columns=tuple(columns),
        rows=tuple(_aggregate_row(row, numbers, about) for row, numbers in zip(rows, cells, strict=True)),
        rows_are=Role.SCHOOL,
        sheet=str(next((row["sheet"] for row in rows if row.get("sheet")), "")),
        procedure=about.procedure,
        grade=about.grade,
        year=about.year,
    )


def _has(rows: Iterable[Mapping[str, Any]], key: str) -> bool:
    return any(row.get(key) is not None for row in rows)


def _numbers(row: Mapping[str, Any], columns: Sequence[Column]) -> dict[str, Decimal | None]:
    scores = row.get("percents") or ()
    spread = {f"score_{score}": value for score, value in enumerate(scores)}
    return {
        column.key: typed(spread[column.key] if column.key in spread else row.get(column.key)) for column in columns
    }


def _with_decimals(columns: Sequence[Column], rows: list[dict[str, Decimal | None]]) -> list[dict[str, Decimal | None]]:
    """A program prints all numbers of a kind alike: 50 beside 33,33 was 50,00."""
    for kind in (Kind.PERCENT, Kind.MEAN):
        keys = [column.key for column in columns if column.kind is kind]
        known = [value for row in rows for key in keys if (value := row[key]) is not None]
        unit = Decimal(1).scaleb(-min(max(map(decimals, known), default=0), FINEST_DECIMALS))
        for row in rows:
            row.update({key: value.quantize(unit) for key in keys if (value := row[key]) is not None})
    return rows


def _aggregate_row(row: Mapping[str, Any], numbers: Mapping[str, Decimal | None], about: About) -> Row:
    level, name = str(row["level"]), str(row["name"] or "")
    where = {"sample": COUNTRY, "region": REGION, "municipality": normal(name)}
    return Row(
        label=name,
        number=_whole(row.get("row")),
        cells=numbers,
        subject=about.subject,
        entity=where.get(level) or str(row["key"]),
        municipality=normal(name if level == "municipality" else str(row.get("municipality") or "")),
        level=level,
    )


def _whole(said: object) -> int | None:
    number = typed(said)
    return int(number) if number is not None else None


def table_of_records(
    rows: Sequence[Mapping[str, Any]], layout: Layout, about: About, definitions: Definitions
) -> StatedTable | None:
    """Rows of a form of our own, every value as text (core.facts.schema.record_table)."""
    numeric = [column for column in layout.columns if column.kind in OF_NUMBERS]
    if not numeric or not rows:
        return None
    return StatedTable(
        title=about.title or layout.title,
        document=about.document,
        scope=SCOPE,
        columns=tuple(_column(column) for column in numeric),
        rows=tuple(_record_row(row, layout, numeric, definitions) for row in rows),
        rows_are=Role.SCHOOL if any(column.key == "school" for column in layout.columns) else Role.SUBJECT,
        sheet=layout.sheet,
    )


def _column(column: LayoutColumn) -> Column:
    heading = read_heading(column.title)
    is_percent = column.kind == "percent" or bool(heading.is_percent)
    return Column(
        key=column.key,
        title=column.title,
        role=_role_of(column, in_unit(heading.role, is_percent) if heading.role else None),
        measure=column.key,
        part_of=column.not_above,
    )


def _role_of(column: LayoutColumn, said: Role | None) -> Role:
    """The role of the words where it is of the column's kind; else a number of which only the kind is known."""
    kinds = {"count": (Kind.COUNT,), "percent": (Kind.PERCENT,), "number": (Kind.MEAN,)}[column.kind]
    if said is not None and said.kind in kinds:
        return said
    return {"count": Role.COUNT, "percent": Role.PERCENT}.get(column.kind, Role.OTHER)


def _record_row(
    row: Mapping[str, Any], layout: Layout, numeric: Sequence[LayoutColumn], definitions: Definitions
) -> Row:
    row = {key: None if value in SIGNS else value for key, value in row.items()}
    procedure = procedure_in(str(row.get("procedure") or ""))
    school = str(row.get("school") or "")
    return Row(
        label=_label(row, layout),
        number=_whole(row.get("row")),
        cells={column.key: _typed_as_text(row.get(column.key)) for column in numeric},
        subject=_subject(str(row.get("subject") or ""), definitions),
        grade=_whole(row.get("grade")) or GRADES_OF.get(procedure),
        year=_year(row),
        entity=_entity(row, layout),
        municipality=normal(str(row.get("municipality") or "")),
        procedure=procedure,
        is_total=is_total(school) and not names_a_school(school),
    )


def _label(row: Mapping[str, Any], layout: Layout) -> str:
    """The words of the row, what it is about first; numbers among them (grade, year) and logins say nothing by
    themselves.
    """
    keys = [column.key for column in layout.columns if column.kind in ("text", "choice")]
    ordered = sorted(keys, key=lambda key: key not in ABOUT)
    return ", ".join(str(row[key]) for key in ordered if row.get(key))


def _typed_as_text(said: object) -> Decimal | None:
    """«93.0» of a facts file was typed as «93»: a float has no zeros of its own."""
    number = typed(said)
    return typed(float(number)) if number is not None and decimals(number) else number


def _subject(said: str, definitions: Definitions) -> str:
    found = definitions.subject_by(said) if said else None
    return normal(said) if found is None or isinstance(found, Ambiguous) else found.slug


def _year(row: Mapping[str, Any]) -> int | None:
    """An academic year is called by the calendar year in which it ends, as in the headings of tables."""
    began = _whole(row.get("academic_year"))
    return began + 1 if began is not None else _whole(row.get("year"))


def _entity(row: Mapping[str, Any], layout: Layout) -> str:
    """Whom a row is about: the school by its login or name, else the municipality; and what else tells rows apart."""
    municipality, school = (normal(str(row.get(key) or "")) for key in ("municipality", "school"))
    login = str(row.get("login") or "")
    named = login or (f"{municipality}|{school}" if school else municipality)
    others = [
        normal(str(row[column.key]))
        for column in layout.columns
        if column.kind in ("text", "choice", "date") and column.key not in OF_ROWS and row.get(column.key)
    ]
    return "|".join([named, *others]) if others else named
