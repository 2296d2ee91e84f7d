"""The passport of a signed document, and the page that makes it a programme."""

import pytest
from django.test import Client
from django.urls import reverse

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Programme, RoadmapImport
from msoko.web.roadmap.services import importing_rows
from msoko.web.roadmap.services.importing import set_passport
from msoko.web.roadmap.services.programmes import discard
from tests.web.collection.conftest import home
from tests.web.roadmap import making, signed
from tests.web.roadmap.signed_pages import address, seen, words

__all__ = ["home"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return making.place(schools=2)


@pytest.fixture
def department(place) -> Client:
    return making.client_of(making.person(Role.DEPARTMENT, place.municipality))


@pytest.fixture
def document(place):
    return signed.reviewed(place.municipality)


# ---- passport


def test_found_fields_stand_with_their_lines_and_how_sure_they_are(department, document):
    page = department.get(address("passport", document.pk)).content.decode()
    assert 'value="2025-01-01"' in page
    assert "каждый выпускник" in page
    assert 'href="#line-6"' in page
    assert "приказ управления образования от 28.08.2025 № 114" in page


def test_a_passport_is_saved_and_a_wrong_period_keeps_what_was_typed(department, document):
    said = {"title": "План чтения", "begins": "2026-01-01", "ends": "2025-01-01", "passport-goal": "Читать больше"}
    answer = department.post(address("passport", document.pk), said)
    assert "Окончание раньше начала" in words(answer)
    assert "Читать больше" in answer.content.decode()
    department.post(address("passport", document.pk), {**said, "ends": "2026-12-31"})
    document.refresh_from_db()
    assert (document.title, document.passport["goal"]["value"]) == ("План чтения", "Читать больше")


# ---- becoming a programme


def test_what_is_lacking_is_said_with_a_way_to_mend_it(department, document):
    set_passport(document, None, title="", begins=None, ends=None, fields={})
    said = seen(department, address("live", document.pk))
    assert "Нет названия программы" in said
    assert "Не указан период" in said
    assert "Указать название и период" in said


def test_doubtful_rows_are_asked_about_before_they_become_activities(department, document):
    assert "Перенести 2 сомнительные строки как есть, без проверки" in seen(department, address("live", document.pk))
    answer = department.post(address("live", document.pk), {"direction-0": "low_results"})
    assert "согласитесь перенести их как есть" in words(answer)
    assert not Programme.objects.exists()


def test_the_order_of_the_document_is_offered_and_asked_for(department, document):
    page = department.get(address("live", document.pk)).content.decode()
    assert "приказ управления образования от 28.08.2025 № 114" in page
    said = {"takes_unchecked": "on", "is_signed": "on", "order_words": "", "approved_on": ""}
    answer = words(department.post(address("live", document.pk), said))
    assert "Укажите приказ" in answer
    assert "Укажите дату приказа" in answer
    assert not Programme.objects.exists()


def test_a_methodist_makes_a_draft_and_is_not_asked_to_approve(place, document):
    methodist = making.client_of(making.person(Role.METHODIST, place.municipality))
    assert "сразу ввести программу в действие" not in seen(methodist, address("live", document.pk))
    said = {"takes_unchecked": "on", "is_signed": "on", "order_words": "приказ № 1", "approved_on": "2026-01-01"}
    methodist.post(address("live", document.pk), said)
    assert Programme.objects.get().is_draft


def test_a_draft_is_made_and_then_the_document_leads_to_it(department, document):
    said = {"takes_unchecked": "on", "direction-0": "objectivity"}
    answer = department.post(address("live", document.pk), said)
    programme = Programme.objects.get()
    assert answer.url == reverse("roadmap:programme", args=[programme.pk])
    assert programme.is_draft
    assert programme.roadmaps.get().direction == "objectivity"
    said = seen(department, address("review", document.pk))
    assert "Документ стал программой" in said
    assert "Проверено" not in said
    assert "уже не на проверке" in seen(department, address("live", document.pk))


def test_a_signed_document_comes_into_force_at_once(department, document):
    said = {"takes_unchecked": "on", "is_signed": "on", "order_words": "приказ от 28.08.2025 № 114"}
    department.post(address("live", document.pk), {**said, "approved_on": "2025-08-28", "past": "all"})
    programme = Programme.objects.get()
    assert programme.is_live
    assert programme.order_words == "приказ от 28.08.2025 № 114"


def test_a_document_whose_draft_was_thrown_away_comes_back_with_all_that_was_put_right(department, document):
    row = signed.row(document, "2.2")
    importing_rows.drop_rows(document, [row.pk], None)
    department.post(address("live", document.pk), {"takes_unchecked": "on"})
    discard(Programme.objects.get(), None)
    assert "удалён" in seen(department, address("review", document.pk))
    department.post(address("again", document.pk))
    assert "4 мероприятия" in seen(department, address("review", document.pk))
    department.post(address("live", document.pk), {"takes_unchecked": "on"})
    department.post(address("again", document.pk))
    document.refresh_from_db()
    assert document.state == RoadmapImport.State.LIVE
