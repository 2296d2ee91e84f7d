"""Execution: who may do what in which state, what a report lacks, what stays whatever happens."""

from datetime import date

import pytest
from django.utils import timezone

from msoko.web.people import services as people_services
from msoko.web.people.models import AuditEntry, Role
from msoko.web.people.words import ACTIONS
from msoko.web.roadmap.execution_rights import NOT_IN_CHARGE, NOT_THE_EXECUTOR, OWN_REPORT, OWN_SCHOOL
from msoko.web.roadmap.lacking import NO_TEXT, lacks
from msoko.web.roadmap.models import Assignment, Evidence, Postponement, Report, Verification
from msoko.web.roadmap.services.carrying_out import CHANGED, CannotExecute
from msoko.web.roadmap.services.executing import (
    accept,
    cancel,
    postpone,
    reopen,
    report,
    return_,
    start,
)
from tests.web.roadmap.doing import DONE, LATER, Here, State, attach, handed_in, here, state_of
from tests.web.roadmap.making import activity, assigned, person, programme

__all__ = ["here"]
pytestmark = pytest.mark.django_db


# ---- the usual way


def test_an_assignment_is_taken_in_hand_reported_returned_reported_again_and_accepted(here: Here) -> None:
    assert start(here.assignment, here.director).state == State.IN_PROGRESS
    first = handed_in(here)
    assert state_of(here.assignment) == State.REPORTED
    assert return_(first, here.methodist, "Нет числа участников.").reason == "Нет числа участников."
    second = report(here.assignment, here.deputy, done=DONE, participants=12, numbers=[], done_on=date(2026, 9, 10))
    assert accept(second, here.department).state == State.ACCEPTED
    assert [one.verification.is_accepted for one in Report.objects.order_by("pk")] == [False, True]
    assert [one.verification.verified_by for one in Report.objects.order_by("pk")] == [here.methodist, here.department]


def test_a_report_needs_no_taking_in_hand_before(here: Here) -> None:
    handed_in(here)
    assert state_of(here.assignment) == State.REPORTED


def test_every_deed_leaves_an_entry_with_a_russian_word(here: Here) -> None:
    seen = AuditEntry.objects.count()
    start(here.assignment, here.director)
    return_(handed_in(here), here.methodist, "Нет приказа.")
    postpone([here.assignment], here.department, LATER, "Карантин", "Начальник управления")
    accept(handed_in(here), here.department)
    reopen([here.assignment], here.methodist, "Приняли не тот отчёт.")
    cancel([here.assignment], here.department, "Отменено приказом")
    new = AuditEntry.objects.order_by("pk")[seen:]
    assert [one.action for one in new] == [
        "execution_started", "execution_reported", "execution_returned", "assignment_postponed", "execution_reported",
        "execution_accepted", "assignment_reopened", "assignment_cancelled",
    ]  # fmt: skip
    assert {one.action for one in new} <= set(ACTIONS)
    assert {one.organisation for one in new} == {here.place.schools[0]}
    assert {one.subject_type for one in new} == {"roadmap.assignment"}
    assert {one.who for one in new} == {here.director, here.methodist, here.department}


# ---- who may


def test_nobody_but_the_executor_reports(here: Here) -> None:
    elsewhere = person(Role.SCHOOL, here.place.schools[1])
    admin = person(Role.ADMIN, people_services.root())
    for stranger in (elsewhere, here.department, here.methodist, admin, person(Role.REGION, here.place.region)):
        for order in (lambda who: start(here.assignment, who), lambda who: handed_in(here, who)):
            with pytest.raises(CannotExecute) as refused:
                order(stranger)
            assert refused.value.reason == NOT_THE_EXECUTOR
    assert state_of(here.assignment) == State.PLANNED


def test_a_person_who_was_deactivated_does_nothing_more(here: Here) -> None:
    people_services.deactivate(here.director, None)
    with pytest.raises(CannotExecute):
        handed_in(here)


def test_the_director_of_a_school_reports_for_its_branch(here: Here) -> None:
    rows = [{"short_name": "Филиал в Сосновке", "kind": "филиал", "municipality": here.place.municipality.name,
             "parent": here.place.schools[0].name, "logins": ["sch990101"]}]  # fmt: skip
    people_services.import_register(rows)
    activity(here.programme, "Ещё одно")
    (branch,) = [one for one in assigned(here.programme) if one.organisation.kind == "branch"]
    assert report(branch, here.director, done=DONE).assignment_id == branch.pk


def test_nobody_verifies_what_he_has_reported_himself(here: Here) -> None:
    both = person(Role.SCHOOL, here.place.schools[0], "both@people.example")
    people_services.give_role(both, Role.METHODIST, here.place.municipality, None)
    mine = handed_in(here, both)
    for order in (lambda: accept(mine, both), lambda: return_(mine, both, "Чего-то нет.")):
        with pytest.raises(CannotExecute) as refused:
            order()
        assert refused.value.reason == OWN_REPORT
    assert state_of(here.assignment) == State.REPORTED


