"""One trial: who is asked, who is touched, what is heard; and that chance comes from the seed alone."""

import numpy as np
import pytest

from msoko.core.analysis.outcome import Outcome, Result, Verdict
from msoko.core.analysis.validation.manipulations import MANIPULATIONS, has_class
from msoko.core.analysis.validation.protocols import Chosen, NoSuchWorks, chosen_works
from msoko.core.analysis.validation.signals import CLASS, SIGNALS, Signal
from msoko.core.analysis.validation.trials import classes_of, levels_of, lot_of, of_units, trial
from msoko.core.definitions.loading import Definitions
from tests.core.analysis.validation.rows_drawn import drawn, procedure, rows

BY_KEY = {one.key: one for one in MANIPULATIONS}
BUNCHING = next(signal for signal in SIGNALS if signal.method == "objectivity.bunching")
HEARD = [(BUNCHING, Definitions.load().methods["objectivity.bunching"])]
OF_A_CLASS = Signal("any.method", CLASS)


def chosen(schools: int = 40) -> Chosen:
    works = (procedure(1, "mathematics"), procedure(2, "russian"))
    return Chosen(2025, tuple(drawn(11, one, schools) for one in works), ())


def test_a_tenth_of_the_schools_is_touched_and_lifting_is_seen():
    found = trial(chosen(), BY_KEY["lifted_two"], HEARD, lot_of(1, "a"))
    assert found.planted.sum() == 4
    assert (found.touched == found.planted).all()
    scores = found.heard["objectivity.bunching"].scores
    assert np.mean(scores[found.planted]) > np.max(scores[~found.planted]) - 1


def test_nothing_is_touched_where_there_is_no_manipulation():
    found = trial(chosen(), None, HEARD, lot_of(1, "a"))
    assert not found.planted.any()
    assert not found.touched.any()


def test_the_same_seed_and_words_give_the_same_trial_and_others_another():
    first, again, other = (trial(chosen(), BY_KEY["lifted_two"], HEARD, lot_of(1, word)) for word in ("a", "a", "b"))
    assert (first.planted == again.planted).all()
    assert (first.heard["objectivity.bunching"].scores == again.heard["objectivity.bunching"].scores).all()
    assert (first.planted != other.planted).any()


def test_works_given_are_left_as_they_are():
    given = chosen()
    items = [work.items.copy() for work in given.works]
    for manipulation in MANIPULATIONS:
        trial(given, manipulation, [], lot_of(1, manipulation.key))
    assert all((work.items == kept).all() for work, kept in zip(given.works, items, strict=True))


def test_a_school_with_a_corrected_class_is_touched():
    found = trial(chosen(), BY_KEY["corrected_in_all"], HEARD, lot_of(1, "a"))
    assert len(found.planted) == 80
    assert found.planted.sum() == 8
    assert 4 <= found.touched.sum() <= 8


@pytest.mark.parametrize(("key", "works"), [("corrected_in_all", 2), ("corrected_in_one", 1)])
def test_answers_are_corrected_in_all_works_of_a_class_or_in_one(key, works):
    given = chosen()
    planted = [(2, 5, "А"), (3, 5, "Б"), (9, 5, "А")]
    touched = BY_KEY[key].touch(given.works, planted, lot_of(1, key))
    for school, _, name in planted:
        changed = 0
        for before, after in zip(given.works, touched, strict=True):
            here = (before.organisation == school) & (before.class_name == name)
            changed += bool((before.items[here] != after.items[here]).any())
        assert changed == works


def test_schools_and_classes_too_small_are_not_asked():
    small = [(1, "А", (1, 1, 1, 1, 1, 1), 0)] * 4 + [(2, "А", (1, 1, 1, 1, 1, 1), 0)] * 5
    work = rows(procedure(), [*small, *[(2, "Б", (2, 1, 1, 1, 1, 1), 0)] * 20])
    assert classes_of([work], [1, 2]) == [(2, 5, "А"), (2, 5, "Б")]
    assert classes_of([work], [1]) == []
    found = trial(Chosen(2025, (work,), ()), None, [], lot_of(1))
    assert found.school_sizes.tolist() == [25]


def test_a_class_is_in_the_works_of_its_own_grade():
    work = drawn(1, procedure(grade=5))
    assert has_class(work, (1, 5, "А"))
    assert not has_class(work, (1, 4, "А"))
    assert not has_class(work, (1, 5, "Я"))


def test_a_school_speaks_by_its_most_striking_class_and_a_class_by_a_school_where_only_that_is_known():
    by_class = {(1, "5А"): 1.0, (1, "5Б"): 3.0}
    assert of_units(by_class, [(1, ""), (1, "5А"), (2, ""), (1, "5В")], -1) == [3.0, 1.0, -1, -1]
    assert of_units({(1, ""): 2.0}, [(1, "5А"), (1, ""), (2, "5А")], -1) == [2.0, 2.0, -1]


def test_the_level_of_a_school_is_that_of_its_surest_finding():
    def said(organisation: int, about: str, verdict: Verdict) -> Result:
        return Result(organisation, {}, verdict, about=about)

    outcome = Outcome(
        results=(
            said(1, "5А", Verdict.LIKELY),
            said(1, "5А", Verdict.ROBUST),
            said(1, "5Б", Verdict.LIKELY),
            said(2, "5А", Verdict.DOUBTFUL),
            said(3, "5А", Verdict.FEW_DATA),
        ),
        few_data=(said(4, "5А", Verdict.FEW_DATA),),
    )
    assert levels_of(OF_A_CLASS, outcome) == {(1, "5А"): 3, (1, "5Б"): 2, (2, "5А"): 1, (3, "5А"): 1}
    assert levels_of(Signal("any.method"), outcome) == {(1, ""): 3, (2, ""): 1, (3, ""): 1}


def test_the_last_year_with_all_four_works_is_chosen_with_the_year_before():
    def four(year: int, first: int) -> list:
        pairs = [(subject, grade) for subject in ("mathematics", "russian") for grade in (4, 5)]
        return [drawn(1, procedure(first + n, *pair, year), 2, 4) for n, pair in enumerate(pairs)]

    works = [*four(2024, 10), *four(2025, 20), *four(2026, 30)[:3]]
    found = chosen_works(works)
    assert found.year == 2025
    assert [one.procedure.year for one in found.earlier] == [2024] * 4
    with pytest.raises(NoSuchWorks, match="четырёх работ"):
        chosen_works(works[-3:])
