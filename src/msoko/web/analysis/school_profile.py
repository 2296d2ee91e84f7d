"""One school in one look: results, conditions, what can be expected, similar schools, findings, tasks that fail."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import NBSP, counted, number
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import expected_actual
from msoko.documents.charts.chart import Chart
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.analysis.class_rights import all_as_read_by
from msoko.web.analysis.models import Figure, Finding
from msoko.web.analysis.queries import figures_of
from msoko.web.analysis.tables import LOOKS
from msoko.web.look.cells import badge
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.procedure_page import FEW
from msoko.web.monitoring.school_page import SchoolPage
from msoko.web.monitoring.titles import subject_of
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight

INDEX, EXPECTATION, SIMILAR = "context.index", "context.expectation", "context.similar"
RATING, CHANGE, ITEMS = "rating.schools", "change.years", "items.figures"
ONE_A_YEAR = (INDEX, EXPECTATION, SIMILAR, RATING, CHANGE)
"""Figures of which a school has one a year; those of the works are read apart, and only the newest year's."""
FAMILIES = {
    "low_results": "Низкие результаты",
    "context": "Сильные стороны",
    "rating": "Сильные стороны",
    "change": "Перемены",
    "objectivity": "Объективность",
    "items": "Задания",
}
"""Family of methods → heading of its findings, in the order of the page."""
MOST_FINDINGS = 3  # of a family at once: a weak school has a dozen about its tasks
MOST_TASKS = 12
FEWEST_SIMILAR = 3
"""Results of fewer similar schools together would tell the results of one of them."""

TASKS = (
    Column("work", "Работа", kind="link"),
    Column("task", "Задание"),
    Column("level", "Уровень"),
    Column("own", "Школа", "%", kind="number", digits=0),
    Column("bounds", "Интервал", "%"),
    Column("territory", "Территория", "%", kind="number", digits=0),
    Column("difference", "Разница", "п. п.", kind="number", digits=0),
)
RESULTS = (
    Column("work", "Работа", kind="link"),
    Column("n", "Участников", kind="count"),
    Column("own", "Школа", "% от макс.", kind="number", digits=1),
    Column("bounds", "Интервал", "%"),
    Column("territory", "Муниципалитет", "%", kind="number", digits=1),
    Column("similar", "Похожие школы", "%", kind="number", digits=1),
)

Told = tuple[SafeString, Finding]
"""The badge of the verdict, the finding."""


