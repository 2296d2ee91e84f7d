"""Tables of «Задания»: the tasks, the rows of the map, findings, content elements, and of whom nothing is said."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP, capitalised, interval, nbsp
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.analysis.models import Finding
from msoko.web.analysis.tables import DECISION, SCHOOL, SENTENCE, VERDICT, decision_cells, verdict_cell
from msoko.web.analysis.tasks_page import MUNICIPALITIES, SCHOOLS, TasksPage
from msoko.web.analysis.tasks_solved import Line, Solved
from msoko.web.analysis.tasks_words import ZONES, why
from msoko.web.people.models import Organisation

Item = Mapping[str, Any]

NUMBER = Column("number", "Задание")
LEVEL = Column("level", "Уровень")
FACILITY = Column("facility", "Выполнение", "%", kind="number", digits=0)
BOUNDS = Column("bounds", "Интервал", align="right")
OTHER = Column("territory", "По территории", "%", kind="number", digits=0)
OTHER_BOUNDS = Column("territory_bounds", "Интервал по\u00a0территории", align="right")
DIFFERENCE = Column("difference", "Разница", "п. п.", kind="number", digits=0)
ZONE = Column("zone", "Зона")
LEFT_OUT = Column("omitted", "Не приступали", "%", kind="number", digits=0)
TELLS = Column("discrimination", "Связь с остальной работой", kind="number", digits=2)
KINDS = {"elements": "Элемент содержания", "outcomes": "Планируемый результат"}


def known(value: float | None) -> Cell:
    return Unknown.MISSING if value is None else value


def items_table(page: TasksPage) -> Table:
    """Every task: of a territory with the schools below its border, of a school beside the territory."""
    title = f"Все задания: {page.title}"
    if page.of_school:
        columns = (NUMBER, LEVEL, FACILITY, BOUNDS, OTHER, DIFFERENCE, ZONE, LEFT_OUT, TELLS)
        return Table(title, columns, [_item(item) | _beside(item) for item in page.items])
    weak = (Column("weak", "Школ ниже границы", kind="count"), Column("schools", "Из школ", kind="count"))
    said = (NUMBER, LEVEL, FACILITY, BOUNDS, ZONE, *weak, LEFT_OUT, TELLS, Column("why", "Почему обсудить"))
    return Table(title, said, [_item(item) | _in_schools(item) for item in page.items])


def _item(item: Item) -> dict[str, Cell]:
    return {
        "number": item["number"],
        "level": item["level"] or Unknown.MISSING,
        "facility": known(item["facility"]),
        "bounds": bounds(item),
        "zone": ZONES.get(item["zone"], Unknown.MISSING),
        "omitted": known(item["omitted"]),
        "discrimination": known(item["discrimination"]),
    }


def bounds(item: Item) -> Cell:
    return Unknown.MISSING if item["low"] is None else interval(item["low"], item["high"])


def _beside(item: Item) -> dict[str, Cell]:
    solved = Solved(item["facility"], item["low"], item["high"], item["territory"])
    return {"territory": known(item["territory"]), "difference": known(solved.difference)}


def _in_schools(item: Item) -> dict[str, Cell]:
    return {"weak": item["weak_schools"], "schools": item["schools"], "why": why(item) or Unknown.NOT_APPLICABLE}


def rows_table(page: TasksPage) -> Table:
    """Every row of the map, also those that the picture leaves out: per cents by task, to be sorted by any of them."""
    numbers = list(dict.fromkeys(number for line in page.lines for number in line.tasks))
    first = Column("name", "Муниципалитет" if page.rows_are == MUNICIPALITIES else "Школа", kind="link")
    columns = (
        first,
        Column("n", "Участников", kind="count"),
        Column("mean", "Средняя разница", "п. п.", kind="number", digits=1),
        *(Column(f"item_{number}", number, "%", kind="number", digits=0) for number in numbers),
    )
    address = address_of_rows(page)
    rows = [_row(line, numbers, address) for line in page.lines]
    words = {SCHOOLS: "школам", MUNICIPALITIES: "муниципалитетам"}[page.rows_are]
    return Table(f"Выполнение заданий по{NBSP}{words}: {page.title}", columns, rows)


def _row(line: Line, numbers: Sequence[str], address: str) -> Row:
    cells: dict[str, Cell] = {
        "name": Text(line.name, address.format(line.key)),
        "n": line.n,
        "mean": known(line.mean_difference),
        **{f"item_{number}": known(line.task(number).facility) for number in numbers},
    }
    return Row(cells, "pale" if line.is_few else "")


def address_of_rows(page: TasksPage) -> str:
    """Where a row leads, with {} for its key: of a municipality this very page, of a school its tasks in the work."""
    key = page.procedure.pk if page.procedure else 0
    if page.rows_are == MUNICIPALITIES:
        return f"{reverse('analysis:tasks')}?territory={{}}&procedure={key}"
    return f"{reverse('monitoring:procedure', args=[key, 'items'])}?territory={{}}"


def findings_table(page: TasksPage) -> Table:
    """Findings with what was decided, to take away."""
    return _findings(page, (SCHOOL, VERDICT, SENTENCE, *DECISION))


def findings_on_page(page: TasksPage) -> Table:
    """The page has the sentence beside the verdict and the decision with buttons of its own."""
    return _findings(page, (SCHOOL, VERDICT))


def _findings(page: TasksPage, columns: Sequence[Column]) -> Table:
    rows = [_finding(line.finding, line.address, columns) for line in page.findings]
    return Table(f"Не получились сверх случайного: {page.title}", columns, rows)


def _finding(finding: Finding, address: str, columns: Sequence[Column]) -> Row:
    verdict = Verdict(finding.verdict)
    cells: dict[str, Cell] = {
        "school": Text(finding.organisation.name, address),
        "verdict": verdict_cell(verdict),
        "sentence": finding.sentence,
        **decision_cells(finding),
    }
    return Row({one.key: cells[one.key] for one in columns}, "pale" if verdict is Verdict.FEW_DATA else "")


def content_table(page: TasksPage) -> Table | None:
    """Content elements and planned outcomes: of a school beside the territory, else in how many schools they lag."""
    if not page.content:
        return None
    kind, name, items = Column("kind", "Что"), Column("name", "Название"), Column("items", "Задания")
    title = f"Содержание: {page.title}"
    if page.of_school:
        own: Mapping[str, Any] = next((said for key, said in page.content if key == page.territory.pk), {})
        rows: list[Mapping[str, Cell]] = [
            _of_school(words, one) for kind, words in KINDS.items() for one in own.get(kind, ())
        ]
        return Table(title, (name, kind, items, FACILITY, BOUNDS, OTHER, DIFFERENCE), rows)
    lag = (Column("below", "Школ уверенно ниже", kind="count"), Column("schools", "Из школ", kind="count"))
    return Table(
        title, (name, kind, items, OTHER, OTHER_BOUNDS, *lag), list(_of_schools([said for _, said in page.content]))
    )


def _named(kind: str, one: Mapping[str, Any]) -> dict[str, Cell]:
    return {"name": one["name"], "kind": kind, "items": ", ".join(one["items"])}


def _of_school(kind: str, one: Mapping[str, Any]) -> dict[str, Cell]:
    return _named(kind, one) | {"facility": known(one["facility"]), "bounds": bounds(one)} | _beside(one)


def _of_schools(said: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Cell]]:
    """Names in the order of the work; the per cent of the territory where it is the same for all schools."""
    for kind, words in KINDS.items():
        named = {one["name"]: one for school in said for one in school[kind]}
        for name, first in named.items():
            here = [one for school in said for one in school[kind] if one["name"] == name]
            lag: dict[str, Cell] = {"below": sum(_is_below(one) for one in here), "schools": len(here)}
            yield _named(words, first) | lag | _of_territory(here)


def _of_territory(here: Sequence[Mapping[str, Any]]) -> dict[str, Cell]:
    """The per cent with its interval, where all schools are compared with the same territory.

    A figure that an earlier release has stored knows no interval; it is computed anew within minutes.
    """
    found = {(one["territory"], one.get("territory_low"), one.get("territory_high")) for one in here}
    value, low, high = found.pop() if len(found) == 1 else (None, None, None)
    return {"territory": known(value), "territory_bounds": bounds({"low": low, "high": high})}


def _is_below(one: Mapping[str, Any]) -> bool:
    return Solved(one["facility"], one["low"], one["high"], one["territory"]).is_surely_below


def unknown_table(page: TasksPage) -> Table:
    first = Column("name", "Муниципалитет" if page.rows_are == MUNICIPALITIES else "Школа", kind="link")
    rows = [Row({"name": _link(one), "reason": capitalised(nbsp(reason))}) for one, reason in page.not_computed]
    return Table(f"О ком карта не говорит: {page.title}", (first, Column("reason", "Почему")), rows)


def _link(organisation: Organisation) -> Text:
    school = organisation.is_school
    return Text(organisation.name, reverse("analysis:school", args=[organisation.pk]) if school else "")


TABLES: dict[str, Callable[[TasksPage], Table | None]] = {
    "items": items_table,
    "rows": rows_table,
    "findings": findings_table,
    "content": content_table,
    "unknown": unknown_table,
}
