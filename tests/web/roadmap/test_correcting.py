"""A person corrects dates and executors: the words stay, what follows from them follows."""

from datetime import date

import pytest
from django.urls import reverse

from msoko.web.people.models import AuditEntry, Role
from msoko.web.people.words import ACTIONS
from msoko.web.roadmap.models import Activity, Assignment, Executor, Occurrence, Programme
from msoko.web.roadmap.services import correcting
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.executing import report
from msoko.web.roadmap.services.understanding import understand_activity, understand_all
from tests.web.roadmap.making import TODAY, client_of, person
from tests.web.roadmap.plans import Plan, opened, plan

pytestmark = pytest.mark.django_db
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = (date(2026, 11, 2), date(2026, 11, 2))


@pytest.fixture
def here() -> Plan:
    return plan()


@pytest.fixture
def draft() -> Plan:
    return plan(state=Programme.State.DRAFT)


def dues(activity: Activity) -> list[str]:
    return [one.due.isoformat() for one in Occurrence.objects.filter(activity=activity).order_by("due")]


def executed_by(activity: Activity) -> list[str]:
    """Names of those who have a living assignment."""
    living = Assignment.objects.filter(occurrence__activity=activity).exclude(state="cancelled")
    return sorted(living.values_list("organisation__name", flat=True))


# ---- dates


def test_dates_of_a_person_go_before_the_words_and_the_words_stay(here: Plan) -> None:
    correcting.correct_dates(here.undated, here.department, [NOVEMBER, OCTOBER, OCTOBER], TODAY)
    kept = Activity.objects.get(pk=here.undated.pk)
    assert kept.windows == [["2026-10-01", "2026-10-31"], ["2026-11-02", "2026-11-02"]]
    assert (kept.dates_by_person, kept.deadline, kept.condition) == (True, "по плану", "по плану УО")


def test_in_a_programme_in_force_due_dates_and_assignments_follow(here: Plan) -> None:
    correcting.correct_dates(here.undated, here.department, [OCTOBER], TODAY)
    assert dues(here.undated) == ["2026-10-31"]
    assert len(executed_by(here.undated)) == len(here.place.schools)


def test_in_a_draft_nothing_follows(draft: Plan) -> None:
    correcting.correct_dates(draft.undated, draft.department, [OCTOBER], TODAY)
    assert dues(draft.undated) == []


def test_what_was_begun_under_the_dates_before_stays_and_is_told(here: Plan) -> None:
    begun = Assignment.objects.get(occurrence__activity=here.everywhere, organisation=here.place.schools[0])
    report(begun, here.director, done="Провели педсовет, решение принято.")
    settled = correcting.correct_dates(here.everywhere, here.department, [OCTOBER], TODAY)
    assert dues(here.everywhere) == ["2026-06-30", "2026-10-31"]
    assert "начато" in settled.told[0]


@pytest.mark.parametrize(
    ("windows", "why"),
    [
        ([], "Напишите даты"),
        ([(date(2025, 12, 31), date(2026, 1, 2))], "не попадает в срок программы"),
        ([(date(2027, 1, 1), date(2028, 1, 1))], "не попадает в срок программы"),
        ([(date(2026, 3, 2), date(2026, 3, 1))], "кончается раньше, чем начинается"),
    ],
)
def test_wrong_dates_are_refused_and_nothing_is_lost(here: Plan, windows: list[tuple[date, date]], why: str) -> None:
    with pytest.raises(CannotChange) as refusal:
        correcting.correct_dates(here.yearly, here.department, windows, TODAY)
    assert why in str(refusal.value).replace("\u00a0", " ")
    assert Activity.objects.get(pk=here.yearly.pk).windows == here.yearly.windows


@pytest.mark.parametrize("state", [Programme.State.SUPERSEDED, Programme.State.CLOSED])
def test_an_edition_that_is_no_longer_in_force_is_not_corrected(here: Plan, state: str) -> None:
    Programme.objects.update(state=state)
    for order in (
        lambda: correcting.correct_dates(here.yearly, here.department, [OCTOBER], TODAY),
        lambda: correcting.trust_words(here.yearly, here.department, TODAY),
        lambda: correcting.correct_executor(
            here.external.executors.get(), here.department, "department", [], TODAY
        ),
    ):  # fmt: skip
        with pytest.raises(CannotChange):
            order()


def test_other_words_are_read_into_dates(here: Plan) -> None:
    assert correcting.dates_from_words(here.undated, "до 1 ноября 2026 г.")[-1][1] == date(2026, 11, 1)


@pytest.mark.parametrize("words", ["когда получится", "по плану управления", "до 1 ноября 2040 г."])
def test_words_without_a_date_in_the_programmes_days_are_refused(here: Plan, words: str) -> None:
    with pytest.raises(CannotChange) as refusal:
        correcting.dates_from_words(here.undated, words)
    assert words in str(refusal.value).replace("\u00a0", " ")


def test_the_words_speak_again_when_they_are_trusted(here: Plan) -> None:
    correcting.correct_dates(here.yearly, here.department, [OCTOBER], TODAY)
    correcting.trust_words(here.yearly, here.department, TODAY)
    kept = Activity.objects.get(pk=here.yearly.pk)
    assert (kept.windows, kept.dates_by_person) == ([["2026-09-01", "2026-09-30"], ["2027-09-01", "2027-09-30"]], False)


