"""The words of executors of five real programmes against the names given to them by hand."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from msoko.core.roadmap.executors import Executor, Kind, department_is_oo, split, understand_document
from msoko.core.vocabulary.words import look_alike

ENOUGH = 0.95
# Groups that only the authors of a document know: they are told as unknown, nothing else is.
KNOWN_TO_THE_AUTHORS = "участники программы"


@pytest.fixture(scope="module")
def cells(real_files: Path) -> dict[str, list[str]]:
    """The cells of executors of each document, in their order."""
    files = sorted((real_files / "gold").glob("activities_*.json"))
    rows = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}
    return {document: [row["executors"] for row in each if row["executors"]] for document, each in rows.items()}


@pytest.fixture(scope="module")
def names(real_files: Path) -> dict[str, list[str]]:
    return dict(json.loads((real_files / "gold" / "executors.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def understood(cells: dict[str, list[str]]) -> dict[str, list[tuple[Executor, ...]]]:
    """By wording: what each document that has it understands by it."""
    found: dict[str, list[tuple[Executor, ...]]] = defaultdict(list)
    for of_document in cells.values():
        for cell, executors in zip(of_document, understand_document(of_document), strict=True):
            found[cell].append(executors)
    return found


def test_wordings_have_the_names_given_by_hand(
    names: dict[str, list[str]], understood: dict[str, list[tuple[Executor, ...]]]
) -> None:
    right = [
        words
        for words, expected in names.items()
        if all([one.canonical for one in found] == expected for found in understood[words])
    ]
    assert len(names) >= 70
    assert len(right) / len(names) >= ENOUGH, sorted(set(names) - set(right))


def test_only_groups_known_to_the_authors_stay_unknown(understood: dict[str, list[tuple[Executor, ...]]]) -> None:
    unknown = {
        one.canonical for each in understood.values() for found in each for one in found if one.kind is Kind.UNKNOWN
    }
    assert {look_alike(name) for name in unknown} == {KNOWN_TO_THE_AUTHORS}


def test_one_name_is_of_one_kind_in_a_document(cells: dict[str, list[str]]) -> None:
    for of_document in cells.values():
        kinds: dict[str, set[Kind]] = defaultdict(set)
        for executors in understand_document(of_document):
            for one in executors:
                kinds[one.canonical].add(one.kind)
        assert all(len(of_one) == 1 for of_one in kinds.values())


def test_one_document_of_the_five_means_its_department_by_oo(cells: dict[str, list[str]]) -> None:
    assert [document[-3:] for document, each in cells.items() if department_is_oo(each)] == ["003"]


def test_split_counts_as_the_scorer_does(cells: dict[str, list[str]]) -> None:
    """The scorer of the list cuts at commas and semicolons outside of brackets and «»."""
    for cell in (cell for each in cells.values() for cell in each):
        assert [piece.rstrip(".") for piece in split(cell)] == [piece.rstrip(".") for piece in _as_scored(cell)]


def _as_scored(cell: str) -> list[str]:
    pieces, depth = [""], 0
    for sign in cell:
        depth += (sign in "(«") - (sign in ")»")
        if sign in ",;" and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += sign
    return [piece.strip() for piece in pieces if piece.strip()]
