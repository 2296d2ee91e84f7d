"""The statistic of a finding, told as tables of Russian words."""

import pytest

from msoko.web.analysis.statistic_words import facts_of, in_words, listings_of

WORK = {
    "procedure": 7,
    "kind": "vpr",
    "subject": "mathematics",
    "name": "математика",
    "by": "по математике",
    "grade": 5,
    "year": 2026,
}
TITLE = "ВПР · математика · 5 класс · 2026"


def plain(said: object) -> object:
    if isinstance(said, str):
        return said.replace("\u00a0", " ").replace("\u202f", " ")
    return type(said)(plain(one) for one in said) if isinstance(said, list | tuple) else said


def facts(statistic: dict, **options: str) -> list:
    return plain(facts_of(statistic, **options))  # type: ignore[return-value]


def address(procedure: int) -> str:
    return f"/results/{procedure}/"


def test_k_of_n_is_one_share_called_as_the_method_calls_it():
    assert facts({"k": 19, "n": 56}) == [("Доля", "34 % (19 из 56; 23–47 %)")]
    assert facts({"k": 19, "n": 56}, share_of="Не справились")[0][0] == "Не справились"


def test_k_that_is_no_part_of_n_stays_a_number():
    assert facts({"k": 60, "n": 56}) == [("Число", "60"), ("Участников", "56")]


def test_a_statistic_of_one_work_names_the_work():
    assert facts({**WORK, "n": 14}) == [("Работа", TITLE), ("Участников", "14")]


def test_what_stands_inside_something_is_told_after_its_name():
    assert facts({"region": {"mean": 12.25, "n": 400}}) == [
        ("Регион: среднее", "12,3"),
        ("Регион: участников", "400"),
    ]
    assert facts({"work": {**WORK, "n": 10}}) == [("Работа", TITLE), ("Работа: участников", "10")]


def test_a_list_of_works_is_a_table_with_the_way_to_each():
    (listing,) = listings_of({"low": [{**WORK, "k": 12, "n": 18, "repeated": True}]}, address, "Не справились")
    assert listing.columns == ["Работа", "Не справились", "Второй год подряд"]
    ((head, cells),) = listing.rows
    assert (plain(head.text), head.href) == (TITLE, "/results/7/")
    assert plain(cells) == ["67 % (12 из 18; 44–84 %)", "да"]


def test_a_cell_holds_a_share_or_an_interval_and_no_table():
    work = {**WORK, "before": {"k": 7, "n": 16}, "interval": [54.52, 90.6], "prior": {"peers": "средние", "n": 3}}
    (listing,) = listings_of({"low": [work]}, address)
    assert listing.columns == ["Работа", "Год назад", "Интервал"]
    assert plain(listing.rows[0][1]) == ["44 % (7 из 16; 23–67 %)", "54,5–90,6"]


def test_a_list_of_anything_else_begins_with_what_its_rows_are_of():
    (listing,) = listings_of({"items": [{"number": "4", "lag": 60.5}, {"number": "7"}]}, address)
    assert listing.columns == ["Задание", "Отставание, п. п."]
    assert [(head.text, head.href, cells) for head, cells in listing.rows] == [("4", "", ["60,5"]), ("7", "", ["—"])]


def test_what_only_a_picture_needs_is_left_to_the_picture():
    assert facts({"histogram": list(range(30)), "cells": [[1, 2], [3, 4]], "notes": [], "level": ""}) == []


def test_a_list_inside_a_row_is_counted():
    (listing,) = listings_of({"years": [{"year": 2026, "low": [WORK, WORK]}]}, address)
    assert listing.columns == ["Год", "Низкие работы"]
    assert plain(listing.rows[0][1]) == ["2"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "нет данных"),
        (True, "да"),
        (0, "0"),
        (2026, "2026"),
        (12345, "12 345"),
        (30.0, "30"),
        (0.99999, "больше 0,999"),
        (0.0002, "меньше 0,001"),
        (0.25, "0,250"),
        (-15.04, "−15,0"),
        ("municipality", "муниципалитет"),
        ("robust", "устойчиво"),
        ("Б", "Б"),
        ([1, 2], "1; 2"),
    ],
)
def test_values_read_as_a_person_says_them(value, said):
    assert plain(in_words(value)) == said


def test_a_name_without_a_term_speaks_for_itself():
    assert facts({"brand_new": 1}) == [("Brand new", "1")]
