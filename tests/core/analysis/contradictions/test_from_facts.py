"""Accepted facts as stated tables: what the batch states, what its reader restored, whom a row is about."""

from typing import Any

import pytest

from msoko.core.analysis.contradictions import Contradiction, Severity, StatedTable, find
from msoko.core.analysis.contradictions.from_facts import About, table_of_facts
from msoko.core.facts.schema import aggregate_table, pupil_table, record_table
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.analysis.contradictions.typed_tables import DEFINITIONS
from tests.core.facts.random_batches import one_pupil

MARKS, JOURNAL, EGE = "fis_oko_marks/2021", "fis_oko_journal/wide", "ege_summary/2025"


def row(level: str, name: str, **values: Any) -> dict[str, Any]:
    key = "" if level != "school" else f"sch{name}"
    return {"level": level, "key": key, "name": name, "municipality": "Район", "sheet": "Лист", "row": 7, **values}


def table(source: str, *rows: dict[str, Any], document: str = "отчёт.xlsx") -> StatedTable:
    about = About(document, procedure="vpr", subject="mathematics", grade=5, year=2024)
    found = table_of_facts(aggregate_table(rows, source), about, DEFINITIONS)
    assert found is not None
    return found


def told(*tables: StatedTable) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in find(tables)]


def percents(*values: float) -> dict[str, float]:
    return {f"percent_{mark}": value for mark, value in zip((2, 3, 4, 5), values, strict=True)}


def test_counts_that_a_reader_restored_were_stated_by_nobody() -> None:
    restored = {f"count_{mark}": n for mark, n in zip((2, 3, 4, 5), (9, 9, 9, 9), strict=True)}
    stated = table(MARKS, row("school", "1", n=8, **percents(12.5, 25.0, 50.0, 12.5), **restored))
    assert [column.key for column in stated.columns] == ["n", "percent_2", "percent_3", "percent_4", "percent_5"]
    assert told(stated) == []


def test_a_float_has_lost_the_zeros_that_the_report_printed() -> None:
    """33.33 stands in the column, so that 50.0 was 50,00: of 33 nobody makes it, to half a per cent everybody would."""
    stated = table(
        MARKS,
        row("school", "1", n=3, **percents(0.0, 33.33, 66.67, 0.0)),
        row("school", "2", n=33, **percents(0.0, 50.0, 50.0, 0.0)),
    )
    assert told(stated) == [("percent_possible", Severity.FIRM)] * 2


@pytest.mark.parametrize(
    ("n", "expected"), [(30, []), (29, [("total_row", Severity.FIRM)]), (31, [("total_row", Severity.SUSPICIOUS)])]
)
def test_a_municipality_has_no_fewer_participants_than_its_schools(n: int, expected: list[Any]) -> None:
    """More of them may be of schools that were not handed in."""
    rows = [row("municipality", "Район", n=n, lowered=None, confirmed=None, raised=None)]
    rows += [
        row("school", name, n=size, lowered=1, confirmed=size - 2, raised=1) for name, size in (("1", 10), ("2", 20))
    ]
    assert told(table(JOURNAL, *rows)) == expected


def test_two_reports_of_one_procedure_are_held_against_each_other_school_by_school() -> None:
    marks = table(MARKS, row("school", "1", n=40, **percents(10.0, 40.0, 40.0, 10.0)))
    fewer, more = (
        table(JOURNAL, row("school", "1", n=n, lowered=5, confirmed=n - 8, raised=3), document="журнал.xlsx")
        for n in (38, 42)
    )
    assert told(marks, fewer) == []  # who has no mark in the journal is not compared with it
    assert told(marks, more) == [("two_tables", Severity.SUSPICIOUS)]


def test_a_district_summary_of_exams_is_checked() -> None:
    stated = table(EGE, row("school", "1", n=20, failed=21, high=2, hundred=0, mean=55.0))
    assert told(stated) == [("part_above_whole", Severity.FIRM)]


def test_a_distribution_over_scores_must_make_a_hundred() -> None:
    stated = table(
        "fis_oko_scores/schools", row("school", "1", n=10, maximum=3, percents=[10.0, 20.0, 30.0, 50.0], counts=None)
    )
    assert told(stated) == [("percents_sum", Severity.FIRM)]


def records(slug: str, *rows: dict[str, Any]) -> StatedTable:
    found = table_of_facts(record_table(rows, f"layouts/{slug}"), About("форма.xlsx"), DEFINITIONS)
    assert found is not None
    return found


def test_rows_of_a_form_of_our_own_are_about_a_school_and_an_academic_year_is_called_by_its_end() -> None:
    passport = {
        "login": "sch1",
        "school": "СОШ № 1",
        "academic_year": 2024,
        "pupils": 300,
        "low_income": 310,
        "sheet": "С",
        "row": 5,
    }
    stated = records("social_passport", passport)
    assert [(one.number, one.entity, one.year) for one in stated.rows] == [(5, "sch1", 2025)]
    (found,) = find([stated])
    assert (found.rule, found.severity, found.stated) == ("part_above_whole", Severity.FIRM, "310")


def test_parts_of_a_class_with_those_not_assessed_make_its_pupils() -> None:
    of_class = {
        "login": "sch1",
        "school": "СОШ № 1",
        "academic_year": 2024,
        "class_name": "5А",
        "subject": "математика",
    }
    marks = {
        "outcome": "годовая",
        "pupils": 24,
        "five": 5,
        "four": 9,
        "three": 8,
        "two": 1,
        "not_assessed": 2,
        "row": 3,
    }
    (found,) = find([records("yearly_marks", {**of_class, **marks})])
    assert (found.rule, found.severity) == ("parts_sum", Severity.FIRM)
    said = found.sentence.replace("\xa0", " ")
    assert "отметок «2»–«5» и не аттестованных вместе 1 + 8 + 9 + 5 + 2 = 25, а указано 24" in said
    assert told(records("yearly_marks", {**of_class, **marks, "not_assessed": 1})) == []


def test_unknown_cells_are_neither_numbers_nor_names() -> None:
    signs = {"two": Unknown.SUPPRESSED, "three": Unknown.MISSING, "grade": Unknown.NOT_APPLICABLE}
    summary = {"procedure": "ВПР", "year": 2024, "subject": "математика", "participants": 20, "row": 2, **signs}
    (only,) = records("district_summary", summary).rows
    assert (only.label, only.grade, only.cells["two"], only.cells["three"]) == ("математика, ВПР", None, None, None)


def test_participants_are_no_summary() -> None:
    assert table_of_facts(pupil_table(one_pupil(), []), About("протокол.xlsx"), DEFINITIONS) is None


def test_every_contradiction_of_facts_leads_back_to_the_row_of_the_file() -> None:
    found: list[Contradiction] = find([table(EGE, row("school", "1", n=20, failed=21, mean=55.0))])
    assert {(place.document, place.sheet, place.row) for place in found[0].places} == {("отчёт.xlsx", "Лист", 7)}
