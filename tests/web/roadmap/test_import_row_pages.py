"""A press or a form puts rows of a signed document right; what was typed is never lost."""

import re

import pytest
from django.test import Client

from msoko.web.people.models import Role
from msoko.web.roadmap.import_missed import fields_of_cells
from msoko.web.roadmap.services import importing_rows
from tests.web.collection.conftest import home
from tests.web.roadmap import making, signed
from tests.web.roadmap.signed_pages import address, press, seen, typed, words

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
    assert "сохранил кто-то ещё" in words(answer)
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


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            ["3.", "Провести совещание", "ежегодно, май", "Руководители ОО", "Протокол"],
            {
                "number": "3",
                "title": "Провести совещание",
                "deadline": "ежегодно, май",
                "executors": "Руководители ОО",
                "result": "Протокол",
            },
        ),
        (["", "Провести совещание", ""], {"title": "Провести совещание", "result": ""}),
        (["12"], {"title": "12", "result": ""}),
        (["", ""], {"title": "", "result": ""}),
    ],
)
def test_the_words_of_a_line_say_which_field_each_cell_is(cells, expected):
    assert fields_of_cells(cells) == expected


def test_enter_on_a_tick_presses_no_button_and_what_is_ticked_stays(department, document):
    chosen = [row.pk for row in document.rows.all()[:2]]
    answer = department.post(address("rows", document.pk), {"stay": "1", "row": chosen}, follow=True)
    assert answer.content.decode().count(" checked>") == 2
    assert not document.rows.exclude(is_checked=False, is_dropped=False).exists()
