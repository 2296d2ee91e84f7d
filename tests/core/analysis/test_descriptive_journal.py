"""Marks that schools give: against a slow twin, with every kind of blank cell, and in words."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.descriptive import journal
from msoko.core.analysis.panel import Panel
from msoko.core.vocabulary.shares import wilson
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.analysis.panels import parameters, school, work

MISSING, DASH, HIDDEN = Unknown.MISSING, Unknown.NOT_APPLICABLE, Unknown.SUPPRESSED


def row(key, class_name, two, three, four, five, left="0", subject="Математика", period="1 четверть", **more):
    """As the panel gives it: text or an unknown."""
    counts = {"two": two, "three": three, "four": four, "five": five, "not_assessed": left}
    known = {name: cell if isinstance(cell, Unknown) else str(cell) for name, cell in counts.items()}
    pupils = sum(int(cell) for cell in known.values() if isinstance(cell, str))
    base = {"organisation": key, "school": f"Школа {key}", "academic_year": "2024", "pupils": str(pupils)}
    return {**base, "class_name": class_name, "subject": subject, "period": period, **known, **more}


def panel_of_forms(rows, form="journal_marks", year=2025, **more):
    schools = {key: school(key) for key in (10, 11)}
    return Panel(year=year, procedures=(), organisations=schools, schools={}, records={form: rows}, **more)


def computed(rows, form="journal_marks", panel=None, **asked):
    return journal.compute(panel or panel_of_forms(rows, form), parameters("descriptive.journal", **asked))


count = st.integers(0, 9)
marks_of_a_class = st.tuples(count, count, count, count, count)
places = st.tuples(
    st.sampled_from([10, 11]),
    st.sampled_from(["5А", "5Б", "10А"]),
    st.sampled_from(["Математика", "Русский язык"]),
    st.sampled_from(["1 четверть", "2 четверть"]),
)


@settings(deadline=None)
@given(st.dictionaries(places, marks_of_a_class, max_size=14))
def test_what_is_said_is_the_sum_over_classes(forms):
    rows = [
        row(key, name, *marks, subject=subject, period=period) for (key, name, subject, period), marks in forms.items()
    ]
    said = {
        (one.organisation, one.statistic["subject"], one.statistic["period"]): one for one in computed(rows).results
    }
    for key in (10, 11):
        for subject in ("математика", "русский язык"):
            for period in ("1 четверть", "2 четверть"):
                own = [m for (k, _, s, p), m in forms.items() if (k, s.lower(), p) == (key, subject, period)]
                two, three, four, five, left = (sum(column) for column in zip(*own, strict=True)) if own else [0] * 5
                n = two + three + four + five
                assert ((key, subject, period) in said) == (n > 0)
                if not n:
                    continue
                one = said[key, subject, period]
                passed, good = one.statistic["pass_rate"], one.statistic["quality_rate"]
                assert (passed["k"], passed["n"], good["k"]) == (three + four + five, n, four + five)
                assert one.interval == pytest.approx(wilson(n - two, n))
                points = 16 * two + 36 * three + 64 * four + 100 * five + 7 * left
                assert one.statistic["sou"] == pytest.approx(points / (n + left))
                assert one.statistic["mean_mark"] == pytest.approx((2 * two + 3 * three + 4 * four + 5 * five) / n)
                json.dumps(one.statistic)


def test_of_a_row_handed_in_twice_the_newest_counts():
    """Rows come newest batch first."""
    (one,) = computed([row(10, "5А", 0, 0, 0, 9), row(10, "5а", 9, 0, 0, 0)]).results
    assert one.statistic["marks"]["5"]["k"] == 9
    assert one.statistic["n"] == 9


def test_a_class_with_an_unknown_number_is_named_and_in_no_figure():
    outcome = computed([row(10, "5А", 0, 1, 1, 1), row(10, "5Б", HIDDEN, 1, 1, 1)])
    assert [one.statistic["n"] for one in outcome.results] == [3]
    (named,) = outcome.not_computed
    said = named.reason.replace("\u00a0", " ")
    assert (named.organisation, said) == (10, "математика, 1 четверть: число отметок класса 5Б не известно")


@pytest.mark.parametrize(
    ("left", "pupils", "not_assessed"),
    [
        (2, "7", 2),
        (MISSING, "5", 2),  # what the pupils of the class leave over
        (MISSING, MISSING, None),
        (MISSING, "2", None),  # fewer pupils than marks: the form contradicts itself
        (DASH, "9", 0),
        (HIDDEN, "9", None),
    ],
)
def test_a_blank_is_neither_zero_nor_suppressed(left, pupils, not_assessed):
    (one,) = computed([row(10, "5А", 0, 1, 1, 1, left=left, pupils=pupils)]).results
    assert one.statistic["not_assessed"] == not_assessed
    assert (one.statistic["sou"] is None) == (not_assessed is None)
    if not_assessed is None:
        assert "число неаттестованных не\u00a0известно" in journal.sentence(one)


def test_nobody_assessed_is_no_share():
    outcome = computed([row(10, "1А", 0, 0, 0, 0, left=25)])
    assert (outcome.results, [one.organisation for one in outcome.not_computed]) == ((), [10])


def test_another_academic_year_does_not_count():
    outcome = computed([row(10, "5А", 0, 1, 1, 1, academic_year="2023")])
    assert [one.reason for one in outcome.not_computed] == [journal.NO_FORMS]


def test_a_school_that_nobody_knows_is_told_by_name():
    outcome = computed([row(None, "5А", 0, 1, 1, 1, school="Школа-призрак"), row(10, "5А", 0, 1, 1, 1)])
    (named,) = outcome.not_computed
    assert named.organisation is None
    assert "«Школа-призрак»" in named.reason
    assert len(outcome.results) == 1


def test_the_weight_of_the_not_assessed_is_a_parameter():
    rows = [row(10, "5А", 0, 0, 0, 1, left=1)]
    (seven,), (eight,) = computed(rows).results, computed(rows, sou_not_assessed="8").results
    assert (seven.statistic["sou"], eight.statistic["sou"]) == (53.5, 54.0)


def test_grade_and_subject_narrow_what_is_asked():
    rows = [row(10, "5А", 0, 0, 0, 1), row(10, "10А", 0, 0, 0, 2), row(10, "5А", 0, 0, 0, 3, subject="Физика")]
    panel = replace(panel_of_forms(rows), procedures=(work(1),))
    (one,) = computed(rows, panel=panel.narrowed(5, "mathematics")).results
    assert one.statistic["n"] == 1


def test_yearly_marks_are_told_by_their_kind():
    rows = [row(10, "9А", 1, 3, 4, 2, left=1, outcome="годовая")]
    (one,) = computed(rows, form="yearly_marks").results
    assert journal.sentence(one).replace("\u00a0", " ") == (
        "Математика, годовая отметка 2024/25 учебного года (1 класс, 10 обучающихся с отметками): "
        "успеваемость — 90 % (9 из 10; 60–98 %), качество обученности — 60 % (6 из 10; 31–83 %), "
        "средняя отметка — 3,70, СОУ — 53 %, не аттестован 1."
    )


def test_classes_are_kept_for_the_picture_in_their_order():
    (one,) = computed([row(10, "10А", 0, 0, 0, 2), row(10, "5А", 1, 0, 0, 1)]).results
    assert [(each["name"], each["n"], each["passed"]) for each in one.statistic["classes"]] == [
        ("5А", 2, 1),
        ("10А", 2, 2),
    ]
