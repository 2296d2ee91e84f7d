"""A reviewed document becomes a draft of a programme, or it is said what it lacks."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.web.people.models import AuditEntry
from msoko.web.roadmap.models import Activity, Programme, RoadmapImport
from msoko.web.roadmap.services import importing_rows as rows
from msoko.web.roadmap.services.importing import CannotImport
from msoko.web.roadmap.services.importing_live import Unchecked, direction_of, lacks, make_live
from tests.web.collection.conftest import home
from tests.web.roadmap import making, signed

__all__ = ["home"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return making.place(schools=2)


@pytest.fixture
def document(place):
    return signed.reviewed(place.municipality)


def test_a_document_without_title_or_period_or_rows_says_all_that_it_lacks(document):
    RoadmapImport.objects.update(title="", begins=None)
    rows.drop_rows(document, [one.pk for one in document.rows.all()], None)
    document.refresh_from_db()
    assert len(lacks(document)) == 3
    with pytest.raises(CannotImport) as refused:
        make_live(document, None, takes_unchecked=True)
    assert [reason.split(":")[0] for reason in refused.value.reasons] == [
        "Нет названия программы",
        "Не указан период программы",
        "Нет ни одного мероприятия",
    ]
    assert not Programme.objects.exists()


def test_doubtful_rows_that_nobody_has_looked_at_are_counted_and_asked_about(document):
    with pytest.raises(Unchecked) as asked:
        make_live(document, None)
    assert asked.value.count == signed.DOUBTFUL
    assert "2\u00a0сомнительные строки" in str(asked.value)
    rows.check_rows(document, [signed.row(document, "2.2").pk], None)
    rows.drop_rows(document, [signed.row(document, "2.3").pk], None)
    assert make_live(document, None).is_draft


def test_the_draft_says_what_the_document_says_in_its_order(document, place):
    rows.drop_rows(document, [signed.row(document, "2.3").pk], None)
    programme = make_live(document, None, takes_unchecked=True)
    assert (programme.organisation, programme.title) == (place.municipality, signed.TITLE)
    assert (programme.begins, programme.ends, programme.state) == (date(2025, 1, 1), date(2027, 12, 31), "draft")
    said = Activity.objects.filter(roadmap__programme=programme).order_by("order")
    assert list(said.values_list("section__title", "number", "imported_row__number")) == [
        ("Диагностика", "1.1", "1.1"),
        ("Диагностика", "1.2", "1.2"),
        ("Помощь", "2.1", "2.1"),
        ("Помощь", "2.2", "2.2"),
    ]
    roadmap = programme.roadmaps.get()
    assert (roadmap.title, roadmap.direction) == (signed.LOW, "low_results")
    assert list(roadmap.sections.values_list("title", flat=True)) == ["Диагностика", "Помощь"]
    assert programme.passport["goal"] == "каждый выпускник читает и понимает прочитанное."
    assert AuditEntry.objects.first().action == "roadmap_document_live"


def test_dates_and_executors_are_understood_at_once(document, place):
    programme = make_live(document, None, takes_unchecked=True)
    first, *_, seminar, _ = Activity.objects.filter(roadmap__programme=programme)
    assert first.windows == [[f"{year}-09-01", f"{year}-09-30"] for year in (2025, 2026, 2027)]
    assert seminar.windows == []
    assert [one.organisation for one in seminar.executors.all()] == [None, place.schools[0]]


def test_activities_that_only_schools_execute_are_of_the_schools(document):
    programme = make_live(document, None, takes_unchecked=True)
    levels = Activity.objects.filter(roadmap__programme=programme).values_list("number", "level")
    assert dict(levels) == {
        "1.1": "school",
        "1.2": "municipality",
        "2.1": "municipality",
        "2.2": "municipality",
        "2.3": "municipality",
    }


def test_a_document_of_a_school_becomes_the_schools_programme(place):
    programme = make_live(signed.reviewed(place.schools[0]), None, takes_unchecked=True)
    assert programme.organisation == place.schools[0]
    assert set(Activity.objects.values_list("level", flat=True)) == {"school"}


def test_the_persons_direction_goes_before_the_recognised_one(document):
    chosen = {signed.LOW: "objectivity"}
    programme = make_live(document, None, directions=chosen, takes_unchecked=True)
    assert programme.roadmaps.get().direction == "objectivity"


@pytest.mark.parametrize(
    ("title", "direction"),
    [(signed.LOW, "low_results"), ("План работы на год", "")],
)
def test_a_direction_is_recognised_only_where_the_title_tells_of_one(title, direction):
    assert direction_of(title) == direction


def test_two_presses_make_one_programme(document):
    make_live(document, None, takes_unchecked=True)
    with pytest.raises(CannotImport, match="стал программой"):
        make_live(document, None, takes_unchecked=True)
    assert Programme.objects.count() == 1


def test_what_is_refused_in_the_middle_leaves_the_document_on_review(document, monkeypatch):
    def broken(programme):
        raise CannotImport("Не вышло.")

    monkeypatch.setattr("msoko.web.roadmap.services.importing_live.understand_all", broken)
    with pytest.raises(CannotImport):
        make_live(document, None, takes_unchecked=True)
    document.refresh_from_db()
    assert document.state == RoadmapImport.State.REVIEW
    assert not Programme.objects.exists()


def test_sixty_rows_ask_the_database_as_often_as_three(place):
    asked = []
    for count in (3, 60):
        document = signed.reviewed(place.municipality, text=signed.of_many(count))
        with CaptureQueriesContext(connection) as captured:
            programme = make_live(document, None, takes_unchecked=True)
        assert Activity.objects.filter(roadmap__programme=programme).count() == count
        asked.append(len(captured))
    assert asked[0] == asked[1] > 0
