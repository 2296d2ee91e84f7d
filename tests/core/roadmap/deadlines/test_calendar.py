"""The parts of the school year are those that the municipality has."""

from datetime import date

import pytest

from msoko.core.roadmap.deadlines import SCHOOL_CALENDAR, Calendar, understand

SCHOOL_YEAR = date(2023, 9, 1), date(2024, 8, 31)
OWN = Calendar(
    quarters=(((9, 1), (10, 25)), ((11, 5), (12, 28)), ((1, 9), (3, 22)), ((4, 1), (5, 26))),
    half_years=(((9, 1), (12, 28)), ((1, 9), (5, 26))),
    trimesters=(((9, 1), (11, 19)), ((11, 27), (2, 18)), ((2, 26), (5, 26))),
)


def ends(words, calendar=SCHOOL_CALENDAR, period=SCHOOL_YEAR):
    return [one.ends for one in understand(words, *period, calendar).windows]


def test_quarters_half_years_and_trimesters_are_those_of_the_calendar():
    assert ends("1 раз в четверть", OWN) == [
        date(2023, 10, 25),
        date(2023, 12, 28),
        date(2024, 3, 22),
        date(2024, 5, 26),
    ]
    assert ends("2 раза в год", OWN) == [date(2023, 12, 28), date(2024, 5, 26)]
    assert ends("2 триместр", OWN) == [date(2024, 2, 18)]
    assert ends("до начала 3 четверти", OWN) == [date(2024, 1, 8)]
    assert ends("в конце учебного года", OWN) == [date(2024, 5, 26)]


def test_the_last_day_of_february_is_that_of_the_year():
    assert ends("2 триместр 2023/24 уч. года") == [date(2024, 2, 29)]
    assert ends("2 триместр", period=(date(2022, 9, 1), date(2023, 8, 31))) == [date(2023, 2, 28)]


def test_a_school_year_may_begin_on_another_day():
    later = Calendar(
        year_begins=(9, 15),
        quarters=(((9, 15), (12, 31)), ((1, 10), (6, 15))),
        half_years=(((9, 15), (12, 31)), ((1, 10), (6, 15))),
        trimesters=(((9, 15), (12, 31)), ((1, 10), (6, 15))),
    )
    assert later.school_year == ((9, 15), (9, 14))
    assert ends("до конца учебного года", later, (date(2023, 9, 15), date(2024, 9, 14))) == [date(2024, 9, 14)]


@pytest.mark.parametrize(
    "quarters",
    [
        (),
        (((9, 1), (10, 31)), ((10, 15), (12, 31))),
        (((1, 1), (3, 31)), ((9, 1), (12, 31))),
        (((10, 31), (9, 1)),),
    ],
)
def test_parts_that_overlap_or_stand_in_another_order_are_refused(quarters):
    with pytest.raises(ValueError, match="follow one another"):
        Calendar(quarters=quarters)


def test_a_day_that_no_year_has_is_refused():
    with pytest.raises(ValueError, match="day is out of range"):
        Calendar(quarters=(((9, 1), (11, 31)),))


def test_a_short_rest_of_another_school_year_is_not_meant():
    """A plan from November to September is of one school year; the September is of the next one."""
    words = "в течение учебного года"
    assert ends(words, period=(date(2023, 11, 1), date(2024, 9, 30))) == [date(2024, 8, 31)]
    assert ends(words, period=(date(2023, 11, 1), date(2024, 12, 31))) == [date(2024, 8, 31), date(2024, 12, 31)]
    assert ends(words, period=(date(2024, 9, 1), date(2024, 9, 30))) == [date(2024, 9, 30)]
