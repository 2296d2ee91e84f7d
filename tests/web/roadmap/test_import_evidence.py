"""What has to be handed in is said of many activities of a signed document at once; suggestions are never in force."""

import pytest
from django.test import Client

from msoko.web.people.models import AuditEntry, Role
from msoko.web.roadmap.models import Activity, Assignment
from msoko.web.roadmap.services import evidence_files, executing, importing_rows
from msoko.web.roadmap.services import importing_evidence as service
from msoko.web.roadmap.services.importing import CannotImport
from msoko.web.roadmap.services.importing_live import make_live
from tests.web.collection.conftest import home
from tests.web.roadmap import making, signed
from tests.web.roadmap.signed_pages import address, press, seen

__all__ = ["home"]
pytestmark = pytest.mark.django_db
SUGGESTED = {"1.2": ["справка"], "2.2": ["программа"]}


@pytest.fixture
def place():
    return making.place(schools=2)


@pytest.fixture
def boss(place):
    return making.person(Role.DEPARTMENT, place.municipality)


@pytest.fixture
def department(boss) -> Client:
    return making.client_of(boss)


@pytest.fixture
def document(place):
    return signed.reviewed(place.municipality)


def evidence(document):
    return {row.number: row.evidence for row in document.rows.all() if row.evidence}


def keys(document, *numbers):
    return [signed.row(document, number).pk for number in numbers]


# ---- suggestions


def test_suggestions_are_shown_with_the_words_and_nothing_is_required_until_a_person_says_so(department, document):
    page = seen(department, address("review", document.pk))
    assert "только текст · предлагаем: справка Требовать в мероприятии 1.2" in page
    assert "У 2 мероприятий ожидаемый результат подсказывает, что приложить к отчёту" in page
    assert evidence(document) == {}
    programme = make_live(document, None, takes_unchecked=True)
    assert not Activity.objects.filter(roadmap__programme=programme).exclude(evidence=[]).exists()


def test_all_are_accepted_with_one_button(department, document):
    assert "Сказано, что приложить: 2 строки" in press(department, document, evidence="suggested")
    assert evidence(document) == SUGGESTED
    assert "подсказывает, что приложить" not in seen(department, address("review", document.pk))


def test_one_is_accepted_row_by_row(department, document):
    (row,) = keys(document, "2.2")
    press(department, document, evidence=row)
    assert evidence(document) == {"2.2": ["программа"]}


def test_what_a_person_has_said_is_not_written_over_by_a_suggestion(department, document):
    service.require(document, keys(document, "1.2"), None, ["приказ"])
    press(department, document, evidence="suggested")
    assert evidence(document) == {"1.2": ["приказ"], "2.2": ["программа"]}


def test_a_dropped_row_suggests_nothing(department, document):
    importing_rows.drop_rows(document, keys(document, "1.2", "2.2"), None)
    assert "предлагаем" not in seen(department, address("review", document.pk))
    press(department, document, evidence="suggested")
    assert evidence(document) == {}


# ---- many at once


def test_kinds_and_their_number_are_required_of_all_that_are_ticked(department, document):
    rows = keys(document, "1.1", "2.1")
    said = {"row": rows, "kind": ["протокол", "приказ"], "other_kind": "карта посещения", "count": "2"}
    assert "Сказано, что приложить: 2 строки" in press(department, document, evidence="require", **said)
    wanted = ["протокол × 2", "приказ × 2", "карта посещения × 2"]
    assert evidence(document) == {"1.1": wanted, "2.1": wanted}


def test_what_was_required_before_stays_and_another_number_of_the_same_goes_before(department, document):
    row = keys(document, "1.1")
    press(department, document, evidence="require", row=row, kind=["протокол", "справка"])
    press(department, document, evidence="require", row=row, kind="Протокол", count="3")
    assert evidence(document) == {"1.1": ["Протокол × 3", "справка"]}


