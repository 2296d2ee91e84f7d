"""What people are reminded of, by letter and by calendar; the secret address and its end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from msoko.web.people.models import Role
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.letters import body_of, subject_of
from msoko.web.roadmap.models import Assignment, Body, Digest, Occurrence, Programme, Report
from msoko.web.roadmap.reminders import Reminders
from msoko.web.roadmap.services import calendar_links, digests
from tests.web.roadmap import making

pytestmark = pytest.mark.django_db
TODAY = making.TODAY
MORNING = datetime(2026, 9, 15, 9, 0, tzinfo=UTC)
YESTERDAY, SOON, LATER = TODAY - timedelta(days=1), TODAY + timedelta(days=3), TODAY + timedelta(days=30)


@pytest.fixture
def place():
    return making.place(schools=2)


def given(organisation, activity, due, state=Assignment.State.PLANNED, body=Body.SCHOOL):
    occurrence, _ = Occurrence.objects.get_or_create(activity=activity, begins=due, due=due)
    return Assignment.objects.create(occurrence=occurrence, organisation=organisation, body=body, due=due, state=state)


def reported(assignment, who):
    Report.objects.create(assignment=assignment, done="Совещание проведено", reported_by=who)
    Assignment.objects.filter(pk=assignment.pk).update(state=Assignment.State.REPORTED)


def of(user, day=TODAY):
    return Reminders(sight_of(user), day)


def test_a_school_is_told_of_its_own_overdue_returned_and_near_assignments_only(place):
    first, second = place.schools
    director = making.person(Role.SCHOOL, first)
    activity = making.activity(making.programme(place.municipality))
    late = given(first, activity, YESTERDAY)
    near = given(first, activity, SOON, Assignment.State.IN_PROGRESS)
    back = given(first, activity, LATER, Assignment.State.RETURNED)
    given(second, activity, YESTERDAY)
    told = of(director)
    assert [one.pk for one in told.overdue.first] == [late.pk]
    assert [one.pk for one in told.soon.first] == [near.pk]
    assert [one.pk for one in told.returned.first] == [back.pk]
    assert not told.overdue_of_others
    assert not told.to_verify


def test_the_due_day_itself_is_not_overdue(place):
    director = making.person(Role.SCHOOL, place.schools[0])
    given(place.schools[0], making.activity(making.programme(place.municipality)), TODAY)
    assert not of(director).overdue
    assert of(director).soon.count == 1
    assert of(director, TODAY + timedelta(days=1)).overdue.count == 1


@pytest.mark.parametrize("state", [Programme.State.DRAFT, Programme.State.SUPERSEDED])
def test_only_a_programme_in_force_reminds(place, state):
    director = making.person(Role.SCHOOL, place.schools[0])
    given(place.schools[0], making.activity(making.programme(place.municipality, state=state)), YESTERDAY)
    assert not of(director)


def test_a_department_is_told_of_what_others_let_pass_and_of_reports_that_wait(place):
    department = making.person(Role.DEPARTMENT, place.municipality)
    director = making.person(Role.SCHOOL, place.schools[0])
    activity = making.activity(making.programme(place.municipality))
    given(place.schools[0], activity, YESTERDAY)
    handed_in = given(place.schools[1], activity, YESTERDAY)
    reported(handed_in, director)
    told = of(department)
    assert told.overdue_of_others.count == 1
    assert not told.overdue
    assert [one.pk for one in told.to_verify.first] == [handed_in.pk]


def test_nobody_is_asked_to_verify_his_own_report(place):
    department = making.person(Role.DEPARTMENT, place.municipality)
    colleague = making.person(Role.DEPARTMENT, place.municipality, "second@people.example")
    mine = given(place.municipality, making.activity(making.programme(place.municipality)), SOON, body=Body.DEPARTMENT)
    reported(mine, department)
    assert not of(department).to_verify
    assert of(colleague).to_verify.count == 1


def test_a_region_and_an_observer_are_reminded_of_nothing(place):
    given(place.schools[0], making.activity(making.programme(place.municipality)), YESTERDAY)
    assert not of(making.person(Role.REGION, place.region))
    assert not of(making.person(Role.PUBLIC, place.municipality))


def test_the_letter_says_first_what_is_overdue_and_by_how_many_days(place):
    director = making.person(Role.SCHOOL, place.schools[0])
    programme = making.programme(place.municipality)
    given(place.schools[0], making.activity(programme, "Собрать планы\nурочной работы"), TODAY - timedelta(days=21))
    given(place.schools[0], making.activity(programme, "Провести пробную работу"), SOON)
    told = of(director)
    subject = subject_of(told).replace("\u00a0", " ")
    assert subject == "МСОКО, 15 сентября 2026 г.: просрочено — 1, в ближайшие семь дней — 1"
    lines = body_of(told).splitlines()
    said = " ".join(lines).replace("\u00a0", " ")
    assert "«Собрать планы урочной работы», до 25 августа, просрочено на 21 день" in said
    assert lines.index("Просрочено вами (1):") < lines.index("Срок в ближайшие семь дней (1):")


def test_a_person_gets_one_letter_a_day_however_often_the_worker_looks(place):
    director = making.person(Role.SCHOOL, place.schools[0])
    making.person(Role.SCHOOL, place.schools[1])  # has nothing to do: gets no letter
    given(place.schools[0], making.activity(making.programme(place.municipality)), YESTERDAY)
    states = [digests.send_all(MORNING) for _ in range(3)]
    assert [letter.to for letter in mail.outbox] == [[director.email]]
    assert states[-1]["sent"] == 1
    assert states[-1]["nothing"] == 1
    digests.send_all(MORNING + timedelta(days=1))
    assert len(mail.outbox) == 2


def test_who_had_nothing_in_the_morning_gets_the_letter_when_it_is_asked_for_later(place):
    director = making.person(Role.SCHOOL, place.schools[0])
    assert digests.send_all(MORNING)["nothing"] == 1
    given(place.schools[0], making.activity(making.programme(place.municipality)), YESTERDAY)
    digests.send_all(MORNING)
    assert [letter.to for letter in mail.outbox] == [[director.email]]


def test_before_the_morning_hour_no_letter_is_due(place, settings):
    settings.DIGEST_HOUR = 23
    making.person(Role.SCHOOL, place.schools[0])
    assert not digests.send_due(datetime(2026, 9, 15, 4, 0, tzinfo=UTC))
    assert not Digest.objects.exists()


def test_the_worker_sends_what_is_due_letter_by_letter(place, settings):
    settings.DIGEST_HOUR = 0
    for number, school in enumerate(place.schools):
        making.person(Role.SCHOOL, school)
        given(school, making.activity(making.programme(place.municipality, f"Программа {number}")), YESTERDAY)
    digests._prepared[:] = []
    while digests.send_due(MORNING):
        pass
    assert len(mail.outbox) == 2


def test_who_has_refused_letters_gets_none(place):
    director = making.person(Role.SCHOOL, place.schools[0])
    given(place.schools[0], making.activity(making.programme(place.municipality)), YESTERDAY)
    calendar_links.choose_letters(director, by_letter=False)
    digests.send_all(MORNING)
    assert mail.outbox == []


def test_a_letter_that_the_server_refuses_is_tried_three_times_and_its_reason_kept(place, monkeypatch):
    making.person(Role.SCHOOL, place.schools[0])
    given(place.schools[0], making.activity(making.programme(place.municipality)), YESTERDAY)

    def refuse(self):
        raise ConnectionRefusedError("сервер не отвечает")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    for attempt in range(6):
        digests.send_all(MORNING + attempt * (digests.SILENCE + timedelta(seconds=1)))
    digest = Digest.objects.get()
    assert (digest.state, digest.attempts, digest.failure) == (Digest.State.FAILED, 3, "сервер не отвечает")


def test_the_calendar_has_the_persons_own_due_dates_and_no_cancelled_ones(place):
    director = making.person(Role.SCHOOL, place.schools[0])
    programme = making.programme(place.municipality)
    given(place.schools[0], making.activity(programme, "Сдать; отчёт, «годовой»"), SOON)
    given(place.schools[0], making.activity(programme, "Отменённое"), SOON, Assignment.State.CANCELLED)
    given(place.schools[1], making.activity(programme, "Чужое"), SOON)
    events = events_of(calendar_links.make_link(director))
    assert [(str(one["summary"]), one["dtstart"].dt) for one in events] == [("Сдать; отчёт, «годовой»", SOON)]


def events_of(secret):
    answer = Client().get(reverse("roadmap:calendar_feed", args=[secret]))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_revoked_replaced_or_unknown_address_of_a_calendar_opens_nothing(place):
    director = making.person(Role.SCHOOL, place.schools[0])
    first = calendar_links.make_link(director)
    second = calendar_links.make_link(director)
    assert status_of(first) == 404
    assert status_of(second) == 200
    calendar_links.revoke_link(director)
    assert status_of(second) == 404
    assert status_of("x" * 300) == 404


def status_of(secret):
    return Client().get(reverse("roadmap:calendar_feed", args=[secret])).status_code


def test_the_calendar_of_a_closed_account_opens_nothing(place):
    director = making.person(Role.SCHOOL, place.schools[0])
    secret = calendar_links.make_link(director)
    director.is_active = False
    director.save()
    assert status_of(secret) == 404


def test_the_page_of_reminders_shows_a_new_address_once(place):
    client = making.client_of(making.person(Role.SCHOOL, place.schools[0]))
    client.post(reverse("roadmap:make_calendar_link"))
    shown = [client.get(reverse("roadmap:reminders")).content.decode() for _ in range(2)]
    assert ".ics" in shown[0]
    assert ".ics" not in shown[1]
    assert "Закрыть ссылку" in shown[1]
