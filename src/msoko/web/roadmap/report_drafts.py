"""What a person has typed into a report and not handed in yet: kept in his session, of the last twenty assignments."""

from collections.abc import Mapping

from django.http import HttpRequest

from msoko.web.roadmap.models import Assignment

DRAFTS = "reports-typed"  # key of the session
MOST_DRAFTS = 20


def draft_of(request: HttpRequest, assignment: Assignment) -> dict[str, str]:
    return dict(request.session.get(DRAFTS, {}).get(str(assignment.pk), {}))


def remember(request: HttpRequest, assignment: Assignment, said: Mapping[str, str]) -> None:
    """The newest last; the oldest gives way."""
    drafts = dict(request.session.get(DRAFTS, {}))
    drafts.pop(str(assignment.pk), None)
    if said:
        drafts[str(assignment.pk)] = dict(said)
    request.session[DRAFTS] = dict(list(drafts.items())[-MOST_DRAFTS:])


def forget(request: HttpRequest, assignment: Assignment) -> None:
    remember(request, assignment, {})
