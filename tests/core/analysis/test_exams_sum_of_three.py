"""The sum of three ЕГЭ: against a slow twin, at the edges, in words."""

import json
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis import linking
from msoko.core.analysis.methods.exams import sum_of_three
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.panels import parameters, work
from tests.core.analysis.people import Sat, panel_of_people


def exam(key, subject, **more):
    return replace(work(key, subject, kind="ege", grade=11, bounds=None, minimum=27), **more)


MATHS, RUSSIAN, HISTORY = exam(1, "mathematics"), exam(2, "russian"), exam(3, "history")
PHYSICS = replace(exam(4, "history"), subject="physics", subject_name="физика")
AGAIN = exam(5, "russian", label="резерв")
WORKS = (MATHS, RUSSIAN, HISTORY, PHYSICS, AGAIN)
rows = st.lists(
    st.builds(
        Sat,
        school=st.integers(10, 11),
        person=st.sampled_from(["", "1", "2", "3"]),
        score=st.sampled_from([0, 40, 53, 54, 73, 74, 100]),
    ),
    unique_by=lambda one: (one.school, one.person),
    max_size=6,
)


def computed(works, **asked):
    return sum_of_three.compute(panel_of_people(works), parameters("exams.sum_of_three", **asked))


def slow(works, high=220, low=160):
    """School → (sums not below `high`, sums below `low`, graduates with three subjects, graduates)."""
    best = defaultdict(dict)
    for one, found in works.items():
        for row in filter(lambda row: row.person, found):
            of_pupil = best[row.school, row.person]
            of_pupil[one.subject] = max(of_pupil.get(one.subject, 0), row.score)
    counted = defaultdict(lambda: [0, 0, 0, 0])
    for (school, _), scores in best.items():
        counted[school][3] += 1
        if len(scores) >= 3:
            total = sum(sorted(scores.values())[-3:])
            counted[school][0] += total >= high
            counted[school][1] += total < low
            counted[school][2] += 1
    return {school: tuple(found) for school, found in counted.items() if found[2]}


@settings(deadline=None)
@given(st.lists(rows, min_size=5, max_size=5))
def test_sums_are_counted_as_the_slow_twin_counts(drawn):
    works = dict(zip(WORKS, drawn, strict=True))
    told = {}
    for one in computed(works).results:
        said = one.statistic
        told[one.organisation] = (said["high"]["k"], said["low"]["k"], said["high"]["n"], said["linked"])
        assert said["low"]["n"] == said["high"]["n"]
        assert one.interval == wilson(said["high"]["k"], said["high"]["n"])
        json.dumps(said)
        sum_of_three.sentence(one)
    assert told == slow(works)


def sat(*scores, school=10):
    return {
        one: [Sat(school, "1", score)] for one, score in zip((MATHS, RUSSIAN, HISTORY, PHYSICS), scores, strict=False)
    }


@pytest.mark.parametrize(
    ("scores", "high", "low"),
    [
        ((73, 73, 74), 1, 0),
        ((73, 73, 73), 0, 0),
        ((53, 53, 54), 0, 0),
        ((53, 53, 53), 0, 1),
        ((0, 0, 0), 0, 1),
        ((10, 73, 73, 74), 1, 0),
    ],
)
def test_the_borders_are_kept_and_the_three_best_count(scores, high, low):
    (one,) = computed(sat(*scores)).results
    assert (one.statistic["high"]["k"], one.statistic["low"]["k"]) == (high, low)


def test_the_borders_are_parameters():
    (one,) = computed(sat(50, 50, 50), high=150, low=151).results
    assert (one.statistic["high"]["k"], one.statistic["low"]["k"]) == (1, 1)


def test_two_exams_are_too_few():
    outcome = computed(sat(90, 90))
    assert (outcome.results, {one.reason for one in outcome.not_computed}) == ((), {linking.TOO_FEW[3]})


def test_a_subject_without_a_minimum_counts_all_the_same():
    works = {replace(one, minimum=None): found for one, found in sat(80, 80, 80).items()}
    assert [one.statistic["high"]["k"] for one in computed(works).results] == [1]


def test_marks_of_the_basic_level_and_other_procedures_have_no_part_in_it():
    basic = replace(HISTORY, has_test_scores=False)
    works = {basic if one is HISTORY else one: found for one, found in sat(90, 90, 5).items()}
    assert computed(works).results == ()
    assert computed({work(9): [Sat(10, "1", 3)]}).not_computed[0].reason == sum_of_three.NO_EXAMS


def test_a_school_whose_graduates_could_not_be_linked_is_named():
    works = {one: [*found, Sat(11, f"{one.key}", 50)] for one, found in sat(80, 80, 80).items()}
    assert [(one.organisation, one.reason) for one in computed(works).not_computed] == [(11, linking.NOBODY_LINKED)]


def test_all_schools_together_are_told_of_the_territory():
    works = {one: [*found, Sat(11, "1", 50)] for one, found in sat(80, 80, 80).items()}
    (whole,) = computed(works).territory.values()
    assert (whole["schools"], whole["high"]["k"], whole["low"]["k"], whole["high"]["n"]) == (2, 1, 1, 2)


def test_the_sentence_agrees_with_its_numbers():
    works = sat(73, 73, 74)
    works[RUSSIAN] += [Sat(10, "2", 50)]
    (one,) = computed(works).results
    assert sum_of_three.sentence(one).replace("\u00a0", " ") == (
        "ЕГЭ: сумма трёх лучших баллов 220 и больше — у 100 % (1 из 1; 21–100 %) выпускников, у кого три экзамена; "
        "меньше 160 — у 0 % (0 из 1; 0–79 %). Меньше трёх экзаменов с баллами у 1 выпускника. "
        "Совпало в парах связанных строк: класс — в 100 % (2 из 2; 34–100 %)."
    )
