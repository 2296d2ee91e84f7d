"""Every real file gives the figures that were counted from it by the written rules."""

import json
import os
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import mean, stdev

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from msoko.core.collection import Assessed, judge, read
from msoko.core.collection.reading import Hints, Reading
from msoko.core.definitions.loading import Definitions

FILES = [
    "2020/4/Математика.xlsx",
    "2020/4/Русский язык.xlsx",
    "2020/5/История.xlsx",
    "2020/5/Математика.xlsx",
    "2020/5/Русский язык.xlsx",
    "2020/7/Немецкий язык.xlsx",
    "2021/4/Проведение работы по математике, 4 класс. ВПР 2021.xlsx",
    "2021/4/Проведение работы по русскому языку, 4 класс. ВПР 2021.xlsx",
    "2021/5/Проведение работы по математике, 5 класс. ВПР 2021.xlsx",
    "2021/5/Проведение работы по русскому языку, 5 класс. ВПР 2021.xlsx",
    "2021/6/Проведение работы по математике, 6 класс. ВПР 2021.xlsx",
    "2021/8/Проведение работы по физике, 8 класс. ВПР 2021.xlsx",
    "2022/11/Физика.xlsx",
    "2022/4/Математика.xlsx",
    "2022/5/История.xlsx",
    "2022/6/Русскому языку.xlsx",
]
KINDS_OF_ODDITY = {
    "unknown_variant_rows": "unknown_variant",
    "item_cells_above_max": "item_above_max",
    "item_cells_unreadable": "unreadable_item",
    "absent_rows_with_scores": "absent_with_scores",
}


@dataclass
class Case:
    expected: dict
    reading: Reading
    assessed: Assessed

    @property
    def table(self) -> pa.Table:
        return self.assessed.table

    def rows(self, population: str) -> pa.Table:
        return self.table.filter(self.table[population])

    def counted(self, code: str) -> int:
        return sum(complaint.count for complaint in self.assessed.complaints if complaint.code == code)


@lru_cache(maxsize=1)
def case_of(folder: Path, name: str) -> Case:
    """Tests stand file by file, so that one file is held in memory at a time."""
    whole = json.loads((folder / "vpr" / "expected.json").read_text())
    expected = next(entry for entry in whole["files"] if entry["file"] == name)
    definitions = Definitions.load()
    (reading,) = read(folder / "vpr" / name, name, Hints(path=name), definitions)
    return Case(expected, reading, judge(reading, definitions))


@pytest.fixture(params=FILES, scope="module")
def case(request: pytest.FixtureRequest, real_files: Path) -> Case:
    return case_of(real_files, request.param)


def test_the_list_of_files_is_that_of_the_expected_figures(real_files: Path) -> None:
    whole = json.loads((real_files / "vpr" / "expected.json").read_text())
    assert sorted(entry["file"] for entry in whole["files"]) == sorted(FILES)


def test_the_procedure_is_named_by_content_name_or_folder(case: Case) -> None:
    naming = case.reading.naming
    subject = Definitions.load().subjects[naming.subject or ""]
    assert (naming.year, naming.grade) == (case.expected["year"], case.expected["grade_of_work"])
    assert {subject.code, subject.scale_subject} & {case.expected["subject"], "foreign_language"}


def test_works_of_2020_were_sat_in_autumn_by_pupils_a_grade_higher(case: Case) -> None:
    naming = case.reading.naming
    autumn = case.expected["year"] == 2020
    assert naming.pupils_grade == case.expected["grade_of_work"] + autumn
    assert naming.academic_year == (2020 if autumn else case.expected["year"] - 1)


def test_every_row_has_its_status(case: Case) -> None:
    names = ("absent", "part_absent", "no_total", "total_above_max", "valid")
    assert {str(k): n for k, n in case.assessed.counts.items()} == {k: case.expected[f"rows_{k}"] for k in names}
    assert case.table.num_rows == case.expected["rows"]


def test_maxima_are_those_of_the_official_descriptions(case: Case) -> None:
    assert [item.maximum for item in case.assessed.items] == case.expected["item_max"]
    assert case.assessed.maxima.total == case.expected["primary"]["max_possible"]


def test_schools_and_classes_are_counted(case: Case) -> None:
    valid = case.rows("in_printed")
    pairs = set(zip(valid["login"].to_pylist(), valid["class_name"].to_pylist(), strict=True))
    assert len(pc.unique(case.table["login"])) == case.expected["schools_any_row"] == len(case.reading.schools)
    assert len(pc.unique(valid["login"])) == case.expected["schools_valid"]
    assert len(pairs) == case.expected["classes_valid"]


