from django.urls import path

from msoko.web.look import views

urlpatterns = [path("design/", views.design, name="design")]
