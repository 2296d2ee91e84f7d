"""Yearly marks against the examination: sums of classes, matching of rows, the rule, and the edges."""

from dataclasses import replace
from math import sqrt
from statistics import mean, median, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity.yearly_against_exam import (
    NO_FORM,
    NO_ROWS,
    NOT_KNOWN,
    compute,
    sentence,
)
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.panel import NO_MARKS, NOBODY
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.analysis.panels import panel_of, parameters, work

NAME = "objectivity.yearly_against_exam"
EXAM = work(1, "mathematics", 9, kind="oge")  # scores 3, 7, 12, 17 are marks 2, 3, 4, 5
SCORES = {2: 3, 3: 7, 4: 12, 5: 17}
DEFAULT = parameters(NAME)
marks_of_school = st.lists(st.sampled_from([2, 3, 4, 5]), min_size=1, max_size=14)


def row(key, marks, class_name="9А", **more):
    """A row of the form as it is stored: every cell is text."""
    counts = {name: str(marks.count(mark)) for mark, name in ((2, "two"), (3, "three"), (4, "four"), (5, "five"))}
    said = {"organisation": key, "school": f"Школа № {key}", "academic_year": "2024", "subject": "Математика"}
    return {**said, "class_name": class_name, "outcome": "годовая", **counts, **more}


def panel(by_school, rows, exam=EXAM):
    sat = {key: [SCORES[mark] for mark in marks] for key, marks in by_school.items()}
    return panel_of({exam: sat}, records={"yearly_marks": rows})


USUAL_EXAM = {key: [3] * (10 - key % 3) + [4] * (8 + key % 4) + [5] * 2 for key in range(10, 30)}
USUAL_ROWS = [row(key, [3] * (8 + key % 2) + [4] * (9 - key % 3) + [5] * 3) for key in range(10, 30)]


def good(marks):
    return 100 * sum(mark >= 4 for mark in marks) / len(marks)


@given(st.dictionaries(st.integers(10, 40), st.tuples(marks_of_school, marks_of_school), min_size=10, max_size=14))
def test_the_gap_of_whoever_is_marked_is_that_of_its_pupils_marks(drawn):
    exam = {key: after for key, (_, after) in drawn.items()}
    rows = [row(key, yearly) for key, (yearly, _) in drawn.items()]
    outcome = compute(panel(exam, rows), parameters(NAME, unusual="0.4", least="5", min_n="1"))
    gaps = {key: good(yearly) - good(after) for key, (yearly, after) in drawn.items()}
    for result in outcome.results:
        told, (yearly, after) = result.statistic, drawn[result.organisation]
        assert told["value"] == pytest.approx(gaps[result.organisation])
        assert told["usual"] == pytest.approx(median(gaps.values()))
        assert told["mean_difference"] == pytest.approx(mean(yearly) - mean(after))
        half = 1.959964 * sqrt(sum(variance(one) / len(one) for one in (yearly, after) if len(one) > 1))
        assert told["mean_bounds"] == pytest.approx(
            [told["mean_difference"] - half, told["mean_difference"] + half], abs=1e-5
        )


def test_yearly_marks_far_above_the_examination_are_marked():
    outcome = compute(
        panel(USUAL_EXAM | {99: [3] * 36 + [4] * 4}, [*USUAL_ROWS, row(99, [4] * 20 + [5] * 20)]), DEFAULT
    )
    (found,) = outcome.results
    assert (found.organisation, found.verdict, found.statistic["side"]) == (99, Verdict.ROBUST, "above")


def test_an_examination_far_above_the_yearly_marks_is_marked_too():
    outcome = compute(panel(USUAL_EXAM | {99: [5] * 40}, [*USUAL_ROWS, row(99, [3] * 40)]), DEFAULT)
    assert [(one.organisation, one.statistic["side"]) for one in outcome.results] == [(99, "below")]


def test_classes_of_the_grade_are_added_up_and_others_left_out():
    rows = [
        row(99, [4] * 10, "9А"),
        row(99, [5] * 8, "9 Б"),
        row(99, [2] * 10, "8А"),
        row(99, [2] * 10, "9А", academic_year="2023"),
        row(99, [2] * 10, "9А", subject="История"),
        row(99, [2] * 10, "9А", outcome="итоговая"),
    ]
    outcome = compute(panel(USUAL_EXAM | {99: [3] * 18}, [*rows, *USUAL_ROWS]), DEFAULT)
    (found,) = outcome.results
    assert found.statistic["yearly"] == [0, 0, 10, 8]


