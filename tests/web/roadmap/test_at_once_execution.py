"""Assignments, reports and letters when several act at the same moment: everything happens once."""

from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core import mail

from msoko.web.people.models import AuditEntry, Role
from msoko.web.roadmap.models import (
    Assignment,
    Digest,
    Evidence,
    Occurrence,
    Postponement,
    Report,
    ReportDraft,
    Verification,
)
from msoko.web.roadmap.services.assigning import assign, horizon, occur, refresh_groups, settle
from msoko.web.roadmap.services.carrying_out import CHANGED
from msoko.web.roadmap.services.digests import send_all, send_due
from msoko.web.roadmap.services.evidence_files import add_link
from msoko.web.roadmap.services.executing import accept, cancel, postpone, report, return_, start
from msoko.web.roadmap.services.overdue import notice_overdue
from msoko.web.roadmap.services.report_drafts import save_draft
from tests.web.roadmap import at_once as together
from tests.web.roadmap.at_once import at_once, refused
from tests.web.roadmap.doing import DONE, LATER, Here, State, here
from tests.web.roadmap.living import found
from tests.web.roadmap.making import OCTOBER, TODAY, activity, assigned, more_schools, person, place, programme

__all__ = ["here"]
pytestmark = together.marks
NOON = datetime(2026, 10, 5, 12, tzinfo=ZoneInfo("Europe/Moscow"))
SAID = CHANGED.replace("\u00a0", " ")


def in_the_past(count: int) -> None:
    where = place(count)
    plan = programme(where.municipality)
    activity(plan)
    assigned(plan)


def test_two_workers_who_notice_what_is_overdue_notice_each_assignment_once() -> None:
    in_the_past(20)
    for _ in range(3):
        Assignment.objects.update(overdue_noticed_at=None)
        before = AuditEntry.objects.count()
        noticed = at_once(*[partial(notice_overdue, NOON.date())] * 3)
        assert sum(noticed) == 20
        entries = AuditEntry.objects.order_by("pk")[before:]
        assert sum(one.details["count"] for one in entries) == 20
        assert len({one.subject_id for one in entries}) == len(entries) == 20


def test_two_digests_of_one_day_are_one_letter_a_person() -> None:
    in_the_past(12)
    for one in Assignment.objects.select_related("organisation"):
        person(Role.SCHOOL, one.organisation)
    at_once(*[partial(send_all, NOON)] * 3)
    assert len(mail.outbox) == 12
    assert len({one.to[0] for one in mail.outbox}) == 12
    assert set(Digest.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_two_workers_who_send_letters_one_by_one_send_each_once() -> None:
    in_the_past(12)
    for one in Assignment.objects.select_related("organisation"):
        person(Role.SCHOOL, one.organisation)

    def work() -> None:
        while send_due(NOON):
            pass

    at_once(work, work)
    work()
    assert len({one.to[0] for one in mail.outbox}) == len(mail.outbox) == 12


def test_of_accepting_and_returning_at_once_exactly_one_wins_and_the_other_is_told(here: Here) -> None:
    for _ in range(4):
        handed = report(here.assignment, here.director, done=DONE)
        answers = at_once(partial(accept, handed, here.department),
                          partial(return_, handed, here.methodist, "Нет списка."))  # fmt: skip
        assert refused(answers) == [SAID]
        assert Verification.objects.filter(report=handed).count() == 1
        is_accepted = Verification.objects.get(report=handed).is_accepted
        assert Assignment.objects.get(pk=here.assignment.pk).state == ("accepted" if is_accepted else "returned")
        Assignment.objects.filter(pk=here.assignment.pk).update(state=State.RETURNED)


def test_of_two_reports_handed_in_at_once_one_is_taken(here: Here) -> None:
    answers = at_once(*(partial(report, here.assignment, who, done=DONE) for who in (here.director, here.deputy)))
    assert refused(answers) == [SAID]
    assert Report.objects.count() == 1


def test_one_assignment_is_not_moved_cancelled_and_begun_at_once(here: Here) -> None:
    answers = at_once(
        partial(start, here.assignment, here.director),
        lambda: cancel([here.assignment], here.department, "Не нужно больше.")[0].refused,
        lambda: postpone([here.assignment], here.colleague, LATER, "Карантин", "Начальник")[0].refused,
    )
    done = [answer for answer in answers if answer is None or isinstance(answer, Assignment)]
    assert len(done) == 1
    assert Postponement.objects.count() == (answers[2] is None)


def test_the_same_evidence_added_twice_at_once_is_there_once(here: Here, tmp_path: Path) -> None:
    add = partial(add_link, here.assignment, here.director, "https://a.example/1", "Сайт", "приказ")
    at_once(add, add, add)
    assert Evidence.objects.count() == 1


def test_one_person_in_two_windows_has_one_draft(here: Here) -> None:
    save = partial(save_draft, here.assignment, here.director)
    at_once(partial(save, {"done": "Раз"}), partial(save, {"done": "Два"}), partial(save, {"done": "Три"}))
    assert ReportDraft.objects.count() == 1


def test_a_draft_saved_while_the_report_is_handed_in_does_not_stay(here: Here) -> None:
    one = here.assignment
    for _ in range(3):
        at_once(partial(report, one, here.director, done=DONE), partial(save_draft, one, here.director, {"done": "x"}))
        assert not ReportDraft.objects.exists()
        Assignment.objects.filter(pk=one.pk).update(state=State.RETURNED)
        one.refresh_from_db()


def test_due_dates_and_assignments_given_out_twice_at_once_are_there_once() -> None:
    where = place(15)
    plan = programme(where.municipality)
    for _ in range(5):
        activity(plan, windows=[("2026-09-01", "2026-09-30"), OCTOBER])

    def give_out() -> None:
        occur(plan)
        assign(plan, horizon(TODAY))

    at_once(give_out, give_out, give_out)
    assert Occurrence.objects.count() == 10
    assert Assignment.objects.count() == 150
    entries = AuditEntry.objects.filter(action="assignments_given")
    assert sum(one.details["count"] for one in entries) == 150


def test_lists_followed_by_two_workers_while_dates_are_corrected_make_no_second_assignment() -> None:
    where = place(6)
    plan = programme(where.municipality)
    found(where.schools[0])
    activity(plan, executors=["low_results"])
    assigned(plan)
    for school in where.schools[1:5]:
        found(school)
    who = person(Role.DEPARTMENT, where.municipality)
    at_once(partial(refresh_groups, plan, TODAY), partial(refresh_groups, plan, TODAY),
            partial(settle, plan, TODAY, who))  # fmt: skip
    assert Assignment.objects.filter(state=State.PLANNED).count() == 5
    entries = AuditEntry.objects.filter(action="assignments_refreshed")
    assert sum(one.details["created"] for one in entries) == 4


def test_a_school_that_comes_while_the_programme_is_given_out_gets_one_assignment() -> None:
    where = place(3)
    plan = programme(where.municipality)
    activity(plan)
    occur(plan)
    at_once(partial(assign, plan, horizon(TODAY)), partial(more_schools, 3, 5), partial(assign, plan, horizon(TODAY)))
    refresh_groups(plan, TODAY)
    assert Assignment.objects.count() == 5
