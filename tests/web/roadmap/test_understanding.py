"""Words of an activity become dates and executors; what a person has said stays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.web.people.models import Kind, Organisation
from msoko.web.roadmap.models import Executor
from msoko.web.roadmap.services.understanding import understand_activity, understand_all
from tests.web.people.district import District, grown_district
from tests.web.roadmap.drawn import activity_of, programme_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    return grown_district()


def said(activity) -> list[tuple[str, str]]:
    return [(one.words, one.kind) for one in activity.executors.all()]


def test_words_become_dates_within_the_programme(district):
    activity = activity_of(programme_of(district.home), deadline="ежегодно, сентябрь")
    understand_activity(activity)
    activity.refresh_from_db()
    assert activity.deadline_kind == "recurring"
    assert activity.windows == [[f"{year}-09-01", f"{year}-09-30"] for year in (2023, 2024, 2025)]


@pytest.mark.parametrize("words", ["как получится", "", "ежегодно, брюкваль"])
def test_words_that_nobody_understands_leave_no_kind_and_no_dates(district, words):
    activity = activity_of(programme_of(district.home), deadline="ежегодно, сентябрь")
    understand_activity(activity)
    activity.deadline = words
    activity.save()
    understand_activity(activity)
    activity.refresh_from_db()
    assert (activity.deadline_kind, activity.windows, activity.needs_dates) == ("", [], True)


def test_what_depends_on_a_plan_says_so_and_has_no_dates(district):
    activity = understand_activity(activity_of(programme_of(district.home), deadline="по плану УО"))
    assert activity.deadline_kind == "by_schedule"
    assert activity.needs_dates
    assert "плану" in activity.condition


def test_dates_of_a_person_stay_whatever_the_words_say(district):
    own = [["2023-02-01", "2023-02-15"]]
    activity = activity_of(
        programme_of(district.home), deadline="ежегодно, сентябрь", windows=own, dates_by_person=True
    )
    understand_activity(activity)
    activity.refresh_from_db()
    assert activity.windows == own


def test_executors_stand_in_the_order_of_the_words(district):
    activity = activity_of(programme_of(district.home), executors_words="Управление образования, руководители ОО, ШНОР")
    understand_activity(activity)
    assert [kind for _, kind in said(activity)] == ["department", "all_schools", "low_results"]


def test_a_named_school_is_found_among_those_of_the_municipality(district):
    programme = programme_of(district.home)
    own, foreign = (activity_of(programme, executors_words=f"МБОУ «СОШ № {number}»") for number in (1, 3))
    understand_all(programme)
    assert own.executors.get().organisation == district.first
    assert (foreign.executors.get().kind, foreign.executors.get().organisation) == ("named", None)


def test_a_corrected_executor_stays_while_its_words_stand_in_the_cell(district):
    activity = activity_of(programme_of(district.home), executors_words="Совет мудрецов, ШНОР")
    understand_activity(activity)
    corrected = activity.executors.first()
    corrected.kind, corrected.organisation, corrected.by_person = "named", district.second, True
    corrected.save()
    activity.executors_words = "Управление образования, Совет мудрецов"
    activity.save()
    understand_activity(activity)
    assert [(one.kind, one.organisation, one.by_person) for one in activity.executors.all()] == [
        ("department", None, False),
        ("named", district.second, True),
    ]
    activity.executors_words = "Управление образования"
    activity.save()
    understand_activity(activity)
    assert said(activity) == [("Управление образования", "department")]


def test_reading_again_what_has_not_changed_keeps_the_same_rows(district):
    programme = programme_of(district.home)
    activity_of(programme, executors_words="ШНОР, МБОУ «СОШ № 1»", deadline="ежегодно, сентябрь")
    understand_all(programme)
    before = list(Executor.objects.values_list("pk", flat=True))
    assert understand_all(programme) == 0
    assert list(Executor.objects.values_list("pk", flat=True)) == before


def test_a_whole_programme_is_understood_as_one_activity_of_it_would_be(district):
    programme = programme_of(district.home)
    words = [("ежегодно, сентябрь", "ШНОР"), ("по плану УО", "Управление образования"), ("вдруг", "Совет мудрецов")]
    for deadline, executors in words:
        one = activity_of(programme, deadline=deadline, executors_words=executors)
        understand_activity(one)
    alone = list(Executor.objects.values_list("activity", "words", "kind"))
    Executor.objects.all().delete()
    understand_all(programme)
    assert list(Executor.objects.values_list("activity", "words", "kind")) == alone


def test_queries_do_not_depend_on_the_number_of_activities(district):
    counts = []
    for number in (3, 60):
        programme = programme_of(district.home, f"Программа {number}")
        for n in range(number):
            activity_of(programme, deadline="ежегодно, сентябрь", executors_words=f"Управление образования, Отдел {n}")
        with CaptureQueriesContext(connection) as captured:
            understand_all(programme)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_school_of_a_school_s_own_programme_is_found_by_its_name(district):
    assert Organisation.objects.filter(kind=Kind.MUNICIPALITY).count() == 2
    activity = activity_of(programme_of(district.first), executors_words="МБОУ «Ёлкинская СОШ»")
    understand_activity(activity)
    assert activity.executors.get().organisation == district.second
