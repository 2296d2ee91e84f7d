"""Tables of this room: the list of schools, those of whom nothing can be said."""

from collections.abc import Callable

from django.utils import timezone

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import capitalised
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table, Text, Tone
from msoko.web.analysis.models import Figure, Finding
from msoko.web.analysis.not_computed import table_of
from msoko.web.analysis.support_page import Line, SupportPage, short_title

LOOKS = {Verdict.ROBUST: "steady", Verdict.LIKELY: "likely", Verdict.FEW_DATA: "few", Verdict.DOUBTFUL: "plain"}
"""Verdict → its badge: filled, outlined, dashed, plain."""
STATE_LOOKS = {Finding.State.NEW: "plain", Finding.State.CONFIRMED: "PASS", Finding.State.DISMISSED: "plain"}

SCHOOL = Column("school", "Школа", kind="link")
MUNICIPALITY = Column("municipality", "Муниципалитет")
VERDICT = Column("verdict", "Вывод", kind="badge")
SENTENCE = Column("sentence", "Почему")
OFFICIAL = Column("official", "Официальный перечень")
DECISION = (
    Column("state", "Решение"),
    Column("reason", "Причина"),
    Column("decided_by", "Кто решил"),
    Column("decided_at", "Когда", kind="date"),
)


def list_table(page: SupportPage) -> Table:
    """The whole list with what stands beside it and what was decided, to take away."""
    municipality = [MUNICIPALITY] if page.looks_at_several else []
    return _table(page, [SCHOOL, *municipality, VERDICT, SENTENCE, *_beside_columns(page), *DECISION])


def list_on_page(page: SupportPage) -> Table:
    """Fewer columns: the page has the municipality under the school's name, the sentence under the verdict, and the
    decision with buttons of its own."""
    return _table(page, [SCHOOL, VERDICT, *_beside_columns(page)])


def _beside_columns(page: SupportPage) -> list[Column]:
    return [
        *(Column(method.name, capitalised(short_title(method))) for method in page.others),
        *([OFFICIAL] if page.has_official_list else []),
    ]


def _table(page: SupportPage, columns: list[Column]) -> Table:
    rows = [_row(line, page, columns) for line in page.lines]
    return Table(f"Школы с низкими результатами, {page.year}", columns, rows)


def _row(line: Line, page: SupportPage, columns: list[Column]) -> Row:
    cells = _cells(line, page)
    return Row({column.key: cells[column.key] for column in columns}, _tone(line))


def _tone(line: Line) -> Tone:
    return "" if line.leads and line.verdict is not Verdict.FEW_DATA else "pale"


def _cells(line: Line, page: SupportPage) -> dict[str, Cell]:
    return {
        "school": Text(line.school.name, line.address),
        "municipality": line.school.municipality or Unknown.MISSING,
        "verdict": verdict_cell(line.verdict),
        "sentence": line.sentence,
        "official": _official(line.official),
        **{method.name: _beside(line.beside.get(method.name)) for method in page.others},
        **decision_cells(line.finding),
    }


def verdict_cell(verdict: Verdict | None) -> Text:
    return Text(verdict.words, tone=LOOKS[verdict]) if verdict else Text("вывода нет", tone="plain")


def _beside(finding: Finding | None) -> Cell:
    """What the other rule answers, with its own certainty."""
    return f"в списке, {finding.verdict_words}" if finding else "нет в списке"


def _official(figure: Figure | None) -> Cell:
    """A list keeps those who have left it, with the day."""
    if figure is None:
        return "нет в перечне"
    return "исключена" if figure.statistic.get("left_on") else "в перечне"


def decision_cells(finding: Finding | None) -> dict[str, Cell]:
    if finding is None:
        return dict.fromkeys([column.key for column in DECISION], Unknown.NOT_APPLICABLE)
    return {
        "state": finding.get_state_display(),
        "reason": finding.reason or Unknown.NOT_APPLICABLE,
        "decided_by": str(finding.decided_by) if finding.decided_by else Unknown.NOT_APPLICABLE,
        "decided_at": timezone.localdate(finding.decided_at) if finding.decided_at else Unknown.NOT_APPLICABLE,
    }


def unknown_table(page: SupportPage) -> Table:
    """Of whom the list says nothing, by name, and why."""
    return table_of(page.not_computed, "О ком список не говорит")


TABLES: dict[str, Callable[[SupportPage], Table]] = {"list": list_table, "unknown": unknown_table}
