"""Executors in a document's words become organisations of the system, each once; nobody falls through."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.roadmap.executors import Kind
from msoko.web.people import services
from msoko.web.people.models import Organisation
from msoko.web.roadmap.models import Body, Executor, Programme
from msoko.web.roadmap.resolving import BODIES, NOBODY_NAMED, NOT_HERE, resolve
from msoko.web.roadmap.school_groups import listed
from tests.web.roadmap.living import found
from tests.web.roadmap.making import Place, activity, more_schools, place, programme

pytestmark = pytest.mark.django_db
BESIDE = "low_results.subjects_below_mean"


@pytest.fixture
def here() -> Place:
    return place()


def who(plan: Programme, *executors: str | tuple[str, str] | Organisation) -> list[tuple[Organisation, str]]:
    """(organisation, body) of an activity with these executors."""
    made = activity(plan, executors=executors)
    names = Organisation.objects.in_bulk()
    return [(names[one.organisation], one.body) for one in resolve(plan)[made.pk].assignees]


def unresolved(plan: Programme, *executors: str | tuple[str, str] | Organisation) -> tuple[str, ...]:
    made = activity(plan, executors=executors)
    return resolve(plan)[made.pk].unresolved


def schools(places: Iterable[Organisation]) -> list[tuple[Organisation, str]]:
    return [(one, Body.SCHOOL) for one in places]


def test_all_schools_are_the_open_schools_of_the_municipality_and_no_others(here: Place) -> None:
    services.close(here.schools[1], None)
    assert who(programme(here.municipality), "all_schools") == schools([here.schools[0], here.schools[2]])


def test_a_merged_duplicate_is_no_school_of_its_own(here: Place) -> None:
    services.merge(here.schools[2], here.schools[0], None, "одна школа")
    assert who(programme(here.municipality), "all_schools") == schools(here.schools[:2])


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_who_acts_in_the_municipality_itself(here: Place, kind: str) -> None:
    plan = programme(here.municipality)
    assert who(plan, kind) == [(here.municipality, BODIES[Kind(kind)])]
    assert unresolved(plan, kind) == ()


@pytest.mark.parametrize("kind", [*sorted(set(NOT_HERE) - {Kind.ALL_SCHOOLS}), "of a future version"])
def test_an_executor_that_is_not_in_the_system_leaves_the_assignment_with_the_department(
    here: Place, kind: str
) -> None:
    plan = programme(here.municipality)
    assert who(plan, (kind, "Кто-то")) == [(here.municipality, Body.DEPARTMENT)]
    (told,) = unresolved(plan, (kind, "Кто-то"))
    assert told.startswith("«Кто-то»: ")
    assert told.endswith("поручение остаётся за\u00a0управлением образования.")


def test_without_any_executor_the_department_keeps_it(here: Place) -> None:
    plan = programme(here.municipality)
    assert who(plan) == [(here.municipality, Body.DEPARTMENT)]
    assert unresolved(plan) == (NOBODY_NAMED,)


def test_in_a_municipality_without_schools_nothing_falls_through(here: Place) -> None:
    for one in here.schools:
        services.close(one, None)
    plan = programme(here.municipality)
    assert who(plan, "all_schools") == [(here.municipality, Body.DEPARTMENT)]
    assert "нет открытых школ" in unresolved(plan, "all_schools")[0]


def test_a_named_school_is_that_school(here: Place) -> None:
    assert who(programme(here.municipality), here.schools[2]) == schools([here.schools[2]])


def test_a_named_school_that_was_merged_is_the_one_that_it_became(here: Place) -> None:
    services.merge(here.schools[2], here.schools[0], None, "одна школа")
    merged = Organisation.objects.get(pk=here.schools[2].pk)
    assert who(programme(here.municipality), merged) == schools([here.schools[0]])


def test_a_school_of_another_municipality_gets_nothing(here: Place) -> None:
    plan = programme(here.municipality)
    assert who(plan, here.foreign) == [(here.municipality, Body.DEPARTMENT)]
    assert "такой нет" in unresolved(plan, here.foreign)[0]


def test_a_closed_school_gets_nothing_and_it_is_told(here: Place) -> None:
    services.close(here.schools[0], None)
    plan = programme(here.municipality)
    assert who(plan, here.schools[0]) == [(here.municipality, Body.DEPARTMENT)]
    assert "школа закрыта" in unresolved(plan, here.schools[0])[0]


def test_a_school_that_a_person_has_put_in_the_place_of_an_unknown_executor_is_that_school(here: Place) -> None:
    made = activity(programme(here.municipality), executors=["unknown"])
    Executor.objects.update(organisation=here.schools[0], by_person=True)
    assert [one.organisation for one in resolve(made.roadmap.programme)[made.pk].assignees] == [here.schools[0].pk]


def test_everybody_is_there_once_however_often_named_and_all_words_are_kept(here: Place) -> None:
    plan = programme(here.municipality)
    made = activity(plan, executors=[("all_schools", "Директора ОО"), here.schools[0], ("department", "УО"),
                                     ("external", "полиция")])  # fmt: skip
    rows = resolve(plan)[made.pk].assignees
    assert len({row[:2] for row in rows}) == len(rows) == 4
    words = {(row.organisation, row.body): row.words for row in rows}
    assert words[here.schools[0].pk, Body.SCHOOL] == f"Директора ОО, {here.schools[0].name}"
    assert words[here.municipality.pk, Body.DEPARTMENT] == "УО, полиция"


def test_words_are_never_longer_than_the_record_takes(here: Place) -> None:
    plan = programme(here.municipality)
    made = activity(plan, executors=[("department", "у" * 400), ("external", "п" * 400)])
    (row,) = resolve(plan)[made.pk].assignees
    assert len(row.words) == 500


def test_a_condition_on_a_group_is_told_for_a_person_to_apply(here: Place) -> None:
    plan = programme(here.municipality)
    made = activity(plan, executors=[("all_schools", "ОО"), ("department", "УО")])
    Executor.objects.update(condition="не менее 2 школ")
    (told,) = resolve(plan)[made.pk].conditions
    assert told.startswith(
        "«ОО»: поручение получают все; условие «не\u00a0менее 2\u00a0школ» система не\u00a0проверяет"
    )


def test_in_a_schools_own_programme_everything_is_the_schools(here: Place) -> None:
    plan = programme(here.schools[0])
    assert who(plan, "department", "low_results", here.schools[1]) == schools([here.schools[0]])
    assert who(plan) == schools([here.schools[0]])


# ---- the list in force


def test_the_schools_with_low_results_are_the_confirmed_ones(here: Place) -> None:
    first, second, third = here.schools
    for school, state in ((first, "confirmed"), (second, "new"), (third, "dismissed")):
        found(school, state)
    found(here.foreign)
    assert who(programme(here.municipality), "low_results") == schools([first])


def test_what_newer_data_have_replaced_puts_nobody_on_the_list(here: Place) -> None:
    found(here.schools[0], superseded_at="2026-09-01T00:00:00Z")
    assert who(programme(here.municipality), "low_results") == [(here.municipality, Body.DEPARTMENT)]


def test_a_closed_school_of_the_list_gets_nothing(here: Place) -> None:
    for school in here.schools[:2]:
        found(school)
    services.close(here.schools[0], None)
    assert who(programme(here.municipality), "low_results") == schools([here.schools[1]])


def test_the_zone_of_risk_is_wider_than_the_list(here: Place) -> None:
    found(here.schools[0])
    found(here.schools[1], method=BESIDE)
    plan = programme(here.municipality)
    assert who(plan, "low_results") == schools(here.schools[:1])
    assert who(plan, "risk") == schools(here.schools[:2])


YEARS, STATES = st.integers(2020, 2023), st.sampled_from(["new", "confirmed", "dismissed"])
FINDINGS = st.lists(st.tuples(st.integers(1, 4), YEARS, STATES), max_size=20)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], set()),
        ([(1, 2022, "new")], set()),
        ([(1, 2022, "confirmed"), (2, 2022, "new"), (3, 2022, "dismissed")], {1}),
        # Two methods name the school, one confirmed: it is on the list.
        ([(1, 2022, "confirmed"), (1, 2022, "dismissed")], {1}),
        # The new year's list is calculated, but nobody has decided yet: the old one is in force.
        ([(1, 2021, "confirmed"), (2, 2022, "new")], {1}),
        # Half of it is decided: who waits keeps last year's place, who is named no more has left.
        ([(1, 2021, "confirmed"), (2, 2021, "confirmed"), (1, 2022, "new"), (3, 2022, "confirmed")], {1, 3}),
        ([(1, 2021, "confirmed"), (1, 2022, "dismissed"), (3, 2022, "confirmed")], {3}),
    ],
)  # fmt: skip
def test_the_list_in_force(findings: list[tuple[int, int, str]], expected: set[int]) -> None:
    assert listed(findings) == expected


@given(FINDINGS)
def test_the_order_of_findings_does_not_matter_and_nobody_is_listed_who_was_never_confirmed(findings) -> None:
    on_list = listed(findings)
    assert on_list == listed(sorted(findings)) == listed(reversed(findings))
    assert on_list <= {school for school, _, state in findings if state == "confirmed"}
    newest = max((year for _, year, state in findings if state == "confirmed"), default=None)
    assert {school for school, year, state in findings if state == "confirmed" and year == newest} <= on_list


def test_resolving_asks_as_often_for_many_activities_and_schools_as_for_few(here: Place) -> None:
    plan = programme(here.municipality)
    asked = []
    for wanted in (3, 60):
        more_schools(Organisation.objects.schools().filter(municipality=here.municipality).count(), wanted)
        for _ in range(wanted):
            activity(plan, executors=["all_schools", "low_results", here.schools[0], "department"])
        with CaptureQueriesContext(connection) as captured:
            resolved = resolve(Programme.objects.select_related("organisation").get(pk=plan.pk))
        assert len(resolved) >= wanted
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 6
