"""The question about due dates that have passed, on both ways into force, and the page on which it is changed."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from msoko.web.people.sight import sight_of
from msoko.web.roadmap.models import Assignment, Programme
from msoko.web.roadmap.past_dates_forms import passed_of, school_year_begins
from msoko.web.roadmap.written_report import WrittenReport
from tests.web.collection.conftest import home
from tests.web.roadmap import making, signed
from tests.web.roadmap.programme_screens import ORDER, get, post, words
from tests.web.roadmap.signed_pages import address, seen

__all__ = ["home"]
pytestmark = pytest.mark.django_db
LONG_AGO, AGO, AHEAD = ("2020-03-01", "2020-03-31"), ("2021-09-01", "2021-09-30"), ("2059-01-01", "2059-01-31")
APPROVED = {"order_words": ORDER, "on": "2020-01-12"}
WHY = "Отчёты за прошлое собраны на бумаге."


@pytest.fixture
def here():
    return making.place(schools=2)


@pytest.fixture
def boss(here):
    return making.person("department", here.municipality)


@pytest.fixture
def department(boss):
    return making.client_of(boss)


@pytest.fixture
def draft(here):
    made = making.programme(here.municipality, state=Programme.State.DRAFT)
    making.activity(made, windows=(LONG_AGO, AGO, AHEAD))
    return made


@pytest.fixture
def card(draft, department):
    """Its roadmap, in force with all its dates."""
    post(department, "programme_approve", draft.pk, past="all", **APPROVED)
    return draft.roadmaps.get()


def states():
    """Of what was given out by now: due date → states."""
    found = {}
    for due, state in Assignment.objects.order_by("due").values_list("due", "state").distinct():
        found.setdefault(due.year, []).append(state)
    return found


def ticked(page):
    return [one.split('"')[0] for one in page.split('name="past" value="')[1:] if "checked" in one.split(">")[0]]


# ---- in words


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([2020, 2021, 2059], "2 срока из 3 уже прошли, последний — 5 мая 2021 г."),
        ([2020, 2058, 2059], "1 срок из 3 уже прошёл, последний — 5 мая 2020 г."),
        ([*range(1990, 2015), 2059], "25 сроков из 26 уже прошли, последний — 5 мая 2014 г."),
        ([2020, 2021], "Прошли все сроки, их 2, последний — 5 мая 2021 г."),
        ([2020], "Единственный срок уже прошёл: 5 мая 2020 г."),
    ],
)
def test_how_many_have_passed_is_said_with_the_whole_and_the_last(years, said):
    passed = passed_of((date(year, 5, 5) for year in years), making.TODAY)
    assert passed.in_words().replace("\u00a0", " ") == said


def test_what_is_due_today_has_not_passed():
    assert passed_of([making.TODAY], making.TODAY) is None


@pytest.mark.parametrize(
    ("today", "begins"),
    [(date(2026, 8, 31), date(2025, 9, 1)), (date(2026, 9, 1), date(2026, 9, 1)), (date(2027, 1, 9), date(2026, 9, 1))],
)
def test_a_school_year_begins_in_september(today, begins):
    assert school_year_begins(today) == begins


# ---- a draft of one's own


def test_the_page_of_approval_asks_about_dates_that_have_passed_and_a_plan_begins_with_its_approval(draft, department):
    page = get(department, "programme_approve", draft.pk)
    assert "2 срока из 3 уже прошли, последний — 30 сентября 2021 г." in page
    assert ticked(page) == ["none"]


def test_it_asks_nothing_where_nothing_has_passed(here, department):
    ahead = making.programme(here.municipality, state=Programme.State.DRAFT)
    making.activity(ahead, windows=(AHEAD,))
    assert 'name="past"' not in get(department, "programme_approve", ahead.pk)
    post(department, "programme_approve", ahead.pk, **APPROVED)
    assert Programme.objects.get(pk=ahead.pk).is_live


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"past": "all"}, {2020: ["planned"], 2021: ["planned"]}),
        ({"past": "since", "past_since": "2021-01-01"}, {2020: ["untracked"], 2021: ["planned"]}),
        ({"past": "none"}, {2020: ["untracked"], 2021: ["untracked"]}),
    ],
)
def test_each_answer_does_what_it_says(draft, department, answer, found):
    post(department, "programme_approve", draft.pk, **APPROVED, **answer)
    assert states() == found


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({}, "Выберите, что делать с прошедшими сроками"),
        ({"past": "else"}, "else"),
        ({"past": "since", "past_since": ""}, "Укажите день, с которого спрашивать"),
        ({"past": "since", "past_since": "2059-01-01"}, "ещё не наступил"),
    ],
)
def test_without_an_answer_nothing_comes_into_force_and_what_was_typed_stays(draft, department, answer, why):
    page = words(post(department, "programme_approve", draft.pk, **APPROVED, **answer))
    assert why in page
    assert f'value="{ORDER}"' in page
    assert Programme.objects.get(pk=draft.pk).is_draft


# ---- a signed document


def test_a_signed_document_is_asked_about_with_everything_ticked_and_a_person_may_say_otherwise(here, department):
    document = signed.reviewed(here.municipality)
    page = department.get(address("live", document.pk)).content.decode()
    assert "уже прош" in page
    assert ticked(page) == ["all"]
    said = {"takes_unchecked": "on", "is_signed": "on", "order_words": ORDER, "approved_on": "2025-08-28"}
    department.post(address("live", document.pk), {**said, "past": "none"})
    today = timezone.localdate()
    assert not Assignment.objects.filter(due__lt=today).exclude(state="untracked").exists()
    assert Programme.objects.get().asked_since == today


def test_the_page_counts_the_due_dates_that_the_programme_then_has(here, department):
    document = signed.reviewed(here.municipality)
    page = seen(department, address("live", document.pk))
    said = {"takes_unchecked": "on", "is_signed": "on", "order_words": ORDER, "approved_on": "2025-08-28"}
    department.post(address("live", document.pk), {**said, "past": "all"})
    dues = [due for one in Programme.objects.get().roadmaps.all() for due in
            one.activities.values_list("occurrences__due", flat=True) if due]  # fmt: skip
    assert passed_of(dues, timezone.localdate()).in_words().replace("\u00a0", " ") in page


def test_a_document_that_becomes_a_draft_is_asked_about_when_it_is_approved(here, department):
    document = signed.reviewed(here.municipality)
    department.post(address("live", document.pk), {"takes_unchecked": "on"})
    assert ticked(get(department, "programme_approve", Programme.objects.get().pk)) == ["all"]


# ---- later


def test_what_has_passed_ceases_to_be_tracked_and_is_asked_for_again_on_its_page(card, department):
    assert reverse("roadmap:past_dates", args=[card.pk]) in get(department, "progress", card.pk)
    assert "4 поручения (2 срока: с 31.03.2020 по 30.09.2021)" in get(department, "past_dates", card.pk)
    stop = {"deed": "stop", "stop-day": "2021-01-01", "stop-reason": WHY}
    assert "Больше не отслеживается: 2 поручения." in words(post(department, "past_dates", card.pk, **stop))
    assert states() == {2020: ["untracked"], 2021: ["planned"]}
    assert "2 поручения (1 срок: 31.03.2020)" in get(department, "past_dates", card.pk)
    again = {"deed": "again", "again-day": "2020-01-01", "again-reason": "Нужен отчёт."}
    assert "Снова спрашивается: 2 поручения." in words(post(department, "past_dates", card.pk, **again))
    assert states() == {2020: ["planned"], 2021: ["planned"]}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"stop-day": "2021-01-01", "stop-reason": ""}, "Назовите причину"),
        ({"stop-day": "2059-01-01", "stop-reason": WHY}, "ещё не наступило"),
        ({"stop-day": "", "stop-reason": WHY}, "Укажите день"),
        ({"stop-day": "2019-01-01", "stop-reason": WHY}, "Таких поручений нет"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(card, department, said, why):
    page = words(post(department, "past_dates", card.pk, deed="stop", **said))
    assert why in page
    assert said["stop-reason"] in page
    assert "untracked" not in str(states())


@pytest.mark.parametrize(("role", "status"), [("methodist", 403), ("curator", 403), ("region", 403), ("school", 403)])
def test_only_who_approves_the_programme_may(card, here, role, status):
    where = {"region": here.region, "school": here.schools[0]}.get(role, here.municipality)
    client = making.client_of(making.person(role, where))
    assert client.get(reverse("roadmap:past_dates", args=[card.pk])).status_code == status
    said = {"deed": "stop", "stop-day": "2021-01-01", "stop-reason": WHY}
    assert client.post(reverse("roadmap:past_dates", args=[card.pk]), said).status_code == status
    assert "past_dates" not in get(client, "progress", card.pk)
    assert "untracked" not in str(states())


def test_out_of_sight_it_is_not_there(card, here):
    stranger = making.client_of(making.person("department", here.neighbour))
    assert stranger.get(reverse("roadmap:past_dates", args=[card.pk])).status_code == 404


# ---- everywhere it is told


def test_every_screen_tells_what_is_not_tracked_apart_from_what_is_done(card, department, here):
    stop = {"deed": "stop", "stop-day": "2021-01-01", "stop-reason": WHY}
    post(department, "past_dates", card.pk, **stop)
    assert "не отслеживаются 2" in get(department, "roadmap", card.pk)
    progress = get(department, "progress", card.pk)
    assert "Принято 0 из 2 поручений" in progress
    assert "Не отслеживаются 2 поручения: отчёта по ним не ждут, исполненными они не считаются." in progress
    gantt = get(department, "gantt", card.pk)
    assert "принято 0 из 2, просрочено 2, не отслеживаются 2" in gantt
    found = words(department.get(reverse("roadmap:assignments"), {"state": "untracked"}))
    assert "Найдено 2 поручения" in found
    assert WHY in found
    director = making.client_of(making.person("school", here.schools[0]))
    one = Assignment.objects.get(state="untracked", organisation=here.schools[0])
    page = get(director, "assignment", one.pk)
    assert "не отслеживается" in page
    assert "Сдать отчёт" not in page
    assert str(one.occurrence.activity.title) in get(director, "my_tasks")
    assert "2020" not in get(director, "my_tasks").split("<main", 1)[1]


def test_the_report_of_execution_counts_each_assignment_once(card, department, boss):
    post(department, "past_dates", card.pk, deed="stop", **{"stop-day": "2021-01-01", "stop-reason": WHY})
    Assignment.objects.filter(due__year=2021).update(state="returned")
    data = WrittenReport(card.programme, sight_of(boss), timezone.localdate()).data()
    (line,) = data.activities
    assert (line.tally.total, line.tally.overdue, line.tally.returned, line.tally.untracked) == (2, 2, 0, 2)
    assert [(one.due, one.count, one.reason) for one in data.untracked] == [(date(2020, 3, 31), 2, WHY)]
    assert sum(tally.total + tally.untracked + tally.cancelled for _, tally in data.executors) == (
        Assignment.objects.count()
    )
