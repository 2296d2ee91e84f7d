"""Items of a school beside the territory: against a slow twin, at the edges, and in words."""

import json
from dataclasses import replace
from statistics import StatisticsError, correlation, pvariance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.items import figures
from msoko.core.analysis.panel import Group
from msoko.core.definitions.kinds import WorkItem
from msoko.core.monitoring.item_figures import describe_items
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.items_drawn import BASIC_WORK, X, panel_of_items
from tests.core.analysis.panels import REGION, parameters, school, work

ITEMS = (WorkItem("1", 1, "Б"), WorkItem("2К1", 3, "П"), WorkItem("3", 2, ""), WorkItem("4", None, "В"))
pupil = st.tuples(st.integers(-1, 1), st.integers(-1, 3), st.integers(-1, 2), st.integers(-1, 4))
panels = st.dictionaries(st.integers(10, 15), st.lists(pupil, min_size=1, max_size=12), min_size=1, max_size=5)


def computed(panel, **asked):
    return figures.compute(panel, parameters("items.figures", min_n=1, **asked))


def told(panel, key, **asked):
    return next(one.statistic for one in computed(panel, **asked).results if one.organisation == key)


def twin(rows, place, maximum):
    """Of one item, from the rows: facility, bounds, omitted, discrimination; None where it can't be said."""
    scores = [max(row[place], 0) for row in rows]
    rest = [sum(max(score, 0) for score in row) - own for row, own in zip(rows, scores, strict=True)]
    try:
        related = correlation(scores, rest) if len(rows) > 2 else None
    except StatisticsError:
        related = None
    facility = 100 * sum(scores) / (len(rows) * maximum) if maximum else None
    bounds = wilson(sum(scores) / maximum, len(rows)) if maximum else (None, None)
    return facility, *bounds, 100 * sum(row[place] == X for row in rows) / len(rows), related


def twin_alpha(rows):
    scores = [[max(score, 0) for score in row] for row in rows]
    spread = pvariance([sum(row) for row in scores])
    if len(rows) < 3 or not spread:
        return None
    k = len(rows[0])
    return k / (k - 1) * (1 - sum(pvariance(column) for column in zip(*scores, strict=True)) / spread)


def zone_of(level, facility):
    enough, too_low = {"Б": (60, 57), "П": (30, 28.5), "В": (30, 28.5)}.get(level, (None, None))
    if enough is None or facility is None:
        return None
    return "sufficient" if facility >= enough else "insufficient" if facility < too_low else "between"


@settings(deadline=None)
@given(panels, st.booleans())
def test_what_is_said_of_items_is_what_follows_from_the_rows(results, with_region):
    schools = [school(key, municipality=2 + key % 2) for key in results]
    panel = panel_of_items(results, ITEMS, schools=schools, with_region=with_region)
    for one in computed(panel).results:
        key = one.organisation
        home = key % 2 if not with_region else None
        everybody = [row for other, rows in results.items() if home in (None, other % 2) for row in rows]
        for place, item in enumerate(one.statistic["items"]):
            maximum = ITEMS[place].maximum
            facility, low, high, omitted, related = twin(results[key], place, maximum)
            territory = twin(everybody, place, maximum)[0]
            names = ("facility", "low", "high", "omitted", "discrimination", "territory")
            expected = (facility, low, high, omitted, related, territory)
            assert [item[name] for name in names] == pytest.approx(list(expected), abs=0.0051)
            assert (item["number"], item["level"]) == (ITEMS[place].number, ITEMS[place].level)
            assert item["zone"] == zone_of(ITEMS[place].level, facility)
            is_below = facility is not None and high < territory
            assert (item["number"] in one.statistic["below"]) == is_below
        assert one.statistic["alpha"] == pytest.approx(twin_alpha(results[key]), abs=0.0051)
        assert one.statistic["territory"] == ("region" if with_region else "municipality")
        assert one.statistic["territory_n"] == len(everybody)
        json.dumps(one.statistic)


@settings(deadline=None)
@given(panels)
def test_many_groups_at_once_say_what_each_says_alone(results):
    """The arrays of this method and core.monitoring.item_figures are two forms of one law."""
    panel = panel_of_items(results, ITEMS)
    maxima = {place: item.maximum for place, item in enumerate(ITEMS, 1)}
    for one in computed(panel).results:
        alone = describe_items(panel.schools[1][one.organisation].tally, maxima)
        for item, same in zip(one.statistic["items"], alone, strict=True):
            assert item["facility"] == pytest.approx(same.facility, abs=0.0051)
            assert item["discrimination"] == pytest.approx(same.discrimination, abs=0.0051)
            assert (item["low"], item["high"]) == pytest.approx(same.bounds or (None, None), abs=0.0051)


def test_zones_meet_at_their_borders():
    """Sixty of a hundred are enough, fifty-seven are between, one less is not enough."""
    items = (WorkItem("1", 1, "Б"),)
    for solved, zone in ((60, "sufficient"), (59, "between"), (57, "between"), (56, "insufficient")):
        panel = panel_of_items({10: [[1]] * solved + [[0]] * (100 - solved)}, items)
        assert told(panel, 10)["items"][0]["zone"] == zone


