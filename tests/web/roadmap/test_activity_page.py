"""The page of an activity: words beside dates, executors beside organisations, states of every due date."""

import pytest
from django.utils import timezone

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Assignment, Programme
from tests.web.roadmap.making import TODAY, activity, person
from tests.web.roadmap.making import programme as programme_of
from tests.web.roadmap.plans import Plan, opened, plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def here() -> Plan:
    return plan()


def test_words_and_dates_stand_side_by_side(here: Plan) -> None:
    words = opened(here.department, "activity", here.yearly.pk).words
    assert "ежегодно, сентябрь" in words
    assert "каждый год: 1–30 сентября; 2 срока" in words


def test_what_was_not_understood_is_told(here: Plan) -> None:
    assert "не понято: «вскоре»" in opened(here.department, "activity", here.strange.pk).words


def test_executors_stand_with_their_states_and_the_late_ones_first(here: Plan) -> None:
    Assignment.objects.filter(organisation=here.place.schools[0]).update(state="accepted")
    table = opened(here.department, "activity", here.everywhere.pk).context["table"]
    assert [str(row.cells["state"]) for row in table.lines] == ["просрочено", "просрочено", "принято"]


def test_every_due_date_can_be_looked_at(here: Plan) -> None:
    answer = opened(here.department, "activity", here.yearly.pk)
    shown = [one for one in answer.context["page"].occurrences if one.is_shown]
    assert [one.due.isoformat() for one in shown] == ["2026-09-30"]
    later = answer.context["page"].occurrences[-1]
    asked = opened(here.department, "activity", here.yearly.pk, occurrence=later.pk)
    assert [one.pk for one in asked.context["page"].occurrences if one.is_shown] == [later.pk]
    opened(here.department, "activity", here.yearly.pk, occurrence="nonsense")


def test_an_activity_says_where_it_comes_from(here: Plan) -> None:
    own = programme_of(here.place.schools[0], "Программа школы", parent=here.programme)
    made = activity(own, "Провести педсовет у себя", descends_from=here.everywhere)
    words = opened(here.director, "activity", made.pk).words
    assert "муниципальная программа" in words
    assert "школа" in words


def test_a_school_does_not_see_the_activity_of_another_schools_programme(here: Plan) -> None:
    own = programme_of(here.place.schools[1], "Программа школы")
    opened(here.director, "activity", activity(own).pk, status=404)
    opened(person(Role.CURATOR, here.place.neighbour), "activity", here.yearly.pk, status=404)


def test_a_draft_has_no_execution_and_its_text_can_be_changed() -> None:
    here = plan(state=Programme.State.DRAFT)
    words = opened(here.department, "activity", here.yearly.pk).words
    assert "Изменить текст" in words
    assert "Исполнители, срок" not in words
