"""The page of an assignment: who sees it, reporting with evidence, verification, moving, cancelling, its history."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from msoko.web.people.models import Role, User
from msoko.web.roadmap.models import Assignment, Evidence, Programme, Report
from msoko.web.roadmap.services.executing import report, return_
from tests.web.roadmap.making import Place, activity, assigned, client_of, person, place, programme, section

pytestmark = pytest.mark.django_db
State = Assignment.State
DONE = "Провели семинар, разобрали задания."
ORDER = "Приказ № 5 о семинаре.".encode()
POSTS = ("start", "report", "verify", "postpone", "cancel", "reopen")


@pytest.fixture(autouse=True)
def _folder(settings: object, tmp_path: Path) -> None:
    settings.EVIDENCE = tmp_path / "evidence"


@pytest.fixture
def here() -> Place:
    return place()


@pytest.fixture
def own(here: Place) -> Assignment:
    """The first school's, with a required order and report."""
    return given(here, evidence=["приказ", "справка"])


@pytest.fixture
def director(here: Place) -> Client:
    return client_of(person(Role.SCHOOL, here.schools[0]))


@pytest.fixture
def department(here: Place) -> Client:
    return client_of(person(Role.DEPARTMENT, here.municipality))


def given(here: Place, title: str = "Семинар для учителей", days: int = 5, **more: object) -> Assignment:
    today = timezone.localdate()
    year = timedelta(days=400)
    made = programme(here.municipality, "Программа поддержки", begins=today - year, ends=today + year)
    due = today + timedelta(days=days)
    window = (str(min(due, today) - timedelta(days=5)), str(due))
    place_of_it = section(made, "Раздел первый")
    activity(made, title, windows=[window], within=place_of_it, **more)
    return assigned(made, today)[0]


def text(answer: object) -> str:
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def address(assignment: Assignment, deed: str = "", *more: int) -> str:
    names = {"": "assignment", "evidence": "evidence", "withdraw": "evidence_withdraw"}
    return reverse(f"roadmap:{names.get(deed, f'assignment_{deed}')}", args=[assignment.pk, *more])


def opened(client: Client, assignment: Assignment) -> str:
    return text(client.get(address(assignment)))


def send(client: Client, assignment: Assignment, deed: str = "report", **said: object) -> str:
    """As the page sends it: with the state that the person saw."""
    sent = {"seen": state_of(assignment), **said}
    return text(client.post(address(assignment, deed), sent, follow=True))


def hand_in(client: Client, assignment: Assignment, **said: object) -> str:
    return send(client, assignment, hand_in="1", **{"done": DONE, **said})


def state_of(assignment: Assignment) -> str:
    return Assignment.objects.get(pk=assignment.pk).state


