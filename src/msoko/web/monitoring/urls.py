from django.urls import path

from msoko.web.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("results/", views.results, name="results"),
    path("results/<int:pk>/", views.procedure, name="procedure"),
    path("results/<int:pk>/values/", views.values_state, name="values_state"),
    path("results/<int:pk>/scale/", views.scale, name="scale"),
    path("results/<int:pk>/table/<slug:name>/", views.table, name="table"),
    path("results/<int:pk>/picture/<slug:name>/", views.picture, name="picture"),
    path("results/<int:pk>/note/", views.note, name="note"),
    path("results/<int:pk>/<slug:tab>/", views.procedure, name="procedure"),
    path("schools/<int:pk>/results/", views.school, name="school"),
    path("schools/<int:pk>/results/picture/<slug:name>/", views.school_picture, name="school_picture"),
]
