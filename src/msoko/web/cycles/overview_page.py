"""What stands on «Обзор»: three sentences, what waits for a decision, three pictures."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from msoko.core.definitions.programme_kinds import SETS
from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import capitalised, counted, join_with_and, plural
from msoko.documents.charts import marks_bar, schools_interval, small_multiples
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.models import Finding
from msoko.web.collection.data_page import DataPage
from msoko.web.collection.models import Batch, Procedure
from msoko.web.cycles.board import Board
from msoko.web.cycles.findings_block import findings_of_school, new_findings_in_words
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.procedure_page import FEW
from msoko.web.monitoring.queries import procedures_seen_from, same_procedures
from msoko.web.monitoring.titles import subject_of
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight
from msoko.web.roadmap.reminders import Reminders, overdue_in_words

PICTURED_KIND = "vpr"  # the one procedure that every grade writes every year
MOST_PANELS = 16  # four rows of four
MOST_NAMED = 30
MOST_WORKS = 3  # named in a sentence; more are seen in the picture


@dataclass(frozen=True)
class Sentence:
    text: str
    href: str


@dataclass(frozen=True)
class OverviewPage:
    sight: Sight

    @property
    def territory(self) -> Organisation | None:
        return self.sight.territory

    @cached_property
    def data(self) -> DataPage:
        return DataPage(self.sight)

    @cached_property
    def values(self) -> list[Value]:
        """The territory's own values, one a procedure, newest first."""
        return list(procedures_seen_from(self.territory)) if self.territory else []

    @cached_property
    def last_year(self) -> int | None:
        return self.sight.year or max((value.procedure.year for value in self.values), default=None)

    @cached_property
    def latest(self) -> list[Value]:
        return [value for value in self.values if value.procedure.year == self.last_year]

    def sentences(self) -> list[Sentence]:
        return [self._handed_in(), self._waiting(), self._computed(), *self._found(), *self._overdue()]

    def _overdue(self) -> list[Sentence]:
        """How much is overdue, of the person's own or of what he controls, where anything is."""
        told = self.reminders
        sentences = []
        if told.overdue_of_others:
            href = f"{reverse('roadmap:assignments')}?state=overdue"
            sentences.append(Sentence(overdue_in_words(told.overdue_of_others.count), href))
        if told.overdue:
            mine = overdue_in_words(told.overdue.count).replace("Просрочено", "Вами просрочено", 1)
            sentences.append(Sentence(mine, reverse("roadmap:my_tasks")))
        return sentences

    @cached_property
    def reminders(self) -> Reminders:
        """What the person has to do in roadmaps today."""
        return Reminders(self.sight, timezone.localdate())

    def _found(self) -> list[Sentence]:
        """New findings of the year, where there are any."""
        if self.territory is None or self.last_year is None:
            return []
        text, href = new_findings_in_words(self.territory, self.last_year)
        return [Sentence(text, href)] if text else []

    @cached_property
    def findings(self) -> list[Finding]:
        """«Что о вас заметила система»: of the school looked at."""
        if self.territory is None or not self.territory.is_school or self.last_year is None:
            return []
        return findings_of_school(self.sight, self.territory, self.last_year)

    def _handed_in(self) -> Sentence:
        known = self.data.handed_in
        href = reverse("collection:data")
        if known is None or (self.territory and self.territory.is_school):
            works = counted(len(self.latest), "работе", "работам", "работам")
            return Sentence(
                f"Результаты за {self.last_year} год есть по {works}." if self.latest else "Результатов пока нет.", href
            )
        schools = counted(len(known.schools), "школы", "школ", "школ")
        handed = len(known.schools) - len(known.silent)
        return Sentence(f"Протоколы {known.year} года есть у {handed} из {schools}.", href)

    def _waiting(self) -> Sentence:
        decisions = [batch for batch in self.data.waiting if batch.state == Batch.State.PREVIEW]
        href = reverse("collection:data")
        if not decisions:
            return Sentence("Протоколов, ждущих решения, нет.", href)
        words = counted(len(decisions), "протокол", "протокола", "протоколов")
        return Sentence(f"Решения {plural(len(decisions), 'ждёт', 'ждут', 'ждут')} {words}.", href)

    def _computed(self) -> Sentence:
        stale = [value for value in self.values if value.procedure.values_state != Procedure.Values.FRESH]
        href = reverse("monitoring:results")
        if stale:
            return Sentence(
                f"Значения пересчитываются по {counted(len(stale), 'процедуре', 'процедурам', 'процедурам')}.", href
            )
        procedures = counted(len(self.values), "процедуре", "процедурам", "процедурам")
        return Sentence(self._against_region() or f"Значения посчитаны по {procedures}.", href)

    def _against_region(self) -> str:
        """Of how many works of the year the region lies outside the territory's interval; '' without a region."""
        compared = [
            (value, line, other.mean_percent)
            for value in self.latest
            if (other := self._fuller_of_region(value)) is not None
            and other.mean_percent is not None
            and (line := _line(value)) is not None
            and not line.small
        ]
        if not compared:
            return ""
        below = [work_of(value, capital=False) for value, line, region in compared if line.high < region]
        above = sum(line.low > region for _, line, region in compared)
        named = f" ({join_with_and(below)})" if 0 < len(below) <= MOST_WORKS else ""
        works = counted(len(compared), "работы", "работ", "работ")
        return f"Из {works} {self.last_year} года уверенно ниже региона — {len(below)}{named}, уверенно выше — {above}."

    @cached_property
    def _of_region(self) -> dict[int, Value]:
        return same_procedures(
            [value.procedure_id for value in self.values], self.territory.region_id if self.territory else None
        )

    def _fuller_of_region(self, value: Value) -> Value | None:
        """The region's value, where more participants are known of it than the territory's own."""
        region = self._of_region.get(value.procedure_id)
        return region if region and (region.participants or 0) > (value.participants or 0) else None

    @cached_property
    def board(self) -> Board | None:
        """Of the present year; for those who compare schools, and not on a school's own page."""
        if (
            self.territory is None
            or not self.territory.is_territory
            or not self.sight.may("read_findings", self.territory)
        ):
            return None
        return Board(self.territory, self.sight.year or timezone.localdate().year, SETS[0])

    @property
    def waiting(self) -> list[tuple[Batch, str]]:
        """What waits, with what it is."""
        return self.data.waiting_named[:7]

    @cached_property
    def missing(self) -> list[Organisation]:
        """Schools without a single protocol of the year."""
        return self.data.handed_in.silent if self.data.handed_in else []

    def missing_named(self) -> list[Organisation]:
        """As many of them as are read; the rest stand in the matrix of «Данные»."""
        return self.missing[:MOST_NAMED]

    def missing_others(self) -> int:
        return len(self.missing[MOST_NAMED:])

    def pictures(self) -> dict[str, Chart]:
        """Name in the address → picture; those for which there is nothing to draw are left out."""
        drawn = {"years": self._years(), "marks": self._marks(), "works": self._works()}
        return {name: chart for name, chart in drawn.items() if chart is not None}

    def _years(self) -> Chart | None:
        """Quality by subject and grade, year by year, the region beside it where it is known."""
        shown = [
            value for value in self.values if value.procedure.kind == PICTURED_KIND and value.good and value.good.n
        ]
        cells = []
        for value in sorted(shown, key=_by_grade):
            region = self._fuller_of_region(value)
            cells.append(
                small_multiples.Cell(
                    subject_of(value.procedure).capitalize(),
                    value.procedure.grade,
                    value.procedure.year,
                    100 * value.good.k / value.good.n if value.good else None,
                    100 * region.good.k / region.good.n if region and region.good else None,
                )
            )
        panels = list(dict.fromkeys(cell.panel for cell in cells))
        kept = [cell for cell in cells if cell.panel in panels[:MOST_PANELS]]
        name = self.territory.name if self.territory else ""
        return small_multiples.chart(kept, own_name=name, of_works=len(panels)) if kept else None

    def _marks(self) -> Chart | None:
        rows = [
            (work_of(value), marks)
            for value in self.latest
            if value.procedure.kind == PICTURED_KIND and (marks := value.marks) and sum(marks.values())
        ]
        title = f"{kind_name(PICTURED_KIND)} {self.last_year} года: отметки"
        return marks_bar.chart(rows, title=title) if rows else None

    def _works(self) -> Chart | None:
        """All works of the year by mean per cent, with intervals: where the territory is strong and weak."""
        lines = [line for value in self.latest if (line := _line(value)) is not None]
        title = f"Работы {self.last_year} года: средний процент от максимума"
        return schools_interval.chart(lines, title=title, who=("работа", "работы", "работ")) if lines else None


def work_of(value: Value, capital: bool = True) -> str:
    """«Математика, 5 класс»: the kind and the year stand in the picture's title."""
    subject = subject_of(value.procedure)
    return f"{capitalised(subject) if capital else subject}, {value.procedure.grade}\u00a0класс"


def _by_grade(value: Value) -> tuple[int, str, int]:
    """Panels as in the picture of marks below: grade by grade, in each the years in their order."""
    return value.procedure.grade, value.procedure.subject, value.procedure.year


def _with_kind(value: Value) -> str:
    return f"{kind_name(value.procedure.kind)} · {work_of(value)}"


def _line(value: Value) -> schools_interval.Line | None:
    maximum = value.procedure.maximum
    if value.mean_percent is None or value.mean_low is None or value.mean_high is None or not maximum:
        return None
    n = value.participants or 0
    scale = 100 / maximum
    low, high = value.mean_low * scale, value.mean_high * scale
    return schools_interval.Line(_with_kind(value), value.mean_percent, low, high, n, small=n < FEW)
