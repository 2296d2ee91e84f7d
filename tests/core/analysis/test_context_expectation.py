"""Expected results against a twin with whole matrices in plain numpy, and models that a sample cannot bear."""

import json
from dataclasses import replace
from statistics import mean, stdev

import numpy as np
import pytest
from scipy.stats import t as student

from msoko.core.analysis.methods.context import expectation
from msoko.core.analysis.methods.context._covariates import Described, design, lacks
from tests.core.analysis.panels import panel_of, parameters, school, work
from tests.core.analysis.passports import with_passports
from tests.core.analysis.test_multilevel import deviance, slowly

METHOD = "context.expectation"
NOTHING_DIFFERS = "ни один признак не различает школы: доли у всех одинаковые или не заполнены"
MATHS, RUSSIAN, OLDER = work(1), work(2, "russian", maximum=40), work(3, grade=6)
WORKS = (MATHS, RUSSIAN, OLDER)


def asked(**more):
    return parameters(METHOD, **{"weights": {"low_income": -1}, "covariates": ["index"], **more})


def region(seed=1, schools=14, effects=None, alike=True):
    """Schools of which the poor do worse; `effects`: school → what it adds to everybody's score."""
    random = np.random.default_rng(seed)
    drawn, passports = {one: {} for one in WORKS}, {}
    for key in range(1, schools + 1):
        poor = int(random.integers(5, 60))
        level = 12 - 0.08 * poor + random.normal(0, 0.8) + (effects or {}).get(key, 0)
        passports[key] = {"pupils": 100 if alike else 40 + 20 * key, "low_income": poor}
        for one in WORKS:
            n = int(random.integers(6, 40))
            scores = random.normal(level, 3.5, n) * (one.maximum / 20)
            drawn[one][key] = np.clip(np.round(scores), 0, one.maximum).astype(int).tolist()
    known = [school(key, school_type="", area="") for key in passports]
    return with_passports(panel_of(drawn, schools=known), passports)


def by_key(outcome):
    return {one.organisation: one for one in outcome.results}


def by_hand(panel):
    """Rows of parallels: z, variance by sampling, school's place; and the index of each school."""
    z, within = {}, {}
    for one in WORKS:
        pupils = {
            key: [score for score, n in group.tally.histogram.items() for _ in range(n)]
            for key, group in panel.groups(one).items()
        }
        everybody = [score for scores in pupils.values() for score in scores]
        squares = sum((score - mean(scores)) ** 2 for scores in pupils.values() for score in scores)
        within[one] = squares / sum(len(scores) - 1 for scores in pupils.values()) / stdev(everybody) ** 2
        z[one] = {key: (len(p), (mean(p) - mean(everybody)) / stdev(everybody)) for key, p in pupils.items()}
    rows = []
    schools = sorted(panel.organisations)
    for place, key in enumerate(schools):
        for grade in (6, 5):
            sat = [(*z[one][key], within[one]) for one in WORKS if one.grade == grade]
            total, largest = sum(n for n, _, _ in sat), max(n for n, _, _ in sat)
            mean_z = sum(n * value for n, value, _ in sat) / total
            rows.append((mean_z, sum(n * w for n, _, w in sat) / total / largest, place))
    poor = [float(row["low_income"]) / float(row["pupils"]) for row in panel.records["social_passport"]]
    index = [-(one - mean(poor)) / stdev(poor) for one in poor]
    y, sampling, group = (np.array(column) for column in zip(*rows, strict=True))
    return y, sampling, group, np.column_stack([np.ones(len(schools)), index])


