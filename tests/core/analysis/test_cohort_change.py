"""Change of the same pupils: the marker against a plain twin, the finding of pairs, and the edges."""

from dataclasses import replace
from math import floor
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity.cohort_change import (
    ALL_ZERO,
    NO_QUARTILES,
    NOT_BOTH,
    TOO_FEW_SCHOOLS,
    compute,
    earlier_of,
    sentence,
)
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.panel import NOBODY
from tests.core.analysis.panels import panel_of, parameters, work

NAME = "objectivity.cohort_change"
FOURTH = work(1, "mathematics", 4, year=2024)
FIFTH = work(2, "mathematics", 5, year=2025)
ANY = parameters(NAME, procedures="any")
scores = st.lists(st.integers(0, 20), max_size=5)
both = st.dictionaries(st.integers(10, 30), st.tuples(scores, scores), min_size=1, max_size=12)


def panel(by_school, earlier=FOURTH, later=FIFTH, **more):
    """School → (scores before, scores after); None: the school did not sit that work."""
    results = {
        one: {school: pair[side] for school, pair in by_school.items() if pair[side] is not None}
        for side, one in enumerate((earlier, later))
    }
    return panel_of(results, year=2025, **more)


def percentile(values, share):
    """Linear interpolation between the ordered values, as PERCENTILE.INC does it."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def twin(by_school, min_n=1):
    """School → drop or rise, and the quartiles."""
    k = {
        school: (mean(before) / 20) / (mean(after) / 20)
        for school, (before, after) in by_school.items()
        if min(len(before), len(after)) >= min_n and mean(after) > 0
    }
    if len(k) < 4:
        return {}, None
    p25, p75 = percentile(k.values(), 0.25), percentile(k.values(), 0.75)
    low, high = p25 - 3 * (p75 - p25), p75 + 3 * (p75 - p25)
    clear = {school: one for school, one in k.items() if abs(one - low) > 1e-9 and abs(one - high) > 1e-9}
    return {school: "drop" if one > high else "rise" for school, one in clear.items() if not low <= one <= high}, (
        p25,
        p75,
        len(k),
    )


@given(both)
def test_the_marked_schools_and_quartiles_are_those_of_a_plain_computation(by_school):
    outcome = compute(panel(by_school), ANY)
    expected, quartiles = twin(by_school)
    if quartiles is None:
        assert outcome.results == ()
        return
    reference = outcome.procedures[0].reference
    assert (reference["p25"], reference["p75"], reference["schools_both"]) == pytest.approx(quartiles)
    found = {one.organisation: one.statistic["direction"] for one in outcome.results}
    on_the_border = {
        one.organisation
        for one in outcome.results
        if min(abs(one.statistic["k"] - reference[name]) for name in ("low_fence", "high_fence")) < 1e-9
    }
    assert {key: way for key, way in found.items() if key not in on_the_border} == expected


@given(both)
def test_every_school_is_judged_or_named_with_the_reason(by_school):
    outcome = compute(panel(by_school), ANY)
    if any(one.organisation is None for one in outcome.not_computed):
        return
    eligible = sum(one.eligible for one in outcome.procedures)
    assert eligible + len(outcome.not_computed) == len(by_school)


@given(both)
def test_a_minimum_narrows_the_quartiles_too(by_school):
    outcome = compute(panel(by_school), parameters(NAME, procedures="any", min_n="3"))
    _, quartiles = twin(by_school, min_n=3)
    if quartiles:
        assert outcome.procedures[0].reference["schools_both"] == quartiles[2]
    assert {one.verdict for one in outcome.few_data} <= {Verdict.FEW_DATA}


def test_pairs_are_found_by_cohort_not_by_the_year_of_the_work():
    """The works of 2020 were sat in autumn by pupils one grade higher than the work."""
    autumn = replace(work(1, grade=4, year=2024), pupils_grade=5, academic_year=2024)
    same_children = replace(work(2, grade=5, year=2025), academic_year=2024)
    other_children = replace(work(3, grade=6, year=2025), academic_year=2024)
    known = panel_of({autumn: {}, same_children: {}, other_children: {}})
    assert earlier_of(known, same_children) is autumn
    assert earlier_of(known, other_children) is None


def test_the_earlier_work_is_of_the_same_kind_and_subject():
    candidates = [work(1, "russian", 4, 2024), work(2, "mathematics", 4, 2024, kind="mop"), work(3, grade=3, year=2024)]
    assert earlier_of(panel_of({one: {} for one in [*candidates, FIFTH]}), FIFTH) is None


def test_of_several_earlier_works_the_one_of_the_same_label_is_taken():
    other = replace(work(7, grade=4, year=2024), label="пробная")
    assert earlier_of(panel_of({other: {}, FOURTH: {}, FIFTH: {}}), FIFTH) is FOURTH


def test_without_an_earlier_work_the_pair_is_named_as_missing():
    outcome = compute(panel_of({FIFTH: {10: [5, 6]}}), ANY)
    (reason,) = outcome.not_computed
    assert reason.reason.replace("\u00a0", " ") == "работы тех же детей за 4 класс в системе нет"
    assert outcome.procedures == ()


def test_schools_of_one_work_and_of_zero_results_are_named():
    usual = dict.fromkeys(range(20, 24), ([5], [6]))
    odd = {10: ([5, 6], None), 11: (None, [5]), 12: ([5], [0, 0]), 14: ([], []), 15: ([], [3])}
    outcome = compute(panel(usual | odd), ANY)
    reasons = {one.organisation: one.reason for one in outcome.not_computed}
    assert reasons == {10: NOT_BOTH, 11: NOT_BOTH, 12: ALL_ZERO, 14: NOBODY, 15: NOT_BOTH}
    assert outcome.procedures[0].eligible == 4


def test_a_work_without_maximum_is_named():
    endless = replace(FIFTH, maximum=None)
    outcome = compute(panel({10: ([5], [6])}, later=endless), ANY)
    assert [one.reason for one in outcome.not_computed] == ["максимальный балл работы не указан", TOO_FEW_SCHOOLS]


def test_three_schools_have_no_quartiles():
    outcome = compute(panel({key: ([20], [key]) for key in (10, 11, 12)}), ANY)
    assert (outcome.results, [one.reason for one in outcome.not_computed]) == ((), [TOO_FEW_SCHOOLS])


def test_equal_schools_are_never_marked():
    assert compute(panel({key: ([10, 12], [8, 9]) for key in range(10, 60)}), ANY).results == ()


def test_when_all_but_one_are_equal_that_one_is_marked():
    by_school = {key: ([10, 12], [8, 9]) for key in range(10, 60)}
    outcome = compute(panel(by_school | {99: ([20, 20], [2, 1])}), ANY)
    assert [(one.organisation, one.statistic["direction"]) for one in outcome.results] == [(99, "drop")]


def test_without_the_region_or_with_a_part_of_its_schools_nothing_is_computed():
    by_school = {key: ([10, 12], [8, 9]) for key in range(10, 60)}
    alone = compute(panel(by_school, with_region=False), ANY)
    whole = panel(by_school)
    larger = {key: replace(group, n=1000, is_aggregate=True) for key, group in whole.region.items()}
    part = compute(replace(whole, region=larger), ANY)
    assert [one.reason for one in alone.not_computed] == ["нет регионального ориентира: региона нет"]
    assert [one.reason for one in part.not_computed] == [NO_QUARTILES]


def lively(extra):
    """Fifty schools of twelve pupils, K about one, and one more school."""
    usual = {key: ([8 + key % 3, 9, 10, 11, 12, 13] * 2, [9 + key % 4, 9, 10, 11, 12, 12] * 2) for key in range(10, 60)}
    return panel(usual | {99: extra})


def test_a_drop_whose_whole_interval_is_beyond_the_border_is_steady():
    outcome = compute(lively(([19, 20, 18, 19] * 8, [5, 6, 5, 6] * 8)), ANY)
    (found,) = outcome.results
    assert (found.verdict, found.statistic["direction"]) == (Verdict.ROBUST, "drop")
    assert found.interval[0] > found.statistic["high_fence"]


def test_a_drop_that_chance_may_have_brought_is_likely_and_of_few_pupils_few_data():
    (unsure,) = compute(lively(([20, 6] * 6, [0, 20, 20, 0, 0, 0, 10, 0, 20, 10, 6, 20])), ANY).results
    (few,) = compute(lively(([20, 20, 20], [5, 6, 5])), ANY).results
    assert (unsure.verdict, few.verdict) == (Verdict.LIKELY, Verdict.FEW_DATA)


def test_a_rise_from_nothing_has_no_interval_and_its_sentence_no_ratio():
    (found,) = compute(lively(([0] * 12, [19, 20] * 6)), ANY).results
    assert (found.statistic["direction"], found.statistic["k"], found.interval) == ("rise", 0.0, None)
    assert "было ноль" in sentence(found)


def test_a_sentence_says_per_cents_of_both_works_and_that_it_is_a_reason_to_check():
    (found,) = compute(lively(([19, 20, 18, 19] * 8, [5, 6, 5, 6] * 8)), ANY).results
    said = sentence(found).replace("\u00a0", " ")
    assert said.startswith(
        "По математике те же дети за 4 класс (2024 г., 32 участника) набрали 95 % максимума, "
        "за 5 класс (2025 г., 32 участника) — 28 %: в 3,5 раза меньше. Отношение 3,45 ("
    )
    assert "у половины из 51 школы — " in said
    assert said.endswith("Это повод проверить обе работы.")
