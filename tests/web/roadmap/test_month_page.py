"""The month: due dates on their days, what is late told by word, months before and after in the address."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Assignment, Programme
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
