"""The trial of lists on drawn regions: seeded, its truth known, its counting checked by plain sets."""

import json
from dataclasses import replace

import numpy as np
import pytest

from msoko.core.analysis.methods.low_results import posterior, share_30
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.validation.stability import BINS, Region, draw, panel_of, stability, truly_low
from tests.core.analysis.panels import parameters

RULE = parameters("low_results.share_30")
CHANCE = parameters("low_results.posterior")
SMALL = Region(schools=120)


@pytest.fixture(scope="module")
def trial():
    return stability(RULE, CHANCE, seed=3, repetitions=3, region=SMALL)


def test_the_same_seed_gives_the_same_answer_and_another_another(trial):
    assert stability(RULE, CHANCE, seed=3, repetitions=3, region=SMALL) == trial
    assert stability(RULE, CHANCE, seed=4, repetitions=3, region=SMALL) != trial


def test_the_answer_is_plain_json(trial):
    assert json.loads(json.dumps(trial)) == trial


def test_a_drawn_region_looks_like_a_real_one():
    drawn = draw(Region(), 2026)
    share = drawn.failed[1].sum() / drawn.n[1].sum()
    assert 0.12 < share < 0.20
    assert 0.7 < (drawn.n[1] >= 10).mean() < 0.9
    assert drawn.true[:, :, drawn.is_village].mean() > drawn.true[:, :, ~drawn.is_village].mean()


def test_counts_follow_the_true_shares():
    drawn = draw(replace(SMALL, median_town=4000, median_village=4000), 1)
    assert np.abs(drawn.failed / drawn.n - drawn.true).max() < 0.05


def test_the_truth_is_the_rule_asked_about_the_true_shares():
    drawn = draw(SMALL, 5)
    for repeated in (True, False):
        told = truly_low(drawn, 1, {**RULE, "repeated": repeated})
        for school in range(SMALL.schools):
            low, before = ([share >= 0.3 for share in drawn.true[year, :, school]] for year in (1, 0))
            twice = repeated and any(a and b for a, b in zip(low, before, strict=True))
            assert (school in told) == (sum(low) >= 2 or twice)


def test_figures_of_a_list_are_those_counted_by_plain_sets(trial):
    asked = {
        "rule_10": lambda panel: {one.organisation for one in share_30.compute(panel, RULE).results},
        "posterior_robust": lambda panel: {
            one.organisation for one in posterior.compute(panel, CHANCE).results if one.verdict is Verdict.ROBUST
        },
    }
    for name, ask in asked.items():
        listed, right, stayed, still, truly = [], [], [], [], []
        for seed in (3, 4, 5):
            drawn = draw(SMALL, seed)
            now, later = ask(panel_of(drawn, 1)), ask(panel_of(drawn, 2))
            truth, truth_later = truly_low(drawn, 1, RULE), truly_low(drawn, 2, RULE)
            for whole, part in ((listed, now), (right, now & truth), (stayed, now & later), (still, now & truth_later)):
                whole.extend(part)
            truly.extend(truth)
        told = trial["lists"][name]
        assert told["listed"] == pytest.approx(len(listed) / 3)
        shares = [told[key] for key in ("precision", "recall", "stays", "still_low")]
        pairs = ((right, listed), (right, truly), (stayed, listed), (still, listed))
        assert shares == pytest.approx([100 * len(part) / len(whole) for part, whole in pairs])


def test_with_chance_taken_out_the_list_is_shorter_and_more_often_right():
    told = stability(RULE, CHANCE, seed=10, repetitions=2, region=Region(schools=400))["lists"]
    assert told["posterior"]["listed"] < told["rule_10"]["listed"] < told["rule_1"]["listed"]
    assert told["posterior"]["precision"] > told["rule_10"]["precision"] + 10
    assert told["posterior_robust"]["precision"] > 90
    assert told["posterior"]["still_low"] > told["rule_10"]["still_low"] + 5


def test_every_school_is_in_one_bin_of_probabilities(trial):
    judged = sum(one["schools"] for one in trial["calibration"])
    with_works = sum((draw(SMALL, seed).n[1] >= CHANCE["min_n"]).any(axis=0).sum() for seed in (3, 4, 5))
    assert judged == with_works
    assert [one["low"] for one in trial["calibration"]] == [100 * low for low in BINS[:-1]]
    for one in trial["calibration"]:
        assert one["said"] is None or one["low"] <= one["said"] <= one["high"]


def test_a_list_of_nobody_has_no_shares():
    nobody = stability({**RULE, "threshold": 100}, {**CHANCE, "threshold": 100}, 1, 1, Region(schools=40))
    assert {told["precision"] for told in nobody["lists"].values()} == {None}
    assert nobody["truly_low"] == 0
