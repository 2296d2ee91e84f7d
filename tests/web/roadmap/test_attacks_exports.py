"""What people have typed comes out whole in every file, runs in none and breaks none."""

import csv
import io

import pytest
from openpyxl import load_workbook

from msoko.documents.spreadsheets import CUT, LONGEST_CELL, to_xlsx
from msoko.documents.tables import Column, Table
from msoko.web.people.models import Role
from msoko.web.roadmap.models import Assignment
from msoko.web.roadmap.services.executing import report
from tests.web.roadmap.making import activity, assigned, client_of, person, place, programme
from tests.web.roadmap.programme_screens import url

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("https://school.example")'
LONG = "Разобрали задания. " * 2000


def cells_of(content: bytes) -> list[object]:
    book = load_workbook(io.BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def reported(done: str, title: str) -> Assignment:
    here = place(schools=1)
    plan = programme(here.municipality)
    activity(plan, title, executors_words=title)
    given = assigned(plan)
    for one in given:
        report(one, person(Role.SCHOOL, one.organisation), done=done)
    return given[0]


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\x7f"])
def test_a_sign_that_no_file_can_hold_breaks_no_table(sign):
    given = reported(f"Сде{sign}лали", title=f"Семи{sign}нар")
    department = client_of(person(Role.DEPARTMENT, given.organisation.municipality))
    roadmap = given.occurrence.activity.roadmap_id
    addresses = [url("roadmap", roadmap), url("progress", roadmap), url("assignments"), url("activities"),
                 url("roadmap_document", roadmap), url("execution_report", roadmap)]  # fmt: skip
    for address in addresses:
        assert cells_of(department.get(address, {"format": "xlsx"}).content), address


def test_a_text_longer_than_a_cell_is_not_left_out():
    table = Table("Отчёты", (Column("done", "Что сделано"),), [{"done": LONG}])
    (longest,) = [str(cell.value) for cell in cells_of(to_xlsx([table])) if len(str(cell.value)) > 1000]
    assert len(longest) == LONGEST_CELL
    assert longest.startswith("Разобрали задания.")
    assert longest.endswith(CUT)


def test_a_formula_in_a_title_is_no_formula_in_a_file():
    given = reported(FORMULA, title=FORMULA)
    department = client_of(person(Role.DEPARTMENT, given.organisation.municipality))
    roadmap = given.occurrence.activity.roadmap_id
    for name, key in (("roadmap", [roadmap]), ("assignments", []), ("activities", []), ("execution_report", [roadmap])):
        answer = department.get(url(name, *key), {"format": "xlsx"})
        assert {cell.data_type for cell in cells_of(answer.content)} <= {"s", "n", "d"}, name
        if name != "execution_report":
            text = department.get(url(name, *key), {"format": "csv"}).content.decode("utf-8-sig")
            cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
            assert not [cell for cell in cells if cell.startswith("=")], name
