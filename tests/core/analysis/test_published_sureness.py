"""How unusual a school is among schools: the spread, the tails, the correction for looking at many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity._published_sureness import (
    LEAST_SCHOOLS,
    Spread,
    Standing,
    Sureness,
    holm,
    rarity,
    reason,
    standings,
)
from msoko.core.analysis.outcome import Result, Verdict

RULE = Sureness(enough_n=10, robust_n=30, unusual=0.05, robust=0.05, large=0.8)
probabilities = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def holm_by_hand(p):
    """Step down: the smallest times n, the next times n − 1, never below the one before, never above 1."""
    order = sorted(range(len(p)), key=lambda i: p[i])
    corrected, highest = [0.0] * len(p), 0.0
    for step, i in enumerate(order):
        highest = max(highest, min(1.0, (len(p) - step) * p[i]))
        corrected[i] = highest
    return corrected


@given(probabilities)
def test_holm_is_the_step_down_correction(p):
    assert holm(np.array(p)).tolist() == pytest.approx(holm_by_hand(p))


@given(probabilities)
def test_a_correction_never_makes_anything_likelier_to_be_remarkable(p):
    assert all(after >= before for before, after in zip(p, holm(np.array(p)).tolist(), strict=True))


def test_of_few_schools_no_spread_is_told():
    values = [1.0] * (LEAST_SCHOOLS - 1)
    assert Spread.of(values, values) is None
    assert standings(None, values, values) == [Standing()] * len(values)


def test_the_spread_finds_what_schools_differ_by_beyond_sampling():
    random = np.random.default_rng(5)
    variances = random.uniform(0.1, 0.5, 2000)
    values = 7 + random.normal(0, 1.5, 2000) + random.normal(0, np.sqrt(variances))
    spread = Spread.of(values.tolist(), variances.tolist())
    assert (spread.centre, spread.between) == (pytest.approx(7, abs=0.1), pytest.approx(1.5, abs=0.1))


def test_a_tenth_of_distorted_schools_does_not_hide_itself():
    random = np.random.default_rng(6)
    values, variances = random.normal(0, 1, 1000), [0.04] * 1000
    values[:100] += 6
    spread = Spread.of(values.tolist(), variances)
    assert spread.between < 1.6 < np.std(values)
    assert max(one.p for one in standings(spread, values.tolist(), variances)[:100]) < 0.05


def test_honest_schools_are_called_unusual_as_often_as_said():
    random = np.random.default_rng(7)
    values, variances = random.normal(0, np.sqrt(1 + 0.3), 4000).tolist(), [0.3] * 4000
    p = [one.p for one in standings(Spread.of(values, variances), values, variances)]
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.015)


def test_two_sided_counts_both_ends():
    spread = Spread(1000, centre=0.0, between=1.0)
    (up,), (down,) = standings(spread, [2.0], [0.0001]), standings(spread, [-2.0], [0.0001])
    (both,) = standings(spread, [-2.0], [0.0001], two_sided=True)
    assert (up.p, down.p) == (pytest.approx(0.0228, abs=1e-3), pytest.approx(0.977, abs=1e-3))
    assert both.p == pytest.approx(2 * up.p)


@pytest.mark.parametrize(
    ("n", "effect", "standing", "verdict"),
    [
        (9, 5.0, Standing(0.0, 0.0), Verdict.FEW_DATA),
        (10, 5.0, Standing(), Verdict.LIKELY),
        (10, 5.0, Standing(0.05, 1.0), Verdict.DOUBTFUL),
        (30, 5.0, Standing(0.01, 0.2), Verdict.LIKELY),
        (30, 0.7, Standing(0.0001, 0.01), Verdict.LIKELY),
        (29, 0.8, Standing(0.0001, 0.01), Verdict.LIKELY),
        (30, 0.8, Standing(0.0001, 0.01), Verdict.ROBUST),
    ],
)
def test_a_verdict_asks_for_participants_rarity_and_size(n, effect, standing, verdict):
    assert RULE.verdict(n, effect, standing) is verdict


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (None, ""),
        (0.9, "Такое бывает у большинства школ."),
        (0.125, "Такое бывает примерно у каждой 8-й школы."),
        (0.00234, "Такое ожидается примерно у одной школы из 430."),
        (1e-9, "Такое ожидается реже, чем у одной школы из 10\u202f000."),
    ],
)
def test_rarity_is_told_in_schools(p, words):
    assert rarity(Result(1, {"p": p}, Verdict.LIKELY)).strip().replace("\u00a0", " ") == words


def test_a_doubtful_answer_is_no_reason_alone():
    assert "Одного этого мало" in reason(Result(1, {}, Verdict.DOUBTFUL), "журнал")
    assert reason(Result(1, {}, Verdict.LIKELY), "журнал") == " Это повод проверить журнал."
