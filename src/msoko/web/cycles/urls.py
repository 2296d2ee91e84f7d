from django.urls import path

from msoko.web.cycles import views

app_name = "cycles"
urlpatterns = [path("", views.overview, name="overview")]
