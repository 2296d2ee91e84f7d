"""Addresses of programmes, roadmaps, tasks and reminders."""

from django.urls import path

from msoko.web.roadmap import (
    assignment_views,
    document_views,
    doing_views,
    import_row_views,
    import_views,
    reminding_views,
    roadmap_views,
)

app_name = "roadmap"
urlpatterns = [
    path("roadmaps/imports/", import_views.upload, name="import_upload"),
    path("roadmaps/imports/<int:pk>/", import_views.review, name="import_review"),
    path("roadmaps/imports/<int:pk>/progress/", import_views.progress, name="import_progress"),
    path("roadmaps/imports/<int:pk>/original/", import_views.original, name="import_original"),
    path("roadmaps/imports/<int:pk>/discard/", import_views.discard_document, name="import_discard"),
    path("roadmaps/imports/<int:pk>/again/", import_views.read_document_again, name="import_again"),
    path("roadmaps/imports/<int:pk>/passport/", import_views.edit_passport, name="import_passport"),
    path("roadmaps/imports/<int:pk>/live/", import_views.live, name="import_live"),
    path("roadmaps/imports/<int:pk>/rows/", import_row_views.act, name="import_rows"),
    path("roadmaps/imports/<int:pk>/rows/<int:row>/", import_row_views.row, name="import_row"),
    path("roadmaps/imports/<int:pk>/rows/<int:row>/split/", import_row_views.split, name="import_split"),
    path("roadmaps/imports/<int:pk>/add/", import_row_views.add, name="import_add"),
    path("roadmaps/imports/<int:pk>/rename/", import_row_views.rename, name="import_rename"),
    path("my-tasks/", doing_views.my_tasks, name="my_tasks"),
    path("assignments/", doing_views.assignments, name="assignments"),
    path("assignments/<int:pk>/", assignment_views.assignment, name="assignment"),
    path("verifying/", doing_views.verifying, name="verifying"),
    path("programmes/<int:pk>/document/", document_views.programme_document, name="programme_document"),
    path("programmes/<int:pk>/report/", document_views.programme_report, name="programme_report"),
    path("roadmaps/<int:pk>/document/", document_views.roadmap_document, name="roadmap_document"),
    path("roadmaps/<int:pk>/report/", document_views.execution_report, name="execution_report"),
    path("roadmaps/<int:pk>/", roadmap_views.roadmap, name="roadmap"),
    path("roadmaps/<int:pk>/month/", roadmap_views.roadmap_month, name="roadmap_month"),
    path("roadmaps/<int:pk>/gantt/", roadmap_views.gantt, name="gantt"),
    path("roadmaps/<int:pk>/progress/", roadmap_views.progress, name="progress"),
    path("month/", roadmap_views.month, name="month"),
    path("activities/", roadmap_views.activities, name="activities"),
    path("activities/<int:pk>/", roadmap_views.activity, name="activity"),
    path("activities/<int:pk>/dates/", roadmap_views.correct_dates, name="correct_dates"),
    path("activities/<int:pk>/executors/<int:executor>/", roadmap_views.correct_executor, name="correct_executor"),
    path("reminders/", reminding_views.reminders, name="reminders"),
    path("reminders/letters/", reminding_views.choose_letters, name="choose_letters"),
    path("reminders/calendar/", reminding_views.make_calendar_link, name="make_calendar_link"),
    path("reminders/calendar/revoke/", reminding_views.revoke_calendar_link, name="revoke_calendar_link"),
    path("calendar/<str:secret>.ics", reminding_views.calendar_feed, name="calendar_feed"),
]
