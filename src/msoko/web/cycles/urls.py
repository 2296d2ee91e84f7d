from django.urls import path

from msoko.web.cycles import views

app_name = "cycles"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("board/", views.board, name="board"),
    path("board/<slug:slug>/", views.direction, name="direction"),
]
