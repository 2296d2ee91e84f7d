"""Two people edit the same at once: the second sees both texts, loses nothing and decides himself."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from msoko.web.people.models import AuditEntry
from msoko.web.roadmap.models import Activity, Programme, Section, SwotEntry
from msoko.web.roadmap.services.seen import fingerprint_of
from tests.web.collection.conftest import home
from tests.web.roadmap import signed
from tests.web.roadmap.programme_screens import Screens, approved, screens, the_activity, url

__all__ = ["home"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def shown() -> Screens:
    return screens()


def form_of(client: Client, address: str, within: str = "") -> dict[str, str]:
    """Every field of a form of the page as a browser would send it; `within` is the id of the form."""
    page = client.get(address).content.decode()
    part = page[page.index(f'id="{within}"') :].partition("</form>")[0] if within else page
    found = {}
    for tag, name, more in re.findall(
        r'<(input|textarea|select)[^>]*?name="([\w-]+)"([^<]*(?:<(?!/?form)[^<]*)*?)', part
    ):
        found.setdefault(name, (tag, more))
    said = {}
    for one in re.finditer(r'<input[^>]*name="([\w-]+)"[^>]*>', part):
        value = re.search(r'value="([^"]*)"', one[0])
        if 'type="checkbox"' not in one[0] or "checked" in one[0]:
            said[one[1]] = html.unescape(value[1]) if value else ""
    for one in re.finditer(r'<textarea[^>]*name="([\w-]+)"[^>]*>(.*?)</textarea>', part, re.DOTALL):
        said[one[1]] = html.unescape(one[2].removeprefix("\n"))
    for one in re.finditer(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', part, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', one[2]) or re.search(r'value="([^"]*)"', one[2])
        said[one[1]] = html.unescape(chosen[1]) if chosen else ""
    return said


def plain(answer: object) -> str:
    """What a reader sees."""
    page = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\u00a0", " ")
    return " ".join(page.split())


Case = tuple[Callable[[Screens], str], str, str, str, Callable[[Screens], object]]
CASES: dict[str, Case] = {
    "title": (
        lambda of: url("programme_describe", of.draft.pk), "title", "Моё название", "Чужое название",
        lambda of: Programme.objects.get(pk=of.draft.pk).title,
    ),
    "goal": (
        lambda of: url("programme_passport_field", of.draft.pk, "goal"), "value", "Моя цель", "Чужая цель",
        lambda of: Programme.objects.get(pk=of.draft.pk).passport["goal"],
    ),
    "risks": (
        lambda of: url("programme_passport_field", of.draft.pk, "risks"), "row-0-risk", "Мой риск", "Чужой риск",
        lambda of: Programme.objects.get(pk=of.draft.pk).passport["risks"][0]["risk"],
    ),
    "principles": (
        lambda of: url("programme_principles", of.draft.pk), "lines", "Мой принцип", "Чужой принцип",
        lambda of: Programme.objects.get(pk=of.draft.pk).principles[0],
    ),
    "swot": (
        lambda of: url("programme_swot_entry", SwotEntry.objects.get().pk), "text", "Моя угроза", "Чужая угроза",
        lambda of: SwotEntry.objects.get().text,
    ),
    "roadmap": (
        lambda of: url("programme_contents", of.draft.roadmaps.get().pk), "title", "Моя карта", "Чужая карта",
        lambda of: of.draft.roadmaps.get().title,
    ),
    "activity": (
        lambda of: url("programme_activity", the_activity_of(of).pk), "result", "Мой результат", "Чужой результат",
        lambda of: the_activity_of(of).result,
    ),
}  # fmt: skip
BUTTONS = {"risks": {"save": ""}, "roadmap": {"describe": "1"}}


def the_activity_of(of: Screens) -> Activity:
    return the_activity(of.draft)


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_second_of_two_sees_both_texts_and_saves_his_over_only_when_he_says_so(shown: Screens, name: str) -> None:
    address, field, mine, theirs, stored = CASES[name]
    where, button = address(shown), BUTTONS.get(name, {})
    form = "rows" if name == "risks" else "mine"
    my_form = form_of(shown.department, where, form)
    their_form = form_of(shown.methodist, where, form)
    shown.methodist.post(where, {**their_form, field: theirs, **button})
    answer = shown.department.post(where, {**my_form, field: mine, **button})
    assert stored(shown) == theirs
    told = plain(answer)
    assert "это сохранил кто-то ещё" in told
    assert mine in told
    assert theirs in told
    assert "Методическая служба" in told
    assert f"{AuditEntry.objects.order_by('pk').last().at:%d.%m.%Y}" in told
    again = shown.department.post(where, {**my_form, field: mine, **button, "seen": seen_in(answer, form)})
    assert again.status_code == 302
    assert stored(shown) == mine


def seen_in(answer: object, form: str = "mine") -> str:
    """With what the button «save mine over» is sent."""
    page = answer.content.decode()
    return re.search(r'name="seen" value="(\w+)"', page[page.index(f'id="{form}"') :])[1]


@pytest.mark.parametrize("name", sorted(CASES))
def test_two_who_say_the_same_need_not_be_asked(shown: Screens, name: str) -> None:
    address, field, mine, _, stored = CASES[name]
    where, button = address(shown), BUTTONS.get(name, {})
    form = form_of(shown.department, where, "rows" if name == "risks" else "mine")
    for client in (shown.methodist, shown.department):
        assert client.post(where, {**form, field: mine, **button}).status_code == 302
    assert stored(shown) == mine


def test_what_the_other_has_changed_elsewhere_is_no_quarrel(shown: Screens) -> None:
    goal, tasks = (url("programme_passport_field", shown.draft.pk, name) for name in ("goal", "tasks"))
    mine = form_of(shown.department, goal, "mine")
    shown.methodist.post(tasks, {**form_of(shown.methodist, tasks, "mine"), "value": "Задача"})
    assert shown.department.post(goal, {**mine, "value": "Цель"}).status_code == 302
    assert Programme.objects.get(pk=shown.draft.pk).passport == {"goal": "Цель", "tasks": ["Задача"]}


def test_all_fields_of_an_activity_that_differ_are_shown(shown: Screens) -> None:
    where = url("programme_activity", the_activity_of(shown).pk)
    mine = form_of(shown.department, where, "mine")
    shown.methodist.post(where, {**mine, "deadline": "до 15 мая", "evidence": "приказ\nсправка"})
    told = plain(shown.department.post(where, {**mine, "executors_words": "УО", "level": "municipality"}))
    for words in ("до 15 мая", "приказ справка", "УО", "муниципалитет", "школа", "пусто"):
        assert words in told.partition("Оставить сохранённый")[0]
    assert "Ожидаемый результат" not in told.partition("Оставить сохранённый")[0].partition("сохранил кто-то")[2]


def test_a_mistake_in_the_form_does_not_make_it_forget_what_it_saw(shown: Screens) -> None:
    where = url("programme_activity", the_activity_of(shown).pk)
    mine = form_of(shown.department, where, "mine")
    shown.methodist.post(where, {**mine, "result": "Чужой результат"})
    refused = shown.department.post(where, {**mine, "own_dates": "вчера"})
    again = shown.department.post(where, {**mine, "result": "Мой", "seen": seen_in(refused)})
    assert "это сохранил кто-то ещё" in plain(again)
    assert the_activity_of(shown).result == "Чужой результат"


def test_a_section_renamed_by_two_at_once_gets_a_page_with_both_titles(shown: Screens) -> None:
    section = Section.objects.get(roadmap__programme=shown.draft)
    act = url("programme_contents_act", section.roadmap_id)
    seen = fingerprint_of({"title": section.title})
    for client, title in ((shown.methodist, "Чужой раздел"), (shown.department, "Мой раздел")):
        answer = client.post(act, {"section_rename": section.pk, "title": title, "seen": seen})
    told = plain(answer)
    assert "это сохранил кто-то ещё" in told
    assert "Чужой раздел" in told
    assert 'name="section_rename"' in answer.content.decode()
    shown.department.post(act, {"section_rename": section.pk, "title": "Мой раздел", "seen": seen_in(answer)})
    section.refresh_from_db()
    assert section.title == "Мой раздел"


def test_what_was_typed_about_an_activity_that_was_removed_meanwhile_can_be_added_anew(shown: Screens) -> None:
    one = the_activity_of(shown)
    where = url("programme_activity", one.pk)
    mine = form_of(shown.department, where, "mine")
    shown.methodist.post(url("programme_contents_act", one.roadmap_id), {"activity_remove": one.pk})
    answer = shown.department.post(where, {**mine, "result": "Мой длинный текст"})
    assert "его удалили, пока страница была открыта" in plain(answer)
    assert "Мой длинный текст" in answer.content.decode()
    action = re.search(r'id="mine" action="([^"]+)"', answer.content.decode())[1]
    assert shown.department.post(action, {**mine, "result": "Мой длинный текст"}).status_code == 302
    assert the_activity_of(shown).result == "Мой длинный текст"


def test_an_activity_removed_meanwhile_is_read_back_all_the_same(shown: Screens) -> None:
    one = the_activity_of(shown)
    where = url("programme_activity", one.pk)
    mine = form_of(shown.department, where, "mine")
    shown.methodist.post(url("programme_contents_act", one.roadmap_id), {"activity_remove": one.pk})
    answer = shown.department.post(where, {**mine, "result": "Мой длинный текст", "check": "1"})
    assert "его удалили, пока страница была открыта" in plain(answer)
    assert "Мой длинный текст" in answer.content.decode()


def test_what_was_typed_when_the_programme_was_approved_meanwhile_stays_on_the_page(shown: Screens) -> None:
    where = url("programme_passport_field", shown.draft.pk, "goal")
    mine = form_of(shown.department, where, "mine")
    approved(shown.draft)
    answer = shown.department.post(where, {**mine, "value": "Моя длинная цель"})
    assert "Программа утверждена" in plain(answer)
    assert "Моя длинная цель" in answer.content.decode()


# ---- what was understood of an activity


def test_dates_corrected_by_two_at_once(shown: Screens) -> None:
    one = the_activity_of(shown)
    page, where = url("activity", one.pk), url("correct_dates", one.pk)
    mine = form_of(shown.department, page, "dates-form")
    shown.methodist.post(where, {**mine, "dates": "15.10.2026"})
    answer = shown.department.post(where, {**mine, "dates": "20.11.2026"})
    told = plain(answer)
    assert "это сохранил кто-то ещё" in told
    assert "15.10.2026" in told
    assert the_activity_of(shown).windows == [["2026-10-15", "2026-10-15"]]
    shown.department.post(where, {**mine, "dates": "20.11.2026", "seen": seen_in(answer, "dates-form")})
    assert the_activity_of(shown).windows == [["2026-11-20", "2026-11-20"]]


def test_an_executor_corrected_by_two_at_once(shown: Screens) -> None:
    one = the_activity_of(shown)
    executor = one.executors.get()
    page, where = url("activity", one.pk), url("correct_executor", one.pk, executor.pk)
    mine = form_of(shown.department, page, f"executor-form-{executor.pk}")
    shown.methodist.post(where, {**mine, "kind": "methodist"})
    answer = shown.department.post(where, {**mine, "kind": "department"})
    told = plain(answer)
    assert "это сохранил кто-то ещё" in told
    executor.refresh_from_db()
    assert executor.kind == "methodist"
    form = f"executor-form-{executor.pk}"
    shown.department.post(where, {**mine, "kind": "department", "seen": seen_in(answer, form)})
    executor.refresh_from_db()
    assert executor.kind == "department"


# ---- signed documents


def test_the_passport_of_a_document_put_right_by_two_at_once(shown: Screens, home: object) -> None:
    document = signed.reviewed(shown.here.municipality)
    where = reverse("roadmap:import_passport", args=[document.pk])
    mine = {**form_of(shown.department, where, "mine"), "begins": "2025-09-01", "ends": "2027-08-31"}
    shown.methodist.post(where, {**mine, "title": "Чужое название"})
    answer = shown.department.post(where, {**mine, "title": "Моё название"})
    told = plain(answer)
    for words in ("это сохранил кто-то ещё", "Чужое название", "Моё название", "Методическая служба"):
        assert words in told
    shown.department.post(where, {**mine, "title": "Моё название", "seen": seen_in(answer)})
    document.refresh_from_db()
    assert document.title == "Моё название"


# ---- the whole draft


def test_a_draft_that_was_changed_while_it_was_being_approved_is_not_approved_unseen(shown: Screens) -> None:
    Activity.objects.update(windows=[["2027-09-01", "2027-09-30"]])  # nothing of the past is to be asked about
    where = url("programme_approve", shown.draft.pk)
    order = {"order_words": "Приказ № 41", "on": "2026-01-12"}
    page = shown.department.get(where)
    one = url("programme_activity", the_activity_of(shown).pk)
    shown.methodist.post(one, {**form_of(shown.methodist, one, "mine"), "result": "Совсем другой результат"})
    said = {**order, "seen": seen_of(page)}
    answer = shown.department.post(where, said)
    assert "проект изменился: ничего не утверждено" in plain(answer)
    assert "Приказ № 41" in answer.content.decode()
    assert Programme.objects.get(pk=shown.draft.pk).is_draft
    assert shown.department.post(where, {**order, "seen": seen_of(answer)}).status_code == 302
    assert Programme.objects.get(pk=shown.draft.pk).is_live


def seen_of(answer: object) -> str:
    return re.search(r'name="seen" value="(\w+)"', answer.content.decode())[1]