@pytest.mark.parametrize("seed", range(6))
def test_the_model_is_the_one_with_whole_matrices(seed):
    panel = region(seed)
    outcome = expectation.compute(panel, asked())
    y, sampling, group, x = by_hand(panel)
    between, within = outcome.territory["between"], outcome.territory["within"]
    _, least = slowly(y, sampling, group, x)
    assert deviance((between, within), y, sampling, group, x) == pytest.approx(least, abs=1e-4)
    scale = outcome.territory["spread"]
    for place, one in enumerate(outcome.results):
        others = group != place
        same = group[others][:, None] == group[others][None, :]
        inverse = np.linalg.inv(np.diag(sampling[others] + within) + between * same)
        rows = x[group[others]]
        of_beta = np.linalg.inv(rows.T @ inverse @ rows)
        own = np.linalg.inv(np.diag(sampling[~others] + within))
        actual, error = own.sum(axis=0) @ y[~others] / own.sum(), 1 / own.sum()
        expected = x[place] @ of_beta @ rows.T @ inverse @ y[others]
        half = student.ppf(0.975, len(x) - 3) * np.sqrt(error + x[place] @ of_beta @ x[place])
        assert one.statistic["difference"] == pytest.approx((actual - expected) * scale, abs=1e-6)
        assert one.interval == pytest.approx(
            ((actual - expected - half) * scale, (actual - expected + half) * scale), abs=1e-6
        )


def test_a_school_that_does_better_than_its_conditions_stands_out():
    outcome = expectation.compute(region(effects={3: 6}), asked())
    found = by_key(outcome)
    best = max(found.values(), key=lambda one: one.statistic["shrunken"])
    assert best.organisation == 3
    assert best.interval[0] > 0
    assert expectation.sentence(best).startswith("Результат выше ожидаемого на")
    assert best.verdict is None


def test_the_actual_and_the_expected_differ_by_the_difference():
    for one in expectation.compute(region(), asked()).results:
        told = one.statistic
        assert told["actual"] - told["expected"] == pytest.approx(told["difference"])
        assert abs(told["shrunken"]) <= abs(told["difference"]) + 1e-9
        assert (told["schools"], told["covariates"]) == (14, ["индекс условий"])
        assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_a_school_does_not_explain_itself():
    """However the school changes, what is expected of it moves only with the variances and the common mean."""
    panel = region()
    poor = by_key(expectation.compute(panel, asked()))
    raised = by_key(expectation.compute(region(effects={3: 4}), asked()))
    drift = abs(raised[3].statistic["expected"] - poor[3].statistic["expected"])
    assert drift < 0.2 * abs(raised[3].statistic["actual"] - poor[3].statistic["actual"])


def test_inputs_are_the_results_of_the_school():
    one = by_key(expectation.compute(region(), asked()))[5]
    assert sorted(each.procedure for each in one.inputs) == [1, 2, 3]
    assert {each.organisation for each in one.inputs} == {5}


def test_procedures_are_told_with_what_they_were_compared_by():
    outcome = expectation.compute(region(), asked(procedures=["vpr/5"]))
    assert [one.procedure for one in outcome.procedures] == [1, 2]
    assert [one.eligible for one in outcome.procedures] == [14, 14]
    assert set(outcome.procedures[0].reference) == {"n", "mean", "sd", "within"}


def test_grade_and_subject_narrow_the_works():
    outcome = expectation.compute(region().narrowed(6, None), asked())
    assert [one.procedure for one in outcome.procedures] == [3]
    assert outcome.territory["within"] == 0  # one parallel of each school: its part cannot be told apart


def test_schools_without_a_passport_or_results_are_named():
    panel = region()
    rows = panel.records["social_passport"][1:]
    schools = {**panel.organisations, 20: school(20)}
    more = [*rows, {**rows[0], "organisation": 20}]
    outcome = expectation.compute(replace(panel, organisations=schools, records={"social_passport": more}), asked())
    told = {one.organisation: one.reason for one in outcome.not_computed}
    assert told[1] == "нет социального паспорта за подходящий год"
    assert told[20] == "в учтённых работах результатов нет"


