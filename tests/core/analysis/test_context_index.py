"""The index of conditions against a twin in plain Python, and what is done with passports that tell too little."""

from dataclasses import replace
from math import isnan
from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.context import index
from msoko.core.analysis.methods.context._conditions import conditions
from msoko.core.analysis.methods.context._passports import CHARACTERISTICS, academic, said
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.analysis.panels import parameters, school
from tests.core.analysis.passports import YEAR, of_passports, row

METHOD = "context.index"
WEIGHTS = {"both_parents_higher": 2, "low_income": -1, "migrants": -0.5}


def asked(**more):
    return parameters(METHOD, **{"weights": WEIGHTS, **more})


def slowly(passports, weights, least_known=50):
    """School → index, number by number."""
    shares = {
        school: {key: 100 * cells[key] / cells["pupils"] for key in weights if cells[key] is not None}
        for school, cells in passports.items()
    }
    z = {school: {} for school in passports}
    useful = {}
    for key, weight in weights.items():
        known = [of[key] for of in shares.values() if key in of]
        if len(known) > 1 and stdev(known) > 1e-9:
            useful[key] = weight
            for school in passports:
                if key in shares[school]:
                    z[school][key] = (shares[school][key] - mean(known)) / stdev(known)
    found = {}
    for school, of in z.items():
        weight = sum(abs(useful[key]) for key in of)
        if of and 100 * weight >= least_known * sum(map(abs, useful.values())) - 1e-9:
            found[school] = sum(useful[key] * of[key] for key in of) / weight
    return found


@st.composite
def many_passports(draw):
    schools = draw(st.integers(5, 9))
    found = {}
    for key in range(1, schools + 1):
        pupils = draw(st.integers(10, 300))
        counts = {name: draw(st.one_of(st.none(), st.integers(0, pupils))) for name in WEIGHTS}
        found[key] = {"pupils": pupils, **counts}
    return found


@settings(max_examples=60, deadline=None)
@given(many_passports(), st.sampled_from([0, 50, 100]))
def test_the_index_is_the_weighted_mean_of_deviations(passports, least_known):
    outcome = index.compute(of_passports(passports), asked(least_known=least_known))
    found = {one.organisation: one.statistic["index"] for one in outcome.results}
    assert found == pytest.approx(slowly(passports, WEIGHTS, least_known), abs=1e-9)
    whole = [one.reason for one in outcome.not_computed if one.organisation is None]
    told = {one.organisation for one in outcome.not_computed}
    assert whole or told == set(passports) - set(found)
    for one in outcome.results:
        assert sum(part["adds"] for part in one.statistic["parts"]) == pytest.approx(one.statistic["index"], abs=1e-9)
        assert one.statistic["counted"] + len(one.statistic["missing"]) == one.statistic["of"]
        assert index.sentence(one).startswith("Индекс условий")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_the_first_component_is_that_of_the_correlations(seed):
    """Against the singular values of the standardised table, where nothing is missing."""
    random = np.random.default_rng(seed)
    passports = {
        key: {"pupils": 200, **dict(zip(WEIGHTS, random.integers(1, 200, 3).tolist(), strict=True))} for key in range(8)
    }
    found = conditions(of_passports(passports), YEAR, asked(index="component"))
    table = np.array([[cells[key] / 2 for key in WEIGHTS] for cells in passports.values()])
    z = (table - table.mean(axis=0)) / table.std(axis=0, ddof=1)
    _, singular, vectors = np.linalg.svd(z)
    assert abs(vectors[0] @ found.weights) == pytest.approx(1)
    assert found.weights @ list(WEIGHTS.values()) >= 0
    assert found.explained == pytest.approx(singular[0] ** 2 / (singular**2).sum())
    assert found.index == pytest.approx(z @ found.weights / abs(found.weights).sum())


def six(**changed):
    """Six schools, from hard to favourable; `changed`: «s3» → what is different in the third."""
    passports = {
        key: {"pupils": 100, "both_parents_higher": 10 * key, "low_income": 70 - 10 * key, "migrants": 8 - key}
        for key in range(1, 7)
    }
    for name, cells in changed.items():
        passports[int(name[1:])] |= cells
    return passports


def of_school(outcome, key):
    return next(one for one in outcome.results if one.organisation == key)


