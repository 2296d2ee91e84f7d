"""The slow, obvious engine: plain loops over rows. It checks the fast one and is used in tests only."""

from collections import Counter
from typing import Any

import pyarrow as pa

from msoko.core.facts.schema import item_numbers
from msoko.core.facts.summary import COUNTS, ITEMS, SCORES, Summary
from msoko.core.vocabulary.statuses import RowStatus, ScoreBasis

Row = dict[str, Any]


def summarise(table: pa.Table) -> Summary:
    """Counts, scores and items of a pupil-level table."""
    rows = table.to_pylist()
    numbers = item_numbers(table)
    return Summary.of(_counts(rows), _scores(rows), _items(rows, numbers))


def _score(row: Row, basis: ScoreBasis) -> int | None:
    """The participant's score, None where the row is not in the population of that score."""
    score: int | None
    if basis is ScoreBasis.PRINTED:
        score = row["printed_total"] if row["in_printed"] else None
    elif basis is ScoreBasis.ITEMS:
        score = row["items_total"] if row["in_items"] else None
    else:
        score = row["test_score"] if row["status"] in (RowStatus.VALID, RowStatus.NO_TOTAL) else None
    return score


def _counts(rows: list[Row]) -> pa.Table:
    counted = Counter((row["login"], row["class_name"], row["status"]) for row in rows)
    return _table([(*key, n) for key, n in counted.items()], COUNTS)


def _scores(rows: list[Row]) -> pa.Table:
    counted: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        for basis in ScoreBasis:
            score = _score(row, basis)
            if score is not None:
                marks = (row["journal_mark"], row["printed_mark"])
                counted[row["login"], row["class_name"], basis.value, score, *marks] += 1
    return _table([(*key, n) for key, n in counted.items()], SCORES)


def _items(rows: list[Row], numbers: list[int]) -> pa.Table:
    sums: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        for basis in (ScoreBasis.PRINTED, ScoreBasis.ITEMS):
            total = _score(row, basis)
            for number in numbers if total is not None else ():
                value = row[f"item_{number}"]
                of_item = sums.setdefault((row["login"], row["class_name"], basis.value, number), [0] * 5)
                of_item[0] += value is not None
                of_item[1] += value is None
                of_item[2] += value or 0
                of_item[3] += (value or 0) ** 2
                of_item[4] += (value or 0) * (total or 0)
    return _table([(*key, *values) for key, values in sums.items()], ITEMS)


def _table(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
