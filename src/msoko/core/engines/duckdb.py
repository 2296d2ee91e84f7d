"""DuckDB through Ibis: the engine of every day.

Ibis is imported on first use: it takes longer than a small command does in all. Every integer is widened before it
is multiplied or summed, because products of small integers wrap silently on some engines.
"""

import os
import threading
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from msoko.core.facts.schema import item_numbers
from msoko.core.facts.summary import SCORES, Summary
from msoko.core.vocabulary.statuses import RowStatus, ScoreBasis

if TYPE_CHECKING:
    import ibis.expr.types as ir

SCHOOL_AND_CLASS = ("login", "class_name")
_NO_VALUES = pa.array([], pa.int16())


@dataclass
class _Connection:
    backend: Any
    lock: threading.Lock = field(default_factory=threading.Lock)


_by_process: dict[int, _Connection] = {}


def summarise(table: pa.Table) -> Summary:
    """Counts, scores and items of a pupil-level table."""
    connection = _connection()
    with connection.lock:
        return _summarise(connection.backend, table)


def _connection() -> _Connection:
    """One in-memory connection a process: a new one costs about 15 ms, and one carried over a fork hangs the child."""
    known = _by_process.get(os.getpid())
    if known is None:
        import ibis

        known = _by_process.setdefault(os.getpid(), _Connection(ibis.duckdb.connect()))
    return known


def _summarise(backend: Any, table: pa.Table) -> Summary:
    import ibis

    rows = ibis.memtable(table)
    counts = rows.group_by(*SCHOOL_AND_CLASS, "status").aggregate(n=rows.count().cast("int64"))
    scores = _union([_scores(rows, basis) for basis in ScoreBasis])
    long = ibis.memtable(_one_row_an_item(table))
    items = _union([_items(long, basis) for basis in (ScoreBasis.PRINTED, ScoreBasis.ITEMS)])
    return Summary.of(*(backend.to_pyarrow(part) for part in (counts, scores, items)))


def _union(parts: "list[ir.Table]") -> "ir.Table":
    return reduce(lambda one, other: one.union(other), parts)


def _one_row_an_item(table: pa.Table) -> pa.Table:
    """The item columns below one another: item, value and all that a population needs.

    Arrow only points at the columns anew, and the expression stays short; two hundred aggregates side by side took
    Ibis four times longer to compile than DuckDB to compute.
    """
    others = table.select([name for name in table.column_names if not name.startswith("item_")])
    parts = [others.slice(0, 0).append_column("item", pa.array([], pa.int64())).append_column("value", _NO_VALUES)]
    for number in item_numbers(table):
        numbered = others.append_column("item", pa.repeat(pa.scalar(number, pa.int64()), table.num_rows))
        parts.append(numbered.append_column("value", table[f"item_{number}"]))
    return pa.concat_tables(parts)


def _population(rows: "ir.Table", basis: ScoreBasis) -> "ir.Table":
    """The rows that have that score, with the score in the column `score`."""
    if basis is ScoreBasis.PRINTED:
        chosen, score = rows.in_printed, rows.printed_total
    elif basis is ScoreBasis.ITEMS:
        chosen, score = rows.in_items, rows.items_total
    else:
        chosen, score = rows.status.isin([RowStatus.VALID.value, RowStatus.NO_TOTAL.value]), rows.test_score
    return rows.mutate(score=score.cast("int64")).filter(chosen & score.notnull())


def _scores(rows: "ir.Table", basis: ScoreBasis) -> "ir.Table":
    population = _population(rows, basis).mutate(basis=_literal(basis))
    keys = [name for name in SCORES.names if name != "n"]
    return population.group_by(keys).aggregate(n=population.count().cast("int64"))


def _literal(basis: ScoreBasis) -> Any:
    import ibis

    return ibis.literal(basis.value)


def _items(long: "ir.Table", basis: ScoreBasis) -> "ir.Table":
    population = _population(long, basis)
    population = population.mutate(basis=_literal(basis), value=population["value"].cast("int64"))
    value, score = population["value"], population["score"]
    return population.group_by(*SCHOOL_AND_CLASS, "basis", "item").aggregate(
        attempted=value.count(),
        not_attempted=value.isnull().sum(),
        total=value.sum().coalesce(0),
        squares=(value * value).sum().coalesce(0),
        with_score=(value * score).sum().coalesce(0),
    )
