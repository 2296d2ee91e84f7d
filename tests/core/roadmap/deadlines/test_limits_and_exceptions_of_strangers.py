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


@pytest.mark.parametrize(
    "words",
    [
        "ежеквартально; в декабре – итоговый отчёт",
        "ежемесячно, декабрь – итоговый отчёт",
        "ежемесячно, кроме июля, август – отчет",
        "декабрь – итоговый отчёт, ежеквартально",
        "до 5 числа каждого месяца; декабрь – итоговый отчёт",
        "постоянно, декабрь – отчет",
    ],
)
def test_a_frequency_does_not_vanish_beside_a_date_of_something_else(words):
    assert not read(words).understood


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("2 раза в год: октябрь – отбор, апрель – защита", {4, 10}),
        ("ежегодно, октябрь – отбор", {10}),
        ("ежемесячно: сентябрь – отбор", {9}),
        ("ежемесячно; итоговый отчёт – декабрь", set(range(1, 13))),
        ("ноябрь 2022 – отбор, затем ежемесячно", {11, 12}),
    ],
)
def test_dates_that_a_frequency_announces_may_say_of_what_they_are(words, months):
    assert {one.ends.month for one in read(words).windows} == months


@pytest.mark.parametrize(
    "words", ["первая среда месяца; 15 января", "каждую среду; 15 января", "последний день квартала; 15 января"]
)
def test_a_day_beside_other_days_that_recur_does_not_leave_nothing(words):
    assert read(words).not_understood == ("15 января",)
