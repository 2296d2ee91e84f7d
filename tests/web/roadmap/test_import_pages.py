"""The review of a signed document as people see it: who may, what it shows, what a press does."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from msoko.web.people.models import Role
from msoko.web.roadmap.models import RoadmapImport
from tests.web.collection.conftest import home
from tests.web.roadmap import making, signed
from tests.web.roadmap.signed_pages import address, press, seen, words

__all__ = ["home"]
pytestmark = pytest.mark.django_db
State = RoadmapImport.State


@pytest.fixture
def place():
    return making.place(schools=2)


@pytest.fixture
def department(place) -> Client:
    return making.client_of(making.person(Role.DEPARTMENT, place.municipality))


@pytest.fixture
def document(place):
    return signed.reviewed(place.municipality)


# ---- who may


@pytest.mark.parametrize(
    ("role", "where", "expected"),
    [
        (Role.DEPARTMENT, "municipality", 200),
        (Role.METHODIST, "municipality", 200),
        (Role.CURATOR, "municipality", 403),
        (Role.REGION, "region", 403),
        (Role.SCHOOL, "school", 404),
        (Role.DEPARTMENT, "neighbour", 404),
        (Role.PUBLIC, "municipality", 403),
    ],
)
def test_a_document_is_reviewed_by_who_may_edit_the_programme_and_unknown_to_who_does_not_see_it(
    place, document, role, where, expected
):
    places = {"school": place.schools[0]}
    client = making.client_of(making.person(role, places.get(where) or getattr(place, where)))
    row = document.rows.first()
    for one in (
        address("review", document.pk),
        address("passport", document.pk),
        address("live", document.pk),
        address("original", document.pk),
        address("row", document.pk, row.pk),
        address("split", document.pk, row.pk),
        address("add", document.pk),
    ):
        assert client.get(one).status_code == expected, one
    answer = client.post(address("rows", document.pk), {"drop": row.pk})
    assert answer.status_code == (302 if expected == 200 else expected)
    row.refresh_from_db()
    assert row.is_dropped == (expected == 200)


def test_a_school_brings_its_own_document_and_its_department_sees_it(place, department):
    client = making.client_of(making.person(Role.SCHOOL, place.schools[0]))
    file = SimpleUploadedFile("план.txt", signed.DOCUMENT.encode())
    answer = client.post(address("upload"), {"file": file})
    document = RoadmapImport.objects.get()
    assert answer.url == address("review", document.pk)
    assert document.organisation == place.schools[0]
    assert department.get(address("review", document.pk)).status_code == 200


def test_rows_of_another_document_are_not_found(place, department, document):
    other = signed.reviewed(place.neighbour, text=signed.of_many(3))
    row = other.rows.first()
    assert department.get(address("row", document.pk, row.pk)).status_code == 404
    assert department.get(address("split", document.pk, row.pk)).status_code == 404
    press(department, document, drop=row.pk)
    row.refresh_from_db()
    assert not row.is_dropped


# ---- from the file to the review


def test_a_file_goes_from_the_form_to_a_page_that_waits_for_the_worker(department):
    file = SimpleUploadedFile("план.txt", signed.DOCUMENT.encode())
    answer = department.post(address("upload"), {"file": file}, follow=True)
    document = RoadmapImport.objects.get()
    assert "ждёт своей очереди" in words(answer)
    assert department.get(address("progress", document.pk)).status_code == 200
    RoadmapImport.objects.update(state=State.REVIEW)
    assert department.get(address("progress", document.pk)).headers["HX-Refresh"] == "true"


def test_a_form_without_a_file_and_a_file_that_is_too_large_say_so_beside_the_field(department, monkeypatch):
    assert "Выберите файл" in words(department.post(address("upload")))
    monkeypatch.setattr("msoko.web.roadmap.services.importing.MOST_BYTES", 3)
    answer = department.post(address("upload"), {"file": SimpleUploadedFile("план.txt", b"12345")})
    assert "Файл больше" in words(answer)
    assert not RoadmapImport.objects.exists()


def test_who_looks_at_a_region_is_told_to_choose_a_territory(place):
    admin = making.client_of(making.person(Role.ADMIN, place.region.parent))
    query = f"?territory={place.region.pk}"
    assert "Выберите территорию" in seen(admin, address("upload", query=query))
    answer = admin.post(address("upload", query=query), {"file": SimpleUploadedFile("план.txt", b"12345")})
    assert "муниципалитета или школы" in words(answer)


def test_a_document_that_was_not_read_says_why_and_what_to_do(place, department):
    document = signed.reviewed(place.municipality, text="\x00\x01\x02" * 99)
    said = seen(department, address("review", document.pk))
    assert "Документ не прочитан" in said
    assert "Нужен документ DOCX, PDF с текстом или текстовый файл" in said
    assert "Прочитать ещё раз" in said
    department.post(address("again", document.pk))
    document.refresh_from_db()
    assert document.state == State.RECEIVED


def test_the_same_file_given_again_points_to_the_first_one(place, department, document):
    second = signed.reviewed(place.municipality)
    assert "уже загружен" in seen(department, address("review", second.pk))
    assert "уже загружен" not in seen(department, address("review", document.pk))


def test_the_original_is_saved_and_never_shown(department, document):
    answer = department.get(address("original", document.pk))
    assert answer.content.decode() == signed.DOCUMENT
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_discarded_document_leaves_the_list(department, document):
    department.post(address("discard", document.pk))
    assert "программа.txt" not in seen(department, address("upload"))
    assert "отклонён" in seen(department, address("review", document.pk))


# ---- what the review shows


def test_each_row_stands_beside_its_line_with_its_dates_and_executors(department, document):
    said = seen(department, address("review", document.pk))
    assert "5 мероприятий" in said
    assert "«ежегодно, сентябрь» понято как: каждый год: 1–30 сентября; 3 срока" in said
    assert "нужна дата: по плану методической службы" in said
    assert "не понято: «когда сложится»" in said
    assert "срок не указан" in said
    assert "Руководители ОО → все школы (2)" in said
    assert "МБОУ «СОШ № 1» → МБОУ «СОШ № 1»" in said


def test_a_row_leads_to_its_line_and_the_line_to_its_row(department, document):
    page = department.get(address("review", document.pk)).content.decode()
    row = signed.row(document, "1.1")
    assert f'id="row-{row.pk}"' in page
    assert 'href="#from-11"' in page
    own = '<tbody class="paper-own" id="from-11"><tr id="line-11"><th scope="row">'
    assert f'{own}<a class="paper-number" href="#row-{row.pk}">' in page
    assert f'href="{address("add", document.pk)}?line=9"' in page  # the header has become no row


def test_sureness_is_said_in_words_and_the_doubts_beside_it(department, document):
    said = seen(department, address("review", document.pk))
    assert said.count("уверенно") == 3
    assert said.count("проверьте") >= signed.DOUBTFUL
    assert "В колонке срока стоит то, что на срок не похоже." in said


@pytest.mark.parametrize(
    ("show", "numbers"),
    [
        ("all", ["1.1", "1.2", "2.1", "2.2", "2.3"]),
        ("doubtful", ["2.2", "2.3"]),
        ("undated", ["2.1", "2.2", "2.3"]),
        ("dropped", []),
        ("complaints", []),
        ("nonsense", ["1.1", "1.2", "2.1", "2.2", "2.3"]),
    ],
)
def test_filters_of_the_address_choose_rows(department, document, show, numbers):
    page = department.get(address("review", document.pk, query=f"?show={show}")).content.decode()
    assert re.findall(r'aria-label="Мероприятие ([\d.]+)"', page) == numbers


def test_complaints_lead_to_their_lines(department, document):
    page = department.get(address("review", document.pk, query="?show=complaints")).content.decode()
    assert 'href="#line-15"' in page
    assert 'id="line-15"' in page


def test_without_a_period_the_page_says_what_to_do_instead_of_guessing(department, document):
    RoadmapImport.objects.update(begins=None)
    said = seen(department, address("review", document.pk))
    assert "даты появятся, когда будет указан период программы" in said
    assert "понято как" not in said


def test_hostile_words_are_shown_as_words(place, department):
    text = signed.DOCUMENT.replace("Выезды методистов", "<script>alert(1)</script>\u202e Выезды \x07")
    document = signed.reviewed(place.municipality, text=text)
    RoadmapImport.objects.update(file_name='"><img src=x>.txt', title="<b>План</b>")
    row = document.rows.filter(title__contains="Выезды").get()
    document.rows.filter(pk=row.pk).update(section="<i>", roadmap="&<u>", executors="<x>", result="<y>", doubts=["<z>"])
    for one in (
        address("review", document.pk),
        address("row", document.pk, row.pk),
        address("split", document.pk, row.pk),
        address("add", document.pk, query="?line=14"),
        address("passport", document.pk),
        address("live", document.pk),
        address("rename", document.pk, query="?roadmap=%3Cb%3E&section=%3Ci%3E"),
        address("upload"),
    ):
        page = department.get(one).content.decode()
        for bad in ("<script>alert", "<img src=x", "<b>План", "<i>", "<u>", "<x>", "<y>", "<z>", "\u202e", "\x07"):
            assert bad not in page, (one, bad)


def test_a_page_asks_the_database_as_often_for_sixty_rows_as_for_three(place, department):
    counted: dict[str, list[int]] = {}
    for count in (3, 60):
        document = signed.reviewed(place.municipality, text=signed.of_many(count))
        row = document.rows.first()
        for name, keys, query in (
            ("review", [document.pk], ""),
            ("review", [document.pk], "?show=doubtful"),
            ("row", [document.pk, row.pk], ""),
            ("passport", [document.pk], ""),
            ("live", [document.pk], ""),
        ):
            with CaptureQueriesContext(connection) as captured:
                assert department.get(address(name, *keys, query=query)).status_code == 200
            counted.setdefault(name + query, []).append(len(captured))
    with CaptureQueriesContext(connection) as captured:
        department.get(address("upload"))
    assert len(captured) < 15
    assert all(few == many > 0 for few, many in counted.values()), counted


def test_more_rows_than_a_page_holds_are_on_further_pages_with_their_lines(place, department):
    document = signed.reviewed(place.municipality, text=signed.of_many(230))
    page = department.get(address("review", document.pk, query="?page=3")).content.decode()
    assert len(re.findall(r"<article", page)) == 30
    assert 'id="row-' in page
    last = document.rows.last()
    assert f'id="from-{last.source[0]}"' in page
    assert f'id="from-{document.rows.first().source[0]}"' not in page
