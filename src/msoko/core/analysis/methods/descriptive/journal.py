"""Marks that schools give themselves, by subject and period: успеваемость, качество, СОУ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.analysis.forms import Row, academic_year, asked, by, by_school, count_in, newest, of_the_year, strangers
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.rates import rates_in_words, rates_told
from msoko.core.monitoring.marking import MARKS, pass_rate, quality_rate, sou
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, join_with_and, number, plural
from msoko.core.vocabulary.unknowns import Unknown
from msoko.core.vocabulary.words import natural_key

FORMS = {"journal_marks": "period", "yearly_marks": "outcome"}
"""Form → its column that says for what the marks are."""
TITLES = {"journal_marks": "отметки за период", "yearly_marks": "годовые отметки"}
COLUMNS = {2: "two", 3: "three", 4: "four", 5: "five"}
MARK_WORDS = {"годовая": "годовая отметка", "итоговая": "итоговая отметка"}
LONGEST_SUBJECT = 80
"""Letters of a subject that name a result: people type the subject, and the place of a result is short."""
PUPILS = ("обучающийся", "обучающихся", "обучающихся")
NO_FORMS = "отметок за четверти и годовых отметок этого учебного года в системе нет"
NO_MARKS = "отметок нет: ни один обучающийся не аттестован"


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a school, subject and period; its interval is that of успеваемость, per cent."""
    weight = int(parameters["sou_not_assessed"])
    results: list[Result] = []
    not_computed: list[NotComputed] = []
    for form, column in FORMS.items():
        rows = asked(panel, of_the_year(panel, form))
        not_computed += strangers(rows, TITLES[form])
        for school, own in by_school(panel, newest(rows, "class_name", "subject", column)).items():
            for (subject, period), of_classes in by(own, "subject", column).items():
                classes = [_class(row) for row in sorted(of_classes, key=_order)]
                not_computed += _left_out(school, f"{subject}, {period}", classes)
                known = [one for one in classes if one.marks is not None]
                if any(one.assessed for one in known):
                    results.append(_result(panel, school, (subject, period), known, weight))
                elif known:
                    not_computed.append(NotComputed(school, f"{subject}, {period}: {NO_MARKS}"))
    if not results and not not_computed:
        not_computed.append(NotComputed(None, NO_FORMS))
    return Outcome(tuple(results), not_computed=tuple(not_computed))


def _order(row: Row) -> tuple[Any, ...]:
    return natural_key(str(row.get("class_name") or ""))


@dataclass(frozen=True)
class _Class:
    """Marks 2…5 of one class, None where one of the four numbers is not known; so with those not assessed."""

    name: str
    marks: dict[int, int] | None
    not_assessed: int | None

    @property
    def assessed(self) -> int:
        return sum(self.marks.values()) if self.marks else 0


def _class(row: Row) -> _Class:
    counts = {mark: count_in(row.get(column)) for mark, column in COLUMNS.items()}
    marks = {mark: n for mark, n in counts.items() if not isinstance(n, Unknown)}
    name = str(row.get("class_name") or "")
    if len(marks) < len(MARKS):
        return _Class(name, None, None)
    return _Class(name, marks, _not_assessed(row, sum(marks.values())))


def _not_assessed(row: Row, assessed: int) -> int | None:
    """A blank cell is what the pupils of the class leave over; a dash is nobody."""
    said, pupils = count_in(row.get("not_assessed")), count_in(row.get("pupils"))
    if not isinstance(said, Unknown):
        return said
    if said is Unknown.NOT_APPLICABLE:
        return 0
    left_over = None if isinstance(pupils, Unknown) or pupils < assessed else pupils - assessed
    return left_over if said is Unknown.MISSING else None


def _left_out(school: int, about: str, classes: Sequence[_Class]) -> list[NotComputed]:
    """Classes of which a number of marks is not known: they are in no figure, and named."""
    unknown = [one.name or "без названия" for one in classes if one.marks is None]
    if not unknown:
        return []
    word = "класса" if len(unknown) == 1 else "классов"
    return [NotComputed(school, f"{about}: число отметок {word} {join_with_and(unknown)} не{NBSP}известно")]


def _result(panel: Panel, school: int, about: tuple[str, str], classes: Sequence[_Class], weight: int) -> Result:
    marks = {mark: sum((one.marks or {})[mark] for one in classes) for mark in MARKS}
    of_class = [one.not_assessed for one in classes]
    not_assessed = None if None in of_class else sum(one or 0 for one in of_class)
    rates = rates_told(marks, not_assessed or 0, weight)
    if not_assessed is None:
        rates |= {"sou": None, "not_assessed": None}
    return Result(
        organisation=school,
        statistic={
            "subject": about[0],
            "period": about[1],
            "academic_year": academic_year(panel),
            "n": sum(marks.values()),
            **rates,
            "classes": [_told(one, weight) for one in classes if one.assessed],
        },
        interval=(rates["pass_rate"]["low"], rates["pass_rate"]["high"]),
        about=f"journal/{about[0][:LONGEST_SUBJECT]}/{about[1]}",
        strength=rates["quality_rate"]["percent"],
    )


def _told(one: _Class, weight: int) -> dict[str, Any]:
    marks = one.marks or {}
    passed, good = pass_rate(marks), quality_rate(marks)
    known = one.not_assessed is not None
    return {
        "name": one.name,
        "n": passed.n,
        "passed": passed.k,
        "good": good.k,
        "not_assessed": one.not_assessed,
        "sou": sou(marks, one.not_assessed or 0, weight) if known else None,
    }


def sentence(told: Told) -> str:
    """«Математика, 1 четверть 2025/26 учебного года (2 класса, 48 обучающихся с отметками): успеваемость — …»"""
    statistic = told.statistic
    classes = counted(len(statistic["classes"]), "класс", "класса", "классов")
    head = f"{capitalised(statistic['subject'])}, {_period(statistic)} {statistic['academic_year']} учебного года"
    n = counted(statistic["n"], *PUPILS)
    return f"{head} ({classes}, {n} с{NBSP}отметками): {rates_in_words(statistic)}{_not_assessed_words(statistic)}."


def _period(statistic: Mapping[str, Any]) -> str:
    return MARK_WORDS.get(statistic["period"], statistic["period"])


def _not_assessed_words(statistic: Mapping[str, Any]) -> str:
    left = statistic["not_assessed"]
    if left is None:
        return f", число неаттестованных не{NBSP}известно"
    word = plural(left, "аттестован", "аттестованы", "аттестованы")
    return f", не{NBSP}{word}{NBSP}{number(left)}" if left else ""
