"""Schools above their expectation in hard conditions: who is found, how surely, and who is not."""

import json
from dataclasses import replace

import numpy as np
import pytest

from msoko.core.analysis.methods.context import resilient
from msoko.core.analysis.methods.context._expectation import expectation
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.panels import panel_of, parameters, school, work
from tests.core.analysis.passports import row

METHOD = "context.resilient"
BEST, SMALL, RICH = 2, 4, 13


def asked(**more):
    return parameters(METHOD, **{"weights": {"low_income": -1}, "covariates": ["index"], **more})


def region(effects, seed=1, schools=18, n=30):
    """Three years of two parallels; school 1 is the poorest. `effects`: (year, school) → points for everybody."""
    random = np.random.default_rng(seed)
    results, rows = {}, []
    for year in (2023, 2024, 2025):
        for grade in (5, 6):
            one = work(10 * year + grade, grade=grade, year=year)
            results[one] = {}
            for key in range(1, schools + 1):
                level = 8 + 0.2 * key + effects.get((year, key), 0)
                size = 8 if key == SMALL else n
                scores = random.normal(level, 3, size)
                results[one][key] = np.clip(np.round(scores), 0, 20).astype(int).tolist()
        rows += [row(key, {"pupils": 100, "low_income": 80 - 4 * key}, year - 1) for key in range(1, schools + 1)]
    panel = panel_of(results, schools=[school(key, school_type="", area="") for key in range(1, schools + 1)])
    return replace(panel, records={"social_passport": rows})


def every_year(key, points=6):
    return {(year, key): points for year in (2023, 2024, 2025)}


def found(outcome):
    return {one.organisation: one.verdict for one in outcome.results}


def test_a_school_above_in_several_years_is_robust_and_first():
    outcome = resilient.compute(region(every_year(BEST)), asked())
    best = max(outcome.results, key=lambda one: one.strength)
    assert (best.organisation, best.verdict) == (BEST, Verdict.ROBUST)
    assert best.statistic["resilient"] == [2025, 2024, 2023]
    assert best.interval[0] > 0
    said = resilient.sentence(best)
    assert said.startswith("В\xa0тяжёлых условиях результат выше ожидаемого на")
    assert "Так же было в\xa02024 и 2023\xa0годах" in said
    assert json.loads(json.dumps(best.statistic, allow_nan=False)) == best.statistic


def test_a_school_above_this_year_alone_is_likely():
    outcome = resilient.compute(region({(2025, BEST): 6}), asked())
    assert found(outcome)[BEST] is Verdict.LIKELY
    one = next(one for one in outcome.results if one.organisation == BEST)
    assert "в\xa02024 и 2023\xa0годах этого не\xa0видно" in resilient.sentence(one).lower()


def test_a_school_above_last_year_alone_is_not_found():
    assert BEST not in found(resilient.compute(region({(2024, BEST): 6}), asked()))


def test_years_can_be_asked_for():
    once = region({(2025, BEST): 6})
    assert BEST not in found(resilient.compute(once, asked(years_needed=2)))
    assert BEST in found(resilient.compute(region(every_year(BEST)), asked(years_needed=3)))


def test_a_school_in_good_conditions_is_not_called_resilient():
    assert RICH not in found(resilient.compute(region(every_year(RICH)), asked()))


def test_ordinary_conditions_are_not_hard_ones_even_in_the_lowest_third():
    panel = region(every_year(BEST))
    assert BEST in found(resilient.compute(panel, asked(adverse_index=-0.25)))
    assert BEST not in found(resilient.compute(panel, asked(adverse_index=-3)))


def test_a_small_school_is_told_as_few_data():
    outcome = resilient.compute(region(every_year(SMALL)), asked())
    assert SMALL not in found(outcome)
    assert {one.organisation: one.verdict for one in outcome.few_data} == {SMALL: Verdict.FEW_DATA}


def test_the_rule_is_what_it_says_school_by_school():
    """The twin asks each year's model itself."""
    panel = region({**every_year(BEST, 2), (2025, 3): 2, (2024, 5): 4}, seed=5)
    years = {year: expectation(panel, year, asked()) for year in (2025, 2024, 2023)}
    expected = {}
    for key in panel.organisations:
        good = []
        for year, model in years.items():
            index = model.conditions.by_school
            place = sorted(index.values()).index(index[key]) + 1
            hard = index[key] <= -0.25 and place <= 18 * 0.334
            one = model.compared[key]
            if hard and one.bounds[0] > 0:
                good.append((year, one.pupils >= 30))
        if good and good[0][0] == 2025:
            enough = sum(is_large for _, is_large in good)
            expected[key] = Verdict.ROBUST if enough > 1 else Verdict.LIKELY if enough else Verdict.FEW_DATA
    outcome = resilient.compute(panel, asked())
    assert expected
    assert {one.organisation: one.verdict for one in (*outcome.results, *outcome.few_data)} == expected


def test_a_year_without_data_is_told_and_not_skipped():
    panel = region(every_year(BEST))
    rows = [one for one in panel.records["social_passport"] if one["academic_year"] == "2024"]
    outcome = resilient.compute(replace(panel, records={"social_passport": rows}), asked())
    one = next(one for one in outcome.results if one.organisation == BEST)
    assert [year.get("why") for year in one.statistic["years"]] == [None, *["социальные паспорта не загружены"] * 2]
    assert [told.reason for told in outcome.not_computed] == [
        "2024\xa0г.: социальные паспорта не загружены",
        "2023\xa0г.: социальные паспорта не загружены",
    ]
    assert one.verdict is Verdict.LIKELY


@pytest.mark.parametrize("seed", range(4))
def test_where_no_school_does_better_few_are_found(seed):
    """Six of eighteen are in hard conditions; of these one in forty is above by chance in one year."""
    outcome = resilient.compute(region({}, seed=seed), asked())
    assert sum(one.verdict is Verdict.ROBUST for one in outcome.results) == 0
    assert len(outcome.results) <= 1
