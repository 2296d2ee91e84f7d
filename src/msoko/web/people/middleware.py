"""Asks the one place of rights before every view, and gives the view what the person sees."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject

from msoko.web.people.rights import Verdict, decide, rule_of
from msoko.web.people.sight import Sight, sight_of


class RightsMiddleware:
    """Sets `request.sight` on every request and `request.organisation` (what the rule names) on every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Lazy, so that a page of an error can say who looks, and a static file costs no query.
        request.sight = SimpleLazyObject(lambda: sight_of(request.user))  # type: ignore[attr-defined]
        request.organisation = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        assert request.resolver_match is not None
        default: Sight = sight_of(request.user)
        sight = default.looking_at(request.GET.get("territory", ""), request.GET.get("year", ""))
        request.sight = sight  # type: ignore[attr-defined]
        decision = decide(sight, request.resolver_match)
        if decision.verdict is Verdict.SIGN_IN:
            return ask_to_sign_in(request)
        if decision.verdict is Verdict.FORBIDDEN:
            raise PermissionDenied
        request.organisation = decision.organisation  # type: ignore[attr-defined]
        return None


def ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """401 for an API; the sign-in page for a person, with the way back, also where a part of a page was asked for."""
    rule = rule_of(request)
    if rule is not None and rule.api:
        return JsonResponse({"error": "Нужен вход в систему."}, status=401)
    back = redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": back.url})
    return back
