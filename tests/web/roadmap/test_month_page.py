"""The month: due dates on their days, what is late told by word, months before and after in the address."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Assignment, Programme, Roadmap
from msoko.web.roadmap.month_page import Month
from msoko.web.roadmap.services.executing import postpone
from tests.web.roadmap.making import TODAY, activity, assigned, person
from tests.web.roadmap.making import programme as programme_of
from tests.web.roadmap.plans import Plan, opened, plan

pytestmark = pytest.mark.django_db
MONTHS = st.builds(Month, st.integers(2001, 2059), st.integers(1, 12))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def here() -> Plan:
    return plan()


def days(answer: object) -> dict[str, list[str]]:
    """Day → titles that are due."""
    weeks = answer.context["page"].weeks  # type: ignore[attr-defined]
    return {one.day.isoformat(): [due.title for due in one.dues] for week in weeks for one in week if one.dues}


@given(MONTHS)
def test_the_month_after_the_one_before_is_the_same(month: Month) -> None:
    assert month.next.previous == month.previous.next == month
    assert month.first.month == month.last.month == month.number
    assert (month.next.first - month.last).days == 1
    assert Month.asked(month.key, TODAY) == month


@pytest.mark.parametrize("said", ["", "2026", "2026-13", "2026-0", "2026-٣x", "99999-1", "1999-05", "2026-09-01"])
def test_an_address_with_anything_else_shows_the_present_month(said: str) -> None:
    assert Month.asked(said, TODAY) == Month(TODAY.year, TODAY.month)


def test_due_dates_stand_on_their_days(here: Plan) -> None:
    answer = opened(here.department, "roadmap_month", here.roadmap.pk)
    assert days(answer) == {"2026-09-30": ["Прочесть лекцию", "Собрать отчёты"]}
    june = opened(here.department, "roadmap_month", here.roadmap.pk, month="2026-06")
    assert days(june) == {"2026-06-30": ["Провести педсовет"]}
    assert "просрочено 3 из 3" in june.words


def test_what_is_not_yet_given_out_stands_there_too(here: Plan) -> None:
    answer = opened(here.department, "roadmap_month", here.roadmap.pk, month="2027-09")
    assert days(answer) == {"2027-09-30": ["Собрать отчёты"]}


def test_a_draft_shows_what_its_windows_say() -> None:
    here = plan(state=Programme.State.DRAFT)
    answer = opened(here.department, "roadmap_month", here.roadmap.pk, month="2026-06")
    assert days(answer) == {"2026-06-30": ["Провести педсовет"]}


def test_a_postponed_assignment_stands_on_its_new_day(here: Plan) -> None:
    late = Assignment.objects.filter(occurrence__activity=here.everywhere)
    postpone(list(late), here.department, date(2026, 9, 21), "Переезд", "Начальник управления")
    answer = opened(here.department, "roadmap_month", here.roadmap.pk)
    assert days(answer)["2026-09-21"] == ["Провести педсовет"]
    assert days(opened(here.department, "roadmap_month", here.roadmap.pk, month="2026-06")) == {}


def test_the_months_beside_are_in_the_address(here: Plan) -> None:
    words = opened(here.department, "roadmap_month", here.roadmap.pk, month="2026-12").words
    assert "month=2026-11" in words
    assert "month=2027-01" in words


def test_a_day_of_many_is_shown_whole_when_asked_for(here: Plan) -> None:
    for number in range(6):
        activity(here.programme, f"Мероприятие {number}", within=here.yearly.section)
    assigned(here.programme)
    short = opened(here.department, "roadmap_month", here.roadmap.pk).words
    assert "и ещё 5" in short
    assert "Мероприятие 5" not in short
    whole = opened(here.department, "roadmap_month", here.roadmap.pk, day="2026-09-30").words
    assert "Мероприятие 5" in whole


def test_of_a_territory_all_programmes_in_force_stand_together(here: Plan) -> None:
    other = programme_of(here.place.municipality, "Другая программа")
    activity(other, "Другое мероприятие", windows=[("2026-09-10", "2026-09-10")])
    assigned(other)
    draft = programme_of(here.place.municipality, "Проект", state=Programme.State.DRAFT)
    activity(draft, "Из проекта", windows=[("2026-09-11", "2026-09-11")])
    found = days(opened(here.department, "month"))
    assert found["2026-09-10"] == ["Другое мероприятие"]
    assert "2026-09-11" not in found


def test_a_school_sees_how_its_own_assignments_stand(here: Plan) -> None:
    words = opened(here.director, "month", month="2026-06").words
    assert "просрочено 1 из 1" in words


def test_a_neighbour_sees_nothing_of_it(here: Plan) -> None:
    assert days(opened(person(Role.DEPARTMENT, here.place.neighbour), "month")) == {}


# ---- what goes on, and where nothing is due


def going_on(answer: object) -> list[tuple[str, str]]:
    page = answer.context["page"]  # type: ignore[attr-defined]
    return [(due.title, due.day.isoformat()) for due in page.running]


def test_what_goes_on_stands_once_beneath_the_days_with_its_next_date(here: Plan) -> None:
    halves = [("2026-02-01", "2026-12-31"), ("2026-09-15", "2027-01-31")]
    activity(here.programme, "Вести сайт", windows=halves, within=here.yearly.section)
    activity(here.programme, "Начнётся позже", windows=[("2026-10-01", "2026-12-01")], within=here.yearly.section)
    assigned(here.programme)
    answer = opened(here.department, "roadmap_month", here.roadmap.pk)
    assert going_on(answer) == [("Вести сайт", "2026-12-31")]
    assert "до 31.12.2026" in answer.words
    assert all("Вести сайт" not in titles for titles in days(answer).values())


@pytest.mark.parametrize("state", ["accepted", "cancelled", "untracked"])
def test_what_is_ended_does_not_go_on(here: Plan, state: str) -> None:
    activity(here.programme, "Вести сайт", windows=[("2026-02-01", "2026-12-31")], within=here.yearly.section)
    assigned(here.programme)
    Assignment.objects.filter(occurrence__activity__title="Вести сайт").update(state=state)
    assert going_on(opened(here.department, "roadmap_month", here.roadmap.pk)) == []


def test_an_empty_month_leads_to_nothing_that_is_cancelled(here: Plan) -> None:
    Assignment.objects.filter(due="2026-09-30").update(state=Assignment.State.CANCELLED)
    words = opened(here.department, "roadmap_month", here.roadmap.pk, month="2026-07").words
    assert "Следующий срок" in words
    assert "Следующий срок — 30 сентября 2026 г." not in words


def test_of_a_draft_goes_on_what_its_windows_say() -> None:
    here = plan(state=Programme.State.DRAFT)
    activity(here.programme, "Вести сайт", windows=[("2026-02-01", "2026-12-31")], within=here.yearly.section)
    assert going_on(opened(here.department, "roadmap_month", here.roadmap.pk)) == [("Вести сайт", "2026-12-31")]


def test_of_many_that_go_on_the_rest_is_folded(here: Plan) -> None:
    for number in range(10):
        activity(here.programme, f"Дело {number}", windows=[("2026-02-01", "2026-12-31")], within=here.yearly.section)
    assigned(here.programme)
    words = opened(here.department, "roadmap_month", here.roadmap.pk).words
    assert "срок позже: 10 мероприятий" in words
    assert "Ещё 2 мероприятия" in words


def test_a_month_without_due_dates_leads_to_the_next_one_that_has_some(here: Plan) -> None:
    words = opened(here.department, "roadmap_month", here.roadmap.pk, month="2026-07").words
    assert "В этом месяце сроков нет." in words
    assert '?month=2026-09">Следующий срок — 30 сентября 2026 г.</a></p>' in words
    assert 'class="month"' not in words


def test_after_the_last_due_date_a_month_leads_back_to_it(here: Plan) -> None:
    words = opened(here.department, "roadmap_month", here.roadmap.pk, month="2028-01").words
    assert '?month=2027-09">Позже сроков нет, последний был 30 сентября 2027 г.</a></p>' in words


def test_a_roadmap_without_any_due_date_says_no_more(here: Plan) -> None:
    empty = Roadmap.objects.create(programme=here.programme, title="Пустая")
    words = opened(here.department, "roadmap_month", empty.pk).words
    assert "В этом месяце сроков нет.</p>" in words


def test_a_day_that_is_behind_says_how_many_of_all_its_activities_are(here: Plan) -> None:
    activity(here.programme, "Второе", windows=[("2026-06-01", "2026-06-30")], within=here.yearly.section,
             executors=["all_schools"])  # fmt: skip
    assigned(here.programme)
    words = opened(here.department, "roadmap_month", here.roadmap.pk, month="2026-06").words
    assert words.count("month-behind") == 1
    assert "просрочено 6</span>" in words
