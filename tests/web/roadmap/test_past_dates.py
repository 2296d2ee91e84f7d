"""Due dates of the past: which are asked for when a programme goes live, and how that is changed later."""

from collections import Counter
from datetime import date

import pytest

from msoko.web.people.models import AuditEntry
from msoko.web.roadmap.models import Activity, Assignment, Programme, Report, RoadmapImport
from msoko.web.roadmap.reasons import PASSED_BEFORE
from msoko.web.roadmap.services import editions, executing
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.overdue import notice_overdue
from msoko.web.roadmap.services.past_dates import AskedSince, stop_tracking, track_again
from msoko.web.roadmap.standing import Standing, conditions, standings_by
from tests.web.roadmap import making
from tests.web.roadmap.making import TODAY

pytestmark = pytest.mark.django_db
JANUARY, MAY, SEPTEMBER = (("2026-01-01", "2026-01-31"), ("2026-05-01", "2026-05-31"), making.SEPTEMBER)
IN_WORDS = {date(2026, 1, 31): "январь", date(2026, 5, 31): "май", date(2026, 9, 30): "сентябрь"}
ORDER = "Приказ № 1"
WHY = "Карта введена в систему позже, отчёты собраны на бумаге."
State = Assignment.State


@pytest.fixture
def here():
    return making.place(schools=2)


@pytest.fixture
def boss(here):
    return making.person("department", here.municipality)


@pytest.fixture
def draft(here):
    made = making.programme(here.municipality, state=Programme.State.DRAFT)
    making.activity(made, windows=(JANUARY, MAY, SEPTEMBER))
    return made


@pytest.fixture
def signed(draft):
    RoadmapImport.objects.create(organisation=draft.organisation, file_name="план.docx", sha256="0", programme=draft)
    return draft


def states(programme):
    """Month → the states of its assignments, each with how many."""
    rows = Assignment.objects.filter(occurrence__activity__roadmap__programme=programme).values_list("due", "state")
    found = {}
    for (due, state), n in Counter(rows).items():
        found.setdefault(IN_WORDS.get(due, due), {})[state] = n
    return found


def alive(programme, who, asked=None):
    return editions.approve(programme, who, TODAY, ORDER, TODAY, asked)


def roadmap_of(programme):
    return programme.roadmaps.get()


# ---- when it goes live


def test_a_plan_begun_in_september_does_not_make_january_overdue_and_does_not_hide_it(draft, boss):
    alive(draft, boss)
    assert states(draft) == {"январь": {"untracked": 2}, "май": {"untracked": 2}, "сентябрь": {"planned": 2}}
    assert set(Assignment.objects.filter(state="untracked").values_list("reason", flat=True)) == {PASSED_BEFORE}


def test_what_falls_due_on_the_very_day_of_approval_is_asked_for(draft, boss):
    editions.approve(draft, boss, date(2026, 5, 31), ORDER, TODAY)
    assert states(draft) == {"январь": {"untracked": 2}, "май": {"planned": 2}, "сентябрь": {"planned": 2}}


def test_a_signed_document_binds_with_all_its_dates(signed, boss):
    alive(signed, boss)
    assert states(signed) == {"январь": {"planned": 2}, "май": {"planned": 2}, "сентябрь": {"planned": 2}}


@pytest.mark.parametrize(
    ("since", "tracked"),
    [
        (None, ["январь", "май", "сентябрь"]),
        (date(2026, 1, 31), ["январь", "май", "сентябрь"]),
        (date(2026, 2, 1), ["май", "сентябрь"]),
        (TODAY, ["сентябрь"]),
    ],
)
def test_a_person_says_from_which_day_due_dates_are_asked_for(signed, boss, since, tracked):
    alive(signed, boss, AskedSince(since))
    assert [month for month, found in states(signed).items() if "planned" in found] == tracked
    signed.refresh_from_db()
    assert signed.asked_since == since


