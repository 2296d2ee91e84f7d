"""Numbers of items in the spellings of different forms are one number."""

import pytest

from msoko.core.vocabulary.items import normal_item

SPELLINGS = {
    "9.1": ["9.1", "9(1)", "9 (1)", "9,1", "09.1", "№ 9.1", "Задание 9.1", "9.1."],
    "2К1": ["2К1", "2K1", "2к1", "2 (К1)", "2.К1", "задание 2k1"],
    "10.2К3": ["10.2К3", "10(2)K3", "10.2.К3"],
    "ГК1": ["ГК1", "гK1"],
    "С1": ["С1", "C1"],
    "7": ["7", "7.", "07", "№7"],
}


@pytest.mark.parametrize(("number", "said"), [(number, said) for number, many in SPELLINGS.items() for said in many])
def test_spellings_of_a_number_are_one_number(number: str, said: str):
    assert normal_item(said) == number


@pytest.mark.parametrize("said", ["", "—", "всего", "1–3", "1-3", "1, 2", "1;2;3", "2026-01-09"])
def test_what_is_not_the_number_of_one_item_is_none(said: str):
    assert normal_item(said) == ""
