"""Screens of editions: approving, changing, comparing, closing; a school's own programme beside the municipal one."""

import pytest

from msoko.web.roadmap.models import Activity, Assignment, Programme, SwotEntry
from msoko.web.roadmap.services import contents
from msoko.web.roadmap.services.contents import Wording
from msoko.web.roadmap.services.descending import descend
from msoko.web.roadmap.services.editions import new_edition
from tests.web.roadmap.making import activity, programme
from tests.web.roadmap.programme_screens import ORDER, Screens, approved, get, post, screens, the_activity, url, words

pytestmark = pytest.mark.django_db
SIGNED = {"past": "all", "order_words": ORDER, "on": "2020-09-12"}


@pytest.fixture
def shown() -> Screens:
    return screens()


def again(of: Programme) -> Programme:
    return Programme.objects.get(pk=of.pk)


# ---- approving


def test_a_department_approves_by_an_order_and_assignments_are_given_out(shown):
    said = words(post(shown.department, "programme_approve", shown.draft.pk, **SIGNED))
    assert "Программа действует" in said
    assert (again(shown.draft).state, again(shown.draft).order_words) == ("approved", ORDER)
    assert Assignment.objects.count() == 4


@pytest.mark.parametrize(("role", "status"), [("methodist", 403), ("curator", 403), ("region", 403), ("school", 404)])
def test_nobody_else_approves(shown, role, status):
    client = getattr(shown, role)
    assert client.get(url("programme_approve", shown.draft.pk)).status_code == status
    assert client.post(url("programme_approve", shown.draft.pk), SIGNED).status_code == status
    assert again(shown.draft).is_draft


def test_what_lacks_is_listed_instead_of_the_form(shown):
    empty = programme(shown.here.municipality, "Пустая", state=Programme.State.DRAFT)
    said = get(shown.department, "programme_approve", empty.pk)
    assert "Утвердить пока нельзя" in said
    assert "Нет ни одного мероприятия" in said
    assert 'name="order_words"' not in said
    post(shown.department, "programme_approve", empty.pk, **SIGNED)
    assert again(empty).is_draft


def test_an_order_and_its_day_are_asked_for_and_stay_typed(shown):
    said = words(post(shown.department, "programme_approve", shown.draft.pk, order_words="", on="вчера"))
    assert "Укажите приказ" in said
    said = words(post(shown.department, "programme_approve", shown.draft.pk, order_words=ORDER, on="вчера"))
    assert f'value="{ORDER}"' in said
    assert again(shown.draft).is_draft


def test_an_order_is_of_a_day_that_has_come(shown):
    said = words(post(shown.department, "programme_approve", shown.draft.pk, order_words=ORDER, on="2059-01-01"))
    assert "ещё не наступил" in said
    assert again(shown.draft).is_draft


def test_what_was_not_understood_is_told_by_name_and_does_not_hinder(shown):
    activity(shown.draft, "Когда-нибудь", number="7", deadline="как получится", deadline_kind="", windows=())
    activity(shown.draft, "Неизвестно кто", executors=[("unknown", "Совет мудрецов")])
    said = get(shown.department, "programme_approve", shown.draft.pk)
    assert "7 Когда-нибудь" in said
    assert "«как получится»: срок не понят" in said
    assert "«Совет мудрецов»: кто это, система не поняла" in said
    assert url("programme_activity", the_activity(shown.draft, "Когда-нибудь").pk) in said
    post(shown.department, "programme_approve", shown.draft.pk, **SIGNED)
    assert again(shown.draft).is_live


# ---- changing


def test_changes_begin_with_a_reason_and_end_with_another_edition(shown):
    live = approved(shown.draft)
    assert "Почему вносятся изменения" in get(shown.methodist, "programme_edition", live.pk)
    assert "field-error" in words(post(shown.methodist, "programme_edition", live.pk, reason=" "))
    answer = post(shown.methodist, "programme_edition", live.pk, reason="Новый учебный год")
    fresh = live.next
    assert "Проект изменений: Новый учебный год" in words(answer)
    one = the_activity(fresh)
    contents.edit_activity(one, None, Wording("Семинар завучей", "1.1", deadline="ежегодно, май", executors_words="УО"))
    said = get(shown.department, "programme_approve", fresh.pk)
    assert "Утверждение редакции 2" in said
    assert "Мероприятие 1.1: срок «в срок» → «ежегодно, май»" in said
    post(shown.department, "programme_approve", fresh.pk, **SIGNED)
    assert (again(live).state, again(fresh).state) == ("superseded", "approved")
    assert "Мероприятие 1.1: срок «в срок» → «ежегодно, май»" in get(shown.school, "programme_changes", fresh.pk)


def test_a_second_draft_of_changes_is_refused_on_the_page(shown):
    live = approved(shown.draft)
    new_edition(live, None, "Поправки")
    said = words(post(shown.department, "programme_edition", live.pk, reason="Ещё"))
    assert "Проект новой редакции уже есть" in said
    assert "Ещё</textarea>" in said


def test_a_draft_of_changes_is_thrown_away_and_the_edition_in_force_stays(shown):
    live = approved(shown.draft)
    fresh = new_edition(live, None, "Поправки")
    answer = post(shown.department, "programme_discard", fresh.pk)
    assert "Проект удалён" in words(answer)
    assert again(live).is_live
    assert not Programme.objects.filter(pk=fresh.pk).exists()


