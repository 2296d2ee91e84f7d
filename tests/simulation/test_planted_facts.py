"""What docs/demo.md promises is really in the data, so that the methods have something true to find."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from msoko.simulation import District, Sitting, build_district, sittings
from msoko.simulation.planting import CORRECTED_SUBJECTS
from msoko.simulation.schools import LIFTING_SCHOOL, RESILIENT_SCHOOL, WEAK_SCHOOLS
from msoko.simulation.signs import (
    bunching,
    corrected_class_a_year_later,
    corrected_classes,
    is_low,
    low_year,
    standing,
)
from msoko.simulation.story import tell

EVENING_SCHOOL = 17
DEMO = Path(__file__).parents[2] / "docs" / "demo.md"


def test_docs_demo_tells_the_numbers_of_the_simulation() -> None:
    assert DEMO.read_text(encoding="utf-8") == tell(), "run: python -m msoko.simulation.story > docs/demo.md"


@pytest.mark.parametrize("school", WEAK_SCHOOLS)
def test_a_weak_school_has_many_low_procedures_in_every_year(
    district: District, found: list[Sitting], school: int
) -> None:
    for year in district.years:
        seen = low_year(found, school, year)
        assert seen.procedures >= 10
        assert seen.low >= 5


def test_no_other_day_school_is_low_twice_in_every_year(district: District, found: list[Sitting]) -> None:
    for school in range(len(district.schools)):
        if school not in (*WEAK_SCHOOLS, EVENING_SCHOOL):
            assert min(low_year(found, school, year).low for year in district.years) < 2


def test_a_group_below_ten_is_never_called_low(found: list[Sitting]) -> None:
    small = [(s, school) for s in found for school in range(18) if 0 < ((s.school == school) & s.present).sum() < 10]
    assert len(small) > 50
    assert all(is_low(sitting, school) is None for sitting, school in small)


def test_the_resilient_school_has_the_hardest_conditions_and_results_above_the_district(
    district: District, found: list[Sitting]
) -> None:
    contexts = [school.context for school in district.schools]
    assert int(np.argmin(contexts)) == RESILIENT_SCHOOL
    assert all(standing(found, RESILIENT_SCHOOL, year) > 0.1 for year in district.years)
    hard = [s.index for s in district.schools if s.context <= -0.5 and s.index != RESILIENT_SCHOOL]
    assert all(standing(found, school) < -0.4 for school in hard)


def test_only_the_lifting_school_bunches_above_the_borders(district: District, found: list[Sitting]) -> None:
    seen = {school.index: bunching(found, school.index) for school in district.schools}
    lifted = seen.pop(LIFTING_SCHOOL)
    assert lifted.near >= 80
    assert lifted.z > 15
    assert max(other.z for other in seen.values()) < 5


def test_exams_of_the_lifting_school_do_not_bunch(found: list[Sitting]) -> None:
    near = above = 0
    for sitting in found:
        if sitting.work.kind == "ОГЭ":
            mine = sitting.total[sitting.school == LIFTING_SCHOOL]
            for border in sitting.work.borders:
                near += int(((mine > border - 2) & (mine <= border + 2)).sum())
                above += int(((mine > border) & (mine <= border + 2)).sum())
    assert near > 80
    assert 0.35 < above / near < 0.65


def test_the_corrected_class_is_better_and_closer_together_most_of_all_on_hard_items(found: list[Sitting]) -> None:
    seen = corrected_classes(found)
    assert len(seen) == len(CORRECTED_SUBJECTS)
    for beside in seen:
        error = (
            beside.corrected.deviation**2 / beside.corrected.count + beside.others.deviation**2 / beside.others.count
        ) ** 0.5
        assert (beside.corrected.mean - beside.others.mean) / error > 3
        assert beside.corrected.deviation < beside.others.deviation
        assert beside.gain_on_hard > beside.gain_on_easy > 0


def test_a_year_later_the_corrected_class_is_like_its_parallel(found: list[Sitting]) -> None:
    then, now = corrected_classes(found), corrected_class_a_year_later(found)
    assert len(now) == len(then)
    for before, after in zip(then, now, strict=True):
        gain_before = (before.corrected.mean - before.others.mean) / before.maximum
        gain_after = (after.corrected.mean - after.others.mean) / after.maximum
        assert gain_after < gain_before / 2


@pytest.mark.parametrize("seed", [1, 7])
def test_weak_and_lifting_schools_show_whatever_the_seed(seed: int) -> None:
    found = list(sittings(build_district(seed)))
    assert all(low_year(found, school, year).low >= 2 for school in WEAK_SCHOOLS for year in (2024, 2025, 2026))
    assert bunching(found, LIFTING_SCHOOL).z > 15
