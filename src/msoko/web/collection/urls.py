from django.urls import path

from msoko.web.collection import views

app_name = "collection"
urlpatterns = [
    path("data/", views.data, name="data"),
    path("data/upload/", views.upload, name="upload"),
    path("data/template/<slug:name>/", views.template, name="template"),
    path("data/batches/<int:pk>/", views.batch, name="batch"),
    path("data/batches/<int:pk>/progress/", views.progress, name="progress"),
    path("data/batches/<int:pk>/accept/", views.accept_batch, name="accept"),
    path("data/batches/<int:pk>/discard/", views.discard_batch, name="discard"),
    path("data/batches/<int:pk>/withdraw/", views.withdraw_batch, name="withdraw"),
    path("data/batches/<int:pk>/naming/", views.rename_batch, name="rename"),
]
