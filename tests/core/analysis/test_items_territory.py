"""Items of a territory and what to talk about: against a slow twin, at the edges, and in words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.items import territory
from msoko.core.definitions.kinds import WorkItem
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.items_drawn import BASIC_WORK, X, panel_of_items
from tests.core.analysis.panels import REGION, parameters, school, work

ITEMS = (WorkItem("1", 1, "Б"), WorkItem("2", 2, "В"), WorkItem("10", 1, ""))
LIMITS = (57, 28.5, 57)
pupil = st.tuples(st.integers(-1, 1), st.integers(-1, 2), st.integers(-1, 1))
panels = st.dictionaries(st.integers(10, 17), st.lists(pupil, min_size=1, max_size=14), min_size=1, max_size=6)


def computed(panel, **asked):
    return territory.compute(panel, parameters("items.territory", **asked))


def facility(rows, place):
    return 100 * sum(max(row[place], 0) for row in rows) / (len(rows) * ITEMS[place].maximum)


def twin(results, min_n):
    """Of a territory: number of the item → facility, interval, omitted, weak schools, schools; and what to discuss."""
    everybody = [row for rows in results.values() for row in rows]
    large = [rows for rows in results.values() if len(rows) >= min_n]
    told, ranked = {}, []
    for place, (item, limit) in enumerate(zip(ITEMS, LIMITS, strict=True)):
        earned = sum(max(row[place], 0) for row in everybody) / item.maximum
        omitted = 100 * sum(row[place] == X for row in everybody) / len(everybody)
        weak = sum(facility(rows, place) < limit for rows in large)
        own = facility(everybody, place)
        told[item.number] = (own, *wilson(earned, len(everybody)), omitted, weak, len(large))
        is_low, in_many = own < limit, bool(large) and weak > 0 and weak >= len(large) / 2
        if is_low or in_many or omitted >= 15:
            ranked.append((not is_low, -weak / len(large) if large else 0, -round(omitted, 2), place, item.number))
    return told, [number for *_, number in sorted(ranked)]


@settings(deadline=None)
@given(panels)
def test_what_is_said_of_a_territory_is_what_follows_from_the_rows(results):
    schools = [school(key, municipality=2 + key % 2) for key in results]
    panel = panel_of_items(results, ITEMS, schools=schools)
    outcome = computed(panel, min_n=4)
    said = {one.organisation: one.statistic for one in outcome.results}
    homes = {REGION: results}
    for key in (2, 3):
        homes[key] = {one: rows for one, rows in results.items() if 2 + one % 2 == key}
    for key, home in homes.items():
        n = sum(map(len, home.values()))
        assert (key in said) == (n >= 4)
        if n < 4:
            continue
        told, discuss = twin(home, 4)
        names = ("facility", "low", "high", "omitted", "weak_schools", "schools")
        for item in said[key]["items"]:
            assert [item[name] for name in names] == pytest.approx(list(told[item["number"]]), abs=0.0051)
        assert tuple(item["limit"] for item in said[key]["items"]) == LIMITS
        if n < 50:  # which say nothing of discrimination, so these are all the grounds there are
            assert said[key]["discuss"] == discuss
        json.dumps(said[key])


def test_every_territory_of_the_work_has_its_own_figure():
    schools = [school(10, municipality=2), school(11, municipality=3)]
    outcome = computed(panel_of_items({10: [[1, 0, 1]] * 12, 11: [[0, 1, 1]] * 12}, schools=schools))
    assert [one.organisation for one in outcome.results] == [REGION, 2, 3]
    assert [one.statistic["territory"] for one in outcome.results] == ["region", "municipality", "municipality"]


def test_a_territory_with_too_few_participants_is_named():
    outcome = computed(panel_of_items({10: [[1, 0, 1]] * 9}))
    assert {one.organisation for one in outcome.not_computed} == {REGION, 2}
    assert outcome.results == ()


def test_a_small_school_counts_in_the_territory_but_not_among_the_schools():
    outcome = computed(panel_of_items({10: [[0, 1, 1]] * 9, 11: [[1, 1, 1]] * 12}))
    region = outcome.results[0].statistic
    assert (region["n"], region["schools"]) == (21, 1)
    assert region["items"][0]["weak_schools"] == 0


def test_an_item_that_hardly_tells_the_strong_from_the_weak_is_talked_about_unless_it_is_easy():
    strong, weak = [[1, 1, 1, 0], [1, 1, 1, 1]], [[0, 0, 0, 1], [0, 0, 1, 0]]
    items = (*BASIC_WORK, WorkItem("4", 1, "П"))
    panel = panel_of_items({10: (strong * 25 + weak * 10)}, items)
    (item,) = [one for one in computed(panel).results[0].statistic["items"] if one["number"] == "4"]
    assert (item["facility"], item["grounds"]) == (50.0, ["discrimination"])
    easy = panel_of_items({10: [[*row[:3], 1] for row in strong * 25 + weak * 10] + [[1, 0, 0, 0]] * 2}, items)
    (item,) = [one for one in computed(easy).results[0].statistic["items"] if one["number"] == "4"]
    assert item["facility"] > 80
    assert item["discrimination"] < 0.2
    assert item["grounds"] == []


def test_items_with_one_maximum_and_nobody_who_failed_are_not_talked_about():
    outcome = computed(panel_of_items({10: [[1, 1, 1]] * 60}))
    said = territory.sentence(outcome.results[0]).replace("\u00a0", " ")
    assert (
        said == "Заданий, которые стоило бы обсудить на заседании РМО по математике, нет: ВПР, 5 класс, 60 участников."
    )


def test_nobody_has_items():
    outcome = computed(panel_of_items({10: [[]] * 12}, items=()))
    assert [one.organisation for one in outcome.not_computed] == [None]


def test_an_exam_says_why_it_is_left_out():
    one = work(1, kind="ege", grade=11, bounds=None, items=BASIC_WORK, minimum=27)
    outcome = computed(panel_of_items({10: [[1, 1, 1]] * 12}, procedure=one))
    assert [each.reason for each in outcome.not_computed] == [
        "результаты ЕГЭ взяты по тестовому баллу, а выполнение заданий по нему не считается"
    ]


def test_the_sentence_puts_the_items_in_their_order_with_their_grounds():
    rows = [[0, X, 1]] * 9 + [[1, 2, 1]] * 6
    outcome = computed(panel_of_items({10: rows, 11: [[1, 2, 0]] * 15}, ITEMS))
    said = territory.sentence(outcome.results[0]).replace("\u00a0", " ")
    assert said == (
        "На заседании РМО по математике обсудить задания (ВПР, 5 класс, 30 участников): "
        "№ 10 — 50 % (33–67 %), ниже границы в 1 школе из 2; "
        "№ 1 — базовое, 70 % (52–83 %), ниже границы в 1 школе из 2; "
        "№ 2 — высокого уровня, 70 % (52–83 %), не приступали 30 %. "
        "Где уровень задания не описан, граница — 57 %."
    )


def test_in_primary_school_the_association_is_of_all_subjects():
    one = work(1, grade=4, bounds=None, items=ITEMS, maximum=4)
    outcome = computed(panel_of_items({10: [[0, 0, 0]] * 12}, ITEMS, procedure=one))
    said = territory.sentence(outcome.results[0]).replace("\u00a0", " ")
    assert said.startswith("На заседании РМО учителей начальных классов обсудить задания (ВПР по математике, 4 класс, ")