def test_the_hardest_conditions_stand_first():
    outcome = index.compute(of_passports(six()), asked())
    places = {one.organisation: one.statistic["place"] for one in outcome.results}
    assert places == {key: key for key in range(1, 7)}
    strengths = {one.organisation: one.strength for one in outcome.results}
    assert sorted(strengths, key=strengths.get, reverse=True) == [1, 2, 3, 4, 5, 6]
    assert {one.verdict for one in outcome.results} == {None}


def test_equal_conditions_have_the_same_place():
    same = {"both_parents_higher": 10, "low_income": 60, "migrants": 7}
    outcome = index.compute(of_passports(six(s2=same)), asked())
    assert [of_school(outcome, key).statistic["place"] for key in (1, 2, 3)] == [1, 1, 3]


def test_what_is_missing_is_not_zero_and_is_named():
    missing = index.compute(of_passports(six(s1={"low_income": None})), asked())
    zero = index.compute(of_passports(six(s1={"low_income": 0})), asked())
    one = of_school(missing, 1)
    assert one.statistic["missing"] == [{"name": "малоимущие семьи", "why": "missing"}]
    assert (one.statistic["counted"], one.statistic["of"]) == (2, 3)
    assert one.statistic["index"] < of_school(zero, 1).statistic["index"]
    assert "нет данных: малоимущие семьи" in index.sentence(one)


def test_missing_not_applicable_and_suppressed_do_not_melt():
    cells = {"low_income": Unknown.SUPPRESSED, "migrants": Unknown.NOT_APPLICABLE}
    one = of_school(index.compute(of_passports(six(s4=cells)), asked()), 4)
    assert [part["why"] for part in one.statistic["missing"]] == ["suppressed", "not_applicable"]


def test_a_part_larger_than_the_whole_is_missing():
    one = of_school(index.compute(of_passports(six(s4={"migrants": 101})), asked()), 4)
    assert one.statistic["missing"] == [{"name": "семьи мигрантов", "why": "missing"}]


def test_a_school_of_which_too_little_is_known_has_no_index():
    cells = {"both_parents_higher": None, "low_income": None}
    outcome = index.compute(of_passports(six(s2=cells)), asked())
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [
        (2, "в социальном паспорте заполнено слишком мало: 1 из 3\xa0признаков")
    ]


def test_a_school_without_a_passport_is_named():
    panel = of_passports(six())
    panel = replace(panel, organisations={**panel.organisations, 7: school(7)})
    outcome = index.compute(panel, asked())
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [
        (7, "нет социального паспорта за подходящий год")
    ]


def test_a_passport_of_a_school_that_nobody_knows_is_named():
    panel = of_passports(six())
    rows = [*panel.records["social_passport"], {**row(None, {"pupils": 10}), "school": "Школа «Лес»"}]
    outcome = index.compute(replace(panel, records={"social_passport": rows}), asked())
    assert [one.reason for one in outcome.not_computed] == ["социальный паспорт: школы «Школа „Лес“» нет в реестре"]


@pytest.mark.parametrize(
    ("passports", "weights", "reason"),
    [
        ({}, WEIGHTS, "социальные паспорта не загружены"),
        ({1: {"pupils": 10}}, WEIGHTS, "социальный паспорт есть только у 1\xa0школы, а сравнивать можно от 5"),
        (six(), {"low_income": 0}, "у всех признаков вес 0"),
        (six(), {"rich": 1}, "в весах неизвестные признаки: «rich»"),
        (
            {key: {"pupils": 100, "low_income": 20} for key in range(6)},
            {"low_income": -1},
            "ни один признак не различает школы: доли у всех одинаковые или не заполнены",
        ),
    ],
    ids=["none", "one", "no weight", "stranger", "all alike"],
)
def test_where_there_is_no_index_the_reason_is_told(passports, weights, reason):
    outcome = index.compute(of_passports(passports), asked(weights=weights))
    assert outcome.results == ()
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(None, reason)]


def test_a_characteristic_that_nobody_has_filled_in_is_told_and_takes_no_part():
    passports = six(**{f"s{key}": {"migrants": None} for key in range(1, 7)})
    outcome = index.compute(of_passports(passports), asked())
    assert outcome.territory["unused"] == {"семьи мигрантов": "данных нет ни у одной школы"}
    assert {one.statistic["of"] for one in outcome.results} == {2}


