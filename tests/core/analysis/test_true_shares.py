"""What a whole school tells of one of its works, and the list over what its works may have in common: slow twins."""

import itertools
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, norm

from msoko.core.analysis.methods.low_results._prior import NOTHING_KNOWN, Prior
from msoko.core.analysis.methods.low_results._truth import truths
from msoko.core.analysis.methods.low_results._whole_school import (
    LEAST_PAIRED,
    MOST_ALIKE,
    Deviation,
    InCommon,
    in_common,
    likeness,
)
from msoko.core.analysis.methods.low_results.posterior import compute
from msoko.core.analysis.validation.stability import Region, draw, panel_of
from msoko.core.vocabulary.shares import Share
from tests.core.analysis.panels import parameters
from tests.core.analysis.test_posterior import twin_prior

PEERS = Prior(0.15, 10, "школы", 40)
GRID = np.linspace(-6, 6, 241)


def schools_of(alike, noise, count, seed=5):
    """Deviations of two cohorts of so many schools, with a known part in common."""
    random = np.random.default_rng(seed)
    common = random.normal(0, 1, count)
    own = random.normal(0, 1, (2, count))
    chance = random.normal(0, sqrt(noise), (2, count))
    values = sqrt(alike) * common + sqrt(1 - alike) * own + chance
    return [[Deviation(a, noise), Deviation(b, noise)] for a, b in values.T]


# ---- how alike the works of one school are


@pytest.mark.parametrize("alike", [0.0, 0.3, 0.6])
def test_the_part_in_common_is_found_again_whatever_the_noise(alike):
    for noise in (0.1, 2.0):
        assert likeness(schools_of(alike, noise, 4000)) == pytest.approx(alike, abs=0.07)


def test_works_that_look_the_same_still_have_something_of_their_own():
    assert likeness([[Deviation(x, 0.1), Deviation(x, 0.1)] for x in np.linspace(-3, 3, 99)]) == MOST_ALIKE


def test_works_that_contradict_each_other_have_nothing_in_common():
    assert likeness([[Deviation(x, 0.1), Deviation(-x, 0.1)] for x in np.linspace(-3, 3, 99)]) == 0


def test_a_few_schools_cannot_tell_how_alike_works_are():
    many = schools_of(0.6, 0.5, LEAST_PAIRED)
    assert likeness(many) > 0
    assert likeness(many[1:]) == 0
    alone = [[Deviation(1.0, 0.5)]] * 500
    assert likeness(alone) == 0


# ---- what a school's works have in common: the normal law, conditioned by matrices


seen = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 40), st.floats(0, 1)).map(
        lambda drawn: (drawn[0], Share(round(drawn[1] * drawn[2]), drawn[1]), PEERS)
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=100)
@given(works=seen)
def test_what_works_have_in_common_is_the_normal_law_given_all_cohorts(works):
    background = {
        100 + i: [(1, Share(k, 20), PEERS), (2, Share(k + i % 3, 20), PEERS)]
        for i, k in enumerate([0, 1, 2, 3, 4, 6, 9, 12] * 5)
    }
    alike, common = in_common(background | {1: works})
    assert 0 < alike <= MOST_ALIKE
    expected = conditioned(works, alike)
    assert (common[1].mean, common[1].deviation) == pytest.approx(expected, abs=1e-9)


def conditioned(works, alike):
    """Mean and deviation of f given each cohort's deviation y = √r·f + own + chance."""
    values, noises = [], []
    for cohort in sorted({cohort for cohort, _, _ in works}):
        shares = [share for other, share, _ in works if other == cohort]
        sd = sqrt(PEERS.mean * (1 - PEERS.mean) / (PEERS.weight + 1))
        each = [(share.k / share.n - PEERS.mean) / sd for share in shares]
        noise = [PEERS.weight / share.n for share in shares]
        known = [1 / (1 + one) for one in noise]
        values.append(sum(k * e for k, e in zip(known, each, strict=True)) / sum(known))
        noises.append(min(noise))
    if not values:
        return 0.0, 1.0
    covariance = np.full((len(values),) * 2, alike) + np.diag([1 - alike + noise for noise in noises])
    with_f = np.full(len(values), sqrt(alike))
    solved = np.linalg.solve(covariance, with_f)
    return float(solved @ values), sqrt(1 - float(solved @ with_f))


def test_works_of_the_same_children_count_once():
    background = {100 + i: [(1, Share(k, 20), PEERS), (2, Share(k, 20), PEERS)] for i, k in enumerate(range(20))}
    background |= {200 + i: works for i, works in enumerate(background.values())}
    once, twice, other = [(1, Share(12, 20), PEERS)], [(1, Share(12, 20), PEERS)] * 2, [(2, Share(12, 20), PEERS)]
    _, common = in_common(background | {1: once, 2: twice, 3: once + other})
    assert common[1] == common[2]
    assert common[3].mean > common[1].mean
    assert common[3].deviation < common[1].deviation


# ---- the true share of one work, averaged over what the works have in common