def test_reading_the_programme_anew_leaves_the_dates_of_a_person(draft: Plan) -> None:
    correcting.correct_dates(draft.yearly, draft.department, [OCTOBER], TODAY)
    understand_all(draft.programme)
    assert Activity.objects.get(pk=draft.yearly.pk).windows == [["2026-10-01", "2026-10-31"]]


# ---- executors


def test_an_executor_becomes_named_schools(here: Plan) -> None:
    first, second, _ = here.place.schools
    correcting.correct_executor(here.external.executors.get(), here.department, "named", [second, first], TODAY)
    assert executed_by(here.external) == [first.name, second.name]
    rows = Executor.objects.filter(activity=here.external)
    assert [(one.words, one.kind, one.organisation, one.by_person) for one in rows] == [
        ("Областной институт", "named", first, True),
        ("Областной институт", "named", second, True),
    ]


def test_named_schools_become_a_group_again(here: Plan) -> None:
    executor = here.external.executors.get()
    correcting.correct_executor(executor, here.department, "named", here.place.schools[:2], TODAY)
    correcting.correct_executor(executor, here.department, "all_schools", [], TODAY)
    assert here.external.executors.get().organisation is None
    assert len(executed_by(here.external)) == len(here.place.schools)


def test_reading_the_words_anew_leaves_all_schools_that_a_person_has_named(draft: Plan) -> None:
    correcting.correct_executor(
        draft.external.executors.get(), draft.department, "named", draft.place.schools[:2], TODAY
    )
    understand_activity(Activity.objects.get(pk=draft.external.pk))
    assert list(draft.external.executors.values_list("organisation__name", "by_person")) == [
        (one.name, True) for one in draft.place.schools[:2]
    ]


def test_the_words_of_an_executor_are_trusted_again(draft: Plan) -> None:
    executor = draft.external.executors.get()
    correcting.correct_executor(executor, draft.department, "named", draft.place.schools, TODAY)
    correcting.trust_executor(draft.external.executors.first(), draft.department, TODAY)
    assert [(one.kind, one.by_person) for one in draft.external.executors.all()] == [("external", False)]


def test_schools_beside_a_group_nobody_and_strangers_are_refused(here: Plan) -> None:
    executor, department = here.external.executors.get(), here.department
    for kind, schools in (
        ("all_schools", here.place.schools[:1]),
        ("named", []),
        ("named", [here.place.foreign]),
        ("named", [here.place.municipality]),
        ("anybody", []),
    ):
        with pytest.raises(CannotChange):
            correcting.correct_executor(executor, department, kind, schools, TODAY)
    assert here.external.executors.get().kind == "external"


# ---- audit, rights


def test_every_correction_is_in_the_audit_with_what_was_and_what_is(here: Plan) -> None:
    correcting.correct_dates(here.yearly, here.department, [OCTOBER], TODAY, "в октябре 2026 года")
    correcting.correct_executor(here.external.executors.get(), here.department, "methodist", [], TODAY)
    entries = AuditEntry.objects.filter(subject_type="roadmap.activity").order_by("pk")
    assert [one.action for one in entries] == ["activity_dates_corrected", "activity_executor_corrected"]
    assert all(one.action in ACTIONS and one.who == here.department for one in entries)
    assert entries[0].details["before"] != entries[0].details["now"]


def test_in_force_those_correct_who_approve_and_in_a_draft_those_who_edit() -> None:
    here = plan()
    methodist = person(Role.METHODIST, here.place.municipality)
    for user, status in ((here.department, 302), (methodist, 403), (here.director, 403)):
        answer = client_of(user).post(
            reverse("roadmap:correct_dates", args=[here.undated.pk]), {"dates": "01.10.2026–31.10.2026"}
        )
        assert answer.status_code == status, user
    Programme.objects.update(state=Programme.State.DRAFT)
    answer = client_of(methodist).post(
        reverse("roadmap:correct_dates", args=[here.strange.pk]), {"dates": "02.11.2026"}
    )
    assert answer.status_code == 302


def test_a_refused_form_keeps_what_was_typed(here: Plan) -> None:
    client = client_of(here.department)
    answer = client.post(reverse("roadmap:correct_dates", args=[here.undated.pk]), {"dates": "31.02.2026", "words": ""})
    assert answer.status_code == 422
    assert "31.02.2026" in answer.content.decode()
    answer = client.post(reverse("roadmap:correct_dates", args=[here.undated.pk]), {"dates": "", "words": "вскоре"})
    assert answer.status_code == 422
    assert "вскоре" in answer.content.decode()


def test_an_executor_is_corrected_on_the_page(here: Plan) -> None:
    client, executor = client_of(here.department), here.external.executors.get()
    address = reverse("roadmap:correct_executor", args=[here.external.pk, executor.pk])
    school = here.place.schools[0]
    assert client.post(address, {"kind": "named", "organisations": [school.pk]}).status_code == 302
    assert here.external.executors.get().organisation == school
    assert client.post(address, {"kind": "named"}).status_code == 422
    other = reverse("roadmap:correct_executor", args=[here.yearly.pk, executor.pk])
    assert client.post(other, {"kind": "department"}).status_code == 404


def test_who_corrected_is_told_on_the_page(here: Plan) -> None:
    correcting.correct_dates(here.yearly, here.department, [OCTOBER], TODAY)
    words = opened(here.department, "activity", here.yearly.pk).words
    assert "Даты указал человек" in words
    assert str(here.department) in words
    assert "Вернуть даты по словам документа" in words
