"""Tabs of a procedure's page: what each shows, and whether the reader's organisation has it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from msoko.web.look.addresses import address_with
from msoko.web.monitoring import pictures, sentences, tables
from msoko.web.monitoring.procedure_page import ProcedurePage
from msoko.web.people.models import Kind


@dataclass(frozen=True)
class Tab:
    """`title` of the tab and what its template is given."""

    key: str
    title: str
    content: Callable[[ProcedurePage], dict[str, Any]]

    def links(self, request: HttpRequest, page: ProcedurePage, shown: Mapping[str, "Tab"]) -> list[dict[str, Any]]:
        return [
            {"key": key, "title": tab.title, "url": address_with(request, {"format": None}, _address(page, key))}
            for key, tab in shown.items()
        ]


def _address(page: ProcedurePage, key: str) -> str:
    pk = page.procedure.pk
    first = key == "territory"
    return reverse("monitoring:procedure", args=[pk]) if first else reverse("monitoring:procedure", args=[pk, key])


def _territory(page: ProcedurePage) -> dict[str, Any]:
    return {
        "histogram": pictures.histogram(page),
        "marks": tables.marks_table(page),
        "stats": sentences.stats(page),
        "reasons": sentences.not_computed(page),
    }


def _municipalities(page: ProcedurePage) -> dict[str, Any]:
    return {"picture": pictures.municipalities(page), "table": tables.municipalities_table(page)}


def _schools(page: ProcedurePage) -> dict[str, Any]:
    return {
        "picture": pictures.schools(page),
        "table": tables.schools_table(page),
        "weakest": sentences.behind_and_ahead(page),
    }


def _scores(page: ProcedurePage) -> dict[str, Any]:
    return {"picture": pictures.histogram(page), "table": tables.scores_table(page)}


def _journal(page: ProcedurePage) -> dict[str, Any]:
    return {"bar": pictures.journal(page), "marks": pictures.marks(page), "matrix": pictures.matrix(page)}


def _items(page: ProcedurePage) -> dict[str, Any]:
    alpha = page.figures.alpha if page.figures else None
    return {
        "behind": sentences.furthest_behind(page),
        "picture": pictures.items(page),
        "table": tables.items_table(page),
        "alpha": alpha,
    }


def _classes(page: ProcedurePage) -> dict[str, Any]:
    return {"picture": pictures.classes(page), "table": tables.classes_table(page)}


def _years(page: ProcedurePage) -> dict[str, Any]:
    return {"picture": pictures.years(page), "table": tables.years_table(page)}


def tabs_of(page: ProcedurePage) -> dict[str, Tab]:
    """The tabs that make sense for the organisation, in the order of the page."""
    school, region = page.organisation.is_school, page.organisation.kind in (Kind.REGION, Kind.COUNTRY)
    whole = "Школа" if school else "Территория"
    everything = [
        Tab("territory", whole, _territory),
        *([Tab("municipalities", "Муниципалитеты", _municipalities)] if region else []),
        *([] if school else [Tab("schools", "Школы", _schools)]),
        Tab("scores", "Баллы", _scores),
        Tab("journal", "Отметки и журнал", _journal),
        Tab("items", "Задания", _items),
        *([] if region else [Tab("classes", "Классы", _classes)]),
        Tab("years", "Годы", _years),
    ]
    return {tab.key: tab for tab in everything}
