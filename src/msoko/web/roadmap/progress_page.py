"""How a roadmap goes: by section, by executor, and what has no dates or no executors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from msoko.core.vocabulary.russian import NBSP, capitalised, counted, nbsp, number, plural, quote
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.people.models import Organisation
from msoko.web.roadmap.activity_rows import COUNTS, ActivityRow, assignments_address, counts_of
from msoko.web.roadmap.models import Body
from msoko.web.roadmap.plan_dates import Known
from msoko.web.roadmap.roadmap_page import RoadmapPage
from msoko.web.roadmap.standing import NOTHING, Standing, standings_by, total_of

NO_SECTION = "Без раздела"


class Line(NamedTuple):
    """A section or an executor with how it stands; `query` names its assignments."""

    title: str
    standing: Standing
    query: Mapping[str, object]


class Lacking(NamedTuple):
    """An activity that nothing can be asked of: why, and how that is mended."""

    row: ActivityRow
    why: str
    how: str


@dataclass(frozen=True)
class ProgressPage:
    """Counted from the rows of the table; a reader who sees one school's assignments has one executor."""

    table: RoadmapPage

    # ---- by section and executor

    @cached_property
    def sections(self) -> list[Line]:
        standings: dict[int, Standing] = {}
        for row in self.table.every_row:
            key = row.activity.section_id
            standings[key] = standings.get(key, NOTHING) + row.standing
        lines = [
            Line(one.title or NO_SECTION, standings.get(one.pk, NOTHING), self._query | {"section": one.pk})
            for one in self.table.sections
        ]
        return sorted(lines, key=_behind)

    @cached_property
    def executors(self) -> list[Line]:
        """By who is behind: overdue first, then by how much is still to be done."""
        found: dict[tuple[int, str], Standing] = standings_by(
            self.table.assignments, self.table.today, "organisation", "body"
        )
        keys = {organisation for organisation, _ in found}
        names = Organisation.objects.in_bulk(keys)
        lines = [
            Line(_executor(names[key], body), standing, self._query | {"organisation": key})
            for (key, body), standing in sorted(found.items(), key=lambda item: names[item[0][0]].sort_key)
        ]
        return sorted(lines, key=_behind)

    @property
    def _query(self) -> dict[str, object]:
        return {"programme": self.table.roadmap.programme_id}

    def sections_table(self) -> Table:
        return _table("По разделам", "Раздел", self.sections)

    def executors_table(self) -> Table:
        return _table("По исполнителям", "Исполнитель", self.executors)

    # ---- what can't go

    @cached_property
    def undated(self) -> list[Lacking]:
        return [_undated(row) for row in self.table.every_row if not row.dates.has_dates]

    @cached_property
    def nobodys(self) -> list[Lacking]:
        """An executor is not in the system, so the department has the work."""
        told = self.table.told(self.table.every_row)
        return [_nobodys(row) for row in told if row.unresolved]

    # ---- in one sentence

    def sentence(self) -> str:
        whole = total_of(row.standing for row in self.table.every_row)
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


def _behind(line: Line) -> tuple[int, int, int]:
    standing = line.standing
    return -standing.overdue, -standing.returned, standing.accepted - standing.total


def _executor(organisation: Organisation, body: str) -> str:
    if body == Body.SCHOOL:
        return organisation.name
    return f"{organisation.name}: {Body(body).label}"


def _undated(row: ActivityRow) -> Lacking:
    if row.dates.known is Known.NOT_UNDERSTOOD:
        return Lacking(row, row.dates.words, "Укажите даты или напишите срок другими словами.")
    return Lacking(row, row.dates.words, "Укажите даты, когда они станут известны.")


def _nobodys(row: ActivityRow) -> Lacking:
    why = "; ".join(f"{quote(one.words)}: {one.meaning}" if one.words else one.meaning for one in row.unresolved)
    return Lacking(row, capitalised(why), "Укажите, кто это: группа, управление или школы по названиям.")


# ---- tables

TOTAL = Column("total", "Принято", align="left")


def _table(title: str, first: str, lines: Sequence[Line]) -> Table:
    """«принято k из n» in words, the other parts as numbers that lead to their assignments."""
    parts = [column for column in COUNTS if column.key not in ("total", "accepted")]
    columns = (Column("name", first, kind="link"), TOTAL, *parts)
    rows = [Row(_cells(line, [column.key for column in parts])) for line in lines]
    return Table(title, columns, rows)


def _cells(line: Line, parts: Sequence[str]) -> dict[str, Cell]:
    standing = line.standing
    counts: dict[str, Cell] = {}
    for name in parts:
        n = getattr(standing, name)
        counts[name] = Text(number(n), assignments_address({**line.query, "state": name})) if n else 0
    of = nbsp(f"{number(standing.accepted)} из {number(standing.total)}") if standing.total else "поручений нет"
    return {"name": Text(line.title, assignments_address(line.query)), "total": of, **counts}


def spreadsheet_of(title: str, first: str, lines: Sequence[Line]) -> Table:
    """The same with numbers alone."""
    return Table(
        title, (Column("name", first), *COUNTS), [{"name": one.title, **counts_of(one.standing)} for one in lines]
    )


TABLES: Mapping[str, Callable[[ProgressPage], Table]] = {
    "sections": lambda page: spreadsheet_of("По разделам", "Раздел", page.sections),
    "executors": lambda page: spreadsheet_of("По исполнителям", "Исполнитель", page.executors),
}
