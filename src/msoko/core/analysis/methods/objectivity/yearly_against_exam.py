"""Yearly marks against the marks of the examination of the same subject and academic year, in the same school.

Both tell of (nearly) the same pupils, but as counts only: pupils are not linked. What is compared is the share of «4»
and «5», with the difference of mean marks beside it, and both with what is usual between the two in the other schools.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.forms import Row, by_school, count_in, grade_in, newest, strangers, text_in
from msoko.core.analysis.headings import nothing_asked, place_of
from msoko.core.analysis.methods.objectivity._published import (
    Judged,
    as_outcome,
)
from msoko.core.analysis.methods.objectivity._published_gaps import (
    GapRule,
    Value,
    difference_of_shares,
    judge_values,
    variance_of_share,
)
from msoko.core.analysis.methods.objectivity._published_sureness import rarity, reason
from msoko.core.analysis.outcome import NotComputed, Outcome, Told
from msoko.core.analysis.panel import NO_MARKS, NOBODY, Group, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import of_work
from msoko.core.monitoring.marking import MARKS, mean_mark, quality_rate
from msoko.core.vocabulary.russian import NBSP, capitalised, share_in_words, signed
from msoko.core.vocabulary.shares import Z_95
from msoko.core.vocabulary.unknowns import Unknown
from msoko.core.vocabulary.words import look_alike

FORM = "yearly_marks"
COLUMNS = {2: "two", 3: "three", 4: "four", 5: "five"}
NO_FORM = "годовых отметок за этот учебный год в системе нет"
NO_ROWS = "годовых отметок школы по этому предмету и классу нет"
NOT_KNOWN = "в годовых отметках школы есть незаполненные или скрытые числа"
ALSO = {"mathematics": ("алгебра",)}
"""Where a journal does not name the subject itself: in grades 7–9 the yearly mark in maths is that of algebra."""

Marks = dict[int, int]


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A finding a school and examination; its interval is of the difference of shares to the usual one, points."""
    rule = GapRule.of(parameters)
    exams = chosen(panel.asked(), parameters["procedures"])
    rows = _of_years(panel.records.get(FORM, ()), exams, parameters["outcome"])
    of_pupils = _by_pupils(rows)
    judged = [judge(panel, one, of_pupils.get(_pupils_of(one), []), rule) for one in exams]
    return as_outcome(judged, *nothing_asked(panel, exams), *strangers(rows, "годовые отметки"))


def _of_years(rows: Iterable[Row], exams: Sequence[Procedure], outcome: str) -> list[Row]:
    """Rows of the academic years of the examinations. The years come first and as text: a region has rows by the
    hundred thousand, most of them of other years."""
    years = {str(one.academic_year) for one in exams}
    return [row for row in rows if str(row.get("academic_year")) in years and text_in(row.get("outcome")) == outcome]


Pupils = tuple[int, int]
"""Academic year and grade."""


def _by_pupils(rows: Iterable[Row]) -> dict[Pupils, list[Row]]:
    found: dict[Pupils, list[Row]] = {}
    for row in rows:
        year, grade = count_in(row.get("academic_year")), grade_in(row)
        if not isinstance(year, Unknown) and grade is not None:
            found.setdefault((year, grade), []).append(row)
    return found


def _pupils_of(procedure: Procedure) -> Pupils:
    return procedure.academic_year, procedure.pupils_grade or procedure.grade


def judge(panel: Panel, procedure: Procedure, rows: Sequence[Row], rule: GapRule) -> Judged:
    """All schools of one examination; `rows` are of the classes that sat it, in all subjects."""
    yearly = _yearly(panel, procedure, rows)
    if not yearly:
        return Judged.nobody(procedure, NO_FORM)
    values, unknown = [], []
    for school, group in panel.each_school(procedure):
        found = _value(procedure, group, yearly.get(school.key, NO_ROWS))
        if isinstance(found, str):
            unknown.append(NotComputed(school.key, found, procedure.key))
        else:
            values.append(found)
    return judge_values(procedure, values, unknown, rule, place_of(procedure))


