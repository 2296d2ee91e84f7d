"""The form for typed summaries of a district: read back, its rows state what the rules of contradictions need."""

import pytest

from msoko.core.analysis.contradictions import Severity, StatedTable, find
from msoko.core.analysis.contradictions.from_facts import About, table_of_facts
from msoko.core.analysis.contradictions.roles import Kind, Role
from msoko.core.facts.schema import record_table
from tests.core.collection.readers.books import DEFINITIONS, read_one

COLUMNS = DEFINITIONS.layouts["district_summary"].columns


def form(*rows: dict[str, object]) -> list[list[object]]:
    said = {"procedure": "ОГЭ", "year": "2025", "subject": "математика", "participants": "40"}
    return [
        [column.title for column in COLUMNS],
        *([(said | row).get(column.key) for column in COLUMNS] for row in rows),
    ]


def table_of(*rows: dict[str, object]) -> StatedTable:
    reading = read_one(form(*rows))
    table = table_of_facts(record_table(reading.rows, reading.source), About("сводка.xlsx"), DEFINITIONS)
    assert table is not None
    return table


def test_every_number_of_the_form_has_a_role_of_its_own():
    roles = {column.title: column.role for column in table_of({}).columns}
    assert len(set(roles.values())) == len(roles)
    assert not {Role.COUNT, Role.PERCENT, Role.OTHER} & set(roles.values())
    kinds = {column.title: column.kind for column in COLUMNS}
    of_kind = {"count": Kind.COUNT, "percent": Kind.PERCENT, "number": Kind.MEAN}
    assert {title: role.kind for title, role in roles.items()} == {title: of_kind[kinds[title]] for title in roles}


def test_a_row_is_about_no_school_and_its_place_in_the_file_is_kept():
    reading = read_one(form({"municipality": "Приречный район"}))
    assert reading.schools == []
    (row,) = table_of({"municipality": "Приречный район"}).rows
    assert (row.number, row.subject, row.year, row.grade, row.procedure) == (2, "mathematics", 2025, 9, "oge")
    assert row.entity == "приречный район"


def test_a_whole_number_typed_in_a_column_of_per_cents_stays_whole():
    """«93» of 92,5 is right; «93,0» would not be, but a sheet keeps no zeros."""
    assert find([table_of({"failed": "3", "pass_percent": "93"})]) == []


def test_a_sign_instead_of_a_number_is_no_number():
    assert find([table_of({"two": "—", "three": "•", "four": "", "five": "нет данных"})]) == []


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"two": 1, "three": 10, "four": 20, "five": 10}, "parts_sum"),
        ({"failed": 3, "failed_percent": "8,5"}, "percent_of_count"),
        ({"two": 1, "three": 10, "four": 20, "five": 9, "quality_percent": "70"}, "rates_from_marks"),
        ({"lowered_percent": 30, "confirmed_percent": 60, "raised_percent": 15}, "percents_sum"),
        ({"high": 45}, "part_above_whole"),
        ({"graduates": 38}, "graduates"),
        ({"pass_percent": "100", "quality_percent": "50", "mean_mark": "4,2"}, "mean_against_rates"),
    ],
)
def test_a_slip_in_the_form_is_found(row, rule):
    found = {one.rule for one in find([table_of(row)]) if one.severity is Severity.FIRM}
    assert rule in found


def test_a_region_may_hand_in_several_municipalities_in_one_file():
    rows = [{"municipality": name, "subject": "русский язык", "participants": n} for name, n in (("А", 40), ("Б", 75))]
    assert find([table_of(*rows)]) == []
