"""Schools come with protocols, are placed by registers and merged by people: values follow."""

import pytest

from msoko.web.collection.models import Batch
from msoko.web.collection.services import accept, withdraw
from msoko.web.collection.services.stale import mark_stale_with_schools
from msoko.web.people import services as people
from msoko.web.people.models import Organisation
from msoko.web.people.services import NewSchool
from tests.web.collection.orders import read_in, school, stale, taken, values, whole
from tests.web.collection.protocols import LOGIN, OTHER, Pupil, many, protocol
from tests.web.collection.registers import line, register

pytestmark = pytest.mark.django_db
REGISTER = "реестр.xlsx"


def schools() -> int:
    return Organisation.objects.schools().count()


def test_a_school_of_a_protocol_is_created_once_and_stands_without_a_municipality() -> None:
    taken(protocol(many(LOGIN, 2)))
    taken(protocol(many(LOGIN, 3)), "Русский язык, 5 класс, ВПР 2022.xlsx")
    assert schools() == 1
    assert school(LOGIN).municipality.is_placeholder
    assert school(LOGIN).municipality.name == "Без муниципалитета"


def test_a_school_whose_municipality_is_known_is_placed_there() -> None:
    region = people.ensure_territory("region", "Приозёрная область")
    people.ensure_territory("municipality", "Приречный район", region)
    pupil = Pupil(LOGIN, municipality="m001 | Приречный район", region="22 | Приозёрная область")
    taken(protocol([pupil]))
    assert school(LOGIN).municipality.name == "Приречный район"


def test_a_register_places_the_schools_and_their_values_follow() -> None:
    taken(protocol([*many(LOGIN, 2, 1), *many(OTHER, 4, 2)]))
    assert whole("Приречный район") is None
    assert not stale()
    taken(register(line("МБОУ «СОШ № 1»", LOGIN)), REGISTER)
    assert stale()
    assert whole("Приречный район")[:3] == (2, 0, 1.0)
    assert whole("Приозёрная область")[:3] == (2, 0, 1.0)
    assert whole("МБОУ «СОШ № 1»")[:3] == (2, 0, 1.0)
    assert whole("Без муниципалитета")[:3] == (4, 0, 2.0)


def test_a_placed_school_keeps_its_keys_and_its_number() -> None:
    taken(protocol(many(LOGIN, 2)))
    before = school(LOGIN).pk
    taken(register(line("МБОУ «СОШ № 1»", f"{LOGIN}; edu990001")), REGISTER)
    assert school(LOGIN).pk == school("edu990001").pk == before
    assert schools() == 1


def test_procedures_without_the_moved_school_stay_fresh() -> None:
    taken(protocol(many(LOGIN, 2)))
    taken(protocol(many(OTHER, 2)), "Русский язык, 5 класс, ВПР 2022.xlsx")
    values()
    assert mark_stale_with_schools([school(OTHER).pk]) == 1


def test_a_withdrawn_protocol_makes_nothing_stale() -> None:
    withdraw(taken(protocol(many(LOGIN, 2))), None, "ошибка")
    values()
    assert mark_stale_with_schools([school(LOGIN).pk]) == 0


def test_both_logins_of_one_row_of_the_register_are_one_school() -> None:
    taken(register(line("МБОУ «СОШ № 1»", "sch990001; edu990001")), REGISTER)
    taken(protocol([*many("sch990001", 2, 1), *many("edu990001", 2, 2, "5Б")]))
    assert whole("МБОУ «СОШ № 1»")[:3] == (4, 0, 1.5)
    assert whole("Приречный район")[:3] == (4, 0, 1.5)
    assert schools() == 1


def test_an_older_protocol_under_the_other_login_gives_way_to_a_newer_one() -> None:
    taken(register(line("МБОУ «СОШ № 1»", "sch990001; edu990001")), REGISTER)
    taken(protocol(many("edu990001", 5, 1)))
    taken(protocol(many("sch990001", 2, 2)))
    assert whole("МБОУ «СОШ № 1»")[:3] == (2, 0, 2.0)


def test_equal_digits_alone_join_nothing() -> None:
    taken(protocol([*many("sch990001", 2, 1), *many("ksh990001", 3, 2)]))
    assert schools() == 2
    assert whole("sch990001")[0] == 2
    assert whole("ksh990001")[0] == 3


