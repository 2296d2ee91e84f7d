"""Whatever people do in whatever order, also from pages that are out of date, the laws of execution hold."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from msoko.web.people import services as people_services
from msoko.web.people.models import AuditEntry, Role, User
from msoko.web.roadmap.lacking import lacks, says_something
from msoko.web.roadmap.models import Assignment, Evidence, Postponement, Report
from msoko.web.roadmap.services.assigning import settle
from msoko.web.roadmap.services.carrying_out import CannotExecute
from msoko.web.roadmap.services.evidence_files import add_link, withdraw_evidence
from msoko.web.roadmap.services.executing import accept, cancel, postpone, reopen, report, return_, start
from msoko.web.roadmap.services.overdue import notice_overdue
from tests.web.roadmap.making import TODAY, Place, activity, assigned, person, place, programme

pytestmark = pytest.mark.django_db
State = Assignment.State


@dataclass
class World:
    """A school's assignment, the people around it, a page that somebody has not closed for long."""

    place: Place
    people: dict[str, User]
    assignment: int
    page: Assignment
    handed_in: list[str] = field(default_factory=list)

    def now(self) -> Assignment:
        return Assignment.objects.select_related("occurrence__activity__roadmap__programme").get(pk=self.assignment)

    def last_report(self) -> Report | None:
        return Report.objects.filter(assignment=self.assignment).order_by("reported_at", "pk").last()


def _start(world: World, who: User, n: int, seen: Assignment) -> None:
    start(seen, who)


def _report(world: World, who: User, n: int, seen: Assignment) -> None:
    text = f"Провели {n}." if n else "—"
    report(seen, who, done=text)
    world.handed_in.append(text)


def _accept(world: World, who: User, n: int, seen: Assignment) -> None:
    if (last := world.last_report()) is not None:
        accept(last, who)


def _return(world: World, who: User, n: int, seen: Assignment) -> None:
    if (last := world.last_report()) is not None:
        return_(last, who, "Мало." if n else "")


def _accept_the_first(world: World, who: User, n: int, seen: Assignment) -> None:
    if (first := Report.objects.order_by("reported_at", "pk").first()) is not None:
        accept(first, who)


def _attach(world: World, who: User, n: int, seen: Assignment) -> None:
    add_link(seen, who, f"https://school.example/{n}", about="приказ" if n else "другое")


def _withdraw(world: World, who: User, n: int, seen: Assignment) -> None:
    if (piece := Evidence.objects.order_by("pk").last()) is not None:
        withdraw_evidence(piece, who)


def _postpone(world: World, who: User, n: int, seen: Assignment) -> None:
    postpone([seen], who, world.now().due + timedelta(days=n - 2), "Карантин", "Начальник")


def _cancel(world: World, who: User, n: int, seen: Assignment) -> None:
    cancel([seen], who, "Не нужно")


def _reopen(world: World, who: User, n: int, seen: Assignment) -> None:
    reopen([seen], who, "Ошиблись")


def _notice(world: World, who: User, n: int, seen: Assignment) -> None:
    notice_overdue(date(2026, 9, 30) + timedelta(days=n))


def _settle(world: World, who: User, n: int, seen: Assignment) -> None:
    settle(world.now().occurrence.activity.roadmap.programme, TODAY)


Action = Callable[[World, User, int, Assignment], None]
ACTIONS: tuple[Action, ...] = (
    *(_start, _report, _report, _accept, _accept, _return, _accept_the_first, _attach, _attach, _withdraw),
    *(_postpone, _cancel, _reopen, _notice, _settle),
)
PEOPLE = ("director", "deputy", "both", "department", "methodist", "stranger")
LIKELY: tuple[tuple[Action, str], ...] = (
    *((_attach, "director"), (_attach, "deputy"), (_withdraw, "director")),
    *((_report, "director"), (_report, "deputy"), (_report, "both")),
    *((_accept, "department"), (_accept, "methodist"), (_accept, "both"), (_return, "methodist")),
    *((_postpone, "department"), (_reopen, "department"), (_cancel, "department")),
)
"""What people do who know their business: without them a report would hardly ever be accepted here."""
DEEDS = st.sampled_from(LIKELY) | st.tuples(st.sampled_from(ACTIONS), st.sampled_from(PEOPLE))
STEPS = st.lists(
    st.tuples(DEEDS, st.integers(0, 6), st.sampled_from([False, False, False, True])), min_size=6, max_size=24
)


