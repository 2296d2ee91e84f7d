"""The worker: whatever was missed is still due, one fault does not hold up the rest, nothing due costs little."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from msoko.web.analysis.services import confirm, dismiss
from msoko.web.people import services as people_services
from msoko.web.roadmap import due
from msoko.web.roadmap.models import Assignment, Programme
from tests.web.roadmap.living import found
from tests.web.roadmap.making import TODAY, Place, activity, assigned, more_schools, place, programme

pytestmark = pytest.mark.django_db
ALL = due.PIECES
PIECES = (due._give_out_the_next_year, due._follow_the_lists, due._notice_overdue)


@pytest.fixture(autouse=True)
def _a_fresh_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has just been started, on a morning in September, with nothing to read and no letters to send."""
    monkeypatch.setattr(due, "_lists_seen", [])
    monkeypatch.setattr(due, "_stumbled", set())
    monkeypatch.setattr(due, "PIECES", PIECES)
    today(monkeypatch, TODAY)


def today(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: day)


@pytest.fixture
def here() -> Place:
    return place()


def work() -> int:
    """All that is due; how many pieces."""
    pieces = 0
    while due.do_one():
        pieces += 1
        assert pieces < 50, "the worker never comes to rest"
    return pieces


def schools(state: str = "planned") -> list[str]:
    rows = Assignment.objects.filter(state=state).order_by("organisation__sort_key", "due")
    return list(rows.values_list("organisation__name", flat=True))


def test_the_pieces_of_the_room_are_all_there() -> None:
    names = [one.__name__ for one in ALL]
    assert names == ["_read_a_document", *(one.__name__ for one in PIECES), "_send_a_letter"]


def test_a_new_year_is_given_out_once_however_late_the_worker_looks(
    here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = programme(here.municipality)
    activity(plan, windows=[("2026-10-01", "2026-10-31"), ("2027-03-01", "2027-03-31")])
    assert work() > 0
    assert len(schools()) == 3
    today(monkeypatch, date(2027, 2, 1))
    Programme.objects.filter(pk=plan.pk).update(ends=date(2027, 12, 31))
    work()
    assert Assignment.objects.count() == 6
    assert work() == 0


def test_drafts_and_programmes_that_were_replaced_or_closed_are_left_alone(here: Place) -> None:
    for state in sorted(set(Programme.State.values) - {Programme.State.APPROVED}):
        activity(programme(here.municipality, state=state))
    work()
    assert not Assignment.objects.exists()


def test_a_list_that_changes_is_followed(here: Place) -> None:
    finding = found(here.schools[0], "new")
    activity(programme(here.municipality), windows=[("2026-10-01", "2026-10-31")], executors=["low_results"])
    work()
    assert schools() == [here.municipality.name]
    confirm(finding, None)
    work()
    assert schools() == [here.schools[0].name]
    dismiss(finding, None, "Ошибка в протоколе")
    work()
    assert schools() == [here.municipality.name]


def test_a_school_that_was_opened_or_closed_is_followed(here: Place) -> None:
    activity(programme(here.municipality), windows=[("2026-10-01", "2026-10-31")])
    work()
    more_schools(3, 4)
    people_services.close(here.schools[0], None)
    work()
    assert schools() == [f"МБОУ «СОШ № {number}»" for number in (2, 3, 4)]


def test_what_changed_while_no_worker_was_there_is_followed_by_the_next_one(
    here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity(programme(here.municipality), windows=[("2026-10-01", "2026-10-31")])
    work()
    more_schools(3, 4)
    monkeypatch.setattr(due, "_lists_seen", [])
    work()
    assert len(schools()) == 4


def test_what_is_overdue_is_noticed(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = programme(here.municipality)
    activity(plan)
    assigned(plan)
    today(monkeypatch, date(2026, 10, 1))
    work()
    assert Assignment.objects.exclude(overdue_noticed_at=None).count() == 3


@pytest.mark.parametrize("stumbles", ["assign", "refresh_groups"])
def test_a_programme_that_cannot_be_given_out_does_not_hold_up_the_others(
    here: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, stumbles: str
) -> None:
    bad, good = programme(here.municipality), programme(here.municipality)
    for one in (bad, good):
        activity(one, windows=[("2026-10-01", "2026-10-31")])
    order = getattr(due, stumbles)

    def stumble(plan: Programme, *more: object) -> object:
        if plan.pk == bad.pk:
            raise ValueError("a fault")
        return order(plan, *more)

    monkeypatch.setattr(due, stumbles, stumble)
    work()
    assert good.pk in set(Assignment.objects.values_list("occurrence__activity__roadmap__programme", flat=True))
    assert f"programme {bad.pk}" in caplog.text
    assert work() == 0


def test_when_nothing_is_due_the_worker_asks_little_and_writes_nothing(here: Place) -> None:
    plan = programme(here.municipality)
    activity(plan)
    work()
    with CaptureQueriesContext(connection) as captured:
        assert not due.do_one()
    assert len(captured) <= 4
    assert {one["sql"].split()[0] for one in captured} == {"SELECT"}
