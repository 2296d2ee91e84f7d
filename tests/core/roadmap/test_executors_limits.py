"""Conditions of executors that say with certainty who is left out, or how many schools have to be there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.roadmap.executors import Kind, understand_all
from msoko.core.roadmap.executors.limits import limits_of


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("кроме МБОУ СОШ № 3", ["МБОУ СОШ № 3"]),
        ("кроме МБОУ «СОШ № 3», МБОУ СОШ № 5", ["МБОУ «СОШ № 3»", "МБОУ СОШ № 5"]),
        ("за исключением Луговской СОШ и СОШ № 2", ["Луговской СОШ", "СОШ № 2"]),
        ("исключая гимназию № 1", ["гимназию № 1"]),
        ("Кроме школ № 1, 2 и 5", ["школа № 1", "школа № 2", "школа № 5"]),
    ],
)
def test_schools_that_are_left_out_are_named(words: str, names: list[str]) -> None:
    (limit,) = limits_of(words)
    assert [one.name for one in limit.excepted] == names
    assert {one.kind for one in limit.excepted} == {Kind.NAMED}


@pytest.mark.parametrize(
    ("words", "kind"),
    [("кроме ШНОР", Kind.LOW_RESULTS), ("за исключением школ с признаками необъективности", Kind.OBJECTIVITY)],
)
def test_a_group_that_findings_name_is_left_out(words: str, kind: Kind) -> None:
    (limit,) = limits_of(words)
    assert [one.kind for one in limit.excepted] == [kind]


@pytest.mark.parametrize(
    "words",
    ["кроме малокомплектных", "кроме начальных школ", "кроме СОШ № 1 и малокомплектных", "кроме", "по согласованию"],
)
def test_who_is_left_out_is_not_guessed(words: str) -> None:
    (limit,) = limits_of(words)
    assert (limit.excepted, limit.least) == ((), None)


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("не менее 2 школ", 2),
        ("не менее двух школ", 2),
        ("не менее 2-х ОО", 2),
        ("не менее трёх образовательных организаций", 3),
        ("не меньше чем 4", 4),
        ("хотя бы одна школа", 1),
        ("минимум пять школ района", 5),
        ("не менее 50 % ОО", 6),
        ("не менее 80% от общего количества школ", 9),
        ("не менее 20 человек", None),
        ("не менее 2 раз", None),
        ("не менее 0 школ", None),
        ("не менее 300 % школ", None),
        ("не более 3 школ", None),
    ],
)
def test_how_many_of_eleven_schools_have_to_be_there(words: str, least: int | None) -> None:
    (limit,) = limits_of(words)
    assert limit.least_of(11) == least


def test_conditions_are_told_one_by_one() -> None:
    first, second = limits_of("не менее 2 школ; кроме СОШ № 4")
    assert (first.least, first.excepted, second.least) == (2, (), None)
    assert [one.name for one in second.excepted] == ["СОШ № 4"]


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("все ОО, кроме СОШ № 1, Луговской СОШ, УО", [Kind.ALL_SCHOOLS, Kind.DEPARTMENT]),
        ("ОО за исключением МБОУ «СОШ № 1 им. Ветрова», МБОУ «Луговская СОШ»", [Kind.ALL_SCHOOLS]),
        ("ОО (кроме СОШ № 1), СОШ № 2", [Kind.ALL_SCHOOLS, Kind.NAMED]),
        ("ОО, кроме СОШ № 1; СОШ № 2", [Kind.ALL_SCHOOLS, Kind.NAMED]),
    ],
)
def test_the_second_school_left_out_is_no_executor_either(cell: str, kinds: list[Kind]) -> None:
    assert [one.kind for one in understand_all(cell)] == kinds


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(["кроме", "не менее", "2", "школ", "СОШ", "№", ";", "%", ","]))
                 .map(" ".join)))  # fmt: skip
def test_no_condition_raises_and_nothing_is_both(words: str) -> None:
    for limit in limits_of(words):
        assert not (limit.excepted and limit.least)
        assert limit.least_of(7) is None or limit.least_of(7) >= 0
