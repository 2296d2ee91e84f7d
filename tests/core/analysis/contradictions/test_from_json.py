"""Tables of a JSON file."""

import json

import pytest

from msoko.core.analysis.contradictions import find
from msoko.core.analysis.contradictions.from_json import NotTables, tables_of_json
from tests.core.analysis.contradictions.typed_tables import DEFINITIONS


def test_a_number_keeps_the_decimals_it_was_typed_with() -> None:
    said = '{"tables": [{"title": "ЕГЭ", "rows": [{"subject": "Физика", "n": 40, "avg": 63.0}]}]}'
    (table,) = tables_of_json(said, "файл.json", DEFINITIONS)
    assert [str(value) for value in table.rows[0].cells.values()] == ["40", "63.0"]


def test_tables_of_different_documents_are_about_different_places() -> None:
    rows = [{"subject": "Физика", "participants": n} for n in (20, 30)]
    tables = [
        {"title": "ОГЭ", "year": 2024, "document": name, "rows": [row]} for name, row in zip("аб", rows, strict=True)
    ]
    assert find(tables_of_json(json.dumps({"tables": tables}), "файл.json", DEFINITIONS)) == []
    together = [{**table, "document": "а"} for table in tables]
    assert [one.rule for one in find(tables_of_json(json.dumps({"tables": together}), "ф", DEFINITIONS))] == [
        "two_tables"
    ]


def test_a_role_may_be_given_where_a_header_says_nothing() -> None:
    table = {"title": "Сведения", "columns": ["school", "A", "B"], "rows": [["СОШ № 1", 20, 21]]}
    given = {**table, "roles": {"A": "participants", "B": "failed"}}
    found = [find(tables_of_json(json.dumps({"tables": [one]}), "ф", DEFINITIONS)) for one in (table, given)]
    assert [[one.rule for one in each] for each in found] == [[], ["part_above_whole"]]


@pytest.mark.parametrize(
    "said",
    ["", "[]", '{"tables": {}}', '{"tables": [1]}', "[" * 100_000, f'{{"tables": [{"9" * 5000}]}}',
     '{"tables": [{"roles": {"A": "нет"}, "rows": [{"A": 1}]}]}'],
)  # fmt: skip
def test_what_is_no_file_of_tables_is_refused(said: str) -> None:
    with pytest.raises(NotTables):
        tables_of_json(said, "файл.json", DEFINITIONS)


@pytest.mark.parametrize(
    "number", ["1e999999", "-1e999999", "1e-999999", "NaN", "Infinity", "9" * 4000, "true", "null", "[1]"]
)
def test_a_number_that_no_table_states_is_no_number(number: str) -> None:
    said = f'{{"tables": [{{"title": "ЕГЭ", "rows": [{{"subject": "Физика", "n": 20, "failed": {number}}}]}}]}}'
    (table,) = tables_of_json(said, "файл.json", DEFINITIONS)
    assert find([table]) == []
