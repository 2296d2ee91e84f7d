"""The design page and the pages of refusal. Who may see the design page is decided where all rights are."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from msoko.web.look import samples


def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state, on invented data."""
    return render(request, "look/design.html", samples.everything(request.GET))


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: whatever broke the page must not break the page about it."""
    return HttpResponse(render_to_string("500.html"), status=500)
