"""Addresses of the same page with other parameters: sorting, filters and choices all live in the query."""

from collections.abc import Mapping

from django.http import HttpRequest, QueryDict

Parameter = str | int | None


def changed_query(query: QueryDict, changes: Mapping[str, Parameter]) -> str:
    """«?year=2021&sort=mean» with some parameters set anew; None takes one away. '' when nothing is left."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    encoded = changed.urlencode()
    return f"?{encoded}" if encoded else ""


def address_with(request: HttpRequest, changes: Mapping[str, Parameter], address: str = "") -> str:
    """This page's address (or `address`, whose own parameters win) with this page's parameters, some changed.

    Without any parameter left the path alone stands, so that a link always leads somewhere.
    """
    path, _, own = (address or request.path).partition("?")
    query = request.GET.copy()
    for name, values in QueryDict(own).lists():
        query.setlist(name, values)
    return path + changed_query(query, changes)


def kept_pairs(query: QueryDict, without: set[str]) -> list[tuple[str, str]]:
    """Parameters that a form must carry along as hidden fields so as not to lose them."""
    return [(name, value) for name, values in query.lists() if name not in without for value in values]