def test_without_pupils_there_are_no_shares():
    outcome = index.compute(of_passports(six(s1={"pupils": 0}, s2={"pupils": None})), asked())
    assert {one.organisation for one in outcome.not_computed} == {1, 2}


def test_the_passport_of_the_fitting_year_is_taken_else_the_nearest_earlier():
    panel = of_passports(six())
    rows = [*panel.records["social_passport"]]
    rows[0] = {**rows[0], "academic_year": str(YEAR - 2)}
    rows += [{**rows[1], "academic_year": str(YEAR)}, {**rows[2], "academic_year": str(YEAR - 2), "migrants": "90"}]
    outcome = index.compute(replace(panel, records={"social_passport": rows}), asked())
    years = {one.organisation: one.statistic["academic_year"] for one in outcome.results}
    assert years == {1: YEAR - 2, **dict.fromkeys(range(2, 7), YEAR - 1)}
    assert "взят ближайший прежний" in index.sentence(of_school(outcome, 1))
    assert "прежний" not in index.sentence(of_school(outcome, 2))


def test_a_passport_that_is_too_old_is_none():
    panel = of_passports(six())
    rows = [*panel.records["social_passport"]]
    rows[0] = {**rows[0], "academic_year": str(YEAR - 4)}
    outcome = index.compute(replace(panel, records={"social_passport": rows}), asked(oldest_passport=2))
    assert [one.organisation for one in outcome.not_computed] == [1]


def test_of_two_passports_of_a_year_the_one_accepted_last_counts():
    panel = of_passports(six())
    rows = [row(1, {**six()[6]}), *panel.records["social_passport"]]  # the newest batch comes first
    outcome = index.compute(replace(panel, records={"social_passport": rows}), asked())
    assert of_school(outcome, 1).statistic["index"] == of_school(outcome, 6).statistic["index"]


def test_facts_of_staff_and_place_stand_beside_the_index():
    teachers = {
        "teachers": 20,
        "highest_category": 5,
        "first_category": 7,
        "vacancies": "1.5",
        "up_to_three_years": None,
    }
    panel = of_passports(six(s1={"second_shift": 30, "bussed": Unknown.NOT_APPLICABLE}), {1: teachers})
    facts = of_school(index.compute(panel, asked()), 1).statistic["facts"]
    assert (facts["area"], facts["type"]) == ("сельская", "средняя")
    assert (facts["second_shift"], facts["bussed"]) == (30, "not_applicable")
    staff = facts["staff"]
    assert (staff["teachers"], staff["highest_category"], staff["vacancies"]) == (20, 5, 1.5)
    assert staff["up_to_three_years"] == "missing"
    assert of_school(index.compute(panel, asked()), 2).statistic["facts"]["staff"] is None


def test_a_cell_means_what_it_says():
    assert [said(cell) for cell in ("12", "1,5", "0", None, "", Unknown.SUPPRESSED)] == [
        *(12, 1.5, 0),
        *(Unknown.MISSING, Unknown.MISSING, Unknown.SUPPRESSED),
    ]
    assert (academic(2025), academic(2099)) == ("2025/26", "2099/00")


def test_the_names_are_those_of_the_form():
    counts = [
        column.key for column in Definitions.load().layouts["social_passport"].columns if column.not_above == "pupils"
    ]
    assert list(CHARACTERISTICS) == counts


def test_every_method_starts_from_the_same_index():
    """Its parameters belong to each method; left alone they must mean the same index."""
    shared = {}
    for name, one in Definitions.load().methods.items():
        if "index" in one.defaults:
            asked = {key: one.defaults[key] for key in ("index", "least_known", "oldest_passport")}
            shared[name] = {**asked, "weights": one.defaults.get("index_weights", one.defaults["weights"])}
    assert {"context.index", "context.expectation", "rating.schools"} <= set(shared)
    assert [name for name, values in shared.items() if values != shared["context.index"]] == []


def test_no_number_of_the_statistic_is_lost_for_json():
    import json

    for one in index.compute(of_passports(six(s1={"low_income": None})), asked()).results:
        again = json.loads(json.dumps(one.statistic, allow_nan=False))
        assert again == one.statistic
        assert not isnan(again["index"])
