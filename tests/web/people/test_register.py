"""A register is imported as often as one likes, in any order of rows, with the same outcome."""

import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msoko.web.people import services
from msoko.web.people.models import Organisation, Status
from msoko.web.people.services import NewSchool, import_register, preview_register
from tests.web.people.district import District

pytestmark = pytest.mark.django_db

ROWS: list[dict[str, object]] = [
    {"short_name": "Приозёрная область", "kind": "регион"},
    {"short_name": "Приречный район", "kind": "муниципалитет", "region": "Приозёрная область"},
    {"short_name": "СОШ № 1", "full_name": "Средняя школа № 1", "kind": "школа", "school_type": "средняя",
     "municipality": "Приречный муниципальный район", "area": "городская", "status": "действует",
     "logins": ["sch990001", "edu990101"]},
    {"short_name": "СОШ № 2", "kind": "школа", "municipality": "Приречный район", "logins": "SCH990002; edu990102"},
    {"short_name": "Филиал", "kind": "филиал", "municipality": "Приречный район", "parent": "СОШ № 1"},
    {"short_name": "СОШ № 1", "kind": "школа", "municipality": "г. Заречный", "region": "Приозёрная область",
     "status": "закрыта", "area": "сельская"},
    {"short_name": "Лицей", "kind": "школа", "municipality": "город Заречный", "logins": []},
    {"short_name": "Двойник", "kind": "школа", "municipality": "Приречный район", "logins": ["sch990009"]},
    {"short_name": "Другой двойник", "kind": "школа", "municipality": "Приречный район", "logins": ["sch990009"]},
    {"short_name": "СОШ № 7", "kind": "школа", "municipality": "Приречный район"},
    {"short_name": "сош №7", "kind": "школа", "municipality": "Приречный район", "logins": ["sch990077"]},
]  # fmt: skip


def picture() -> set[tuple[object, ...]]:
    """What the tree says, without ids."""
    return {
        (one.kind, one.name, str(one.parent), str(one.municipality), str(one.region), one.status, one.school_type,
         one.area, tuple(one.logins))
        for one in Organisation.objects.select_related("parent", "municipality", "region").prefetch_related("keys")
    }  # fmt: skip


def test_a_register_grows_the_tree(db: None) -> None:
    report = import_register(ROWS)
    assert (report.created, report.changed, report.unchanged) == (7, 0, 0)
    assert report.territories_created == 1
    first = Organisation.objects.get(keys__key="edu990101")
    assert (first.school_type, first.area, first.full_name) == ("secondary", "urban", "Средняя школа № 1")
    assert str(first.municipality) == "Приречный район"
    assert Organisation.objects.get(name="Филиал").parent == first
    closed = Organisation.objects.get(name="СОШ № 1", municipality__name__contains="Заречный")
    assert closed.status == Status.CLOSED


def test_contradictions_are_refused_by_name_and_the_rest_is_taken(db: None) -> None:
    report = import_register(ROWS)
    assert sorted(report.conflicts) == [
        "Строки 10 («СОШ № 7») и 11 («сош №7») говорят об одной школе: впишите все её логины в одну строку.",
        "Строки 8 («Двойник») и 9 («Другой двойник») называют один и тот же логин sch990009: оставьте его в одной.",
    ]
    assert not Organisation.objects.filter(name__in=["Двойник", "Другой двойник", "СОШ № 7"]).exists()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(first=st.permutations(ROWS), again=st.permutations(ROWS))
def test_order_and_repetition_change_nothing(db: None, first: list, again: list) -> None:
    with transaction.atomic():
        import_register(ROWS)
        expected = picture()
        transaction.set_rollback(True)
    with transaction.atomic():
        import_register(first)
        assert picture() == expected
        report = import_register(again)
        assert picture() == expected
        assert (report.created, report.changed, report.placed, report.unchanged) == (0, 0, 0, 7)
        transaction.set_rollback(True)


def test_a_preview_tells_the_same_and_changes_nothing(district: District) -> None:
    before = picture()
    previewed = preview_register(ROWS).as_json()
    assert picture() == before
    assert import_register(ROWS).as_json() == previewed


def test_a_row_whose_logins_belong_to_two_schools_is_refused(district: District) -> None:
    rows = [{"short_name": "Обе", "municipality": "Приречный район", "logins": ["sch990001", "sch990002"]}]
    before = picture()
    (conflict,) = import_register(rows).conflicts
    assert conflict.startswith("Строка 1, «Обе»: логины строки принадлежат разным школам:")
    assert picture() == before


def test_the_same_digits_alone_do_not_make_one_school(district: District) -> None:
    rows = [{"short_name": "Лицей", "municipality": "Приречный район", "logins": ["edu990001"]}]
    assert import_register(rows).created == 1
    assert Organisation.objects.get(keys__key="edu990001") != district.first


