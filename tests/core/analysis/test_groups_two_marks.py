"""Pupils with mark 2 in two subjects: against a slow twin, at the edges, by code for the school alone, in words."""

import json
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis import linking
from msoko.core.analysis.methods.groups import two_marks
from msoko.core.analysis.panel import NO_MARKS
from msoko.core.definitions.kinds import Condition
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.panels import panel_of, parameters, work
from tests.core.analysis.people import Sat, panel_of_people, people_of

MATHS, RUSSIAN, HISTORY = work(1), work(2, "russian"), work(3, "history")  # marks 2 up to 5 points
AGAIN = replace(work(4), label="повторно")
WORKS = (MATHS, RUSSIAN, HISTORY, AGAIN)
rows = st.lists(
    st.builds(
        Sat,
        school=st.integers(10, 12),
        person=st.sampled_from(["", "1", "2", "3", "4"]),
        score=st.integers(0, 12),
        sex=st.sampled_from(["м", "ж", ""]),
    ),
    max_size=14,
)


def computed(works, **asked):
    return two_marks.compute(panel_of_people(works), parameters("groups.two_marks", **asked))


def failures_by_pupil(works):
    """The slow twin: school and person → subject → was it failed; of those who stand twice in no work."""
    pupils, twice = defaultdict(dict), set()
    for one, found in works.items():
        seen = set()
        for row in found:
            who = (row.school, row.person)
            if not row.person:
                continue
            twice |= {who} & seen
            seen.add(who)
            pupils[who][one.subject] = pupils[who].get(one.subject, True) and row.score <= 5
    return {who: subjects for who, subjects in pupils.items() if who not in twice}


def slow(works, subjects):
    """School → (pupils who failed two of these subjects, those who sat two of them)."""
    counted = defaultdict(lambda: [0, 0])
    for (school, _), by_subject in failures_by_pupil(works).items():
        sat = [failed for subject, failed in by_subject.items() if subject in subjects]
        if len(sat) >= 2:
            counted[school][0] += sum(sat) >= 2
            counted[school][1] += 1
    return {school: tuple(pair) for school, pair in counted.items()}


@settings(deadline=None)
@given(st.lists(rows, min_size=4, max_size=4))
def test_who_failed_two_subjects_is_counted_as_the_slow_twin_counts(drawn):
    works = dict(zip(WORKS, drawn, strict=True))
    outcome = computed(works, least_sex=0, least_class=0)
    said = {one.organisation: one for one in outcome.results}
    told = {key: (one.statistic["all"]["k"], one.statistic["all"]["n"]) for key, one in said.items()}
    assert told == slow(works, {"mathematics", "russian", "history"})
    mandatory = {key: one.statistic["mandatory"] for key, one in said.items() if one.statistic["mandatory"]}
    assert {key: (one["k"], one["n"]) for key, one in mandatory.items()} == slow(works, {"mathematics", "russian"})
    for one in outcome.results:
        assert one.interval == wilson(*told[one.organisation])
        json.dumps(one.statistic)
        two_marks.sentence(one)


