"""Coming into force, changes as a new edition, the end of a programme."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.web.people.models import User
from msoko.web.roadmap.models import Activity, Assignment, Executor, Programme, SwotEntry
from msoko.web.roadmap.services import contents, programmes
from msoko.web.roadmap.services.contents import Wording
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.editions import approve, close, differences, lacks, new_edition
from msoko.web.roadmap.services.executing import report
from tests.web.roadmap.making import TODAY, Place, activity, person, place, programme, section

pytestmark = pytest.mark.django_db
ORDER = "Приказ от 12.09.2026 № 41"


@pytest.fixture
def here() -> Place:
    return place()


@pytest.fixture
def boss(here: Place) -> User:
    return person("department", here.municipality)


@pytest.fixture
def draft(here: Place) -> Programme:
    made = programme(here.municipality, state=Programme.State.DRAFT)
    activity(made, "Семинар", number="1.1", within=section(made, "Учителя"))
    activity(made, "Выезд", number="1.2", within=section(made, "Учителя"), executors=[here.schools[0]])
    SwotEntry.objects.create(programme=made, list="threats", text="Кадры уходят")
    return made


@pytest.fixture
def live(draft: Programme, boss: User) -> Programme:
    return approve(draft, boss, TODAY, ORDER)


def assignments(of: Programme) -> list[tuple[str, str, str]]:
    found = Assignment.objects.filter(occurrence__activity__roadmap__programme=of)
    rows = found.values_list("occurrence__activity__title", "organisation__name", "state")
    return sorted(rows)


# ---- coming into force


def test_an_approved_draft_gives_out_its_assignments(live, boss, here):
    live.refresh_from_db()
    assert (live.state, live.order_words, live.approved_on, live.approved_by) == ("approved", ORDER, TODAY, boss)
    assert len(assignments(live)) == len(here.schools) + 1


def test_a_draft_without_activities_or_without_an_order_is_refused_with_all_that_lacks(here):
    empty = programme(here.municipality, state=Programme.State.DRAFT)
    with pytest.raises(CannotChange) as refusal:
        approve(empty, None, TODAY, " ")
    assert len(refusal.value.reasons) == 2
    empty.refresh_from_db()
    assert empty.is_draft


def test_a_roadmap_without_activities_is_named(draft):
    contents.add_roadmap(draft, None, "Пустая карта")
    (reason,) = lacks(draft)
    assert "«Пустая карта»" in reason


def test_what_was_not_understood_does_not_hinder(draft, boss):
    activity(draft, "Когда-нибудь", deadline="как получится", deadline_kind="", windows=(), executors=("unknown",))
    assert lacks(draft) == []
    assert approve(draft, boss, TODAY, ORDER).is_live


def test_approved_is_approved_once(live, boss):
    with pytest.raises(CannotChange, match="утверждена"):
        approve(live, boss, TODAY, ORDER)


# ---- changes


def told(of: Programme) -> object:
    activities = Activity.objects.filter(roadmap__programme=of)
    fields = ("number", "title", "deadline", "deadline_kind", "windows", "dates_by_person", "result", "order", "level")
    executors = Executor.objects.filter(activity__roadmap__programme=of)
    return (
        list(activities.values_list("roadmap__title", "section__title", *fields)),
        list(executors.values_list("activity__title", "words", "kind", "organisation", "by_person", "order")),
        list(of.swot.values_list("list", "text", "finding", "order")),
        (of.title, of.begins, of.ends, of.passport, of.principles, of.parent_id, of.template),
    )


def test_a_new_edition_says_what_the_one_in_force_says(live, boss):
    fresh = new_edition(live, boss, "Новый учебный год")
    assert (fresh.state, fresh.edition, fresh.previous, fresh.why_changed) == ("draft", 2, live, "Новый учебный год")
    assert told(fresh) == told(live)
    assert differences(live, fresh) == []
    origins = Activity.objects.filter(roadmap__programme=fresh).values_list("descends_from__title", flat=True)
    assert list(origins) == ["Семинар", "Выезд"]


def test_dates_and_executors_of_a_person_come_along(live, boss, here):
    one = Activity.objects.get(title="Семинар")
    one.windows, one.dates_by_person = [["2026-11-01", "2026-11-02"]], True
    one.save()
    one.executors.update(kind="named", organisation=here.schools[1], by_person=True)
    fresh = new_edition(live, boss, "Поправки")
    copy = Activity.objects.get(title="Семинар", roadmap__programme=fresh)
    assert (copy.windows, copy.dates_by_person) == ([["2026-11-01", "2026-11-02"]], True)
    assert copy.executors.get().organisation == here.schools[1]


def test_changes_need_a_reason_and_there_is_one_draft_of_them(live, boss):
    with pytest.raises(CannotChange, match="почему"):
        new_edition(live, boss, " ")
    new_edition(live, boss, "Поправки")
    with pytest.raises(CannotChange, match=r"уже.есть"):
        new_edition(live, boss, "Ещё поправки")


def test_a_draft_is_not_changed_by_an_edition(draft, boss):
    with pytest.raises(CannotChange, match=r"не.действует"):
        new_edition(draft, boss, "Поправки")


def test_a_new_edition_without_differences_is_not_approved(live, boss):
    fresh = new_edition(live, boss, "Поправки")
    with pytest.raises(CannotChange, match=r"не.отличается"):
        approve(fresh, boss, TODAY, ORDER)


def test_an_approved_edition_supersedes_the_one_before_and_tells_what_changed(live, boss):
    fresh = new_edition(live, boss, "Поправки")
    one = Activity.objects.get(title="Семинар", roadmap__programme=fresh)
    contents.edit_activity(
        one, boss, Wording("Семинар", "1.1", deadline="до 30 ноября 2026 года", executors_words="УО")
    )
    approve(fresh, boss, TODAY, ORDER)
    live.refresh_from_db()
    fresh.refresh_from_db()
    assert (live.state, fresh.state) == ("superseded", "approved")
    assert fresh.changes[0]["text"] == "срок «в срок» → «до 30 ноября 2026 года»"
    assert {change["place"] for change in fresh.changes} == {"мероприятие 1.1"}


def test_what_was_handed_in_before_stays_with_what_it_was_for(live, boss, here):
    done = Assignment.objects.get(occurrence__activity__title="Выезд")
    school = person("school", here.schools[0])
    report(done, school, done="Съездили", participants=3, numbers=[], done_on=TODAY)
    fresh = new_edition(live, boss, "Поправки")
    contents.edit_activity(
        Activity.objects.get(title="Семинар", roadmap__programme=fresh), boss, Wording("Семинар для завучей", "1.1")
    )
    approve(fresh, boss, TODAY, ORDER)
    done.refresh_from_db()
    assert (done.state, done.occurrence.activity.roadmap.programme) == ("reported", fresh)


def test_differences_ask_the_database_the_same_for_3_and_60_activities(here, boss):
    counts = []
    for number in (3, 60):
        made = programme(here.municipality, f"Программа {number}", state=Programme.State.DRAFT)
        for one in range(number):
            activity(made, f"Дело {one}", within=section(made, f"Раздел {one % 7}"))
        approve(made, boss, TODAY, ORDER)
        with CaptureQueriesContext(connection) as copying:
            fresh = new_edition(made, boss, "Поправки")
        programmes.set_principles(fresh, boss, ["Честность"])
        with CaptureQueriesContext(connection) as comparing:
            differences(made, fresh)
        counts.append((len(copying), len(comparing)))
    assert counts[0] == counts[1]


def test_the_edition_before_must_be_in_force_when_its_successor_is_approved(live, boss):
    fresh = new_edition(live, boss, "Поправки")
    programmes.set_principles(fresh, boss, ["Честность"])
    Programme.objects.filter(pk=live.pk).update(state=Programme.State.CLOSED)
    with pytest.raises(CannotChange, match=r"не.действует"):
        approve(Programme.objects.get(pk=fresh.pk), boss, TODAY, ORDER)


# ---- the end


def test_what_is_open_is_cancelled_when_a_programme_is_closed(live, boss):
    close(live, boss, "Срок истёк")
    live.refresh_from_db()
    assert live.state == "closed"
    assert {state for _, _, state in assignments(live)} == {"cancelled"}
    assert "Срок истёк" in Assignment.objects.first().reason


def test_a_programme_is_not_closed_over_unverified_reports_or_a_draft_of_changes(live, boss, here):
    new_edition(live, boss, "Поправки")
    with pytest.raises(CannotChange, match=r"Проект.новой.редакции"):
        close(live, boss, "Срок истёк")
    programmes.discard(live.next, boss)
    one = Assignment.objects.get(occurrence__activity__title="Выезд")
    report(one, person("school", here.schools[0]), done="Съездили", participants=3, numbers=[], done_on=TODAY)
    live = Programme.objects.get(pk=live.pk)
    with pytest.raises(CannotChange, match=r"1.отчёт"):
        close(live, boss, "Срок истёк")
    live.refresh_from_db()
    assert live.is_live


def test_closing_needs_a_reason_and_a_programme_in_force(live, draft, boss, here):
    with pytest.raises(CannotChange, match="почему"):
        close(live, boss, "  ")
    with pytest.raises(CannotChange, match="действующую"):
        close(programme(here.municipality, state=Programme.State.DRAFT), boss, "Срок истёк")


def test_an_edition_begins_after_its_programme_has_ended(here, boss):
    """A document is entered a year late: it is approved all the same."""
    late = programme(here.municipality, state=Programme.State.DRAFT, begins=date(2020, 1, 1), ends=date(2020, 12, 31))
    activity(late, windows=[("2020-09-01", "2020-09-30")])
    assert approve(late, boss, date(2020, 1, 9), ORDER, today=TODAY).is_live
