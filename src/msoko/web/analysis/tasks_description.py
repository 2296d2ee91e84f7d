"""«Описание работы» on «Задания»: what is known of the items, where it comes from, what to load for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from msoko.core.collection.describing import ITEMS
from msoko.core.collection.layouts import template
from msoko.core.definitions.kinds import Layout
from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, join_with_and, number, short_date
from msoko.web.analysis.tasks_page import TasksPage
from msoko.web.collection.models import Procedure
from msoko.web.collection.presenting import subject_name
from msoko.web.collection.queries import DESCRIPTION, visible_batches
from msoko.web.definitions import definitions

FORM = "form"
"""What the address calls the form that has the items of the work already in it."""
KNOWN = {
    "level": "уровни",
    "content_element": "элементы содержания",
    "planned_outcome": "планируемые результаты",
}


@dataclass(frozen=True)
class Source:
    """An accepted file that describes items; `address` is '' where the person may not see it."""

    words: str
    doubts: list[str]
    address: str


@dataclass(frozen=True)
class Description:
    """What the procedure of the page is known to ask."""

    page: TasksPage

    @cached_property
    def _procedure(self) -> Procedure | None:
        """With the items, which lists of works leave out."""
        one = self.page.procedure
        return Procedure.objects.get(pk=one.pk) if one else None

    @property
    def items(self) -> list[Mapping[str, Any]]:
        return self._procedure.items if self._procedure else []

    def _described(self, key: str) -> int:
        return sum(bool(item.get(key)) for item in self.items)

    @property
    def is_whole(self) -> bool:
        return all(self._described(key) == len(self.items) for key in KNOWN)

    @property
    def summary(self) -> str:
        """«Известны уровни всех заданий, элементы содержания 12 заданий из 20. Планируемые результаты не описаны.»"""
        if self.is_whole:
            return f"{capitalised(join_with_and(list(KNOWN.values())))} описаны у{NBSP}всех заданий."
        of_all = f"из{NBSP}{number(len(self.items))}"
        told, missing = [], []
        for key, many in KNOWN.items():
            n = self._described(key)
            if n == len(self.items):
                told.append(f"{many} всех заданий")
            elif n:
                told.append(f"{many} {counted(n, 'задания', 'заданий', 'заданий')} {of_all}")
            else:
                missing.append(many)
        known = f"Известны {', '.join(told)}. " if told else ""
        lacking = f"{capitalised(join_with_and(missing))} не{NBSP}описаны." if missing else ""
        return (known + lacking).strip()

    @cached_property
    def sources(self) -> list[Source]:
        said = self._procedure.description if self._procedure else []
        named = [one["batch"] for one in said]
        seen = set(visible_batches(self.page.sight).filter(pk__in=named).values_list("pk", flat=True))
        return [_source(one, one["batch"] in seen) for one in said]

    @property
    def may_hand_in(self) -> bool:
        return self.page.sight.may("hand_in", self.page.territory)

    def form(self) -> bytes:
        """The form with the items of the work in it, and with all that is known of them."""
        one = self._procedure
        assert one is not None
        rows = [_row(one, item) for item in one.items]
        return template(_layout(), rows)

    @property
    def form_name(self) -> str:
        return f"{_layout().title}. {self.page.title}.xlsx"


def _layout() -> Layout:
    return definitions().layouts[DESCRIPTION.partition("/")[2]]


def _source(said: Mapping[str, Any], is_seen: bool) -> Source:
    accepted = date.fromisoformat(said["accepted"]) if said["accepted"] else None
    when = f" (принято {short_date(accepted)})" if accepted else ""
    brought = f": {counted(len(said['items']), *ITEMS)}" if said["items"] else ""
    address = reverse("collection:batch", args=[said["batch"]]) if is_seen else ""
    return Source(f"{said['form']}{when}{brought}", said["doubts"], address)


def _row(one: Procedure, item: Mapping[str, Any]) -> dict[str, object]:
    return {
        "procedure": kind_name(one.kind),
        "subject": subject_name(one.subject) or one.subject,
        "grade": one.grade,
        "year": one.year,
        "label": one.label,
        "item": item.get("number"),
        "maximum": item.get("maximum"),
        "level": item.get("level"),
        "element": item.get("content_element"),
        "outcome": item.get("planned_outcome"),
    }
