"""Forms of our own about schools that the register does not have: kept, and said to be left out."""

import pytest

from msoko.web.collection.models import Batch
from msoko.web.collection.preview_page import PreviewPage
from msoko.web.collection.services import accept
from msoko.web.people.models import Organisation, User
from msoko.web.people.sight import sight_of
from tests.core.collection.readers.books import xlsx
from tests.web.collection.orders import read_in, taken
from tests.web.collection.registers import line, register
from tests.web.people.district import grown_district

pytestmark = pytest.mark.django_db
PASSPORT = ["Логин школы", "Школа", "Муниципалитет", "Учебный год", "Всего обучающихся"]


def passport(*schools: tuple[str | None, str]) -> Batch:
    rows = [[login, name, "Приречный район", "2021/22", 120] for login, name in schools]
    (batch,) = read_in(xlsx([PASSPORT, *rows]), "паспорт.xlsx")
    return batch


def warnings(batch: Batch) -> list[str]:
    return [one["message"].replace("\xa0", " ") for one in batch.complaints if one["level"] == "WARNING"]


def test_a_school_that_the_register_does_not_have_is_told_before_and_after_accepting() -> None:
    grown_district()
    batch = passport(("sch990001", "как угодно"), (None, "МБОУ «Ёлкинская СОШ»"), ("sch999999", "МБОУ «СОШ № 77»"))
    said = (
        "Нет в реестре: МБОУ «СОШ № 77». Методики не учтут 1 строку, пока логины или названия в реестре и в файле не "
        "станут одинаковыми."
    )
    page = PreviewPage(batch, sight_of(User.objects.create_user("a@people.example", None, is_superuser=True)))
    assert [one.replace("\xa0", " ") for one in page.will_change()] == ["Сохранятся 3 строки, методики учтут 2.", said]
    accepted = accept(batch, None)
    assert (warnings(accepted), accepted.level, accepted.state) == ([said], "WARNING", "accepted")


def test_a_register_accepted_in_between_brings_the_school() -> None:
    grown_district()
    batch = passport(("sch990077", "МБОУ «СОШ № 77»"))
    taken(register(line("МБОУ «СОШ № 77»", "sch990077")), "реестр.xlsx")
    assert warnings(accept(batch, None)) == []


def test_a_district_is_told_that_it_does_not_speak_for_schools_of_others() -> None:
    district = grown_district()
    batch = passport(("sch990003", "МБОУ «СОШ № 3»"))
    Batch.objects.filter(pk=batch.pk).update(territory=district.home)
    (said,) = warnings(accept(Batch.objects.get(pk=batch.pk), None, within=district.home))
    assert said.startswith("Нет среди школ территории «Приречный район»: МБОУ «СОШ № 3».")


def test_of_many_the_first_are_named() -> None:
    grown_district()
    (said,) = warnings(accept(passport(*((None, f"Школа {number}") for number in range(21, 42))), None))
    assert said.startswith("Нет в реестре: Школа 21, Школа 22, Школа 23, Школа 24, Школа 25 и ещё 16. ")


def test_a_register_names_schools_that_are_not_there_yet() -> None:
    assert warnings(taken(register(line("МБОУ «СОШ № 1»", "sch990001")), "реестр.xlsx")) == []
    assert Organisation.objects.schools().count() == 1
