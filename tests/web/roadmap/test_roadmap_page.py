"""The table of a roadmap: what it says, what its filters leave, what whose eyes see."""

from datetime import date

import pytest
from django.utils import timezone

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Assignment, Programme, Roadmap
from tests.web.roadmap.making import activity, assigned, client_of, more_schools, person
from tests.web.roadmap.making import programme as programme_of
from tests.web.roadmap.plans import Plan, opened, plan, queries_of

pytestmark = pytest.mark.django_db
LATER = date(2026, 11, 20)
SCREENS = ("roadmap", "gantt", "progress", "roadmap_month")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was due in September is overdue."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: LATER)


@pytest.fixture
def here() -> Plan:
    return plan()


def titles(answer: object) -> list[str]:
    return [row.activity.title for _, row, _ in answer.context["rows"]]  # type: ignore[attr-defined]


def test_every_activity_stands_under_its_section_with_words_and_dates(here: Plan) -> None:
    answer = opened(here.department, "roadmap", here.roadmap.pk)
    assert [heading for heading, *_ in answer.context["rows"] if heading] == ["Учителя", "Школы"]
    assert len(titles(answer)) == 5
    for words in ("ежегодно, сентябрь", "следующий срок 30.09.2027", "нужна дата: по плану УО", "срок не понят"):
        assert words in answer.words


def test_executors_are_told_as_they_are_in_the_system_and_the_unknown_ones_too(here: Plan) -> None:
    words = opened(here.department, "roadmap", here.roadmap.pk).words
    assert "все школы (3)" in words
    assert "в системе этого исполнителя нет" in words


def test_states_are_counted_and_lead_to_their_assignments(here: Plan) -> None:
    first = Assignment.objects.filter(occurrence__activity=here.everywhere).first()
    Assignment.objects.filter(pk=first.pk).update(state="accepted")
    words = opened(here.department, "roadmap", here.roadmap.pk).words
    assert "принято 1 из 3" in words
    assert "просрочено 2" in words
    assert f"activity={here.everywhere.pk}&amp;state=overdue" in words


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({"state": "overdue"}, {"Провести педсовет", "Собрать отчёты", "Прочесть лекцию"}),
        ({"state": "needs_dates"}, {"Съездить на семинар"}),
        ({"state": "not_understood"}, {"Обсудить итоги"}),
        ({"state": "nobody"}, {"Прочесть лекцию"}),
        ({"state": "accepted"}, set()),
        ({"executor": "department"}, {"Собрать отчёты"}),
        ({"q": "ПЕДСОВЕТ"}, {"Провести педсовет"}),
        ({"q": "сентябрь отчёты"}, {"Собрать отчёты"}),
        ({"section": "nonsense"}, set()),
        ({"executor": "no such kind"}, set()),
    ],
)
def test_filters_of_the_address_leave_just_these(here: Plan, query: dict[str, str], left: set[str]) -> None:
    assert set(titles(opened(here.department, "roadmap", here.roadmap.pk, **query))) == left


def test_an_organisation_is_a_filter_too(here: Plan) -> None:
    answer = opened(here.department, "roadmap", here.roadmap.pk, executor=here.place.schools[1].pk)
    assert titles(answer) == ["Провести педсовет"]


def test_those_behind_come_first_when_it_is_wished(here: Plan) -> None:
    answer = opened(here.department, "roadmap", here.roadmap.pk, order="behind")
    assert titles(answer)[0] == "Провести педсовет"
    assert {heading for heading, *_ in answer.context["rows"]} == {""}


def test_more_than_a_hundred_rows_are_cut_into_pages(here: Plan) -> None:
    for number in range(120):
        activity(here.programme, f"Мероприятие {number}", within=here.yearly.section)
    assert len(titles(opened(here.department, "roadmap", here.roadmap.pk))) == 100
    assert len(titles(opened(here.department, "roadmap", here.roadmap.pk, page=2))) == 25
    assert len(titles(opened(here.department, "roadmap", here.roadmap.pk, page="all"))) == 125


def test_it_is_taken_away_as_filtered(here: Plan) -> None:
    answer = client_of(here.department).get(f"/roadmaps/{here.roadmap.pk}/?format=csv&state=needs_dates")
    text = answer.content.decode("utf-8-sig")
    assert "Съездить на семинар" in text
    assert "Провести педсовет" not in text


