"""Rows of activities: what a table says of one, on a roadmap's page and in the list across programmes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse

from msoko.core.vocabulary.russian import NBSP, join_with_and
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table
from msoko.web.roadmap.executor_words import Tellers, ToldExecutor
from msoko.web.roadmap.models import Activity, Executor
from msoko.web.roadmap.plan_dates import ToldDates, told_dates, window_in_words, windows_as_dates
from msoko.web.roadmap.standing import NOTHING, Standing

BADGES: Mapping[str, str] = {
    "accepted": "plain",
    "overdue": "warning",
    "returned": "likely",
    "reported": "likely",
    "ahead": "plain",
    "untracked": "few",
}
"""Part of a standing → the badge whose shape says it."""
FOR_ROWS = ("number", "title", "deadline", "deadline_kind", "windows", "condition", "dates_by_person",
            "executors_words", "level", "order", "roadmap", "section")  # fmt: skip


class Chip(NamedTuple):
    """A state with its count, and the address of the assignments behind it."""

    kind: str
    words: str
    href: str


@dataclass(frozen=True)
class ActivityRow:
    """An activity and what is known of it today. `executors` are told for the rows that are shown only."""

    activity: Activity
    dates: ToldDates
    standing: Standing = NOTHING
    executors: Sequence[ToldExecutor] = ()

    @property
    def address(self) -> str:
        return activity_address(self.activity.pk)

    @property
    def chips(self) -> list[Chip]:
        return chips_of(self.standing, {"activity": self.activity.pk})

    @property
    def unresolved(self) -> list[ToldExecutor]:
        return [one for one in self.executors if not one.is_resolved]

    @property
    def meanings(self) -> list[str]:
        """Who it is in the system, each once; what only repeats the document is not said again."""
        said = {one.strip().casefold() for one in self.activity.executors_words.split(",")}
        told = dict.fromkeys(one.meaning for one in self.executors if one.is_resolved)
        return [one for one in told if one.casefold() not in said]


def chips_of(standing: Standing, query: Mapping[str, object]) -> list[Chip]:
    """Each leads to the list of just these assignments."""
    return [Chip(_badge(part.name, standing), part.words, assignments_address({**query, "state": part.name}))
            for part in standing.parts()]  # fmt: skip


def _badge(part: str, standing: Standing) -> str:
    return "pass" if part == "accepted" and standing.is_accepted else BADGES[part]


def activity_address(pk: int) -> str:
    """A page lists hundreds of them, and Django takes a quarter of a millisecond to make each anew."""
    return f"{_before_the_key()}{pk}/"


@cache
def _before_the_key() -> str:
    return reverse("roadmap:activity", args=[0]).removesuffix("0/")


def assignments_address(query: Mapping[str, object]) -> str:
    return f"{_list_of_assignments()}?{urlencode(query)}"


@cache
def _list_of_assignments() -> str:
    return reverse("roadmap:assignments")


def rows_of(activities: Iterable[Activity], standings: Mapping[int, Standing], today: date) -> list[ActivityRow]:
    return [ActivityRow(one, told_dates(one, today), standings.get(one.pk, NOTHING)) for one in activities]


def with_executors(rows: Sequence[ActivityRow], tellers: Mapping[int, Tellers]) -> list[ActivityRow]:
    """The same rows with their executors; `tellers` by programme. One query, however many rows."""
    prefetch_related_objects([row.activity for row in rows], Prefetch("executors", executors_with_places()))
    return [
        ActivityRow(row.activity, row.dates, row.standing, tellers[row.activity.roadmap.programme_id].told(
            row.activity.executors.all()
        ))
        for row in rows
    ]  # fmt: skip


def executors_with_places() -> QuerySet[Executor]:
    return Executor.objects.select_related("organisation__merged_into")


# ---- to take away

COLUMNS = (
    Column("number", "№"),
    Column("section", "Раздел"),
    Column("title", "Мероприятие"),
    Column("deadline", "Срок"),
    Column("dates", "Даты"),
    Column("next", "Следующий срок", kind="date"),
    Column("executors", "Исполнители"),
    Column("resolved", f"Кто это в{NBSP}системе"),
    Column("result", "Ожидаемый результат"),
    Column("indicator", "Показатель"),
    Column("evidence", "Что представить"),
    Column("addressees", "Кому адресовано"),
    Column("level", "Уровень"),
)
COUNTS = (
    Column("total", "Поручений", kind="count"),
    Column("accepted", "Принято", kind="count"),
    Column("reported", "Ждут проверки", kind="count"),
    Column("returned", "Возвращено", kind="count"),
    Column("overdue", "Просрочено", kind="count"),
    Column("ahead", "Впереди", kind="count"),
    Column("untracked", f"Не{NBSP}отслеживаются", kind="count"),
)
COUNTS_OF_STANDING = tuple(column.key for column in COUNTS)


def table_of(title: str, rows: Iterable[ActivityRow], *, with_roadmap: bool = False) -> Table:
    """All that is known of each activity, as a spreadsheet holds it. Across programmes executors stand in the words of
    their documents only."""
    columns = [*COLUMNS, *COUNTS]
    if with_roadmap:
        columns = [one for one in columns if one.key != "resolved"]
        columns[2:2] = [Column("roadmap", "Дорожная карта"), Column("programme", "Программа")]
    return Table(title, columns, [Row(_cells(row, with_roadmap)) for row in rows])


def _cells(row: ActivityRow, with_roadmap: bool) -> dict[str, Cell]:
    activity = row.activity
    roadmap: dict[str, Cell] = {}
    if with_roadmap:
        roadmap = {"roadmap": activity.roadmap.title, "programme": activity.roadmap.programme.title}
    return {
        "number": activity.number or Unknown.NOT_APPLICABLE,
        "section": activity.section.title or Unknown.NOT_APPLICABLE,
        **roadmap,
        "title": activity.title,
        "deadline": activity.deadline or Unknown.MISSING,
        "dates": _dates(activity) or row.dates.words,
        "next": row.dates.next_due or Unknown.NOT_APPLICABLE,
        "executors": activity.executors_words or Unknown.MISSING,
        **({} if with_roadmap else {"resolved": _resolved(row)}),
        "result": activity.result or Unknown.MISSING,
        "indicator": activity.indicator or Unknown.NOT_APPLICABLE,
        "evidence": join_with_and([str(one) for one in activity.evidence]) or Unknown.NOT_APPLICABLE,
        "addressees": activity.addressees or Unknown.NOT_APPLICABLE,
        "level": activity.get_level_display(),
        **counts_of(row.standing),
    }


def _resolved(row: ActivityRow) -> str:
    return "; ".join(dict.fromkeys(one.meaning for one in row.executors))


def counts_of(standing: Standing) -> dict[str, Cell]:
    return {name: getattr(standing, name) for name in COUNTS_OF_STANDING}


def _dates(activity: Activity) -> str:
    return "; ".join(window_in_words(one.begins, one.ends) for one in windows_as_dates(activity.windows))
