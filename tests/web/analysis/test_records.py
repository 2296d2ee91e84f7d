"""Rows of our own forms reach the methods with the school they are about, and none gets lost."""

import pytest

from msoko.core.analysis.methods.objectivity.official_list import compute
from msoko.core.vocabulary.unknowns import Unknown
from msoko.web.analysis.gathering import gather
from msoko.web.analysis.records import OFFICIAL_OBJECTIVITY
from msoko.web.collection.models import Batch
from msoko.web.definitions import definitions
from msoko.web.people.models import Organisation
from tests.core.analysis.panels import parameters
from tests.core.collection.readers.books import xlsx
from tests.web.analysis.schools import DISTRICT, GOOD, LOW, district, school
from tests.web.collection.orders import taken

pytestmark = pytest.mark.django_db
PASSPORT = ["Логин школы", "Школа", "Муниципалитет", "Учебный год", "Всего обучающихся", "Из неполных семей", "С ОВЗ"]
OWN_LIST = [column.title for column in definitions().layouts[OFFICIAL_OBJECTIVITY].columns]
LIST = ["Год", "Логин", "Муниципалитет", "ОО", "4 РУ", "4 МА", "5 РУ", "5 МА", "Количество маркеров"]


def rows(form: str) -> list[dict]:
    return gather(Organisation.objects.get(kind="region"), 2022, 1).records.get(form, [])


def passport(*lines: list) -> Batch:
    return taken(xlsx([PASSPORT, *lines]), "паспорт.xlsx")


def test_a_row_is_matched_by_its_login() -> None:
    district()
    passport([LOW, "Как угодно", None, "2021/22", 120, 0, "—"])
    (row,) = rows("social_passport")
    assert (row["organisation"], row["pupils"]) == (school(LOW).pk, "120")


def test_zero_missing_and_not_applicable_stay_apart() -> None:
    district()
    passport([LOW, "Школа 1", None, "2021/22", 120, 0, "—"])
    (row,) = rows("social_passport")
    assert row["single_parent"] == "0"
    assert row["special_needs"] is Unknown.NOT_APPLICABLE
    assert row["low_income"] is Unknown.MISSING


def test_without_a_login_the_name_within_the_municipality_decides() -> None:
    district()
    passport([None, "школа 2", DISTRICT, "2021/22", 120, 5, 1], [None, "Школа 3", DISTRICT, "2021/22", 80, 5, 1])
    found = {row["school"]: row["organisation"] for row in rows("social_passport")}
    assert found["школа 2"] == Organisation.objects.get(name="Школа 2").pk
    assert found["Школа 3"] is None  # it is of another municipality


def test_a_school_that_nobody_knows_stays_in_the_rows_by_name() -> None:
    district()
    passport([None, "Школа 77", DISTRICT, "2021/22", 120, 5, 1])
    assert [(row["school"], row["organisation"]) for row in rows("social_passport")] == [("Школа 77", None)]


def test_the_batch_accepted_last_stands_first() -> None:
    district()
    passport([LOW, "Школа 1", None, "2021/22", 120, 5, 1])
    passport([LOW, "Школа 1", None, "2021/22", 130, 5, 1])
    assert [row["pupils"] for row in rows("social_passport")] == ["130", "120"]


def test_an_official_list_of_objectivity_is_there_under_its_own_name() -> None:
    district()
    taken(xlsx([LIST, [2021, LOW, DISTRICT, "Школа 1", 1, None, 1, None, 2]]), "перечень.xlsx")
    (row,) = rows(OFFICIAL_OBJECTIVITY)
    assert (row["organisation"], row["ru4"], row["ma4"], row["markers"]) == (school(LOW).pk, "1", "0", "2")


def test_the_same_list_comes_in_a_form_of_our_own_too() -> None:
    district()
    taken(xlsx([OWN_LIST, [2022, LOW, "Школа 1", DISTRICT, 1, 0, None, "—", 1]]), "перечень.xlsx")
    (row,) = rows(OFFICIAL_OBJECTIVITY)
    assert (row["organisation"], row["year"], row["ru4"], row["ma4"]) == (school(LOW).pk, "2022", "1", "0")
    assert (row["ru5"], row["ma5"], row["markers"]) == (Unknown.MISSING, Unknown.NOT_APPLICABLE, "1")


def test_rows_of_both_forms_of_the_list_reach_the_method() -> None:
    district()
    taken(xlsx([LIST, [2022, GOOD, DISTRICT, "Школа 2", 1, None, 1, None, 2]]), "официальный.xlsx")
    taken(xlsx([OWN_LIST, [2022, LOW, "Школа 1", DISTRICT, 1, 0, None, 0, 1]]), "свой.xlsx")
    method = definitions().methods["objectivity.official_list"]
    panel = gather(Organisation.objects.get(kind="region"), 2022, method.years)
    told = {one.organisation: one.statistic for one in compute(panel, parameters(method.name)).results}
    assert (told[school(LOW).pk]["official"], told[school(LOW).pk]["untold"]) == (["РУ4"], ["РУ5"])
    assert (told[school(GOOD).pk]["official"], told[school(GOOD).pk]["untold"]) == (["РУ4", "РУ5"], [])


def test_a_batch_speaks_only_for_schools_of_its_territory() -> None:
    district()
    batch = passport(["sch990003", "Школа 3", None, "2021/22", 120, 5, 1])
    Batch.objects.filter(pk=batch.pk).update(territory=Organisation.objects.get(name=DISTRICT))
    assert rows("social_passport") == []