def test_documents_are_linked(here: Plan) -> None:
    words = opened(here.department, "roadmap", here.roadmap.pk).words
    for way in ("document/?format=docx", "document/?format=pdf", "document/?format=xlsx", "report/?format=docx"):
        assert f"/roadmaps/{here.roadmap.pk}/{way}" in words


# ---- whose eyes


def test_a_school_sees_the_approved_roadmap_with_its_own_assignments_only(here: Plan) -> None:
    Assignment.objects.filter(organisation=here.place.schools[1]).update(state="accepted")
    for screen in SCREENS:
        words = opened(here.director, screen, here.roadmap.pk).words
        assert here.place.schools[1].name.replace("\u00a0", " ") not in words, screen
        assert "из 3" not in words, screen
    words = opened(here.director, "roadmap", here.roadmap.pk).words
    assert "принято 0 из 1" in words
    page = opened(here.director, "activity", here.everywhere.pk).words
    assert here.place.schools[0].name in page
    assert here.place.schools[1].name not in page
    assert "Исправ" not in page


def test_a_school_is_not_told_how_many_schools_are_on_a_list(here: Plan) -> None:
    activity(here.programme, "Разобрать причины", executors=[("low_results", "ШНОР")], within=here.yearly.section)
    words = opened(here.director, "roadmap", here.roadmap.pk).words
    assert "школы с низкими результатами (ШНОР)" in words
    assert "сейчас" not in words


def test_a_draft_is_not_for_the_schools_and_no_neighbour_sees_anything(here: Plan) -> None:
    neighbours = person(Role.DEPARTMENT, here.place.neighbour)
    observer = person(Role.PUBLIC, here.place.municipality)
    for screen in SCREENS:
        opened(neighbours, screen, here.roadmap.pk, status=404)
        opened(observer, screen, here.roadmap.pk, status=403)
    Programme.objects.update(state=Programme.State.DRAFT)
    opened(here.department, "roadmap", here.roadmap.pk)
    for screen in SCREENS:
        opened(here.director, screen, here.roadmap.pk, status=404)
    opened(here.director, "activity", here.yearly.pk, status=404)


def test_the_region_reads_everything_and_corrects_nothing(here: Plan) -> None:
    ministry = person(Role.REGION, here.place.region)
    for screen in SCREENS:
        opened(ministry, screen, here.roadmap.pk)
    words = opened(ministry, "activity", here.everywhere.pk).words
    assert here.place.schools[2].name in words
    assert "Исправить" not in words


def test_looking_at_a_school_shows_that_school_alone(here: Plan) -> None:
    answer = opened(here.department, "roadmap", here.roadmap.pk, territory=here.place.schools[0].pk)
    assert "принято 0 из 1" in answer.words


# ---- emptiness, length, many


def test_an_empty_roadmap_says_what_will_be_here(here: Plan) -> None:
    empty = Roadmap.objects.create(programme=here.programme, title="Пустая")
    for screen in SCREENS:
        opened(here.department, screen, empty.pk)
    assert "Мероприятий нет" in opened(here.department, "roadmap", empty.pk).words


def test_what_a_document_says_is_never_taken_for_markup(here: Plan) -> None:
    evil = "<script>alert(1)</script>" + "х" * 300
    made = activity(here.programme, evil, deadline=evil, executors_words=evil, within=here.yearly.section)
    for screen in SCREENS:
        assert "<script>alert" not in opened(here.department, screen, here.roadmap.pk).words
    assert "<script>alert" not in opened(here.department, "activity", made.pk).words


def test_the_number_of_queries_does_not_depend_on_schools_and_activities() -> None:
    here = plan(schools=3)
    clients = [client_of(here.department), client_of(here.director), client_of(person(Role.REGION, here.place.region))]

    def counted() -> list[list[int]]:
        one = here.everywhere.pk
        return [
            [queries_of(client, name, here.roadmap.pk) for name in SCREENS]
            + [queries_of(client, "activity", one), queries_of(client, "activities"), queries_of(client, "month")]
            for client in clients
        ]

    counted()
    few = counted()
    more_schools(3, 60)
    for number in range(20):
        activity(here.programme, f"Ещё {number}", within=here.yearly.section, executors=["all_schools", "external"])
    second = programme_of(here.place.municipality, "Другая программа")
    activity(second, "Другое")
    assigned(here.programme)
    assigned(second)
    assert Assignment.objects.filter(occurrence__activity__roadmap=here.roadmap).count() > 1000
    assert counted() == few
