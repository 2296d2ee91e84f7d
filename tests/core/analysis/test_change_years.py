"""Level and change against a twin that counts pupils one by one; what is said of works, children and the region."""

import json
from dataclasses import replace
from math import sqrt
from statistics import mean, median, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.change import years
from msoko.core.analysis.methods.change._changes import NO_SPREAD
from msoko.core.analysis.methods.change._drift import drift
from msoko.core.analysis.methods.change._shares import difference
from msoko.core.analysis.methods.change._wording import change_in_words
from msoko.core.vocabulary.shares import Z_95, Share
from tests.core.analysis.panels import group, panel_of, parameters, tally_of, work

METHOD = "change.years"
NOW, BEFORE = work(1, year=2025), work(2, year=2024)
YOUNGER = work(3, grade=4, year=2024, maximum=16)


def asked(**more):
    return parameters(METHOD, **more)


scores = st.lists(st.integers(0, 20), min_size=1, max_size=8)
by_school = st.dictionaries(st.integers(1, 5), scores, min_size=1)


def variance_inside(by_school):
    squares = sum((score - mean(one)) ** 2 for one in by_school.values() for score in one)
    freedom = sum(len(one) - 1 for one in by_school.values())
    return squares / freedom if freedom else 0


@settings(max_examples=80, deadline=None)
@given(by_school, by_school)
def test_a_change_is_what_counting_pupils_gives(now, before):
    outcome = years.compute(panel_of({NOW: now, BEFORE: before}), asked(least_schools=99))
    both = sorted(set(now) & set(before))
    inside, inside0 = variance_inside(now), variance_inside(before)
    if not both or not inside or not inside0:
        assert outcome.results == ()
        assert [one.procedure for one in outcome.not_computed if one.organisation is None] == [NOW.key]
        return
    assert [one.organisation for one in outcome.results] == both
    everybody, everybody0 = ([score for one in year.values() for score in one] for year in (now, before))
    for one in outcome.results:
        (told,) = one.statistic["works"]
        change, own, own0 = told["same_work"], now[one.organisation], before[one.organisation]
        assert told["mean_percent"] == pytest.approx(5 * mean(own))
        assert change["mean_percent"] == pytest.approx(5 * mean(own0))
        assert change["difference"] == pytest.approx(5 * (mean(own) - mean(own0)))
        by_chance = 25 * (inside / len(own) + inside0 / len(own0))
        assert change["high"] - change["difference"] == pytest.approx(Z_95 * sqrt(by_chance))
        of_region = 5 * (mean(everybody) - mean(everybody0))
        if change["region"] is None:
            assert stdev(everybody) == 0 or stdev(everybody0) == 0
            continue
        assert change["region"]["now"] - change["region"]["before"] == pytest.approx(of_region)
        assert change["excess"] == pytest.approx(change["difference"] - of_region)
        of_both = 25 * (stdev(everybody) ** 2 / len(everybody) + stdev(everybody0) ** 2 / len(everybody0))
        assert change["excess_high"] - change["excess"] == pytest.approx(Z_95 * sqrt(by_chance + of_both))
        assert change["anyway"] is None
        assert json.loads(json.dumps(one.statistic, allow_nan=False)) == one.statistic
        assert years.sentence(one).startswith("В")


def twelve(change=0, first=0):
    """Twelve schools in two years; each rises by `change`, the first by `first` more."""
    random = np.random.default_rng(4)
    levels = {key: 8 + 0.3 * key for key in range(1, 13)}

    def year(extra):
        return {
            key: np.clip(np.round(random.normal(level + extra(key), 3, 30)), 0, 20).astype(int).tolist()
            for key, level in levels.items()
        }

    return {NOW: year(lambda key: change + first * (key == 1)), BEFORE: year(lambda key: 0)}


def of_school(outcome, key=1):
    return next(one for one in outcome.results if one.organisation == key)


def change_of(outcome, key=1, which="same_work"):
    return of_school(outcome, key).statistic["works"][0][which]


def test_a_school_that_rose_with_the_region_has_not_changed():
    found = change_of(years.compute(panel_of(twelve(change=4)), asked()), 6)
    assert found["difference"] > 10
    assert not found["is_clear"]


def test_a_school_that_rose_more_than_the_region_has():
    outcome = years.compute(panel_of(twelve(first=6)), asked())
    assert change_of(outcome)["is_clear"]
    assert max(outcome.results, key=lambda one: one.strength).organisation == 1
    assert "это другие дети" in years.sentence(of_school(outcome))


def test_few_participants_are_shown_and_called_nothing():
    drawn = twelve(first=9)
    drawn[NOW][1] = drawn[NOW][1][:6]
    outcome = years.compute(panel_of(drawn), asked())
    assert change_of(outcome)["n"] == 30
    assert not change_of(outcome)["is_clear"]
    assert change_of(years.compute(panel_of(drawn), asked(min_n=5)))["is_clear"]


