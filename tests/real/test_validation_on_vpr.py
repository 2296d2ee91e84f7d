"""The signals on the four real works of 2021 with pupils lifted over borders: what docs/validation.md promises."""

from pathlib import Path

import numpy as np
import pytest

from msoko.core.analysis.validation.manipulations import MANIPULATIONS
from msoko.core.analysis.validation.measuring import SIZES, Source, of_one
from msoko.core.analysis.validation.protocols import Chosen, works_below
from msoko.core.analysis.validation.signals import SIGNALS
from msoko.core.analysis.validation.trials import Trial, lot_of, trial
from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.validation import ALL_SIZES, REAL, shipped

BUNCHING, PUBLISHED = "objectivity.bunching", "objectivity.inflated_mean"
REPETITIONS = 3


@pytest.fixture(scope="module")
def chosen(real_files: Path) -> Chosen:
    return works_below(real_files / "vpr" / "2021", Definitions.load())


def trials(chosen: Chosen, key: str) -> list[Trial]:
    methods = Definitions.load().methods
    asked = [(signal, methods[signal.method]) for signal in SIGNALS if signal.method in (BUNCHING, PUBLISHED)]
    manipulation = next(one for one in MANIPULATIONS if one.key == key)
    return [trial(chosen, manipulation, asked, lot_of(7, key, n)) for n in range(REPETITIONS)]


def test_the_four_works_of_2021_are_found_with_the_schools_of_the_trial(chosen: Chosen) -> None:
    assert chosen.year == 2021
    assert [one.procedure.maximum for one in chosen.works] == [20, 38, 20, 45]
    assert len(np.unique(np.concatenate([one.organisation for one in chosen.works]))) > 600


@pytest.mark.parametrize(("key", "area", "precision"), [("lifted_two", 0.95, 0.8), ("lifted_one", 0.9, 0.6)])
def test_bunching_sees_what_the_published_rule_does_not(
    chosen: Chosen, key: str, area: float, precision: float
) -> None:
    source = Source(REAL, lambda _: chosen, is_drawn_anew=False)
    found = trials(chosen, key)
    ours, rule = (of_one(source, signal, key, ALL_SIZES, found) for signal in (BUNCHING, PUBLISHED))
    assert ours.auc is not None
    assert ours.precision_5 is not None
    assert rule.auc is not None
    assert ours.auc.value >= area
    assert ours.precision_5.value >= precision
    assert rule.auc.value < 0.65
    told = shipped().of(BUNCHING, key, REAL)
    assert told is not None
    assert told.auc is not None
    assert abs(ours.auc.value - told.auc.value) < 0.02


def test_larger_schools_are_seen_better(chosen: Chosen) -> None:
    source = Source(REAL, lambda _: chosen, is_drawn_anew=False)
    found = trials(chosen, "lifted_two")
    areas = [of_one(source, BUNCHING, "lifted_two", size, found).auc for size in SIZES if size != ALL_SIZES]
    values = [one.value for one in areas if one is not None]
    assert values == sorted(values)
    assert len(values) == 3
