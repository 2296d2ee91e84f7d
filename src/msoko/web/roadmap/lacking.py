"""What a report lacks before an assignment can be closed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from msoko.core.roadmap.evidence import count_of
from msoko.core.vocabulary.russian import NBSP, quote
from msoko.web.roadmap.models import Assignment, Evidence, Report

NO_TEXT = f"не{NBSP}написано, что сделано"


def says_something(done: str) -> bool:
    """A dash or a dot is no result."""
    return any(sign.isalpha() for sign in done)


def lacks(assignment: Assignment, done: str | None = None) -> list[str]:
    """What is missing to close the assignment, in Russian; without `done` the text of its last report counts, unless
    it was returned."""
    return lacks_of([assignment], done)[assignment.pk]


def lacks_of(assignments: Sequence[Assignment], done: str | None = None) -> dict[int, list[str]]:
    """Assignment → what is missing. Two queries; the assignments come with their occurrence's activity."""
    handed_in = HandedIn(one.pk for one in assignments)
    return {one.pk: handed_in.missing(one, done) for one in assignments}


class HandedIn:
    """Reports and evidence of assignments. Read when they are first asked for: after the rows were locked."""

    def __init__(self, assignments: Iterable[int]) -> None:
        self.keys = list(assignments)

    @cached_property
    def reports(self) -> dict[int, list[Report]]:
        """Assignment → its reports with their verification, the first one first."""
        found: dict[int, list[Report]] = {}
        rows = Report.objects.filter(assignment__in=self.keys).select_related("verification")
        for one in rows.order_by("reported_at", "pk"):
            found.setdefault(one.assignment_id, []).append(one)
        return found

    @cached_property
    def evidence(self) -> dict[int, list[str]]:
        """Assignment → what its evidence is said to be; withdrawn evidence does not count."""
        return {key: [about for _, about in pieces] for key, pieces in self._pieces.items()}

    @cached_property
    def _pieces(self) -> dict[int, list[tuple[int, str]]]:
        """Assignment → keys of its evidence and what it is said to be."""
        found: dict[int, list[tuple[int, str]]] = {}
        rows = Evidence.objects.filter(assignment__in=self.keys, withdrawn_at=None).order_by()
        for key, pk, about in rows.values_list("assignment", "pk", "about"):
            found.setdefault(key, []).append((pk, about))
        return found

    def seen(self, report: Report) -> str:
        """What a verifier is shown: the report, and how much confirms it up to which piece («17-2-40»)."""
        keys = [pk for pk, _ in self._pieces.get(report.assignment_id, ())]
        return f"{report.pk}-{len(keys)}-{max(keys, default=0)}"

    def reporters(self, assignment: Assignment) -> set[int]:
        """Everybody who has ever reported it."""
        return {one.reported_by_id for one in self.reports.get(assignment.pk, ())}

    def is_waiting(self, report: Report) -> bool:
        """Is it the last report of its assignment, and has nobody verified it?"""
        reports = self.reports.get(report.assignment_id)
        last = reports[-1] if reports else None
        return last is not None and last.pk == report.pk and not hasattr(last, "verification")

    def missing(self, assignment: Assignment, done: str | None = None) -> list[str]:
        """Without `done` the last report's text counts, unless it was returned."""
        text = self._last_text(assignment) if done is None else done
        covered = Counter(_plain(about) for about in self.evidence.get(assignment.pk, ()))
        required = dict.fromkeys(str(one) for one in assignment.occurrence.activity.evidence)
        absent = [_absent(one, covered[_plain(one)]) for one in required if covered[_plain(one)] < _count(one)]
        return ([] if says_something(text) else [NO_TEXT]) + absent

    def _last_text(self, assignment: Assignment) -> str:
        counting = [
            one.done
            for one in self.reports.get(assignment.pk, ())
            if not hasattr(one, "verification") or one.verification.is_accepted
        ]
        return counting[-1] if counting else ""


def _count(required: str) -> int:
    """«протокол × 2» asks for two; an empty line for nothing."""
    return count_of(required) if _plain(required) else 0


def _absent(required: str, there: int) -> str:
    return f"нет подтверждения: {quote(required)}" + (f", есть только{NBSP}{there}" if there else "")


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .;:,")