@dataclass(frozen=True)
class SchoolProfile:
    school: Organisation
    sight: Sight

    @cached_property
    def results(self) -> SchoolPage:
        return SchoolPage(self.school)

    @cached_property
    def year(self) -> int:
        """The year asked for, else the newest with results; 0 where the school has none."""
        return self.sight.year or max((value.procedure.year for value in self.results.values), default=0)

    @property
    def years(self) -> list[int]:
        return sorted({value.procedure.year for value in self.results.values}, reverse=True)

    @property
    def sees_others(self) -> bool:
        """A school's own people learn nothing of other schools but their names."""
        return self.sight.may("read_findings", self.school)

    # ---- figures

    @cached_property
    def _figures(self) -> dict[str, Figure]:
        found = Figure.objects.filter(organisation=self.school, year=self.year, method__in=ONE_A_YEAR, about="")
        return {one.method: one for one in found}

    def figure(self, method: str) -> Figure | None:
        return self._figures.get(method)

    def facts(self) -> list[tuple[str, str]]:
        """The row of facts under the name: (what, how much)."""
        index, rating = self.figure(INDEX), self.figure(RATING)
        latest = [value for value in self.results.values if value.procedure.year == self.year]
        facts = [("Работ за год", number(len(latest)))]
        if index and index.statistic.get("pupils"):
            facts.insert(0, ("Обучающихся", number(index.statistic["pupils"])))
        if index:
            facts.append(("Индекс условий", f"{number(index.statistic['index'], 1)}"))
        if rating and self.sees_others:
            said = rating.statistic
            facts.append(("Место", f"{said['low']}–{said['high']} из{NBSP}{said['of']}"))
        return facts

    @property
    def expectation(self) -> str:
        figure = self.figure(EXPECTATION)
        return figure.sentence if figure else ""

    @property
    def conditions(self) -> str:
        """What the social passport says; other schools' shares are not for a school's own people."""
        figure = self.figure(INDEX)
        return figure.sentence if figure and self.sees_others else ""

    @property
    def change(self) -> str:
        figure = self.figure(CHANGE)
        return figure.sentence if figure else ""

    @property
    def rating(self) -> str:
        figure = self.figure(RATING)
        return figure.sentence if figure and self.sees_others else ""

    # ---- similar schools

    @cached_property
    def similar(self) -> list[tuple[int, str]]:
        """(key, name) of the nearest schools by conditions, the nearest first."""
        figure = self.figure(SIMILAR)
        return [(one["organisation"], one["name"]) for one in figure.statistic["nearest"]] if figure else []

    def similar_with_links(self) -> list[Text]:
        keys = [key for key, _ in self.similar]
        seen = set(self.sight.organisations.filter(pk__in=keys).values_list("pk", flat=True))
        return [Text(name, reverse("analysis:school", args=[key]) if key in seen else "") for key, name in self.similar]

    @cached_property
    def _of_similar(self) -> dict[int, tuple[int, float]]:
        """Procedure → (participants, per cent of the maximum) of the similar schools together: a ratio of sums."""
        found = self._values_of_similar().values_list("procedure", "participants", "mean_percent")
        sums: dict[int, list[tuple[int, float]]] = {}
        for procedure, n, mean in found:
            sums.setdefault(procedure, []).append((n or 0, mean or 0.0))  # those without either are not read
        return {
            procedure: (sum(n for n, _ in parts), sum(n * mean for n, mean in parts) / sum(n for n, _ in parts))
            for procedure, parts in sums.items()
            if len(parts) >= FEWEST_SIMILAR
        }

    def _values_of_similar(self) -> QuerySet[Value]:
        return Value.objects.filter(
            organisation__in=[key for key, _ in self.similar],
            procedure__year=self.year,
            whole=True,
            score="items",
            participants__gt=0,
            mean_percent__isnull=False,
        )

    def results_table(self) -> Table:
        """Works of the year beside the municipality and the similar schools together."""
        latest = [value for value in self.results.values if value.procedure.year == self.year]
        rows = [Row(self._result(value), "pale" if (value.participants or 0) < FEW else "") for value in latest]
        note = "" if self._of_similar else "Похожие школы не подобраны: нет социального паспорта."
        return Table(f"Результаты {self.year} года", RESULTS, rows, note=note)

    def _result(self, value: Value) -> dict[str, Cell]:
        procedure, territory = value.procedure, self.results.of_municipality(value)
        similar = self._of_similar.get(procedure.pk)
        title = f"{kind_name(procedure.kind)} · {subject_of(procedure)}"
        return {
            "work": _link(procedure.pk, self.school.pk, title, procedure.grade),
            "n": _known(value.participants),
            "own": _known(value.mean_percent),
            "bounds": _bounds(value.mean_low, value.mean_high, procedure.maximum),
            "territory": _known(territory.mean_percent if territory else None),
            "similar": _known(similar[1] if similar else None),
        }

    # ---- expected against actual

    def expected_picture(self) -> Chart | None:
        """Schools of the municipality; a school's own people see their own point alone."""
        if self.figure(EXPECTATION) is None or self.school.municipality is None:
            return None
        place = self.school.municipality if self.sees_others else self.school
        found = figures_of(EXPECTATION, place, self.year).filter(about="").select_related("organisation")
        schools = [self._point(one) for one in found.order_by("organisation__sort_key")]
        return expected_actual.chart(schools)

    def _point(self, figure: Figure) -> expected_actual.School:
        said = figure.statistic
        error = (said["high"] - said["low"]) / 2
        return expected_actual.School(
            name=figure.organisation.name,
            expected=said["expected"],
            actual=said["actual"],
            low=said["actual"] - error,
            high=said["actual"] + error,
            n=said["pupils"],
            own=figure.organisation_id == self.school.pk,
        )

    # ---- findings

    @cached_property
    def findings(self) -> list[Finding]:
        """What is said of the school in the year, the surest first, what a rule marks against the odds last."""
        found = Finding.objects.filter(organisation=self.school, year=self.year, superseded_at=None)
        ordered = sorted(
            found.select_related("organisation").defer("inputs"),
            key=lambda one: (SURENESS.index(Verdict(one.verdict)), -one.strength, one.pk),
        )
        return all_as_read_by(self.sight, ordered)

    def findings_by_family(self) -> list[tuple[str, list[Told], list[Told]]]:
        """Heading → those that are shown at once, and the rest."""
        groups: dict[str, list[Told]] = {heading: [] for heading in FAMILIES.values()}
        for one in self.findings:
            verdict = Verdict(one.verdict)
            heading = FAMILIES.get(one.method.partition(".")[0], "Другое")
            groups.setdefault(heading, []).append((badge(LOOKS[verdict], verdict.words), one))
        return [(heading, found[:MOST_FINDINGS], found[MOST_FINDINGS:]) for heading, found in groups.items() if found]

    def main_things(self) -> list[str]:
        """Three sentences at most: results of the year, the surest finding, expected against actual."""
        said = self.results.main_things()[:2]
        sure = [one for one in self.findings if one.verdict == Verdict.ROBUST]
        if sure:
            said.append(f"Устойчивых выводов{NBSP}— {number(len(sure))}.")
        elif self.findings:
            waiting = counted(len(self.findings), "вывод", "вывода", "выводов")
            said.append(f"Устойчивых выводов нет; всего {waiting}.")
        return said

    # ---- tasks

    def tasks_table(self) -> Table | None:
        """Tasks that the school surely does worse than the territory, the furthest behind first."""
        figures = Figure.objects.filter(organisation=self.school, year=self.year, method=ITEMS)
        rows = sorted((row for one in figures for row in self._tasks(one)), key=lambda row: row["difference"])
        if not rows:
            return None
        more = len(rows) - MOST_TASKS
        note = f"Показаны {MOST_TASKS} самых отстающих заданий из{NBSP}{len(rows)}." if more > 0 else ""
        return Table("Задания, которые выполнены уверенно хуже, чем по территории", TASKS, rows[:MOST_TASKS], note=note)

    def _tasks(self, figure: Figure) -> list[dict[str, Any]]:
        said = figure.statistic
        below = set(said.get("below") or ())
        return [self._task(said, item) for item in said["items"] if item["number"] in below]

    def _task(self, said: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
        title = f"{kind_name(said['kind'])} · {said['name']}"
        return {
            "work": _link(said["procedure"], self.school.pk, title, said["grade"], "items"),
            "task": item["number"],
            "level": item["level"] or Unknown.MISSING,
            "own": item["facility"],
            "bounds": f"{number(item['low'])}–{number(item['high'])}",
            "territory": item["territory"],
            "difference": item["facility"] - item["territory"],
        }


SURENESS = (Verdict.ROBUST, Verdict.LIKELY, Verdict.FEW_DATA, Verdict.DOUBTFUL)


def _link(procedure: int, school: int, title: str, grade: int, tab: str = "") -> Text:
    address = reverse("monitoring:procedure", args=[procedure, tab] if tab else [procedure])
    return Text(f"{title} · {grade}{NBSP}класс", f"{address}?territory={school}")


def _known(value: float | None) -> float | Unknown:
    return Unknown.MISSING if value is None else value


def _bounds(low: float | None, high: float | None, maximum: int | None) -> Cell:
    if low is None or high is None or not maximum:
        return Unknown.MISSING
    return f"{number(100 * low / maximum)}–{number(100 * high / maximum)}"
