"""Evidence as a page shows it: its name, what it is, the way to it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from msoko.core.vocabulary.russian import NBSP, number
from msoko.web.roadmap.evidence_records import address_of
from msoko.web.roadmap.links import REL
from msoko.web.roadmap.models import Evidence

KILOBYTE = 1024


@dataclass(frozen=True)
class EvidenceShown:
    evidence: Evidence

    @property
    def href(self) -> str:
        """'' where there is nothing to open."""
        one = self.evidence
        if one.kind == Evidence.Kind.FILE:
            return reverse("roadmap:evidence", args=[one.assignment_id, one.pk])
        if one.kind == Evidence.Kind.LINK:
            return one.url if one.url.lower().startswith(("https://", "http://")) else ""
        return address_of(one)

    @property
    def rel(self) -> str:
        """'' where it leads nowhere outside."""
        return REL if self.evidence.kind == Evidence.Kind.LINK else ""

    @property
    def note(self) -> str:
        """«файл, 340 КБ»."""
        one = self.evidence
        if one.kind != Evidence.Kind.FILE or one.size is None:
            return one.get_kind_display()
        return f"файл, {_size(one.size)}"


def _size(size: int) -> str:
    if size >= KILOBYTE * KILOBYTE:
        return f"{number(size / KILOBYTE / KILOBYTE, 1)}{NBSP}МБ"
    return f"{number(max(size // KILOBYTE, 1))}{NBSP}КБ"


def evidence_of(assignments: Collection[int]) -> dict[int, list[EvidenceShown]]:
    """Assignment → what confirms it, without what was withdrawn. One query."""
    found: dict[int, list[EvidenceShown]] = {}
    for one in Evidence.objects.filter(assignment__in=assignments, withdrawn_at=None).order_by("added_at", "pk"):
        found.setdefault(one.assignment_id, []).append(EvidenceShown(one))
    return found
