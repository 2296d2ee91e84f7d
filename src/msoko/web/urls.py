"""Addresses: every room's own `urls.py`, and nothing else."""

from django.urls import include, path

from msoko.web.rooms import rooms

urlpatterns = [path("", include(f"{room}.urls")) for room in rooms(having="urls.py")]

handler403 = "msoko.web.look.views.forbidden"
handler404 = "msoko.web.look.views.not_found"
handler500 = "msoko.web.look.views.broken"
