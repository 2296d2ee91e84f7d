"""«Противоречия в таблицах»: what accepted tables say against themselves, where it stands and by which arithmetic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse

from msoko.core.analysis.contradictions import Severity
from msoko.core.vocabulary.russian import NBSP, counted, nbsp, number, plural, quote
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.analysis.models import Contradiction, TableCheck
from msoko.web.analysis.services.checking_tables import fingerprint_of_tables
from msoko.web.analysis.stated_tables import GRAINS
from msoko.web.collection.models import Batch
from msoko.web.collection.queries import visible_batches
from msoko.web.people.sight import Sight

ON_A_PAGE = 50
MOST_LINES, MOST_CELLS = 4, 8
"""Rows of tables, and cells of a row, named at once: of a long sum the first tell where to look."""
OF_A_ROW = ("document", "table", "sheet", "row", "label")
LOOKS = {Severity.FIRM: "fail", Severity.SUSPICIOUS: "warning", Severity.ROUNDING: "plain"}
COLUMNS = (
    Column("severity", "Насколько твёрдо", kind="badge"),
    Column("sentence", "Что не сходится"),
    Column("stated", "Указано"),
    Column("recomputed", "По пересчёту"),
    Column("tolerance", "Допуск"),
    Column("arithmetic", "Счёт"),
    Column("first", "Первое место", kind="link"),
    Column("second", "Второе место", kind="link"),
    Column("others", "Остальные места"),
)


def visible_contradictions(sight: Sight) -> QuerySet[Contradiction]:
    """Those all of whose batches the person may see: a number of another school must not come out by comparison."""
    if sight.sees_everything:
        return Contradiction.objects.all()
    seen = visible_batches(sight).values("pk")
    hidden = Contradiction.batches.through.objects.exclude(batch__in=seen).values("contradiction")
    return Contradiction.objects.filter(batches__in=seen).exclude(pk__in=hidden).distinct()


@dataclass(frozen=True)
class ShownPlace:
    """Cells of one row in words; `href` leads to the batch it stands in, '' for a bound that no table states."""

    file: str
    where: str
    href: str

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.file, self.where)))


@dataclass(frozen=True)
class Shown:
    """A contradiction as the page shows it; `more` rows of tables are not named."""

    one: Contradiction
    look: str
    places: list[ShownPlace]
    more: int


@dataclass(frozen=True)
class ContradictionsPage:
    """`asked_severity` and `asked_batch` narrow the list; '' and None do not."""

    sight: Sight
    asked_severity: str = ""
    asked_batch: int | None = None
    asked_page: str = ""

    @property
    def severity(self) -> str:
        return self.asked_severity if self.asked_severity in list(Severity) else ""

    @cached_property
    def batch(self) -> Batch | None:
        """The batch asked for, where the person may see it."""
        return visible_batches(self.sight).filter(pk=self.asked_batch).first() if self.asked_batch else None

    def _everything(self) -> QuerySet[Contradiction]:
        found = visible_contradictions(self.sight)
        return found.filter(batches=self.batch) if self.batch else found

    @property
    def chosen(self) -> QuerySet[Contradiction]:
        found = self._everything().order_by("position")
        return found.filter(severity=self.severity) if self.severity else found

    @cached_property
    def counts(self) -> dict[str, int]:
        """Severity → how many."""
        found = self._everything().order_by().values_list("severity").annotate(Count("pk", distinct=True))
        known = dict(found)
        return {one.value: known.get(one.value, 0) for one in Severity}

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def tables(self) -> int:
        """Accepted tables and forms that the person may see."""
        return visible_batches(self.sight).filter(state=Batch.State.ACCEPTED, grain__in=GRAINS).count()

    @cached_property
    def check(self) -> TableCheck | None:
        return TableCheck.objects.first()

    @cached_property
    def is_behind(self) -> bool:
        """Are there tables that have not been checked yet, or rules that have changed since?"""
        check = self.check
        return check is None or check.state != TableCheck.State.FRESH or check.inputs != fingerprint_of_tables()

    def headline(self) -> str:
        if not self.total:
            tables = counted(self.tables, "таблица", "таблицы", "таблиц")
            checked = plural(self.tables, "проверена", "проверены", "проверено")
            return "Противоречий нет." if self.batch else f"Противоречий не{NBSP}найдено: {checked} {tables}."
        parts = [f"{one.words}{NBSP}— {number(self.counts[one])}" for one in Severity if self.counts[one]]
        said = ", ".join(parts)
        return f"{said[:1].upper()}{said[1:]}."

    # ---- the list

    @cached_property
    def page(self) -> Page:
        return Paginator(self.chosen, ON_A_PAGE).get_page(self.asked_page)

    def shown(self) -> list[Shown]:
        found = list(self.page)
        files = self._files(found)
        grouped = [(one, _grouped(one.places, files)) for one in found]
        return [
            Shown(one, LOOKS[Severity(one.severity)], lines[:MOST_LINES], len(lines[MOST_LINES:]))
            for one, lines in grouped
        ]

    def _files(self, found: Sequence[Contradiction]) -> dict[int, str]:
        """Batch → the name of its file, of those that the person may see."""
        keys = {place["batch"] for one in found for place in one.places} - {None}
        seen = visible_batches(self.sight).filter(pk__in=keys).only("pk", "path")
        return {batch.pk: batch.name for batch in seen}

    def table(self) -> Table:
        """Everything chosen, to take away."""
        found = list(self.chosen)
        files = self._files(found)
        return Table("Противоречия в таблицах", COLUMNS, [_row(one, files) for one in found])


def _grouped(places: Sequence[Mapping[str, Any]], files: Mapping[int, str]) -> list[ShownPlace]:
    """Cells of one row are one line: «строка 2 (физика): «Не сдали, %» — 8,5, «Участников» — 40»."""
    rows: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for place in places:
        rows.setdefault(tuple(place[name] for name in ("batch", *OF_A_ROW)), []).append(place)
    return [_line(cells, files) for cells in rows.values()]


def _line(cells: Sequence[Mapping[str, Any]], files: Mapping[int, str]) -> ShownPlace:
    """The row and the first of its cells."""
    first = cells[0]
    if first["batch"] is None:
        return ShownPlace("", f"граница: {first['value']}", "")
    known = first["batch"] in files
    file = files.get(first["batch"], first["document"])
    rest = len(cells[MOST_CELLS:])
    said = "; ".join([*map(_cell, cells[:MOST_CELLS]), *([f"и ещё {number(rest)}"] if rest else [])])
    where = nbsp(": ".join(filter(None, (_row_in_words(first), said))))
    return ShownPlace(file, where, reverse("collection:batch", args=[first["batch"]]) if known else "")


def _row_in_words(place: Mapping[str, Any]) -> str:
    """«лист «Мат», строка 12 (Школа № 3)»."""
    row = f"строка{NBSP}{place['row']}" if place["row"] is not None else ""
    label = place["label"]
    sheet = f"лист {quote(place['sheet'])}" if place["sheet"] else ""
    return ", ".join(filter(None, (sheet, f"{row} ({label})" if row and label else row or label)))


def _cell(place: Mapping[str, Any]) -> str:
    """«Сдали, %» — 31,4."""
    return " — ".join(filter(None, (quote(place["column"]) if place["column"] else "", place["value"])))


def _row(one: Contradiction, files: Mapping[int, str]) -> Row:
    places = [_line([place], files) for place in one.places]
    named: list[Cell] = [Text(str(place), place.href) for place in places[:2]]
    first, second = [*named, Unknown.NOT_APPLICABLE, Unknown.NOT_APPLICABLE][:2]
    return Row(
        {
            "severity": Text(Severity(one.severity).words, tone=LOOKS[Severity(one.severity)]),
            "sentence": one.sentence,
            "stated": one.stated or Unknown.NOT_APPLICABLE,
            "recomputed": one.recomputed or Unknown.NOT_APPLICABLE,
            "tolerance": one.tolerance or Unknown.NOT_APPLICABLE,
            "arithmetic": one.arithmetic or Unknown.NOT_APPLICABLE,
            "first": first,
            "second": second,
            "others": "; ".join(map(str, places[2:])) or Unknown.NOT_APPLICABLE,
        }
    )
