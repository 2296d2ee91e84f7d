"""What the frame of every page needs: the way through the cycle, the territory and year looked at, the person."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from msoko.web.people.models import Kind, Organisation
from msoko.web.people.rights import RULES, Needs
from msoko.web.people.sight import Sight

SCHOOLS = ("people:organisation", "people:place", "people:register", "monitoring:school", "analysis:school")
RESULTS = ("monitoring:results", "monitoring:procedure", "monitoring:scale", "analysis:tasks")
TASKS = ("roadmap:my_tasks", "roadmap:assignment", "roadmap:verifying", "roadmap:evidence")
ROADMAPS = (
    "roadmap:programme",
    "roadmap:import",
    "roadmap:roadmap",
    "roadmap:activit",
    "roadmap:gantt",
    "roadmap:progress",
    "roadmap:month",
    "roadmap:correct",
    "cycles:board",
    "cycles:direction",
)
# In the order of the cycle: title, name of the address, icon, beginnings of the names that belong to the section.
SECTIONS = (
    ("Обзор", "cycles:overview", "overview", ("cycles:overview",)),
    ("Данные", "collection:data", "data", ("collection:", "analysis:contradictions")),
    ("Результаты", "monitoring:results", "results", RESULTS),
    ("Школы", "people:organisations", "schools", SCHOOLS),
    ("Поддержка", "analysis:support", "support", ("analysis:support",)),
    ("Объективность", "analysis:objectivity", "objectivity", ("analysis:objectivity", "analysis:signal")),
    ("Дорожные карты", "roadmap:programmes", "roadmaps", ROADMAPS),
    ("Задачи", "roadmap:my_tasks", "tasks", TASKS),
)
# A select of more territories than this is no choice but a search; the list of schools is the place for that.
MOST_TERRITORIES = 100


def frame(request: HttpRequest) -> dict[str, Any]:
    """Everything lazy: a part of a page that needs no frame costs no queries."""
    sight: Sight | None = getattr(request, "sight", None)
    demonstration = {"demonstration": settings.DEMONSTRATION}
    if sight is None or not request.user.is_authenticated:
        return demonstration
    return demonstration | {
        "sight": sight,
        "navigation": _navigation(request, sight),
        "territories": SimpleLazyObject(partial(_territories, sight)),
        "search_url": reverse("people:organisations"),
        "person": _person(sight),
    }


def _navigation(request: HttpRequest, sight: Sight) -> list[dict[str, Any]]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    kept = request.GET.get("territory", "")
    query = f"?territory={kept}" if kept.isdecimal() else ""
    return [
        {"title": title, "url": reverse(name) + query, "icon": icon, "current": here.startswith(beginnings)}
        for title, name, icon, beginnings in SECTIONS
        if _may_open(sight, name)
    ]


def _may_open(sight: Sight, name: str) -> bool:
    """A section that would answer with a refusal is not offered."""
    rule = RULES[name]
    return rule.needs is not Needs.EDITS or sight.may(rule.action, sight.territory)


def _territories(sight: Sight) -> list[dict[str, Any]]:
    """The territories the person may look at, and the school looked at, if it is one."""
    if sight.territory is None:
        return []
    kinds = (Kind.COUNTRY, Kind.REGION, Kind.MUNICIPALITY)
    found = _as_a_tree(list(sight.organisations.filter(kind__in=kinds).order_by("path")[:MOST_TERRITORIES]))
    if sight.territory not in found:
        found.append(sight.territory)
    if len(found) < 2:
        return []
    return [{"value": one.pk, "title": one.name, "current": one == sight.territory} for one in found]


def _as_a_tree(territories: list[Organisation]) -> list[Organisation]:
    """Each after the one it is in, by the alphabet, the temporary ones last: a path holds ids, which sort as text."""
    known = {one.pk: (one.is_placeholder, one.sort_key) for one in territories}
    return sorted(
        territories, key=lambda one: [known[int(pk)] for pk in one.path.strip("/").split("/") if int(pk) in known]
    )


def _person(sight: Sight) -> dict[str, Any]:
    user, membership = sight.user, next(iter(sight.memberships), None)
    links = [
        ("Напоминания", "roadmap:reminders", "clock", ""),
        ("Люди", "people:accounts", "person", "manage_people"),
        ("Журнал действий", "people:audit", "history", "read_audit"),
    ]
    return {
        "name": str(user),
        "role": f"{membership.get_role_display()} · {membership.organisation}" if membership else "",
        "url": reverse("people:password"),
        "logout_url": reverse("people:logout"),
        "links": [
            {"title": title, "url": reverse(name), "icon": icon}
            for title, name, icon, action in links
            if not action or sight.may(action, sight.territory)
        ],
    }
