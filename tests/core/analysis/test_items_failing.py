"""Items that fail in a school: against a slow twin, at the edges, how often by chance, and in words."""

import json
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.items import failing
from msoko.core.analysis.outcome import Verdict
from msoko.core.definitions.kinds import WorkItem
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.items_drawn import panel_of_items
from tests.core.analysis.panels import parameters, school, work

ITEMS = (WorkItem("1", 1, "Б"), WorkItem("2", 2, "Б"), WorkItem("3", 1, "П"), WorkItem("4", 1, ""))
LIMITS = (57, 57, None, 57)
pupil = st.tuples(st.integers(-1, 1), st.integers(-1, 2), st.integers(-1, 1), st.integers(-1, 1))
low_pupil = st.tuples(st.integers(-1, 0), st.integers(-1, 2), st.just(0), st.integers(-1, 0))
good_pupil = st.tuples(st.integers(0, 1), st.integers(1, 2), st.just(1), st.just(1))
schools = st.one_of(
    *(st.lists(one, min_size=least, max_size=45) for one, least in ((pupil, 1), (low_pupil, 8), (good_pupil, 20)))
)
panels = st.dictionaries(st.integers(10, 15), schools, min_size=2, max_size=5)


def computed(panel, **asked):
    return failing.compute(panel, parameters("items.failing", **asked))


def earned(rows, place):
    return sum(max(row[place], 0) for row in rows) / ITEMS[place].maximum


def lag_bounds(own, others, place, tested, chance):
    """By the definition, for one item: how far behind the territory, at least and at most."""
    z = NormalDist().inv_cdf(1 - chance / (2 * tested))
    weight = len(others) / (len(own) + len(others))
    p, p2 = (100 * earned(rows, place) / len(rows) for rows in (own, others))
    (low, high), (low2, high2) = (wilson(earned(rows, place), len(rows), z) for rows in (own, others))
    upper = p - p2 + sqrt((high - p) ** 2 + (p2 - low2) ** 2)
    lower = p - p2 - sqrt((p - low) ** 2 + (high2 - p2) ** 2)
    return -weight * upper, -weight * lower


def twin(results, key):
    """Numbers of the items that fail in a school, and those that fail for certain."""
    own = results[key]
    others = [row for other, rows in results.items() if other != key for row in rows]
    fails, surely = [], []
    for place, limit in enumerate(LIMITS):
        facility = 100 * earned(own, place) / len(own)
        if limit is None or facility >= limit or lag_bounds(own, others, place, len(ITEMS), 0.05)[0] <= 0:
            continue
        fails.append(ITEMS[place].number)
        high = wilson(earned(own, place), len(own))[1]
        if ITEMS[place].level and high < limit and lag_bounds(own, others, place, len(ITEMS), 0.01)[0] > 0:
            surely.append(ITEMS[place].number)
    return fails, surely


@settings(deadline=None)
@given(panels)
def test_what_fails_is_what_follows_from_the_rows(results):
    outcome = computed(panel_of_items(results, ITEMS))
    said = {one.organisation: one for one in (*outcome.results, *outcome.few_data)}
    for key, rows in results.items():
        fails, surely = twin(results, key)
        assert (key in said) == bool(fails)
        if not fails:
            continue
        one = said[key]
        assert sorted(item["number"] for item in one.statistic["items"]) == fails
        robust = bool(surely) and len(rows) >= 30
        few = len(rows) < 10
        assert one.verdict is (Verdict.FEW_DATA if few else Verdict.ROBUST if robust else Verdict.LIKELY)
        json.dumps(one.statistic)


@settings(deadline=None)
@given(panels)
def test_the_interval_is_of_the_largest_lag(results):
    outcome = computed(panel_of_items(results, ITEMS))
    for one in (*outcome.results, *outcome.few_data):
        own = results[one.organisation]
        others = [row for key, rows in results.items() if key != one.organisation for row in rows]
        items = one.statistic["items"]
        place = next(place for place, item in enumerate(ITEMS) if item.number == items[0]["number"])
        assert one.interval == pytest.approx(lag_bounds(own, others, place, len(ITEMS), 0.05))
        assert one.statistic["lag"] == max(item["lag"] for item in items)
        assert one.interval[0] <= one.statistic["lag"] <= one.interval[1]


def test_schools_that_do_not_differ_are_marked_as_seldom_as_promised():
    """Forty schools of thirty pupils, twenty items, one true facility of 45 %: the promise is 5 works of 100."""
    drawn = np.random.default_rng(11)
    items = tuple(WorkItem(str(number), 1, "Б") for number in range(1, 21))
    marked = total = 0
    for _ in range(10):
        results = {10 + place: drawn.binomial(1, 0.45, (30, 20)).tolist() for place in range(40)}
        outcome = computed(panel_of_items(results, items))
        marked += len(outcome.results)
        total += len(results)
    assert marked <= 0.05 * total
    uncorrected = computed(panel_of_items(results, items), chance=50)
    assert uncorrected.results, "without the correction something would have been marked, so the test can fail"