@settings(deadline=None)
@given(st.lists(rows, min_size=2, max_size=2), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_that_of_works_matters(drawn, lot):
    works = dict(zip((MATHS, RUSSIAN), drawn, strict=True))
    shuffled = {one: lot.sample(found, len(found)) for one, found in reversed(works.items())}
    before, after = (computed(one, least_sex=0, least_class=0) for one in (works, shuffled))
    kept = [
        [(r.organisation, r.statistic["all"], r.statistic["agreement"]) for r in one.results] for one in (before, after)
    ]
    assert kept[0] == kept[1]


@settings(deadline=None)
@given(st.lists(rows, min_size=3, max_size=3))
def test_the_codes_are_as_many_as_the_figure_says(drawn):
    works = dict(zip((MATHS, RUSSIAN, HISTORY), drawn, strict=True))
    found = linking.put_together({one: people_of(of_work) for one, of_work in works.items()})
    for school, (k, _) in slow(works, {"mathematics", "russian", "history"}).items():
        assert len(two_marks.codes_of_two_marks(found, school)) == k


def alike(n, score, sex="м", school=10, first=0):
    return [Sat(school, str(first + number), score, sex=sex) for number in range(n)]


def test_a_resat_subject_that_was_passed_is_no_failure():
    works = {MATHS: [Sat(10, "1", 2)], AGAIN: [Sat(10, "1", 9)], RUSSIAN: [Sat(10, "1", 2)]}
    (one,) = computed(works).results
    assert (one.statistic["all"]["k"], one.statistic["all"]["n"]) == (0, 1)


def test_the_same_subject_failed_twice_is_one_subject():
    outcome = computed({MATHS: [Sat(10, "1", 2)], AGAIN: [Sat(10, "1", 2)]})
    assert (outcome.results, {one.reason for one in outcome.not_computed}) == ((), {linking.TOO_FEW[2]})


def test_codes_of_pupils_of_different_sexes_are_not_believed():
    works = {MATHS: alike(20, 3), RUSSIAN: [*alike(9, 3), *alike(11, 3, "ж", first=9)]}
    outcome = computed(works)
    (why,) = outcome.not_computed
    assert (outcome.results, why.organisation) == ((), 10)
    assert why.reason.replace("\u00a0", " ") == (
        "пол совпал только в 45 % (9 из 20; 26–66 %) пар связанных строк: "
        "похоже, код в разных работах здесь — не один и тот же ученик"
    )
    assert len(computed(works, least_sex=45).results) == 1


def test_classes_that_do_not_agree_are_a_doubt_and_unknown_ones_are_not():
    other = [replace(one, class_name="5Б") for one in alike(20, 3)]
    assert "класс совпал только" in computed({MATHS: alike(20, 3), RUSSIAN: other}).not_computed[0].reason
    unknown = [replace(one, class_name="", sex="") for one in other]
    (one,) = computed({MATHS: alike(20, 3), RUSSIAN: unknown}).results
    assert one.statistic["agreement"] == {}


def test_of_few_rows_nothing_is_doubted():
    works = {MATHS: alike(9, 3), RUSSIAN: alike(9, 3, "ж")}
    assert [one.statistic["agreement"]["sex"]["k"] for one in computed(works).results] == [0]


def test_who_stands_twice_in_a_work_is_left_out():
    works = {MATHS: [*alike(3, 2), Sat(10, "0", 9)], RUSSIAN: alike(3, 2)}
    (one,) = computed(works).results
    assert (one.statistic["all"]["k"], one.statistic["all"]["n"]) == (2, 2)


def test_pupils_of_another_grade_or_cohort_are_never_put_together():
    """An autumn work of the grade below is written by others, who may have the same codes."""
    autumn = replace(RUSSIAN, pupils_grade=6)
    assert computed({MATHS: alike(3, 2), autumn: alike(3, 2)}).results == ()
    assert computed({MATHS: alike(3, 2), work(9, "russian", grade=6): alike(3, 2)}).results == ()


def test_why_rows_are_not_linked_is_told_of_the_work():
    panel = replace(panel_of({MATHS: {10: [3]}, RUSSIAN: {10: [3]}}), people={1: "нет ключа", 2: people_of([])})
    outcome = two_marks.compute(panel, parameters("groups.two_marks"))
    assert [(one.procedure, one.reason) for one in outcome.not_computed] == [(1, "нет ключа"), (2, linking.TOO_FEW[2])]


def test_a_school_whose_rows_nobody_could_link_is_named():
    works = {MATHS: [*alike(3, 2), Sat(11, "a", 2)], RUSSIAN: [*alike(3, 2), Sat(11, "b", 2)]}
    assert [(one.organisation, one.reason) for one in computed(works).not_computed] == [(11, linking.NOBODY_LINKED)]


def test_a_school_whose_protocol_cannot_be_linked_has_the_protocol_s_reason():
    panel = panel_of_people({one: [*alike(2, 3), Sat(11, "", 3)] for one in (MATHS, RUSSIAN)})
    people = panel.people | {1: replace(panel.people[1], why_not={11: "прочитан без ключа"})}
    outcome = two_marks.compute(replace(panel, people=people), parameters("groups.two_marks"))
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(11, "прочитан без ключа")]


