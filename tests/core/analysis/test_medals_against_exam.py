"""Medals against examinations: the binomial tail against a plain sum, the rule, and the edges."""

from dataclasses import replace
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity.medals_against_exam import (
    MORE_CONFIRMED,
    NO_FORM,
    NO_MEDALS,
    NOT_FILLED,
    compute,
    sentence,
)
from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.shares import wilson
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.analysis.panels import panel_of, parameters, school, work

NAME = "objectivity.medals_against_exam"
DEFAULT = parameters(NAME)
SOME_WORK = work(1)


def row(key, first, second, confirmed, **more):
    """A row of the form as it is stored: every cell is text."""
    told = {"first_degree": first, "second_degree": second, "all_exams_high": confirmed, "graduates": 20}
    cells = {name: value if isinstance(value, Unknown) else str(value) for name, value in told.items()}
    return {"organisation": key, "school": f"Школа № {key}", "academic_year": "2024", **cells, **more}


def panel(rows):
    keys = {one["organisation"] for one in rows if one["organisation"] is not None}
    return panel_of({SOME_WORK: {}}, schools=[school(key) for key in keys], records={"medals": rows})


def tail_by_hand(k, n, p):
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 4)).flatmap(
            lambda one: st.tuples(st.just(one[0]), st.just(one[1]), st.integers(0, one[0] + one[1]))
        ),
        min_size=2,
        max_size=10,
    )
)
def test_the_marked_schools_and_their_chances_are_those_of_a_plain_computation(drawn):
    outcome = compute(panel([row(10 + i, *one) for i, one in enumerate(drawn)]), DEFAULT)
    holders = {
        10 + i: (first + second - confirmed, first + second) for i, (first, second, confirmed) in enumerate(drawn)
    }
    known = {key: one for key, one in holders.items() if one[1]}
    k_all, n_all = sum(k for k, _ in known.values()), sum(n for _, n in known.values())
    expected = {key for key, (k, n) in known.items() if k > 0 and k >= n / 2}
    assert {one.organisation for one in outcome.results} == expected
    for result in outcome.results:
        k, n = known[result.organisation]
        assert result.interval == pytest.approx(wilson(k, n))
        if len(known) > 1:
            others = (k_all - k + 0.5) / (n_all - n + 1)
            assert result.statistic["p"] == pytest.approx(tail_by_hand(k, n, others))
        else:
            assert result.statistic["p"] is None


def test_a_school_unlike_all_others_is_steady_and_few_holders_are_few_data():
    others = [row(key, 4, 1, 5) for key in range(10, 30)]
    outcome = compute(panel([*others, row(98, 1, 0, 0), row(99, 9, 1, 1)]), DEFAULT)
    assert {one.organisation: one.verdict for one in outcome.results} == {98: Verdict.FEW_DATA, 99: Verdict.ROBUST}


def test_where_most_schools_do_not_confirm_an_answer_is_doubtful():
    outcome = compute(panel([row(key, 4, 0, 2) for key in range(10, 30)]), DEFAULT)
    assert {one.verdict for one in outcome.results} == {Verdict.DOUBTFUL}


def test_one_school_alone_is_likely_at_most():
    (found,) = compute(panel([row(10, 9, 1, 0)]), DEFAULT).results
    assert (found.verdict, found.statistic["p"]) == (Verdict.LIKELY, None)
    assert "в\u00a0остальных" not in sentence(found)


def test_what_is_not_known_is_named_and_never_zero():
    rows = [
        row(10, 2, Unknown.MISSING, 1),
        row(11, 2, 1, Unknown.SUPPRESSED),
        row(12, 0, 0, Unknown.MISSING),
        row(13, 1, 1, 3),
        row(14, 2, Unknown.NOT_APPLICABLE, 2),
    ]
    outcome = compute(panel(rows), DEFAULT)
    reasons = {one.organisation: one.reason for one in outcome.not_computed}
    assert reasons == {10: NOT_FILLED, 11: NOT_FILLED, 12: NO_MEDALS, 13: MORE_CONFIRMED}
    assert outcome.territory == {"k": 0, "n": 2, "schools": 1}


def test_only_the_newest_row_of_the_year_counts_and_strangers_are_named():
    rows = [
        row(10, 4, 0, 4),
        row(10, 4, 0, 0),
        row(10, 4, 0, 0, academic_year="2023"),
        row(None, 1, 0, 0, school="№ 404"),
    ]
    outcome = compute(panel(rows), DEFAULT)
    assert outcome.results == ()
    assert [one.reason for one in outcome.not_computed if "404" in one.reason]


def test_without_the_form_the_reason_is_given_and_other_grades_have_no_medals():
    assert [one.reason for one in compute(panel([row(10, 1, 0, 0, academic_year="2020")]), DEFAULT).not_computed] == [
        NO_FORM
    ]
    asked = replace(panel([row(10, 4, 0, 0)]), grade=5)
    assert compute(asked, DEFAULT).results == ()


def test_a_sentence_counts_holders_and_says_it_is_a_reason_to_check():
    others = [row(key, 4, 1, 5) for key in range(10, 30)]
    (found,) = compute(panel([*others, row(99, 4, 1, 1, graduates="22")]), DEFAULT).results
    said = sentence(found).replace("\u00a0", " ")
    assert said == (
        "Медали в 2024/25 учебном году — у 5 выпускников из 22. Хотя бы на одном ЕГЭ меньше 70 баллов у 80 % (4 из 5; "
        "38–96 %) из них, в остальных школах — у 0 % (0 из 100; 0–4 %). Это повод проверить годовые отметки медалистов."
    )
