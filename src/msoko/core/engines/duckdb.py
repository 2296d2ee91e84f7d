"""DuckDB through Ibis: the engine of every day.

Ibis is imported on first use: it takes longer than a small command does in all. Every integer is widened before it
is multiplied or summed, because products of small integers wrap silently on some engines.
"""

import os
import threading
from dataclasses import dataclass, field
from functools import cache, reduce
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from msoko.core.facts.schema import PUPIL_FIELDS, item_numbers, pupil_schema
from msoko.core.facts.summary import SCORES, Summary
from msoko.core.vocabulary.statuses import RowStatus, ScoreBasis

if TYPE_CHECKING:
    import ibis.expr.types as ir

SCHOOL_AND_CLASS = ("login", "class_name")
ROWS, LONG = "participants", "participants_by_item"
_NOT_ITEMS = [column.name for column in PUPIL_FIELDS]
_FOR_ITEMS = [*SCHOOL_AND_CLASS, "printed_total", "items_total", "in_printed", "in_items"]
_NOT_ITEMS_SCHEMA = pupil_schema(items=0)
_LONG_SCHEMA = pa.schema(
    [
        *(_NOT_ITEMS_SCHEMA.field(name) for name in _FOR_ITEMS),
        pa.field("item", pa.int64(), nullable=False),
        pa.field("value", pa.int16()),
    ]
)


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
    statements = _statements()
    # Items are read from the long table only; without them every batch has the same shape.
    backend.con.register(ROWS, table.select(_NOT_ITEMS))
    backend.con.register(LONG, _one_row_an_item(table))
    try:
        return Summary.of(**{part: backend.con.sql(sql).to_arrow_table() for part, sql in statements.items()})
    finally:
        backend.con.unregister(ROWS)
        backend.con.unregister(LONG)


@cache
def _statements() -> dict[str, str]:
    """Part of the summary → its SQL, compiled once a process: Ibis compiles ten times longer than DuckDB computes."""
    import ibis

    rows = ibis.table(_schema_of(_NOT_ITEMS_SCHEMA), name=ROWS)
    long = ibis.table(_schema_of(_LONG_SCHEMA), name=LONG)
    parts = {
        "counts": rows.group_by(*SCHOOL_AND_CLASS, "status").aggregate(n=rows.count().cast("int64")),
        "scores": _union([_scores(rows, basis) for basis in ScoreBasis]),
        "items": _union([_items(long, basis) for basis in (ScoreBasis.PRINTED, ScoreBasis.ITEMS)]),
    }
    return {part: str(ibis.to_sql(expression, dialect="duckdb")) for part, expression in parts.items()}


def _schema_of(schema: pa.Schema) -> Any:
    from ibis.expr.schema import Schema

    return Schema.from_pyarrow(schema)


def _union(parts: "list[ir.Table]") -> "ir.Table":
    return reduce(lambda one, other: one.union(other), parts)


def _one_row_an_item(table: pa.Table) -> pa.Table:
    """The item columns below one another: item, value and all that a population needs.

    Arrow only points at the columns anew, and the expression stays short and the same for every number of items.
    """
    others = table.select(_FOR_ITEMS)
    parts = [_LONG_SCHEMA.empty_table()]
    for number in item_numbers(table):
        numbered = others.append_column("item", pa.repeat(pa.scalar(number, pa.int64()), table.num_rows))
        parts.append(numbered.append_column("value", table[f"item_{number}"]))
    return pa.concat_tables(part.cast(_LONG_SCHEMA) for part in parts)


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