@pytest.fixture
def world() -> World:
    where = place()
    plan = programme(where.municipality)
    activity(plan, evidence=["приказ"])
    assigned(plan)
    school, municipality = where.schools[0], where.municipality
    people = {
        "director": person(Role.SCHOOL, school),
        "deputy": person(Role.SCHOOL, school, "deputy@people.example"),
        "both": person(Role.SCHOOL, school, "both@people.example"),
        "department": person(Role.DEPARTMENT, municipality),
        "methodist": person(Role.METHODIST, municipality),
        "stranger": person(Role.SCHOOL, where.schools[1]),
    }
    people_services.give_role(people["both"], Role.METHODIST, municipality, None)
    mine = Assignment.objects.get(organisation=school)
    return World(where, people, mine.pk, mine)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(STEPS)
def test_the_laws_of_execution_hold_after_any_sequence_of_deeds(world: World, steps: list) -> None:
    with transaction.atomic():
        world.handed_in, world.page = [], world.now()
        for (action, who), n, is_stale in steps:
            before, entries = _kept(world), AuditEntry.objects.count()
            seen = _copy(world.page) if is_stale else world.now()
            with suppress(CannotExecute):
                action(world, world.people[who], n, seen)
            _check(world, before)
            event(world.now().state)
            if _kept(world) != before:
                assert AuditEntry.objects.count() > entries, f"{action.__name__} left no entry"
        transaction.set_rollback(True)


def _copy(page: Assignment) -> Assignment:
    """The page is sent again as it was, however often."""
    return Assignment(**{one.attname: getattr(page, one.attname) for one in Assignment._meta.concrete_fields})


def _kept(world: World) -> dict[str, object]:
    """What is there of the assignment, for comparison with what is there a deed later."""
    now = world.now()
    return {
        "state": now.state,
        "due": now.due,
        "noticed": now.overdue_noticed_at,
        "reports": list(Report.objects.order_by("pk").values_list("pk", "done", "reported_by")),
        "verified": list(Report.objects.order_by("pk").values_list("verification__pk", "verification__is_accepted")),
        "evidence": list(Evidence.objects.order_by("pk").values_list("pk", "withdrawn_at")),
        "postponed": Postponement.objects.count(),
    }


def _check(world: World, before: dict) -> None:
    now, after = world.now(), _kept(world)
    reports = list(Report.objects.select_related("verification").order_by("reported_at", "pk"))
    assert [one.done for one in reports] == world.handed_in, "a report was lost or made out of nothing"
    assert after["reports"][: len(before["reports"])] == before["reports"], "a report was changed"
    assert all(says_something(one.done) for one in reports)
    theirs = {world.people[name].pk for name in ("director", "deputy", "both")}
    assert {one.reported_by_id for one in reports} <= theirs, "somebody else reported"
    _check_verifications(world, now, reports, theirs)
    _check_dates(now, before, after)


def _check_verifications(world: World, now: Assignment, reports: list[Report], theirs: set[int]) -> None:
    verified = [one.verification for one in reports if hasattr(one, "verification")]
    assert not {one.verified_by_id for one in verified} & theirs, "verified by somebody of the school"
    assert all(hasattr(one, "verification") for one in reports[:-1]), "two reports wait at once"
    waits = bool(reports) and not hasattr(reports[-1], "verification")
    assert waits == (now.state == State.REPORTED), "what waits for its verifier is not «reported»"
    if now.state == State.ACCEPTED:
        assert verified, "accepted without a verification"
        assert reports[-1].verification.is_accepted
        assert lacks(now) == [], "accepted although something lacks"


def _check_dates(now: Assignment, before: dict, after: dict) -> None:
    assert after["due"] >= before["due"], "the due date went back"
    moved = after["postponed"] - before["postponed"]
    assert (after["due"] > before["due"]) == (moved == 1), "the due date moved without a postponement"
    if moved:
        last = Postponement.objects.latest("pk")
        assert (last.was_due, last.due, now.overdue_noticed_at) == (before["due"], after["due"], None)
