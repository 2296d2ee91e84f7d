"""Sharp changes: which are found, how surely, and which are not."""

import json
from dataclasses import replace

import numpy as np
import pytest

from msoko.core.analysis.methods.change import sharp, years
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.panels import panel_of, parameters, work
from tests.core.analysis.test_change_years import BEFORE, NOW, twelve

METHOD = "change.sharp"


def asked(**more):
    return parameters(METHOD, **more)


def verdicts(outcome):
    return {one.organisation: one.verdict for one in (*outcome.results, *outcome.few_data)}


def test_a_school_that_soars_is_found_and_said():
    outcome = sharp.compute(panel_of(twelve(first=7)), asked())
    assert verdicts(outcome) == {1: Verdict.ROBUST}
    (one,) = outcome.results
    assert one.about == "vpr/mathematics/5"
    assert one.interval[0] > 0
    assert sharp.sentence(one).startswith("По математике в\xa05\xa0классе")
    assert [(each.eligible, each.flagged) for each in outcome.procedures] == [(12, (1,))]
    assert json.loads(json.dumps(one.statistic, allow_nan=False)) == one.statistic


def test_a_fall_is_found_too():
    (one,) = sharp.compute(panel_of(twelve(first=-7)), asked()).results
    assert (one.organisation, one.interval[1] < 0) == (1, True)


def test_a_change_of_the_whole_region_is_nobodys():
    assert verdicts(sharp.compute(panel_of(twelve(change=6)), asked())) == {}


def test_a_change_too_small_is_not_called_sharp():
    panel = panel_of(twelve(first=7))
    assert verdicts(sharp.compute(panel, asked(large=60))) == {}


def test_few_participants_give_few_data_and_less_than_thirty_no_robust_answer():
    drawn = twelve(first=7)
    drawn[NOW][1] = drawn[NOW][1][:8]
    assert verdicts(sharp.compute(panel_of(drawn), asked())) == {1: Verdict.FEW_DATA}
    drawn = twelve(first=7)
    drawn[NOW][1] = drawn[NOW][1][:20]
    assert verdicts(sharp.compute(panel_of(drawn), asked())) == {1: Verdict.LIKELY}


def test_where_schools_change_a_lot_anyway_a_change_is_not_sharp():
    """Held against chance and the region alone every other one would be."""
    random = np.random.default_rng(3)
    drawn = {
        one: {
            key: np.clip(np.round(random.normal(random.normal(10, 3), 2, 40)), 0, 20).astype(int).tolist()
            for key in range(1, 21)
        }
        for one in (NOW, BEFORE)
    }
    assert len(verdicts(sharp.compute(panel_of(drawn), asked(likely_times=0)))) > 5
    found = verdicts(sharp.compute(panel_of(drawn), asked()))
    assert len(found) <= 2
    assert Verdict.ROBUST not in found.values()


def test_of_few_schools_nobody_knows_what_is_usual_and_the_answer_is_no_more_than_likely():
    drawn = {one: {key: scores for key, scores in by.items() if key <= 6} for one, by in twelve(first=7).items()}
    assert verdicts(sharp.compute(panel_of(drawn), asked())) == {1: Verdict.LIKELY}


def test_without_a_region_nothing_is_judged_and_the_reason_is_told():
    outcome = sharp.compute(panel_of(twelve(first=7), with_region=False), asked())
    assert outcome.results == ()
    assert [(one.procedure, one.reason) for one in outcome.not_computed] == [(NOW.key, "региона нет")]


@pytest.mark.parametrize("times", [0.5, 2])
@pytest.mark.parametrize("seed", range(5))
def test_the_list_is_what_the_figures_say(seed, times):
    """The twin reads the figures of change.years, school by school."""
    random = np.random.default_rng(seed)
    works = (NOW, BEFORE, work(3, grade=4, year=2024, maximum=16))

    def sat(one):
        level, size = random.normal(0.5, 0.08), int(random.integers(5, 45))
        return np.clip(np.round(random.normal(level, 0.15, size) * one.maximum), 0, one.maximum).astype(int).tolist()

    drawn = {one: {key: sat(one) for key in range(1, 16)} for one in works}
    panel = panel_of(drawn)
    expected = {}
    for one in years.compute(panel, parameters("change.years")).results:
        for told in one.statistic["works"]:
            for which in ("same_work", "same_pupils"):
                change = told[which]
                if change is None or abs(change["excess"]) < 10 or change["excess_low"] * change["excess_high"] <= 0:
                    continue
                if change["unusual"] * change["excess"] <= 0 or abs(change["unusual"]) < times:
                    continue
                n = min(told["n"], change["n"])
                robust = Verdict.ROBUST if n >= 30 and abs(change["unusual"]) >= 3 else Verdict.LIKELY
                about = "vpr/mathematics/5" + ("/same_pupils" if which == "same_pupils" else "")
                expected[one.organisation, about] = robust if n >= 10 else Verdict.FEW_DATA
    outcome = sharp.compute(panel, asked(likely_times=times))
    assert {(one.organisation, one.about): one.verdict for one in (*outcome.results, *outcome.few_data)} == expected


def test_a_work_with_nothing_to_be_held_against_is_named():
    (one,) = sharp.compute(panel_of({NOW: twelve()[NOW]}), asked()).not_computed
    assert (one.procedure, one.reason) == (
        NOW.key,
        "в 2024 году этой работы не было, и те же дети похожей не писали",
    )
    (nothing,) = sharp.compute(panel_of({BEFORE: twelve()[BEFORE]}, year=2025), asked()).not_computed
    assert nothing.organisation is nothing.procedure is None


def test_two_works_told_apart_by_a_mark_alone_have_places_of_their_own():
    drawn = twelve(first=7)
    marked = {replace(one, key=10 + one.key, label="профильная"): by_school for one, by_school in drawn.items()}
    outcome = sharp.compute(panel_of(drawn | marked), asked())
    assert [(one.organisation, one.about) for one in outcome.results] == [
        (1, "vpr/mathematics/5"),
        (1, "vpr/mathematics/5/профильная"),
    ]