def _yearly(panel: Panel, procedure: Procedure, rows: Sequence[Row]) -> dict[int, Marks | str]:
    """School → marks of all its classes together, or why they are not known."""
    of_school = by_school(panel, newest(_in_the_subject(procedure, rows), "class_name"))
    return {school: _added_up(classes) for school, classes in of_school.items()}


def _in_the_subject(procedure: Procedure, rows: Sequence[Row]) -> Iterator[Row]:
    """Rows of the subject by its own name; of a school that has none, by a name that stands for it."""
    own = {look_alike(name) for name in (procedure.subject, procedure.subject_name, procedure.code) if name}
    also = {look_alike(name) for name in ALSO.get(procedure.subject, ())}
    with_own = {row["organisation"] for row in rows if _subject(row) in own}
    for row in rows:
        if _subject(row) in own or (_subject(row) in also and row["organisation"] not in with_own):
            yield row


def _subject(row: Row) -> str:
    return look_alike(text_in(row.get("subject")))


def _added_up(classes: Sequence[Row]) -> Marks | str:
    """One number that is not known makes the whole unknown."""
    marks = dict.fromkeys(MARKS, 0)
    for row in classes:
        for mark, column in COLUMNS.items():
            count = count_in(row.get(column))
            if isinstance(count, Unknown):
                return NOT_KNOWN
            marks[mark] += count
    return marks


def _value(procedure: Procedure, group: Group, yearly: Marks | str) -> Value | str:
    if group.marks is None:
        return NO_MARKS if group.n else NOBODY
    if isinstance(yearly, str):
        return yearly
    exam, year = quality_rate(group.marks), quality_rate(yearly)
    if not exam.n or not year.n:
        return NOBODY
    value = 100 * year.k / year.n - 100 * exam.k / exam.n
    return Value(
        school=group.organisation,
        n=min(exam.n, year.n),
        value=value,
        bounds=difference_of_shares(year, exam),
        score=value,
        variance=variance_of_share(year) + variance_of_share(exam),
        statistic={
            **procedure.told(),
            "yearly": [yearly[mark] for mark in MARKS],
            "exam": [group.marks[mark] for mark in MARKS],
            "mean_yearly": mean_mark(yearly),
            "mean_exam": mean_mark(group.marks),
            "mean_difference": mean_mark(yearly) - mean_mark(group.marks),
            "mean_bounds": _bounds_of_means(yearly, group.marks),
        },
        inputs=(group.input,),
    )


def _bounds_of_means(yearly: Mapping[int, int], exam: Mapping[int, int]) -> list[float]:
    """95 % bounds of the difference of mean marks, taken as independent: for the same pupils rather too wide."""
    difference = mean_mark(yearly) - mean_mark(exam)
    half = Z_95 * sqrt(_variance_of_mean(yearly) + _variance_of_mean(exam))
    return [difference - half, difference + half]


def _variance_of_mean(marks: Mapping[int, int]) -> float:
    n, mean = sum(marks.values()), mean_mark(marks)
    return sum(k * (mark - mean) ** 2 for mark, k in marks.items()) / (n - 1) / n if n > 1 else 0.0


def sentence(told: Told) -> str:
    """«По математике (ОГЭ) годовых «4» и «5» — 71 % (34 из 48; …), на экзамене — 35 % (16 из 46; …). Разница …»."""
    said: dict[str, Any] = dict(told.statistic)
    yearly, exam = (dict(zip(MARKS, said[name], strict=True)) for name in ("yearly", "exam"))
    of_year, of_exam = quality_rate(yearly), quality_rate(exam)
    low, high = (signed(bound, 2) for bound in said["mean_bounds"])
    return (
        f"{capitalised(of_work(said))} годовых «4» и{NBSP}«5»{NBSP}— {share_in_words(of_year)}, "
        f"на{NBSP}экзамене{NBSP}— {share_in_words(of_exam)}. Разница {signed(said['value'])}{NBSP}п.{NBSP}п., обычно "
        f"в{NBSP}школах {signed(said['usual'])}{NBSP}п.{NBSP}п.; средняя годовая отметка отличается "
        f"на{NBSP}{signed(said['mean_difference'], 2)} (от{NBSP}{low} до{NBSP}{high})."
        f"{rarity(told)}{reason(told, 'годовые отметки')}"
    )