def a_file(name: str = "приказ.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, ORDER, "text/plain")


def attach(assignment: Assignment, *abouts: str) -> None:
    who = User.objects.filter(memberships__organisation=assignment.organisation).first()
    for about in abouts:
        Evidence.objects.create(
            assignment=assignment, kind="link", about=about, name=about, url="https://a.example/", added_by=who
        )


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


# ---- files are given out


def test_a_file_is_saved_and_never_opened_as_a_page(own: Assignment, director: Client, department: Client) -> None:
    send(director, own, keep="1", **{"file-0": a_file()})
    for client in (director, department):
        answer = client.get(address(own, "evidence", Evidence.objects.get().pk))
        assert b"".join(answer.streaming_content) == ORDER
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox")
        assert answer["Content-Type"] == "text/plain"


def test_evidence_of_another_school_is_not_found(own: Assignment, director: Client, here: Place) -> None:
    send(director, own, keep="1", **{"file-0": a_file()})
    one = Evidence.objects.get()
    stranger = client_of(person(Role.SCHOOL, here.schools[1]))
    assert stranger.get(address(own, "evidence", one.pk)).status_code == 404
    assert stranger.post(address(own, "withdraw", one.pk)).status_code == 404
    theirs = Assignment.objects.get(organisation=here.schools[1])
    assert stranger.get(address(theirs, "evidence", one.pk)).status_code == 404


# ---- verification


@pytest.fixture
def reported(own: Assignment, here: Place, director: Client) -> Assignment:
    attach(own, "приказ", "справка")
    hand_in(director, own)
    return own


def verify(client: Client, assignment: Assignment, **said: str) -> str:
    return send(client, assignment, "verify", report=str(Report.objects.latest("pk").pk), **said)


def test_the_department_accepts(reported: Assignment, department: Client) -> None:
    page = opened(department, reported)
    assert DONE in page
    assert "Отчёт принят." in verify(department, reported, accept="1")
    assert state_of(reported) == State.ACCEPTED


def test_a_return_needs_a_reason_and_what_was_typed_stays(reported: Assignment, department: Client) -> None:
    assert "Напишите, чего не хватает" in verify(department, reported, **{"return": "1", "return-reason": " . "})
    page = verify(department, reported, **{"return": "1", "return-reason": "Где список?"})
    assert "Отчёт возвращён исполнителю." in page
    assert Assignment.objects.get(pk=reported.pk).reason == "Где список?"


def test_an_old_page_verifies_no_newer_report(reported: Assignment, department: Client) -> None:
    old = Report.objects.get()
    verify(department, reported, **{"return": "1", "return-reason": "Где список?"})
    page = text(department.post(address(reported, "verify"), {"report": old.pk, "accept": "1"}))
    assert "изменил" in page
    assert state_of(reported) == State.RETURNED


def test_the_executor_is_told_who_can_verify(reported: Assignment, director: Client, department: Client) -> None:
    page = opened(director, reported)
    assert "Проверить может: Управление образования" in page
    assert 'name="accept"' not in page


def test_the_executor_cannot_verify_and_is_told_there_is_nobody(here: Place) -> None:
    own = given(here, executors=["department"])
    user = person(Role.DEPARTMENT, here.municipality)
    report(own, user, done=DONE)
    client = client_of(user)
    page = opened(client, own)
    assert "Отчёт сдали вы, поэтому проверить его должен кто-то другой." in page
    assert "Проверить пока некому" in page
    assert "Отчёт сдали вы" in verify(client, own, accept="1")
    assert state_of(own) == State.REPORTED


# ---- moving, cancelling, reopening


def test_the_department_moves_the_date_and_the_page_remembers(own: Assignment, department: Client) -> None:
    later = timezone.localdate() + timedelta(days=30)
    said = {"postpone-due": str(later), "postpone-reason": "Карантин", "postpone-allowed_by": "Приказ № 5"}
    page = send(department, own, "postpone", **said)
    assert "Срок перенесён." in page
    assert "Карантин (разрешил: Приказ № 5)" in page


def test_a_refused_move_keeps_what_was_typed(own: Assignment, department: Client) -> None:
    page = send(department, own, "postpone", **{"postpone-due": "2020-01-01", "postpone-reason": "Карантин в школе"})
    assert "Карантин в школе" in page
    assert "кто разрешил" in page
    page = send(department, own, "postpone", **{"postpone-reason": "Карантин в школе"})
    assert "Назовите новый срок." in page


def test_the_department_cancels_and_reopens(own: Assignment, department: Client, director: Client) -> None:
    assert "Назовите причину отмены" in send(department, own, "cancel")
    assert "Поручение отменено." in send(department, own, "cancel", **{"cancel-reason": "Мероприятие объединено"})
    assert "Мероприятие объединено" in opened(director, own)
    assert "возобновлено" in send(department, own, "reopen", **{"reopen-reason": "Отменили по ошибке"})
    assert state_of(own) == State.PLANNED


# ---- history


def test_the_history_tells_everything_with_who_and_why(
    reported: Assignment, director: Client, department: Client
) -> None:
    verify(department, reported, **{"return": "1", "return-reason": "Где список?"})
    page = opened(director, reported)
    story = page[page.index('class="story"') :]
    order = [story.index(words) for words in ("Отчёт возвращён", "Где список?", "Сдан отчёт", DONE, "Приложено")]
    assert order == sorted(order)
    assert "Управление образования" in story


# ---- who may


def test_an_assignment_of_another_school_is_not_found(own: Assignment, here: Place) -> None:
    stranger = client_of(person(Role.SCHOOL, here.schools[1]))
    assert stranger.get(address(own)).status_code == 404
    for deed in POSTS:
        assert stranger.post(address(own, deed), {"done": DONE}).status_code == 404
    foreign = client_of(person(Role.DEPARTMENT, here.neighbour))
    assert foreign.get(address(own)).status_code == 404


def test_a_region_reads_and_can_do_nothing(reported: Assignment, here: Place) -> None:
    client = client_of(person(Role.REGION, here.region))
    page = opened(client, reported)
    assert DONE in page
    main = page[page.index('id="content"') :]
    assert "<form" not in main
    orders = {
        "verify": {"accept": "1", "report": str(Report.objects.get().pk)},
        "start": {},
        "cancel": {"cancel-reason": "Не нужно"},
        "report": {"hand_in": "1", "done": DONE},
    }
    for deed, said in orders.items():
        send(client, reported, deed, **said)
        assert state_of(reported) == State.REPORTED
    assert Report.objects.count() == 1


def test_a_department_reports_nothing_for_a_school(own: Assignment, department: Client) -> None:
    page = opened(department, own)
    assert 'name="hand_in"' not in page
    hand_in(department, own, **{"file-0": a_file()})
    assert not Report.objects.exists()
    assert not Evidence.objects.exists()


def test_an_observer_may_not_open_it(own: Assignment, here: Place) -> None:
    assert client_of(person(Role.PUBLIC, here.municipality)).get(address(own)).status_code == 403


def test_a_stranger_is_asked_to_sign_in(own: Assignment) -> None:
    assert Client().get(address(own)).status_code == 302


@pytest.mark.parametrize("deed", POSTS)
def test_nothing_is_done_by_opening_an_address(own: Assignment, director: Client, deed: str) -> None:
    assert director.get(address(own, deed)).status_code == 405


def test_a_closed_programme_is_said(own: Assignment, director: Client) -> None:
    Programme.objects.update(state=Programme.State.CLOSED)
    assert "Программа больше не действует" in opened(director, own)


# ---- speed


def test_queries_do_not_depend_on_what_has_happened(own: Assignment, director: Client, here: Place) -> None:
    counts = []
    for times in (1, 12):
        for number in range(times):
            who = User.objects.filter(memberships__organisation=here.schools[0]).first()
            Report.objects.create(assignment=own, done=DONE, reported_by=who)
            attach(own, "приказ", f"другое {number}")
        with CaptureQueriesContext(connection) as seen:
            opened(director, own)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_page_needs_no_style_and_no_script_of_its_own(own: Assignment, director: Client) -> None:
    assert not re.search(r'style="|onclick=|<script(?![^>]*src=)', opened(director, own))
