"""The table of a roadmap: its activities by section, with dates, executors and how what was given out stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import QuerySet

from msoko.core.vocabulary.russian import NBSP, counted, nbsp, number, plural
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight
from msoko.web.roadmap.activity_rows import FOR_ROWS, ActivityRow, rows_of, with_executors
from msoko.web.roadmap.executor_words import Tellers, ToldExecutor, told_in
from msoko.web.roadmap.models import Activity, Assignment, Executor, Roadmap, Section
from msoko.web.roadmap.plan_dates import Known
from msoko.web.roadmap.plan_rights import may_correct
from msoko.web.roadmap.standing import Standing, assignments_shown, standings_by, total_of, untracked_in_words

MOST_ORGANISATIONS = 150
LATEST = date.max
PARTS = ("overdue", "reported", "returned", "ahead", "untracked")
IN_ORDER = ("section__order", "section", "order", "pk")


class Sentence(NamedTuple):
    """A part of what is said on top, with the address that shows just these rows ('' where it is the page itself)."""

    words: str
    query: str


@dataclass(frozen=True)
class RoadmapPage:
    """`wish` is what the filters say. The number of queries depends on nothing that the roadmap holds."""

    sight: Sight
    roadmap: Roadmap
    today: date
    wish: Mapping[str, str] = field(default_factory=dict)
    fields: Sequence[str] = FOR_ROWS

    @property
    def is_draft(self) -> bool:
        return self.roadmap.programme.is_draft

    @cached_property
    def sees_whole(self) -> bool:
        """A school's people see of a municipal roadmap their own assignments only."""
        return self.sight.sees_everything or self.sight.sees(self.roadmap.programme.organisation)

    @property
    def may_correct(self) -> bool:
        return may_correct(self.sight, self.roadmap.programme)

    @property
    def may_ask_of_past(self) -> bool:
        """Whether the reader may cease or begin to ask for due dates that have passed."""
        return self.roadmap.programme.is_live and self.may_correct

    # ---- what there is

    @cached_property
    def assignments(self) -> QuerySet[Assignment]:
        shown = assignments_shown(self.sight, self.roadmap.programme)
        return shown.filter(occurrence__activity__roadmap=self.roadmap)

    @cached_property
    def sections(self) -> list[Section]:
        return list(self.roadmap.sections.all())

    @cached_property
    def activities(self) -> list[Activity]:
        """All of the roadmap in its order, with their section; the roadmap is this very record."""
        found = list(self.roadmap.activities.only(*self.fields).order_by(*IN_ORDER))
        sections = {one.pk: one for one in self.sections}
        for one in found:
            one.roadmap, one.section = self.roadmap, sections[one.section_id]
        return found

    @cached_property
    def keys(self) -> list[int]:
        """Of its activities, in their order."""
        return list(self.roadmap.activities.order_by(*IN_ORDER).values_list("pk", flat=True))

    @cached_property
    def standings(self) -> Mapping[int, Standing]:
        """Activity → how its assignments stand."""
        return standings_by(self.assignments, self.today, "occurrence__activity")

    @cached_property
    def every_row(self) -> list[ActivityRow]:
        return rows_of(self.activities, self.standings, self.today)

    @cached_property
    def kinds(self) -> set[str]:
        """Kinds of executors that the roadmap names."""
        executors = Executor.objects.filter(activity__roadmap=self.roadmap)
        return set(executors.order_by().values_list("kind", flat=True).distinct())

    @cached_property
    def organisations(self) -> list[Organisation]:
        """Those that have been given something, where others than one's own are for the reader to see."""
        if not self.sees_whole:
            return []
        given = self.assignments.order_by().values("organisation")
        return list(Organisation.objects.filter(pk__in=given).order_by("sort_key", "pk")[:MOST_ORGANISATIONS])

    # ---- what is shown

    @cached_property
    def rows(self) -> list[ActivityRow]:
        """Those that the filters leave, in the order wished."""
        kept = [row for row in self.every_row if self._is_wished(row)]
        if self.wish.get("order") == "due":
            kept.sort(key=lambda row: row.dates.next_due or LATEST)
        if self.wish.get("order") == "behind":
            kept.sort(key=lambda row: (-row.standing.overdue, -row.standing.returned, row.dates.next_due or LATEST))
        return kept

    @property
    def by_section(self) -> bool:
        """Headings of sections stand where rows stand in the order of the document."""
        return not self.wish.get("order") and any(one.title for one in self.sections)

    def _is_wished(self, row: ActivityRow) -> bool:
        return (
            self._has_words(row)
            and self.wish.get("section", "") in ("", str(row.activity.section_id))
            and self.wish.get("level", "") in ("", row.activity.level)
            and (self._of_executor is None or row.activity.pk in self._of_executor)
            and self._is_in_state(row)
        )

    def _has_words(self, row: ActivityRow) -> bool:
        activity, words = row.activity, self.wish.get("q", "").casefold().split()
        text = f"{activity.number} {activity.title} {activity.deadline} {activity.executors_words}".casefold()
        return all(word in text for word in words)

    def _is_in_state(self, row: ActivityRow) -> bool:
        state = self.wish.get("state", "")
        if state == "nobody":
            return row.activity.pk in self.unresolved
        return is_in_state(row, state)

    @cached_property
    def _of_executor(self) -> set[int] | None:
        """Activities of the wished kind of executor or organisation; None where all are wished."""
        wished = self.wish.get("executor", "")
        if not wished:
            return None
        if wished.isdecimal() and len(wished) < 18:
            given = self.assignments.filter(organisation=int(wished))
            return set(given.order_by().values_list("occurrence__activity", flat=True).distinct())
        executors = Executor.objects.filter(activity__roadmap=self.roadmap, kind=wished)
        return set(executors.values_list("activity", flat=True))

    @cached_property
    def unresolved(self) -> Mapping[int, list[ToldExecutor]]:
        """Activity → those of its executors whom the system does not know, where there are any."""
        told = told_in(self.roadmap.pk, self.keys, self.tellers[self.roadmap.programme_id])
        lacking = ((key, [one for one in found if not one.is_resolved]) for key, found in told.items())
        return {key: found for key, found in lacking if found}

    @cached_property
    def tellers(self) -> Mapping[int, Tellers]:
        programme = self.roadmap.programme
        return {programme.pk: Tellers.of(programme, self.sight)}

    def told(self, rows: Sequence[ActivityRow]) -> list[ActivityRow]:
        """The rows with their executors in words."""
        return with_executors(rows, self.tellers)

    # ---- what is said on top

    @cached_property
    def whole(self) -> Standing:
        return total_of(self.standings.values())

    def summary(self) -> list[Sentence]:
        """What a person wants to know first; each number leads to its rows."""
        n = len(self.every_row)
        said = [Sentence(counted(n, "мероприятие", "мероприятия", "мероприятий"), "")]
        said += list(self._of_assignments())
        return said + list(self._undated()) if self.sees_whole else said

    def _undated(self) -> Iterable[Sentence]:
        """What is still to be mended by those who see the whole programme."""
        undated = [(known, sum(row.dates.known is known for row in self.every_row)) for known in Known]
        words = {Known.NEEDS_DATES: "нужна дата", Known.NOT_UNDERSTOOD: f"срок не{NBSP}понят"}
        for known, n in undated:
            if n and known in words:
                yield Sentence(f"{words[known]}{NBSP}— {number(n)}", f"state={known}")

    def _of_assignments(self) -> Iterable[Sentence]:
        whole = self.whole
        if not whole.total:
            if not self.is_draft and not whole.untracked:
                yield Sentence("поручений пока нет" if self.sees_whole else "вашей школе поручений пока нет", "")
            yield from self._untracked()
            return
        mine = "" if self.sees_whole else "ваших "
        form = plural(whole.total, "поручения", "поручений", "поручений")
        yield Sentence(nbsp(f"принято {number(whole.accepted)} из {number(whole.total)} {mine}{form}"), "")
        if whole.overdue:
            yield Sentence(f"просрочено{NBSP}{number(whole.overdue)}", "state=overdue")
        if whole.reported:
            wait = plural(whole.reported, "ждёт", "ждут", "ждут")
            yield Sentence(f"{wait} проверки{NBSP}{number(whole.reported)}", "state=reported")
        yield from self._untracked()

    def _untracked(self) -> Iterable[Sentence]:
        if self.whole.untracked:
            yield Sentence(untracked_in_words(self.whole.untracked), "state=untracked")


def is_in_state(row: ActivityRow, state: str) -> bool:
    """Does an activity belong to what the filter names? An unknown state leaves every row."""
    if state == "accepted":
        return row.standing.is_accepted
    if state in (Known.NEEDS_DATES, Known.NOT_UNDERSTOOD):
        return row.dates.known == state
    return state not in PARTS or getattr(row.standing, state) > 0
