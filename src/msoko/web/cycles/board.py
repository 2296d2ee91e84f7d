"""The board: directions × the nine stages of the cycle, every cell counted from what the system holds of a year.

A cell says how many things there are and whether the stage is whole; what the system does not hold of a direction at
all is «—», never an empty stage.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from msoko.core.analysis.outcome import Verdict
from msoko.core.definitions.programme_kinds import STAGES_OF_CYCLE, Direction
from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import NBSP, counted, join_with_and
from msoko.web.analysis.models import Finding
from msoko.web.collection.models import Batch, Procedure
from msoko.web.definitions import definitions
from msoko.web.monitoring.queries import procedures_seen_from
from msoko.web.people.models import Kind, Organisation
from msoko.web.roadmap.about_stages import STEMS, about
from msoko.web.roadmap.models import Activity, Assignment, Programme, Roadmap

LAYOUTS = "layouts/"
SURE_ENOUGH = (Verdict.ROBUST.value, Verdict.LIKELY.value)
OF_ACTIVITIES: dict[str, tuple[str, str, str]] = {
    "activities": ("мероприятие", "мероприятия", "мероприятий"),
    "recommendations": ("мероприятие о рекомендациях", "мероприятия о рекомендациях", "мероприятий о рекомендациях"),
    "decisions": ("мероприятие с приказом или решением", "мероприятия с приказом или решением",
                  "мероприятий с приказом или решением"),
    "effectiveness": ("мероприятие об эффективности мер", "мероприятия об эффективности мер",
                      "мероприятий об эффективности мер"),
}  # fmt: skip


class Fullness(StrEnum):
    FILLED = "filled"
    PARTLY = "partly"
    EMPTY = "empty"
    NOT_HELD = "not_held"


SIGNS = {Fullness.FILLED: "●", Fullness.PARTLY: "◐", Fullness.EMPTY: "○", Fullness.NOT_HELD: "—"}
MEANINGS = {
    Fullness.FILLED: "есть",
    Fullness.PARTLY: "есть не всё",
    Fullness.EMPTY: "пусто",
    Fullness.NOT_HELD: "в системе не ведётся",
}


@dataclass(frozen=True)
class Cell:
    """`count` is None where the system holds nothing of the kind; `words` say what was counted."""

    stage: str
    fullness: Fullness
    count: int | None
    words: str
    href: str

    @property
    def title(self) -> str:
        return STAGES_OF_CYCLE[self.stage]

    @property
    def sign(self) -> str:
        return SIGNS[self.fullness]

    @property
    def meaning(self) -> str:
        return MEANINGS[self.fullness]


@dataclass(frozen=True)
class Row:
    direction: Direction
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Board:
    """Of a territory and a calendar year; the number of queries does not depend on what it holds."""

    territory: Organisation
    year: int
    directions_set: str

    @cached_property
    def rows(self) -> list[Row]:
        return [self.row(direction) for direction in definitions().directions_of(self.directions_set)]

    def row(self, direction: Direction) -> Row:
        """The nine cells of a direction in the order of the cycle."""
        return Row(direction, tuple(getattr(self, f"_{stage}")(direction) for stage in STAGES_OF_CYCLE))

    def summary(self) -> str:
        """«Заполнено 31 из 72 клеток, частично — 12, пусто — 29; 9 в системе не ведутся.»"""
        every = [cell.fullness for row in self.rows for cell in row.cells]
        held = len(every) - every.count(Fullness.NOT_HELD)
        left = every.count(Fullness.NOT_HELD)
        cells = counted(held, "клетки", "клеток", "клеток")
        said = (
            f"Заполнено {every.count(Fullness.FILLED)} из {cells}, частично{NBSP}— {every.count(Fullness.PARTLY)}, "
            f"пусто{NBSP}— {every.count(Fullness.EMPTY)}."
        )
        return f"{said} О{NBSP}чём система данных не{NBSP}держит{NBSP}— {left}." if left else said

    # ---- what is planned

    @cached_property
    def _programmes(self) -> dict[str, list[Programme]]:
        """Direction → programmes of the year with a roadmap of it; a direction of the other set counts as its match."""
        running = self._roadmaps.select_related("programme").order_by("programme__title", "order")
        found: dict[str, list[Programme]] = {}
        for roadmap in running:
            for slug in self._slugs_here(roadmap.direction):
                programmes = found.setdefault(slug, [])
                if roadmap.programme not in programmes:
                    programmes.append(roadmap.programme)
        return found

    @property
    def _roadmaps(self) -> QuerySet[Roadmap]:
        return Roadmap.objects.exclude(direction="").filter(
            programme__state__in=(Programme.State.DRAFT, Programme.State.APPROVED, Programme.State.CLOSED),
            programme__organisation__path__startswith=self.territory.path,
            programme__organisation__kind__in=(Kind.REGION, Kind.MUNICIPALITY),
            programme__begins__lte=date(self.year, 12, 31),
            programme__ends__gte=date(self.year, 1, 1),
        )

    def _slugs_here(self, slug: str) -> Iterable[str]:
        known = definitions().directions
        if slug not in known:
            return ()
        return (slug,) if known[slug].set == self.directions_set else known[slug].matches

    def _goals(self, direction: Direction) -> Cell:
        programmes = self._programmes.get(direction.slug, [])
        goals = sum(bool(one.passport.get("goal")) + len(one.passport.get("tasks") or []) for one in programmes)
        words = f"{counted(goals, 'цель или задача', 'цели и задачи', 'целей и задач')} в паспортах программ"
        return self._of_programmes("goals", programmes, goals, words)

    def _indicators(self, direction: Direction) -> Cell:
        programmes = self._programmes.get(direction.slug, [])
        rows = [row for one in programmes for row in _indicators_of(one, direction)]
        ready = sum(bool(_targets(row)) for row in rows)
        words = f"{counted(len(rows), 'показатель', 'показателя', 'показателей')}, с целевыми значениями{NBSP}— {ready}"
        whole = bool(rows) and ready == len(rows)
        return self._of_programmes("indicators", programmes, len(rows), words, whole)

    def _of_programmes(
        self, stage: str, programmes: list[Programme], count: int, words: str, whole: bool = True
    ) -> Cell:
        in_force = any(not one.is_draft for one in programmes)
        fullness = _fullness(count, in_force and whole)
        href = (
            reverse("roadmap:programme", args=[programmes[0].pk])
            if len(programmes) == 1
            else self._programmes_address()
        )
        return Cell(stage, fullness, count, words if in_force or not count else f"{words}; программа ещё проект", href)

    def _programmes_address(self) -> str:
        return f"{reverse('roadmap:programmes')}?territory={self.territory.pk}"

    # ---- what has come in and what was found

    @cached_property
    def _procedures(self) -> dict[str, list[Procedure]]:
        """Kind → procedures of the year in which the territory has values."""
        found: dict[str, list[Procedure]] = {}
        for value in procedures_seen_from(self.territory).filter(procedure__year=self.year):
            found.setdefault(value.procedure.kind, []).append(value.procedure)
        return found

    @cached_property
    def _layouts(self) -> set[str]:
        """Forms of ours that were accepted within the territory or for a territory that holds it, of any year."""
        above = [int(pk) for pk in self.territory.path.strip("/").split("/")]
        within = Q(territory__path__startswith=self.territory.path) | Q(territory__in=above) | Q(territory=None)
        accepted = Batch.objects.filter(within, state=Batch.State.ACCEPTED, source__startswith=LAYOUTS)
        return {source.removeprefix(LAYOUTS) for source in accepted.values_list("source", flat=True).distinct()}

    def _collection_methods(self, direction: Direction) -> Cell:
        asked = [*direction.procedures, *direction.layouts]
        href = f"{reverse('collection:data')}?territory={self.territory.pk}"
        if not asked:
            return _not_held("collection_methods", href)
        have = [kind_name(kind) for kind in direction.procedures if kind in self._procedures]
        have += [f"«{_title_of_layout(one)}»" for one in direction.layouts if one in self._layouts]
        words = f"из {counted(len(asked), 'источника', 'источников', 'источников')} есть {len(have)}"
        named = f"{words}: {join_with_and(have)}" if have else words
        return Cell("collection_methods", _fullness(len(have), len(have) == len(asked)), len(have), named, href)

    def _monitoring(self, direction: Direction) -> Cell:
        href = f"{reverse('monitoring:results')}?territory={self.territory.pk}&year={self.year}"
        if not direction.procedures:
            return _not_held("monitoring", href)
        procedures = [one for kind in direction.procedures for one in self._procedures.get(kind, [])]
        fresh = sum(one.values_state == Procedure.Values.FRESH for one in procedures)
        words = f"значения есть по {counted(len(procedures), 'процедуре', 'процедурам', 'процедурам')}"
        stale = f"; пересчитываются{NBSP}— {len(procedures) - fresh}" if fresh < len(procedures) else ""
        return Cell(
            "monitoring", _fullness(len(procedures), fresh == len(procedures)), len(procedures), words + stale, href
        )

    @cached_property
    def _findings(self) -> list[tuple[str, str, int]]:
        """Method, state and number of the findings of the year that are sure enough to be decided about."""
        current = Finding.objects.filter(
            superseded_at=None,
            year=self.year,
            verdict__in=SURE_ENOUGH,
            organisation__path__startswith=self.territory.path,
            organisation__merged_into=None,
        )
        return list(current.order_by().values_list("method", "state").annotate(n=Count("pk")))

    def _analysis(self, direction: Direction) -> Cell:
        page = "objectivity" if "objectivity" in direction.methods else "support"
        href = f"{reverse(f'analysis:{page}')}?territory={self.territory.pk}&year={self.year}"
        if not direction.methods:
            return _not_held("analysis", href)
        own = [(state, n) for method, state, n in self._findings if direction.reads_method(method)]
        total, new = sum(n for _, n in own), sum(n for state, n in own if state == Finding.State.NEW)
        words = f"{counted(total, 'вывод', 'вывода', 'выводов')}, ждут решения{NBSP}— {new}"
        return Cell("analysis", _fullness(total, not new), total, words, href)

    # ---- what is done

    @cached_property
    def _planned(self) -> Mapping[str, Mapping[str, int]]:
        """Direction → stage → how many activities of the year's programmes stand for it."""
        counts = {stage: Count("pk", filter=about(stage), distinct=True) for stage in STEMS}
        return self._by_direction(Activity.objects.filter(roadmap__in=self._roadmaps), "roadmap__direction", counts)

    @cached_property
    def _assigned(self) -> Mapping[str, Mapping[str, int]]:
        """The same of assignments with a due date in the year: all that stand, and those that are accepted."""
        due = Assignment.objects.filter(occurrence__activity__roadmap__in=self._roadmaps, due__year=self.year).exclude(
            state__in=Assignment.NOT_OWED
        )
        prefix = "occurrence__activity__"
        accepted = Q(state=Assignment.State.ACCEPTED)
        counts = {f"{stage}_all": Count("pk", filter=about(stage, prefix)) for stage in STEMS}
        counts |= {f"{stage}_accepted": Count("pk", filter=about(stage, prefix) & accepted) for stage in STEMS}
        return self._by_direction(due, f"{prefix}roadmap__direction", counts)

    def _by_direction(self, records: QuerySet[Any], key: str, counts: Mapping[str, Count]) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for row in records.order_by().values(key).annotate(**counts):
            for slug in self._slugs_here(row.pop(key)) if key in row else ():
                kept = found.setdefault(slug, {})
                for name in counts:
                    kept[name] = kept.get(name, 0) + row[name]
        return found

    def _of_activities(self, stage: str, direction: Direction) -> Cell:
        n = self._planned.get(direction.slug, {}).get(stage, 0)
        tally = self._assigned.get(direction.slug, {})
        total, accepted = tally.get(f"{stage}_all", 0), tally.get(f"{stage}_accepted", 0)
        words = counted(n, *OF_ACTIVITIES[stage])
        if total:
            words += (
                f"; принято {accepted} из {counted(total, 'поручения', 'поручений', 'поручений')} {self.year}{NBSP}года"
            )
        elif n:
            words += f"; поручений со сроком в{NBSP}{self.year}{NBSP}году нет"
        query = urlencode(
            {"territory": self.territory.pk, "year": self.year, "direction": direction.slug, "about": stage}
        )
        return Cell(
            stage, _fullness(n, bool(total) and accepted == total), n, words, f"{reverse('roadmap:activities')}?{query}"
        )

    def _recommendations(self, direction: Direction) -> Cell:
        return self._of_activities("recommendations", direction)

    def _activities(self, direction: Direction) -> Cell:
        return self._of_activities("activities", direction)

    def _decisions(self, direction: Direction) -> Cell:
        return self._of_activities("decisions", direction)

    def _effectiveness(self, direction: Direction) -> Cell:
        return self._of_activities("effectiveness", direction)


def _fullness(count: int, whole: bool) -> Fullness:
    if not count:
        return Fullness.EMPTY
    return Fullness.FILLED if whole else Fullness.PARTLY


def _not_held(stage: str, href: str) -> Cell:
    return Cell(stage, Fullness.NOT_HELD, None, MEANINGS[Fullness.NOT_HELD], href)


def _title_of_layout(slug: str) -> str:
    layout = definitions().layouts.get(slug)
    return layout.title if layout else slug


def _indicators_of(programme: Programme, direction: Direction) -> list[Mapping[str, Any]]:
    """Indicators that name the direction or its match, and those that name none: they are of the whole programme."""
    mine = {"", direction.slug, *direction.matches}
    return [row for row in programme.passport.get("indicators") or [] if str(row.get("direction") or "") in mine]


def _targets(row: Mapping[str, Any]) -> list[object]:
    return [value for value in (row.get("targets") or {}).values() if value is not None]
