"""What executors have ended under the editions before, so that a new edition does not ask for it again."""

from datetime import date

from msoko.web.roadmap.models import Activity, Assignment, Programme
from msoko.web.roadmap.reasons import BY_ITSELF

Done = tuple[int, date, date, int, str]
"""Activity of this edition, first and last day, organisation, body."""


def ended_before(programme: Programme) -> set[Done]:
    """Accepted and cancelled assignments of all editions before this one, under the activities that descend from
    theirs; without those that the system cancelled by itself. Three queries; none for a first edition."""
    editions = _editions_before(programme)
    if not editions:
        return set()
    ancestors = _ancestors(programme, editions)
    ended = Assignment.objects.filter(
        occurrence__activity__roadmap__programme__in=editions, state__in=Assignment.ENDED
    ).exclude(state=Assignment.State.CANCELLED, reason__in=BY_ITSELF)
    rows = ended.order_by().values_list(
        "occurrence__activity", "occurrence__begins", "occurrence__due", "organisation", "body"
    )
    return {(heir, *row[1:]) for row in rows for heir in ancestors.get(row[0], ())}


def _editions_before(programme: Programme) -> list[int]:
    """Of the same organisation, whose programmes are few."""
    if programme.previous_id is None:
        return []
    previous = dict(Programme.objects.filter(organisation=programme.organisation_id).values_list("pk", "previous"))
    found: list[int] = []
    key: int | None = programme.previous_id
    while key is not None and key not in found:
        found.append(key)
        key = previous.get(key)
    return found


def _ancestors(programme: Programme, editions: list[int]) -> dict[int, list[int]]:
    """Activity of an edition before → activities of this edition that descend from it."""
    rows = Activity.objects.filter(roadmap__programme__in=[programme.pk, *editions]).order_by()
    parents, own = {}, []
    for key, parent, edition in rows.values_list("pk", "descends_from", "roadmap__programme"):
        parents[key] = parent
        if edition == programme.pk:
            own.append(key)
    found: dict[int, list[int]] = {}
    for heir in own:
        seen = {heir}
        parent = parents[heir]
        while parent in parents and parent not in seen:
            seen.add(parent)
            found.setdefault(parent, []).append(heir)
            parent = parents[parent]
    return found
