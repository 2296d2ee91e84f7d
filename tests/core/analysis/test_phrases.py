"""Pieces of sentences: cases, numbers, works that are too many to name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.phrases import joined, of_work, probability_in_words, second_year
from tests.core.analysis.panels import work


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.5, "такое бывает часто и без всякой причины"),
        (0.05, "случайно такое бывает примерно 1 раз на 20"),
        (1 / 1234, "случайно такое бывает примерно 1 раз на 1\u202f200"),
        (1e-9, "случайно такое бывает реже, чем 1 раз на 100\u202f000"),
        (0.0, "случайно такое бывает реже, чем 1 раз на 100\u202f000"),
    ],
)
def test_a_chance_is_told_in_times(p: float, said: str) -> None:
    assert probability_in_words(p).replace("\u00a0", " ") == said


@given(st.floats(0, 1))
def test_every_chance_can_be_told(p: float) -> None:
    assert probability_in_words(p).endswith(("причины", *"0123456789"))


def test_a_work_of_a_grade_and_an_exam_are_named_differently() -> None:
    assert of_work(work(1).told()).replace("\u00a0", " ") == "по математике в 5 классе"
    assert of_work(work(1, kind="oge", grade=9).told()) == "по математике (ОГЭ)"
    assert of_work(work(1).told(), with_year=True).replace("\u00a0", " ") == "по математике в 5 классе 2025 г."


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["а"], "а"),
        (["а", "б"], "а и б"),
        (["а", "б", "в", "г"], "а, б, в и г"),
        (["а", "б", "в", "г", "д"], "а, б, в, г и ещё в 1 работе"),
        (list("абвгдежзик"), "а, б, в, г и ещё в 6 работах"),
    ],
)
def test_many_works_are_counted_instead_of_named(parts: list[str], said: str) -> None:
    assert joined(parts).replace("\u00a0", " ") == said


def test_a_repeated_work_is_named_with_the_year_it_repeats() -> None:
    assert second_year([work(1).told()]).replace("\u00a0", " ") == "второй год подряд — по математике в 5 классе"
