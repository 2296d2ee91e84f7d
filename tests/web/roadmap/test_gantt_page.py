"""Gantt: quarters of calendar years, windows at their places, states told by shape and word."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from msoko.web.roadmap.gantt_page import LOOKS, Scale, state_of
from msoko.web.roadmap.models import Assignment
from msoko.web.roadmap.standing import Standing
from tests.web.roadmap.making import TODAY, activity
from tests.web.roadmap.plans import Plan, opened, plan

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def here() -> Plan:
    return plan()


@given(DAYS, st.integers(0, 2200), st.data())
def test_a_later_day_never_stands_before_an_earlier_one(begins: date, length: int, data: st.DataObject) -> None:
    ends = begins + timedelta(days=length)
    scale = Scale.of(begins, ends)
    assert scale.first <= begins <= ends <= scale.last
    one, other = sorted(begins + timedelta(days=data.draw(st.integers(0, length))) for _ in range(2))
    assert 0 <= scale.place(one) <= scale.place(other) <= scale.width
    assert (one == other) or scale.place(one) < scale.place(other) or scale.width < 6 * 92


@given(DAYS)
def test_every_day_stands_within_its_quarter(day: date) -> None:
    scale = Scale.of(date(2020, 1, 1), date(2030, 12, 31))
    (quarter,) = [one for one in scale.quarters if (one.year, one.number) == (day.year, (day.month - 1) // 3)]
    wide = scale.width / len(scale.quarters)
    assert quarter.x <= scale.place(day) <= quarter.x + wide


@pytest.mark.parametrize(
    ("begins", "ends", "quarters"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 4),
        (date(2026, 9, 1), date(2027, 8, 31), 5),
        (date(2026, 10, 1), date(2026, 10, 1), 1),
        (date(2025, 1, 1), date(2029, 12, 31), 20),
    ],
)
def test_the_quarters_are_those_that_the_programme_touches(begins: date, ends: date, quarters: int) -> None:
    assert len(Scale.of(begins, ends).quarters) == quarters


def test_five_years_fit_a_page_and_their_quarters_stay_apart() -> None:
    scale = Scale.of(date(2025, 1, 1), date(2029, 12, 31))
    assert scale.width <= 600
    assert len({one.x for one in scale.quarters}) == 20


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (Standing(), "planned"),
        (Standing(cancelled=3), "planned"),
        (Standing(accepted=3), "accepted"),
        (Standing(accepted=3, overdue=1, reported=1), "overdue"),
        (Standing(accepted=3, reported=1), "waiting"),
        (Standing(returned=1, ahead=1), "waiting"),
        (Standing(accepted=1, ahead=1), "ahead"),
    ],
)
def test_a_mark_shows_what_presses(standing: Standing, state: str) -> None:
    assert state_of(standing) == state
    assert LOOKS[state].words


def test_windows_are_bars_and_single_days_are_points(here: Plan) -> None:
    activity(here.programme, "В один день", windows=[("2026-11-05", "2026-11-05")], within=here.yearly.section)
    answer = opened(here.department, "gantt", here.roadmap.pk)
    drawn = {one.row.activity.title: one.marks for _, one in answer.context["rows"]}
    assert [mark.is_point for mark in drawn["Собрать отчёты"]] == [False, False]
    assert [mark.is_point for mark in drawn["В один день"]] == [True]
    assert drawn["Съездить на семинар"] == []


def test_states_are_told_in_words_too(here: Plan) -> None:
    Assignment.objects.filter(occurrence__activity=here.yearly).update(state="accepted")
    words = opened(here.department, "gantt", here.roadmap.pk).words
    assert "01.06.2026 — 30.06.2026: принято 0 из 3, просрочено 3" in words
    assert "01.09.2026 — 30.09.2026: принято 1 из 1" in words
    assert "01.09.2027 — 30.09.2027: ещё не роздано" in words
    for look in LOOKS.values():
        assert look.words in words


def test_the_line_of_today_stands_only_within_the_programme(here: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "сегодня, 15.09.2026" in opened(here.department, "gantt", here.roadmap.pk).words
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2031, 1, 1))
    assert "Сегодняшний день вне срока программы" in opened(here.department, "gantt", here.roadmap.pk).words
