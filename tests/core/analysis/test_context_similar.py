"""Similar schools against distances counted pair by pair."""

import json
from dataclasses import replace
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.context import similar
from msoko.core.analysis.panel import Panel
from tests.core.analysis.panels import parameters, school
from tests.core.analysis.passports import YEAR, of_passports, row, with_passports

METHOD = "context.similar"
WEIGHTS = {"size": 3, "area": 2, "low_income": 1, "migrants": 1, "with_category": 1}


def asked(**more):
    return parameters(METHOD, **{"weights": WEIGHTS, **more})


@st.composite
def many_schools(draw):
    """(school, passport, staff) by key; areas, cells and staff may be unknown."""
    found = {}
    for key in range(1, draw(st.integers(2, 7)) + 1):
        pupils = draw(st.integers(10, 300))
        cells = {name: draw(st.one_of(st.none(), st.integers(0, pupils))) for name in ("low_income", "migrants")}
        staff = draw(
            st.one_of(
                st.none(),
                st.fixed_dictionaries(
                    {
                        "teachers": st.just(20),
                        "highest_category": st.integers(0, 9),
                        "first_category": st.integers(0, 9),
                    }
                ),
            )
        )
        area = draw(st.sampled_from(["", "urban", "rural"]))
        found[key] = (school(key, area=area), {"pupils": pupils, **cells}, staff)
    return found


def panel_of_schools(drawn):
    panel = Panel(YEAR, (), {key: one for key, (one, _, _) in drawn.items()}, {})
    staff = {key: one for key, (_, _, one) in drawn.items() if one}
    return with_passports(panel, {key: cells for key, (_, cells, _) in drawn.items()}, staff)


def numbers_of(one, cells, staff):
    """Characteristic → number or word; without those that are not known."""
    found = {"size": log(cells["pupils"]), "area": one.area or None}
    found |= {
        key: None if cells[key] is None else 100 * cells[key] / cells["pupils"] for key in ("low_income", "migrants")
    }
    found["with_category"] = staff and 100 * (staff["highest_category"] + staff["first_category"]) / 20
    return {key: value for key, value in found.items() if value is not None}


def slowly(drawn, least_known=50):
    """School → [(distance, other)], nearest first."""
    known = {key: numbers_of(*one) for key, one in drawn.items()}
    ranges = {}
    for key in WEIGHTS:
        values = [of[key] for of in known.values() if key in of]
        if key == "area":
            varies = len(set(values)) > 1
            ranges[key] = 1 if varies else 0
        else:
            ranges[key] = max(values) - min(values) if values else 0
    used = {key: weight for key, weight in WEIGHTS.items() if ranges[key] > 1e-9}
    found = {}
    for key, own in known.items():
        near = []
        for other, theirs in known.items():
            both = [name for name in used if name in own and name in theirs]
            weight = sum(used[name] for name in both)
            if other == key or not weight or 100 * weight < least_known * sum(used.values()):
                continue
            apart = sum(
                used[name]
                * (own[name] != theirs[name] if name == "area" else abs(own[name] - theirs[name]) / ranges[name])
                for name in both
            )
            near.append((apart / weight, other))
        if near:
            found[key] = sorted(near)
    return found


@settings(max_examples=80, deadline=None)
@given(many_schools(), st.sampled_from([0, 50, 100]))
def test_the_nearest_are_those_with_the_least_distance(drawn, least_known):
    outcome = similar.compute(panel_of_schools(drawn), asked(least_known=least_known, how_many=3))
    expected = slowly(drawn, least_known)
    for one in outcome.results:
        near = one.statistic["nearest"]
        assert [each["distance"] for each in near] == pytest.approx(
            [distance for distance, _ in expected[one.organisation][:3]]
        )
        distances = {other: distance for distance, other in expected[one.organisation]}
        assert [distances[each["organisation"]] for each in near] == pytest.approx([each["distance"] for each in near])
        assert one.organisation not in {each["organisation"] for each in near}
        assert one.statistic["schools"] == len(expected[one.organisation])
        assert json.loads(json.dumps(one.statistic, allow_nan=False)) == one.statistic
        assert similar.sentence(one).startswith("Ближе всего")
    whole = [one for one in outcome.not_computed if one.organisation is None]
    assert whole or {one.organisation for one in outcome.results} == set(expected)


def six():
    return {key: {"pupils": 50 * key, "low_income": 5 * key, "migrants": key} for key in range(1, 7)}


def of_school(outcome, key):
    return next(one for one in outcome.results if one.organisation == key)


def test_of_equally_near_schools_the_first_by_key_stands_first():
    passports = {key: {"pupils": 100, "low_income": 10 if key == 1 else 20} for key in (1, 2, 3, 4)}
    one = of_school(similar.compute(of_passports(passports), asked()), 1)
    assert [each["organisation"] for each in one.statistic["nearest"]] == [2, 3, 4]


def test_what_differs_is_named_the_most_different_first():
    one = of_school(similar.compute(of_passports(six()), asked(how_many=1)), 1)
    (nearest,) = one.statistic["nearest"]
    assert [each["name"] for each in nearest["differs"]] == ["размер школы"]
    assert (nearest["differs"][0]["own"], nearest["differs"][0]["other"]) == (50, 100)
    assert "размер школы (50\xa0обучающихся, а\xa0там 100)" in similar.sentence(one)


def test_schools_that_are_alike_in_everything_known_have_no_differences():
    passports = {1: {"pupils": 100, "low_income": 10}, 2: {"pupils": 100, "low_income": 10}, 3: {"pupils": 9}}
    one = of_school(similar.compute(of_passports(passports), asked(least_known=0)), 1)
    assert one.statistic["nearest"][0]["distance"] == 0
    assert "заметных отличий нет" in similar.sentence(one)


def test_a_school_of_which_too_little_is_known_is_named():
    passports = six()
    passports[3] = {"pupils": None, "low_income": None, "migrants": 3}
    outcome = similar.compute(of_passports(passports), asked())
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [
        (3, "известно слишком мало признаков, общих с другими школами")
    ]


def test_a_school_without_a_passport_is_named():
    panel = of_passports(six())
    panel = replace(panel, organisations={**panel.organisations, 7: school(7)})
    outcome = similar.compute(panel, asked())
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [
        (7, "нет социального паспорта за подходящий год")
    ]


def test_an_older_passport_is_told():
    panel = of_passports(six())
    rows = [row(1, six()[1], YEAR - 2), *panel.records["social_passport"][1:]]
    one = of_school(similar.compute(replace(panel, records={"social_passport": rows}), asked()), 1)
    assert "Социальный паспорт за\xa02023/24 учебный год" in similar.sentence(one)


@pytest.mark.parametrize(
    ("passports", "weights", "reason"),
    [
        ({}, WEIGHTS, "социальные паспорта не загружены"),
        ({1: {"pupils": 10}}, WEIGHTS, "социальный паспорт есть только у одной школы"),
        (six(), {"rich": 1}, "в весах неизвестные признаки: «rich»"),
        (six(), {"size": -1}, "вес признака должен быть больше нуля, и хотя бы один признак нужен"),
        (six(), {"size": 0}, "вес признака должен быть больше нуля, и хотя бы один признак нужен"),
        (six(), {"area": 1}, "ни один признак не различает школы: у всех одинаковые значения или они не заполнены"),
    ],
    ids=["none", "one", "stranger", "negative", "no weight", "all alike"],
)
def test_where_nothing_can_be_compared_the_reason_is_told(passports, weights, reason):
    outcome = similar.compute(of_passports(passports), asked(weights=weights))
    assert outcome.results == ()
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(None, reason)]
