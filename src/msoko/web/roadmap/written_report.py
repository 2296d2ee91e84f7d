"""The report of execution as a document: counts of assignments by state, and what people have reported."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from msoko.core.roadmap.evidence import name_of, times
from msoko.core.vocabulary.russian import join_with_and
from msoko.documents.library.execution_report import data as written
from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import (
    Activity,
    Assignment,
    Body,
    Evidence,
    Postponement,
    Programme,
    Report,
    Roadmap,
)
from msoko.web.roadmap.queries import assignments_in_sight
from msoko.web.roadmap.standing import standings_by

State = Assignment.State
NO_DATES = "даты не известны"


@dataclass(frozen=True)
class WrittenReport:
    """Of a programme or one roadmap of it, as the person sees it. A number of queries that does not grow."""

    programme: Programme
    sight: Sight
    today: date
    only: Roadmap | None = None

    def data(self) -> written.ReportData:
        return written.ReportData(
            title=self.only.title if self.only else self.programme.title,
            organisation=str(self.programme.organisation),
            order_words=self.programme.order_words,
            begins=self.programme.begins,
            ends=self.programme.ends,
            today=self.today,
            activities=[self._line(activity) for activity in self._activities],
            executors=self._executors(),
            late=self._late(),
            untracked=self._untracked(),
            moved=[*self._postponed(), *self._cancelled()],
            demonstration=settings.DEMONSTRATION,
        )

    @cached_property
    def _activities(self) -> list[Activity]:
        kept = {"roadmap": self.only} if self.only else {"roadmap__programme": self.programme}
        order = ("roadmap__order", "roadmap_id", "section__order", "section_id", "order", "pk")
        return list(Activity.objects.filter(**kept).select_related("section", "roadmap").order_by(*order))

    @property
    def _assignments(self) -> QuerySet[Assignment]:
        return assignments_in_sight(self.sight).filter(occurrence__activity__in=[one.pk for one in self._activities])

    # ---- counts

    def _tallies(self, *keys: str) -> dict[Any, written.Tally]:
        """As every page counts them (`standing`)."""
        standings = standings_by(self._assignments, self.today, *keys)
        return {key: written.Tally(**asdict(standing)) for key, standing in standings.items()}

    @cached_property
    def _by_activity(self) -> Mapping[int, written.Tally]:
        return self._tallies("occurrence__activity")

    def _line(self, activity: Activity) -> written.ActivityLine:
        reports = self._reports.get(activity.pk, [])
        participants = [one.participants for one in reports if one.participants is not None]
        return written.ActivityLine(
            section=activity.section.title or (activity.roadmap.title if not self.only else ""),
            number=activity.number,
            title=activity.title,
            deadline=activity.deadline,
            executors=activity.executors_words,
            tally=self._by_activity.get(activity.pk, written.Tally()),
            participants=sum(participants) if participants else None,
            reports=[(_who(one.assignment), one.done, self._evidence.get(one.assignment_id, "")) for one in reports],
            undated=(activity.condition or NO_DATES) if activity.needs_dates else "",
        )

    def _executors(self) -> list[tuple[str, written.Tally]]:
        """By the alphabet of organisations."""
        named = {
            (one["organisation"], one["body"]): (one["organisation__sort_key"], one["organisation__name"])
            for one in self._assignments.order_by()
            .values("organisation", "body", "organisation__sort_key", "organisation__name")
            .distinct()
        }
        tallies = self._tallies("organisation", "body")
        ordered = sorted(named.items(), key=lambda item: (item[0][1] == Body.SCHOOL, item[1][0], item[0]))
        return [(_name(name, body), tallies[organisation, body]) for (organisation, body), (_, name) in ordered]

    # ---- what people have written

    @cached_property
    def _reports(self) -> Mapping[int, list[Report]]:
        """Activity → the last report of every assignment that is reported or accepted."""
        handed_in = self._assignments.filter(state__in=(State.REPORTED, State.ACCEPTED)).values("pk")
        found = Report.objects.filter(assignment__in=handed_in)
        ordered = found.select_related("assignment__organisation", "assignment__occurrence").order_by(
            "reported_at", "pk"
        )
        last = {report.assignment_id: report for report in ordered}
        by_activity: dict[int, list[Report]] = defaultdict(list)
        for report in last.values():
            by_activity[report.assignment.occurrence.activity_id].append(report)
        return by_activity

    @cached_property
    def _evidence(self) -> Mapping[int, str]:
        """Assignment → names of what confirms it, «протокол × 2» where there are two."""
        assignments = [one.assignment_id for reports in self._reports.values() for one in reports]
        names: dict[int, Counter[str]] = defaultdict(Counter)
        for one in Evidence.objects.filter(assignment__in=assignments, withdrawn_at=None):
            names[one.assignment_id][name_of(one.about) or one.name] += 1
        return {key: join_with_and([times(*one) for one in found.items()]) for key, found in names.items()}

    def _late(self) -> list[written.Late]:
        """The oldest first; who has not handed in stands together by activity and date."""
        who: dict[tuple[date, int], list[str]] = defaultdict(list)
        titles: dict[int, str] = {}
        late = self._assignments.filter(state__in=Assignment.OPEN, due__lt=self.today)
        named = late.select_related("organisation", "occurrence__activity")
        for one in named.order_by("due", "occurrence__activity", "organisation__sort_key", "pk"):
            activity = one.occurrence.activity
            who[one.due, activity.pk].append(_who(one))
            titles[activity.pk] = activity.title
        return [written.Late(names, titles[activity], due) for (due, activity), names in who.items()]

    def _untracked(self) -> list[written.Untracked]:
        """The oldest first."""
        keys = ("due", "occurrence__activity", "occurrence__activity__title", "reason")
        rows = self._assignments.filter(state=State.UNTRACKED).order_by(*keys).values_list(*keys)
        counted = rows.annotate(n=Count("pk"))
        return [written.Untracked(title, due, n, reason) for due, _, title, reason, n in counted]

    def _postponed(self) -> Iterable[written.Moved]:
        moved = Postponement.objects.filter(assignment__in=self._assignments.values("pk"))
        for one in moved.select_related("assignment__organisation", "assignment__occurrence__activity"):
            title = one.assignment.occurrence.activity.title
            yield written.Moved(_who(one.assignment), title, one.was_due, one.due, one.allowed_by, one.reason)

    def _cancelled(self) -> Iterable[written.Moved]:
        for one in self._named(self._assignments.filter(state=State.CANCELLED)):
            yield written.Moved(_who(one), one.occurrence.activity.title, one.due, None, "", one.reason)

    def _named(self, assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
        return assignments.select_related("organisation", "occurrence__activity").order_by("due", "pk")


def _who(assignment: Assignment) -> str:
    return _name(assignment.organisation.name, assignment.body)


def _name(organisation: str, body: str) -> str:
    """A school by its name; who acts in a municipality beside the municipality's."""
    return organisation if body == Body.SCHOOL else f"{organisation}, {Body(body).label}"
