"""The list across programmes: the same activities that the board of the cycle counts."""

import pytest
from django.utils import timezone

from msoko.web.cycles.board import Board
from msoko.web.definitions import definitions
from msoko.web.people.models import Role
from msoko.web.roadmap.models import Programme, Roadmap
from tests.web.roadmap.making import TODAY, activity, client_of, person
from tests.web.roadmap.making import programme as programme_of
from tests.web.roadmap.plans import Plan, opened, plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def here() -> Plan:
    made = plan()
    Roadmap.objects.update(direction="objectivity")
    return made


def titles(answer: object) -> list[str]:
    return [row.activity.title for row in answer.context["rows"]]  # type: ignore[attr-defined]


def test_all_programmes_of_the_territory_stand_together(here: Plan) -> None:
    activity(programme_of(here.place.municipality, "Другая"), "Другое")
    activity(programme_of(here.place.neighbour, "Чужая"), "Чужое")
    activity(programme_of(here.place.schools[0], "Школьная"), "Школьное")
    found = titles(opened(here.department, "activities"))
    assert "Другое" in found
    assert not {"Чужое", "Школьное"} & set(found)


def test_a_school_sees_its_own_programme_and_those_in_force_above_it(here: Plan) -> None:
    activity(programme_of(here.place.schools[0], "Школьная"), "Школьное")
    activity(programme_of(here.place.municipality, "Проект", state=Programme.State.DRAFT), "Из проекта")
    found = titles(opened(here.director, "activities"))
    assert {"Школьное", "Собрать отчёты"} <= set(found)
    assert "Из проекта" not in found


def test_a_programme_that_does_not_run_in_the_year_is_left_out(here: Plan) -> None:
    assert titles(opened(here.department, "activities", year=2026))
    assert titles(opened(here.department, "activities", year=2024)) == []


def test_a_direction_of_the_other_set_counts_by_its_match(here: Plan) -> None:
    for direction in definitions().directions.values():
        n = len(titles(opened(here.department, "activities", direction=direction.slug)))
        meant = direction.slug == "objectivity" or "objectivity" in direction.matches
        assert n == (5 if meant else 0), direction.slug


def test_a_stage_leaves_the_activities_that_the_board_counts(here: Plan) -> None:
    activity(here.programme, "Издать приказ о списке", within=here.yearly.section)
    board = Board(here.place.municipality, 2026, "2020")
    row = next(one for one in board.rows if one.direction.slug == "objectivity")
    client = client_of(here.department)
    for cell in row.cells:
        if cell.stage in ("recommendations", "activities", "decisions", "effectiveness"):
            answer = client.get(cell.href)
            assert len(answer.context["page"].rows) == cell.count, cell.stage


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({"state": "overdue"}, ["Провести педсовет"]),
        ({"q": "отчёты"}, ["Собрать отчёты"]),
        ({"programme": "99999999"}, []),
        ({"direction": "no-such"}, []),
    ],
)
def test_filters_of_the_address_leave_just_these(here: Plan, query: dict[str, str], left: list[str]) -> None:
    assert titles(opened(here.department, "activities", **query)) == left


def test_the_list_is_taken_away(here: Plan) -> None:
    answer = client_of(here.department).get("/activities/?format=csv&q=педсовет")
    text = answer.content.decode("utf-8-sig")
    assert "Провести педсовет" in text
    assert "Собрать отчёты" not in text


def test_without_programmes_it_says_what_will_be_here(here: Plan) -> None:
    assert "Здесь будут мероприятия" in opened(person(Role.DEPARTMENT, here.place.neighbour), "activities").words
