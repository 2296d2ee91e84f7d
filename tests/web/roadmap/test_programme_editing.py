"""Screens of a draft: everything is edited, what was typed stays, who may not is refused, what is frozen says so."""

import re

import pytest
from django.utils import timezone

from msoko.core.roadmap.changes import differences
from msoko.web.analysis.models import Finding
from msoko.web.roadmap.edition_texts import text_of
from msoko.web.roadmap.models import Activity, Programme, SwotEntry
from msoko.web.roadmap.services.starting import start
from tests.web.roadmap.programme_screens import Screens, approved, finding, get, post, screens, the_activity, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown() -> Screens:
    return screens()


def again(of: Programme) -> Programme:
    return Programme.objects.get(pk=of.pk)


# ---- title, passport, principles


def test_title_and_period_are_edited_and_errors_keep_what_was_typed(shown):
    said = words(
        post(shown.methodist, "programme_describe", shown.draft.pk, title="Иначе", begins="2026-01-01", ends="x")
    )
    assert "Иначе</textarea>" in said
    assert again(shown.draft).title == "Программа качества"
    post(shown.methodist, "programme_describe", shown.draft.pk, title="Иначе", begins="2026-01-01", ends="2028-12-31")
    assert (again(shown.draft).title, again(shown.draft).ends.year) == ("Иначе", 2028)


@pytest.mark.parametrize("begins", ["0001-01-01", "9999-12-31", "1026-01-01"])
def test_an_impossible_year_is_refused_beside_its_field(shown, begins):
    said = words(
        post(shown.department, "programme_describe", shown.draft.pk, title="Иначе", begins=begins, ends="2026-12-31")
    )
    assert "Проверьте год" in said


def test_texts_and_lines_of_the_passport_are_edited(shown):
    pk = shown.draft.pk
    post(shown.department, "programme_passport_field", pk, "goal", value="Поднять результаты")
    answer = post(shown.department, "programme_passport_field", pk, "tasks", value="Первая\n\n  Вторая  ")
    assert again(shown.draft).passport == {"goal": "Поднять результаты", "tasks": ["Первая", "Вторая"]}
    assert "Вторая" in words(answer)
    assert "Первая\nВторая" in shown.department.get(url("programme_passport_field", pk, "tasks")).content.decode()
    post(shown.department, "programme_passport_field", pk, "goal", value="")
    assert again(shown.draft).passport == {"tasks": ["Первая", "Вторая"]}
    get(shown.department, "programme_passport_field", pk, "slogan", status=404)


def test_principles_are_lines(shown):
    post(shown.department, "programme_principles", shown.draft.pk, lines="Честность\nОткрытость")
    assert again(shown.draft).principles == ["Честность", "Открытость"]


# ---- rows of the passport


def rows(of: Screens, field: str, **said: str) -> str:
    return words(post(of.department, "programme_passport_field", of.draft.pk, field, **said))


INDICATOR = {
    "row-0-name": "Доля школ", "row-0-unit": "%", "row-0-comparator": "≤", "row-0-base": "12,5",
    "row-0-target_2026": "10", "row-0-target_2027": "", "row-0-how": "По выводам", "row-0-direction": "low_results",
}  # fmt: skip


def test_rows_are_stored_with_numbers_as_they_are_written_in_russian(shown):
    rows(shown, "indicators", rows="2", save="", **INDICATOR, **{"row-1-name": ""})
    (stored,) = again(shown.draft).passport["indicators"]
    assert (stored["base"], stored["targets"], stored["direction"]) == (12.5, {"2026": 10.0}, "low_results")
    said = get(shown.department, "programme", shown.draft.pk)
    assert "≤ 10 %" in said
    assert "не задано" in said
    assert 'value="12,5"' in get(shown.department, "programme_passport_field", shown.draft.pk, "indicators")


@pytest.mark.parametrize("number", ["много", "NaN", "inf", "1e5", "1,2345", "٣"])
def test_what_is_no_number_is_refused_beside_it_and_stays_typed(shown, number):
    said = rows(shown, "indicators", rows="1", save="", **{**INDICATOR, "row-0-base": number})
    assert "Доля школ" in said
    assert f'value="{number}"' in said
    assert "field-error" in said
    assert again(shown.draft).passport == {}


def test_a_row_without_its_first_word_is_refused(shown):
    said = rows(shown, "risks", rows="1", save="", **{"row-0-risk": "", "row-0-mitigation": "Наставники"})
    assert "Заполните это поле" in said
    assert "Наставники" in said


