"""How a roadmap goes: by section, by executor, and what has no dates or no executors."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from msoko.core.vocabulary.russian import NBSP, capitalised, counted, nbsp, number, plural, quote
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.people.models import Organisation
from msoko.web.roadmap.activity_rows import COUNTS, activity_address, assignments_address, counts_of
from msoko.web.roadmap.executor_words import ToldExecutor
from msoko.web.roadmap.models import Activity, Body
from msoko.web.roadmap.plan_dates import Known, ToldDates, known_of, told_dates
from msoko.web.roadmap.roadmap_page import IN_ORDER, RoadmapPage
from msoko.web.roadmap.standing import NOTHING, Standing, standings_by, total_of

NO_SECTION = "Без раздела"
MOST_LACKING = 10
"""Activities that are named one by one; the table shows them all, and there they are mended."""
UNDATED = {Known.NEEDS_DATES: "нужна дата", Known.NOT_UNDERSTOOD: f"срок не{NBSP}понят"}


class Line(NamedTuple):
    """A section or an executor with how it stands; `query` names its assignments."""

    title: str
    standing: Standing
    query: Mapping[str, object]


class Lacking(NamedTuple):
    """An activity that nothing can be asked of: why, and how that is mended."""

    activity: Activity
    why: str
    how: str

    @property
    def address(self) -> str:
        return activity_address(self.activity.pk)


class Way(NamedTuple):
    """To the rows of the table that lack the same thing."""

    words: str
    query: str


@dataclass(frozen=True)
class Lack:
    """Activities that lack something: how many, the first of them, and the ways to all."""

    count: int
    first: list[Lacking]
    ways: list[Way]

    @property
    def others(self) -> int:
        return self.count - len(self.first)


@dataclass(frozen=True)
class ProgressPage:
    """Counted in the database; a reader who sees one school's assignments has one executor."""

    table: RoadmapPage

    # ---- by section and executor

    @cached_property
    def _counted(self) -> Mapping[tuple[int, int, str], Standing]:
        """(section, organisation, body) → how its assignments stand."""
        keys = ("occurrence__activity__section", "organisation", "body")
        return standings_by(self.table.assignments, self.table.today, *keys)

    @cached_property
    def whole(self) -> Standing:
        return total_of(self._counted.values())

    @cached_property
    def sections(self) -> list[Line]:
        standings = self._by(lambda key: key[0])
        lines = [
            Line(one.title or NO_SECTION, standings.get(one.pk, NOTHING), self._query | {"section": one.pk})
            for one in self.table.sections
        ]
        return sorted(lines, key=_behind)

    @cached_property
    def executors(self) -> list[Line]:
        """By who is behind: overdue first, then by how much is still to be done."""
        found = self._by(lambda key: key[1:])
        names = Organisation.objects.only("name", "sort_key").in_bulk({organisation for organisation, _ in found})
        lines = [
            Line(_executor(names[key], body), standing, self._query | {"organisation": key})
            for (key, body), standing in sorted(found.items(), key=lambda item: names[item[0][0]].sort_key)
        ]
        return sorted(lines, key=_behind)

    def _by(self, part: Callable[[tuple[int, int, str]], Any]) -> dict[Any, Standing]:
        """The same added up by a part of the key."""
        standings: dict[Any, Standing] = {}
        for key, standing in self._counted.items():
            standings[part(key)] = standings.get(part(key), NOTHING) + standing
        return standings

    @property
    def _query(self) -> dict[str, object]:
        return {"programme": self.table.roadmap.programme_id}

    def sections_table(self) -> Table:
        return _table("По разделам", "Раздел", self.sections)

    def executors_table(self) -> Table:
        return _table("По исполнителям", "Исполнитель", self.executors)

    # ---- what can't go

    @cached_property
    def undated(self) -> Lack:
        dates = ("roadmap", "number", "title", "deadline", "deadline_kind", "windows", "condition")
        found = self.table.roadmap.activities.filter(windows=[]).only(*dates).order_by(*IN_ORDER)
        kinds = Counter(known_of(one) for one in found)
        first = [_undated(one, told_dates(one, self.table.today)) for one in found[:MOST_LACKING]]
        ways = [Way(f"{words}{NBSP}— {number(kinds[kind])}", kind) for kind, words in UNDATED.items() if kinds[kind]]
        return Lack(kinds.total(), first, ways)

    @cached_property
    def nobodys(self) -> Lack:
        """An executor is not in the system, so the department has the work."""
        unresolved = self.table.unresolved
        keys = [key for key in self.table.keys if key in unresolved][:MOST_LACKING]
        found = self.table.roadmap.activities.only("roadmap", "number", "title").in_bulk(keys)
        first = [_nobodys(found[key], unresolved[key]) for key in keys]
        return Lack(len(unresolved), first, [Way(f"все{NBSP}— {number(len(unresolved))}", "nobody")])

    # ---- in one sentence

    def sentence(self) -> str:
        whole = self.whole
        said = self._owed(whole) if whole.total or not whole.untracked else ""
        return " ".join(part for part in (said, _untracked(whole.untracked)) if part)

    def _owed(self, whole: Standing) -> str:
        if not whole.total:
            return self._nothing()
        form = plural(whole.total, "поручения", "поручений", "поручений")
        said = [nbsp(f"Принято {number(whole.accepted)} из {number(whole.total)} {form}")]
        late = [line for line in self.executors if line.standing.overdue]
        if not late:
            return f"{said[0]}, просроченных нет."
        said.append(nbsp(f"просрочено {number(whole.overdue)}"))
        if self.table.sees_whole:
            worst = (
                f", больше всего{NBSP}— {late[0].title} ({number(late[0].standing.overdue)})" if len(late) > 1 else ""
            )
            who = counted(len(late), "исполнителя", "исполнителей", "исполнителей")
            said[-1] += f" у{NBSP}{who}{worst}" if len(late) > 1 else f": {late[0].title}"
        return f"{', '.join(said)}."

    def _nothing(self) -> str:
        if self.table.is_draft:
            return nbsp("Это проект: поручения появятся, когда программу утвердят.")
        if not self.table.sees_whole:
            return nbsp("Поручений вашей школы в этой дорожной карте пока нет.")
        return nbsp("Поручений пока нет: их раздают, когда у мероприятий есть даты этого года.")


