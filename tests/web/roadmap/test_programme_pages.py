"""Screens of programmes for reading: who sees what, what is said, how often the database is asked."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.web.definitions import definitions
from msoko.web.people.models import Organisation
from msoko.web.roadmap.models import Assignment, Programme, RoadmapImport
from msoko.web.roadmap.services import programmes as programme_services
from msoko.web.roadmap.services.descending import descend
from msoko.web.roadmap.services.editions import new_edition
from tests.web.roadmap.making import client_of, more_schools, person, place, programme
from tests.web.roadmap.programme_screens import Screens, approved, get, post, screens, url, words

pytestmark = pytest.mark.django_db
TABS = ("swot", "roadmaps", "editions", "schools")


@pytest.fixture
def shown() -> Screens:
    return screens()


# ---- the list


def test_an_empty_list_offers_a_template_and_a_signed_document():
    here = place()
    said = get(client_of(person("department", here.municipality)), "programmes")
    assert "Начните с шаблона" in said
    assert "Загрузите подписанный документ" in said
    reader = get(client_of(person("region", here.region)), "programmes")
    assert "Начните с шаблона" not in reader
    assert "Ни одной программы ещё нет" in reader


def test_the_list_says_what_is_in_force_with_its_size_and_progress(shown):
    approved(shown.draft)
    Assignment.objects.update(due="2099-01-01")
    said = get(shown.department, "programmes")
    assert "Программа качества" in said
    assert "2026–2027 · 1 дорожная карта, 2 мероприятия" in said
    assert "принято 0 из 4 поручений" in said
    done = Assignment.objects.filter(body="school")[0]
    Assignment.objects.filter(pk=done.pk).update(state="accepted")
    Assignment.objects.filter(body="department").update(due="2020-01-01")
    assert "принято 1 из 4 поручений, просрочено 1" in get(shown.department, "programmes")


def test_a_school_is_told_of_its_own_assignments_only(shown):
    approved(shown.draft)
    said = get(shown.school, "programmes")
    assert "принято 0 из 1 вашего поручения" in said
    page = get(shown.school, "programme", shown.draft.pk)
    assert "из 4" not in page
    assert "принято 0 из 1 вашего поручения" in page


def test_the_next_step_is_the_document_then_the_draft_then_the_reports(shown):
    assert "Открыть проект" in get(shown.department, "programmes")
    waiting = RoadmapImport.objects.create(
        organisation=shown.here.municipality, file_name="план.docx", sha256="0" * 64, state="review"
    )
    said = get(shown.department, "programmes")
    assert "Документ «план.docx» прочитан" in said
    assert url("import_review", waiting.pk) in said
    waiting.delete()
    approved(shown.draft)
    assert "next-step" not in get(shown.department, "programmes")
    Assignment.objects.filter(body="school").update(state="reported")
    assert "Ждут проверки 3 отчёта" in get(shown.department, "programmes")


def test_a_school_is_led_to_its_own_programme(shown):
    approved(shown.draft)
    said = get(shown.school, "programmes")
    assert url("programme_descend", shown.draft.pk) in said
    descend(shown.draft, shown.here.schools[0], None)
    assert url("programme_descend", shown.draft.pk) not in get(shown.school, "programmes")


def test_programmes_of_schools_stand_below_and_can_be_taken_away(shown):
    approved(shown.draft)
    descend(shown.draft, shown.here.schools[1], None)
    said = get(shown.department, "programmes")
    assert "Программы школ" in said
    assert "МБОУ «СОШ № 2»" in said
    answer = shown.department.get(url("programmes") + "?format=csv")
    assert "МБОУ «СОШ № 2»" in answer.content.decode()


def test_superseded_editions_are_not_in_the_list(shown):
    live = approved(shown.draft)
    fresh = new_edition(live, None, "Поправки")
    programme_services.set_principles(fresh, None, ["Честность"])
    approved(fresh)
    assert get(shown.department, "programmes").count("<strong>Программа качества</strong>") == 1


# ---- who sees what


@pytest.mark.parametrize("role", ["department", "methodist", "curator", "region"])
def test_a_draft_is_seen_by_those_above_the_schools(shown, role):
    assert "Программа качества" in get(getattr(shown, role), "programme", shown.draft.pk)


@pytest.mark.parametrize("role", ["school", "neighbour"])
def test_a_draft_is_not_found_by_schools_and_strangers(shown, role):
    get(getattr(shown, role), "programme", shown.draft.pk, status=404)
    assert "Программа качества" not in get(getattr(shown, role), "programmes")


def test_an_approved_programme_is_read_by_the_schools_and_edited_by_nobody(shown):
    approved(shown.draft)
    for tab in TABS:
        said = get(shown.school, "programme_tab", pk=shown.draft.pk, tab=tab)
        assert "Внести изменения" not in said
        assert not re.search(r"<button[^>]*name=.(up|down|remove)", said)
    get(shown.neighbour, "programme", shown.draft.pk, status=404)


def test_a_school_sees_no_programme_of_another_school(shown):
    approved(shown.draft)
    other = descend(shown.draft, shown.here.schools[1], None)
    get(shown.school, "programme", other.pk, status=404)
    assert "СОШ № 2" not in get(shown.school, "programme_tab", pk=shown.draft.pk, tab="schools")
    assert "СОШ № 2" in get(shown.department, "programme_tab", pk=shown.draft.pk, tab="schools")


def test_buttons_are_offered_to_those_who_may(shown):
    offered = {
        role: get(getattr(shown, role), "programme", shown.draft.pk)
        for role in ("department", "methodist", "curator", "region")
    }
    approve, describe = url("programme_approve", shown.draft.pk), url("programme_describe", shown.draft.pk)
    assert {role: (approve in said, describe in said) for role, said in offered.items()} == {
        "department": (True, True), "methodist": (False, True), "curator": (False, False), "region": (False, False),
    }  # fmt: skip


# ---- one programme


def test_a_started_programme_shows_its_whole_passport(shown):
    slug = "quality_programme"
    post(shown.department, "programme_start", first_year="2026", follow=False)
    answer = shown.department.post(url("programme_start") + f"?template={slug}", {"first_year": "2026"}, follow=True)
    said = words(answer)
    assert "Проект готов" in said
    assert "не заполнено" not in said
    template = definitions().programmes[slug]
    assert all(one.name[:40] in said for one in template.passport.indicators)
    assert "2026" in said
    assert Programme.objects.filter(template=slug, organisation=shown.here.municipality).count() == 1


def test_an_empty_passport_of_a_frozen_programme_says_so(shown):
    assert "не заполнено" in get(shown.department, "programme", shown.draft.pk)
    approved(shown.draft)
    assert "Паспорт не заполнен" in get(shown.department, "programme", shown.draft.pk)


def test_an_unknown_tab_and_one_that_does_not_fit_are_not_found(shown):
    get(shown.department, "programme_tab", pk=shown.draft.pk, tab="schools", status=404)
    get(shown.department, "programme_tab", pk=shown.draft.pk, tab="municipal", status=404)
    get(shown.department, "programme_tab", pk=shown.draft.pk, tab="nothing", status=404)


def test_history_of_editions_is_told_with_reasons_and_changes(shown):
    live = approved(shown.draft)
    fresh = new_edition(live, None, "Новый учебный год")
    programme_services.set_principles(fresh, None, ["Честность"])
    assert "Готовится новая редакция" in get(shown.department, "programme", live.pk)
    assert "Готовится новая редакция" not in get(shown.school, "programme", live.pk)
    approved(fresh)
    said = get(shown.school, "programme_tab", pk=fresh.pk, tab="editions")
    assert "Почему: Новый учебный год" in said
    assert "Это прежняя редакция" in get(shown.school, "programme", live.pk)
    assert "Принципы: добавлено «Честность»" in get(shown.school, "programme_changes", fresh.pk)
    get(shown.school, "programme_changes", live.pk, status=404)


# ---- starting


def test_templates_are_offered_as_cards_of_the_level_looked_at(shown):
    said = get(shown.department, "programme_start")
    for one in definitions().programmes.values():
        assert (f"<h2>{one.kind}</h2>" in said) == (one.for_level == "municipality")
    own = get(shown.school, "programme_start")
    assert "Программа школы" in own
    get(shown.region, "programme_start", status=403)
    get(shown.curator, "programme_start", status=403)


def test_an_empty_programme_keeps_what_was_typed_until_it_is_right(shown):
    address = url("programme_start") + "?template=empty"
    said = words(shown.department.post(address, {"title": "План", "begins": "2026-01-01", "ends": "2025-01-01"}))
    assert "Окончание раньше начала" in said
    assert ">План</textarea>" in said.replace("> План", ">План")
    shown.department.post(address, {"title": "План", "begins": "2026-01-01", "ends": "2026-12-31"})
    assert Programme.objects.filter(title="План").exists()


def test_an_administrator_of_several_municipalities_says_whose_programme_it_is(shown):
    admin = client_of(person("admin", Organisation.objects.get(kind="country")))
    address = url("programme_start") + "?template=low_results_support"
    assert "выберите муниципалитет" in words(admin.get(address))
    admin.post(address, {"first_year": "2026", "organisation": shown.here.neighbour.pk})
    assert Programme.objects.filter(organisation=shown.here.neighbour).exists()


def test_an_unknown_template_is_not_found(shown):
    assert shown.department.get(url("programme_start") + "?template=nothing").status_code == 404


# ---- queries


def test_queries_do_not_depend_on_the_number_of_schools_and_activities():
    shown = screens(3)
    live = approved(shown.draft)
    own = descend(live, shown.here.schools[0], None)
    pages = [
        ("programmes",), ("programme", live.pk), ("programme", own.pk),
        *(("programme_tab", {"pk": live.pk, "tab": tab}) for tab in TABS),
        ("programme_tab", {"pk": own.pk, "tab": "municipal"}),
    ]  # fmt: skip
    counts: dict[str, list[int]] = {}
    for schools in (3, 60):
        more_schools(3, schools)
        for one in Organisation.objects.schools().filter(municipality=shown.here.municipality):
            if not Programme.objects.filter(organisation=one).exists():
                descend(live, one, None)
        for name, *args in pages:
            kwargs = args.pop() if args and isinstance(args[-1], dict) else {}
            for role in ("department", "region", "school"):
                with CaptureQueriesContext(connection) as captured:
                    answer = getattr(shown, role).get(url(name, *args, **kwargs))
                assert answer.status_code == 200, (name, role)
                counts.setdefault(f"{role} {name} {args} {kwargs}", []).append(len(captured))
    assert {page: numbers for page, numbers in counts.items() if len(set(numbers)) > 1} == {}


def test_the_list_asks_the_same_for_3_and_40_municipal_programmes(shown):
    counts = []
    for number in (3, 40):
        for one in range(number):
            programme(shown.here.municipality, f"Программа {number} {one}")
        with CaptureQueriesContext(connection) as captured:
            get(shown.department, "programmes")
        counts.append(len(captured))
    assert counts[0] == counts[1]
