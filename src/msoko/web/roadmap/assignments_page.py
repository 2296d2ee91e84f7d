"""All assignments of a territory: filters, order and page come from the address."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from msoko.core.vocabulary.russian import NBSP, counted, nbsp, number
from msoko.web.look.addresses import changed_query, kept_pairs
from msoko.web.look.cells import badge
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight
from msoko.web.roadmap.assignments_filters import FilterForm, asked_key
from msoko.web.roadmap.doing_queries import in_state, may_verify_anything, with_near
from msoko.web.roadmap.doing_words import (
    ASSIGNMENTS,
    Badge,
    badge_of,
    due_in_words,
    executor_in_words,
    is_overdue,
)
from msoko.web.roadmap.models import Activity, Assignment, Programme, Roadmap, Section
from msoko.web.roadmap.queries import assignments_in_sight, programmes_in_sight

ROWS_ON_A_PAGE = 100
MOST_ORGANISATIONS = 200
"""Of a whole region a select would hold hundreds; there one chooses a municipality first."""
_ACTIVITY = "occurrence__activity__"
ORDERS = {
    "due": ("due", "organisation__sort_key", "pk"),
    "organisation": ("organisation__sort_key", "due", "pk"),
    "activity": (f"{_ACTIVITY}title", "due", "organisation__sort_key", "pk"),
    "state": ("state", "due", "organisation__sort_key", "pk"),
}
COLUMNS = (("activity", "Мероприятие"), ("organisation", "Исполнитель"), ("due", "Срок"), ("state", "Состояние"))


@dataclass(frozen=True)
class Line:
    """A row of the list."""

    assignment: Assignment
    today: date
    address: str
    names_programme: bool
    is_ticked: bool

    @property
    def title(self) -> str:
        activity = self.assignment.occurrence.activity
        return nbsp(f"{activity.number}{NBSP}{activity.title}" if activity.number else activity.title)

    @property
    def note(self) -> str:
        """Where it stands: the section, and the programme where there are several."""
        activity = self.assignment.occurrence.activity
        parts = [activity.section.title, activity.roadmap.programme.title if self.names_programme else ""]
        return nbsp(" · ".join(part for part in parts if part))

    @property
    def executor(self) -> str:
        return executor_in_words(self.assignment)

    @property
    def due(self) -> str:
        return due_in_words(self.assignment, self.today)

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.assignment, self.today)

    @property
    def badge(self) -> Badge:
        return badge_of(self.assignment, self.today)

    @property
    def shown_badge(self) -> SafeString:
        """Drawn here: a hundred of them by template tags cost the page a tenth of its time."""
        return badge(self.badge.kind, self.badge.words)

    @property
    def reason(self) -> str:
        return self.assignment.reason

    @property
    def tick(self) -> str:
        """What the box says when it is ticked: the assignment as it was seen."""
        return f"{self.assignment.pk}-{self.assignment.version}"


@dataclass(frozen=True)
class Head:
    title: str
    href: str
    order: str

    @property
    def drawing(self) -> str:
        return "sort-up" if self.order == "ascending" else "sort-down"


@dataclass(frozen=True)
class AssignmentsPage:
    """`ticked`: what the person has chosen, when a refused order brings the page back."""

    sight: Sight
    query: QueryDict
    today: date
    ticked: frozenset[str] = frozenset()

    # ---- filters

    @cached_property
    def _below(self) -> QuerySet[Assignment]:
        found = assignments_in_sight(self.sight)
        looked_at = self.sight.territory
        return found if looked_at is None else found.filter(organisation__path__startswith=looked_at.path)

    @cached_property
    def organisations(self) -> list[Organisation]:
        """Those that have assignments here; too many to choose from are none."""
        has_any = Exists(self._below.filter(organisation=OuterRef("pk")))
        found = list(self.sight.organisations.filter(has_any).order_by("sort_key", "pk")[: MOST_ORGANISATIONS + 1])
        return found if len(found) <= MOST_ORGANISATIONS else []

    @cached_property
    def programmes(self) -> list[Programme]:
        has_any = Exists(self._below.filter(occurrence__activity__roadmap__programme=OuterRef("pk")))
        return list(Programme.objects.filter(has_any).select_related("organisation"))

    @cached_property
    def programme(self) -> Programme | None:
        """The one asked for, or the only one there is. Raises Http404 for one of which nothing is to be seen."""
        key = asked_key(self.query, "programme")
        if key is None:
            return self.programmes[0] if len(self.programmes) == 1 else None
        found = next((one for one in self.programmes if one.pk == key), None)
        return found or _or_404(Programme.objects.filter(pk=key, pk__in=self._seen("roadmap__programme")))

    @cached_property
    def roadmap(self) -> Roadmap | None:
        key = asked_key(self.query, "roadmap")
        return None if key is None else _or_404(Roadmap.objects.filter(pk=key, pk__in=self._seen("roadmap")))

    @cached_property
    def activity(self) -> Activity | None:
        key = asked_key(self.query, "activity")
        return None if key is None else _or_404(Activity.objects.filter(pk=key, pk__in=self._seen("pk")))

    @cached_property
    def organisation(self) -> Organisation | None:
        key = asked_key(self.query, "organisation")
        return None if key is None else _or_404(self.sight.organisations.filter(pk=key))

    def _seen(self, field: str) -> QuerySet[Any, Any]:
        """Keys of what the assignments in sight are of, drafts and their own activities not among them."""
        seen = programmes_in_sight(self.sight).exclude(state=Programme.State.DRAFT)
        return Activity.objects.filter(roadmap__programme__in=seen).order_by().values(field)

    @cached_property
    def sections(self) -> list[Section]:
        """Titled ones, of the chosen programme or roadmap."""
        found = Section.objects.exclude(title="").select_related("roadmap").order_by("roadmap__order", "order", "pk")
        if self.roadmap is not None:
            return list(found.filter(roadmap=self.roadmap))
        return list(found.filter(roadmap__programme=self.programme)) if self.programme is not None else []

    @cached_property
    def form(self) -> FilterForm:
        return FilterForm(
            self.query, organisations=self.organisations, programmes=self.programmes, sections=self.sections
        )

    @cached_property
    def chips(self) -> list[dict[str, str]]:
        """Filters that have no field, each with the address without it."""
        return list(self._chips())

    def _chips(self) -> Iterator[dict[str, str]]:
        if self.activity is not None:
            yield {"title": f"Мероприятие: {self.activity.title}", "url": self.address_with(activity=None, page=None)}
        if self.roadmap is not None:
            yield {"title": f"Дорожная карта: {self.roadmap.title}", "url": self.address_with(roadmap=None, page=None)}
        if self.organisation is not None and self.organisation not in self.organisations:
            yield {"title": self.organisation.name, "url": self.address_with(organisation=None, page=None)}

    @property
    def is_filtered(self) -> bool:
        return any(self.query.get(name) for name in (*self.form.fields, "activity", "roadmap"))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form of filters carries along."""
        return kept_pairs(self.query, {*self.form.fields, "page", "format"})

    @property
    def reset_address(self) -> str:
        return self.address_with(**dict.fromkeys((*self.form.fields, "activity", "roadmap", "page", "organisation")))

    # ---- what is found

    @cached_property
    def found(self) -> QuerySet[Assignment]:
        """Unordered."""
        said = self.form.said
        found = self._below.filter(in_state(said["state"], self.today, in_force_only=not self._is_narrow))
        chosen: dict[str, Any] = {
            "organisation": self.organisation,
            f"{_ACTIVITY}roadmap__programme": self.programme if self.query.get("programme") else None,
            f"{_ACTIVITY}roadmap": self.roadmap,
            "occurrence__activity": self.activity,
            f"{_ACTIVITY}section": said["section"],
            "due__gte": said["since"],
            "due__lte": said["until"],
        }
        return found.filter(**{field: value for field, value in chosen.items() if value is not None})

    @property
    def _is_narrow(self) -> bool:
        """Of a programme asked for by name all is shown, though it be superseded."""
        return any(self.query.get(name) for name in ("programme", "roadmap", "activity"))

    @cached_property
    def count(self) -> int:
        return self.found.count()

    @property
    def pages(self) -> int:
        return max(-(-self.count // ROWS_ON_A_PAGE), 1)

    @property
    def number(self) -> int:
        said = self.query.get("page", "")
        return min(int(said), self.pages) if said.isdecimal() and 0 < len(said) < 8 and int(said) else 1

    @property
    def sort(self) -> tuple[str, bool]:
        """The column and whether it descends."""
        said = self.query.get("sort", "")
        key = said.removeprefix("-")
        return (key, said.startswith("-")) if key in ORDERS else ("due", False)

    @property
    def in_order(self) -> QuerySet[Assignment]:
        key, descends = self.sort
        first, *rest = ORDERS[key]
        return self.found.order_by(f"-{first}" if descends else first, *rest)

    @cached_property
    def lines(self) -> list[Line]:
        """Keys first: to sort twenty thousand narrow rows takes a fifth of the time of wide ones."""
        start = (self.number - 1) * ROWS_ON_A_PAGE
        keys = list(self.in_order.values_list("pk", flat=True)[start : start + ROWS_ON_A_PAGE])
        rows = with_near(Assignment.objects.all()).in_bulk(keys)
        base = reverse("roadmap:assignment", args=[0]).removesuffix("0/")
        several = len(self.programmes) > 1
        return [self._line(rows[key], f"{base}{key}/", several) for key in keys if key in rows]

    def _line(self, row: Assignment, address: str, several: bool) -> Line:
        line = Line(row, self.today, address, several, is_ticked=False)
        return Line(row, self.today, address, several, line.tick in self.ticked)

    @property
    def found_in_words(self) -> str:
        """«Найдено 340 поручений, показаны 101–200.»"""
        said = f"Найдено {counted(self.count, *ASSIGNMENTS)}"
        if self.pages == 1:
            return f"{said}."
        start = (self.number - 1) * ROWS_ON_A_PAGE
        return f"{said}, показаны {number(start + 1)}–{number(start + len(self.lines))}."

    # ---- the frame of the table

    @property
    def address(self) -> str:
        return reverse("roadmap:assignments") + changed_query(self.query, {})

    def address_with(self, **changes: str | int | None) -> str:
        return reverse("roadmap:assignments") + changed_query(self.query, changes)

    @property
    def bulk_address(self) -> str:
        return reverse("roadmap:assignments_act") + changed_query(self.query, {})

    @property
    def heads(self) -> list[Head]:
        sorted_by, descends = self.sort
        return [self._head(key, title, sorted_by == key, descends) for key, title in COLUMNS]

    def _head(self, key: str, title: str, is_sorted: bool, descends: bool) -> Head:
        turned = f"-{key}" if is_sorted and not descends else key
        order = ("descending" if descends else "ascending") if is_sorted else ""
        return Head(title, self.address_with(sort=turned, page=None), order)

    @property
    def exports(self) -> list[tuple[str, str]]:
        return [(word, self.address_with(format=word.lower(), page=None)) for word in ("XLSX", "CSV")]

    @property
    def page_links(self) -> list[tuple[str, str]]:
        if self.pages == 1:
            return []
        return [(word, "" if n == self.number else self.address_with(page=n)) for n, word in self._numbers()]

    def _numbers(self) -> Iterator[tuple[int, str]]:
        """The first, the last and those around the open one."""
        near = {1, self.pages, *range(self.number - 2, self.number + 3)}
        for n in sorted(one for one in near if 1 <= one <= self.pages):
            yield n, str(n)

    # ---- what may be done

    @property
    def may_manage(self) -> bool:
        """Postpone and cancel; each assignment is asked for by itself when it is done."""
        return self.sight.may("approve_programme", self.sight.territory) and not self._reads_own_school

    @property
    def may_verify(self) -> bool:
        return may_verify_anything(self.sight)

    @property
    def may_act(self) -> bool:
        return self.may_manage or self.may_verify

    @property
    def _reads_own_school(self) -> bool:
        """A school is in charge of its own programme only, and does that on the page of the assignment."""
        return self.sight.territory is not None and self.sight.territory.is_school and not self.may_verify


def _or_404(found: QuerySet[Any]) -> Any:
    one = found.first()
    if one is None:
        raise Http404("Здесь такого нет.")
    return one