@pytest.mark.parametrize(
    ("schools", "more", "reason"),
    [
        (8, {}, "модели нужно не меньше 10 школ с результатами и паспортом, а есть 8\xa0школ"),
        (14, {"covariates": ["wealth"]}, "неизвестные условия: «wealth»; есть index, area, size, type"),
        (14, {"procedures": ["ege"]}, "в учтённых работах результатов нет"),
        (
            14,
            {"weights": {"migrants": -1}},
            "ни один признак не различает школы: доли у всех одинаковые или не заполнены",
        ),
    ],
    ids=["too few", "unknown", "no works", "no index"],
)
def test_a_model_that_cannot_be_is_refused_with_the_reason(schools, more, reason):
    outcome = expectation.compute(region(schools=schools), asked(**more))
    assert outcome.results == ()
    assert (None, reason) in [(one.organisation, one.reason) for one in outcome.not_computed]


def described(count=30, **changed):
    """Schools of which every third is urban, every fifth basic; `changed`: what all of them have instead."""
    found = []
    for key in range(count):
        one = school(
            key, area="urban" if key % 3 == 0 else "rural", school_type="basic" if key % 5 == 0 else "secondary"
        )
        found.append(Described(replace(one, **changed), index=key % 7 - 3.0, pupils=50 + 10 * key))
    return found


ALL = ["index", "area", "size", "type"]


def test_a_sample_bears_so_many_conditions_and_the_last_are_given_up_first():
    assert design(described(30), ALL, 5).used == ("index", "area", "size", "type")
    plan = design(described(15), ALL, 5)
    assert plan.used == ("index", "area", "size")
    assert plan.dropped == {"type": "по 15\xa0школам можно оценить не больше чем 3\xa0коэффициента"}
    assert design(described(15), ["type", "index", "size", "area"], 5).used == ("type", "index", "size")
    assert plan.matrix.shape == (15, 4)


def test_what_is_the_same_in_all_schools_is_left_out():
    plan = design(described(30, area="rural"), ALL, 5)
    assert plan.dropped == {"area": "у всех школ одинаково"}


def test_what_repeats_another_condition_is_left_out():
    schools = [replace(one, pupils=float(np.exp(one.index))) for one in described()]
    assert design(schools, ALL, 5).dropped == {"size": "повторяет уже учтённое"}


def test_what_most_schools_do_not_tell_is_left_out_and_is_nobodys_fault():
    schools = [
        replace(one, school=replace(one.school, area="" if one.school.key % 4 else "urban")) for one in described()
    ]
    assert lacks(schools, ALL) == {}
    assert design(schools, ALL, 5).dropped == {"area": "у большинства школ не указано"}


def test_a_school_that_alone_does_not_tell_is_named():
    schools = described()
    schools[4] = replace(schools[4], pupils=None)
    schools[7] = replace(schools[7], school=replace(schools[7].school, area=""))
    assert lacks(schools, ALL) == {4: "не указано: размер школы", 7: "не указано: местность"}


def test_schools_of_a_rare_type_have_nobody_to_be_compared_with():
    schools = described()
    schools[4] = replace(schools[4], school=replace(schools[4].school, school_type="evening"))
    reason = "школ такого типа (вечерняя) с результатами и паспортом всего 1: сравнивать не с чем"
    assert lacks(schools, ALL) == {4: reason}
    assert lacks(schools, ["index", "size"]) == {}


def test_the_edge_of_the_data_is_told():
    panel = region()
    rows = [*panel.records["social_passport"]]
    rows[0] = {**rows[0], "low_income": "95"}
    outcome = expectation.compute(replace(panel, records={"social_passport": rows}), asked())
    beyond = [one.organisation for one in outcome.results if one.statistic["is_beyond"] and one.statistic["index"] < 0]
    assert beyond == [1]
    assert "за край данных" in expectation.sentence(by_key(outcome)[1])


def test_without_a_maximum_the_difference_is_in_deviations():
    drawn = {
        work(9, maximum=None): {key: np.random.default_rng(key).integers(0, 20, 15).tolist() for key in range(1, 13)}
    }
    passports = {key: {"pupils": 100, "low_income": 4 * key} for key in range(1, 13)}
    panel = with_passports(panel_of(drawn, schools=[school(key) for key in passports]), passports)
    one = expectation.compute(panel, asked()).results[0]
    assert one.statistic["unit"] == "sd"
    assert "σ" in expectation.sentence(one)