def test_a_school_is_not_verified_by_its_own_people_whoever_has_reported(here: Here) -> None:
    both = person(Role.SCHOOL, here.place.schools[0], "both@people.example")
    people_services.give_role(both, Role.METHODIST, here.place.municipality, None)
    with pytest.raises(CannotExecute) as refused:
        accept(handed_in(here), both)
    assert refused.value.reason == OWN_SCHOOL


def test_who_has_reported_once_does_not_verify_a_colleagues_later_report(here: Here) -> None:
    (mine, *_) = here.department_assignments()
    return_(report(mine, here.department, done=DONE), here.colleague, "Нет даты.")
    mine.refresh_from_db()
    again = report(mine, here.colleague, done=DONE)
    with pytest.raises(CannotExecute) as refused:
        accept(again, here.department)
    assert refused.value.reason == OWN_REPORT
    assert accept(again, here.methodist).state == State.ACCEPTED


def test_what_the_department_did_itself_is_verified_by_a_colleague(here: Here) -> None:
    (mine, *_) = here.department_assignments()
    assert accept(report(mine, here.department, done=DONE), here.colleague).state == State.ACCEPTED


def test_schools_and_the_region_verify_nothing(here: Here) -> None:
    mine = handed_in(here)
    for stranger in (here.deputy, person(Role.SCHOOL, here.place.schools[1]), person(Role.REGION, here.place.region),
                     person(Role.DEPARTMENT, here.place.neighbour)):  # fmt: skip
        with pytest.raises(CannotExecute):
            accept(mine, stranger)
    assert not Verification.objects.exists()


def test_the_department_acts_for_a_service_in_which_nobody_has_the_role(here: Here) -> None:
    activity(here.programme, "Провести школу", executors=["curators"])
    (theirs,) = [one for one in assigned(here.programme) if one.body == "curator"]
    assert report(theirs, here.department, done=DONE)


def test_the_department_does_not_act_for_a_service_that_has_people(here: Here) -> None:
    activity(here.programme, "Провести школу", executors=["methodist"])
    (theirs,) = [one for one in assigned(here.programme) if one.body == "methodist"]
    with pytest.raises(CannotExecute):
        report(theirs, here.department, done=DONE)
    assert report(theirs, here.methodist, done=DONE)


@pytest.mark.parametrize("who", ["director", "methodist"])
def test_only_who_approves_the_programme_moves_dates_and_cancels(here: Here, who: str) -> None:
    stranger = getattr(here, who)
    moved = postpone([here.assignment], stranger, LATER, "Карантин", "Директор")
    cancelled = cancel([here.assignment], stranger, "Не нужно")
    assert [str(one.refused) for one in moved + cancelled] == [NOT_IN_CHARGE, NOT_IN_CHARGE]
    assert state_of(here.assignment) == State.PLANNED
    assert not Postponement.objects.exists()


def test_a_school_is_in_charge_of_its_own_programme(here: Here) -> None:
    own = programme(here.place.schools[0], "План школы")
    activity(own)
    (mine,) = assigned(own)
    (moved,) = postpone([mine], here.director, LATER, "Карантин", "Директор школы, приказ № 5")
    assert moved.is_done
    with pytest.raises(CannotExecute):
        accept(report(mine, here.director, done=DONE), here.deputy)


# ---- what lacks


def test_a_report_without_text_or_required_evidence_is_refused_with_the_list(here: Here) -> None:
    activity(here.programme, "Утвердить план", evidence=["приказ", "справка"])
    (mine,) = [one for one in assigned(here.programme) if one.organisation == here.place.schools[0]
               and one.occurrence.activity.evidence]  # fmt: skip
    attach(mine, " Справка. ", here.director)
    with pytest.raises(CannotExecute) as refused:
        report(mine, here.director, done=" — ")
    assert refused.value.lacks == (NO_TEXT, "нет подтверждения: «приказ»")
    assert "Не\u00a0хватает: не\u00a0написано" in str(refused.value)
    assert lacks(mine) == list(refused.value.lacks)
    assert not Report.objects.exists()
    attach(mine, "приказ", here.director)
    assert report(mine, here.director, done=DONE)
    assert lacks(mine) == []


def test_evidence_that_was_withdrawn_after_the_report_is_missed_by_the_verifier(here: Here) -> None:
    activity(here.programme, "Утвердить план", evidence=["приказ"])
    (mine,) = [one for one in assigned(here.programme) if one.organisation == here.place.schools[0]
               and one.occurrence.activity.evidence]  # fmt: skip
    paper = attach(mine, "приказ", here.director)
    handed = report(mine, here.director, done=DONE)
    Evidence.objects.filter(pk=paper.pk).update(withdrawn_at=timezone.now())
    with pytest.raises(CannotExecute) as refused:
        accept(handed, here.methodist)
    assert refused.value.lacks == ("нет подтверждения: «приказ»",)
    assert return_(handed, here.methodist, "Приложите приказ.").state == State.RETURNED


