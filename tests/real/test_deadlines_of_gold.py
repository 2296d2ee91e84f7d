"""The deadlines of five real programmes, marked by hand, against the grammar."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from msoko.core.roadmap.deadlines import Deadline, understand
from msoko.core.vocabulary.words import normal

LEAST_KINDS, LEAST_WINDOWS, LEAST_CONDITIONS = 0.97, 0.95, 0.9


@pytest.fixture(scope="module")
def gold(real_files: Path) -> list[dict[str, Any]]:
    lines = (real_files / "gold" / "deadlines.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@pytest.fixture(scope="module")
def read(gold: list[dict[str, Any]]) -> list[tuple[dict[str, Any], Deadline]]:
    return [(one, understand(one["text"], *map(date.fromisoformat, one["period"]))) for one in gold]


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def windows_of(deadline: Deadline) -> list[list[str]]:
    return sorted([one.begins.isoformat(), one.ends.isoformat()] for one in deadline.windows)


def accepted(one: dict[str, Any]) -> list[list[list[str]]]:
    """The windows marked by hand and, where the words are ambiguous, the second reading."""
    return [sorted(one["windows"]), *([sorted(one["alt_windows"])] if one.get("alt_windows") else [])]


def test_there_are_enough_of_them(gold: list[dict[str, Any]]) -> None:
    assert len(gold) >= 150


def test_kinds_are_right(read: list[tuple[dict[str, Any], Deadline]]) -> None:
    wrong = [one["text"] for one, deadline in read if deadline.kind != one["kind"]]
    assert share([deadline.kind == one["kind"] for one, deadline in read]) >= LEAST_KINDS, wrong


def test_windows_are_right(read: list[tuple[dict[str, Any], Deadline]]) -> None:
    hits = [windows_of(deadline) in accepted(one) for one, deadline in read]
    wrong = [one["text"] for (one, _), hit in zip(read, hits, strict=True) if not hit]
    assert share(hits) >= LEAST_WINDOWS, wrong


def test_conditions_are_kept(read: list[tuple[dict[str, Any], Deadline]]) -> None:
    """Whether there is one, and whether its first words are those marked by hand."""
    begins = [normal(one["condition"] or "")[:12] in normal(deadline.condition or "") for one, deadline in read]
    there = [bool(one["condition"]) == bool(deadline.condition) for one, deadline in read]
    assert min(share(begins), share(there)) >= LEAST_CONDITIONS


def test_every_one_of_them_has_an_answer(read: list[tuple[dict[str, Any], Deadline]]) -> None:
    assert [one["text"] for one, deadline in read if not deadline.understood] == []


def test_none_of_them_is_understood_with_a_word_that_is_not(gold: list[dict[str, Any]]) -> None:
    """Where the words end with a condition they may end with anything; elsewhere a strange word is named."""
    for one in gold:
        if not one["condition"]:
            deadline = understand(f"{one['text']} зюзюка", *map(date.fromisoformat, one["period"]))
            assert not deadline.understood, one["text"]
            assert "зюзюка" in " ".join(deadline.not_understood)
