"""Manipulation carried down to rows: who is touched, by how much, and that nobody else is."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.validation import touching
from msoko.core.analysis.validation.rows import WorkRows
from tests.core.analysis.panels import BOUNDS
from tests.core.analysis.validation.rows_drawn import drawn, procedure

TOUCHED = [2, 5, 7]
SEEDS = st.integers(0, 10_000)


def lot(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def of(work: WorkRows, schools: list[int]) -> np.ndarray:
    return np.isin(work.organisation, schools)


def gains(before: WorkRows, after: WorkRows) -> np.ndarray:
    return after.total - before.total


def is_sound(before: WorkRows, after: WorkRows) -> bool:
    """No item above its maximum, none taken away, and what was not attempted stays so unless it gained."""
    here = after.present
    kept = (after.items == before.items) | (after.items > np.maximum(before.items, 0))
    return bool((after.items <= after.maxima).all() and kept[here].all())


@given(SEEDS, st.integers(1, 2))
def test_lifting_takes_some_of_those_below_a_border_to_the_first_score_above_it(seed, points):
    before = drawn(seed, procedure())
    after = touching.lifted(before, TOUCHED, points, 0.5, lot(seed))
    gained = gains(before, after)
    first_of_next = np.array([next((b + 1 for b in BOUNDS[:3] if total <= b), 99) for total in before.total])
    missing = first_of_next - before.total
    can = of(before, TOUCHED) & before.present & (missing <= points)
    assert (gained[~can] == 0).all()
    assert set(np.unique(gained[can])) <= {0, *missing[can]}
    assert (after.total[gained > 0] == first_of_next[gained > 0]).all()
    assert is_sound(before, after)


def test_about_half_of_those_who_can_be_lifted_are():
    before = drawn(3, procedure(), schools=200)
    everyone = list(range(1, 201))
    missing = np.array([next((b + 1 - total for b in BOUNDS[:3] if total <= b), 99) for total in before.total])
    can = before.present & (missing <= 2)
    gained = gains(before, touching.lifted(before, everyone, 2, 0.5, lot(1)))
    assert 0.45 < (gained[can] > 0).mean() < 0.55


@given(SEEDS, st.integers(1, 3))
def test_inflation_gives_everybody_as_many_points_as_there_is_room_for(seed, points):
    before = drawn(seed, procedure())
    after = touching.inflated(before, TOUCHED, points, lot(seed))
    expected = np.where(of(before, TOUCHED) & before.present, np.minimum(points, 20 - before.total), 0)
    assert (gains(before, after) == expected).all()
    assert is_sound(before, after)


@given(SEEDS)
def test_the_weakest_of_the_touched_schools_become_absent(seed):
    before = drawn(seed, procedure())
    after = touching.without_weakest(before, TOUCHED, 0.15, lot(seed))
    gone = after.is_absent & ~before.is_absent
    assert (after.is_absent | ~before.is_absent).all()
    assert not gone[~of(before, TOUCHED)].any()
    for school in TOUCHED:
        here = of(before, [school]) & before.present
        assert gone[here].sum() == int(0.15 * here.sum() + 1e-9)
        if gone[here].any():
            assert before.total[here & gone].max() <= before.total[here & ~gone].min()
    assert (after.items[after.is_absent] == -1).all()


@given(SEEDS)
def test_corrected_answers_become_full_in_some_tasks_of_the_class_alone(seed):
    before = drawn(seed, procedure())
    after = touching.corrected(before, [(2, "А"), (7, "Б"), (99, "А")], 0.4, 0.5, lot(seed))
    changed = after.items != before.items
    assert (after.items[changed] == np.broadcast_to(before.maxima, before.items.shape)[changed]).all()
    for school, name in ((2, "А"), (7, "Б")):
        here = of(before, [school]) & (before.class_name == name)
        assert changed[here].any(axis=0).sum() <= round(0.4 * len(before.maxima))
        changed[here] = False
    assert not changed.any()


def test_the_same_seed_touches_the_same():
    work = drawn(4, procedure())
    first, second, other = (touching.lifted(work, TOUCHED, 2, 0.5, lot(seed)).items for seed in (1, 1, 2))
    assert (first == second).all()
    assert (first != other).any()
