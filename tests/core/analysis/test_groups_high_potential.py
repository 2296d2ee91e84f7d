"""The top of the region: against a slow twin, with ties, at the edges, and in words."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.groups import high_potential
from msoko.core.analysis.panel import NO_SCORES, Group
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.panels import REGION, group, panel_of, parameters, pupils, tally_of, work

MATHS = work(1)
schools = st.dictionaries(
    st.integers(10, 14), st.lists(st.integers(0, 20), min_size=1, max_size=25), min_size=1, max_size=4
)


def computed(panel, **asked):
    return high_potential.compute(panel, parameters("groups.high_potential", **{"region_n": 1, "min_n": 1, **asked}))


def twin_threshold(scores, top):
    """Of the scores that somebody has the lowest with no more than `top` per cent at or above it, else the highest."""
    fitting = [one for one in set(scores) if 100 * sum(other >= one for other in scores) <= top * len(scores)]
    return min(fitting, default=max(scores))


@settings(deadline=None)
@given(schools, st.integers(1, 50))
def test_the_threshold_and_the_shares_follow_from_the_scores(results, top):
    everybody = [score for scores in results.values() for score in scores]
    least = twin_threshold(everybody, top)
    of_region = 100 * sum(score >= least for score in everybody) / len(everybody)
    outcome = computed(panel_of({MATHS: results}), top=top)
    assert [one.organisation for one in outcome.results] == sorted(results)
    for one in outcome.results:
        scores, said = results[one.organisation], one.statistic
        low, high = wilson(sum(score >= least for score in scores), len(scores))
        assert (said["threshold"], said["region"]["percent"]) == (least, pytest.approx(of_region))
        assert one.interval == (low, high)
        expected = "above" if low > of_region else "below" if high < of_region else "alike"
        assert said["against_region"] == expected
        json.dumps(said)


@given(st.dictionaries(st.integers(0, 20), st.integers(1, 30), min_size=1), st.floats(1, 50))
def test_no_more_than_the_top_is_above_and_one_score_lower_would_be_too_many(histogram, top):
    least = high_potential.threshold_of(histogram, top)
    whole = sum(histogram.values())
    above = sum(n for score, n in histogram.items() if score >= least)
    assert above * 100 <= top * whole or least == max(histogram)
    lower = [score for score in histogram if score < least]
    if lower and above * 100 <= top * whole:
        assert 100 * (above + histogram[max(lower)]) > top * whole


def test_where_more_than_a_tenth_have_the_highest_score_it_is_the_threshold():
    outcome = computed(panel_of({MATHS: {10: [20] * 3 + [5] * 7}}))
    said = outcome.results[0].statistic
    assert (said["threshold"], said["region"]["percent"]) == (20, 30)


def test_a_small_region_has_no_top():
    outcome = high_potential.compute(panel_of({MATHS: {10: [5] * 99}}), parameters("groups.high_potential"))
    assert (outcome.results, [one.organisation for one in outcome.not_computed]) == ((), [None])
    enough = high_potential.compute(panel_of({MATHS: {10: [5] * 100}}), parameters("groups.high_potential"))
    assert len(enough.results) == 1


def test_without_a_region_and_without_its_scores_the_reason_is_told():
    outcome = computed(panel_of({MATHS: {10: [5]}}, with_region=False))
    assert [one.reason for one in outcome.not_computed] == ["региона нет"]
    table = replace(panel_of({MATHS: {10: [5]}}), region={1: Group(REGION, 1, n=900, mean=11.0, is_aggregate=True)})
    assert NO_SCORES in computed(table).not_computed[0].reason


def test_a_table_of_the_region_with_scores_is_enough():
    region = Group(REGION, 1, n=100, is_aggregate=True, table_histogram=dict.fromkeys(range(20), 5))
    said = computed(replace(panel_of({MATHS: {10: [17, 18]}}), region={1: region})).results[0].statistic
    assert (said["threshold"], said["own"]["k"]) == (18, 1)


def test_schools_without_scores_and_without_participants_are_named():
    panel = panel_of({MATHS: {10: [5], 11: [6], 12: [7]}})
    groups = {
        10: panel.schools[1][10],
        11: Group(11, 1, n=9, marks={2: 9, 3: 0, 4: 0, 5: 0}, is_aggregate=True),
        12: group(MATHS, 12, tally_of([], absent=2)),
    }
    outcome = computed(replace(panel, schools={1: groups}))
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [
        (11, NO_SCORES),
        (12, "никто не участвовал"),
    ]


def test_a_handful_of_participants_is_not_compared():
    panel = panel_of({MATHS: {10: [20] * 9, 11: [20] * 10, 12: [3] * 200}})
    said = {one.organisation: one for one in computed(panel, min_n=10).results}
    assert [said[key].statistic["against_region"] for key in (10, 11)] == ["few", "above"]
    assert high_potential.sentence(said[10]).endswith("участников мало, чтобы сравнивать.")


def test_codes_are_of_one_school_and_of_those_at_the_threshold_or_above():
    rows = pupils([(10, "А", [17]), (10, "А", [18]), (11, "А", [20]), (10, "Б", [20])])
    found = high_potential.codes_of_high_potential(rows, 10, 18)
    assert [(one.class_name, one.score) for one in found] == [("А", 18), ("Б", 20)]
    assert high_potential.codes_of_high_potential(rows, 12, 18) == ()


@pytest.mark.parametrize(
    ("scores", "end"),
    [
        ([20] * 7 + [5] * 13, "35 % (7 из 20; 18–57 %) участников школы: больше, чем по региону."),
        ([20] + [5] * 19, "5 % (1 из 20; 1–24 %) участников школы: отличие от региона в пределах случайного."),
        ([5] * 90, "0 % (0 из 90; 0–4 %) участников школы: меньше, чем по региону."),
    ],
)
def test_the_sentence_tells_the_threshold_and_compares_beyond_chance(scores, end):
    region = Group(REGION, 1, n=1000, is_aggregate=True, table_histogram={5: 500, 10: 410, 16: 60, 20: 30})
    (one,) = computed(replace(panel_of({MATHS: {10: scores}}), region={1: region})).results
    head = "По математике в 5 классе в лучших 10 % региона (16 баллов и выше, таких 9,0 % из 1\u202f000) — "
    assert high_potential.sentence(one).replace("\u00a0", " ") == head + end
