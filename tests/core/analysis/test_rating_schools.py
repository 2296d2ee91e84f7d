"""The rating against a twin that counts pupils one by one, and places that other pupils would have given."""

import json
from collections import Counter
from dataclasses import replace
from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.rating import schools as rating
from msoko.core.analysis.methods.rating._resampling import (
    Coefficients,
    groups,
    intervals,
    places,
    pupils_of,
    resampled,
)
from msoko.core.analysis.methods.rating._values import Values, passing_of
from msoko.core.analysis.standardised import standardised
from tests.core.analysis.panels import BOUNDS, panel_of, parameters, work
from tests.core.analysis.test_context_resilient import BEST, every_year, region

METHOD = "rating.schools"
MATHS, RUSSIAN, OLDER = work(1), work(2, "russian"), work(3, grade=6)
RESULTS_ALONE = {"mean_percent": 1, "pass_rate": 1, "quality_rate": 2}


def asked(**more):
    return parameters(METHOD, **{"weights": RESULTS_ALONE, "min_n": 1, "least_schools": 2, "resamples": 100, **more})


scores = st.lists(st.integers(0, 20), min_size=2, max_size=9)
drawn_results = st.fixed_dictionaries(
    {one: st.dictionaries(st.integers(1, 5), scores, min_size=2) for one in (MATHS, RUSSIAN, OLDER)}
)


def mark_of(score):
    return next(mark for mark, bound in zip((2, 3, 4, 5), BOUNDS, strict=True) if score <= bound)


def inside(by_school):
    return sum((score - mean(one)) ** 2 for one in by_school.values() for score in one)


def slowly(drawn, weights):
    """School → score, pupil by pupil."""
    drawn = {one: by_school for one, by_school in drawn.items() if inside(by_school) > 0}
    whole = {one: [score for scores in by_school.values() for score in scores] for one, by_school in drawn.items()}

    def above(scores, everybody, least):
        share = [sum(mark_of(score) >= least for score in part) / len(part) for part in (scores, everybody)]
        return 100 * (share[0] - share[1])

    of_work = {
        "mean_percent": lambda own, everybody: (mean(own) - mean(everybody)) / stdev(everybody),
        "pass_rate": lambda own, everybody: above(own, everybody, 3),
        "quality_rate": lambda own, everybody: above(own, everybody, 4),
    }
    keys = sorted({key for by_school in drawn.values() for key in by_school})
    value = {}
    for name in weights:
        value[name] = {}
        for key in keys:
            parts = [(len(by[key]), of_work[name](by[key], whole[one])) for one, by in drawn.items() if key in by]
            value[name][key] = sum(n * part for n, part in parts) / sum(n for n, _ in parts)
    used = {name: weight for name, weight in weights.items() if stdev(value[name].values()) > 1e-9}
    return {
        key: sum(
            weight * (value[name][key] - mean(value[name].values())) / stdev(value[name].values())
            for name, weight in used.items()
        )
        / sum(used.values())
        for key in keys
    }


@settings(max_examples=60, deadline=None)
@given(drawn_results)
def test_the_score_is_what_counting_pupils_gives(drawn):
    outcome = rating.compute(panel_of(drawn), asked())
    found = {one.organisation: one.statistic["score"] for one in outcome.results}
    if not found:
        assert any(one.organisation is None for one in outcome.not_computed)
        return
    expected = slowly(drawn, RESULTS_ALONE)
    assert found == pytest.approx(expected, abs=1e-9)
    for one in outcome.results:
        better = sum(score > expected[one.organisation] + 1e-9 for score in expected.values())
        is_tied = len(set(np.round(list(expected.values()), 9))) < len(expected)
        assert is_tied or one.statistic["rank"] == better + 1
        assert one.interval[0] <= one.statistic["rank"] <= one.interval[1]
        assert json.loads(json.dumps(one.statistic, allow_nan=False)) == one.statistic
        assert rating.sentence(one).startswith("Место")


