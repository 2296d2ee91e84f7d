"""Procedures chosen by words: every part of a word narrows, several words add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.choosing import chosen, unknown_subjects
from tests.core.analysis.panels import work

WORKS = [
    work(1, "mathematics", 4),
    work(2, "russian", 4),
    work(3, "mathematics", 5),
    work(4, "russian", 5),
    work(5, "history", 6),
    work(6, "mathematics", 9, kind="oge"),
    work(7, "russian", 11, kind="ege", minimum=24),
]


def keys(*words):
    return [one.key for one in chosen(WORKS, words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["any"], [1, 2, 3, 4, 5, 6, 7]),
        (["vpr"], [1, 2, 3, 4, 5]),
        (["ВПР"], [1, 2, 3, 4, 5]),
        (["vpr/5"], [3, 4]),
        (["vpr/5", "oge"], [3, 4, 6]),
        (["vpr/4-5/mathematics"], [1, 3]),
        (["vpr/4–5/математика"], [1, 3]),
        (["5"], [3, 4]),
        (["РУ"], [2, 4, 7]),
        (["РУ4"], [2]),
        (["ру4", "МА9"], [2, 6]),
        (["русский язык/5"], [4]),
        (["vpr:5:МА"], [3]),
        (["ЕГЭ/МА"], []),
        ([" vpr / 5 "], [3, 4]),
        ([], []),
    ],
)
def test_words_choose(words, expected):
    assert keys(*words) == expected


def test_latin_letters_that_look_cyrillic_are_the_same():
    assert keys("MA4") == keys("МА4") == [1]  # the first is typed on the other keyboard


def test_one_word_for_all_makes_the_others_idle():
    assert keys("oge", "any") == keys("any")


@pytest.mark.parametrize("word", ["", "/", " : "])
def test_a_word_that_names_nothing_is_refused(word):
    with pytest.raises(ValueError, match="не называет процедуры"):
        keys(word)


@given(words=st.lists(st.sampled_from(["vpr", "oge", "ege", "4", "5-9", "МА", "vpr/РУ", "история"]), max_size=4))
def test_a_procedure_is_chosen_when_one_of_the_words_alone_would_choose_it_and_the_order_stays(words):
    alone = {key for word in words for key in keys(word)}
    assert keys(*words) == sorted(alone)


def test_subjects_that_nobody_has_heard_of_are_named_by_their_word():
    known = ("mathematics", "математика", "МА")
    assert unknown_subjects(["vpr/5/МА", "vpr/астрология", "any", "oge"], known) == ["vpr/астрология"]


def test_grades_written_backwards_are_refused_and_not_forgotten() -> None:
    with pytest.raises(ValueError, match="идут назад"):
        chosen([work(1)], ["vpr/8-4"])