def test_a_new_login_comes_to_the_school_of_the_same_name_in_the_municipality(district: District) -> None:
    rows = [{"short_name": 'МБОУ "СОШ №1"', "municipality": "Приречный район", "logins": ["edu990111"]}]
    report = import_register(rows)
    assert (report.created, report.changed) == (0, 1)
    assert Organisation.objects.get(keys__key="edu990111") == district.first


def test_a_school_without_a_municipality_is_placed(district: District) -> None:
    homeless = services.create_schools([NewSchool("sch990042")])["sch990042"]
    rows = [{"short_name": "СОШ № 42", "municipality": "Заречный", "logins": ["sch990042"]}]
    report = import_register(rows)
    homeless.refresh_from_db()
    assert (report.placed, report.changed) == (1, 1)
    assert (homeless.name, homeless.municipality) == ("СОШ № 42", district.other)
    assert homeless.path == f"{district.other.path}{homeless.pk}/"


def test_a_municipality_without_a_region_goes_under_the_region_once_it_is_named(db: None) -> None:
    import_register([{"short_name": "СОШ", "municipality": "Приречный район", "logins": ["sch990001"]}])
    school = Organisation.objects.get(keys__key="sch990001")
    assert school.region is not None
    assert school.region.is_placeholder
    import_register([{"short_name": "Приречный район", "kind": "муниципалитет", "region": "Приозёрная область"}])
    school.refresh_from_db()
    assert str(school.region) == "Приозёрная область"
    assert Organisation.objects.filter(kind="municipality").real().count() == 1


def test_an_empty_cell_leaves_what_is_known(district: District) -> None:
    services.describe(district.first, school_type="lyceum", area="urban")
    report = import_register([{"short_name": "МБОУ «СОШ № 1»", "logins": ["sch990001"]}])
    district.first.refresh_from_db()
    assert (district.first.school_type, district.first.parent) == ("lyceum", district.home)
    assert (report.unchanged, report.placed) == (1, 0)


def test_words_that_are_not_understood_are_complained_of(db: None) -> None:
    rows = [
        {"short_name": "А", "school_type": "летающая", "municipality": "Приречный район"},
        {"short_name": "Б", "kind": "планета"},
        {"short_name": "", "kind": "школа"},
    ]
    report = import_register(rows)
    assert report.complaints == ["Строка 1: тип школы «летающая» неизвестен; клетка оставлена пустой."]
    assert len(report.conflicts) == 1
    assert "«планета»" in report.conflicts[0]
    assert report.created == 1


def test_a_department_brings_nothing_about_another_territory(district: District) -> None:
    rows = [
        {"short_name": "Чужая", "municipality": "г. Заречный", "logins": ["new1"]},
        {"short_name": "Переманенная", "municipality": "Приречный район", "logins": ["sch990003"]},
        {"short_name": "Новый район", "kind": "муниципалитет"},
        {"short_name": "Своя", "logins": ["new2"]},
    ]
    report = import_register(rows, within=district.home)
    assert (report.created, len(report.conflicts)) == (1, 3)
    assert Organisation.objects.get(keys__key="new2").municipality == district.home
    district.foreign.refresh_from_db()
    assert district.foreign.municipality == district.other


def many_rows(count: int, prefix: str) -> list[dict[str, object]]:
    return [
        {"short_name": f"{prefix} № {i}", "kind": "школа", "school_type": "средняя", "region": "Приозёрная область",
         "municipality": f"{'АБВГДЕЖЗИК'[i % 10]}ский район", "logins": [f"sch{prefix}{i}", f"edu{prefix}{i}"]}
        for i in range(count)
    ]  # fmt: skip


def queries_of(rows: list[dict[str, object]]) -> int:
    with CaptureQueriesContext(connection) as queries:
        import_register(rows)
    return len(queries)


def test_importing_takes_as_many_queries_for_ten_schools_as_for_five_hundred(district: District) -> None:
    import_register(many_rows(10, "первая"))
    few, many = many_rows(10, "вторая"), many_rows(500, "третья")
    assert queries_of(few) == queries_of(many) <= 30
    changed = [[row | {"school_type": "лицей", "municipality": "г. Заречный"} for row in rows] for rows in (few, many)]
    assert queries_of(changed[0]) == queries_of(changed[1]) <= 45


def test_a_region_of_fifteen_hundred_schools_takes_seconds(db: None) -> None:
    started = time.monotonic()
    assert import_register(many_rows(1500, "школа")).created == 1500
    assert import_register(many_rows(1500, "школа")).unchanged == 1500
    assert time.monotonic() - started < 10
