"""Marks of the work against the journal, by school: the counts against plain ones, the rule, and the edges."""

from dataclasses import replace
from math import asin, sqrt
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity._published_gaps import FEW_SCHOOLS, difference_of_shares, evened
from msoko.core.analysis.methods.objectivity.journal_gap import NO_JOURNAL, compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.panel import NO_MARKS, NOBODY
from msoko.core.vocabulary.shares import Share
from tests.core.analysis.panels import panel_of, parameters, work

NAME = "objectivity.journal_gap"
MATHS = work(1, "mathematics", 5)  # marks: 2 to 5, 3 to 9, 4 to 14
ANY = parameters(NAME, procedures="any")
CONFIRMED, LOWERED, RAISED = (12, 4), (8, 4), (16, 4)


def school_of(confirmed, lowered=0, raised=0):
    return [CONFIRMED] * confirmed + [LOWERED] * lowered + [RAISED] * raised


USUAL = {key: school_of(16 - key % 3, 3 + key % 3, 1 + key % 2) for key in range(10, 40)}
counts = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))


def values_by_hand(by_school, side, least_n=10):
    """School → per cent lowered (raised) of those compared, by looking at each participant."""
    found = {}
    for key, scored in by_school.items():
        marks = [(2 + (score > 5) + (score > 9) + (score > 14), journal) for score, journal in scored]
        k = sum(mark < journal if side == "lowered" else mark > journal for mark, journal in marks)
        if len(marks) >= least_n:
            found[key] = (100 * k / len(marks), k, len(marks))
    return found


@given(st.dictionaries(st.integers(10, 40), counts, min_size=10, max_size=16))
def test_whoever_is_marked_is_far_above_the_median_school(drawn):
    by_school = {key: school_of(*one) for key, one in drawn.items()}
    for result in compute(panel_of({MATHS: by_school}), ANY).results:
        values = values_by_hand(by_school, result.statistic["outcome"])
        usual = median(value for value, _, _ in values.values())
        value, k, n = values[result.organisation]
        assert (result.statistic["k"], result.statistic["n"]) == (k, n)
        assert (result.statistic["value"], result.statistic["usual"]) == pytest.approx((value, usual))
        assert value - usual >= 15
        assert result.statistic["p"] < 0.01


@given(st.dictionaries(st.integers(10, 40), counts, min_size=1, max_size=16))
def test_every_school_is_judged_or_named(drawn):
    outcome = compute(panel_of({MATHS: {key: school_of(*one) for key, one in drawn.items()}}), ANY)
    if outcome.procedures:
        assert outcome.procedures[0].eligible + len(outcome.not_computed) == len(drawn)
    else:
        assert any(one.organisation is None for one in outcome.not_computed)


@pytest.mark.parametrize(("side", "odd"), [("lowered", school_of(4, 36)), ("raised", school_of(4, 0, 36))])
def test_a_school_where_nearly_all_moved_is_steady(side, odd):
    (found,) = compute(panel_of({MATHS: USUAL | {99: odd}}), ANY).results
    assert (found.organisation, found.about, found.verdict) == (99, f"vpr/mathematics/5/{side}", Verdict.ROBUST)


def test_fewer_than_thirty_are_likely_and_fewer_than_ten_few_data():
    outcome = compute(panel_of({MATHS: USUAL | {98: school_of(2, 18), 99: school_of(0, 9)}}), ANY)
    assert [(one.organisation, one.verdict) for one in outcome.results] == [(98, Verdict.LIKELY)]
    assert [(one.organisation, one.verdict) for one in outcome.few_data] == [(99, Verdict.FEW_DATA)]


def test_both_directions_of_one_school_are_two_findings():
    outcome = compute(panel_of({MATHS: USUAL | {99: school_of(0, 30, 30)}}), ANY)
    assert {one.about.rsplit("/", 1)[1] for one in outcome.results} == {"lowered", "raised"}


def test_where_schools_are_all_alike_nobody_is_marked():
    assert compute(panel_of({MATHS: dict.fromkeys(range(10, 40), school_of(15, 3, 2))}), ANY).results == ()


def test_of_nine_schools_nobody_knows_what_is_usual():
    outcome = compute(panel_of({MATHS: {key: USUAL[key] for key in range(10, 19)}}), ANY)
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(None, FEW_SCHOOLS)]


def test_a_work_without_journal_marks_or_without_a_scale_is_named():
    plain = {key: [8, 12, 16] * 5 for key in range(10, 30)}
    bare = work(2, "history", 5, bounds=None)
    outcome = compute(panel_of({MATHS: plain, bare: plain}), ANY)
    reasons = {(one.procedure, one.reason) for one in outcome.not_computed}
    assert (MATHS.key, NO_JOURNAL) in reasons
    assert (bare.key, NO_MARKS) in reasons
    assert outcome.results == ()


def test_nobody_and_an_aggregate_without_comparison_are_told_apart():
    panel = panel_of({MATHS: USUAL | {98: [], 99: school_of(15)}})
    groups = dict(panel.schools[MATHS.key])
    groups[99] = replace(groups[99], journal=None, packed_tally=None, is_aggregate=True)
    outcome = compute(replace(panel, schools={MATHS.key: groups}), ANY)
    assert {one.organisation: one.reason for one in outcome.not_computed} == {98: NOBODY, 99: NO_JOURNAL}


def test_an_aggregate_that_tells_the_comparison_is_enough():
    panel = panel_of({MATHS: USUAL | {99: school_of(4, 36)}})
    bare = {key: replace(one, packed_tally=None, is_aggregate=True) for key, one in panel.schools[MATHS.key].items()}
    assert compute(replace(panel, schools={MATHS.key: bare}), ANY) == compute(panel, ANY)


def test_evened_shares_vary_alike_whatever_they_are():
    """0 of 40 and 20 of 40 have the same variance of sampling, and the order of shares is kept."""
    assert evened(Share(0, 40))[1] == evened(Share(20, 40))[1] == pytest.approx(1 / 162)
    assert evened(Share(20, 40))[0] == pytest.approx(asin(sqrt(0.5)))
    assert [evened(Share(k, 40))[0] for k in range(41)] == sorted(evened(Share(k, 40))[0] for k in range(41))


def test_the_interval_of_a_difference_of_shares_is_newcombes():
    """His example: 56 of 70 against 48 of 80; the difference is 0.2, method 10 gives 0.0524 to 0.3339."""
    assert difference_of_shares(Share(56, 70), Share(48, 80)) == pytest.approx((5.24, 33.39), abs=0.01)


def test_a_sentence_counts_the_people_beyond_the_usual_and_says_it_is_a_reason_to_check():
    (found,) = compute(panel_of({MATHS: USUAL | {99: school_of(4, 36)}}), ANY).results
    said = sentence(found).replace("\u00a0", " ")
    assert said.startswith(
        "По математике в 5 классе отметка за работу ниже журнальной у 90 % (36 из 40; 77–96 %), "
        "обычно в школах — у 20 %: лишних около 28 человек из 40."
    )
    assert said.endswith("Это повод проверить журнал.")
