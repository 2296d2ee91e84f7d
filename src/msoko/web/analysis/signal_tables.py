"""Tables of «Объективность»: the list of a signal, of whom it says nothing, all signals of a year together."""

from collections.abc import Callable

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table, Text, Tone
from msoko.web.analysis import not_computed
from msoko.web.analysis.signal_page import SignalLine, SignalPage
from msoko.web.analysis.tables import DECISION, MUNICIPALITY, SCHOOL, SENTENCE, VERDICT, decision_cells, verdict_cell

WHAT = Column("what", "О чём")
COUNT = Column("n", "Участников", kind="count")
PALE = (Verdict.DOUBTFUL, Verdict.FEW_DATA)


def list_table(page: SignalPage) -> Table:
    """Everything that is known of each finding, to take away."""
    municipality = [MUNICIPALITY] if page.runs.looks_at_several else []
    return _table(page, [SCHOOL, *municipality, WHAT, VERDICT, SENTENCE, COUNT, *DECISION])


def list_on_page(page: SignalPage) -> Table:
    """What it is about stands under the school's name, the sentence under the verdict, the decision has buttons."""
    return _table(page, [SCHOOL, VERDICT])


def _table(page: SignalPage, columns: list[Column]) -> Table:
    rows = [_row(line, columns) for line in page.lines]
    return Table(f"{page.method.title}, {page.year}", columns, rows)


def _row(line: SignalLine, columns: list[Column]) -> Row:
    tone: Tone = "pale" if line.verdict in PALE else ""
    return Row({column.key: CELLS[column.key](line) for column in columns}, tone)


def _what(line: SignalLine) -> Cell:
    return line.what or ("один из\u00a0классов" if line.finding.is_veiled else "все работы года")


CELLS: dict[str, Callable[[SignalLine], Cell]] = {
    "school": lambda line: Text(line.school.name, line.address),
    "municipality": lambda line: line.school.municipality or Unknown.MISSING,
    "what": _what,
    "verdict": lambda line: verdict_cell(line.verdict),
    "sentence": lambda line: line.sentence,
    "n": lambda line: Unknown.MISSING if line.n is None else line.n,
    **{column.key: lambda line, key=column.key: decision_cells(line.finding)[key] for column in DECISION},  # type: ignore[misc]
}
"""Made as they are asked for: the page shows two columns of a list of hundreds."""


def unknown_table(page: SignalPage) -> Table:
    return not_computed.table_of(page.silences, f"О{NBSP}ком сигнал не{NBSP}говорит")


TABLES: dict[str, Callable[[SignalPage], Table]] = {"list": list_table, "unknown": unknown_table}
