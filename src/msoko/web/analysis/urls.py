from django.urls import path

from msoko.web.analysis import contradictions_views, groups_views, objectivity_views, school_views, tasks_views, views

app_name = "analysis"
urlpatterns = [
    path("support/", views.support, name="support"),
    path("findings/state/", views.findings_state, name="findings_state"),
    path("findings/decide/", views.decide, name="decide"),
    path("findings/<int:pk>/", views.finding, name="finding"),
    path("findings/<int:pk>/picture/<slug:name>/", objectivity_views.finding_picture, name="finding_picture"),
    path("objectivity/", objectivity_views.objectivity, name="objectivity"),
    path("objectivity/<str:name>/", objectivity_views.signal, name="signal"),
    path("schools/<int:pk>/", school_views.school, name="school"),
    path("schools/<int:pk>/picture/expected/", school_views.expected_picture, name="school_expected"),
    path("data/contradictions/", contradictions_views.contradictions, name="contradictions"),
    path("tasks/", tasks_views.tasks, name="tasks"),
    path("schools/<int:pk>/groups/", groups_views.school_groups, name="school_groups"),
    path("methods/", views.methods, name="methods"),
    path("methods/<str:name>/", views.method, name="method"),
    path("methods/<str:name>/parameters/", views.set_parameters, name="set_parameters"),
    path("methods/<str:name>/withdraw/", views.withdraw_parameters, name="withdraw_parameters"),
]
