"""Activities of all programmes of a territory: by direction, by stage of the cycle, by how they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from msoko.core.definitions.programme_kinds import Direction
from msoko.web.definitions import definitions
from msoko.web.people.sight import Sight
from msoko.web.roadmap.about_stages import STEMS, about
from msoko.web.roadmap.activity_rows import FOR_ROWS, ActivityRow, rows_of
from msoko.web.roadmap.models import Activity, Assignment, Programme
from msoko.web.roadmap.month_page import programmes_of
from msoko.web.roadmap.queries import assignments_in_sight
from msoko.web.roadmap.roadmap_page import is_in_state
from msoko.web.roadmap.standing import Standing, standings_by, total_of

STAGES: Mapping[str, str] = {
    "recommendations": "рекомендации",
    "decisions": "приказы и решения",
    "effectiveness": "оценка эффективности",
}
"""Stages that single activities out; «activities» is all of them."""
NEAR = ("roadmap__programme__organisation", "section")


@dataclass(frozen=True)
class ActivitiesPage:
    """Of programmes that run in the year, drafts and closed ones too, as on the board; superseded editions are not.

    The number of queries depends on nothing.
    """

    sight: Sight
    year: int
    today: date
    wish: Mapping[str, str] = field(default_factory=dict)
    fields: Sequence[str] = FOR_ROWS

    @cached_property
    def programmes(self) -> list[Programme]:
        found = programmes_of(self.sight).exclude(state=Programme.State.SUPERSEDED)
        running = found.filter(begins__lte=date(self.year, 12, 31), ends__gte=date(self.year, 1, 1))
        return list(running.select_related("organisation").defer("passport", "principles", "changes"))

    @property
    def years(self) -> list[int]:
        """Years in which any programme runs."""
        spans = programmes_of(self.sight).exclude(state=Programme.State.SUPERSEDED).values_list("begins", "ends")
        return sorted({year for begins, ends in spans for year in range(begins.year, ends.year + 1)} | {self.year})

    @property
    def directions(self) -> list[Direction]:
        return list(definitions().directions.values())

    @cached_property
    def rows(self) -> list[ActivityRow]:
        """By programme, roadmap and place in it."""
        return [row for row in self._every_row if self._has_words(row) and is_in_state(row, self.wish.get("state", ""))]

    @cached_property
    def whole(self) -> Standing:
        return total_of(row.standing for row in self.rows)

    @property
    def is_filtered(self) -> bool:
        return any(self.wish.values())

    @cached_property
    def _every_row(self) -> list[ActivityRow]:
        return rows_of(self._found, self._standings, self.today)

    @cached_property
    def _found(self) -> list[Activity]:
        known = {one.pk: one for one in self.programmes}
        wished = self._wished(Activity.objects.filter(roadmap__programme__in=list(known)))
        order = ("roadmap__programme__begins", "roadmap__programme", "roadmap__order", "roadmap", "section__order",
                 "section", "order", "pk")  # fmt: skip
        only = (*self.fields, "roadmap__title", "roadmap__programme", "section__title")
        found = list(wished.select_related("roadmap", "section").only(*only).order_by(*order))
        for one in found:
            one.roadmap.programme = known[one.roadmap.programme_id]
        return found

    def _wished(self, activities: QuerySet[Activity]) -> QuerySet[Activity]:
        programme, direction, stage = (self.wish.get(name, "") for name in ("programme", "direction", "about"))
        if programme.isdecimal() and len(programme) < 18:
            activities = activities.filter(roadmap__programme=int(programme))
        if direction:
            activities = activities.filter(roadmap__direction__in=slugs_meant(direction))
        return activities.filter(about(stage)) if stage in STEMS else activities

    def _has_words(self, row: ActivityRow) -> bool:
        words = self.wish.get("q", "").casefold().split()
        activity = row.activity
        text = f"{activity.number} {activity.title} {activity.deadline} {activity.executors_words}".casefold()
        return all(word in text for word in words)

    @cached_property
    def _standings(self) -> Mapping[int, Standing]:
        territory = self.sight.territory
        if territory is None:
            return {}
        within: QuerySet[Assignment] = assignments_in_sight(self.sight).filter(
            Q(organisation__path__startswith=territory.path),
            occurrence__activity__roadmap__programme__in=[one.pk for one in self.programmes],
        )
        return standings_by(within, self.today, "occurrence__activity")


def slugs_meant(direction: str) -> Sequence[str]:
    """The direction and those of the other set that count as it."""
    known = definitions().directions
    others = [slug for slug, one in known.items() if direction in one.matches]
    return [direction, *(known[direction].matches if direction in known else ()), *others]
