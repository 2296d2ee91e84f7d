"""Groups of schools that executors name, and the conditions that leave some of them out."""

import pytest

from msoko.web.people.models import Organisation, Role
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.models import Activity, Body, Executor, Programme
from msoko.web.roadmap.programme_reading import read_back
from msoko.web.roadmap.resolving import Resolution, resolve
from msoko.web.roadmap.services.descending import activities_for
from msoko.web.roadmap.services.understanding import understand_activity
from tests.web.roadmap.living import found
from tests.web.roadmap.making import Place, activity, more_schools, person, place, programme

pytestmark = pytest.mark.django_db
SIGNAL, OTHER = "objectivity.bunching", "objectivity.person_fit"
DOUBTED = "Школы с признаками необъективности"


@pytest.fixture
def here() -> Place:
    return place(4)


@pytest.fixture
def plan(here: Place) -> Programme:
    return programme(here.municipality)


def written(plan: Programme, words: str) -> Activity:
    """An activity whose executors are understood from the words of its cell."""
    return understand_activity(activity(plan, executors=[], executors_words=words))


def resolved(plan: Programme, words: str) -> Resolution:
    made = written(plan, words)
    return resolve(plan)[made.pk]


def numbers(resolution: Resolution, here: Place) -> list[int]:
    """Numbers of the schools that have to do it; 0 for the department."""
    keys = {here.municipality.pk: 0, **{one.pk: number for number, one in enumerate(here.schools, 1)}}
    return [keys[one.organisation] for one in resolution.assignees]


def told_to(plan: Programme, here: Place, words: str) -> list[str]:
    """What is read back to the department that types the words."""
    sight = sight_of(person(Role.DEPARTMENT, here.municipality))
    return [one.meaning.replace("\u00a0", " ") for one in read_back(plan, sight, "", words).executors]


def test_schools_with_signs_of_bias_are_those_with_a_confirmed_signal(plan: Programme, here: Place) -> None:
    first, second, third, fourth = here.schools
    found(first, method=SIGNAL)
    found(second, "new", method=SIGNAL)
    found(third, "dismissed", method=SIGNAL)
    found(fourth)
    found(here.foreign, method=SIGNAL)
    assert numbers(resolved(plan, DOUBTED), here) == [1]
    assert numbers(resolved(plan, "ШНОР"), here) == [4]
    assert told_to(plan, here, DOUBTED) == ["признаки необъективности подтверждены: 1 школа сейчас"]


def test_one_confirmed_signal_of_several_is_enough(plan: Programme, here: Place) -> None:
    found(here.schools[0], "dismissed", method=SIGNAL)
    found(here.schools[0], method=OTHER)
    assert numbers(resolved(plan, DOUBTED), here) == [1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (DOUBTED, "подтверждённых признаков необъективности пока нет"),
        ("ШНОР", "подтверждённого списка ШНОР пока нет"),
        ("школы зоны риска", "подтверждённых выводов о низких результатах пока нет"),
    ],
)
def test_an_empty_list_is_said_by_its_name_and_is_never_all_schools(
    plan: Programme, here: Place, words: str, why: str
) -> None:
    resolution = resolved(plan, words)
    assert [one.body for one in resolution.assignees] == [Body.DEPARTMENT]
    assert why in resolution.unresolved[0].replace("\u00a0", " ")
    assert told_to(plan, here, words) == [f"{why}, поручение за управлением образования"]


# ---- conditions


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("ОО, кроме МБОУ СОШ № 3", [1, 2, 4]),
        ("Все ОО (за исключением МБОУ «СОШ № 3», СОШ № 1)", [2, 4]),
        ("все школы, кроме СОШ № 1, СОШ № 2", [3, 4]),
        ("Руководители ОО, кроме школ № 1, 2 и 4", [3]),
        ("ОО, кроме ШНОР", [1, 3, 4]),
        ("ШНОР, кроме СОШ № 3", [2]),
    ],
)
def test_schools_that_are_left_out_by_name_or_by_list_get_nothing(
    plan: Programme, here: Place, words: str, left: list[int]
) -> None:
    found(here.schools[1])
    resolution = resolved(plan, words)
    assert numbers(resolution, here) == left
    assert (resolution.conditions, resolution.unresolved) == ((), ())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("ОО, кроме СОШ № 9", "название «СОШ № 9» не подходит ни одной открытой школе муниципалитета"),
        ("ОО, кроме малокомплектных", "условие «кроме малокомплектных» система не проверяет"),
        ("ОО, кроме школ с признаками необъективности", "никого не исключает: подтверждённых признаков"),
        ("ОО (не менее 2 школ)", "поручение получают все; условие «не менее 2 школ» система не проверяет"),
        ("ОО (не менее 5 школ)", "условие «не менее 5 школ» не выполнить: в группе 4 школы"),
        ("ОО (не менее 50 % школ)", "условие «не менее 50 % школ» система не проверяет"),
    ],
)
def test_what_is_not_certain_is_told_and_nobody_is_left_out(
    plan: Programme, here: Place, words: str, said: str
) -> None:
    resolution = resolved(plan, words)
    assert numbers(resolution, here) == [1, 2, 3, 4]
    (told,) = resolution.conditions
    assert said in told.replace("\u00a0", " ")


def test_a_name_that_fits_two_schools_leaves_out_neither(plan: Programme, here: Place) -> None:
    made = written(plan, "ОО, кроме СОШ № 3")
    Organisation.objects.filter(pk=here.schools[0].pk).update(name="МКОУ «СОШ № 3»")
    resolution = resolve(plan)[made.pk]
    assert numbers(resolution, here) == [1, 2, 3, 4]
    assert "подходит нескольким школам" in resolution.conditions[0]


@pytest.mark.parametrize("words", ["ОО (не менее 4 школ)", "ОО (не менее 100 % школ)", "ОО, кроме СОШ № 1; УО"])
def test_a_condition_that_is_fulfilled_for_certain_needs_no_person(plan: Programme, here: Place, words: str) -> None:
    assert resolved(plan, words).conditions == ()


def test_where_a_condition_leaves_nobody_the_department_keeps_it(plan: Programme, here: Place) -> None:
    found(here.schools[1])
    resolution = resolved(plan, "ШНОР, кроме СОШ № 2")
    assert numbers(resolution, here) == [0]
    assert "условие исключает все школы" in resolution.unresolved[0].replace("\u00a0", " ")


def test_a_school_left_out_takes_nothing_into_its_own_programme(plan: Programme, here: Place) -> None:
    made = written(plan, "ОО, кроме СОШ № 2")
    assert activities_for(plan, here.schools[0]) == [made]
    assert activities_for(plan, here.schools[1]) == []


def test_what_is_typed_is_read_back_without_those_left_out(plan: Programme, here: Place) -> None:
    assert told_to(plan, here, "ОО, кроме СОШ № 3") == ["все школы без исключённых (3)"]


def test_conditions_are_asked_for_without_a_query_of_their_own(
    plan: Programme, here: Place, django_assert_num_queries
) -> None:
    for number in range(1, 4):
        written(plan, f"ОО, кроме СОШ № {number}, ШНОР (кроме СОШ № 4)")
    more_schools(4, 20)
    assert Executor.objects.exclude(condition="").count() == 6
    with django_assert_num_queries(4):
        resolve(plan)
