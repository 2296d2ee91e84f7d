"""What holds for every invented district: same seed, same data; scores within bounds; cohorts that move up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.simulation import District, Sitting, build_district, sittings
from msoko.simulation.difficulty import curves, score_distribution, writers
from msoko.simulation.exam_files import test_scores as converted
from msoko.simulation.planting import planted
from msoko.simulation.region import Together, counted, expected_table, region_table
from msoko.simulation.sittings import NOT_ATTEMPTED, sit
from msoko.simulation.works import ALL_WORKS, EGE, VPR, Work

OFFICIAL_MAXIMA = {
    **{"РУ4": 38, "МА4": 20, "ОМ4": 32, "РУ5": 45, "МА5": 20, "БИ5": 29, "ИС5": 15, "РУ6": 51, "МА6": 16, "БИ6": 28},
    **{"ИС6": 20, "РУ7": 47, "МА7": 19, "ФИ7": 18, "РУ8": 51, "МА8": 25, "ФИ8": 18},
    **{"ОГЭ-РУ": 37, "ОГЭ-МА": 31, "ОГЭ-ОБ": 37, "ОГЭ-ГЕ": 31, "ОГЭ-ИН": 21, "ОГЭ-БИ": 48},
    **{"ЕГЭ-РУ": 50, "ЕГЭ-МАП": 32, "ЕГЭ-МАБ": 21, "ЕГЭ-ОБ": 58, "ЕГЭ-БИ": 57, "ЕГЭ-ФИ": 45},
}


def _columns(sitting: Sitting) -> list[np.ndarray]:
    return [sitting.pupil, sitting.school, sitting.items, sitting.journal, sitting.is_absent, sitting.variant]


def test_items_sum_to_the_official_maximum() -> None:
    assert {work.code: work.maximum for work in ALL_WORKS} == OFFICIAL_MAXIMA


@pytest.mark.parametrize("work", ALL_WORKS, ids=lambda work: work.code)
def test_borders_rise_below_the_maximum_and_item_numbers_differ(work: Work) -> None:
    assert 0 <= work.borders[0] < work.borders[1] < work.borders[2] < work.maximum
    assert len({item.number for item in work.items}) == len(work.items)


@pytest.mark.parametrize("work", ALL_WORKS, ids=lambda work: work.code)
def test_score_probabilities_make_one_and_agree_with_the_expected_total(work: Work) -> None:
    ability = np.linspace(-3, 3, 7)
    table = score_distribution(work, ability)
    assert np.allclose(table.sum(axis=1), 1)
    assert np.allclose(table @ np.arange(work.maximum + 1), curves(work).expected_total(ability))
    assert expected_table(work).sum() == pytest.approx(1)


@pytest.mark.parametrize("work", VPR, ids=lambda work: work.code)
def test_in_the_region_a_work_is_failed_by_a_few_and_honoured_by_a_few(work: Work) -> None:
    mean, spread = writers(work)
    marks = Together("", np.rint(1e6 * expected_table(work)).astype(np.int64)).by_mark(work) / 1e6
    assert (mean, spread) == (0.0, pytest.approx(1.02))
    assert 0.02 < marks[0] < 0.2
    assert 0.04 < marks[3] < 0.4


def test_the_same_seed_gives_the_same_answers_and_another_seed_others() -> None:
    def answers(seed: int) -> list[np.ndarray]:
        return [s.items for s in sittings(build_district(seed, 4, years=(2025,), subjects=("МА",)))]

    first, again, other = answers(3), answers(3), answers(4)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not any(np.array_equal(a, b) for a, b in zip(first, other, strict=True))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**31), few=st.integers(1, 6), more=st.integers(1, 30))
def test_more_schools_change_nothing_for_those_that_were_there(seed: int, few: int, more: int) -> None:
    def honest(count: int) -> Sitting:
        district = build_district(seed, count, years=(2026,), subjects=("МА",), grades=(4,))
        return sit(district, district.works[0], 2026)

    small, large = honest(few), honest(few + more)
    same = large.take(large.school < few)
    assert all(np.array_equal(a, b) for a, b in zip(_columns(small)[1:], _columns(same)[1:], strict=True))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**31), schools=st.integers(1, 25))
def test_scores_stay_within_bounds_and_the_absent_have_none(seed: int, schools: int) -> None:
    for sitting in sittings(build_district(seed, schools, years=(2025,), subjects=("РУ", "МА"), grades=(4, 5, 9))):
        maxima = np.array([item.maximum for item in sitting.work.items])
        assert (sitting.items >= NOT_ATTEMPTED).all()
        assert (sitting.items <= maxima).all()
        assert (sitting.items[sitting.is_absent] == NOT_ATTEMPTED).all()
        assert set(np.unique(sitting.mark).tolist()) <= {2, 3, 4, 5}
        assert set(np.unique(sitting.journal).tolist()) <= {0, 2, 3, 4, 5}


def test_codes_are_unique_within_a_school_and_work(found: list[Sitting]) -> None:
    for sitting in found:
        assert len(set(zip(sitting.school.tolist(), sitting.serial.tolist(), strict=True))) == len(sitting.school)


def test_there_are_eighteen_schools_of_four_types_and_about_seven_thousand_pupils(district: District) -> None:
    kinds = [school.kind for school in district.schools]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "средняя": 13,
        "основная": 3,
        "начальная": 1,
        "вечерняя": 1,
    }
    for year in district.years:
        assert 6700 < sum(len(district.pupils.in_grade(grade, year)) for grade in range(1, 12)) < 7300
    assert max(len(school.full) for school in district.schools) > 250
    assert len({school.login for school in district.schools}) == 18


def test_a_cohort_moves_up_a_grade_with_its_abilities(district: District, found: list[Sitting]) -> None:
    by_work = {(s.work.code, s.year): s for s in found}
    first, next_ = by_work["МА5", 2025], by_work["МА6", 2026]
    assert np.array_equal(first.pupil, next_.pupil)
    both = first.present & next_.present
    assert np.corrcoef(first.total[both], next_.total[both])[0, 1] > 0.5


def test_the_journal_follows_ability(district: District, found: list[Sitting]) -> None:
    for sitting in (s for s in found if s.work.code in ("РУ4", "МА5", "МА8")):
        subject = {"РУ": 0, "МА": 1}[sitting.work.subject]
        rated = sitting.journal > 0
        ability = district.pupils.ability[sitting.pupil[rated], subject]
        assert 0.6 < np.corrcoef(ability, sitting.journal[rated])[0, 1] < 0.85


def test_six_to_twelve_per_cent_are_absent_from_vpr_and_nobody_from_exams(found: list[Sitting]) -> None:
    for sitting in found:
        share = sitting.is_absent.mean()
        assert 0.05 < share < 0.13 if sitting.work.kind == "ВПР" else share == 0


def test_planting_touches_only_the_schools_it_names(district: District) -> None:
    work = next(work for work in district.works if work.code == "МА5")
    honest = sit(district, work, 2025)
    told = planted(district, honest)
    changed = set(told.school[(told.items != honest.items).any(axis=1)].tolist())
    assert changed == {3, 6}
    assert (np.maximum(told.items, 0) >= np.maximum(honest.items, 0)).all()


def test_the_region_holds_the_district_and_many_more(district: District, found: list[Sitting]) -> None:
    sitting = found[0]
    table, here = region_table(district, sitting), counted(sitting)
    assert here.sum() == sitting.present.sum()
    assert (table >= here).all()
    assert 20_000 < table.sum() < 40_000


@pytest.mark.parametrize("work", EGE, ids=lambda work: work.code)
def test_test_scores_rise_from_nothing_through_the_minimum_to_a_hundred(work: Work) -> None:
    scores = converted(work, np.arange(work.maximum + 1))
    assert (np.diff(scores) >= 0).all()
    assert scores[0] == 0
    assert scores[-1] == 100
    assert scores[work.borders[0] + 1] == work.minimum_test


@pytest.mark.parametrize("count", [0, 1783])
def test_a_district_of_no_or_too_many_schools_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 1782"):
        build_district(1, count)


def test_seven_hundred_schools_have_names_and_codes_of_their_own() -> None:
    found = build_district(1, 700, years=(2026,), kinds=("ВПР",), pupils_per_school=60).schools
    assert len({school.login for school in found}) == 700
    assert len({(school.municipality, school.short) for school in found}) == 700