def test_the_same_pupils_are_compared_by_their_place_in_the_region():
    random = np.random.default_rng(1)
    drawn = {
        one: {
            key: np.clip(np.round(random.normal(0.5 + 0.02 * key, 0.15, 25) * one.maximum), 0, one.maximum)
            .astype(int)
            .tolist()
            for key in range(1, 13)
        }
        for one in (NOW, YOUNGER)
    }
    panel = panel_of(drawn)
    outcome = years.compute(panel, asked())
    found = change_of(outcome, 1, "same_pupils")
    assert (found["grade"], found["year"], found["same_pupils"]) == (4, 2024, True)
    assert of_school(outcome).statistic["works"][0]["same_work"] is None
    region = {one: [score for scores in drawn[one].values() for score in scores] for one in drawn}
    percent = {one: 100 / one.maximum for one in drawn}
    z = {one: (mean(drawn[one][1]) - mean(region[one])) / stdev(region[one]) for one in drawn}
    assert found["excess"] == pytest.approx((z[NOW] - z[YOUNGER]) * stdev(region[NOW]) * percent[NOW])


def test_works_of_autumn_are_of_the_pupils_who_sat_them():
    """A work of grade 4 written in autumn by those who are in grade 5 by then is of the cohort of grade 5."""
    autumn = replace(YOUNGER, pupils_grade=5, academic_year=2024)
    assert autumn.cohort == NOW.cohort
    outcome = years.compute(panel_of({NOW: {1: [5, 9, 12]}, autumn: {1: [4, 8, 9]}}), asked())
    assert change_of(outcome, which="same_pupils")["same_pupils"] is True


def test_a_changed_maximum_and_scale_are_told():
    longer = replace(NOW, maximum=25)
    found = change_of(years.compute(panel_of({longer: twelve()[NOW], BEFORE: twelve()[BEFORE]}), asked()))
    assert found["notes"] == ["максимум работы изменился: 25, а\xa0было 20"]
    stricter = replace(NOW, scale=work(1, bounds=(7, 11, 15, 20)).scale)
    found = change_of(years.compute(panel_of({stricter: twelve()[NOW], BEFORE: twelve()[BEFORE]}), asked()))
    assert found["notes"] == ["шкала отметок изменилась"]


def test_without_a_region_the_change_stands_alone_and_this_is_told():
    outcome = years.compute(panel_of(twelve(first=6), with_region=False), asked())
    found = change_of(outcome)
    assert (found["region"], found["excess"], found["is_clear"]) == (None, None, True)
    assert outcome.procedures[0].reference["no_region"] == "региона нет"
    assert "изменение по региону не известно" in years.sentence(of_school(outcome))


def test_pass_and_quality_change_with_their_intervals():
    found = change_of(years.compute(panel_of({NOW: {1: [3, 8, 12, 16]}, BEFORE: {1: [3, 4, 12, 6]}}), asked()))
    assert (found["pass"]["k"], found["pass"]["k_before"]) == (3, 2)
    assert (found["quality"]["k"], found["quality"]["k_before"]) == (2, 1)
    assert found["pass"]["difference"] == 25
    assert found["pass"]["low"] < 0 < found["pass"]["high"]


def test_where_marks_are_not_known_their_change_is_not_either():
    plain, plain_before = (replace(one, scale=None) for one in (NOW, BEFORE))
    found = change_of(years.compute(panel_of({plain: {1: [3, 8]}, plain_before: {1: [3, 4]}}), asked()))
    assert (found["pass"], found["quality"]) == (None, None)


def test_an_exam_is_passed_from_its_minimum():
    exam = work(1, kind="ege", grade=11, year=2025, bounds=None, minimum=36)
    exam0 = replace(exam, key=2, year=2024)
    found = change_of(years.compute(panel_of({exam: {1: [30, 50]}, exam0: {1: [36, 50]}}), asked()))
    assert (found["pass"]["k"], found["pass"]["k_before"], found["quality"]) == (1, 2, None)
    assert found["difference"] == -3


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        ({NOW: {1: [5, 6]}}, "в 2024 году этой работы не было, и те же дети похожей не писали"),
        ({NOW: {1: [5, 6]}, BEFORE: {2: [5, 6]}}, "ни одна школа не писала обе работы"),
        (
            {NOW: {1: [5, 6]}, BEFORE: {1: [7, 7]}},
            NO_SPREAD,
        ),
        (
            {replace(NOW, maximum=None): {1: [5, 6]}, BEFORE: {1: [7, 8]}},
            "максимальный балл работы не указан",
        ),
    ],
    ids=["no year", "no school", "all alike", "no maximum"],
)
def test_a_work_without_a_change_is_named_with_the_reason(drawn, reason):
    outcome = years.compute(panel_of(drawn, year=2025), asked())
    assert outcome.results == ()
    assert [one.reason for one in outcome.not_computed if one.organisation is None] == [reason]
    assert [one.reason for one in outcome.not_computed if one.organisation] == ["за 2024 год результатов школы нет"]


