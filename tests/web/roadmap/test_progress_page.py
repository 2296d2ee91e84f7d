"""How a roadmap goes: by section and executor, who is behind first; what lacks dates or executors."""

import pytest
from django.utils import timezone

from msoko.web.roadmap.models import Assignment, Programme
from tests.web.roadmap.making import TODAY, activity, client_of
from tests.web.roadmap.plans import Plan, opened, plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def here() -> Plan:
    return plan()


def test_executors_stand_by_who_is_behind(here: Plan) -> None:
    given = Assignment.objects.filter(occurrence__activity=here.everywhere)
    given.exclude(organisation=here.place.schools[1]).update(state="accepted")
    page = opened(here.department, "progress", here.roadmap.pk).context["page"]
    first = page.executors[0]
    assert (first.title, first.standing.overdue) == (here.place.schools[1].name, 1)
    assert "просрочено 1: " + here.place.schools[1].name.replace("\u00a0", " ") in page.sentence().replace(
        "\u00a0", " "
    )


def test_every_assignment_is_counted_once_by_section_and_once_by_executor(here: Plan) -> None:
    page = opened(here.department, "progress", here.roadmap.pk).context["page"]
    total = Assignment.objects.count()
    for lines in (page.sections, page.executors):
        assert sum(line.standing.total for line in lines) == total


def test_shares_are_told_with_how_many_of_how_many(here: Plan) -> None:
    words = opened(here.department, "progress", here.roadmap.pk).words
    assert "Принято 0 из 5 поручений, просрочено 3 у 3 исполнителей" in words
    assert "%" not in words.split("<main", 1)[1]


def test_what_has_no_dates_or_no_executor_is_named_with_how_to_mend_it(here: Plan) -> None:
    words = opened(here.department, "progress", here.roadmap.pk).words
    assert "Нет дат: 2 мероприятия" in words
    assert "Исполнитель не найден: 1 мероприятие" in words
    assert f"/activities/{here.undated.pk}/#dates" in words
    assert f"/activities/{here.external.pk}/#executors" in words


def test_a_school_reads_its_own_progress_and_no_list_of_others(here: Plan) -> None:
    words = opened(here.director, "progress", here.roadmap.pk).words
    assert "Принято 0 из 1" in words
    assert "Нет дат" not in words
    assert "По исполнителям" not in words


def test_a_draft_says_when_assignments_will_be_there() -> None:
    here = plan(state=Programme.State.DRAFT)
    assert "поручения появятся, когда программу утвердят" in opened(here.department, "progress", here.roadmap.pk).words


def test_tables_are_taken_away_and_an_unknown_one_is_not_found(here: Plan) -> None:
    client = client_of(here.department)
    for name, status in (("sections", 200), ("executors", 200), ("nonsense", 404)):
        answer = client.get(f"/roadmaps/{here.roadmap.pk}/progress/?format=csv&table={name}")
        assert answer.status_code == status


def test_of_many_that_lack_something_the_first_are_named_and_the_table_shows_them_all(here: Plan) -> None:
    for number in range(12):
        activity(here.programme, f"Без даты {number}", windows=[], deadline_kind="by_schedule", executors=["unknown"])
    answer = opened(here.department, "progress", here.roadmap.pk)
    assert "Нет дат: 14 мероприятий" in answer.words
    assert "Исполнитель не найден: 13 мероприятий" in answer.words
    assert answer.words.count("#dates") == 10
    assert "нужна дата — 13" in answer.words
    assert "срок не понят — 1" in answer.words
    for state, rows in (("needs_dates", 13), ("not_understood", 1), ("nobody", 13)):
        assert f"/roadmaps/{here.roadmap.pk}/?state={state}" in answer.words
        assert len(opened(here.department, "roadmap", here.roadmap.pk, state=state).context["page"].rows) == rows