def test_borders_of_harder_items_are_their_own():
    for level in "ПВ":
        items = (WorkItem("1", 1, level),)
        for solved, zone in ((60, "sufficient"), (57, "between"), (56, "insufficient")):
            panel = panel_of_items({10: [[1]] * solved + [[0]] * (200 - solved)}, items)
            assert told(panel, 10)["items"][0]["zone"] == zone


def test_few_participants_are_refused_with_the_reason():
    panel = panel_of_items({10: [[1, 1, 0]] * 9, 11: [[1, 1, 0]] * 10})
    outcome = figures.compute(panel, parameters("items.figures"))
    assert [one.organisation for one in outcome.results] == [11]
    refused = [(one.organisation, one.reason) for one in outcome.not_computed]
    assert refused == [(10, "задания разбираются, если участников не меньше 10, а здесь 9\u00a0участников")]


@pytest.mark.parametrize(("n", "word"), [(19, "few"), (20, "approximate"), (49, "approximate"), (50, "informative")])
def test_how_much_a_group_tells_follows_from_its_size(n, word):
    assert told(panel_of_items({10: [[1, 0, 1]] * n}), 10)["reliability"] == word


def test_one_school_alone_is_its_own_territory_and_never_below_it():
    one = told(panel_of_items({10: [[0, 0, 1]] * 30}), 10)
    assert (one["below"], one["territory_n"]) == ([], 30)


def test_without_a_region_the_municipality_is_the_territory_and_without_both_nothing_is():
    schools = [school(10, municipality=2), school(11, municipality=None)]
    panel = panel_of_items({10: [[1, 0, 1]] * 12, 11: [[0, 0, 1]] * 12}, schools=schools, with_region=False)
    assert (told(panel, 10)["territory"], told(panel, 11)["territory"]) == ("municipality", None)
    words = {one.organisation: figures.sentence(one) for one in computed(panel).results}
    assert "сравнить не с\u00a0чем" in words[11]


def test_a_region_known_by_a_table_only_gives_way_to_the_municipality():
    panel = panel_of_items({10: [[1, 0, 1]] * 12, 11: [[1, 1, 1]] * 12})
    table = Group(REGION, 1, n=500, mean=2.0, is_aggregate=True)
    assert told(replace(panel, region={1: table}), 10)["territory"] == "municipality"


def test_a_protocol_without_scores_of_items_says_so_once():
    outcome = computed(panel_of_items({10: [[]] * 12, 11: [[]] * 12}, items=()))
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(None, "баллы за задания не загружены")]


def test_an_exam_is_known_by_test_scores_and_has_no_items():
    one = work(1, kind="ege", grade=11, bounds=None, items=BASIC_WORK, minimum=27)
    outcome = computed(panel_of_items({10: [[1, 1, 1]] * 12}, procedure=one))
    assert (outcome.results, [each.organisation for each in outcome.not_computed]) == ((), [None])


def test_nobody_sat_the_work():
    outcome = computed(panel_of_items({10: [], 11: [[1, 1, 1]] * 10}))
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(10, "никто не участвовал")]


def test_an_item_that_all_solved_alike_has_no_discrimination():
    one = told(panel_of_items({10: [[1, 0, 1], [1, 1, 0], [1, 1, 1]]}), 10)
    assert one["items"][0]["discrimination"] is None
    assert one["items"][1]["discrimination"] is not None


def test_one_participant_has_shares_and_no_consistency():
    one = told(panel_of_items({10: [[1, X, 0]]}), 10)
    assert (one["alpha"], one["why_no_alpha"]) == (None, "нужно не менее трёх участников")
    assert [item["omitted"] for item in one["items"]] == [0.0, 100.0, 0.0]


WEAK = [[0, 1, 1]] * 20 + [[1, 1, 1]] * 5
STRONG = [[1, 1, 1]] * 60 + [[0, 0, 1]] * 15


def test_the_sentence_names_the_item_with_its_interval_and_the_territory():
    outcome = computed(panel_of_items({10: WEAK, 11: STRONG}))
    said = {one.organisation: figures.sentence(one).replace("\u00a0", " ") for one in outcome.results}
    assert said[10] == (
        "По математике в 5 классе (25 участников): уверенно хуже, чем по региону, выполнено задание 1 "
        "(20 %; 9–39 % против 65 %). Недостаточно освоено задание 1. Участников немного: оценка приблизительная."
    )
    assert (
        said[11] == "По математике в 5 классе (75 участников): нет заданий, выполненных уверенно хуже, чем по региону."
    )


def test_the_sentence_says_that_levels_are_not_described():
    items = (WorkItem("1", 1), WorkItem("2", 1))
    one = computed(panel_of_items({10: [[0, 1]] * 12}, items)).results[0]
    said = figures.sentence(one)
    assert "Уровни заданий не описаны" in said
    assert "Участников мало" in said
