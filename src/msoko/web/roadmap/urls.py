"""Addresses of programmes, roadmaps, tasks and reminders."""

from django.urls import path

from msoko.web.roadmap import reminding_views

app_name = "roadmap"
urlpatterns = [
    path("reminders/", reminding_views.reminders, name="reminders"),
    path("reminders/letters/", reminding_views.choose_letters, name="choose_letters"),
    path("reminders/calendar/", reminding_views.make_calendar_link, name="make_calendar_link"),
    path("reminders/calendar/revoke/", reminding_views.revoke_calendar_link, name="revoke_calendar_link"),
    path("calendar/<str:secret>.ics", reminding_views.calendar_feed, name="calendar_feed"),
]
