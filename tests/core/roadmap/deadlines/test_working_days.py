"""Working days are counted as in a calendar on the wall; days off that a decree moves are not known."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.roadmap.deadlines import understand
from msoko.core.roadmap.deadlines.deadline import Window
from msoko.core.roadmap.deadlines.working_days import MOST_OF_A_MONTH, nth_working_day
from msoko.core.vocabulary.russian import MONTHS_GENITIVE

NEW_YEAR = {(1, day) for day in range(1, 9)}
HOLIDAYS = NEW_YEAR | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
years = st.sampled_from(range(2000, 2060))
months = st.sampled_from(range(1, 13))


def is_working(day: date) -> bool:
    return day.strftime("%w") not in "06" and (day.month, day.day) not in HOLIDAYS


def first_of_next(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


@given(years, months)
@settings(deadline=None)
def test_the_last_working_day_has_only_days_off_behind_it(year, month):
    begins, ends = date(year, month, 1), first_of_next(year, month) - timedelta(days=1)
    for words, period in (
        (f"последний рабочий день {MONTHS_GENITIVE[month - 1]} {year}", (date(year, 1, 1), date(year, 12, 31))),
        ("последний рабочий день месяца", (begins, ends)),
    ):
        (window,) = understand(words, *period).windows
        assert window.begins == window.ends
        assert is_working(window.ends)
        behind = [window.ends + timedelta(days=n) for n in range(1, (ends - window.ends).days + 1)]
        assert not any(map(is_working, behind))


@given(years, months, st.sampled_from(range(1, MOST_OF_A_MONTH + 1)))
@settings(deadline=None)
def test_the_nth_working_day_has_so_many_before_it(year, month, nth):
    begins = date(year, month, 1)
    (window,) = understand(
        f"{nth}-й рабочий день каждого месяца", begins, first_of_next(year, month) - timedelta(days=1)
    ).windows
    days = [begins + timedelta(days=n) for n in range((window.ends - begins).days + 1)]
    assert sum(map(is_working, days)) == nth
    assert is_working(window.ends)


def test_until_a_working_day_is_from_the_beginning_of_the_month():
    (window,) = understand("до 5 рабочего дня каждого месяца", date(2022, 2, 1), date(2022, 2, 28)).windows
    assert window == Window(date(2022, 2, 1), date(2022, 2, 7))


def test_five_working_days_are_a_length_and_no_day():
    deadline = understand("ежемесячно 5 рабочих дней", date(2022, 2, 1), date(2022, 2, 28))
    assert deadline.condition == "5 рабочих дней"
    assert deadline.windows == (Window(date(2022, 2, 1), date(2022, 2, 28)),)


def test_a_week_of_holidays_has_no_working_day():
    assert nth_working_day(Window(date(2022, 1, 1), date(2022, 1, 8)), 1) is None