@pytest.mark.parametrize(
    ("population", "score", "key"),
    [("in_printed", "printed_total", "primary"), ("in_items", "items_total", "primary_items")],
)
def test_primary_scores_are_exact(case: Case, population: str, score: str, key: str) -> None:
    scores = case.rows(population)[score].to_pylist()
    expected = case.expected[key]
    assert (len(scores), sum(scores), min(scores), max(scores)) == tuple(
        expected[k] for k in ("n", "sum", "min", "max")
    )
    assert mean(scores) == pytest.approx(expected["mean"], abs=1e-6)
    if len(scores) > 1:
        assert stdev(scores) == pytest.approx(expected["sd"], abs=1e-6)


def test_the_histogram_of_printed_totals_is_exact(case: Case) -> None:
    histogram = Counter(case.rows("in_printed")["printed_total"].to_pylist())
    assert {str(score): n for score, n in histogram.items()} == case.expected["score_histogram"]


@pytest.mark.parametrize(
    ("population", "score", "marks", "journal"),
    [
        ("in_printed", "printed_total", "marks", "journal_compare"),
        ("in_items", "items_total", "marks_items", "journal_compare_items"),
    ],
)
def test_marks_and_their_comparison_with_the_journal_are_exact(
    case: Case, population: str, score: str, marks: str, journal: str
) -> None:
    scale = case.assessed.scale
    assert scale is not None
    rows = case.rows(population)
    given = [scale.mark(points) for points in rows[score].to_pylist()]
    counts = Counter(given)
    assert {str(mark): counts[mark] for mark in (2, 3, 4, 5)} == case.expected[marks]
    pairs = [(mark, j) for mark, j in zip(given, rows["journal_mark"].to_pylist(), strict=True) if j is not None]
    compared = {
        "n": len(pairs),
        "lowered": sum(mark < j for mark, j in pairs),
        "confirmed": sum(mark == j for mark, j in pairs),
        "raised": sum(mark > j for mark, j in pairs),
    }
    assert compared == {key: case.expected[journal][key] for key in compared}


def test_item_means_are_exact(case: Case) -> None:
    valid = case.rows("in_printed")
    maxima = case.expected["item_max"]
    means = [
        100 * sum(score or 0 for score in valid[f"item_{n}"].to_pylist()) / valid.num_rows / most
        for n, most in enumerate(maxima, 1)
    ]
    assert means == pytest.approx(case.expected["item_mean_percent_valid"], abs=1e-6)


def test_sums_that_do_not_match_are_counted(case: Case) -> None:
    assert case.assessed.sum_mismatch == case.expected["sum_mismatch"]["rows"] == case.counted("sum_mismatch")


def test_odd_cells_are_counted(case: Case) -> None:
    anomalies = case.expected["anomalies"]
    for key, code in KINDS_OF_ODDITY.items():
        expected = anomalies[key]
        assert case.counted(code) - _second_variants(case, code) == expected, key
    assert case.counted("duplicate_code") == anomalies["duplicate_school_code_rows"]
    assert sum(anomalies["gender_odd"].values()) == case.counted("sex_odd")


def _second_variants(case: Case, code: str) -> int:
    """The rules count odd first variants only; of the second part the reader tells, too."""
    complaints = [c for c in case.assessed.complaints if c.code == code == "unknown_variant"]
    return sum(c.count for c in complaints if {place.column for place in c.places} == {"второй вариант"})


def test_rows_with_cells_outside_the_columns_are_counted(case: Case) -> None:
    outside = case.reading.pupils.outside if case.reading.pupils else None
    status = case.table["status"].to_pylist()
    present = sum(o and s != "absent" for o, s in zip(outside or [], status, strict=False))
    assert present == case.expected["anomalies"]["rows_with_cells_outside_columns"]


def test_no_file_fails_and_no_row_is_lost(case: Case) -> None:
    complaints = [*case.reading.complaints, *case.assessed.complaints]
    assert not [complaint.code for complaint in complaints if complaint.level == "FAIL"]
    assert not [complaint.code for complaint in complaints if complaint.code in ("row_without_school", "rows_skipped")]


@pytest.mark.skipif("MSOKO_TIMES" not in os.environ, reason="times are measured when asked for: MSOKO_TIMES=1")
def test_reading_and_judging_takes_no_more_than_two_and_a_half_times_bare_reading(real_files: Path) -> None:
    import time

    import python_calamine

    path = real_files / "vpr" / FILES[0]
    definitions = Definitions.load()

    def bare() -> None:
        python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    def whole() -> None:
        judge(read(path, path.name, Hints(path=FILES[0]), definitions)[0], definitions)

    def least(work: object) -> float:
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            work()  # type: ignore[operator]
            times.append(time.perf_counter() - begun)
        return min(times)

    assert least(whole) <= 2.5 * least(bare)
