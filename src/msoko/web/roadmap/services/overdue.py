"""What is overdue is noticed once: the due date has passed, the executor still has to do something."""

from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from msoko.web.people.models import Organisation
from msoko.web.people.services import audit_each
from msoko.web.roadmap.models import Assignment


def overdue(today: date) -> Q:
    """The condition on an assignment: past its due date and open. A report that waits for verification is not the
    executor's delay."""
    return Q(state__in=Assignment.OPEN, due__lt=today)


def notice_overdue(today: date) -> int:
    """Mark all that has become overdue since it was last looked at, however long ago; how many.

    By compare-and-set: of two who look at once each assignment is noticed by one. Postponing takes the mark away.
    """
    fresh = Assignment.objects.filter(overdue(today), overdue_noticed_at=None)
    # The worker looks twice a second: only where there is something it takes the turn of a writer.
    return _notice(fresh, today) if fresh.exists() else 0


@transaction.atomic
def _notice(fresh: QuerySet[Assignment], today: date) -> int:
    now = timezone.now()
    noticed = fresh.update(overdue_noticed_at=now)
    counts = Assignment.objects.filter(overdue_noticed_at=now).order_by().values("organisation").annotate(n=Count("pk"))
    by_organisation = {row["organisation"]: row["n"] for row in counts}
    organisations = Organisation.objects.in_bulk(by_organisation)
    deeds = [(organisations[key], None, {"count": n, "through": today}) for key, n in sorted(by_organisation.items())]
    audit_each(None, "assignments_overdue", deeds)
    return noticed
