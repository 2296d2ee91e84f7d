"""«Программы и дорожные карты»: what is in force, drafts, documents on review, programmes of schools, the next step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from msoko.core.vocabulary.russian import counted, nbsp, plural, quote
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Column, Row, Table, Text
from msoko.web.people.models import Kind
from msoko.web.people.sight import Sight
from msoko.web.roadmap.import_queries import documents_of
from msoko.web.roadmap.models import Programme, RoadmapImport
from msoko.web.roadmap.programme_queries import (
    newest_editions,
    programmes_looked_at,
    progress_in_words,
    progress_of,
    size_in_words,
    sizes_of,
)
from msoko.web.roadmap.programme_rights import APPROVE, EDIT
from msoko.web.roadmap.programme_words import STATE_BADGES, period, state_words
from msoko.web.roadmap.standing import NOTHING, Standing

State = Programme.State
SCHOOLS = (
    Column("school", "Школа", kind="link"),
    Column("state", "Состояние", kind="badge"),
    Column("period", "Срок"),
    Column("progress", "Ход"),
    Column("programme", "Программа"),
)
MOST_CARDS = 30  # a region has more programmes than are read as cards


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now: what is the matter, and the button."""

    words: str
    button: str
    url: str


@dataclass(frozen=True)
class Line:
    """A programme in the list."""

    programme: Programme
    size: str
    standing: Standing
    is_own_progress: bool

    @property
    def state(self) -> str:
        return state_words(self.programme)

    @property
    def badge(self) -> str:
        return STATE_BADGES[State(self.programme.state)]

    @property
    def period(self) -> str:
        return period(self.programme)

    @property
    def done(self) -> str:
        return progress_in_words(self.standing, self.is_own_progress)

    @property
    def url(self) -> str:
        return reverse("roadmap:programme", args=[self.programme.pk])


@dataclass(frozen=True)
class ProgrammesPage:
    sight: Sight
    today: date

    @cached_property
    def lines(self) -> list[Line]:
        """Three queries, however many programmes."""
        programmes = newest_editions(programmes_looked_at(self.sight))
        keys = [one.pk for one in programmes]
        sizes, progress = sizes_of(keys), progress_of(self.sight, keys, self.today)
        return [
            Line(
                one,
                size_in_words(*sizes.get(one.pk, (0, 0))),
                progress.get(one.pk, NOTHING),
                is_own_progress=self.is_school,
            )
            for one in programmes
        ]

    # ---- what is shown where

    @property
    def in_force(self) -> list[Line]:
        return [one for one in self._of_territory if one.programme.is_live]

    @property
    def drafts(self) -> list[Line]:
        return [one for one in self._of_territory if one.programme.is_draft]

    @property
    def closed(self) -> list[Line]:
        return [one for one in self._of_territory if one.programme.state == State.CLOSED]

    @property
    def _of_territory(self) -> list[Line]:
        """Where a territory is looked at, its municipal programmes; where a school, its own and the municipal ones."""
        if self.is_school:
            return self.lines
        return [one for one in self.lines if not one.programme.organisation.is_school]

    @property
    def of_schools(self) -> list[Line]:
        return [] if self.is_school else [one for one in self.lines if one.programme.organisation.is_school]

    @property
    def schools_table(self) -> Table:
        rows = [
            Row(
                {
                    "school": Text(one.programme.organisation.name, one.url),
                    "programme": one.programme.title,
                    "state": Text(one.state, tone=one.badge),
                    "period": one.period,
                    "progress": one.done if one.programme.is_live else Unknown.NOT_APPLICABLE,
                }
            )
            for one in sorted(self.of_schools, key=lambda line: line.programme.organisation.sort_key)
        ]
        note = f"Показано: {counted(len(rows), 'программа', 'программы', 'программ')}."
        return Table("Программы школ", SCHOOLS, rows, note=note)

    @cached_property
    def documents(self) -> list[RoadmapImport]:
        """Signed documents that are not a programme yet; for those who may make them one."""
        if not self.may_edit:
            return []
        return [one for one in documents_of(self.sight) if one.state != RoadmapImport.State.LIVE]

    # ---- who looks

    @property
    def is_school(self) -> bool:
        return self.sight.territory is not None and self.sight.territory.is_school

    @property
    def names_organisations(self) -> bool:
        """Where programmes of several municipalities stand in one list, each says whose it is."""
        return self.sight.territory is not None and self.sight.territory.kind in (Kind.COUNTRY, Kind.REGION)

    @property
    def may_edit(self) -> bool:
        return self.sight.may(EDIT, self.sight.territory)

    @property
    def may_start(self) -> bool:
        """A region has no programme of its own."""
        territory = self.sight.territory
        has_own = territory is not None and (territory.kind == Kind.MUNICIPALITY or territory.is_school)
        return has_own and self.may_edit

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.documents

    # ---- the next step

    @cached_property
    def next_step(self) -> NextStep | None:
        """The first that there is; None where the work goes on by itself."""
        steps: list[Callable[[], Iterator[NextStep]]] = [
            self._document,
            self._draft,
            self._reports,
            self._own,
            self._start,
        ]
        return next((step for way in steps for step in way()), None)

    def _document(self) -> Iterator[NextStep]:
        waiting = [one for one in self.documents if one.state == RoadmapImport.State.REVIEW]
        for one in waiting[:1]:
            found = counted(one.found, "мероприятие", "мероприятия", "мероприятий")  # type: ignore[attr-defined]
            words = f"Документ {quote(one.file_name)} прочитан: {found}. Проверьте строки, и он станет программой."
            yield NextStep(nbsp(words), "Проверить документ", reverse("roadmap:import_review", args=[one.pk]))

    def _draft(self) -> Iterator[NextStep]:
        if not self.may_edit:
            return
        for one in self.drafts[:1]:
            if self.sight.may(APPROVE, one.programme.organisation):
                words = f"Проект {quote(one.programme.title)} ещё не утверждён: поручения по нему не разданы."
            else:
                words = f"Проект {quote(one.programme.title)} готовится. Утверждает его управление образования."
            yield NextStep(nbsp(words), "Открыть проект", one.url)

    def _reports(self) -> Iterator[NextStep]:
        waiting = sum(one.standing.reported for one in self.lines)
        if waiting and self.sight.may("verify_execution", self.sight.territory):
            reports = counted(waiting, "отчёт", "отчёта", "отчётов")
            words = f"{plural(waiting, 'Ждёт', 'Ждут', 'Ждут')} проверки {reports}."
            yield NextStep(nbsp(words), "Проверить отчёты", reverse("roadmap:verifying"))

    def _own(self) -> Iterator[NextStep]:
        """A school that has no programme of its own, under a municipal one in force."""
        has_own = any(one.programme.organisation.is_school for one in self.lines)
        if not (self.is_school and self.may_start) or has_own:
            return
        for one in self.in_force[:1]:
            words = (
                f"Составьте программу школы по муниципальной {quote(one.programme.title)}: мероприятия школ уже в ней."
            )
            yield NextStep(
                nbsp(words), "Составить программу", reverse("roadmap:programme_descend", args=[one.programme.pk])
            )

    def _start(self) -> Iterator[NextStep]:
        if self.may_start and not self.in_force and not self.is_empty:
            words = (
                "Действующей программы нет. Начните с шаблона: через минуту будет готов проект, который можно править."
            )
            yield NextStep(nbsp(words), "Начать с шаблона", reverse("roadmap:programme_start"))
