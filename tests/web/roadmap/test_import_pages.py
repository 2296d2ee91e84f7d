"""The review of a signed document as people see it: who may, what it shows, what a press does."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Programme, RoadmapImport
from msoko.web.roadmap.services import importing_rows
from msoko.web.roadmap.services.importing import set_passport
from tests.web.collection.conftest import home
from tests.web.roadmap import making, signed

__all__ = ["home"]
pytestmark = pytest.mark.django_db
State = RoadmapImport.State
NBSP = "\u00a0"


@pytest.fixture
def place():
    return making.place(schools=2)


@pytest.fixture
def department(place) -> Client:
    return making.client_of(making.person(Role.DEPARTMENT, place.municipality))


@pytest.fixture
def document(place):
    return signed.reviewed(place.municipality)


def address(name: str, *keys: int, query: str = "") -> str:
    return reverse(f"roadmap:import_{name}", args=keys) + query


def words(answer) -> str:
    """What a reader of the main part sees."""
    main = answer.content.decode().partition("<main")[2] or answer.content.decode()
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))).replace(NBSP, " ")


def seen(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    return words(answer)


def press(client: Client, document: RoadmapImport, **said: object) -> str:
    answer = client.post(address("rows", document.pk), said, follow=True)
    assert answer.status_code == 200
    return words(answer)


def typed(row, **changes: str) -> dict[str, str]:
    said = {name: getattr(row, name) for name in importing_rows.FIELDS}
    return {**said, "seen": importing_rows.fingerprint(row), **changes}


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
    assert "Руководители ОО → все школы" in said
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
    assert re.findall(r'aria-label="Строка ([\d.]+)"', page) == numbers


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


# ---- one press


def test_one_press_checks_drops_restores_and_joins(department, document):
    row = signed.row(document, "2.2")
    press(department, document, check=row.pk)
    row.refresh_from_db()
    assert row.is_checked
    assert "Исключено: 1 строка" in press(department, document, drop=row.pk)
    assert "Возвращено: 1 строка" in press(department, document, restore=row.pk)
    assert "соединена с верхней" in press(department, document, merge=row.pk)
    assert len(signed.living(document)) == 4


def test_a_press_comes_back_to_the_same_rows(department, document):
    row = signed.row(document, "2.2")
    answer = department.post(address("rows", document.pk), {"check": row.pk, "show": "doubtful", "page": "1"})
    assert answer.url == f"{address('review', document.pk)}?show=doubtful&page=1#row-{row.pk}"


def test_a_press_with_htmx_answers_with_the_rows_alone(department, document):
    headers = {"HX-Request": "true", "HX-Target": "import-rows"}
    answer = department.get(address("review", document.pk), headers=headers)
    assert "<html" not in answer.content.decode()
    assert "2.3" in answer.content.decode()


def test_ticked_rows_are_dropped_and_moved_together(department, document):
    chosen = [signed.row(document, number).pk for number in ("2.1", "2.2")]
    said = press(department, document, ticked="move", row=chosen, roadmap=signed.LOW, section="Диагностика")
    assert "Перенесено: 2 строки" in said
    assert document.rows.filter(section="Диагностика").count() == 4
    assert "Исключено: 2 строки" in press(department, document, ticked="drop", row=chosen)


@pytest.mark.parametrize("said", [{"ticked": "drop"}, {"ticked": "drop", "row": ["x", "9" * 30]}])
def test_nothing_ticked_says_so(department, document, said):
    assert "Отметьте хотя бы одну строку" in press(department, document, **said)


@pytest.mark.parametrize("said", [{}, {"drop": "x"}, {"ticked": "explode"}, {"merge": "-1"}])
def test_a_press_that_means_nothing_changes_nothing(department, document, said):
    assert "Непонятно, что сделать" in press(department, document, **said)
    assert len(signed.living(document)) == 5


def test_the_first_row_can_not_be_joined_and_the_page_says_why(department, document):
    assert "соединять не с чем" in press(department, document, merge=signed.row(document, "1.1").pk)


# ---- one row


def test_a_row_is_put_right_and_the_next_doubtful_one_follows(department, document):
    row, later = signed.row(document, "2.2"), signed.row(document, "2.3")
    said = typed(row, deadline="март 2026 года", next="1")
    answer = department.post(address("row", document.pk, row.pk), said)
    assert answer.url == address("row", document.pk, later.pk)
    row.refresh_from_db()
    assert (row.deadline, row.is_checked) == ("март 2026 года", True)
    answer = department.post(address("row", document.pk, later.pk), typed(later, next="1"), follow=True)
    assert "Сомнительных строк больше нет" in words(answer)


def test_what_was_typed_stays_when_something_is_wrong(department, document):
    row = signed.row(document, "2.2")
    answer = department.post(address("row", document.pk, row.pk), typed(row, title=" ", result="Мой новый результат"))
    assert "Напишите, что за мероприятие" in words(answer)
    assert "Мой новый результат" in answer.content.decode()
    too_long = typed(row, deadline="май " * 400)
    answer = department.post(address("row", document.pk, row.pk), too_long)
    assert "май май май" in answer.content.decode()


def test_two_people_on_one_row_do_not_overwrite_one_another_unasked(department, document):
    row = signed.row(document, "2.2")
    mine = typed(row, result="Мой результат")
    importing_rows.edit_row(document, row.pk, None, typed(row, result="Чужой результат"))
    answer = department.post(address("row", document.pk, row.pk), mine)
    assert "изменил кто-то другой" in words(answer)
    page = answer.content.decode()
    assert "Мой результат" in page
    row.refresh_from_db()
    assert row.result == "Чужой результат"
    now = re.search(r'name="seen" value="(\w+)"', page)[1]
    department.post(address("row", document.pk, row.pk), {**mine, "seen": now})
    row.refresh_from_db()
    assert row.result == "Мой результат"


def test_the_lines_of_a_row_are_marked_beside_its_form(department, document):
    row = signed.row(document, "2.2")
    page = department.get(address("row", document.pk, row.pk)).content.decode()
    assert f'<tbody class="paper-own paper-chosen" id="from-{row.source[0]}">' in page


def test_a_row_is_split_in_two_steps(department, document):
    row = signed.row(document, "1.2")
    first = department.get(address("split", document.pk, row.pk)).content.decode()
    at = row.title.index("и выбор")
    assert f'value="{at}"' in first
    second = department.get(address("split", document.pk, row.pk, query=f"?at={at}")).content.decode()
    assert "Анализ сведений</textarea>" in second
    assert "и выбор школ для помощи</textarea>" in second
    halves = {f"{one}-{name}": value for one in ("first", "second") for name, value in typed(row).items()}
    said = {**halves, "first-title": "Анализ сведений", "second-title": "Выбор школ"}
    department.post(address("split", document.pk, row.pk), said)
    assert signed.living(document)[1:3] == ["Анализ сведений", "Выбор школ"]


@pytest.mark.parametrize("at", ["0", "x", "99999", "9" * 40])
def test_a_place_to_cut_that_is_none_asks_again(department, document, at):
    row = signed.row(document, "1.2")
    assert "с какого места" in seen(department, address("split", document.pk, row.pk, query=f"?at={at}"))


def test_an_empty_half_keeps_what_was_typed(department, document):
    row = signed.row(document, "1.2")
    halves = {f"{one}-{name}": value for one in ("first", "second") for name, value in typed(row).items()}
    answer = department.post(address("split", document.pk, row.pk), {**halves, "first-title": "", "second-title": "Да"})
    assert "Напишите, что за мероприятие" in words(answer)
    assert ">\nДа</textarea>" in answer.content.decode()


def test_a_missed_row_is_made_from_a_line_with_the_place_of_the_row_above(department, document):
    page = department.get(address("add", document.pk, query="?line=13")).content.decode()
    assert "Раздел 2. Помощь</textarea>" in page
    assert 'value="Диагностика"' in page
    said = {"title": "Обучить наставников", "roadmap": signed.LOW, "section": "Диагностика"}
    department.post(address("add", document.pk, query="?line=13"), said)
    assert signed.living(document)[2] == "Обучить наставников"


def test_a_section_is_renamed_for_all_its_rows(department, document):
    where = address("rename", document.pk, query=f"?roadmap={signed.LOW}&section=Помощь")
    assert "Помощь" in department.get(where).content.decode()
    department.post(where, {"name": "Адресная помощь"})
    assert document.rows.filter(section="Адресная помощь").count() == 3
    assert "обновите страницу" in words(department.post(where, {"name": "Другое"}))


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
    department.post(address("live", document.pk), {**said, "approved_on": "2025-08-28"})
    programme = Programme.objects.get()
    assert programme.is_live
    assert programme.order_words == "приказ от 28.08.2025 № 114"