def test_what_is_not_tracked_never_becomes_overdue_and_is_never_said_to_be_done(draft, boss):
    alive(draft, boss)
    assert notice_overdue(date(2026, 9, 20)) == 0
    (standing,) = standings_by(Assignment.objects.all(), TODAY, "occurrence__activity").values()
    assert (standing.total, standing.accepted, standing.overdue, standing.untracked) == (2, 0, 0, 4)
    assert not standing.is_accepted
    assert standing.in_words().replace("\u00a0", " ") == "принято 0 из 2, не отслеживаются 4"


def test_where_all_the_rest_is_accepted_an_activity_with_untracked_dates_is_not_done():
    assert Standing(accepted=3).is_accepted
    assert not Standing(accepted=3, untracked=1).is_accepted


def test_a_later_edition_asks_for_no_more_of_the_past_than_the_one_before(draft, boss):
    alive(draft, boss)
    later = editions.new_edition(draft, boss, "новый год")
    making.activity(later, "Ещё одно", windows=(JANUARY, ("2026-10-01", "2026-10-31")))
    alive(later, boss)
    later.refresh_from_db()
    assert later.asked_since == TODAY
    assert states(later) == {
        "январь": {"untracked": 4},
        "май": {"untracked": 2},
        "сентябрь": {"planned": 2},
        date(2026, 10, 31): {"planned": 2},
    }


def test_a_new_date_instead_of_one_that_was_not_tracked_is_asked_for(draft, boss):
    alive(draft, boss)
    later = editions.new_edition(draft, boss, "новый срок")
    november = ["2026-11-01", "2026-11-30"]
    Activity.objects.filter(roadmap__programme=later).update(
        windows=[november, list(MAY), list(SEPTEMBER)], deadline="май, сентябрь, ноябрь"
    )
    alive(later, boss)
    assert states(later)[date(2026, 11, 30)] == {"planned": 2}
    assert states(draft) == {"январь": {"untracked": 2}}


# ---- later


def test_past_due_dates_cease_to_be_tracked_with_a_reason_that_everybody_sees(signed, boss):
    alive(signed, boss)
    notice_overdue(TODAY)
    assert stop_tracking(roadmap_of(signed), boss, date(2026, 5, 1), WHY, TODAY) == 2
    assert states(signed) == {"январь": {"untracked": 2}, "май": {"planned": 2}, "сентябрь": {"planned": 2}}
    assert set(Assignment.objects.filter(state="untracked").values_list("reason", flat=True)) == {WHY}
    told = AuditEntry.objects.filter(action="assignment_untracked")
    assert [(one.who, one.details["reason"]) for one in told] == [(boss, WHY)] * 2


def test_they_are_asked_for_again_and_are_overdue_anew(signed, boss):
    alive(signed, boss)
    notice_overdue(TODAY)
    stop_tracking(roadmap_of(signed), boss, TODAY, WHY, TODAY)
    assert track_again(roadmap_of(signed), boss, date(2026, 5, 1), "Нужен отчёт за год.") == 2
    assert states(signed) == {"январь": {"untracked": 2}, "май": {"planned": 2}, "сентябрь": {"planned": 2}}
    assert notice_overdue(TODAY) == 2


def test_one_of_them_is_asked_for_again_by_who_is_in_charge(draft, boss, here):
    alive(draft, boss)
    one = Assignment.objects.filter(state="untracked").first()
    (refused,) = executing.reopen([one], making.person("curator", here.municipality), WHY)
    assert "кто утверждает программу" in str(refused.refused)
    executing.reopen([one], boss, WHY)
    one.refresh_from_db()
    assert (one.state, one.reason) == (State.PLANNED, WHY)


def test_nobody_reports_what_is_not_tracked(draft, boss, here):
    alive(draft, boss)
    director = making.person("school", here.schools[0])
    one = Assignment.objects.filter(state="untracked", organisation=here.schools[0]).first()
    with pytest.raises(executing.CannotExecute, match="не отслеживается"):
        executing.report(one, director, done="Сделали всё.")


