"""One finding: what it says, by which rule, from which values, what was decided about it and what it does not tell."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from msoko.core.analysis.outcome import Verdict
from msoko.core.definitions.kinds import Method
from msoko.core.vocabulary.russian import interval
from msoko.web.analysis.methods import version_of
from msoko.web.analysis.methods_page import family_of
from msoko.web.analysis.models import Finding
from msoko.web.analysis.queries import decisions_about, history_of, is_behind, places_named, procedures_named
from msoko.web.analysis.statistic_words import SHARE, Listing, facts_of, listings_of
from msoko.web.analysis.tables import LOOKS
from msoko.web.definitions import definitions
from msoko.web.look.cells import badge
from msoko.web.monitoring.titles import title_of
from msoko.web.people.models import Organisation, User
from msoko.web.people.sight import Sight

SCREENS = {
    "low_results": ("Поддержка", "analysis:support"),
    "objectivity": ("Объективность", "analysis:objectivity"),
    "items": ("Задания", "analysis:tasks"),
}
"""Family of methods → the screen that lists its findings."""
SHARES = {"low_results": "Не\u00a0справились"}
"""Family of methods → what its shares are of; the others say so in their sentences."""
DEEDS = {
    "finding_confirmed": "Подтверждён",
    "finding_dismissed": "Снят",
    "finding_reopened": "Возвращён в\u00a0новые",
}
MOST_SOURCES = 60  # named; a finding that compares with every school of a region follows from hundreds of values


@dataclass(frozen=True)
class Source:
    """A value that the finding follows from; `href` leads to the procedure's page, '' where the reader may not go."""

    procedure: str
    whose: str
    href: str


@dataclass(frozen=True)
class Decision:
    words: str
    at: datetime
    who: User | None
    reason: str


@dataclass(frozen=True)
class FindingPage:
    finding: Finding
    sight: Sight

    @property
    def school(self) -> Organisation:
        return self.finding.organisation

    @property
    def method(self) -> Method | None:
        """None where the definition is gone: what the finding says stays readable."""
        return definitions().methods.get(self.finding.method)

    @property
    def breadcrumbs(self) -> list[dict[str, str]]:
        """Back to the list, or to the school for its own people, who have no lists."""
        crumbs = [{"title": self.school.name, "url": self.school_address}]
        if self.reads_lists and (screen := self._screen()):
            crumbs.insert(0, screen)
        return [*crumbs, {"title": "Вывод", "url": ""}]

    @property
    def school_address(self) -> str:
        """'' where the finding is of a territory."""
        return reverse("analysis:school", args=[self.school.pk]) if self.school.is_school else ""

    def _screen(self) -> dict[str, str] | None:
        title, name = SCREENS.get(family_of(self.method), ("", "")) if self.method else ("", "")
        try:
            return {"title": title, "url": f"{reverse(name)}?year={self.finding.year}"} if name else None
        except NoReverseMatch:
            return None

    @property
    def reads_lists(self) -> bool:
        return self.sight.may("read_findings", self.school)

    @property
    def may_decide(self) -> bool:
        return self.finding.is_current and self.sight.may("decide_finding", self.school)

    # ---- what it says

    @property
    def badge(self) -> SafeString:
        verdict = Verdict(self.finding.verdict)
        return badge(LOOKS[verdict], verdict.words)

    @property
    def is_behind(self) -> bool:
        """Is the finding older than the data: then another will soon take its place."""
        return self.finding.is_current and is_behind(self.school, self.finding.year)

    @property
    def version_now(self) -> str:
        """Of the method as it would compute today; '' where the definition is gone."""
        return version_of(self.method) if self.method else ""

    @property
    def interval_in_words(self) -> str:
        """'' where the statistic has none."""
        bounds = self.finding.interval
        return interval(*bounds, digits=1, unit="") if bounds else ""

    @property
    def facts(self) -> list[tuple[str, str]]:
        return facts_of(self.finding.statistic, self._share_of)

    @property
    def listings(self) -> list[Listing]:
        return listings_of(self.finding.statistic, self._address, self._share_of)

    @property
    def _share_of(self) -> str:
        """What k of n are in the method's statistic."""
        return SHARES.get(self.finding.method.partition(".")[0], SHARE)

    def _address(self, procedure: int) -> str:
        return values_address(procedure, self.school.pk)

    # ---- what it follows from

    @cached_property
    def sources(self) -> list[Source]:
        """The school's own values first, then those it was compared with."""
        inputs = self.finding.inputs
        titles = {one.pk: title_of(one) for one in procedures_named({row[0] for row in inputs})}
        places = places_named(self.sight, {row[1] for row in inputs})
        ordered = sorted(inputs, key=lambda row: (row[1] != self.school.pk, titles.get(row[0], ""), row[1], row[2]))
        return [
            Source(
                procedure=titles.get(procedure, "процедуры больше нет"),
                whose=", ".join(filter(None, (places.names.get(place, "другая школа"), class_name))),
                href=values_address(procedure, place) if procedure in titles and place in places.seen else "",
            )
            for procedure, place, class_name, _ in ordered
        ]

    @property
    def shown_sources(self) -> list[Source]:
        return self.sources[:MOST_SOURCES]

    @property
    def more_sources(self) -> int:
        return len(self.sources[MOST_SOURCES:])

    # ---- what was decided

    @cached_property
    def history(self) -> list[Finding]:
        return history_of(self.finding)

    @property
    def earlier(self) -> list[Finding]:
        return [one for one in self.history if one.created_at < self.finding.created_at]

    @property
    def successor(self) -> Finding | None:
        """What is said of the same place now, where this finding is history."""
        current = next((one for one in self.history if one.is_current), None)
        return current if current is not None and current.pk != self.finding.pk else None

    @cached_property
    def decisions(self) -> list[Decision]:
        """The newest first, those taken back among them."""
        return [
            Decision(DEEDS.get(one.action, one.action), one.at, one.who, str(one.details.get("reason") or ""))
            for one in decisions_about(self.history)
        ]


def values_address(procedure: int, place: int) -> str:
    """The procedure's page seen from the place: there stand the values and the protocols they came from."""
    return f"{reverse('monitoring:procedure', args=[procedure])}?territory={place}"