def sat_by_school(drawn):
    results = standardised(panel_of(drawn), drawn)
    sat = list(results.by_school.values())
    passing = {(one.school, one.work.procedure.key): passing_of(one.group, one.work.procedure) for one in results.sat}
    return sat, passing


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(1, 4), scores, min_size=2), st.integers(0, 1000))
def test_drawing_other_pupils_changes_the_score_as_counting_them_anew_does(by_school, seed):
    """One work: whichever pupils of a school are chosen, its mean and shares are computed anew from their scores."""
    if inside(by_school) == 0:
        return
    sat, passing = sat_by_school({MATHS: by_school})
    random = np.random.default_rng(seed)
    of_z, of_passed, of_good = random.uniform(0.1, 2, (3, len(sat)))
    pupils = pupils_of(sat, passing, Coefficients(of_z, of_passed, of_good))
    everybody = [score for scores in by_school.values() for score in scores]
    for place, key in enumerate(sorted(by_school)):
        own = sorted(by_school[key])
        start = pupils.starts[place]
        assert pupils.size[start] == len(own)
        chosen = random.integers(0, len(own), len(own))

        def counted(scores, place=place):
            z = (mean(scores) - mean(everybody)) / stdev(everybody)
            passed = 100 * mean(mark_of(score) >= 3 for score in scores)
            good = 100 * mean(mark_of(score) >= 4 for score in scores)
            return of_z[place] * z + of_passed[place] * passed + of_good[place] * good

        change = counted([own[i] for i in chosen]) - counted(own)
        worth = pupils.worth[start : start + len(own)]
        assert worth[chosen].sum() - worth.sum() == pytest.approx(change)


@settings(max_examples=60, deadline=None)
@given(drawn_results)
def test_a_pupil_has_the_same_place_in_all_works_of_the_parallel(drawn):
    """Slot by slot: who stands so high in every work, and what this brings, weighted by participants."""
    sat, passing = sat_by_school(drawn)
    if not sat:
        return
    ones = np.ones(len(sat))
    pupils = pupils_of(sat, passing, Coefficients(ones, ones, ones))
    for place, works in enumerate(sat):
        total = sum(one.n for one in works)
        expected = []
        for cohort in sorted({one.work.procedure.cohort for one in works}):
            together = [one for one in works if one.work.procedure.cohort == cohort]
            size = max(one.n for one in together)
            for slot in range(size):
                worth = 0
                for one in together:
                    own = sorted(score for score, n in one.group.histogram.items() for _ in range(n))
                    score = own[int((slot + 0.5) / size * len(own))]
                    marks = [mark_of(each) for each in own]
                    failed, weak = (sum(mark <= most for mark in marks) / len(own) for most in (2, 3))
                    at = (slot + 0.5) / size
                    z = (score - one.work.mean) / one.work.sd
                    worth += one.n / total * (z + 100 * (at >= failed) + 100 * (at >= weak))
                expected.append(worth / size)
        start = pupils.starts[place]
        assert pupils.worth[start : start + len(expected)] == pytest.approx(expected)


def test_draws_lie_around_the_score_and_spread_as_chance_does():
    drawn = {MATHS: {1: [3, 8, 9, 12, 15, 17] * 5, 2: [5, 6, 10, 14] * 10}}
    sat, passing = sat_by_school(drawn)
    pupils = pupils_of(sat, passing, Coefficients(np.ones(2), np.zeros(2), np.zeros(2)))
    scores = np.array([0.3, -0.2])
    found = resampled(scores, pupils, 4000)
    spread = [np.std(pupils.worth[:30]) * np.sqrt(30), np.std(pupils.worth[30:]) * np.sqrt(40)]
    assert found.mean(axis=0) == pytest.approx(scores, abs=0.02)
    assert found.std(axis=0) == pytest.approx(spread, rel=0.05)
    assert (found == resampled(scores, pupils, 4000)).all()


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=9))
def test_equal_scores_share_the_better_place(scores):
    expected = [1 + sum(other > one for other in scores) for one in scores]
    assert places(np.array(scores, dtype=float)).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12))
def test_a_group_holds_those_whose_interval_overlaps_its_first_schools(reach):
    place = np.arange(1, len(reach) + 1)
    low = np.maximum(1, place - [down for down, _ in reach])
    high = np.minimum(len(reach), place + [up for _, up in reach])
    expected, number, leader = [], 0, None
    for i in range(len(reach)):
        if leader is None or low[i] > high[leader]:
            number, leader = number + 1, i
        expected.append(number)
    assert groups(place, low, high).tolist() == expected


def test_the_interval_holds_the_place_and_most_of_the_draws():
    random = np.random.default_rng(5)
    drawn = random.normal(np.linspace(1, -1, 7), 0.4, (2000, 7))
    place = np.arange(1, 8)
    low, high = intervals(place, drawn)
    assert (low <= place).all()
    assert (high >= place).all()
    within = ((places(drawn) >= low) & (places(drawn) <= high)).mean(axis=0)
    assert (within >= 0.95).all()


def levels(*schools, n=40, seed=1):
    random = np.random.default_rng(seed)
    return {
        MATHS: {
            key: np.clip(np.round(random.normal(level, 3, n)), 0, 20).astype(int).tolist()
            for key, level in enumerate(schools, 1)
        }
    }


def by_key(outcome):
    return {one.organisation: one.statistic for one in outcome.results}