def test_rows_are_added_moved_and_removed_without_scripts_and_without_losing_what_is_typed(shown):
    typed = {"row-0-risk": "Первый", "row-1-risk": "Второй", "row-1-mitigation": "Меры"}
    added = rows(shown, "risks", rows="2", add="1", **typed)
    assert 'name="rows" value="3"' in added
    moved = rows(shown, "risks", rows="2", down="0", **typed)
    assert moved.index("Второй</textarea>") < moved.index("Первый</textarea>")
    removed = rows(shown, "risks", rows="2", remove="0", **typed)
    assert "Первый" not in removed
    assert "Второй" in removed
    assert again(shown.draft).passport == {}


@pytest.mark.parametrize("said", [{"rows": "x"}, {"rows": "-1"}, {"rows": "99999"}, {"rows": "2", "up": "7"},
                                  {"rows": "1", "remove": "²"}, {}])  # fmt: skip
def test_a_form_that_was_tampered_with_does_no_harm(shown, said):
    assert "<h1>" in rows(shown, "stages", **said)


def test_stages_have_days_in_their_order(shown):
    wrong = {"row-0-title": "Основной", "row-0-begins": "2026-06-01", "row-0-ends": "2026-01-01"}
    assert "Окончание раньше начала" in rows(shown, "stages", rows="1", save="", **wrong)
    rows(shown, "stages", rows="1", save="", **{**wrong, "row-0-ends": "2026-12-31"})
    assert again(shown.draft).passport["stages"][0]["ends"] == "2026-12-31"


@pytest.mark.parametrize("field", ["stages", "indicators", "resources", "participants", "risks"])
def test_saving_the_rows_of_a_template_as_they_are_changes_nothing(shown, field):
    made = start("quality_programme", shown.here.municipality, 2026, None)
    address = url("programme_passport_field", made.pk, field)
    forms = shown.department.get(address).context["rows"].forms
    said = {bound.html_name: "" if bound.value() is None else str(bound.value()) for one in forms for bound in one}
    shown.department.post(address, {**said, "rows": len(forms)})
    assert differences(text_of(made), text_of(again(made))) == []


# ---- SWOT


def test_lines_of_swot_are_added_with_a_finding_edited_moved_and_removed(shown):
    pk, found = shown.draft.pk, finding(shown)
    said = words(
        post(shown.department, "programme_swot_add", pk, list="weaknesses", text="Мало часов", finding=found.pk)
    )
    assert "Мало часов" in said
    assert url("programme_swot_findings", pk) in said
    entry = SwotEntry.objects.get(text="Мало часов")
    assert entry.finding == found
    post(shown.department, "programme_swot_entry", entry.pk, list="threats", text="Мало кадров", finding="")
    entry.refresh_from_db()
    assert (entry.list, entry.text, entry.finding) == ("threats", "Мало кадров", None)
    post(shown.department, "programme_swot_act", entry.pk, up="")
    assert [one.text for one in shown.draft.swot.filter(list="threats")] == ["Мало кадров", "Кадры уходят"]
    post(shown.department, "programme_swot_act", entry.pk, remove="")
    assert not SwotEntry.objects.filter(pk=entry.pk).exists()


def test_a_line_without_text_keeps_the_chosen_list(shown):
    said = words(post(shown.department, "programme_swot_add", shown.draft.pk, list="opportunities", text=" "))
    assert "field-error" in said
    assert re.search(r'value="opportunities" selected', said)


def test_confirmed_findings_become_lines_once(shown):
    first, second = finding(shown, 0), finding(shown, 1, "Не справились 9 из 30.")
    finding(shown, 2, "Новый вывод.", state="new", decided_at=None)
    page = get(shown.methodist, "programme_swot_findings", shown.draft.pk)
    assert "МБОУ «СОШ № 1»: Не справились 18 из 41." in page
    assert "Новый вывод" not in page
    post(shown.methodist, "programme_swot_findings", shown.draft.pk, finding=[first.pk, second.pk, 999])
    lines = shown.draft.swot.filter(list="weaknesses")
    assert [(one.finding, one.text) for one in lines] == [
        (first, "МБОУ «СОШ № 1»: Не справились 18 из 41."),
        (second, "МБОУ «СОШ № 2»: Не справились 9 из 30."),
    ]
    assert "Добавлять нечего" in get(shown.methodist, "programme_swot_findings", shown.draft.pk)


