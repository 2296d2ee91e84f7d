"""The page of a roadmap's due dates that have passed: how many are asked for without an answer, how many are not
tracked, and both deeds."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Max, Min, QuerySet

from msoko.core.vocabulary.russian import NBSP, counted, nbsp, short_date
from msoko.web.roadmap.activity_rows import assignments_address
from msoko.web.roadmap.doing_words import ASSIGNMENTS
from msoko.web.roadmap.models import Assignment, Roadmap
from msoko.web.roadmap.past_dates_forms import DUE_DATES
from msoko.web.roadmap.services.past_dates import not_tracked, without_report


@dataclass(frozen=True)
class Many:
    """Assignments, of how many due dates they are, the first and the last of those (None where there are none)."""

    count: int
    dues: int
    first: date | None
    last: date | None

    def __bool__(self) -> bool:
        return self.count > 0

    def in_words(self) -> str:
        """«120 поручений (3 срока с 01.09.2023 по 31.05.2024)»."""
        assert self.first is not None
        assert self.last is not None
        days = f"с{NBSP}{short_date(self.first)} по{NBSP}{short_date(self.last)}"
        when = short_date(self.first) if self.first == self.last else days
        return nbsp(f"{counted(self.count, *ASSIGNMENTS)} ({counted(self.dues, *DUE_DATES)}: {when})")


@dataclass(frozen=True)
class PastDatesPage:
    """Two queries, whatever the roadmap holds."""

    roadmap: Roadmap
    today: date

    @cached_property
    def late(self) -> Many:
        return _many(without_report(self.roadmap, self.today))

    @cached_property
    def untracked(self) -> Many:
        return _many(not_tracked(self.roadmap))

    @property
    def late_address(self) -> str:
        return assignments_address({**self._query, "state": "overdue"})

    @property
    def untracked_address(self) -> str:
        return assignments_address({**self._query, "state": "untracked"})

    @property
    def _query(self) -> dict[str, object]:
        return {"programme": self.roadmap.programme_id, "roadmap": self.roadmap.pk}


def _many(found: QuerySet[Assignment]) -> Many:
    dues = Count("occurrence", distinct=True)
    return Many(**found.aggregate(count=Count("pk"), dues=dues, first=Min("due"), last=Max("due")))