def test_schools_far_apart_have_groups_of_their_own_and_equal_ones_share_one():
    found = by_key(rating.compute(panel_of(levels(16, 10, 10, 4)), asked()))
    assert [found[key]["group"] for key in (1, 2, 3, 4)] == [1, 2, 2, 3]
    assert (found[1]["low"], found[1]["high"]) == (1, 1)
    assert (found[2]["low"], found[2]["high"]) == (2, 3)


def test_the_fewer_the_pupils_the_wider_the_interval():
    wide = [
        mean(
            one["high"] - one["low"]
            for one in by_key(rating.compute(panel_of(levels(*range(6, 16), n=n)), asked())).values()
        )
        for n in (8, 300)
    ]
    assert wide[0] > 2 * wide[1]


def test_a_small_school_has_no_place():
    drawn = levels(12, 10, 8)
    drawn[MATHS][4] = [20] * 5
    outcome = rating.compute(panel_of(drawn), asked(min_n=30))
    assert set(by_key(outcome)) == {1, 2, 3}
    assert {one["of"] for one in by_key(outcome).values()} == {3}
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [
        (4, "слишком мала для места: работы писали 5\xa0обучающихся, нужно 30")
    ]


def test_pupils_of_one_parallel_are_counted_once():
    drawn = {MATHS: {1: [5] * 10 + [9] * 10, 2: [6, 8] * 10}, RUSSIAN: {1: [5, 7] * 10, 2: [6, 9] * 9}}
    assert {one["n"] for one in by_key(rating.compute(panel_of(drawn), asked())).values()} == {20}


def test_schools_with_other_works_are_compared_with_those_who_wrote_them():
    """A school whose only work was hard for everybody is not low for that."""
    drawn = {MATHS: {1: [10, 12, 14], 2: [10, 12, 14]}, OLDER: {1: [2, 4, 6], 3: [2, 4, 6]}}
    scores = [
        one["score"] for one in by_key(rating.compute(panel_of(drawn), asked(weights={"mean_percent": 1}))).values()
    ]
    assert scores == []  # nobody differs, so there is nothing to rank by
    drawn[OLDER][3] = [4, 6, 8]
    found = by_key(rating.compute(panel_of(drawn), asked(weights={"mean_percent": 1})))
    assert found[3]["rank"] == 1


def test_the_result_over_expectation_counts_where_passports_are():
    panel = region(every_year(BEST))
    weights = {"mean_percent": 1, "above_expectation": 1}
    of_context = {"index_weights": {"low_income": -1}, "covariates": ["index"]}
    outcome = rating.compute(panel, asked(weights=weights, **of_context))
    told = by_key(outcome)[BEST]["values"][1]
    assert (told["key"], told["weight"]) == ("above_expectation", 1)
    assert told["z"] == max(one["values"][1]["z"] for one in by_key(outcome).values())


def test_without_passports_it_is_left_out_for_all_and_this_is_told():
    outcome = rating.compute(panel_of(levels(12, 10, 8)), asked(weights={"mean_percent": 1, "above_expectation": 1}))
    assert outcome.territory["left_out"] == ["результат сверх ожидаемого по условиям"]
    assert [one.reason for one in outcome.not_computed] == [
        "«результат сверх ожидаемого по условиям» не учтено: социальные паспорта не загружены"
    ]
    assert len(outcome.results) == 3


def test_where_marks_are_not_known_shares_are_left_out():
    plain = replace(MATHS, scale=None)
    outcome = rating.compute(panel_of({plain: levels(12, 10, 8)[MATHS]}), asked())
    assert outcome.territory["left_out"] == ["успеваемость", "качество"]


def test_an_exam_is_passed_from_its_minimum_and_has_no_quality():
    exam = work(1, kind="ege", grade=11, bounds=None, minimum=50)
    drawn = {exam: {1: [40, 60, 80] * 5, 2: [60, 70, 90] * 5, 3: [20, 30, 60] * 5}}
    outcome = rating.compute(panel_of(drawn), asked(procedures_second=["ege"]))
    assert outcome.territory["left_out"] == ["качество"]
    values = {one["key"]: one["value"] for one in by_key(outcome)[1]["values"]}
    assert values["pass_rate"] == pytest.approx(100 * 2 / 3 - 100 * 2 / 3)


def test_each_half_year_counts_its_own_procedures():
    test = replace(MATHS, key=7, kind="mop")
    panel = panel_of({**levels(12, 10, 8), test: levels(8, 10, 12)[MATHS]})
    first = by_key(rating.compute(panel, asked(half="first")))
    second = by_key(rating.compute(panel, asked(half="second")))
    both = by_key(rating.compute(panel, asked(half="year")))
    assert (first[3]["rank"], second[3]["rank"], both[3]["works"]) == (1, 3, 2)
    assert {one["half"] for one in first.values()} == {"первое полугодие"}