def test_of_two_rows_about_one_class_the_one_accepted_last_counts():
    rows = [row(99, [4] * 18), row(99, [2] * 18)]  # the newest batch comes first
    (found,) = compute(panel(USUAL_EXAM | {99: [3] * 18}, [*rows, *USUAL_ROWS]), DEFAULT).results
    assert found.statistic["yearly"] == [0, 0, 18, 0]


def test_algebra_stands_for_maths_only_where_maths_is_not_named():
    algebra = [row(99, [4] * 18, subject="Алгебра"), row(99, [5] * 18, subject="Геометрия")]
    (found,) = compute(panel(USUAL_EXAM | {99: [3] * 18}, [*algebra, *USUAL_ROWS]), DEFAULT).results
    assert found.statistic["yearly"] == [0, 0, 18, 0]
    both = [row(99, [2] * 18, subject="Алгебра"), row(99, [4] * 18)]
    (found,) = compute(panel(USUAL_EXAM | {99: [3] * 18}, [*both, *USUAL_ROWS]), DEFAULT).results
    assert found.statistic["yearly"] == [0, 0, 18, 0]


def test_final_marks_are_taken_by_parameter():
    rows = [row(key, [4] * 20, outcome="итоговая") for key in USUAL_EXAM]
    assert compute(panel(USUAL_EXAM, rows), DEFAULT).not_computed[0].reason == NO_FORM
    assert compute(panel(USUAL_EXAM, rows), parameters(NAME, outcome="итоговая")).procedures[0].eligible == 20


@pytest.mark.parametrize("cell", [Unknown.MISSING, Unknown.SUPPRESSED, None, "много"])
def test_a_number_that_is_not_known_is_not_zero(cell):
    outcome = compute(panel(USUAL_EXAM | {99: [3] * 18}, [row(99, [4] * 18, two=cell), *USUAL_ROWS]), DEFAULT)
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(99, NOT_KNOWN)]


def test_a_school_without_rows_without_marks_and_nobody_are_told_apart():
    panel_ = panel(USUAL_EXAM | {97: [3] * 12, 98: [3] * 12, 99: []}, [row(98, [4] * 12), *USUAL_ROWS])
    groups = dict(panel_.schools[EXAM.key])
    groups[98] = replace(groups[98], marks=None)
    outcome = compute(replace(panel_, schools={EXAM.key: groups}), DEFAULT)
    assert {one.organisation: one.reason for one in outcome.not_computed} == {97: NO_ROWS, 98: NO_MARKS, 99: NOBODY}


def test_a_row_of_an_unknown_school_is_named():
    stranger = row(None, [4] * 18, school="МБОУ «СОШ № 404»")
    reasons = [one.reason for one in compute(panel(USUAL_EXAM, [stranger, *USUAL_ROWS]), DEFAULT).not_computed]
    assert len(reasons) == 1
    assert "№ 404" in reasons[0]


def test_without_rows_and_without_examinations_the_reason_is_given():
    assert [one.reason for one in compute(panel(USUAL_EXAM, []), DEFAULT).not_computed] == [NO_FORM]
    none = compute(panel_of({work(2, "mathematics", 5): {}}), DEFAULT)
    assert "ни одной из процедур" in none.not_computed[0].reason


def test_a_sentence_says_both_shares_and_that_it_is_a_reason_to_check():
    rows = [*USUAL_ROWS, row(99, [4] * 20 + [5] * 20)]
    (found,) = compute(panel(USUAL_EXAM | {99: [3] * 36 + [4] * 4}, rows), DEFAULT).results
    said = sentence(found).replace("\u00a0", " ")
    assert said.startswith(
        "По математике (ОГЭ) годовых «4» и «5» — 100 % (40 из 40; 91–100 %), на экзамене — 10 % (4 из 40; 4–23 %). "
        "Разница +90 п. п., обычно в школах +"
    )
    assert "средняя годовая отметка отличается на +1,40 (от +1,22 до +1,58)" in said
    assert said.endswith("Это повод проверить годовые отметки.")
