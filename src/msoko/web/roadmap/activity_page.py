"""The page of an activity: its words and what they were understood as, who executes it and how that stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from django.urls import reverse

from msoko.core.roadmap import deadlines
from msoko.core.roadmap.deadlines import Deadline
from msoko.core.roadmap.executors import ROLES
from msoko.core.vocabulary.russian import short_date
from msoko.documents.tables import Column, Row, Table, Text
from msoko.web.analysis.models import Finding
from msoko.web.people.models import AuditEntry, Organisation
from msoko.web.people.sight import Sight
from msoko.web.people.words import action_in_words, details_in_words
from msoko.web.roadmap.activity_rows import Chip, chips_of, executors_with_places
from msoko.web.roadmap.doing_words import badge_of, executor_in_words
from msoko.web.roadmap.executor_words import KINDS, Tellers, ToldExecutor
from msoko.web.roadmap.models import Activity, Assignment, Executor, Occurrence, Programme
from msoko.web.roadmap.plan_dates import ToldDates, told_dates, window_in_words, windows_in_words
from msoko.web.roadmap.plan_rights import may_correct
from msoko.web.roadmap.queries import programmes_in_sight, schools_of
from msoko.web.roadmap.resolving import Resolution, resolve
from msoko.web.roadmap.standing import NOTHING, Standing, assignments_shown, standings_by, total_of

MOST_ENTRIES = 30
MOST_DATES_SHOWN = 60


@dataclass(frozen=True)
class OccurrenceLine:
    """A due date with how it stands; `is_shown`: its assignments are listed below; `is_given`: it was
    given to its executors."""

    pk: int
    activity: int
    due: date
    words: str
    standing: Standing
    is_shown: bool
    is_given: bool

    @property
    def chips(self) -> list[Chip]:
        return chips_of(self.standing, {"activity": self.activity, "since": self.due, "until": self.due})


@dataclass(frozen=True)
class ExecutorLine:
    """One executor of the document; several rows where a person has named several schools."""

    rows: Sequence[Executor]
    told: Sequence[ToldExecutor]

    @property
    def executor(self) -> Executor:
        return self.rows[0]

    @property
    def role(self) -> str:
        return ROLES.get(self.executor.role, "")

    @property
    def kind(self) -> str:
        return KINDS.get(self.executor.kind, "")

    @property
    def chosen(self) -> list[int]:
        return [row.organisation_id for row in self.rows if row.organisation_id is not None]

    @property
    def is_resolved(self) -> bool:
        return all(one.is_resolved for one in self.told)


@dataclass(frozen=True)
class ActivityPage:
    """`asked` is the key of the occurrence whose assignments are to be listed."""

    sight: Sight
    activity: Activity
    today: date
    asked: str = ""

    @property
    def programme(self) -> Programme:
        return self.activity.roadmap.programme

    @cached_property
    def sees_whole(self) -> bool:
        return self.sight.sees_everything or self.sight.sees(self.programme.organisation)

    @cached_property
    def may_correct(self) -> bool:
        return may_correct(self.sight, self.programme)

    @property
    def may_edit(self) -> bool:
        """The text itself, of a draft."""
        return self.programme.is_draft and self.sight.may("edit_programme", self.programme.organisation)

    # ---- dates

    @cached_property
    def dates(self) -> ToldDates:
        return told_dates(self.activity, self.today)

    @cached_property
    def _understood(self) -> Deadline:
        """The words anew: a page of one activity may ask, to tell what of them was not understood."""
        return deadlines.understand(self.activity.deadline, self.programme.begins, self.programme.ends)

    @property
    def words_mean(self) -> str:
        """«каждый год: 1–30 сентября; 3 срока»: what the words alone say."""
        return deadlines.in_words(self._understood)

    @property
    def remarks(self) -> Sequence[str]:
        return self._understood.remarks

    @property
    def needs_date_from(self) -> str:
        return "" if self.activity.windows else self._understood.needs_date_from or ""

    @property
    def in_force(self) -> str:
        """The dates that count now, whoever said them."""
        if not self.activity.windows:
            return ""
        return windows_in_words(self.activity.windows, self.activity.deadline_kind)

    @property
    def windows(self) -> list[tuple[date, date]]:
        return [(date.fromisoformat(begins), date.fromisoformat(ends)) for begins, ends in self.activity.windows]

    @property
    def windows_listed(self) -> list[str]:
        return [window_in_words(*one) for one in self.windows[:MOST_DATES_SHOWN]]

    @property
    def dates_left_out(self) -> int:
        return max(len(self.activity.windows) - MOST_DATES_SHOWN, 0)

    # ---- executors

    @cached_property
    def executors(self) -> list[ExecutorLine]:
        tellers = Tellers.of(self.programme, self.sight)
        places: dict[tuple[int, str], list[Executor]] = {}
        for row in executors_with_places().filter(activity=self.activity):
            places.setdefault((row.order, row.words), []).append(row)
        return [ExecutorLine(rows, tellers.told(rows)) for rows in places.values()]

    @cached_property
    def schools(self) -> list[Organisation]:
        """Those that an executor can be."""
        return list(schools_of(self.programme.organisation).order_by("sort_key", "pk"))

    @cached_property
    def resolution(self) -> Resolution | None:
        """Who executes it now; not for the people of one school."""
        return resolve(self.programme, [self.activity.pk])[self.activity.pk] if self.sees_whole else None

    # ---- what was given out

    @cached_property
    def _standings(self) -> Mapping[int, Standing]:
        shown = assignments_shown(self.sight, self.programme).filter(occurrence__activity=self.activity)
        return standings_by(shown, self.today, "occurrence")

    @cached_property
    def standing(self) -> Standing:
        return total_of(self._standings.values())

    @property
    def chips(self) -> list[Chip]:
        return chips_of(self.standing, {"activity": self.activity.pk})

    @cached_property
    def _occurrences(self) -> list[Occurrence]:
        return list(self.activity.occurrences.order_by("due", "begins", "pk"))

    @cached_property
    def shown_occurrence(self) -> Occurrence | None:
        """The one asked for; else the first that is late, else the next one, else the last."""
        found = self._occurrences
        asked = [one for one in found if str(one.pk) == self.asked]
        late = [one for one in found if self._standings.get(one.pk, NOTHING).overdue]
        coming = [one for one in found if one.due >= self.today]
        return next(iter([*asked, *late, *coming, *found[-1:]]), None)

    @cached_property
    def occurrences(self) -> list[OccurrenceLine]:
        shown = self.shown_occurrence
        return [self._line(one, shown is not None and one.pk == shown.pk) for one in self._occurrences]

    def _line(self, one: Occurrence, is_shown: bool) -> OccurrenceLine:
        words, standing = window_in_words(one.begins, one.due), self._standings.get(one.pk, NOTHING)
        return OccurrenceLine(one.pk, self.activity.pk, one.due, words, standing, is_shown, one.assigned_at is not None)

    def assignments_table(self) -> Table | None:
        """Who has to do what was due then; those that are late first. None where nothing was given out."""
        occurrence = self.shown_occurrence
        if occurrence is None:
            return None
        found = assignments_shown(self.sight, self.programme).filter(occurrence=occurrence)
        rows = list(found.select_related("organisation").order_by("organisation__sort_key", "pk"))
        if not rows:
            return None
        rows.sort(key=lambda one: not (one.is_open and one.due < self.today))
        title = f"Исполнители, срок {short_date(occurrence.due)}"
        columns = (Column("who", "Исполнитель", kind="link"), Column("state", "Состояние", kind="badge"),
                   Column("due", "Срок", kind="date"), Column("reason", "Причина"))  # fmt: skip
        with_reason = any(one.reason for one in rows)
        shown = columns if with_reason else columns[:-1]
        return Table(title, shown, [_row(one, self.today, with_reason) for one in rows])

    # ---- where it comes from, what was done with it

    @cached_property
    def history(self) -> list[AuditEntry]:
        """Corrections, newest first, for those who see the whole programme."""
        if not self.sees_whole:
            return []
        mine = AuditEntry.objects.filter(subject_type="roadmap.activity", subject_id=str(self.activity.pk))
        return list(mine.select_related("who")[:MOST_ENTRIES])

    @property
    def told_history(self) -> list[tuple[AuditEntry, str, str]]:
        return [(one, action_in_words(one.action), details_in_words(_essential(one.details))) for one in self.history]

    @property
    def corrected_dates(self) -> AuditEntry | None:
        """Who said the dates last, if a person did in this edition."""
        if not self.activity.dates_by_person:
            return None
        return next((one for one in self.history if one.action == "activity_dates_corrected"), None)

    @property
    def finding(self) -> Finding | None:
        """What the activity follows from, if the reader sees whom it is about."""
        found = self.activity.finding
        return found if found is not None and self.sight.sees(found.organisation) else None

    @cached_property
    def origin(self) -> Activity | None:
        """The same activity of the edition before, or of the municipal programme, if the reader sees that."""
        found = self.activity.descends_from
        if found is None:
            return None
        visible = programmes_in_sight(self.sight).filter(pk=found.roadmap.programme_id)
        return found if visible.exists() else None

    @property
    def origin_words(self) -> str:
        origin = self.origin
        if origin is not None and origin.roadmap.programme_id == self.programme.previous_id:
            return "прежняя редакция"
        return "муниципальная программа"

    @property
    def import_address_key(self) -> int | None:
        """The signed document that the row came from, for those who may open it."""
        row = self.activity.imported_row
        may = self.sight.may("edit_programme", self.programme.organisation)
        return row.document_id if row is not None and may else None


def _essential(details: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in details.items() if key != "name"}


def _row(one: Assignment, today: date, with_reason: bool) -> Row:
    badge = badge_of(one, today)
    reason = {"reason": one.reason or "—"} if with_reason else {}
    return Row(
        {
            "who": Text(executor_in_words(one), assignment_address(one.pk)),
            "state": Text(badge.words, "", badge.kind),
            "due": one.due,
            **reason,
        }
    )


def assignment_address(pk: int) -> str:
    return f"{_before_the_key()}{pk}/"


@cache
def _before_the_key() -> str:
    return reverse("roadmap:assignment", args=[0]).removesuffix("0/")
