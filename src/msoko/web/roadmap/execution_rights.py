"""Who reports, who verifies, who moves dates: of one assignment, by what a person is and has done already."""

from collections.abc import Iterable
from dataclasses import dataclass

from msoko.core.vocabulary.russian import NBSP
from msoko.web.people.models import Membership, Role
from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import Assignment, Body

STANDS_IN = (Body.METHODIST, Body.CURATOR)
"""Bodies of a municipality for which the department acts where nobody has the role: a department of three people does
the work of a methodical service that has no account, and its assignments must not hang for ever."""

NOT_THE_EXECUTOR = f"Отчитывается исполнитель; в{NBSP}этом поручении исполнитель{NBSP}— не{NBSP}вы."
NOT_A_VERIFIER = f"Проверять отчёты этой организации вы не{NBSP}можете."
OWN_REPORT = "Отчёт сдали вы, поэтому проверить его должен кто-то другой."
OWN_SCHOOL = f"Вы работаете в{NBSP}этой школе, поэтому проверить отчёт должен кто-то другой."
NOT_IN_CHARGE = f"Переносить и{NBSP}отменять поручения может тот, кто утверждает программу."


@dataclass(frozen=True)
class Hands:
    """What a person may do with assignments. `vacant`: (municipality, body) in which nobody has the role.

    Asks nothing: assignments come with their organisation, and for `why_not_in_charge` with their programme's.
    """

    sight: Sight
    vacant: frozenset[tuple[int, str]] = frozenset()

    def executes(self, assignment: Assignment) -> bool:
        """A person of the body's role in the organisation, or in the school whose branch it is."""
        if self._holds(assignment.body, assignment):
            return True
        place = (assignment.organisation_id, assignment.body)
        return place in self.vacant and self._holds(Role.DEPARTMENT, assignment)

    def _holds(self, role: str, assignment: Assignment) -> bool:
        return self.sight.user.is_active and any(
            one.role == role and one.organisation.holds(assignment.organisation) for one in self.sight.memberships
        )

    def why_not_execute(self, assignment: Assignment) -> str:
        return "" if self.executes(assignment) else NOT_THE_EXECUTOR

    def why_not_verify(self, assignment: Assignment, reporters: Iterable[int]) -> str:
        """`reporters`: keys of the people who have reported this assignment, at any time.

        A school's report is never verified by its own people, whatever roles they have besides; what a municipality
        does itself, by anybody of it who has not reported.
        """
        if not self.sight.may("verify_execution", assignment.organisation):
            return NOT_A_VERIFIER
        if self.sight.user.pk in set(reporters):
            return OWN_REPORT
        if assignment.body == Body.SCHOOL and self.executes(assignment):
            return OWN_SCHOOL
        return ""

    def why_not_in_charge(self, assignment: Assignment) -> str:
        programme = assignment.occurrence.activity.roadmap.programme
        return "" if self.sight.may("approve_programme", programme.organisation) else NOT_IN_CHARGE


def hands_of(sight: Sight, assignments: Iterable[Assignment]) -> Hands:
    """One query, however many assignments."""
    places = {(one.organisation_id, one.body) for one in assignments if one.body in STANDS_IN}
    held = Membership.objects.filter(
        organisation__in={organisation for organisation, _ in places}, role__in=STANDS_IN, user__is_active=True
    )
    return Hands(sight, frozenset(places - set(held.values_list("organisation", "role"))))
