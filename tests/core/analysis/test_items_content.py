"""Content elements and planned outcomes: against a slow twin, at the edges, and in words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.items import content
from msoko.core.definitions.kinds import WorkItem
from msoko.core.monitoring.item_figures import NO_MAXIMUM
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.items_drawn import panel_of_items
from tests.core.analysis.panels import parameters, school

ITEMS = (
    WorkItem("1", 1, "Б", "Дроби", "Вычислять"),
    WorkItem("2", 3, "П", "Дроби", "Решать задачи"),
    WorkItem("3", 2, "Б", "Углы", "Вычислять"),
    WorkItem("4", 1, "Б"),
    WorkItem("5", None, "Б", "Углы", "Строить"),
)
PLACES = {
    "elements": {"Дроби": (0, 1), "Углы": (2,)},
    "outcomes": {"Вычислять": (0, 2), "Решать задачи": (1,)},
}
pupil = st.tuples(*(st.integers(-1, maximum) for maximum in (1, 3, 2, 1, 2)))
panels = st.dictionaries(st.integers(10, 15), st.lists(pupil, min_size=1, max_size=14), min_size=1, max_size=5)


def computed(panel, **asked):
    return content.compute(panel, parameters("items.content", **asked))


def facility(rows, places):
    possible = len(rows) * sum(ITEMS[place].maximum for place in places)
    return 100 * sum(max(row[place], 0) for row in rows for place in places) / possible


@settings(deadline=None)
@given(panels)
def test_an_element_is_what_all_its_items_brought(results):
    panel = panel_of_items(results, ITEMS)
    everybody = [row for rows in results.values() for row in rows]
    outcome = computed(panel, min_n=1)
    assert [one.organisation for one in outcome.results] == sorted(results)
    for one in outcome.results:
        rows = results[one.organisation]
        for kind, of_kind in PLACES.items():
            assert [each["name"] for each in one.statistic[kind]] == list(of_kind)
            for each in one.statistic[kind]:
                own, others = (facility(part, of_kind[each["name"]]) for part in (rows, everybody))
                low, high = wilson(own / 100 * len(rows), len(rows))
                bounds = wilson(others / 100 * len(everybody), len(everybody))
                numbers = [each[name] for name in content.NUMBERS]
                assert numbers == pytest.approx([own, low, high, others, *bounds], abs=0.0051)
                assert (each["name"] in one.statistic["below"]) == (high < others)
        json.dumps(one.statistic)


def test_items_are_named_and_those_without_a_maximum_are_not_added():
    (one,) = computed(panel_of_items({10: [[1, 3, 2, 0, 1]] * 12}, ITEMS)).results
    assert {each["name"]: each["items"] for each in one.statistic["elements"]} == {"Дроби": ["1", "2"], "Углы": ["3"]}


def test_a_work_that_nobody_has_described_is_not_computed():
    outcome = computed(panel_of_items({10: [[1, 1]] * 12}, (WorkItem("1", 1, "Б"), WorkItem("2", 1, "Б"))))
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(None, content.NOT_DESCRIBED)]


def test_a_described_work_without_maxima_is_not_computed():
    outcome = computed(panel_of_items({10: [[1, 1]] * 12}, (WorkItem("1", None, "Б", "Дроби"), WorkItem("2", 1, "Б"))))
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(None, NO_MAXIMUM)]


def test_few_participants_are_refused():
    outcome = computed(panel_of_items({10: [[1, 3, 2, 0, 1]] * 9}, ITEMS))
    assert (outcome.results, [one.organisation for one in outcome.not_computed]) == ((), [10])


WEAK = [[0, 0, 2, 1, 1]] * 12
STRONG = [[1, 3, 2, 1, 1]] * 60


def said(panel, key):
    (one,) = [each for each in computed(panel).results if each.organisation == key]
    return content.sentence(one).replace("\u00a0", " ")


def test_the_sentence_names_what_is_below_the_furthest_first():
    panel = panel_of_items({10: WEAK, 11: STRONG}, ITEMS)
    assert said(panel, 10) == (
        "По математике в 5 классе (12 участников) уверенно хуже, чем по региону: «Дроби» (0 %; 0–24 % против 83 %), "
        "«Решать задачи» (0 %; 0–24 % против 83 %) и «Вычислять» (67 %; 39–86 % против 94 %)."
    )
    assert said(panel, 11).endswith("нет элементов содержания и результатов, освоенных уверенно хуже, чем по региону.")


def test_without_a_territory_the_weakest_is_named():
    schools = [school(10, municipality=None)]
    panel = panel_of_items({10: WEAK}, ITEMS, schools=schools, with_region=False)
    assert said(panel, 10) == (
        "По математике в 5 классе (12 участников): хуже всего освоено «Дроби» (0 %; 0–24 %), сравнивать не с чем."
    )