def test_marks_come_from_the_scale_from_the_print_where_there_is_none_and_of_an_exam_from_its_minimum():
    printed = work(2, "russian", bounds=None)
    by_print = [replace(one, mark=2 if one.person == "0" else 3) for one in alike(3, 9)]
    (one,) = computed({MATHS: alike(3, 2), printed: by_print}).results
    assert (one.statistic["all"]["k"], one.statistic["all"]["n"]) == (1, 3)
    exams = [
        work(key, subject, kind="ege", grade=11, bounds=None, minimum=27)
        for key, subject in ((1, "mathematics"), (2, "russian"))
    ]
    (one,) = computed(
        {exams[0]: [Sat(10, "1", 26), Sat(10, "2", 27)], exams[1]: [Sat(10, "1", 0), Sat(10, "2", 0)]}
    ).results
    assert (one.statistic["all"]["k"], one.statistic["all"]["n"]) == (1, 2)


def test_a_scale_with_conditions_gives_way_to_the_print():
    asks_more = replace(MATHS, scale=replace(MATHS.scale, conditions=(Condition("геометрия", ("1",), 2, 3),)))
    works = {asks_more: [Sat(10, "1", 9, mark=2), Sat(10, "2", 9)], RUSSIAN: alike(2, 2, first=1)}
    (one,) = computed(works).results
    assert (one.statistic["all"]["k"], one.statistic["all"]["n"]) == (1, 2)


def test_works_without_marks_are_named():
    unmarked = work(2, "russian", bounds=None)
    outcome = computed({MATHS: alike(3, 2), unmarked: alike(3, 2)})
    assert (2, NO_MARKS) in [(one.procedure, one.reason) for one in outcome.not_computed]


def test_asked_about_one_subject_nothing_can_be_put_together():
    panel = panel_of_people({MATHS: alike(2, 3), RUSSIAN: alike(2, 3)}).narrowed(None, "russian")
    (why,) = two_marks.compute(panel, parameters("groups.two_marks")).not_computed
    assert why.reason == linking.ONE_SUBJECT


def test_inputs_change_when_rows_are_linked_otherwise_and_not_when_only_their_order_does():
    works = {MATHS: [Sat(10, "1", 2), Sat(10, "2", 9)], RUSSIAN: [Sat(10, "1", 2), Sat(10, "2", 9)]}
    otherwise = works | {RUSSIAN: [Sat(10, "2", 2), Sat(10, "1", 9)]}
    turned = {one: found[::-1] for one, found in works.items()}
    hashes = [computed(one).results[0].inputs[0].hash for one in (works, otherwise, turned)]
    assert hashes[0] == hashes[2] != hashes[1]


def test_an_exam_has_no_twos_but_scores_below_the_minimum():
    exams = [
        work(1, kind="ege", grade=11, bounds=None, minimum=27),
        work(2, "russian", kind="ege", grade=11, minimum=24),
    ]
    (one,) = computed({exam: alike(1, 3, "") for exam in exams}).results
    assert (
        two_marks.sentence(one)
        .replace("\u00a0", " ")
        .startswith("ЕГЭ: ниже минимального балла и по математике, и по русскому языку — у 100 % (1 из 1;")
    )


@pytest.mark.parametrize(
    ("works", "words"),
    [
        (
            {MATHS: [*alike(1, 3), *alike(19, 9, first=1)], RUSSIAN: alike(20, 3)},
            "ВПР, 5 класс: «2» и по математике, и по русскому языку — у 5 % (1 из 20; 1–24 %) писавших обе работы. "
            "Совпало в парах связанных строк: пол — в 100 % (20 из 20; 84–100 %), "
            "класс — в 100 % (20 из 20; 84–100 %).",
        ),
        (
            {
                MATHS: alike(2, 3, ""),
                RUSSIAN: alike(2, 9, ""),
                HISTORY: [replace(one, class_name="") for one in alike(2, 3, "")],
            },
            "ВПР, 5 класс: «2» по двум предметам и больше — у 100 % (2 из 2; 34–100 %) писавших хотя бы две работы; "
            "и по математике, и по русскому языку — у 0 % (0 из 2; 0–66 %). "
            "Совпало в парах связанных строк: класс — в 100 % (2 из 2; 34–100 %).",
        ),
    ],
)
def test_the_sentence_agrees_with_its_numbers(works, words):
    (one,) = computed(works).results
    assert two_marks.sentence(one).replace("\u00a0", " ") == words