def test_a_school_known_by_an_aggregate_table_alone_has_no_place():
    panel = panel_of(levels(12, 10, 8))
    bare = replace(panel.schools[1][2], packed_tally=None, is_aggregate=True)
    panel = replace(panel, schools={1: {**panel.schools[1], 2: bare}})
    outcome = rating.compute(panel, asked())
    assert set(by_key(outcome)) == {1, 3}
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [
        (2, "известна только сводная таблица без распределения баллов")
    ]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (
            {"weights": {"beauty": 1}},
            "в весах неизвестные показатели: «beauty»; есть mean_percent, pass_rate, quality_rate, above_expectation",
        ),
        ({"weights": {"mean_percent": -1}}, "веса не могут быть меньше нуля, и хотя бы один нужен"),
        ({"weights": {"mean_percent": 0}}, "веса не могут быть меньше нуля, и хотя бы один нужен"),
        ({"half": "first"}, "первое полугодие: школ с результатами меньше 2, рейтинга нет"),
        ({"least_schools": 4}, "второе полугодие: школ с результатами меньше 4, рейтинга нет"),
    ],
    ids=["stranger", "negative", "no weight", "no works", "few schools"],
)
def test_where_there_is_no_rating_the_reason_is_told(more, reason):
    outcome = rating.compute(panel_of(levels(12, 10, 8)), asked(**more))
    assert outcome.results == ()
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(None, reason)]


def test_the_sentence_tells_place_interval_group_and_parts():
    outcome = rating.compute(panel_of(levels(16, 10, 10, 4)), asked())
    said = {one.organisation: rating.sentence(one) for one in outcome.results}
    assert "(95\xa0%: место не\xa0меняется), группа 1 из\xa03." in said[1]
    assert "группа 2 из\xa03, в\xa0ней 2\xa0школы, порядок внутри группы не\xa0доказан" in said[2]
    assert "По\xa0работам 40\xa0обучающихся, второе полугодие." in said[3]


def test_the_same_results_give_the_same_places():
    panel = panel_of(levels(12, 11, 10, 9))
    again = panel_of(dict(reversed(levels(12, 11, 10, 9).items())))
    assert by_key(rating.compute(panel, asked())) == by_key(rating.compute(again, asked()))
    assert Counter(one["rank"] for one in by_key(rating.compute(panel, asked())).values()) == Counter(range(1, 5))


def test_schools_with_the_same_results_share_a_place_whatever_their_size():
    marks = {1: [3, 8, 12, 18], 2: [3, 3, 8, 8], 3: [8, 12, 12, 18]}
    drawn = {MATHS: {**{key: three * 7 for key, three in marks.items()}, 4: marks[1] * 3, 5: marks[1] * 11}}
    for weights in ({"mean_percent": 1, "pass_rate": 3}, {"pass_rate": 1}, RESULTS_ALONE):
        found = by_key(rating.compute(panel_of(drawn), asked(weights=weights)))
        assert len({found[key]["rank"] for key in (1, 4, 5)}) == 1


def test_who_knows_too_little_after_others_are_left_out_is_left_out_too():
    """Two know only who passed. Without them most do not know it, and without it the third knows a fifth."""
    unknown = float("nan")
    table = [[unknown, 1, unknown], [unknown, 2, unknown], [unknown, 3, 1.0]]
    table += [[1.0, unknown, 2.0], [2.0, unknown, 3.0], [3.0, unknown, 4.0]]
    keys = ("above_expectation", "pass_rate", "quality_rate")
    value = np.array(table)
    found = Values(tuple(range(1, 7)), keys, value, np.ones_like(value), {}, {}, ())
    results = standardised(panel_of({MATHS: {key: [5, 9] for key in range(1, 7)}}), [MATHS])
    weights = dict(zip(keys, (2.0, 1.5, 0.5), strict=True))
    scores, unranked = rating._scores(found, results, weights, asked())
    assert scores is not None
    assert scores.values.schools == (4, 5, 6)
    assert np.isfinite(scores.score).all()
    assert [one.organisation for one in unranked] == [1, 2, 3]


def test_a_rating_of_three_schools_asks_for_no_expectation_that_three_cannot_bear():
    whole = region({}, schools=6)
    few = {key: {one: group for one, group in groups.items() if one <= 3} for key, groups in whole.schools.items()}
    weights = {"mean_percent": 1, "above_expectation": 1}
    outcome = rating.compute(replace(whole, schools=few), asked(weights=weights, covariates=["index"]))
    assert [one.organisation for one in outcome.results] == [1, 2, 3]
    assert "модели нужно не меньше 5 школ" in outcome.not_computed[0].reason