def test_absent_pupils_are_in_no_change():
    panel = panel_of(twelve())
    silent = group(NOW, 1, tally_of([], absent=5))
    panel = replace(panel, schools={**panel.schools, NOW.key: {**panel.schools[NOW.key], 1: silent}})
    outcome = years.compute(panel, asked())
    assert 1 not in {one.organisation for one in outcome.results}
    assert [one.organisation for one in outcome.not_computed] == [1]


def test_inputs_are_the_schools_and_the_regions_groups_of_both_years():
    one = of_school(years.compute(panel_of(twelve()), asked()), 3)
    assert {(each.procedure, each.organisation) for each in one.inputs} == {(1, 3), (2, 3), (1, 1), (2, 1)}


def test_schools_at_the_bottom_rise_anyway_and_this_is_said():
    """Levels that are chance alone: the next year everybody is average again."""
    random = np.random.default_rng(2)
    drawn = {
        one: {
            key: np.clip(np.round(random.normal(random.normal(10, 2), 2, 40)), 0, 20).astype(int).tolist()
            for key in range(1, 31)
        }
        for one in (NOW, BEFORE)
    }
    outcome = years.compute(panel_of(drawn), asked())
    worst = min(outcome.results, key=lambda one: change_of(outcome, one.organisation)["mean_percent"])
    found = change_of(outcome, worst.organisation)
    assert found["was"] == "low"
    assert found["anyway"] > 5
    said = change_in_words(worst.statistic["works"][0], found)
    assert "ожидаем и\xa0без мер: год назад результат был среди самых низких" in said


@pytest.mark.parametrize(("extreme", "lowest"), [(0, 1), (10, 2), (50, 6)])
def test_how_many_schools_stand_at_the_bottom_is_a_parameter(extreme, lowest):
    """Of twelve schools in the order of the year before; nought leaves the lowest and the highest alone."""
    outcome = years.compute(panel_of(twelve()), asked(extreme=extreme))
    said = [change_of(outcome, one.organisation)["was"] for one in outcome.results]
    assert (said.count("low"), said.count("high")) == (lowest, lowest)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-30, 30), st.floats(-30, 30), st.floats(0.1, 20)), min_size=4, max_size=15))
def test_what_happens_anyway_is_the_line_of_one_year_on_the_other(points):
    before, now, chance = (list(column) for column in zip(*points, strict=True))
    found = drift(np.array(before), np.array(now), np.array(chance), 4)
    spread = sum((one - mean(before)) ** 2 for one in before)
    if spread < 1e-9:
        assert np.isnan(found.anyway).all()
        return
    residual = [one - line(before, now, at) for at, one in zip(before, now, strict=True)]
    around = 1.4826 * median(abs(one - median(residual)) for one in residual)
    between = max(0, around**2 - median(chance))
    for i, (at, one) in enumerate(zip(before, now, strict=True)):
        others, others_now = before[:i] + before[i + 1 :], now[:i] + now[i + 1 :]
        if sum((each - mean(others)) ** 2 for each in others) < 1e-6:
            continue  # all others stood at one place: they have no line
        on = line(others, others_now, at)
        assert found.anyway[i] == pytest.approx(on - at, abs=1e-4, rel=1e-4)
        free = 1 - 1 / len(before) - (at - mean(before)) ** 2 / spread
        usual = sqrt((between + chance[i]) / free)
        assert found.unusual[i] == pytest.approx((one - on) / usual, abs=1e-4, rel=1e-4)


def line(before, now, at):
    """Least squares of `now` on `before`, at one place."""
    spread = sum((one - mean(before)) ** 2 for one in before)
    slope = sum((a - mean(before)) * (b - mean(now)) for a, b in zip(before, now, strict=True)) / spread
    return mean(now) + slope * (at - mean(before))


def test_too_few_schools_say_nothing_of_what_happens_anyway():
    assert np.isnan(drift(np.array([1.0, 2.0]), np.array([2.0, 1.0]), np.ones(2), 4).unusual).all()


def test_the_interval_of_a_difference_is_the_published_one():
    """Newcombe (1998), table II: 56 of 70 against 48 of 80 by method 10."""
    change, low, high = difference(Share(56, 70), Share(48, 80))
    assert (change, low, high) == (pytest.approx(20), pytest.approx(5.24, abs=0.005), pytest.approx(33.39, abs=0.005))
    assert difference(Share(0, 0), Share(1, 2)) is None