def test_the_text_of_a_returned_report_does_not_count_any_more(here: Here) -> None:
    handed = handed_in(here)
    assert lacks(here.assignment) == []
    return_(handed, here.methodist, "Мало.")
    assert lacks(here.assignment) == [NO_TEXT]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"participants": -1}, "проверьте число"),
        ({"participants": 10**9}, "проверьте число"),
        ({"done_on": date(2199, 1, 1)}, "ещё не наступила"),
        ({"numbers": [{"name": "", "value": 1}]}, "нет названия"),
        ({"numbers": [{"name": "уроков", "value": float("nan")}]}, "не число"),
        ({"numbers": [{"name": "уроков", "value": "много"}]}, "не число"),
        ({"numbers": [{"name": "уроков", "value": True}]}, "не число"),
        ({"numbers": [{"name": "уроков", "value": 1}] * 51}, "не больше 50"),
        ({"done": "слово " * 5000}, "не больше 20 000 знаков, а здесь 29 999"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(here: Here, values: dict, said: str) -> None:
    with pytest.raises(CannotExecute) as refused:
        report(here.assignment, here.director, **{"done": DONE, **values})
    assert said in str(refused.value).replace("\u00a0", " ").replace("\u202f", " ")
    assert state_of(here.assignment) == State.PLANNED


def test_zero_participants_is_a_number_and_not_nothing(here: Here) -> None:
    assert report(here.assignment, here.director, done=DONE, participants=0).participants == 0


def test_signs_that_no_database_takes_are_left_out_of_a_text(here: Here) -> None:
    report(here.assignment, here.director, done="Провели\x00 урок.\nСпасибо\ud800\u202e")
    assert Report.objects.get().done == "Провели урок.\nСпасибо"


# ---- the state in which it was seen


def test_a_second_tab_gets_a_reason_and_makes_no_second_report(here: Here) -> None:
    one, other = here.assignment, here.assignment
    report(one, here.director, done=DONE)
    with pytest.raises(CannotExecute) as refused:
        report(other, here.deputy, done="То же.")
    assert refused.value.reason == CHANGED
    assert Report.objects.count() == 1


def test_two_verifiers_do_not_both_decide(here: Here) -> None:
    mine = handed_in(here)
    again = Report.objects.get()
    return_(mine, here.methodist, "Мало.")
    with pytest.raises(CannotExecute):
        accept(again, here.department)
    assert state_of(here.assignment) == State.RETURNED
    assert Verification.objects.count() == 1


def test_a_report_that_another_has_followed_is_not_accepted_in_its_place(here: Here) -> None:
    first = handed_in(here)
    return_(first, here.methodist, "Мало.")
    second = handed_in(here)
    with pytest.raises(CannotExecute) as refused:
        accept(first, here.methodist)
    assert refused.value.reason == CHANGED
    assert accept(second, here.methodist).state == State.ACCEPTED


def test_what_is_accepted_is_not_reported_postponed_or_cancelled(here: Here) -> None:
    accept(handed_in(here), here.methodist)
    with pytest.raises(CannotExecute) as refused:
        handed_in(here)
    assert "«принято»" in refused.value.reason
    assert not postpone([here.assignment], here.department, LATER, "Карантин", "Начальник")[0].is_done
    assert not cancel([here.assignment], here.department, "Не нужно")[0].is_done
    assert state_of(here.assignment) == State.ACCEPTED


def test_a_report_that_waits_for_verification_is_neither_postponed_nor_cancelled(here: Here) -> None:
    handed_in(here)
    assert not postpone([here.assignment], here.department, LATER, "Карантин", "Начальник")[0].is_done
    assert not cancel([here.assignment], here.department, "Не нужно")[0].is_done


def test_an_assignment_that_is_gone_is_told(here: Here) -> None:
    seen = here.assignment
    Assignment.objects.all().delete()
    with pytest.raises(CannotExecute) as refused:
        start(seen, here.director)
    assert "больше нет" in refused.value.reason


@pytest.mark.parametrize("reason", ["", "  ", "—"])
def test_a_return_a_postponement_and_a_cancellation_need_a_reason(here: Here, reason: str) -> None:
    mine = handed_in(here)
    with pytest.raises(CannotExecute):
        return_(mine, here.methodist, reason)
    with pytest.raises(CannotExecute):
        postpone([here.assignment], here.department, LATER, reason, "Начальник")
    with pytest.raises(CannotExecute):
        postpone([here.assignment], here.department, LATER, "Карантин", reason)
    with pytest.raises(CannotExecute):
        cancel([here.assignment], here.department, reason)
    assert state_of(here.assignment) == State.REPORTED
