"""A person's due dates as iCalendar (RFC 5545): what a calendar application reads from the secret address."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import Assignment, Programme
from msoko.web.roadmap.queries import own_assignments

REMEMBERED = timedelta(days=366)
"""Older dates are history and would only make the file long."""
DONE = "✓ "


def feed_of(sight: Sight, today: date) -> bytes:
    """All due dates of the person's own assignments from a year ago on; a cancelled one is left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//МСОКО//Дорожные карты//RU")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "МСОКО: сроки")
    calendar.add("refresh-interval;value=duration", "PT6H")
    for event in _events(_assignments(sight, today)):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _assignments(sight: Sight, today: date) -> Iterable[Assignment]:
    living = own_assignments(sight).filter(
        occurrence__activity__roadmap__programme__state=Programme.State.APPROVED, due__gte=today - REMEMBERED
    )
    kept = living.exclude(state__in=Assignment.NOT_OWED)
    return kept.select_related("organisation", "occurrence__activity__roadmap__programme").order_by("due", "pk")


def _events(assignments: Iterable[Assignment]) -> Iterable[Event]:
    for assignment in assignments:
        activity = assignment.occurrence.activity
        done = DONE if assignment.state == Assignment.State.ACCEPTED else ""
        event = Event()
        event.add("uid", f"assignment-{assignment.pk}@msoko")
        event.add("dtstamp", assignment.state_at or activity.roadmap.programme.created_at)
        event.add("summary", f"{done}{' '.join(activity.title.split())}")
        event.add("dtstart", assignment.due)
        event.add("dtend", assignment.due + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("description", _description(assignment))
        if settings.ADDRESS:
            event.add("url", f"{settings.ADDRESS}{reverse('roadmap:assignment', args=[assignment.pk])}")
        yield event


def _description(assignment: Assignment) -> str:
    activity = assignment.occurrence.activity
    lines = [
        activity.roadmap.title,
        f"Исполнитель: {assignment.organisation}",
        f"Результат: {activity.result}" if activity.result else "",
        f"Представить: {', '.join(activity.evidence)}" if activity.evidence else "",
        f"Состояние: {assignment.get_state_display()}",
    ]
    return "\n".join(line for line in lines if line)