def test_nothing_is_required_any_more(department, document):
    service.require(document, keys(document, "1.1", "2.1"), None, ["приказ"])
    press(department, document, evidence="nothing", row=keys(document, "1.1"))
    assert evidence(document) == {"2.1": ["приказ"]}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"kind": "приказ"}, "Отметьте хотя бы одну строку"),
        ({"row": "1.1"}, "Отметьте, что приложить к отчёту"),
        ({"row": "1.1", "other_kind": " \u200b "}, "Отметьте, что приложить к отчёту"),
        ({"row": "1.1", "kind": "приказ", "count": "0"}, "число от 1 до 50"),
        ({"row": "1.1", "kind": "приказ", "count": "много"}, "число от 1 до 50"),
        ({"row": "1.1", "other_kind": "п" * 301}, "длиннее 300 знаков"),
        ({"row": "1.1", "kind": [f"вид {n}" for n in range(21)]}, "не больше 20"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(department, document, said, why):
    rows = {"row": keys(document, said["row"])} if "row" in said else {}
    assert why in press(department, document, evidence="require", **{**said, **rows})
    assert evidence(document) == {}


def test_the_deed_is_told_in_the_audit(boss, document):
    service.require(document, keys(document, "1.1", "2.1"), boss, ["приказ"])
    entry = AuditEntry.objects.get(action="imported_rows_evidence")
    assert (entry.who, entry.details["count"], entry.details["name"]) == (boss, 2, ["приказ"])


def test_rows_of_another_document_and_of_one_that_is_live_are_left_alone(document, place):
    other = signed.reviewed(place.neighbour)
    assert service.require(document, keys(other, "1.1"), None, ["приказ"]) == 0
    make_live(document, None, takes_unchecked=True)
    with pytest.raises(CannotImport):
        service.accept_suggestions(document, None)


def test_who_may_not_change_the_document_requires_nothing(document, place):
    director = making.client_of(making.person(Role.SCHOOL, place.schools[0]))
    assert director.post(address("rows", document.pk), {"evidence": "suggested"}).status_code in (403, 404)
    assert evidence(document) == {}


def test_the_number_of_queries_does_not_depend_on_rows(document, place, django_assert_num_queries):
    many = signed.reviewed(place.municipality, text=signed.of_many(120))
    with django_assert_num_queries(6) as few:
        service.accept_suggestions(document, None)
    with django_assert_num_queries(len(few)):
        assert service.accept_suggestions(many, None) == 120


# ---- tabs, one row, the programme


def test_rows_without_anything_required_have_a_tab_of_their_own(department, document):
    service.require(document, keys(document, "1.1", "1.2", "2.1", "2.2"), None, ["приказ"])
    where = address("review", document.pk, query="?show=unconfirmed")
    assert "Без подтверждений 1" in seen(department, where)
    page = department.get(where).content.decode()
    assert [number for number in ("1.1", "2.1", "2.3") if f'aria-label="Мероприятие {number}"' in page] == ["2.3"]
    assert "не требуются: 1 мероприятие" in seen(department, address("live", document.pk))
    service.require(document, keys(document, "2.3"), None, ["приказ"])
    assert "О каждом мероприятии сказано" in seen(department, where)


def test_the_form_of_a_row_says_it_too_and_both_halves_and_a_merged_row_keep_it(document):
    row = signed.row(document, "1.1")
    importing_rows.edit_row(document, row.pk, None, {"title": row.title, "evidence": "приказ\n\n протокол × 2 "})
    assert evidence(document) == {"1.1": ["приказ", "протокол × 2"]}
    service.require(document, keys(document, "1.2"), None, ["справка", "протокол"])
    importing_rows.merge_into_above(document, signed.row(document, "1.2").pk, None)
    assert sorted(signed.row(document, "1.1").evidence) == ["приказ", "протокол × 2", "справка"]


def test_what_is_required_is_asked_for_by_the_programme_and_two_mean_two(document, boss, place):
    service.require(document, keys(document, "1.1"), boss, ["протокол × 2"])
    programme = make_live(document, boss, takes_unchecked=True)
    activity = Activity.objects.get(roadmap__programme=programme, number="1.1")
    assert activity.evidence == ["протокол × 2"]
    plan = making.programme(place.municipality)
    making.activity(plan, evidence=activity.evidence)
    one = making.assigned(plan)[0]
    director = making.person(Role.SCHOOL, one.organisation)
    for link, lacks in (("a", "нет подтверждения: «протокол × 2», есть только 1"), ("b", "")):
        evidence_files.add_link(one, director, f"https://school.example/{link}", "", "протокол × 2")
        if lacks:
            with pytest.raises(executing.CannotExecute) as refusal:
                executing.report(one, director, done="Провели.")
            assert [words.replace("\u00a0", " ") for words in refusal.value.lacks] == [lacks]
    executing.report(one, director, done="Провели.")
    assert Assignment.objects.get(pk=one.pk).state == "reported"
