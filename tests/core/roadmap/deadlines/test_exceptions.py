"""What is excepted is due on no day, and all the rest stays."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.roadmap.deadlines import Calendar, Window, understand
from msoko.core.vocabulary.russian import MONTHS_GENITIVE

PERIOD = date(2021, 1, 1), date(2023, 12, 31)
FREQUENT = ["ежемесячно", "еженедельно", "каждую среду", "до 20 числа каждого месяца", "2 раза в месяц", "раз в 5 дней"]
EXCEPT = ["кроме", "за исключением", "исключая"]
months = st.sets(st.sampled_from(range(1, 13)), min_size=1, max_size=4)
periods = st.builds(
    lambda begins, length: (begins, begins + timedelta(days=length)),
    st.dates(date(2015, 1, 1), date(2040, 1, 1)),
    st.integers(0, 1200),
)


def days_of(windows: tuple[Window, ...]) -> set[date]:
    return {one.begins + timedelta(days=n) for one in windows for n in range((one.ends - one.begins).days + 1)}


@given(st.sampled_from(FREQUENT), st.sampled_from(EXCEPT), months, periods)
@settings(deadline=None)
def test_without_the_excepted_months_all_days_of_the_others_are_left(often, excepting, months, period):
    """The slow twin: the days of all windows, without those of the months."""
    said = ", ".join(MONTHS_GENITIVE[month - 1] for month in sorted(months))
    left = understand(f"{often}, {excepting} {said}", *period)
    all_days = days_of(understand(often, *period).windows)
    if left.understood:
        assert days_of(left.windows) == {day for day in all_days if day.month not in months}
    else:
        assert often == "раз в 5 дней" or not all_days


@given(st.sampled_from(["ежемесячно", "по понедельникам", "в течение года", "постоянно", "1 раз в четверть"]))
@settings(deadline=None)
def test_the_holidays_of_summer_are_those_of_the_calendar(words):
    later = Calendar(
        year_begins=(9, 15),
        quarters=(((9, 15), (12, 31)), ((1, 10), (6, 15))),
        half_years=(((9, 15), (12, 31)), ((1, 10), (6, 15))),
        trimesters=(((9, 15), (12, 31)), ((1, 10), (6, 15))),
    )
    windows = understand(f"{words}, кроме летних каникул", *PERIOD, later).windows
    summers = [Window(date(year, 6, 16), date(year, 9, 14)) for year in (2021, 2022, 2023)]
    assert windows
    assert not any(day in days_of(tuple(summers)) for day in days_of(windows))
    assert max(day for day in days_of(windows) if day < date(2021, 7, 1)) <= date(2021, 6, 15)


def test_other_holidays_are_kept_in_words_and_cut_nothing():
    deadline = understand("каждую среду, кроме осенних каникул", *PERIOD)
    assert deadline.windows == understand("каждую среду", *PERIOD).windows
    assert deadline.condition == "кроме осенних каникул"
    assert deadline.needs_date_from is None
    assert deadline.remarks == (
        "Сказано «кроме осенних каникул», но этих дней календарь не знает: сроки не сокращены.",
    )


def test_the_last_month_of_lessons_is_shortened_where_its_end_is_excepted():
    windows = understand("апрель-июнь 2022, кроме июня", *PERIOD).windows
    assert windows == (Window(date(2022, 4, 1), date(2022, 5, monthrange(2022, 5)[1])),)
