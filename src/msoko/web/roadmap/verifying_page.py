"""The queue of verification: reports that wait for the reader, the oldest first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet
from django.utils import timezone

from msoko.core.vocabulary.russian import number
from msoko.web.people.sight import Sight
from msoko.web.roadmap.doing_queries import may_verify_anything, to_verify, with_near
from msoko.web.roadmap.doing_words import day_in_words, executor_in_words
from msoko.web.roadmap.evidence_shown import EvidenceShown, evidence_of
from msoko.web.roadmap.lacking import HandedIn
from msoko.web.roadmap.models import Assignment, Report
from msoko.web.roadmap.report_values import digits_of

REPORTS_ON_A_PAGE = 30
"""A report is a screen of text: more are not read in one go."""
REASON = "reason-"


@dataclass(frozen=True)
class Waiting:
    """A report with all that is needed to decide about it. `returned`: reasons for which it came back before; `seen`:
    what its buttons send, so that nothing is accepted that came later."""

    assignment: Assignment
    report: Report
    today: date
    evidence: list[EvidenceShown]
    missing: list[str]
    returned: list[str]
    seen: str
    is_ticked: bool
    reason: str

    @property
    def executor(self) -> str:
        return executor_in_words(self.assignment)

    @property
    def due(self) -> str:
        return day_in_words(self.assignment.due, self.today)

    @property
    def is_late(self) -> bool:
        """Handed in after the due date."""
        return timezone.localdate(self.report.reported_at) > self.assignment.due

    @property
    def numbers(self) -> list[str]:
        return numbers_in_words(self.report)

    @property
    def reason_name(self) -> str:
        return f"{REASON}{self.report.pk}"


def numbers_in_words(report: Report) -> list[str]:
    """«обучено педагогов: 12 чел.»."""
    said = []
    for one in report.numbers:
        decimals = len(digits_of(one["value"]).partition(".")[2])
        said.append(f"{one['name']}: {number(one['value'], decimals)} {one.get('unit', '')}".strip())
    return said


@dataclass(frozen=True)
class VerifyingPage:
    """`typed`: reasons by the name of their field; `ticked`: reports as they were seen. Both when an order brings the
    page back."""

    sight: Sight
    today: date
    asked_page: str = ""
    is_territory_asked: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()

    @property
    def may_verify(self) -> bool:
        return may_verify_anything(self.sight)

    @cached_property
    def queue(self) -> QuerySet[Assignment]:
        waiting = to_verify(self.sight)
        looked_at = self.sight.territory
        if self.is_territory_asked and looked_at is not None:
            waiting = waiting.filter(organisation__path__startswith=looked_at.path)
        return waiting

    @cached_property
    def page(self) -> Page[int]:
        """Keys: the oldest report first."""
        keys = self.queue.annotate(reported_at=Max("reports__reported_at")).order_by("reported_at", "pk")
        return Paginator(keys.values_list("pk", flat=True), REPORTS_ON_A_PAGE).get_page(self.asked_page)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @cached_property
    def reports(self) -> list[Waiting]:
        keys = list(self.page.object_list)
        rows = with_near(Assignment.objects.all()).in_bulk(keys)
        handed_in = HandedIn(keys)
        evidence = evidence_of(keys)
        people = {one.pk: one for one in Report.objects.filter(assignment__in=keys).select_related("reported_by")}
        return [
            self._waiting(rows[key], handed_in, evidence.get(key, []), people)
            for key in keys
            if key in rows and handed_in.reports.get(key)
        ]

    def _waiting(
        self, row: Assignment, handed_in: HandedIn, evidence: list[EvidenceShown], people: Mapping[int, Report]
    ) -> Waiting:
        *before, last = handed_in.reports[row.pk]
        return Waiting(
            row,
            people[last.pk],
            self.today,
            evidence,
            handed_in.missing(row),
            [one.verification.reason for one in before if hasattr(one, "verification")],
            handed_in.seen(last),
            handed_in.seen(last) in self.ticked,
            self.typed.get(f"{REASON}{last.pk}", ""),
        )

    @cached_property
    def has_typed(self) -> bool:
        return any(text.strip() for text in self.typed.values())
