"""Per cents of rows that are all levels of one scale («низкий», «средний», «высокий») do not make 100."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.numbers import as_typed, decimals, shown, unit_of
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.saying import plus_minus
from msoko.core.analysis.contradictions.tables import Column, Row, StatedTable, Statements, role_here
from msoko.core.vocabulary.russian import quote
from msoko.core.vocabulary.words import normal

LEVEL = re.compile(
    r"(?:ниже (?:базового|среднего)|недостаточн\w+|низк\w+|критическ\w+|базов\w+|средн\w+|достаточн\w+|повышенн\w+"
    r"|выше (?:базового|среднего)|высок\w+|оптимальн\w+)"
)
AROUND = re.compile(r"\b(?:уров(?:ень|ня|не)|достигли|показали|имеют|доля|процент|%)\b|[,.:;()«»%\d-]")
DISTRIBUTED = re.compile(
    r"^(?:[\W\d_]|год\w*|уч\w*|г)*$|дол[яи]|процент|удельн|участник|обучающ|учащ|ученик|педагог|учител|выпускник"
)
"""What a column of shares is called: of whom, or nothing but the year."""
FEWEST = 3  # two levels may be a part of a scale
RATES = 150  # per cents of something within each level may each be near 100


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Suspicious beyond what rounding or cutting off can do: no cell says that the levels are all there are.

    A table with a total row is compared with that row by `shares_total`. Where another column of the year makes a
    whole, this one says something of each level («выполнили задание»).
    """
    for table in statements.tables:
        for rows in _scales(table):
            wholes = {column.year for column in table.numeric if _makes_a_whole(table, rows, column)}
            for column in table.numeric:
                if column.year not in wholes and DISTRIBUTED.search(normal(column.title)):
                    yield from _compared(table, rows, column)


def _scales(table: StatedTable) -> Iterator[list[Row]]:
    """Runs of rows that are different levels, the highest and a low one among them."""
    if any(row.is_total for row in table.rows):
        return
    run: list[Row] = []
    for row in (*table.rows, None):
        level = _level(row) if row else ""
        if row and level and level not in map(_level, run):
            run.append(row)
            continue
        if _is_whole(run):
            yield run
        run = [row] if row and level else []


def _level(row: Row) -> str:
    """The level that the label names and nothing else, '' where it says more or something else."""
    words = " ".join(AROUND.sub(" ", normal(row.label)).split())
    return words if LEVEL.fullmatch(words) else ""


def _is_whole(rows: Sequence[Row]) -> bool:
    levels = [_level(row) for row in rows]
    return (
        len(rows) >= FEWEST
        and any(level.startswith(("высок", "оптимальн")) for level in levels)
        and any(level.startswith(("низк", "ниже", "недостаточн", "критическ")) for level in levels)
    )


def _stated(table: StatedTable, rows: Sequence[Row], column: Column) -> list[Decimal]:
    """The per cents of all levels, none where one is blank or no per cent."""
    values = [row.cells.get(column.key) for row in rows if role_here(table, row, column) is Role.PERCENT]
    stated = [value for value in values if value is not None]
    return stated if len(stated) == len(rows) else []


def _makes_a_whole(table: StatedTable, rows: Sequence[Row], column: Column) -> bool:
    stated = _stated(table, rows, column)
    return bool(stated) and abs(_sum(stated) - 100) <= _units(stated) / 2


def _sum(stated: Sequence[Decimal]) -> Fraction:
    return sum(map(Fraction, stated), Fraction())


def _units(stated: Sequence[Decimal]) -> Fraction:
    return sum((unit_of(decimals(value)) for value in stated), Fraction())


def _compared(table: StatedTable, rows: Sequence[Row], column: Column) -> Iterator[Contradiction]:
    stated = _stated(table, rows, column)
    total, units = _sum(stated), _units(stated)
    if not 0 < total < RATES or abs(total - 100) <= units / 2:
        return
    arithmetic = f"{' + '.join(map(as_typed, stated))} = {shown(total, max(map(decimals, stated)))}"
    yield Contradiction(
        rule="levels_sum",
        severity=Severity.SUSPICIOUS if abs(total - 100) >= units else Severity.ROUNDING,
        places=tuple(table.place(row, column) for row in rows),
        stated=shown(total, max(map(decimals, stated))),
        recomputed="100",
        arithmetic=arithmetic,
        tolerance=plus_minus(units / 2),
        sentence=f"Столбец {quote(column.title)}: доли всех уровней вместе — {arithmetic} %, а не 100 %.",
    )
