"""Limits, exceptions and labels beside each other: a date is given to what it belongs to, or nothing is understood."""

from datetime import date

import pytest

from msoko.core.roadmap.deadlines import Deadline, understand


def read(words: str) -> Deadline:
    return understand(words, date(2020, 1, 1), date(2022, 12, 31))


def days_and_months(words: str) -> set[tuple[int, int, int]]:
    """First day, last day and month of all windows, each within one month."""
    windows = read(words).windows
    assert all(one.begins.month == one.ends.month for one in windows)
    return {(one.begins.day, one.ends.day, one.ends.month) for one in windows}


@pytest.mark.parametrize(
    ("words", "last", "left_out"),
    [
        ("ежемесячно, кроме июля и августа, до 5 числа", 5, {7, 8}),
        ("ежемесячно, кроме июля и августа до 5 числа", 5, {7, 8}),
        ("каждый месяц, кроме марта до 12 числа", 12, {3}),
        ("ежемесячно, за исключением июля, не позднее 25 числа каждого месяца", 25, {7}),
        ("ежемесячно (кроме апреля), до 7 числа", 7, {4}),
        ("ежемесячно, с сентября по май до 5 числа", 5, {6, 7, 8}),
    ],
)
def test_a_day_behind_an_exception_is_of_every_month_that_is_left(words, last, left_out):
    assert days_and_months(words) == {(1, last, month) for month in range(1, 13) if month not in left_out}


@pytest.mark.parametrize(
    "words",
    [
        "ежемесячно, с октября, до 5 числа",
        "с сентября по май, до 5 числа",
        "ноябрь – март, до 8 числа",
        "март, июнь, сентябрь, декабрь, до 20 числа",
        "февраль и апрель до 20 числа",
        "март, июнь (до 20 числа)",
    ],
)
def test_a_day_behind_several_months_is_not_of_the_last_one_only(words):
    assert not read(words).understood


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("в сентябре, до 20 числа", {(1, 20, 9)}),
        ("сентябрь, не позднее 20 числа", {(1, 20, 9)}),
        ("ежегодно, в сентябре, до 20 числа", {(1, 20, 9)}),
        ("март (до 20 числа), июнь (до 10 числа)", {(1, 20, 3), (1, 10, 6)}),
    ],
)
def test_a_day_behind_a_lone_month_is_of_that_month(words, expected):
    assert days_and_months(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "ежегодно в мае, кроме 2021 г., в 2021 г. – июнь",
        "ежегодно в мае (кроме 2021 г. – в июне)",
        "ежегодно в мае, кроме 2020, 2021 – июнь",
        "ежегодно, март (кроме 2020), июнь 2020",
        "ежегодно до 1 мая, кроме 2020 года, до 1 июня 2020 года",
        "март, кроме 2021 г., апрель 2021 г.",
        "ежегодно в мае, кроме мая 2021, июнь 2021",
        "ежемесячно, кроме января, в январе – до 20 числа",
        "ежемесячно, кроме января, до 20 января",
        "ежемесячно, кроме июля, с сентября по май",
        "ежемесячно, кроме июля, с мая по сентябрь",
    ],
)
def test_a_date_instead_of_what_is_excepted_is_not_lost(words):
    deadline = read(words)
    assert not deadline.understood
    assert "кроме" in deadline.not_understood[0]


@pytest.mark.parametrize(
    ("words", "windows"),
    [
        ("ежемесячно, кроме июля, 2021 год", 11),
        ("ежемесячно, кроме июля, май – сентябрь", 12),
        ("ежемесячно, кроме января и с июля по август", 27),
        ("ежегодно, кроме 2021, 2023 годов", 2),
        ("ежегодно в мае, кроме 2021 года; июнь 2021 года", 3),
    ],
)
def test_times_that_an_exception_only_limits_are_understood(words, windows):
    assert len(read(words).windows) == windows
