"""A roadmap of a draft, laid out for editing."""

from dataclasses import dataclass
from functools import cache, cached_property

from django.db.models import Prefetch
from django.urls import reverse

from msoko.web.people.sight import Sight
from msoko.web.roadmap.activity_rows import executors_with_places
from msoko.web.roadmap.edited_texts import section_of
from msoko.web.roadmap.executor_words import Tellers, ToldExecutor
from msoko.web.roadmap.models import Activity, Programme, Roadmap, Section
from msoko.web.roadmap.programme_words import deadline_in_words
from msoko.web.roadmap.services.seen import fingerprint_of


@dataclass(frozen=True)
class ActivityLine:
    activity: Activity
    executors: list[ToldExecutor]

    @property
    def url(self) -> str:
        """A page lists hundreds of them, and Django takes a quarter of a millisecond to make each anew."""
        return f"{_before_the_key()}{self.activity.pk}/"

    @property
    def deadline(self) -> str:
        return deadline_in_words(self.activity)

    @property
    def has_dates(self) -> bool:
        return not self.activity.needs_dates

    @property
    def meanings(self) -> str:
        """Who it is in the system, each once."""
        return "; ".join(dict.fromkeys(one.meaning for one in self.executors))

    @property
    def is_resolved(self) -> bool:
        return all(one.is_resolved for one in self.executors)


@cache
def _before_the_key() -> str:
    return reverse("roadmap:programme_activity", args=[0]).removesuffix("0/")


@dataclass(frozen=True)
class ContentsPage:
    roadmap: Roadmap
    programme: Programme
    sight: Sight

    @cached_property
    def sections(self) -> list[tuple[Section, list[ActivityLine], str]]:
        """With the fingerprint of each title (services.seen). Queries do not depend on the number of activities."""
        tellers = Tellers.of(self.programme, self.sight)
        executors = Prefetch("activities__executors", executors_with_places())
        found = self.roadmap.sections.prefetch_related("activities", executors)
        return [
            (
                one,
                [ActivityLine(each, tellers.told(each.executors.all())) for each in one.activities.all()],
                fingerprint_of(section_of(one)),
            )
            for one in found
        ]

    @property
    def count(self) -> int:
        return sum(len(lines) for _, lines, _ in self.sections)
