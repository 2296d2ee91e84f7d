"""One edition of a programme: passport, SWOT, roadmaps, editions, programmes of schools; what may be done with it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.urls import reverse

from msoko.core.roadmap.passport import (
    NAMES,
    TABLES,
    Passport,
    from_json,
    in_units,
    target_in_words,
    year_in_words,
    years_of,
)
from msoko.core.vocabulary.russian import counted, long_date, nbsp
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Column, Row, Table, Text
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight
from msoko.web.roadmap.edition_texts import direction_named
from msoko.web.roadmap.models import Programme, Roadmap, SwotEntry
from msoko.web.roadmap.programme_queries import descendants_of, progress_in_words, progress_of
from msoko.web.roadmap.programme_rights import APPROVE, EDIT
from msoko.web.roadmap.programme_words import STATE_BADGES, period, state_words
from msoko.web.roadmap.services.descending import edition_in_force, editions_of, own_programme
from msoko.web.roadmap.standing import NOTHING

PASSPORT, SWOT, ROADMAPS, EDITIONS, SCHOOLS, MUNICIPAL = (
    "passport",
    "swot",
    "roadmaps",
    "editions",
    "schools",
    "municipal",
)
TITLES = {
    PASSPORT: "Паспорт",
    SWOT: "SWOT",
    ROADMAPS: "Дорожные карты",
    EDITIONS: "Редакции",
    SCHOOLS: "Программы школ",
    MUNICIPAL: "Муниципальная программа",
}
DESCENDANTS = (
    Column("school", "Школа", kind="link"),
    Column("state", "Состояние", kind="badge"),
    Column("progress", "Ход"),
    Column("edition", "По редакции"),
)
LISTS_IN_ORDER = tuple(SwotEntry.List)


@dataclass(frozen=True)
class Field:
    """A field of the passport as the page shows it: a text, lines, or rows of one of five sorts."""

    name: str
    title: str
    value: Any
    edit_url: str

    @property
    def is_text(self) -> bool:
        return isinstance(self.value, str)

    @property
    def is_lines(self) -> bool:
        return not self.is_text and not self.rows

    @property
    def rows(self) -> str:
        """The sort of its rows, '' where it is a text or plain lines."""
        return self.name if self.name in TABLES else ""


@dataclass(frozen=True)
class IndicatorLine:
    name: str
    how: str
    base: str
    targets: list[tuple[str, str]]
    direction: str


@dataclass(frozen=True)
class ProgrammePage:
    programme: Programme
    sight: Sight
    today: date

    # ---- what it is

    @property
    def state(self) -> str:
        return state_words(self.programme)

    @property
    def badge(self) -> str:
        return STATE_BADGES[Programme.State(self.programme.state)]

    @property
    def period(self) -> str:
        return period(self.programme)

    @property
    def order(self) -> str:
        """«Приказ от 12.09.2025 № 41, утверждена 12 сентября 2025 г.»"""
        on = self.programme.approved_on
        return ", ".join(filter(None, (self.programme.order_words, f"утверждена {long_date(on)}" if on else "")))

    @property
    def breadcrumbs(self) -> list[dict[str, str]]:
        return [
            {"title": "Программы и дорожные карты", "url": reverse("roadmap:programmes")},
            {"title": self.programme.title},
        ]

    def url(self, tab: str = PASSPORT) -> str:
        return tab_address(self.programme, tab)

    # ---- who may do what

    @property
    def may_edit(self) -> bool:
        """Its texts; of a frozen edition nobody may."""
        return self.programme.is_draft and self.may_work

    @property
    def may_work(self) -> bool:
        return self.sight.may(EDIT, self.programme.organisation)

    @property
    def may_approve(self) -> bool:
        return self.sight.may(APPROVE, self.programme.organisation)

    @property
    def sees_work(self) -> bool:
        """A school's people read the municipal programme, but nobody else's work on it."""
        return self.sight.sees_everything or self.sight.sees(self.programme.organisation)

    @cached_property
    def progress(self) -> str:
        found = progress_of(self.sight, [self.programme.pk], self.today).get(self.programme.pk, NOTHING)
        return progress_in_words(found, own=not self.sees_work)

    # ---- tabs

    @property
    def tabs(self) -> list[dict[str, Any]]:
        shown = [PASSPORT, SWOT, ROADMAPS, EDITIONS]
        if not self.programme.organisation.is_school and not self.programme.is_draft:
            shown.append(SCHOOLS)
        if self.programme.parent_id is not None:
            shown.append(MUNICIPAL)
        counts = {ROADMAPS: len(self.roadmaps), EDITIONS: len(self.editions)}
        return [
            {
                "title": TITLES[tab],
                "url": self.url(tab),
                "key": tab,
                **({"count": counts[tab]} if tab in counts else {}),
            }
            for tab in shown
        ]

    # ---- passport

    @cached_property
    def passport(self) -> Passport:
        return from_json(self.programme.passport)

    @property
    def fields(self) -> list[Field]:
        """All of them in a draft, those that say something in an edition in force."""
        return [
            Field(name, title, value, reverse("roadmap:programme_passport_field", args=[self.programme.pk, name]))
            for name, title in NAMES.items()
            if (value := getattr(self.passport, name)) or self.may_edit
        ]

    @property
    def years(self) -> list[int]:
        """Of the targets, with those beyond the period that somebody has entered."""
        said = {year for one in self.passport.indicators for year in one.targets}
        return sorted(said | set(years_of(self.programme.begins, self.programme.ends)))

    @property
    def year_titles(self) -> list[str]:
        return [year_in_words(year, self.programme.begins) for year in self.years]

    @property
    def indicators(self) -> list[IndicatorLine]:
        return [
            IndicatorLine(
                one.name,
                one.how,
                "" if one.base is None else in_units(one, one.base),
                [
                    (title, target_in_words(one, one.targets.get(year)))
                    for year, title in zip(self.years, self.year_titles, strict=True)
                ],
                direction_named(one.direction),
            )
            for one in self.passport.indicators
        ]

    # ---- SWOT

    @cached_property
    def entries(self) -> dict[str, list[SwotEntry]]:
        """List → its lines in their order."""
        found: dict[str, list[SwotEntry]] = {one: [] for one in LISTS_IN_ORDER}
        for entry in self.programme.swot.select_related("finding__organisation"):
            found[entry.list].append(entry)
        return found

    @property
    def swot(self) -> list[tuple[str, str, list[SwotEntry]]]:
        return [(one.value, str(one.label), self.entries[one]) for one in LISTS_IN_ORDER]

    @property
    def has_swot(self) -> bool:
        return any(self.entries.values())

    # ---- roadmaps

    @cached_property
    def roadmaps(self) -> list[Roadmap]:
        """Each with `found` activities and the name of its direction."""
        roadmaps: list[Roadmap] = list(self.programme.roadmaps.annotate(found=Count("activities")))
        for one in roadmaps:
            one.direction_name = direction_named(one.direction)  # type: ignore[attr-defined]
        return roadmaps

    # ---- editions

    @cached_property
    def editions(self) -> list[Programme]:
        """The newest first; drafts are seen by those who see the organisation."""
        found = reversed(editions_of(self.programme))
        return [one for one in found if not one.is_draft or self.sees_work]

    @property
    def newer(self) -> Programme | None:
        """The edition in force, where this one is history."""
        last = self.editions[0] if self.editions else None
        return last if last is not None and last.edition > self.programme.edition else None

    @property
    def draft_of_changes(self) -> Programme | None:
        newer = self.newer
        return newer if newer is not None and newer.is_draft else None

    # ---- programmes of schools

    @cached_property
    def descendants(self) -> list[tuple[Programme, str, bool]]:
        """Programmes of schools that the person sees, with their progress, and whether an edition newer than the one
        they come from is in force."""
        found = descendants_of(self.sight, [one.pk for one in editions_of(self.programme)])
        progress = progress_of(self.sight, [one.pk for one in found], self.today)
        current = self.in_force.pk
        return [(one, progress_in_words(progress.get(one.pk, NOTHING)), one.parent_id != current) for one in found]

    @property
    def descendants_table(self) -> Table:
        rows = [
            Row(
                {
                    "school": Text(one.organisation.name, tab_address(one)),
                    "state": Text(state_words(one), tone=STATE_BADGES[Programme.State(one.state)]),
                    "progress": progress if one.is_live else Unknown.NOT_APPLICABLE,
                    "edition": nbsp(
                        f"прежней, {one.parent.edition}" if is_behind else f"действующей, {one.parent.edition}"
                    )
                    if one.parent
                    else "",
                }
            )
            for one, progress, is_behind in self.descendants
        ]
        note = f"Показано: {counted(len(rows), 'программа', 'программы', 'программ')}."
        return Table("Программы школ", DESCENDANTS, rows, note=note)

    @cached_property
    def in_force(self) -> Programme:
        return edition_in_force(self.programme)

    @cached_property
    def municipal_has_changed(self) -> bool:
        """A newer municipal edition is in force than the one that this school's programme comes from."""
        parent = self.programme.parent
        return parent is not None and edition_in_force(parent).pk != parent.pk

    @property
    def school_that_may_descend(self) -> Organisation | None:
        """The reader's own school, where it may compose a programme by this one and has none yet."""
        territory = self.sight.territory
        if territory is None or not (territory.is_school and self.programme.is_live):
            return None
        if self.programme.organisation.is_school:
            return None  # it descends from the municipality's programme, not from a school's own
        if not self.programme.organisation.holds(territory) or not self.sight.may(EDIT, territory):
            return None
        return territory if own_programme(self.programme, territory) is None else None


def tab_address(programme: Programme, tab: str = PASSPORT) -> str:
    if tab == PASSPORT:
        return reverse("roadmap:programme", args=[programme.pk])
    return reverse("roadmap:programme_tab", args=[programme.pk, tab])
