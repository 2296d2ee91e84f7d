"""The page of an assignment: files, verification, moving, cancelling, its history, who may what."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from msoko.web.people.models import Role, User
from msoko.web.roadmap.models import Assignment, Evidence, Programme, Report
from msoko.web.roadmap.services.executing import report
from tests.web.roadmap.assignment_deeds import (
    DONE,
    ORDER,
    POSTS,
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
from tests.web.roadmap.making import Place, client_of, person

__all__ = ["department", "director", "evidence_folder", "here", "own"]
pytestmark = pytest.mark.django_db


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


def test_evidence_that_came_after_the_page_was_opened_is_not_accepted_unseen(
    reported: Assignment, director: Client, department: Client
) -> None:
    shown = re.search(r'name="shown" value="([\d-]+)"', opened(department, reported))[1]
    send(director, reported, keep="1", **{"file-0": a_file("список.txt")})
    page = verify(department, reported, accept="1", shown=shown)
    assert "приложили ещё подтверждения" in page
    assert "список.txt" in page
    assert state_of(reported) == State.REPORTED
    assert "Отчёт принят." in verify(
        department, reported, accept="1", shown=re.search(r'name="shown" value="([\d-]+)"', page)[1]
    )


def test_a_due_date_that_somebody_has_moved_meanwhile_is_not_moved_back_unseen(
    own: Assignment, department: Client
) -> None:
    def moved_to(days: int, seen: str) -> str:
        due = timezone.localdate() + timedelta(days=days)
        said = {"postpone-due": str(due), "postpone-reason": "Карантин", "postpone-allowed_by": "Начальник"}
        return send(department, own, "postpone", seen=seen, **said)

    moved_to(20, own.version)
    now = Assignment.objects.get(pk=own.pk)
    assert "Срок перенесён" in moved_to(30, now.version)
    late = moved_to(40, now.version)
    assert "поручение изменилось" in late
    assert "Последнее: Срок перенесён" in late
    assert "Карантин" in late
    assert Assignment.objects.get(pk=own.pk).due == timezone.localdate() + timedelta(days=30)


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
    page = send(department, own, "postpone", **{"postpone-due": "2030-01-01", "postpone-reason": "Карантин в школе"})
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
