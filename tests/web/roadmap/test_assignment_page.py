"""The page of an assignment: what it asks for, and reporting with evidence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Assignment, Evidence, Report
from msoko.web.roadmap.services.executing import return_
from tests.web.roadmap.assignment_deeds import (
    DONE,
    State,
    a_file,
    address,
    attach,
    given,
    hand_in,
    opened,
    send,
    state_of,
    text,
)
from tests.web.roadmap.assignment_people import department, director, evidence_folder, here, own
from tests.web.roadmap.making import Place, person

__all__ = ["department", "director", "evidence_folder", "here", "own"]
pytestmark = pytest.mark.django_db


# ---- what is asked


def test_the_page_says_what_is_asked(here: Place, director: Client) -> None:
    own = given(here, result="Учителя знают критерии", indicator="Доля обученных", deadline="сентябрь", number="1.2",
                evidence=["приказ"])  # fmt: skip
    page = opened(director, own)
    for words in ("Семинар для учителей", "Учителя знают критерии", "Доля обученных", "в документе: сентябрь", "1.2",
                  "Раздел первый", "Программа поддержки", "осталось 5 дней", "МБОУ «СОШ № 1»", "приказ"):  # fmt: skip
        assert words in page


def test_what_was_typed_by_others_is_shown_as_text(here: Place, director: Client) -> None:
    own = given(here, "<script>alert(1)</script>", result="<img src=x>", evidence=["<b>приказ</b>"])
    page = opened(director, own)
    for code in ("<script>alert", "<img src=x", "<b>приказ"):
        assert code not in page


# ---- reporting


def test_a_report_with_evidence_in_one_go(own: Assignment, director: Client) -> None:
    page = hand_in(
        director, own, participants="1 024", done_on=str(timezone.localdate()),
        **{"name-0": "обучено", "value-0": "12,5", "unit-0": "чел.", "file-0": a_file(), "file-1": a_file("с.txt")},
    )  # fmt: skip
    assert "Отчёт сдан." in page
    done = Report.objects.get()
    assert (done.done, done.participants, done.numbers) == (
        DONE, 1024, [{"name": "обучено", "value": 12.5, "unit": "чел."}],
    )  # fmt: skip
    assert sorted(Evidence.objects.values_list("about", flat=True)) == ["приказ", "справка"]
    assert state_of(own) == State.REPORTED


def test_without_evidence_the_report_is_refused_with_the_list_and_the_text_stays(
    own: Assignment, director: Client
) -> None:
    page = hand_in(director, own, participants="7", **{"name-0": "обучено", "value-0": "3"})
    assert "<li>нет подтверждения: «приказ»</li>" in page
    assert "<li>нет подтверждения: «справка»</li>" in page
    for typed in (DONE, 'value="7"', 'value="обучено"', 'value="3"'):
        assert typed in page
    assert state_of(own) == State.PLANNED
    assert DONE in opened(director, own)


def test_without_a_text_the_report_is_refused(own: Assignment, director: Client) -> None:
    attach(own, "приказ", "справка")
    assert "не написано, что сделано" in hand_in(director, own, done=" – ")


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"participants": "много"}, "«много» — не число людей"),
        ({"participants": "9" * 20}, "проверьте число"),
        ({"done_on": "31.02.2026"}, "Такой даты нет"),
        ({"done_on": "2099-01-01"}, "ещё не наступила"),
        ({"name-0": "обучено", "value-0": "дюжина"}, "«обучено»: значение «дюжина» — не число"),
        ({"name-0": "обучено"}, "«обучено»: нет значения"),
        ({"value-3": "12"}, "У числа в отчёте нет названия"),
        ({"name-0": "x", "value-0": "1e400"}, "не число"),
        ({"name-0": "x", "value-0": "nan"}, "не число"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    own: Assignment, director: Client, said: dict[str, str], complaint: str
) -> None:
    attach(own, "приказ", "справка")
    page = hand_in(director, own, **said)
    assert complaint in page
    assert DONE in page
    for typed in said.values():
        assert f'value="{typed}"' in page
    assert state_of(own) == State.PLANNED


def test_attaching_first_keeps_the_text_for_later(own: Assignment, director: Client) -> None:
    page = send(director, own, keep="1", done=DONE, participants="много", **{"file-0": a_file()})
    assert "Приложено: 1 подтверждение." in page
    for typed in (DONE, 'value="много"'):
        assert typed in page
    assert "Отозвать" in page
    assert state_of(own) == State.PLANNED


def test_more_rows_are_given_and_the_filled_ones_stay(own: Assignment, director: Client) -> None:
    page = send(director, own, more="1", **{f"name-{n}": f"число {n}" for n in range(4)})
    assert page.count('name="name-') == 6
    assert 'value="число 3"' in page


def test_what_was_remembered_is_forgotten_when_it_is_handed_in(own: Assignment, director: Client, here: Place) -> None:
    attach(own, "приказ", "справка")
    send(director, own, keep="1", done="Черновик отчёта")
    hand_in(director, own)
    return_(Report.objects.get(), person(Role.METHODIST, here.municipality), "Где список?")
    page = opened(director, own)
    assert "Черновик отчёта" not in page
    assert DONE in page


def test_a_returned_report_is_mended_from_its_own_text(own: Assignment, director: Client, here: Place) -> None:
    attach(own, "приказ", "справка")
    hand_in(director, own, participants="30", **{"name-0": "обучено", "value-0": "2,5"})
    return_(Report.objects.get(), person(Role.METHODIST, here.municipality), "Где список?")
    page = opened(director, own)
    for words in ("Отчёт вернули.", "Где список?", DONE, 'value="30"', 'value="2,5"', "Исправленный отчёт"):
        assert words in page
    assert "Отчёт сдан." in hand_in(director, own, done="Провели, список приложен.")
    assert Report.objects.count() == 2


def test_a_hostile_file_is_refused_with_its_reason_and_the_rest_stays(own: Assignment, director: Client) -> None:
    hostile = SimpleUploadedFile("отчёт.pdf", b"MZ\x90\x00 program", "application/pdf")
    page = hand_in(director, own, **{"file-0": hostile, "file-1": a_file()})
    assert "не принят" in page
    assert DONE in page
    assert list(Evidence.objects.values_list("about", flat=True)) == ["справка"]
    assert state_of(own) == State.PLANNED


def test_too_many_files_at_once_are_told(own: Assignment, director: Client) -> None:
    page = send(director, own, keep="1", **{"file-more": [a_file(f"{n}.txt") for n in range(33)]})
    assert "не больше 30 файлов" in page


def test_a_link_and_what_is_wrong_with_it(own: Assignment, director: Client) -> None:
    page = send(director, own, keep="1", done=DONE, link_url="javascript:alert(1)", link_name="Сайт")
    assert "Адрес должен начинаться с https://" in page
    assert 'value="javascript:alert(1)"' in page
    assert 'href="javascript' not in page
    page = send(director, own, keep="1", link_url="https://school.example/news", link_about="приказ")
    assert 'href="https://school.example/news" rel="noopener noreferrer nofollow"' in page
    assert Evidence.objects.get().about == "приказ"


def test_a_record_of_another_school_can_not_be_pointed_at(own: Assignment, director: Client) -> None:
    assert "Такой записи в системе нет" in send(director, own, keep="1", record="analysis.finding:1")
    assert "Такой записи в системе нет" in send(director, own, keep="1", record="people.user:1")


def test_what_was_attached_is_withdrawn_and_the_text_stays(own: Assignment, director: Client) -> None:
    send(director, own, keep="1", **{"file-0": a_file()})
    one = Evidence.objects.get()
    page = text(director.post(address(own, "withdraw", one.pk), {"done": DONE, "seen": "planned"}, follow=True))
    assert "Отозвано: приказ.txt" in page
    assert DONE in page
    assert director.get(address(own, "evidence", one.pk)).status_code == 404


def test_while_a_report_waits_evidence_is_added_and_not_taken_away(own: Assignment, director: Client) -> None:
    attach(own, "приказ", "справка")
    hand_in(director, own)
    page = opened(director, own)
    assert "можно приложить недостающее" in page
    assert "Отозвать" not in page
    assert "Приложено: 1" in send(director, own, keep="1", **{"file-more": a_file()})


def test_a_second_tab_makes_no_second_report_and_its_text_is_shown(own: Assignment, director: Client) -> None:
    attach(own, "приказ", "справка")
    hand_in(director, own)
    said = {"seen": "planned", "hand_in": "1", "done": "Текст из второй вкладки"}
    page = text(director.post(address(own, "report"), said, follow=True))
    assert "поручение изменилось" in page
    assert "Текст из второй вкладки" in page
    assert Report.objects.count() == 1


def test_it_is_taken_in_hand(own: Assignment, director: Client) -> None:
    assert "Взято в работу." in send(director, own, "start")
    assert state_of(own) == State.IN_PROGRESS