def test_a_finding_of_another_municipality_cannot_be_chosen(shown):
    foreign = Finding.objects.create(
        organisation=shown.here.foreign, method="low_results.posterior", year=2026, version="1", verdict="steady",
        digest="x", own_inputs="", state="confirmed", sentence="Чужой вывод",
    )  # fmt: skip
    post(shown.department, "programme_swot_add", shown.draft.pk, list="weaknesses", text="Чужое", finding=foreign.pk)
    assert not SwotEntry.objects.filter(finding=foreign).exists()
    assert "Чужой вывод" not in get(shown.department, "programme_tab", pk=shown.draft.pk, tab="swot")


def test_a_finding_that_newer_data_replaced_stays_with_its_line(shown):
    found = finding(shown)
    entry = SwotEntry.objects.create(programme=shown.draft, list="threats", text="Было", finding=found)
    Finding.objects.filter(pk=found.pk).update(superseded_at=timezone.now())
    post(shown.department, "programme_swot_entry", entry.pk, list="threats", text="Стало", finding=found.pk)
    entry.refresh_from_db()
    assert (entry.text, entry.finding) == ("Стало", found)


# ---- who may, and what is frozen


def addresses(of: Screens) -> list[tuple[str, tuple[object, ...]]]:
    pk, entry, one = of.draft.pk, of.draft.swot.get().pk, the_activity(of.draft)
    return [
        ("programme_describe", (pk,)), ("programme_passport_field", (pk, "goal")),
        ("programme_passport_field", (pk, "risks")), ("programme_principles", (pk,)),
        ("programme_swot_findings", (pk,)), ("programme_swot_entry", (entry,)),
        ("programme_contents", (one.roadmap_id,)), ("programme_activity_add", (one.section_id,)),
        ("programme_activity", (one.pk,)),
    ]  # fmt: skip


def buttons(of: Screens) -> list[tuple[str, tuple[object, ...], dict[str, object]]]:
    pk, entry, one = of.draft.pk, of.draft.swot.get().pk, the_activity(of.draft)
    return [
        ("programme_swot_add", (pk,), {"list": "threats", "text": "Иначе"}),
        ("programme_swot_act", (entry,), {"remove": ""}),
        ("programme_roadmap_add", (pk,), {"title": "Иначе"}),
        ("programme_roadmap_act", (one.roadmap_id,), {"remove": ""}),
        ("programme_contents_act", (one.roadmap_id,), {"activity_remove": one.pk}),
        ("programme_discard", (pk,), {}),
    ]  # fmt: skip


def told(of: Programme) -> object:
    rows_of = Activity.objects.filter(roadmap__programme=of)
    return list(Programme.objects.filter(pk=of.pk).values()), list(rows_of.values()), list(of.swot.values())


@pytest.mark.parametrize(("role", "status"), [("region", 403), ("curator", 403), ("school", 404), ("neighbour", 404)])
def test_who_may_not_edit_is_refused_everywhere(shown, role, status):
    before, client = told(shown.draft), getattr(shown, role)
    for name, args in addresses(shown):
        assert client.get(url(name, *args)).status_code == status, name
        assert client.post(url(name, *args), {"value": "Иначе"}).status_code == status, name
    for name, args, said in buttons(shown):
        assert client.post(url(name, *args), said).status_code == status, name
    assert told(shown.draft) == before


def test_a_school_that_reads_an_approved_programme_edits_nothing_of_it(shown):
    approved(shown.draft)
    before = told(shown.draft)
    for name, args in addresses(shown):
        assert shown.school.get(url(name, *args)).status_code == 403, name
    for name, args, said in buttons(shown):
        assert shown.school.post(url(name, *args), said).status_code == 403, name
    assert told(shown.draft) == before


def test_a_frozen_edition_is_edited_on_no_screen_and_says_why(shown):
    approved(shown.draft)
    before = told(shown.draft)
    for name, args in addresses(shown):
        said = words(shown.department.get(url(name, *args), follow=True))
        assert "Программа утверждена, её текст не меняется" in said, name
        post(shown.department, name, *args, value="Иначе", title="Иначе", text="Иначе", list="threats", lines="Иначе")
    for name, args, said in buttons(shown):
        answer = words(post(shown.department, name, *args, **said))
        assert "Программа утверждена, её текст не меняется" in answer, name
    assert told(shown.draft) == before


def test_buttons_answer_no_mere_visit(shown):
    for name, args, _ in buttons(shown):
        assert shown.department.get(url(name, *args)).status_code == 405, name
