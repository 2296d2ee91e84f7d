"""The real files through the command: one import of all, then what `describe` says of each, for both scores."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, shell

SAMPLE = (
    "2020/4/Русский язык.xlsx",
    "2021/6/Проведение работы по математике, 6 класс. ВПР 2021.xlsx",
    "2022/11/Физика.xlsx",
    "2022/4/Математика.xlsx",
)
KEYS = {
    "items": ("primary_items", "marks_items", "journal_compare_items"),
    "printed": ("primary", "marks", "journal_compare"),
}
STATUSES = ("absent", "part_absent", "no_total", "total_above_max", "valid")
MARKS = ("2", "3", "4", "5")
JOURNAL = ("lowered", "confirmed", "raised")


@pytest.fixture(scope="module")
def expected(real_files: Path) -> dict[str, dict[str, Any]]:
    whole = json.loads((real_files / "vpr" / "expected.json").read_text())
    return {entry["file"]: entry for entry in whole["files"]}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("real") / "home"


@pytest.fixture(scope="module")
def imported(home: Path, real_files: Path) -> Answer:
    """The whole folder as it is: protocols, a register of schools, and files that are neither."""
    return shell(home, "import", real_files / "vpr", "--accept", "--create-schools", "--json")


@pytest.fixture(scope="module")
def batches(imported: Answer, real_files: Path) -> dict[str, dict[str, Any]]:
    return {str(Path(batch["file"]).relative_to(real_files / "vpr")): batch for batch in imported.batches}


def test_every_protocol_is_accepted_and_the_other_files_are_named(
    imported: Answer, batches: dict[str, dict[str, Any]], expected: dict[str, dict[str, Any]]
) -> None:
    assert imported.code == 0, imported.err
    assert {batch["state"] for batch in batches.values()} == {"accepted"}
    assert set(batches) >= set(expected)
    assert "README.md" in imported.err
    assert "expected.json" in imported.err


def test_import_counts_rows_statuses_schools_and_classes(
    batches: dict[str, dict[str, Any]], expected: dict[str, dict[str, Any]]
) -> None:
    for file, wanted in expected.items():
        batch = batches[file]
        assert batch["statuses"] == {status: wanted[f"rows_{status}"] for status in STATUSES}, file
        assert (batch["rows"], batch["absent"], batch["participants"]) == (
            wanted["rows"],
            wanted["rows_absent"],
            wanted["rows_valid"],
        ), file
        for name in ("schools_any_row", "schools_valid", "classes_valid"):
            assert batch[name] == wanted[name], (file, name)
        assert batch["sum_mismatch"] == wanted["sum_mismatch"]["rows"], file


@pytest.fixture(params=SAMPLE)
def wanted(request: pytest.FixtureRequest, expected: dict[str, dict[str, Any]], imported: Answer) -> dict[str, Any]:
    return expected[request.param]


def rows_of(home: Path, wanted: dict[str, Any], by: str, score: str) -> list[dict[str, Any]]:
    asked = ("--year", wanted["year"], "--grade", wanted["grade_of_work"], "--subject", wanted["subject"])
    answer = shell(home, "describe", *asked, "--by", by, "--score", score, "--json")
    assert answer.code == 0, answer.err
    return answer.data["rows"]


def summed(rows: list[dict[str, Any]], part: str, names: tuple[str, ...]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row[part] or {})
    return {name: total[name] for name in names}


@pytest.mark.parametrize("score", KEYS)
def test_schools_described_add_up_to_the_expected_figures(home: Path, wanted: dict[str, Any], score: str) -> None:
    primary, marks, journal = KEYS[score]
    rows = rows_of(home, wanted, "school", score)
    n = sum(row["participants"] for row in rows)
    total = sum(row["participants"] * row["mean_primary"] for row in rows if row["participants"])
    assert n == wanted[primary]["n"]
    assert total / n == pytest.approx(wanted[primary]["mean"], abs=1e-6)
    assert summed(rows, "marks", MARKS) == wanted[marks]
    assert summed(rows, "journal", JOURNAL) == {name: wanted[journal][name] for name in JOURNAL}
    assert sum(row["absent"] for row in rows) == wanted["rows_absent"]


def test_classes_described_are_the_expected_number_and_add_up(home: Path, wanted: dict[str, Any]) -> None:
    rows = [row for row in rows_of(home, wanted, "class", "printed") if row["participants"]]
    assert len({(row["organisation"]["id"], row["class"]) for row in rows}) == len(rows) == wanted["classes_valid"]
    assert sum(row["participants"] for row in rows) == wanted["rows_valid"]


@pytest.mark.parametrize("score", KEYS)
def test_the_region_described_is_the_whole_file(home: Path, wanted: dict[str, Any], score: str) -> None:
    primary, marks, journal = KEYS[score]
    (row,) = rows_of(home, wanted, "region", score)
    assert row["participants"] == wanted[primary]["n"]
    assert row["mean_primary"] == pytest.approx(wanted[primary]["mean"], abs=1e-6)
    assert row["sd_primary"] == pytest.approx(wanted[primary]["sd"], abs=1e-6)
    assert row["marks"] == wanted[marks]
    assert row["journal"] == {name: wanted[journal][name] for name in JOURNAL}
