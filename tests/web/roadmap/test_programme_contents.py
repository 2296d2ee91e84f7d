"""The page of a draft's roadmap and of an activity: arranged by buttons, all fields, words read back at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.web.roadmap.models import Roadmap, Section
from msoko.web.roadmap.services.starting import start
from tests.web.roadmap.making import activity
from tests.web.roadmap.programme_screens import Screens, finding, get, post, screens, the_activity, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown() -> Screens:
    return screens()


def test_a_roadmap_is_added_described_moved_and_removed(shown):
    post(shown.department, "programme_roadmap_add", shown.draft.pk, title="Вторая карта", direction="low_results")
    made = Roadmap.objects.get(title="Вторая карта")
    post(shown.department, "programme_roadmap_act", made.pk, up="")
    assert shown.draft.roadmaps.first() == made
    post(shown.department, "programme_contents", made.pk, describe="1", title="Третья", direction="")
    made.refresh_from_db()
    assert (made.title, made.direction) == ("Третья", "")
    post(shown.department, "programme_roadmap_act", made.pk, remove="")
    assert shown.draft.roadmaps.count() == 1


def test_sections_and_activities_are_arranged_by_buttons(shown):
    roadmap = shown.draft.roadmaps.get()

    def act(**said: object) -> str:
        return words(post(shown.department, "programme_contents_act", roadmap.pk, **said))

    act(section_add="1", title="Дети")
    fresh = Section.objects.get(title="Дети")
    act(section_up=fresh.pk)
    assert [one.title for one in roadmap.sections.all()] == ["Дети", "Учителя"]
    act(section_rename=fresh.pk, title="Ученики")
    one = the_activity(shown.draft)
    act(activity_down=one.pk)
    assert list(roadmap.activities.values_list("title", flat=True)) == ["Выезд в школу", "Семинар завучей"]
    act(renumber="1")
    assert list(roadmap.activities.values_list("number", flat=True)) == ["2.1", "2.2"]
    act(activity_remove=one.pk)
    act(section_remove=fresh.pk)
    assert (roadmap.activities.count(), roadmap.sections.count()) == (1, 1)


@pytest.mark.parametrize("title", ["x" * 1001, "Ш" * 5000])
def test_a_title_that_no_section_can_have_is_refused_with_the_reason(shown, title):
    roadmap = shown.draft.roadmaps.get()
    for said in ({"section_add": "1"}, {"section_rename": roadmap.sections.get().pk}):
        assert "notice-error" in words(
            post(shown.department, "programme_contents_act", roadmap.pk, title=title, **said)
        )
    assert [one.title for one in roadmap.sections.all()] == ["Учителя"]


@pytest.mark.parametrize("key", ["x", "", "99999999999999999999", "-1", "²"])
def test_a_button_that_names_nothing_is_not_found(shown, key):
    roadmap = shown.draft.roadmaps.get()
    assert post(shown.department, "programme_contents_act", roadmap.pk, activity_up=key).status_code == 404


ACTIVITY = {
    "number": "1.3", "title": "Курсы", "deadline": "ежегодно, май", "own_dates": "", "executors_words": "УО, ШНОР",
    "result": "Удостоверения", "indicator": "80 %", "level": "municipality", "addressees": "учителя",
    "evidence": "приказ\nсправка", "finding": "",
}  # fmt: skip


def test_an_activity_is_added_with_all_its_fields_and_its_next_number(shown):
    section = Section.objects.get(title="Учителя")
    assert 'name="number" value="1.3"' in get(shown.department, "programme_activity_add", section.pk)
    found = finding(shown)
    answer = post(
        shown.department,
        "programme_activity_add",
        section.pk,
        **{**ACTIVITY, "section": section.pk, "finding": found.pk},
    )
    assert "каждый год: 1–31 мая" in words(answer)
    made = the_activity(shown.draft, "Курсы")
    assert (made.number, made.result, made.indicator, made.addressees) == ("1.3", "Удостоверения", "80 %", "учителя")
    assert (made.evidence, made.finding, [one.kind for one in made.executors.all()]) == (
        ["приказ", "справка"], found, ["department", "low_results"],
    )  # fmt: skip


def test_one_more_activity_can_follow_at_once(shown):
    section = Section.objects.get(title="Учителя")
    answer = post(
        shown.department,
        "programme_activity_add",
        section.pk,
        follow=False,
        **{**ACTIVITY, "section": section.pk, "another": "1"},
    )
    assert answer.url == url("programme_activity_add", section.pk)


def test_errors_of_an_activity_stand_beside_their_fields_and_nothing_typed_is_lost(shown):
    one = the_activity(shown.draft)
    wrong = {**ACTIVITY, "title": "", "own_dates": "31.02.2026", "section": one.section_id, "result": "Длинный текст"}
    said = words(post(shown.department, "programme_activity", one.pk, **wrong))
    assert "Напишите, что будет сделано." in said
    assert "нет такого дня календаря" in said
    assert "Длинный текст</textarea>" in said
    assert "31.02.2026</textarea>" in said
    assert the_activity(shown.draft).result == "Справка"


@pytest.mark.parametrize(
    ("typed", "windows"),
    [
        ("15.09.2026", [["2026-09-15", "2026-09-15"]]),
        ("01.09.2026–30.09.2026", [["2026-09-01", "2026-09-30"]]),
        ("с 1.9.2026 по 30.9.2026\n05.05.2027", [["2026-09-01", "2026-09-30"], ["2027-05-05", "2027-05-05"]]),
    ],
)
def test_own_dates_are_read_as_people_write_them(shown, typed, windows):
    one = the_activity(shown.draft)
    post(shown.department, "programme_activity", one.pk, **{**ACTIVITY, "section": one.section_id, "own_dates": typed})
    one.refresh_from_db()
    assert (one.windows, one.dates_by_person) == (windows, True)
    page = get(shown.department, "programme_activity", one.pk)
    assert "30.09.2026" in page or "15.09.2026" in page


@pytest.mark.parametrize(
    ("typed", "why"),
    [("осенью", "Не читается строка"), ("30.09.2026–01.09.2026", "конец раньше начала"),
     ("01.01.2025", "вне срока программы"), ("01.01.2026–01.01.2040", "вне срока программы"),
     ("1.13.2026", "нет такого дня")],
)  # fmt: skip
def test_own_dates_that_cannot_be_are_refused_with_the_reason(shown, typed, why):
    one = the_activity(shown.draft)
    said = words(
        post(
            shown.department,
            "programme_activity",
            one.pk,
            **{**ACTIVITY, "section": one.section_id, "own_dates": typed},
        )
    )
    assert why in said
    assert not the_activity(shown.draft).dates_by_person


def test_what_is_typed_is_read_back_at_once_and_without_scripts(shown):
    one = the_activity(shown.draft)
    part = shown.department.get(
        url("programme_understood", shown.draft.pk),
        {"deadline": "ежегодно, май", "executors_words": "УО, Совет мудрецов"},
    )
    said = words(part)
    assert "каждый год: 1–31 мая; 2 срока" in said
    assert "управление образования" in said
    assert "не поняла" in said
    assert "<html" not in said
    page = words(
        post(
            shown.department,
            "programme_activity",
            one.pk,
            check="1",
            title="",
            deadline="до 5 июня 2026 года",
            executors_words="",
        )
    )
    assert "5 июня 2026" in page
    assert "Напишите, что будет сделано." not in page
    assert the_activity(shown.draft).deadline == "в срок"


@pytest.mark.parametrize("words_typed", ["", " ", "x" * 5000, "<script>alert(1)</script>", "ежегодно, " * 300])
def test_anything_may_be_typed_into_the_deadline(shown, words_typed):
    answer = shown.department.get(
        url("programme_understood", shown.draft.pk), {"deadline": words_typed, "executors_words": words_typed}
    )
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_an_activity_is_not_put_into_a_section_that_is_not_of_its_programme(shown):
    other = start("low_results_support", shown.here.neighbour, 2026, None)
    one, foreign = the_activity(shown.draft), Section.objects.filter(roadmap__programme=other)[0]
    said = words(post(shown.department, "programme_activity", one.pk, **{**ACTIVITY, "section": foreign.pk}))
    assert "field-error" in said
    assert the_activity(shown.draft).roadmap == one.roadmap


def test_the_page_of_a_roadmap_asks_the_same_for_3_and_60_activities(shown):
    roadmap = shown.draft.roadmaps.get()
    counts = []
    for number in (3, 60):
        for one in range(number):
            activity(shown.draft, f"Дело {number} {one}", within=Section.objects.get(title="Учителя"))
        with CaptureQueriesContext(connection) as captured:
            get(shown.department, "programme_contents", roadmap.pk)
        with CaptureQueriesContext(connection) as one_of_them:
            get(shown.department, "programme_activity", the_activity(shown.draft).pk)
        counts.append((len(captured), len(one_of_them)))
    assert counts[0] == counts[1]