def _untracked(n: int) -> str:
    if not n:
        return ""
    are = plural(n, "не отслеживается", "не отслеживаются", "не отслеживаются")
    words = counted(n, "поручение", "поручения", "поручений")
    return capitalised(nbsp(f"{are} {words}: отчёта по ним не ждут, исполненными они не считаются."))


def _behind(line: Line) -> tuple[int, int, int]:
    standing = line.standing
    return -standing.overdue, -standing.returned, standing.accepted - standing.total


def _executor(organisation: Organisation, body: str) -> str:
    if body == Body.SCHOOL:
        return organisation.name
    return f"{organisation.name}: {Body(body).label}"


def _undated(activity: Activity, dates: ToldDates) -> Lacking:
    if dates.known is Known.NOT_UNDERSTOOD:
        return Lacking(activity, dates.words, "Укажите даты или напишите срок другими словами.")
    return Lacking(activity, dates.words, "Укажите даты, когда они станут известны.")


def _nobodys(activity: Activity, unresolved: Iterable[ToldExecutor]) -> Lacking:
    why = "; ".join(f"{quote(one.words)}: {one.meaning}" if one.words else one.meaning for one in unresolved)
    return Lacking(activity, capitalised(why), "Укажите, кто это: группа, управление или школы по названиям.")


# ---- tables

TOTAL = Column("total", "Принято", align="left")


def _table(title: str, first: str, lines: Sequence[Line]) -> Table:
    """«принято k из n» in words, the other parts as numbers that lead to their assignments."""
    parts = [column for column in COUNTS if column.key not in ("total", "accepted")]
    if not any(line.standing.untracked for line in lines):
        parts = [column for column in parts if column.key != "untracked"]
    columns = (Column("name", first, kind="link"), TOTAL, *parts)
    rows = [Row(_cells(line, [column.key for column in parts])) for line in lines]
    return Table(title, columns, rows)


def _cells(line: Line, parts: Sequence[str]) -> dict[str, Cell]:
    standing = line.standing
    counts: dict[str, Cell] = {}
    for name in parts:
        n = getattr(standing, name)
        counts[name] = Text(number(n), assignments_address({**line.query, "state": name})) if n else 0
    of = nbsp(f"{number(standing.accepted)} из {number(standing.total)}") if standing.total else _nothing_owed(standing)
    return {"name": Text(line.title, assignments_address(line.query)), "total": of, **counts}


def _nothing_owed(standing: Standing) -> str:
    return f"не{NBSP}отслеживаются" if standing.untracked else "поручений нет"


def spreadsheet_of(title: str, first: str, lines: Sequence[Line]) -> Table:
    """The same with numbers alone."""
    return Table(
        title, (Column("name", first), *COUNTS), [{"name": one.title, **counts_of(one.standing)} for one in lines]
    )


TABLES: Mapping[str, Callable[[ProgressPage], Table]] = {
    "sections": lambda page: spreadsheet_of("По разделам", "Раздел", page.sections),
    "executors": lambda page: spreadsheet_of("По исполнителям", "Исполнитель", page.executors),
}
