from hypothesis import given

from tests.core.collection.readers.books import (
    DEFINITIONS,
    codes,
    complaint,
    noises,
    patient,
    read,
    read_one,
    with_noise,
    xlsx,
)

HEADER = [
    *("login", "kind", "edu_login", "mun_code", "mun_name_logins", "mun_name_2021", "mun_name_2022"),
    *("school_name_logins", "school_name_2022"),
]
FIRST = [
    "sch990001",
    "sch",
    "edu990001",
    "007",
    "Приречный район",
    "Приречный муниципальный район",
    "",
    "МБОУ СОШ",
    'МБОУ "СОШ "',
]
SECOND = ["ksh990001", "ksh", "", "", "г. Озёрск", "", "", "Школа-интернат № 2", ""]


def test_a_row_becomes_an_organisation_with_all_its_logins():
    reading = read_one([HEADER, FIRST])
    row = reading.rows[0]
    assert (row["short_name"], row["kind"], row["status"]) == ("МБОУ «СОШ»", "школа", "действует")
    assert (row["municipality"], row["municipality_code"]) == ("Приречный район", "007")
    assert row["logins"] == ["sch990001", "edu990001"]
    assert row["other_names"] == ["МБОУ СОШ"]
    assert row["other_municipalities"] == ["Приречный муниципальный район"]
    assert codes(reading) == []


def test_the_keys_are_those_of_the_layout_of_organisations():
    keys = {column.key for column in DEFINITIONS.layouts["organisations"].columns}
    assert keys <= read_one([HEADER, FIRST]).rows[0].keys()


def test_logins_of_different_rows_are_never_joined_by_their_digits():
    reading = read_one([HEADER, FIRST, SECOND])
    assert [row["logins"] for row in reading.rows] == [["sch990001", "edu990001"], ["ksh990001"]]
    assert complaint(reading, "alike_digits").level == "PASS"


def test_a_login_claimed_twice_stands_for_the_first_row():
    reading = read_one([HEADER, FIRST, ["edu990001", "sch", "", "", "Другой район", "", "", "МКОУ ООШ", ""]])
    assert len(reading.rows) == 1
    found = complaint(reading, "repeated_login")
    assert (found.places[0].row, found.places[0].value) == (3, "edu990001")


def test_a_row_without_a_name_is_left_out_and_told():
    assert complaint(read_one([HEADER, FIRST, ["sch990009", "sch"]]), "no_school").places[0].row == 3


def test_a_long_name_is_the_full_one():
    long = "Краевое бюджетное общеобразовательное учреждение «Приречная общеобразовательная школа-интернат»"
    row = read_one([HEADER, [*FIRST[:7], "Приречная школа-интернат", long]]).rows[0]
    assert (row["short_name"], row["full_name"]) == ("Приречная школа-интернат", long)


def test_the_real_list_reads_whole(real_files):
    (reading,) = read((real_files / "vpr" / "schools.csv").read_bytes(), "schools.csv")
    assert len(reading.rows) == 692
    assert sum(len(row["logins"]) == 2 for row in reading.rows) == 435
    assert codes(reading) == []


@patient
@given(noises(1, 2, 9))
def test_noise_in_cells_never_stops_the_file(noise):
    for reading in read(xlsx(with_noise([HEADER, FIRST, SECOND], noise))):
        assert all(row["logins"] and row["short_name"] for row in reading.rows)
