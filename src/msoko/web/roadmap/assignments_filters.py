"""Filters of the list of assignments, as fields and as what the address says."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from msoko.core.vocabulary.russian import nbsp
from msoko.web.people.models import Organisation
from msoko.web.roadmap.doing_queries import AHEAD, OPEN, OVERDUE
from msoko.web.roadmap.models import Assignment, Programme, Section

LONGEST_KEY = 18
LONGEST_TITLE = 70
STATES = (
    ("", "все"),
    (OVERDUE, "просрочено"),
    (OPEN, "не сделано"),
    (AHEAD, "срок впереди"),
    *Assignment.State.choices,
)


def asked_key(query: QueryDict, name: str) -> int | None:
    """The key of a record that the address names; None where it names none."""
    said = query.get(name, "")
    return int(said) if said.isdecimal() and len(said) <= LONGEST_KEY else None


def _date(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Такой даты нет: она не учтена."},
    )


class FilterForm(forms.Form):
    """What was not understood is not counted, and a date says so. Keys of records are looked up by the page."""

    state = forms.CharField(label="Состояние", required=False, widget=forms.Select(choices=STATES))
    organisation = forms.CharField(label="Исполнитель", required=False)
    programme = forms.CharField(label="Программа", required=False)
    section = forms.CharField(label="Раздел", required=False)
    since = _date("Срок с")
    until = _date("Срок по")

    def __init__(
        self,
        query: QueryDict,
        *,
        organisations: Sequence[Organisation],
        programmes: Sequence[Programme],
        sections: Sequence[Section],
    ) -> None:
        super().__init__(query)
        self.query = query
        roadmaps = {one.roadmap_id for one in sections}
        self._offer("organisation", "все", ((one.pk, one.name) for one in organisations))
        self._offer("programme", "все", ((one.pk, _programme(one)) for one in programmes), least=2)
        self._offer("section", "все", ((one.pk, _section(one, len(roadmaps) > 1)) for one in sections))
        self.known_sections = {one.pk for one in sections}

    def _offer(self, name: str, nothing: str, choices: Iterable[tuple[int, str]], least: int = 1) -> None:
        """A select; no field at all where there is nothing to choose from."""
        found = [(key, nbsp(_short(title))) for key, title in choices]
        if len(found) < least:
            del self.fields[name]
            return
        self.fields[name].widget = forms.Select(choices=[("", nothing), *found])

    @property
    def said(self) -> dict[str, Any]:
        """state, section (a key or None), since, until (None where not said or not understood)."""
        self.is_valid()
        state = self.cleaned_data.get("state", "")
        section = asked_key(self.query, "section")
        return {
            "state": state if state in dict(STATES) else "",
            "section": section if section in self.known_sections else None,
            "since": self.cleaned_data.get("since"),
            "until": self.cleaned_data.get("until"),
        }


def _programme(programme: Programme) -> str:
    return programme.title if programme.is_live else f"{programme.title} (редакция {programme.edition})"


def _section(section: Section, names_roadmap: bool) -> str:
    return f"{section.title} — {section.roadmap.title}" if names_roadmap else section.title


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
