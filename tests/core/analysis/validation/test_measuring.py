"""Trials put together: means with intervals, shares with intervals, sizes of schools."""

from math import inf

import numpy as np
import pytest

from msoko.core.analysis.validation.measuring import SIZES, Source, of_one, over_repetitions, share_of, validated
from msoko.core.analysis.validation.trials import Heard, Trial
from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.validation import ALL_SIZES, LIKELY, MARKED, ROBUST, SIMULATED, UNTOUCHED
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.validation.test_trials import chosen

BUNCHING = "objectivity.bunching"


def made_up(scores: list[float], planted: list[int], sizes: list[int], levels: list[int]) -> Trial:
    flags = np.array(planted, dtype=bool)
    heard = Heard(np.array(scores, float), np.array(levels, float), np.array(levels, float))
    return Trial(flags, np.array(sizes), flags, np.array(sizes), {"any": heard})


FIRST = made_up([9, 8, 7, 1, 2, 3, 4, 5], [1, 1, 1, 0, 0, 0, 0, 0], [30] * 8, [3, 2, 0, 0, 0, 0, 1, 2])
SECOND = made_up([9, 8, 0, 1, 2, 3, 4, 5], [1, 1, 1, 0, 0, 0, 0, 0], [30] * 8, [3, 3, 0, 0, 0, 0, 0, 0])
DRAWN = Source(SIMULATED, lambda n: chosen(), is_drawn_anew=True)
SAME = Source("real", lambda n: chosen(), is_drawn_anew=False)


def test_an_area_is_the_mean_over_repetitions_with_students_interval():
    found = of_one(DRAWN, "any", "lifted_two", ALL_SIZES, [FIRST, SECOND])
    areas = [1.0, 10 / 15]
    assert found.auc.value == pytest.approx(np.mean(areas))
    half = 12.706 * np.std(areas, ddof=1) / 2**0.5
    assert (found.auc.low, found.auc.high) == (pytest.approx(max(0, np.mean(areas) - half)), 1.0)
    assert (found.units, found.repetitions) == (8, 2)


def test_of_one_repetition_no_interval_can_be_told():
    assert over_repetitions([0.9]) is None
    assert over_repetitions([]) is None
    assert over_repetitions([0.5, 0.5, 0.5]).low == 0.5


def test_shares_are_of_all_repetitions_and_each_level_holds_the_surer_ones():
    found = of_one(DRAWN, "any", "lifted_two", ALL_SIZES, [FIRST, SECOND])
    assert {level: one.value for level, one in found.found.items()} == pytest.approx(
        {MARKED: 4 / 6, LIKELY: 4 / 6, ROBUST: 3 / 6}
    )
    assert {level: one.value for level, one in found.false_alarm.items()} == pytest.approx(
        {MARKED: 2 / 10, LIKELY: 1 / 10, ROBUST: 0}
    )
    low, high = wilson(2, 10)
    assert found.false_alarm[MARKED].low == pytest.approx(low / 100)
    assert found.false_alarm[MARKED].high == pytest.approx(high / 100)


def test_the_same_schools_looked_at_twice_are_not_twice_as_many():
    anew, same = (of_one(source, "any", "x", ALL_SIZES, [FIRST, SECOND]).false_alarm for source in (DRAWN, SAME))
    assert anew[MARKED].value == same[MARKED].value
    assert anew[MARKED].high < same[MARKED].high == pytest.approx(wilson(1, 5)[1] / 100)


def test_a_size_without_enough_touched_schools_has_no_area():
    found = of_one(DRAWN, "any", "lifted_two", "200+", [FIRST, SECOND])
    assert (found.auc, found.precision_5, found.found, found.units) == (None, None, {}, 0)
    few = made_up([1, 2, 3, 4], [1, 1, 0, 0], [30] * 4, [0] * 4)
    assert of_one(DRAWN, "any", "lifted_two", ALL_SIZES, [few, few]).auc is None


def test_a_signal_that_says_nothing_of_a_school_puts_it_last():
    silent = made_up([-inf, 2, 3, 4, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0], [30] * 8, [0] * 8)
    assert of_one(DRAWN, "any", "x", ALL_SIZES, [silent, silent]).auc.value == pytest.approx(12 / 16)


def test_every_size_of_school_is_in_one_group_only():
    bounds = sorted(bounds for size, bounds in SIZES.items() if size != ALL_SIZES)
    assert [high for _, high in bounds[:-1]] == [low for low, _ in bounds[1:]]
    assert (bounds[0][0], bounds[-1][1]) == SIZES[ALL_SIZES]


def test_a_rate_of_nobody_marked_has_an_upper_bound():
    found = share_of(0.0, 300)
    assert (found.value, found.low) == (0, 0)
    assert 0 < found.high < 0.02


def test_everything_is_measured_and_the_same_seed_gives_the_same():
    methods = {BUNCHING: Definitions.load().methods[BUNCHING]}
    heard: list[str] = []
    first = validated([SAME], methods, 2, 5, report=heard.append)
    assert first == validated([SAME], methods, 2, 5)
    assert first != validated([SAME], methods, 2, 6)
    assert first.of(BUNCHING, "lifted_two", "real").auc.value > 0.8
    assert first.of(BUNCHING, UNTOUCHED, "real").repetitions == 1  # the same works again tell nothing new
    assert len(heard) == 1 + 2 * 6
    assert first.parameters == {BUNCHING: methods[BUNCHING].defaults}
    assert (first.source("real").schools, first.source("real").works) == (40, ("МА5", "РУ5"))
