"""Works drawn by hand with the scores of their items: school → rows of pupils, one score an item, X = not attempted."""

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.core.analysis.panel import Group, NoReference, Panel, Procedure, School
from msoko.core.definitions.kinds import WorkItem
from msoko.core.monitoring.tally import Cell, ItemTally, Tally, add_up
from tests.core.analysis.panels import REGION, group, school, work

X = -1
Rows = Sequence[Sequence[int]]
BASIC_WORK = tuple(WorkItem(str(number), 1, "Б") for number in (1, 2, 3))


def tally_of_items(rows: Rows, absent: int = 0) -> Tally:
    """Counted row by row, the plain way; the score is the sum of the items."""
    cells: dict[Cell, int] = {}
    for row in rows:
        cell = Cell(sum(max(score, 0) for score in row))
        cells[cell] = cells.get(cell, 0) + 1
    items = {place + 1: _item(rows, place) for place in range(len(rows[0]))} if rows else {}
    statuses = {name: n for name, n in (("valid", len(rows)), ("absent", absent)) if n}
    return Tally(statuses, cells, items)


def _item(rows: Rows, place: int) -> ItemTally:
    scores = [max(row[place], 0) for row in rows]
    totals = [sum(max(score, 0) for score in row) for row in rows]
    return ItemTally(
        attempted=sum(row[place] != X for row in rows),
        not_attempted=sum(row[place] == X for row in rows),
        total=sum(scores),
        squares=sum(score * score for score in scores),
        with_score=sum(score * total for score, total in zip(scores, totals, strict=True)),
    )


def panel_of_items(
    results: Mapping[int, Rows],
    items: Sequence[WorkItem] = BASIC_WORK,
    procedure: Procedure | None = None,
    schools: Sequence[School] = (),
    with_region: bool = True,
    **more: Any,
) -> Panel:
    """One work: school → rows. The region is all of them, a municipality those that are in it."""
    maximum = sum(item.maximum or 0 for item in items)
    one = procedure or work(1, items=items, bounds=None, maximum=maximum)
    known = {each.key: each for each in schools}
    organisations = {key: known.get(key) or school(key) for key in sorted({*results, *known})}
    tallies = {key: tally_of_items(rows) for key, rows in results.items()}
    parts: dict[int, list[Tally]] = {}
    for key, tally in tallies.items():
        place = organisations[key].municipality
        if place is not None:
            parts.setdefault(place, []).append(tally)
    region: Group | NoReference = NoReference("региона нет")
    if with_region:
        region = group(one, REGION, add_up(tallies.values()))
    return Panel(
        year=one.year,
        procedures=(one,),
        organisations=organisations,
        schools={one.key: {key: group(one, key, tally) for key, tally in tallies.items()}},
        municipalities={one.key: {key: group(one, key, add_up(many)) for key, many in parts.items()}},
        region={one.key: region},
        **more,
    )
