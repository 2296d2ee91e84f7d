"""The board of directions: every cell is counted from what is there, and what the system does not hold is «—»."""

from datetime import date

import pytest
from django.urls import reverse

from msoko.core.definitions.programme_kinds import SETS, STAGES_OF_CYCLE
from msoko.web.cycles.board import Board, Fullness
from msoko.web.definitions import definitions
from msoko.web.people.models import Role
from msoko.web.roadmap.models import Assignment, Body, Occurrence, Programme, Roadmap
from tests.web.roadmap import making

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture
def place():
    return making.place(schools=3)


def cells(place, slug="low_results", set_of=SETS[0]):
    (row,) = [one for one in Board(place.municipality, YEAR, set_of).rows if one.direction.slug == slug]
    return {cell.stage: cell for cell in row.cells}


def planned(place, direction="low_results", state=Programme.State.APPROVED, **more):
    programme = making.programme(place.municipality, state=state)
    programme.passport = {
        "goal": "Меньше двоек",
        "tasks": ["Найти причины"],
        "indicators": [{"name": "Школы с улучшением", "targets": {"2026": 60}}, {"name": "Выезды", "targets": {}}],
    }
    programme.save()
    activity = making.activity(programme, **more)
    Roadmap.objects.filter(programme=programme).update(direction=direction)
    return activity


def given(activity, school, state):
    occurrence, _ = Occurrence.objects.get_or_create(activity=activity, begins=date(2026, 9, 1), due=date(2026, 9, 30))
    Assignment.objects.create(
        occurrence=occurrence, organisation=school, body=Body.SCHOOL, due=occurrence.due, state=state
    )


def test_nine_directions_of_the_first_set_and_eight_of_the_second_have_nine_stages(place):
    for name, directions in zip(SETS, (9, 8), strict=True):
        rows = Board(place.municipality, YEAR, name).rows
        assert len(rows) == directions
        assert all([cell.stage for cell in row.cells] == list(STAGES_OF_CYCLE) for row in rows)


def test_where_nothing_is_there_nothing_is_counted_and_what_is_not_held_is_not_called_empty(place):
    upbringing, low = cells(place, "upbringing"), cells(place)
    assert upbringing["monitoring"].fullness == upbringing["analysis"].fullness == Fullness.NOT_HELD
    assert upbringing["monitoring"].count is None
    assert low["monitoring"].fullness == Fullness.EMPTY
    assert {cell.count for stage, cell in low.items()} == {0}


def test_goals_and_indicators_are_those_of_the_passports_of_programmes_in_force(place):
    planned(place)
    found = cells(place)
    assert (found["goals"].fullness, found["goals"].count) == (Fullness.FILLED, 2)
    assert (found["indicators"].fullness, found["indicators"].count) == (Fullness.PARTLY, 2)
    assert "с целевыми значениями\u00a0— 1" in found["indicators"].words


def test_a_draft_fills_a_cell_only_in_part_and_says_why(place):
    planned(place, state=Programme.State.DRAFT)
    cell = cells(place)["goals"]
    assert cell.fullness == Fullness.PARTLY
    assert "проект" in cell.words


def test_the_stage_of_activities_is_whole_when_all_assignments_of_the_year_are_accepted(place):
    activity = planned(place)
    assert cells(place)["activities"].fullness == Fullness.PARTLY
    for school in place.schools:
        given(activity, school, Assignment.State.ACCEPTED)
    assert cells(place)["activities"].fullness == Fullness.FILLED
    Assignment.objects.filter(organisation=place.schools[0]).update(state=Assignment.State.RETURNED)
    cell = cells(place)["activities"]
    assert cell.fullness == Fullness.PARTLY
    assert "принято 2 из 3\u00a0поручений" in cell.words


def test_cancelled_assignments_are_not_owed(place):
    activity = planned(place)
    given(activity, place.schools[0], Assignment.State.ACCEPTED)
    given(activity, place.schools[1], Assignment.State.CANCELLED)
    assert cells(place)["activities"].fullness == Fullness.FILLED


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Разослать адресные рекомендации школам", "recommendations"),
        ("Издать Приказ о кураторах", "decisions"),
        ("Оценить ЭФФЕКТИВНОСТЬ принятых мер", "effectiveness"),
    ],
)
def test_an_activity_stands_for_a_stage_by_its_words(place, title, stage):
    planned(place, title=title)
    found = cells(place)
    others = {"recommendations", "decisions", "effectiveness"} - {stage}
    assert found[stage].count == 1
    assert {found[one].count for one in others} == {0}


def test_a_direction_of_the_other_set_counts_as_its_match(place):
    planned(place, direction="low_results")
    assert cells(place, "low_results_2021", SETS[1])["goals"].count == 2


def test_programmes_of_other_years_and_other_places_are_not_counted(place):
    planned(place)
    Programme.objects.update(begins=date(2020, 1, 1), ends=date(2021, 12, 31))
    assert cells(place)["goals"].count == 0
    Programme.objects.update(begins=making.BEGINS, ends=making.ENDS, organisation=place.neighbour)
    assert cells(place)["goals"].count == 0


def test_the_board_costs_the_same_number_of_queries_however_much_there_is(place, django_assert_max_num_queries):
    for direction in definitions().directions_of(SETS[0]):
        activity = planned(place, direction.slug)
        for school in place.schools:
            given(activity, school, Assignment.State.PLANNED)
    with django_assert_max_num_queries(6):
        assert Board(place.municipality, YEAR, SETS[0]).summary()


def test_a_department_opens_the_board_and_a_direction_and_a_school_does_not(place):
    planned(place)
    department = making.client_of(making.person(Role.DEPARTMENT, place.municipality))
    school = making.client_of(making.person(Role.SCHOOL, place.schools[0]))
    for address in (reverse("cycles:board"), reverse("cycles:direction", args=["low_results"])):
        assert department.get(address, {"year": YEAR}).status_code == 200
        assert school.get(address).status_code == 403
    assert department.get(reverse("cycles:direction", args=["no_such"])).status_code == 404