def test_a_register_names_the_row_whose_logins_are_two_schools_already() -> None:
    taken(protocol([*many("sch990001", 2, 1), *many("edu990001", 3, 2)]))
    batch = taken(register(line("МБОУ «СОШ № 1»", "sch990001; edu990001")), REGISTER)
    assert "принадлежат разным школам" in batch.report["register"]["conflicts"][0]
    assert schools() == 2


def test_merged_schools_are_one_in_the_values() -> None:
    taken(protocol([*many("sch990001", 2, 1), *many("edu990001", 2, 2, "5Б")]))
    assert whole("sch990001")[0] == 2
    people.merge(school("edu990001"), school("sch990001"), None, "одна школа под двумя логинами")
    assert stale()
    assert whole("sch990001")[:3] == (4, 0, 1.5)
    assert whole("edu990001") is None


def test_a_person_matches_an_unknown_login_with_a_known_school() -> None:
    known = people.create_schools([NewSchool(LOGIN, "МБОУ «СОШ № 1»")])[LOGIN]
    (batch,) = read_in(protocol(many("edu990001", 2)))
    accept(batch, None, {"edu990001": known.pk})
    assert school("edu990001").pk == known.pk
    assert whole("МБОУ «СОШ № 1»")[0] == 2


def test_a_municipality_that_comes_to_its_region_brings_its_values() -> None:
    taken(register(line("МБОУ «СОШ № 1»", LOGIN, region="")), REGISTER)
    taken(protocol(many(LOGIN, 2, 1)))
    assert whole("Приречный район")[0] == 2
    assert whole("Приозёрная область") is None
    taken(register(line("МБОУ «СОШ № 1»", LOGIN)), REGISTER)
    assert whole("Приозёрная область")[0] == 2


def test_the_same_register_again_makes_nothing_stale() -> None:
    taken(register(line("МБОУ «СОШ № 1»", LOGIN)), REGISTER)
    taken(protocol(many(LOGIN, 2, 1)))
    values()
    taken(register(line("МБОУ «СОШ № 1»", LOGIN), line("МБОУ «СОШ № 2»", OTHER)), REGISTER)
    assert not stale()


def test_a_branch_moves_with_its_school_and_its_values_follow() -> None:
    people.ensure_territory("municipality", "город Заречный", people.ensure_territory("region", "Приозёрная область"))
    home = Organisation.objects.get(name="город Заречный")
    taken(register(line("МБОУ «СОШ № 1»", LOGIN)), REGISTER)
    branch = [
        "Филиал",
        None,
        "филиал",
        None,
        "Приречный район",
        "Приозёрная область",
        "МБОУ «СОШ № 1»",
        None,
        None,
        OTHER,
    ]
    taken(register(line("МБОУ «СОШ № 1»", LOGIN), branch), REGISTER)
    taken(protocol(many(OTHER, 3)))
    assert whole("Приречный район")[0] == 3
    people.place(school(LOGIN), home)
    assert stale()
    assert whole("город Заречный")[0] == 3
    assert whole("Приречный район") is None


def test_a_register_by_a_wrong_hand_changes_nothing_outside_its_territory() -> None:
    region = people.ensure_territory("region", "Приозёрная область")
    mine = people.ensure_territory("municipality", "город Заречный", region)
    taken(register(line("МБОУ «СОШ № 1»", LOGIN)), REGISTER)
    (batch,) = read_in(register(line("Чужое имя", LOGIN)), REGISTER)
    accept(batch, None, within=mine)
    assert school(LOGIN).name == "МБОУ «СОШ № 1»"


def test_a_blank_cell_of_the_register_is_no_word() -> None:
    batch = taken(register(line("МБОУ «СОШ № 1»", LOGIN)), REGISTER)
    assert batch.state == Batch.State.ACCEPTED
    assert batch.report["register"]["complaints"] == []


def test_a_register_given_again_restores_what_was_changed_by_hand() -> None:
    content = register(line("МБОУ «СОШ № 1»", LOGIN))
    taken(content, "реестр.xlsx")
    people.rename(school(LOGIN), "Переименованная")
    again = taken(content, "реестр.xlsx")
    assert school(LOGIN).name == "МБОУ «СОШ № 1»"
    assert (again.report["register"]["created"], again.report["register"]["changed"]) == (0, 1)
