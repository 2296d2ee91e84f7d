"""A report that is not handed in yet waits in the database: for its author anywhere, for his colleagues alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from msoko.web.people.models import Role, User
from msoko.web.roadmap.models import Assignment, Programme, ReportDraft
from msoko.web.roadmap.services.assigning import settle
from msoko.web.roadmap.services.carrying_out import CHANGED
from msoko.web.roadmap.services.report_drafts import save_draft
from tests.web.roadmap.assignment_deeds import address, given, hand_in, opened, send, state_of, text
from tests.web.roadmap.making import Place, client_of, person, place

pytestmark = pytest.mark.django_db
TYPED = "Провели половину, ждём вторую."


@pytest.fixture
def here() -> Place:
    return place()


@pytest.fixture
def own(here: Place) -> Assignment:
    return given(here)


@pytest.fixture
def director(here: Place) -> User:
    return person(Role.SCHOOL, here.schools[0])


@pytest.fixture
def deputy(here: Place) -> User:
    return person(Role.SCHOOL, here.schools[0], "deputy@people.example")


def test_a_draft_survives_another_browser_and_says_when_it_was_saved(own: Assignment, director: User) -> None:
    said = {"done": TYPED, "participants": "12", "name-0": "Занятий", "value-0": "4"}
    send(client_of(director), own, keep="1", **said)
    elsewhere = opened(client_of(director), own)
    assert TYPED in elsewhere
    assert 'value="Занятий"' in elsewhere
    assert "Черновик сохранён" in elsewhere
    assert f"{timezone.localtime(ReportDraft.objects.get().saved_at):%d.%m.%Y %H:%M}" in elsewhere


def test_colleagues_see_a_draft_and_may_go_on_with_it_but_their_own_is_another(
    own: Assignment, director: User, deputy: User
) -> None:
    send(client_of(director), own, keep="1", done=TYPED)
    page = opened(client_of(deputy), own)
    assert f"Черновик коллеги: {director}" in page
    draft = ReportDraft.objects.get()
    assert TYPED in text(client_of(deputy).get(f"{address(own)}?draft={draft.pk}")).partition('name="done"')[2]
    send(client_of(deputy), own, keep="1", done="Мой текст")
    assert TYPED in opened(client_of(director), own)
    assert set(ReportDraft.objects.values_list("author", flat=True)) == {director.pk, deputy.pk}


@pytest.mark.parametrize("role", ["department", "methodist", "region", "school"])
def test_nobody_outside_the_organisation_reads_a_draft(own: Assignment, here: Place, director: User, role: str) -> None:
    send(client_of(director), own, keep="1", done=TYPED)
    draft = ReportDraft.objects.get()
    places = {"region": here.region, "school": here.schools[1]}
    stranger = person(role, places.get(role, here.municipality))
    answer = client_of(stranger).get(f"{address(own)}?draft={draft.pk}")
    assert TYPED not in answer.content.decode()
    assert save_draft(own, stranger, {"done": "Чужое"}) is None


def test_a_report_that_is_handed_in_leaves_no_draft_of_anybody(own: Assignment, director: User, deputy: User) -> None:
    for one in (director, deputy):
        send(client_of(one), own, keep="1", done=TYPED)
    assert "Отчёт сдан" in hand_in(client_of(director), own)
    assert not ReportDraft.objects.exists()
    assert state_of(own) == Assignment.State.REPORTED


def test_a_report_that_was_refused_stays_as_a_draft(own: Assignment, director: User) -> None:
    own.occurrence.activity.evidence = ["приказ"]
    own.occurrence.activity.save()
    assert "нет подтверждения" in hand_in(client_of(director), own, done=TYPED)
    assert TYPED in opened(client_of(director), own)


def test_an_emptied_form_leaves_no_draft(own: Assignment, director: User) -> None:
    for done in (TYPED, ""):
        send(client_of(director), own, keep="1", done=done)
    assert not ReportDraft.objects.exists()


def test_a_second_tab_leaves_no_draft_behind_a_report(own: Assignment, director: User) -> None:
    hand_in(client_of(director), own)
    send(client_of(director), own, keep="1", done=TYPED)
    assert not ReportDraft.objects.exists()


def test_an_assignment_with_a_draft_is_not_taken_away_when_dates_are_corrected(own: Assignment, director: User) -> None:
    assert save_draft(own, director, {"done": TYPED}) is not None
    activity = own.occurrence.activity
    activity.windows = [[str(timezone.localdate()), str(timezone.localdate() + timedelta(days=40))]]
    activity.save()
    settled = settle(Programme.objects.get(), timezone.localdate())
    assert Assignment.objects.filter(pk=own.pk).exists()
    assert "по нему начато 1" in " ".join(settled.told).replace("\u00a0", " ")


def test_signing_out_loses_nothing(own: Assignment, director: User) -> None:
    client: Client = client_of(director)
    send(client, own, keep="1", done=TYPED)
    client.logout()
    client.force_login(director, "django.contrib.auth.backends.ModelBackend")
    assert TYPED in opened(client, own)


@pytest.mark.parametrize("button", ["keep", "more"])
def test_what_was_typed_about_an_assignment_that_is_closed_meanwhile_stays_on_the_page(
    own: Assignment, director: User, button: str
) -> None:
    Assignment.objects.filter(pk=own.pk).update(state=Assignment.State.CANCELLED)
    page = send(client_of(director), own, done=TYPED, seen="planned", **{button: "1"})
    assert TYPED in page
    assert CHANGED.replace("\u00a0", " ") in page
    assert not ReportDraft.objects.exists()


def test_a_zero_sign_is_not_kept_for_no_database_takes_it(own: Assignment, director: User) -> None:
    send(client_of(director), own, keep="1", done="На\0чали")
    assert ReportDraft.objects.get().said == {"done": "Начали"}
