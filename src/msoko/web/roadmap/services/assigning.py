"""How a programme in force lives: due dates, assignments, changes of executors and of editions.

Everything here may be ordered again and again: what is as it should be stays, what people have begun is never touched.
"""

from datetime import date

from django.db import transaction

from msoko.web.people.models import User
from msoko.web.roadmap.models import Programme
from msoko.web.roadmap.services.due_dates import NotInForce, Settled, occur
from msoko.web.roadmap.services.giving import assign, horizon
from msoko.web.roadmap.services.refreshing import refresh_groups
from msoko.web.roadmap.services.taking_over import TakenOver, take_over

__all__ = [
    "NotInForce",
    "Settled",
    "TakenOver",
    "assign",
    "begin",
    "horizon",
    "occur",
    "refresh_groups",
    "settle",
    "take_over",
]


@transaction.atomic
def begin(programme: Programme, today: date, who: User | None = None) -> None:
    """An edition has come into force: it takes over from the edition before, its due dates are given to executors.

    Raises NotInForce.
    """
    if programme.previous is not None:
        take_over(programme.previous, programme, today, who)
    else:
        occur(programme, who)
        assign(programme, horizon(today), who)


@transaction.atomic
def settle(programme: Programme, today: date, who: User | None = None) -> Settled:
    """Dates or executors of activities in force were corrected: due dates and assignments follow. Raises NotInForce."""
    dates = occur(programme, who)
    given = assign(programme, max(horizon(today), programme.assigned_through or today), who)
    people = refresh_groups(programme, today, who)
    return Settled(dates.created + given + people.created, dates.removed + people.removed, (*dates.told, *people.told))