def over_grid(failed, peers, alike, common, heaviest=20):
    """P(true share ≥ 30 %), mean and variance of one work at every point of a fine grid of f, with its density."""
    density = norm.pdf(GRID)
    density = density / density.sum()
    f = common.mean + common.deviation * GRID
    variance = peers.mean * (1 - peers.mean) / (peers.weight + 1)
    mean = np.clip(peers.mean + np.sqrt(alike * variance) * f, 0.1 * peers.mean, 1 - 0.1 * (1 - peers.mean))
    weight = min((peers.weight + 1) / (1 - alike) - 1, heaviest)
    known = beta(mean * weight + failed.k, (1 - mean) * weight + failed.n - failed.k)
    return known.sf(0.3), known.mean(), known.var(), density


@settings(deadline=None, max_examples=40)
@given(
    n=st.integers(1, 60),
    part=st.floats(0, 1),
    mean=st.floats(0.03, 0.5),
    weight=st.floats(2, 20),
    alike=st.floats(0.1, 0.8),
    f=st.tuples(st.floats(-2, 2.5), st.floats(0.2, 1)),
)
def test_nine_places_say_what_a_fine_grid_says(n, part, mean, weight, alike, f):
    failed, peers, common = Share(round(n * part), n), Prior(mean, weight, "школы", 30), InCommon(*f)
    truth = truths({1: failed}, {1: peers}, alike, {1: common}, 0.3, 20)[1]
    chance, means, variances, density = over_grid(failed, peers, alike, common)
    # Where the expectation is cut off the curve has a corner, which no polynomial follows exactly.
    assert truth.probability == pytest.approx(float(chance @ density), abs=0.02)
    centre = float(means @ density)
    assert truth.mean == pytest.approx(centre, abs=0.01)
    assert sqrt(truth.variance) == pytest.approx(sqrt((variances + (means - centre) ** 2) @ density), abs=0.01)


def test_without_anything_in_common_a_share_is_the_plain_posterior():
    failed = Share(9, 20)
    truth = truths({1: failed}, {1: PEERS}, 0.0, {1: InCommon(2.0, 0.3)}, 0.3, 20)[1]
    plain = beta(1.5 + 9, 8.5 + 11)
    assert (truth.probability, truth.mean, truth.variance) == pytest.approx((plain.sf(0.3), plain.mean(), plain.var()))
    assert truth.interval() == pytest.approx([100 * q for q in plain.ppf((0.025, 0.975))])


def test_without_peers_a_school_s_other_works_cannot_be_measured_and_count_for_nothing():
    truth = truths({1: Share(9, 20)}, {1: NOTHING_KNOWN}, 0.6, {1: InCommon(2.0, 0.3)}, 0.3, 20)[1]
    assert truth.probability == pytest.approx(beta.sf(0.3, 9.5, 11.5))


def test_other_children_who_fail_make_a_low_share_likelier():
    chances = [
        truths({1: Share(6, 20)}, {1: PEERS}, 0.5, {1: InCommon(f, 0.7)}, 0.3, 20)[1].probability for f in (-1, 0, 1, 2)
    ]
    assert chances == sorted(chances)
    assert chances[-1] > chances[0] + 0.3


# ---- the whole list, from counts to probabilities


def test_the_list_s_probability_is_that_of_a_twin_over_a_fine_grid():
    drawn = draw(Region(schools=60, share_of_villages=1.0), seed=11)
    asked = parameters("low_results.posterior", likely=0, min_n=5)
    said = {one.organisation: one.statistic["probability"] for one in compute(panel_of(drawn, 1), asked).results}
    twin = twin_probabilities(drawn, min_n=5)
    assert set(said) == set(twin)
    for school, probability in twin.items():
        assert said[school] == pytest.approx(probability, abs=0.02)


def twin_probabilities(drawn, min_n):
    """Works 0…3 of the year before and of the year; grade 5 then and grade 6 now are one cohort."""
    places = [(year, work) for year in (0, 1) for work in range(4)]
    cohort = {(year, work): year - (5 if work < 2 else 6) for year, work in places}
    shares = {one: list(zip(drawn.failed[one].tolist(), drawn.n[one].tolist(), strict=True)) for one in places}
    schools = range(drawn.n.shape[2])
    peers = {
        (one, i): Prior(*twin_prior(shares[one], i, 20), "школы", len(schools) - 1) for one in places for i in schools
    }
    seen = {i: [(cohort[one], Share(*shares[one][i]), peers[one, i]) for one in places] for i in schools}
    alike, common = in_common(seen)
    assert alike > 0
    found = {}
    for i in schools:
        chances = {one: over_grid(Share(*shares[one][i]), peers[one, i], alike, common[i]) for one in places}
        counted = [work for work in range(4) if shares[1, work][i][1] >= min_n]
        now = [chances[1, work][0] for work in counted]
        before = [chances[0, work][0] * (shares[0, work][i][1] >= min_n) for work in counted]
        if counted:
            found[i] = float(listed(now, before) @ chances[1, 0][3])
    return found


def listed(now, before):
    """P(two works low, or one in both years) at every point of the grid, every case counted out."""
    total = np.zeros_like(GRID)
    for case in itertools.product((0, 1, 2), repeat=len(now)):  # not low; low this year alone; low in both years
        if sum(state > 0 for state in case) >= 2 or 2 in case:
            p = np.ones_like(GRID)
            for state, low, low_before in zip(case, now, before, strict=True):
                p = p * (1 - low, low * (1 - low_before), low * low_before)[state]
            total += p
    return total
