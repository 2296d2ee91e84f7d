"""Accepting, doubling, withdrawing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from msoko.core.collection.reading import Hints
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.preview_page import PreviewPage
from msoko.web.collection.services import Refusal, accept, read_received, receive, withdraw
from msoko.web.people.models import AuditEntry, Organisation, User
from msoko.web.people.services import NewSchool, create_schools, ensure_territory
from msoko.web.people.sight import sight_of
from tests.core.collection.readers.books import xlsx
from tests.web.collection.orders import read_in, stale, taken, values, whole
from tests.web.collection.protocols import (
    LOGIN,
    NAME,
    OTHER,
    Pupil,
    many,
    many_schools,
    protocol,
    protocol_csv,
    rows_of,
)

pytestmark = pytest.mark.django_db


def test_accepting_makes_values_of_school_class_and_nothing_else() -> None:
    taken(protocol([*many(LOGIN, 2, 1), *many(LOGIN, 1, 2, "5Б"), Pupil(LOGIN, ("X",) * 3, variant="отсутствовал")]))
    found = {place: said for place, said in values().items() if place[0] == LOGIN}
    assert found == {
        (LOGIN, "", True): (3, 1, 4 / 3, "pupils"),
        (LOGIN, "А", False): (2, 1, 1.0, "pupils"),
        (LOGIN, "Б", False): (1, 0, 2.0, "pupils"),
    }


def test_nothing_counts_before_it_is_accepted() -> None:
    read_in(protocol(many(LOGIN, 2)))
    assert not Procedure.objects.exists()
    assert not Organisation.objects.filter(kind="school").exists()


def test_the_same_bytes_again_give_the_batch_accepted_before() -> None:
    content = protocol(many(LOGIN, 2))
    first, before = taken(content), values()
    second = taken(content, "копия/" + NAME)
    assert (second.pk, second.state) == (first.pk, Batch.State.ACCEPTED)
    assert not stale()
    assert values() == before
    assert Batch.objects.filter(state=Batch.State.ACCEPTED).count() == 1


def test_the_same_rows_saved_again_with_other_bytes_are_not_doubled() -> None:
    pupils = many(LOGIN, 3)
    first = taken(protocol(pupils))
    saved_again = xlsx(rows_of(pupils), [["второй лист, которого прежде не было"]])
    assert saved_again != protocol(pupils)
    assert taken(saved_again).pk == first.pk
    assert taken(protocol_csv(pupils), NAME.replace("xlsx", "csv")).pk == first.pk
    assert whole(LOGIN)[0] == 3


def test_the_same_bytes_of_another_year_are_refused_with_a_sentence() -> None:
    content = protocol(many(LOGIN, 2))
    first = taken(content, "Математика, 5 класс.xlsx", Hints(year=2022))
    (again,) = read_in(content, "Математика, 5 класс.xlsx", Hints(year=2021))
    with pytest.raises(Refusal, match=f"№ {first.pk}"):
        accept(again, None, create_missing=True)
    again.refresh_from_db()
    assert again.state == Batch.State.PREVIEW
    assert Procedure.objects.count() == 1


def test_the_same_rows_of_another_year_are_another_protocol() -> None:
    pupils = many(LOGIN, 2)
    taken(protocol(pupils), "Математика, 5 класс.xlsx", Hints(year=2022))
    taken(xlsx(rows_of(pupils), [["лист"]]), "Математика, 5 класс.xlsx", Hints(year=2021))
    assert sorted(Procedure.objects.values_list("year", flat=True)) == [2021, 2022]


def test_of_two_protocols_with_one_school_the_last_accepted_speaks_for_it() -> None:
    taken(protocol([*many(LOGIN, 2, 1), *many(OTHER, 2, 1)]))
    taken(protocol(many(LOGIN, 5, 2)))
    assert whole(LOGIN)[:3] == (5, 0, 2.0)
    assert whole(OTHER)[:3] == (2, 0, 1.0)


def test_classes_of_a_school_may_come_in_files_of_their_own() -> None:
    taken(protocol(many(LOGIN, 2, 1, "5А")))
    second = taken(protocol(many(LOGIN, 3, 2, "5Б")))
    assert whole(LOGIN)[:3] == (5, 0, 8 / 5)
    taken(protocol(many(LOGIN, 4, 2, "5 «а»")))
    assert whole(LOGIN)[:3] == (7, 0, 2.0)
    withdraw(second, None, "чужой класс")
    assert whole(LOGIN)[:3] == (4, 0, 2.0)


def test_a_file_without_classes_is_of_the_whole_school() -> None:
    taken(protocol(many(LOGIN, 2, 1, "5А")))
    taken(protocol(many(LOGIN, 3, 2, "нет")))
    assert whole(LOGIN)[:3] == (3, 0, 2.0)


def test_the_preview_says_what_becomes_of_the_classes_that_are_there() -> None:
    admin = User.objects.create_user("admin@people.example", None, is_superuser=True)

    def said_of(*pupils: Pupil) -> list[str]:
        (batch,) = read_in(protocol(pupils))
        return PreviewPage(batch, sight_of(admin)).will_change()[1:]

    taken(protocol([*many(LOGIN, 2, 1, "5А"), *many(LOGIN, 2, 1, "5Б")]))
    assert [line for line in said_of(*many(LOGIN, 3, 2, "5В")) if "дополнит" in line]
    replaced = said_of(*many(LOGIN, 3, 2, "5А"))
    assert [line for line in replaced if "действовать будут строки из этого файла" in line]
    assert [line for line in replaced if f"{LOGIN} (Б)" in line]
    assert not [line for line in said_of(*many(LOGIN, 3, 2, "5А"), *many(LOGIN, 1, 2, "5Б")) if "(Б)" in line]
    assert said_of(*many(OTHER, 1)) == ["Будет создано 1\u00a0школа: «Без муниципалитета»."]


def test_the_preview_counts_the_rows_of_those_who_sat_the_work() -> None:
    admin = User.objects.create_user("admin@people.example", None, is_superuser=True)

    def said_of(*pupils: Pupil) -> str:
        (batch,) = read_in(protocol(pupils))
        return PreviewPage(batch, sight_of(admin)).will_change()[0].replace("\u00a0", " ")

    absent = Pupil(LOGIN, ("X",) * 3, variant="отсутствовал")
    assert said_of(*many(LOGIN, 3)) == "В расчёт войдут 3 строки."
    assert (
        said_of(*many(LOGIN, 21), absent)
        == "В расчёт войдёт 21 строка из 22: остальные работу не писали или писали не всю."
    )


@pytest.mark.parametrize(
    ("n", "words"),
    [(1, "1 строку учтут"), (2, "2 строки учтут"), (5, "5 строк учтут"), (21, "21 строку учтут")],
)
def test_the_preview_of_a_form_says_who_will_use_its_rows(n: int, words: str) -> None:
    admin = User.objects.create_user("admin@people.example", None, is_superuser=True)
    create_schools([NewSchool(f"sch99{1000 + number}", f"Школа {number}") for number in range(n)])
    (batch,) = read_in(_passport(n), "паспорт.xlsx")
    said = PreviewPage(batch, sight_of(admin)).will_change()
    assert [line.replace("\u00a0", " ") for line in said] == [f"{words} методики и сверка таблиц."]


def _passport(n: int) -> bytes:
    header = ["Логин школы", "Школа", "Учебный год", "Всего обучающихся"]
    return xlsx([header, *([f"sch99{1000 + number}", f"Школа {number}", "2021/22", 100] for number in range(n))])


def test_a_form_is_called_a_file_and_results_a_protocol() -> None:
    client = Client()
    client.force_login(
        User.objects.create_user("admin@people.example", None, is_superuser=True),
        "django.contrib.auth.backends.ModelBackend",
    )
    for content, name, what, other, follows in (
        (_passport(1), "паспорт.xlsx", "файл", "протокол", "Выводы считаются заново"),
        (protocol(many(LOGIN, 3)), NAME, "протокол", "файл", "Значения пересчитываются"),
    ):
        (batch,) = read_in(content, name)
        page = client.post(reverse("collection:accept", args=[batch.pk]), follow=True).content.decode()
        assert f"{what.capitalize()} принят. {follows}." in page
        assert f"<h2>Отозвать {what}</h2>" in page
        assert f"Отозвать {other}" not in page
        order = {"reason": "ошибка"}
        page = client.post(reverse("collection:withdraw", args=[batch.pk]), order, follow=True).content.decode()
        assert f"{what.capitalize()} отозван. {follows} без него." in page


def test_withdrawing_the_last_brings_the_earlier_one_back() -> None:
    taken(protocol([*many(LOGIN, 2, 1), *many(OTHER, 2, 1)]))
    before = values("items") | values("printed")
    later = taken(protocol([*many(LOGIN, 5, 2), *many("sch990003", 4, 2)]))
    assert values() != before
    assert withdraw(later, None, "прислан исправленный протокол")
    assert stale()
    assert values("items") | values("printed") == before


def test_values_depend_on_what_is_accepted_and_not_on_the_way_there() -> None:
    """Three protocols with shared schools, one withdrawn, one accepted anew: as if only the rest had ever come."""
    first = protocol([*many(LOGIN, 2, 1), *many(OTHER, 3, 2)])
    second = protocol([*many(OTHER, 4, 0), *many("sch990003", 2, 1)])
    third = protocol([*many(LOGIN, 6, 2, "5В"), *many("sch990003", 1, 2)])
    taken(first)
    withdraw(taken(second), None, "ошибка")
    values()
    withdraw(taken(third), None, "ошибка")
    taken(third)
    taken(second)
    wandered = values("items"), values("printed")
    Procedure.objects.all().update(values_state=Procedure.Values.STALE)
    for batch in Batch.objects.filter(state=Batch.State.ACCEPTED):
        withdraw(batch, None, "начинаем сначала")
    assert values() == {}
    for content in (first, third, second):
        taken(content)
    assert (values("items"), values("printed")) == wandered


def test_withdrawing_needs_a_reason_and_is_done_once() -> None:
    batch = taken(protocol(many(LOGIN, 2)))
    with pytest.raises(ValueError, match="причину"):
        withdraw(batch, None, "  ")
    assert withdraw(batch, None, "ошибка в файле")
    assert not withdraw(batch, None, "ещё раз")
    batch.refresh_from_db()
    assert (batch.state, batch.reason) == (Batch.State.WITHDRAWN, "ошибка в файле")
    assert AuditEntry.objects.filter(action="batch_withdrawn").count() == 1


def test_what_was_withdrawn_may_be_imported_again() -> None:
    content = protocol(many(LOGIN, 2))
    first = taken(content)
    before = values()
    withdraw(first, None, "проверяем")
    assert values() == {}
    again = taken(content)
    assert again.pk != first.pk
    assert values() == before


def test_unknown_schools_are_named_and_nothing_is_accepted_without_consent() -> None:
    (batch,) = read_in(protocol([*many(LOGIN, 1), Pupil(OTHER, school=f"{OTHER} | МБОУ «СОШ № 2»")]))
    with pytest.raises(Refusal) as refusal:
        accept(batch, None)
    assert LOGIN in str(refusal.value)
    assert "МБОУ «СОШ № 2»" in str(refusal.value)
    assert not Organisation.objects.filter(kind="school").exists()
    assert not Procedure.objects.exists()


def test_a_protocol_of_another_number_of_tasks_is_another_work_and_refused() -> None:
    taken(protocol(many(LOGIN, 2)))
    (batch,) = read_in(protocol([Pupil(OTHER, (1, 1, 1, 1))], (1, 2, 3, 1)))
    with pytest.raises(Refusal, match="3 заданий, в файле — 4"):
        accept(batch, None, create_missing=True)
    assert not Organisation.objects.filter(keys__key=OTHER).exists()


def test_a_refused_file_is_not_accepted() -> None:
    (batch,) = read_in(b"not a table at all")
    assert batch.state == Batch.State.REFUSED
    with pytest.raises(Refusal):
        accept(batch, None, create_missing=True)


def test_an_impossible_maximum_is_refused_by_a_sentence() -> None:
    (batch,) = read_in(protocol(many(LOGIN, 2), (1, 99999, 3)))
    with pytest.raises(Refusal, match="максимальных баллов"):
        accept(batch, None, create_missing=True)


def test_the_number_of_queries_of_accepting_does_not_depend_on_the_number_of_schools() -> None:
    def queries(schools: int, offset: int) -> int:
        pupils = [one for i in range(schools) for one in many(f"sch{offset + i}", 1)]
        (batch,) = read_in(protocol(pupils))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            accept(batch, None, create_missing=True)
        return len(captured)

    queries(2, 980001)  # the placeholder municipality and the procedure come into being once
    assert queries(10, 981001) == queries(300, 982001)


def test_the_number_of_queries_of_reading_does_not_depend_on_the_number_of_schools() -> None:
    def queries(schools: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            read_in(protocol(many_schools(schools)))
        return len(captured)

    assert queries(5) == queries(100)


def test_the_audit_of_a_batch_stands_under_the_territory_that_handed_it_in() -> None:
    territory = ensure_territory("municipality", "Приречный район", ensure_territory("region", "Приозёрная область"))
    (received,) = receive([protocol(many(LOGIN, 2))], NAME, Hints(), None, territory)
    (batch,) = read_received(received)
    withdraw(accept(batch, None, create_missing=True), None, "прислан исправленный")
    told = AuditEntry.objects.filter(action__startswith="batch_").values_list("action", "organisation_id")
    assert set(told) == {("batch_accepted", territory.pk), ("batch_withdrawn", territory.pk)}
