"""The five signed documents against what was read from them by hand: shares of activities, deadlines and executors."""

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from msoko.core.roadmap.reading.parse import parse
from msoko.core.roadmap.reading.parsed import Parsed, ParsedActivity
from msoko.core.roadmap.reading.text import lines_of_text

DOCUMENTS = ("000", "001", "002", "003", "004")
ALIKE = 0.9  # a title is right from this similarity on; so says the issue
FOUND, DEADLINES, EXECUTORS, INVENTED = 0.95, 0.92, 0.90, 0.03

Told = dict[str, Any]


@pytest.fixture(scope="module")
def read(real_files: Path) -> dict[str, tuple[Parsed, list[Told]]]:
    return {name: (_parsed(real_files, name), _told(real_files, name)) for name in DOCUMENTS}


def _parsed(real_files: Path, name: str) -> Parsed:
    (file,) = (real_files / "seeds").glob(f"{name}_*.txt")
    return parse(lines_of_text(file.read_bytes()))


def _told(real_files: Path, name: str) -> list[Told]:
    return json.loads((real_files / "gold" / f"activities_{name}.json").read_text(encoding="utf-8"))


def _normal(said: object) -> str:
    text = re.sub(r'[«»„“”‟"″\'’‘`]', '"', str(said or ""))
    return " ".join(text.split()).lower().strip(" .,;")


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def _pairs(parsed: Parsed, told: list[Told]) -> Iterator[tuple[ParsedActivity, Told]]:
    """Each activity of the hand with the one that was read for it: by lines where these agree, then by title."""
    left = list(parsed.activities)
    for one in told:
        likely = [
            (
                _likeness(_normal(activity.title), _normal(one["title"])),
                bool(set(activity.lines) & set(one["lines"])),
                i,
            )
            for i, activity in enumerate(left)
        ]
        fitting = [(together, likeness, -i) for likeness, together, i in likely if likeness >= ALIKE]
        if fitting:
            yield left.pop(-max(fitting)[2]), one


def _executors(one: Told) -> list[str]:
    """Cut at commas and semicolons outside of brackets and quotation marks."""
    parts = re.findall(r"(?:\([^)]*\)|«[^»]*»|[^,;(«])+", str(one["executors"] or ""))
    return sorted({_normal(part) for part in parts} - {""})


def _shares(parsed: Parsed, told: list[Told]) -> dict[str, float]:
    pairs = list(_pairs(parsed, told))
    deadlines = sum(_normal(read.deadline) == _normal(one["deadline"]) for read, one in pairs)
    executors = sum(sorted({_normal(said) for said in read.executors}) == _executors(one) for read, one in pairs)
    return {
        "found": len(pairs) / len(told),
        "deadlines": deadlines / len(told),
        "executors": executors / len(told),
        "invented": 1 - len(pairs) / max(1, len(parsed.activities)),
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_shares_of_each_document_are_those_of_the_issue(read: dict[str, tuple[Parsed, list[Told]]], name: str) -> None:
    shares = _shares(*read[name])
    assert shares["found"] >= FOUND
    assert shares["deadlines"] >= DEADLINES
    assert shares["executors"] >= EXECUTORS
    assert shares["invented"] <= INVENTED


@pytest.mark.parametrize("name", DOCUMENTS)
def test_roadmaps_stand_in_the_order_of_the_document_under_their_titles(
    read: dict[str, tuple[Parsed, list[Told]]], name: str
) -> None:
    parsed, told = read[name]
    wanted = list(dict.fromkeys(_normal(one["roadmap"]) for one in told))
    titles = [_normal(roadmap.title) for roadmap in parsed.roadmaps]
    assert len(titles) == len(wanted)
    assert all(one in title or _likeness(one, title) >= ALIKE for one, title in zip(wanted, titles, strict=True))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_sections_and_numbers_are_nearly_all_right(read: dict[str, tuple[Parsed, list[Told]]], name: str) -> None:
    pairs = list(_pairs(*read[name]))
    numbers = sum(read.number == one["number"] for read, one in pairs)
    sections = sum(_likeness(_normal(read.section), _normal(one["section"])) >= ALIKE for read, one in pairs)
    assert numbers >= 0.97 * len(pairs)
    assert sections >= 0.97 * len(pairs)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_rows_that_people_found_damaged_are_the_ones_the_reader_doubts(
    read: dict[str, tuple[Parsed, list[Told]]], name: str
) -> None:
    """Rows of one line without a note are clean; the mean of the others is lower."""
    pairs = list(_pairs(*read[name]))
    clean = [read.confidence for read, one in pairs if not one["note"] and len(one["lines"]) == 1]
    other = [read.confidence for read, one in pairs if one["note"] or len(one["lines"]) > 1]
    assert sum(confidence >= ALIKE for confidence in clean) >= 0.9 * len(clean)
    if other:
        assert sum(other) / len(other) < sum(clean) / len(clean)


def test_no_line_of_a_table_is_left_unsaid(read: dict[str, tuple[Parsed, list[Told]]]) -> None:
    """Every line that the hand took activities from is in an activity or in a complaint."""
    for parsed, told in read.values():
        said = {line for activity in parsed.activities for line in activity.lines}
        said |= {complaint.line for complaint in parsed.complaints if complaint.line}
        assert {line for one in told for line in one["lines"]} - said <= {764}  # a heading that lends its executor