def test_an_order_of_who_may_read_only_changes_nothing(shown):
    live = approved(shown.draft)
    for role in ("region", "curator", "school"):
        for name in ("programme_edition", "programme_close", "programme_discard"):
            assert getattr(shown, role).post(url(name, live.pk), {"reason": "Хочу"}).status_code == 403, (role, name)
    assert shown.methodist.post(url("programme_close", live.pk), {"reason": "Хочу"}).status_code == 403
    assert again(live).is_live
    assert not hasattr(again(live), "next")


def test_a_programme_is_closed_with_a_reason(shown):
    live = approved(shown.draft)
    said = words(post(shown.department, "programme_close", live.pk, reason=""))
    assert "field-error" in said
    assert "Программа завершена" in words(post(shown.department, "programme_close", live.pk, reason="Срок истёк"))
    assert again(live).state == "closed"
    assert "Завершены: 1 программа" in get(shown.department, "programmes")


# ---- a school's own programme


def test_a_school_composes_its_own_programme_and_approves_it_itself(shown):
    live = approved(shown.draft)
    said = words(post(shown.school, "programme_descend", live.pk, template=""))
    own = Programme.objects.get(organisation=shown.here.schools[0])
    assert "Проект программы школы готов" in said
    assert [one.title for one in Activity.objects.filter(roadmap__programme=own)] == ["Семинар завучей"]
    post(shown.school, "programme_approve", own.pk, **SIGNED)
    assert again(own).is_live
    assert own.parent == live


def test_a_department_begins_it_for_a_school_of_its_own_only(shown):
    live = approved(shown.draft)
    page = get(shown.department, "programme_descend", live.pk)
    assert "МБОУ «СОШ № 2»" in page
    assert "Школа за рекой" not in page
    post(shown.department, "programme_descend", live.pk, school=shown.here.foreign.pk, template="")
    assert not Programme.objects.filter(organisation=shown.here.foreign).exists()
    post(shown.department, "programme_descend", live.pk, school=shown.here.schools[1].pk, template="effective_school")
    made = Programme.objects.get(organisation=shown.here.schools[1])
    assert made.template == "effective_school"
    assert SwotEntry.objects.filter(programme=made).exists()
    assert "МБОУ «СОШ № 2»" not in get(shown.department, "programme_descend", live.pk).split('<form class="form"')[1]


@pytest.mark.parametrize("role", ["region", "curator", "neighbour"])
def test_nobody_else_composes_a_programme_for_a_school(shown, role):
    live = approved(shown.draft)
    status = 404 if role == "neighbour" else 403
    client = getattr(shown, role)
    assert client.post(url("programme_descend", live.pk), {"school": shown.here.schools[1].pk}).status_code == status
    assert not Programme.objects.filter(parent=live).exists()


def test_a_draft_has_no_descendants(shown):
    said = words(post(shown.department, "programme_descend", shown.draft.pk, school=shown.here.schools[1].pk))
    assert "не действует" in said


@pytest.fixture
def own(shown: Screens) -> Programme:
    return descend(approved(shown.draft), shown.here.schools[0], None)


def test_the_municipal_words_stand_beside_the_school_s(shown, own):
    one = the_activity(own)
    contents.edit_activity(one, None, Wording("Семинар завучей", deadline="ежегодно, май", executors_words="Директор"))
    said = get(shown.school, "programme_tab", pk=own.pk, tab="municipal")
    assert "Срок: в срок" in said
    assert "Срок: ежегодно, май" in said
    assert "изменилась" not in said


def test_a_school_learns_that_the_municipal_programme_has_changed_and_takes_what_is_new(shown, own):
    live = own.parent
    fresh = new_edition(live, None, "Поправки")
    where = the_activity(fresh).section
    contents.add_activity(where, None, Wording("Работа с родителями", "1.3", level="school", executors_words="ОО"))
    approved(fresh)
    said = get(shown.school, "programme_tab", pk=own.pk, tab="municipal")
    assert "Муниципальная программа изменилась" in said
    assert "Мероприятие 1.3: добавлено «Работа с родителями»" in said
    assert "Муниципальная программа изменилась" in get(shown.school, "programme", own.pk)
    assert "прежней, 1" in get(shown.department, "programme_tab", pk=fresh.pk, tab="schools")
    answer = words(post(shown.school, "programme_take", own.pk))
    assert "1 мероприятие добавлено" in answer
    assert the_activity(own, "Работа с родителями").descends_from.roadmap.programme == fresh
    post(shown.school, "programme_follow", own.pk)
    assert again(own).parent == fresh
    assert "изменилась" not in get(shown.school, "programme_tab", pk=own.pk, tab="municipal")
    assert "действующей, 2" in get(shown.department, "programme_tab", pk=fresh.pk, tab="schools")


def test_only_who_edits_the_school_s_programme_follows_and_takes(shown, own):
    for name in ("programme_follow", "programme_take"):
        assert shown.region.post(url(name, own.pk)).status_code == 403
        assert shown.neighbour.post(url(name, own.pk)).status_code == 404
        assert shown.school.get(url(name, own.pk)).status_code == 405


def test_what_is_taken_into_a_frozen_programme_is_refused_with_the_reason(shown, own):
    post(shown.school, "programme_approve", own.pk, **SIGNED)
    assert "текст не меняется" in words(post(shown.school, "programme_take", own.pk))
