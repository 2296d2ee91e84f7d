"""Groups of pupils of one school: at risk and of high potential. How many, for all who see the school; which ones, by
their codes, for the school alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse

from msoko.core.analysis.linking import CLASS as SAME_CLASS
from msoko.core.analysis.linking import SEX, place_in_words, put_together
from msoko.core.analysis.methods.groups.at_risk import Coded, codes_at_risk
from msoko.core.analysis.methods.groups.high_potential import HOW, codes_of_high_potential
from msoko.core.analysis.methods.groups.two_marks import ALL, MANDATORY, CodedInTwo, codes_of_two_marks
from msoko.core.analysis.panel import People, Pupils
from msoko.core.analysis.rates import share_of
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, number
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.analysis.code_rights import may_read_codes
from msoko.web.analysis.gathering import as_in_panel, score_basis
from msoko.web.analysis.method_runs import MethodRuns
from msoko.web.analysis.models import Figure
from msoko.web.analysis.not_computed import silences, table_of
from msoko.web.analysis.people import people_of
from msoko.web.analysis.pupils import pupils_of
from msoko.web.analysis.queries import School
from msoko.web.analysis.statistic_words import title_of_work
from msoko.web.collection.models import Procedure
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight

AT_RISK, HIGH = "groups.at_risk", "groups.high_potential"
TWO, SUMS = "groups.two_marks", "exams.sum_of_three"
METHODS = (AT_RISK, HIGH, TWO, SUMS)
ABOVE = "above"
TASKS = "items"
BELOW, NEAR = "ниже границы", "у\u00a0границы"
WORKS = ("работе", "работах", "работах")

WORK = Column("work", "Работа", kind="link")
RISK = (
    WORK,
    Column("at_risk", "В зоне риска", kind="share"),
    Column("failed", "Не справились", kind="share"),
    Column("near", "У границы", kind="share"),
    Column("scores", "Баллы у границы", align="right"),
)
TOP = (
    WORK,
    Column("own", "В школе", kind="share"),
    Column("threshold", "Порог, баллов", kind="count"),
    Column("region", "По региону", "%", kind="number", digits=1),
    Column("how", "Сравнение"),
)
AGREED = (
    Column("sex", "Пол совпал", kind="share"),
    Column("class", "Класс совпал", kind="share"),
)
TWOS = (
    Column("place", "Работы"),
    Column("all", "«2» по двум предметам", kind="share"),
    Column("mandatory", "По обязательным", kind="share"),
    *AGREED,
)
SUM = (
    Column("place", "Экзамены"),
    Column("high", "Высокая сумма", kind="share"),
    Column("low", "Низкая сумма", kind="share"),
    *AGREED,
)
CODE, CLASS = Column("code", "Код"), Column("class", "Класс")
CODES = (CODE, CLASS, Column("score", "Балл", kind="count"))


@dataclass(frozen=True)
class GroupsPage:
    """`asked_procedure` is the work whose codes are asked for, by key."""

    school: Organisation
    sight: Sight
    asked_procedure: int | None = None

    @property
    def reads_codes(self) -> bool:
        return may_read_codes(self.sight, self.school)

    @cached_property
    def years(self) -> list[int]:
        """In which anything is known of the school."""
        found = Figure.objects.filter(organisation=self.school, method__in=METHODS)
        return sorted(set(found.order_by().values_list("year", flat=True).distinct()), reverse=True)

    @property
    def year(self) -> int | None:
        return self.sight.year or next(iter(self.years), None)

    @cached_property
    def runs(self) -> MethodRuns:
        return MethodRuns(METHODS, replace(self.sight, year=self.year), self.school)

    # ---- how many

    @cached_property
    def _figures(self) -> dict[str, list[Figure]]:
        found = Figure.objects.filter(organisation=self.school, year=self.year or 0, method__in=METHODS)
        by_method: dict[str, list[Figure]] = {method: [] for method in METHODS}
        for one in sorted(found, key=_order):
            by_method[one.method].append(one)
        return by_method

    @property
    def at_risk(self) -> list[Figure]:
        return self._figures[AT_RISK]

    @property
    def high(self) -> list[Figure]:
        return self._figures[HIGH]

    def headline(self) -> list[str]:
        """The work with the most at risk, and how often the school has more of the best than the region."""
        said = []
        most = max(self.at_risk, key=lambda one: one.strength, default=None)
        if most is not None:
            said.append(most.sentence)
        above = [one for one in self.high if one.statistic["against_region"] == ABOVE]
        if self.high:
            works = f"{counted(len(above), *WORKS)} из{NBSP}{number(len(self.high))}" if above else ""
            where = f"в{NBSP}{works}" if above else f"ни{NBSP}в{NBSP}одной работе"
            said.append(f"Участников с{NBSP}лучшими результатами больше, чем по{NBSP}региону, {where}.")
        return said

    def risk_table(self) -> Table:
        rows = [self._work(one) | _at_risk(one.statistic) for one in self.at_risk]
        return Table(f"Группа риска, {self.year}", RISK, rows)

    def high_table(self) -> Table:
        rows = [self._work(one) | _high(one.statistic) for one in self.high]
        return Table(f"Высокий потенциал, {self.year}", TOP, rows)

    @property
    def two(self) -> list[Figure]:
        return self._figures[TWO]

    @property
    def sums(self) -> list[Figure]:
        return self._figures[SUMS]

    def two_table(self) -> Table:
        return Table(f"Двойки по двум предметам, {self.year}", TWOS, [_linked(one, ALL, MANDATORY) for one in self.two])

    def sums_table(self) -> Table:
        return Table(f"Сумма баллов за три ЕГЭ, {self.year}", SUM, [_linked(one, "high", "low") for one in self.sums])

    def _work(self, figure: Figure) -> dict[str, Cell]:
        address = reverse("monitoring:procedure", args=[figure.statistic["procedure"]])
        return {"work": Text(title_of_work(figure.statistic), f"{address}?territory={self.school.pk}")}

    def unknown_table(self) -> Table:
        """What is not counted of the school, and why."""
        school = School(self.school.pk, self.school.name, "", self.school.municipality_id)
        said = [
            one
            for method in METHODS
            for one in silences(self.runs.of(method), self.runs.speaking(method), {self.school.pk: school})
        ]
        return table_of(list(dict.fromkeys(said)), "Что не посчитано")

    # ---- which ones

    @property
    def works(self) -> list[tuple[int, str]]:
        """Works whose codes may be asked for; none for those who may not read them."""
        if not self.reads_codes:
            return []
        figures = {one.statistic["procedure"]: one.statistic for one in (*self.at_risk, *self.high)}
        return [(key, title_of_work(said)) for key, said in figures.items()]

    @cached_property
    def work(self) -> int | None:
        """The one asked for, else that with the most at risk."""
        known = [key for key, _ in self.works]
        if self.asked_procedure in known:
            return self.asked_procedure
        most = max(self.at_risk, key=lambda one: one.strength, default=None)
        return most.statistic["procedure"] if known and most else next(iter(known), None)

    @property
    def work_title(self) -> str:
        return dict(self.works).get(self.work or 0, "")

    @cached_property
    def _procedure(self) -> Procedure | None:
        return Procedure.objects.filter(pk=self.work).first() if self.work else None

    @cached_property
    def _pupils(self) -> Pupils | None:
        """None for those who may not read codes: whatever is told of a single pupil comes from here."""
        if self._procedure is None or not self.reads_codes:
            return None
        run = self.runs.speaking(AT_RISK)
        score = str(run.parameters.get("score", TASKS)) if run else TASKS
        return pupils_of(self._procedure, score, {self.school.pk})

    def _said(self, figures: Sequence[Figure]) -> Mapping[str, Any] | None:
        return next((one.statistic for one in figures if one.statistic["procedure"] == self.work), None)

    @cached_property
    def _codes_at_risk(self) -> tuple[Coded, ...] | str:
        said = self._said(self.at_risk)
        if said is None or self._pupils is None or self._procedure is None:
            return "группа риска считается только по\u00a0обязательным предметам"
        margin = 0 if said["near_from"] is None else said["near_to"] - said["near_from"] + 1
        return codes_at_risk(self._pupils, as_in_panel(self._procedure), self.school.pk, margin)

    def codes_at_risk_table(self) -> Table | None:
        """None for those who may not read codes, and where nobody can say them."""
        said, codes = self._said(self.at_risk), self._codes_at_risk
        if said is None or isinstance(codes, str):
            return None
        columns = (*CODES, Column("why", "Почему"))
        rows = [Row(_coded(one) | {"why": BELOW if one.score < said["near_from"] else NEAR}) for one in codes]
        return Table(f"Группа риска: {self.work_title}", columns, rows)

    def codes_of_high_table(self) -> Table | None:
        said, procedure = self._said(self.high), self._procedure
        if said is None or self._pupils is None or procedure is None or as_in_panel(procedure).is_exam:
            return None
        codes = codes_of_high_potential(self._pupils, self.school.pk, said["threshold"])
        return Table(f"Высокий потенциал: {self.work_title}", CODES, [Row(_coded(one)) for one in codes])

    @cached_property
    def _codes_of_two(self) -> tuple[CodedInTwo, ...] | None:
        """Of the works that were written along with the chosen one; None for those who may not read codes."""
        keys: list[int] = next(
            (one.statistic["procedures"] for one in self.two if self.work in one.statistic["procedures"]), []
        )
        if not self.reads_codes or not keys:
            return None
        works = Procedure.objects.filter(pk__in=keys).order_by("pk")
        run = self.runs.speaking(TWO)
        score = str(run.parameters.get("score", TASKS)) if run else TASKS
        read = {as_in_panel(one): people_of(one, score_basis(one, score), {self.school.pk}) for one in works}
        people = {work: rows for work, rows in read.items() if isinstance(rows, People)}
        return codes_of_two_marks(put_together(people), self.school.pk) if people else None

    def codes_of_two_table(self) -> Table | None:
        if self._codes_of_two is None:
            return None
        columns = (CODE, CLASS, Column("subjects", "Не справился"))
        rows = [
            Row({"code": one.code, "class": one.class_name or Unknown.MISSING, "subjects": one.subjects})
            for one in self._codes_of_two
        ]
        return Table("Двойки по двум предметам", columns, rows)

    @property
    def why_no_codes(self) -> str:
        """Why those at risk are not told by code, as a sentence; '' where they are."""
        return f"{capitalised(self._codes_at_risk)}." if isinstance(self._codes_at_risk, str) else ""

    @property
    def is_incomplete(self) -> bool:
        """Are fewer told by code than were counted: a scale asked for more than the total, or a table was counted?"""
        said, codes = self._said(self.at_risk), self._codes_at_risk
        return said is not None and not isinstance(codes, str) and len(codes) < said["at_risk"]["k"]


def _order(figure: Figure) -> tuple[Any, ...]:
    said = figure.statistic
    return said["kind"], said["grade"], said.get("name", ""), figure.about


def _linked(figure: Figure, *shares: str) -> dict[str, Cell]:
    """A row of results put together by pupil; where all subjects are mandatory, they are not told a second time."""
    said = figure.statistic
    agreed = {what: _share(said["agreement"].get(what)) for what in (SEX, SAME_CLASS)}
    told = {name: _share(said[name]) if said[name] else Unknown.NOT_APPLICABLE for name in shares}
    return {"place": place_in_words(said), **told, **agreed}


def _share(told: Mapping[str, Any] | None) -> Cell:
    return share_of(told) if told else Unknown.MISSING


def _at_risk(said: Mapping[str, Any]) -> dict[str, Cell]:
    low, high = said["near_from"], said["near_to"]
    scores = Unknown.MISSING if low is None else number(low) if low == high else f"{number(low)}–{number(high)}"
    shares = {name: _share(said[name]) for name in ("at_risk", "failed", "near")}
    return {**shares, "scores": Unknown.NOT_APPLICABLE if low is not None and high < low else scores}


def _high(said: Mapping[str, Any]) -> dict[str, Cell]:
    return {
        "own": _share(said["own"]),
        "threshold": said["threshold"],
        "region": said["region"]["percent"],
        "how": HOW[said["against_region"]],
    }


def _coded(one: Coded) -> dict[str, Cell]:
    return {"code": one.code, "class": one.class_name or Unknown.MISSING, "score": one.score}


TABLES: dict[str, Callable[[GroupsPage], Table | None]] = {
    "risk": GroupsPage.risk_table,
    "high": GroupsPage.high_table,
    "two": GroupsPage.two_table,
    "sums": GroupsPage.sums_table,
    "unknown": GroupsPage.unknown_table,
    "codes_at_risk": GroupsPage.codes_at_risk_table,
    "codes_of_high": GroupsPage.codes_of_high_table,
    "codes_of_two": GroupsPage.codes_of_two_table,
}
