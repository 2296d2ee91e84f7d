"""Candidates are proposed with a reason; only an exact key is knowledge."""

import pytest

from msoko.web.people import names, services
from msoko.web.people.matches import Why, propose
from msoko.web.people.services import NewSchool
from tests.web.people.district import District

pytestmark = pytest.mark.django_db


def test_an_exact_key_is_known(district: District) -> None:
    (proposal,) = propose([NewSchool("SCH990001", "Совсем другое название")])
    assert proposal.known == district.first
    assert not proposal.is_new


def test_the_same_digits_count_with_a_like_name_only(district: District) -> None:
    like, unlike = propose([NewSchool("edu990002", "МКОУ Ёлкинская СОШ"), NewSchool("edu990001", "Сосновая ООШ")])
    assert [(one.organisation, one.why) for one in like.candidates] == [(district.second, Why.SAME_DIGITS)]
    assert unlike.is_new


def test_the_same_name_counts_in_the_same_municipality_only(district: District) -> None:
    same, other, nowhere = propose(
        [
            NewSchool("edu000001", 'МКОУ "СОШ №1"', municipality="Приречный муниципальный округ"),
            NewSchool("edu000002", "МБОУ СОШ № 1", municipality="Заречный"),
            NewSchool("edu000003", "МБОУ СОШ № 1"),
        ]
    )
    assert [(one.organisation, one.why) for one in same.candidates] == [(district.first, Why.SAME_NAME)]
    assert other.is_new
    assert nowhere.is_new


def test_a_school_without_a_place_is_found_by_what_its_protocol_said(district: District) -> None:
    made = services.create_schools([NewSchool("sch1", "Дальняя СОШ", municipality="Новый район")])["sch1"]
    (proposal,) = propose([NewSchool("edu2", "МБОУ «Дальняя СОШ»", municipality="Новый муниципальный округ")])
    assert [one.organisation for one in proposal.candidates] == [made]


@pytest.mark.parametrize("count", [10, 500])
def test_proposing_takes_the_same_queries_for_any_number(
    district: District, count: int, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        propose([NewSchool(f"edu{i}", f"Школа {i}") for i in range(count)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("г. Барнаул", "Город Барнаул"),
        ("Алейский район", "Алейский муниципальный район"),
        ("Зелёный р-н", "зеленый муниципальный округ"),
    ],
)
def test_spellings_of_one_municipality_are_one(one: str, other: str) -> None:
    assert names.normal_territory(one) == names.normal_territory(other)


@pytest.mark.parametrize(("one", "other"), [("г. Алейск", "Алейский район"), ("СОШ № 1", "СОШ № 11")])
def test_names_that_differ_stay_apart(one: str, other: str) -> None:
    assert names.normal_territory(one) != names.normal_territory(other)
    assert not names.alike(one, other)
