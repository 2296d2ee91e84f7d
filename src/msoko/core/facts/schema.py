"""The Arrow schemas of a batch: participants, aggregates of others, rows of our own layouts.

Strings are plain: Parquet encodes them as dictionaries by itself, and engines need not care.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from msoko.core.collection.reading import Grain
from msoko.core.definitions.kinds import WorkItem

METADATA_KEY = b"msoko"
AGGREGATE_LEVELS = ("sample", "region", "municipality", "school")
ITEM_COLUMN = re.compile(r"item_(\d+)")


def _required(name: str, kind: pa.DataType) -> pa.Field:
    return pa.field(name, kind, nullable=False)


PUPIL_FIELDS = (
    _required("login", pa.string()),
    _required("code", pa.string()),
    _required("class_name", pa.string()),
    _required("sex", pa.string()),
    _required("variant", pa.string()),
    pa.field("journal_mark", pa.int8()),
    pa.field("printed_mark", pa.int8()),
    pa.field("test_score", pa.int16()),
    pa.field("printed_total", pa.int16()),
    pa.field("items_total", pa.int16()),
    _required("status", pa.string()),
    _required("in_printed", pa.bool_()),
    _required("in_items", pa.bool_()),
    _required("row_number", pa.int32()),
)
AGGREGATE_FIELDS = (
    _required("level", pa.string()),
    _required("key", pa.string()),
    _required("name", pa.string()),
    pa.field("n", pa.int64()),
)


@dataclass(frozen=True)
class BatchMetadata:
    """What a facts file says of itself. `items` stand in the order of the columns item_1 … item_k."""

    source: str
    grain: Grain
    items: tuple[WorkItem, ...] = ()

    @property
    def item_maxima(self) -> dict[int, int | None]:
        """Column number (from 1) → maximum, None where it is unknown."""
        return {number: item.maximum for number, item in enumerate(self.items, 1)}

    def packed(self) -> dict[bytes, bytes]:
        plain = {"source": self.source, "grain": self.grain.value, "items": [asdict(item) for item in self.items]}
        return {METADATA_KEY: json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()}


def metadata_of(table: pa.Table) -> BatchMetadata:
    """The metadata of a table read from a facts file. Raises ValueError where the table carries none."""
    packed = (table.schema.metadata or {}).get(METADATA_KEY)
    if packed is None:
        raise ValueError("the table does not say which source it came from: it is not a batch of facts")
    plain = json.loads(packed)
    return BatchMetadata(plain["source"], Grain(plain["grain"]), tuple(WorkItem(**item) for item in plain["items"]))


def pupil_schema(items: int, metadata: BatchMetadata | None = None) -> pa.Schema:
    """The schema of a pupil-level batch with `items` item columns."""
    columns = [pa.field(f"item_{number}", pa.int16()) for number in range(1, items + 1)]
    return pa.schema([*PUPIL_FIELDS, *columns], metadata=metadata.packed() if metadata else None)


def pupil_table(
    columns: Mapping[str, Sequence[object]],
    item_scores: Sequence[Sequence[int | None]],
    source: str = "",
    items: Sequence[WorkItem] = (),
) -> pa.Table:
    """A pupil-level batch out of one list a column and one list an item.

    Raises ValueError where a column lacks or the items do not match their descriptions; pyarrow.ArrowInvalid where a
    value does not fit its type or a required one is None.
    """
    if items and len(items) != len(item_scores):
        raise ValueError(f"{len(item_scores)} item columns but {len(items)} items described")
    lacking = [column.name for column in PUPIL_FIELDS if column.name not in columns]
    if lacking:
        raise ValueError(f"columns lack: {', '.join(lacking)}")
    schema = pupil_schema(len(item_scores), BatchMetadata(source, Grain.PUPILS, tuple(items)))
    filled = {column.name: columns[column.name] for column in PUPIL_FIELDS}
    filled |= {f"item_{number}": scores for number, scores in enumerate(item_scores, 1)}
    return _checked(pa.table({name: pa.array(filled[name], schema.field(name).type) for name in filled}), schema)


def item_numbers(table: pa.Table) -> list[int]:
    """The numbers of the item columns a table has, ascending."""
    matches = (ITEM_COLUMN.fullmatch(name) for name in table.column_names)
    return sorted(int(match[1]) for match in matches if match)


def aggregate_table(rows: Sequence[Mapping[str, object]], source: str) -> pa.Table:
    """A batch of aggregates: level, key, name, n, then whatever the kind has (null = unknown).

    A row is a mapping with `level` (one of AGGREGATE_LEVELS), `key`, `name`, `n`. Raises ValueError for another level.
    """
    strange = {row["level"] for row in rows} - set(AGGREGATE_LEVELS)
    if strange:
        raise ValueError(f"unknown level of an aggregate: {', '.join(sorted(map(str, strange)))}")
    fixed = [field.name for field in AGGREGATE_FIELDS]
    wide = [name for name in _names_of(rows) if name not in fixed]
    kinds = {name: _kind_of(rows, name) for name in wide}
    schema = pa.schema(
        [*AGGREGATE_FIELDS, *(pa.field(name, kind) for name, kind in kinds.items())],
        metadata=BatchMetadata(source, Grain.AGGREGATES).packed(),
    )
    return _table_of(rows, schema)


def record_table(rows: Sequence[Mapping[str, object]], source: str) -> pa.Table:
    """A batch of rows of our own layouts: every value as text, null = the cell said nothing."""
    schema = pa.schema(
        [pa.field(name, pa.string()) for name in _names_of(rows)],
        metadata=BatchMetadata(source, Grain.RECORDS).packed(),
    )
    as_text = [{name: None if value is None else str(value) for name, value in row.items()} for row in rows]
    return _table_of(as_text, schema)


def _names_of(rows: Iterable[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _kind_of(rows: Iterable[Mapping[str, object]], name: str) -> pa.DataType:
    """What all known values of a column have in common: whole numbers, numbers, lists of numbers, else text."""
    known = [row[name] for row in rows if row.get(name) is not None]
    if known and all(isinstance(value, list) for value in known):
        return pa.list_(pa.float64())
    if known and all(isinstance(value, int) for value in known):
        return pa.int64()
    return pa.float64() if all(isinstance(value, int | float) for value in known) else pa.string()


def _table_of(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    def cell(row: Mapping[str, Any], column: pa.Field) -> Any:
        value = row.get(column.name)
        return str(value) if value is not None and pa.types.is_string(column.type) else value

    columns = [pa.array([cell(row, column) for row in rows], column.type) for column in schema]
    return _checked(pa.Table.from_arrays(columns, schema=schema), schema)


def _checked(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Arrow does not enforce `nullable=False` by itself, and a null login would silently make a school of nobody."""
    for column in schema:
        if not column.nullable and table[column.name].null_count:
            raise pa.ArrowInvalid(f"column {column.name} must not have nulls")
    return table.cast(schema)