def test_what_was_handed_in_stays_asked_for(signed, boss, here):
    alive(signed, boss)
    director = making.person("school", here.schools[0])
    january, may, _ = Assignment.objects.filter(organisation=here.schools[0]).order_by("due")
    told = executing.report(january, director, done="Провели совещание.")
    executing.return_(told, boss, "Нет решения совещания.")
    executing.report(may, director, done="Провели совещание.")
    stop_tracking(roadmap_of(signed), boss, TODAY, WHY, TODAY)
    assert states(signed)["январь"] == {"returned": 1, "untracked": 1}
    assert states(signed)["май"] == {"reported": 1, "untracked": 1}
    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    ("before", "reason", "why"),
    [
        (date(2026, 9, 16), WHY, "ещё не наступило"),
        (TODAY, " — ", "Назовите причину"),
    ],
)
def test_nothing_ceases_to_be_tracked_without_a_reason_or_before_it_has_passed(signed, boss, before, reason, why):
    alive(signed, boss)
    with pytest.raises(CannotChange) as refusal:
        stop_tracking(roadmap_of(signed), boss, before, reason, TODAY)
    assert why in str(refusal.value).replace("\u00a0", " ")
    assert "untracked" not in set(Assignment.objects.values_list("state", flat=True))


def test_an_edition_that_is_no_longer_in_force_is_left_as_it_is(draft, boss):
    alive(draft, boss)
    editions.close(Programme.objects.get(pk=draft.pk), boss, "срок вышел")
    for deed in (
        lambda: stop_tracking(roadmap_of(draft), boss, TODAY, WHY, TODAY),
        lambda: track_again(roadmap_of(draft), boss, date(2026, 1, 1), WHY),
    ):
        with pytest.raises(CannotChange, match="больше не"):
            deed()


def test_other_roadmaps_of_the_programme_are_left_alone(signed, boss):
    other = making.section(signed, roadmap="Другая карта")
    making.activity(signed, windows=(JANUARY,), within=other)
    alive(signed, boss)
    stop_tracking(other.roadmap, boss, TODAY, WHY, TODAY)
    assert states(signed)["январь"] == {"planned": 2, "untracked": 2}


def test_the_number_of_queries_does_not_depend_on_how_many_there_are(
    signed, boss, django_assert_num_queries, django_assert_max_num_queries
):
    alive(signed, boss)
    with django_assert_max_num_queries(12) as few:
        stop_tracking(roadmap_of(signed), boss, date(2026, 2, 1), WHY, TODAY)
    with django_assert_num_queries(len(few)):
        track_again(roadmap_of(signed), boss, date(2026, 1, 1), WHY)
    making.more_schools(2, 30)
    making.activity(signed, "Ещё", windows=(JANUARY, MAY))
    making.assigned(signed)
    with django_assert_num_queries(len(few)):
        stop_tracking(roadmap_of(signed), boss, TODAY, WHY, TODAY)


# ---- the law of counting


def test_every_assignment_stands_in_exactly_one_part(here):
    """Every state on every side of today: the parts are disjoint and sum to the whole."""
    plan = making.programme(here.municipality)
    making.activity(plan, windows=(JANUARY, ("2026-09-15", "2026-09-15"), ("2026-12-01", "2026-12-31")))
    for state in State.values:
        Assignment.objects.all().delete()
        plan.roadmaps.get().activities.get().occurrences.update(assigned_at=None)
        made = making.assigned(plan)
        Assignment.objects.update(state=state)
        parts = conditions(TODAY)
        counted = {name: Assignment.objects.filter(condition).count() for name, condition in parts.items()}
        (standing,) = standings_by(Assignment.objects.all(), TODAY, "occurrence__activity").values()
        assert sum(counted.values()) == len(made) == 6, (state, counted)
        assert standing.total + standing.cancelled + standing.untracked == 6