GOOD = [[1, 2, 1, 1]] * 200
BAD = [[0, 2, 1, 1]] * 32 + [[1, 2, 1, 1]] * 8


def test_a_described_item_far_below_in_a_large_school_is_robust():
    outcome = computed(panel_of_items({10: BAD, 11: GOOD}, ITEMS))
    assert [(one.organisation, one.verdict) for one in outcome.results] == [(10, Verdict.ROBUST)]
    assert [(one.eligible, one.flagged) for one in outcome.procedures] == [(2, (10,))]


def test_a_school_of_fewer_than_thirty_is_never_robust():
    outcome = computed(panel_of_items({10: BAD[:29], 11: GOOD}, ITEMS))
    assert [one.verdict for one in outcome.results] == [Verdict.LIKELY]


def test_an_item_without_a_level_is_at_most_likely_and_can_be_left_out():
    rows = [[1, 2, 1, 0]] * 40
    panel = panel_of_items({10: rows, 11: GOOD}, ITEMS)
    assert [one.verdict for one in computed(panel).results] == [Verdict.LIKELY]
    assert computed(panel, undescribed_below=0).results == ()


def test_a_harder_item_is_left_alone():
    assert computed(panel_of_items({10: [[1, 2, 0, 1]] * 40, 11: GOOD}, ITEMS)).results == ()


def test_an_item_that_fails_everywhere_alike_is_no_finding():
    everywhere = [[0, 2, 1, 1]] * 60
    assert computed(panel_of_items({10: everywhere, 11: everywhere}, ITEMS)).results == ()


def test_a_school_below_the_least_number_is_few_data_and_named():
    outcome = computed(panel_of_items({10: BAD[:9], 11: GOOD}, ITEMS))
    assert (outcome.results, [one.verdict for one in outcome.few_data]) == ((), [Verdict.FEW_DATA])
    assert [one.organisation for one in outcome.not_computed] == [10]


def test_a_school_that_is_the_whole_territory_has_nobody_to_be_compared_with():
    outcome = computed(panel_of_items({10: BAD}, ITEMS))
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(10, failing.ALONE)]
    assert outcome.procedures[0].eligible == 0


def test_a_school_without_a_territory_is_named():
    alone = [school(10, municipality=None), school(11, municipality=None)]
    outcome = computed(panel_of_items({10: BAD, 11: GOOD}, ITEMS, schools=alone, with_region=False))
    assert {one.reason for one in outcome.not_computed} == {failing.NO_TERRITORY}


def test_the_inputs_are_the_school_and_its_territory():
    (one,) = computed(panel_of_items({10: BAD, 11: GOOD}, ITEMS)).results
    assert [each.organisation for each in one.inputs] == [10, 1]


def said(outcome):
    return failing.sentence(outcome).replace("\u00a0", " ")


def test_the_sentence_tells_items_their_border_and_the_whole_work():
    (one,) = computed(panel_of_items({10: BAD, 11: GOOD}, ITEMS)).results
    assert said(one) == (
        "По математике в 5 классе (40 участников) базовое задание 1 (20 %; 10–35 % против 87 %) освоено недостаточно "
        "и выполнено хуже, чем по региону; с поправкой на 4 задания случайностью это не объяснить. "
        "За всю работу набрано 84 % баллов против 97 %."
    )


def test_the_sentence_says_where_the_border_is_only_supposed():
    rows = [[0, 2, 1, 0]] * 25
    (one,) = computed(panel_of_items({10: rows, 11: GOOD}, ITEMS)).results
    assert said(one) == (
        "По математике в 5 классе (25 участников) задания 1 (0 %; 0–13 % против 89 %) и 4 (0 %; 0–13 % против 89 %) "
        "выполнены меньше чем на 57 % и хуже, чем по региону; с поправкой на 4 задания случайностью это объяснить "
        "трудно. За всю работу набрано 60 % баллов против 96 %. Уровень части заданий не описан, поэтому граница "
        "базового взята условно."
    )


def test_the_sentence_of_few_participants_says_so():
    (one,) = computed(panel_of_items({10: BAD[:9], 11: GOOD}, ITEMS)).few_data
    assert "но участников мало, чтобы судить" in said(one)


def test_an_exam_is_not_looked_at():
    one = work(1, kind="ege", grade=11, bounds=None, items=ITEMS, minimum=27)
    outcome = computed(panel_of_items({10: BAD, 11: GOOD}, ITEMS, procedure=one))
    assert (outcome.results, len(outcome.not_computed)) == ((), 1)
