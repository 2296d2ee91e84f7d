"""Writing computed values: one statement for all rows.

Django prepares every parameter of `bulk_create` by itself: for a region's hundred thousand that takes longer than
computing them.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection

from msoko.core.monitoring.describing import Figures
from msoko.web.collection.models import Procedure
from msoko.web.monitoring.columns import columns_of
from msoko.web.monitoring.models import Value

Columns = dict[str, Any]
"""Name of a field of `Value` → what the database stores in it."""


class Record(NamedTuple):
    """A value to be: its place and what is known there."""

    organisation: int
    class_name: str
    whole: bool
    score: str
    origin: str
    columns: Columns

    @property
    def place(self) -> tuple[int, str, bool, str]:
        return self.organisation, self.class_name, self.whole, self.score


def stored_columns(figures: Figures, tally: Mapping[str, Any]) -> Columns:
    """The columns of a value with these figures; the tally and the reasons as JSON."""
    known = columns_of(figures)
    return known | {"not_computed": _as_json(known["not_computed"]), "tally": _as_json(tally)}


def _as_json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def replace_values(procedure: Procedure, records: Iterable[Record], inputs: str) -> None:
    """The records instead of the procedure's values. Call it in a transaction."""
    Value.objects.filter(procedure=procedure).delete()
    rows = [_row(procedure.pk, record, inputs) for record in records]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_insert(rows[0]), [tuple(row.values()) for row in rows])


def _row(procedure: int, record: Record, inputs: str) -> dict[str, Any]:
    place = {
        "procedure": procedure,
        "organisation": record.organisation,
        "class_name": record.class_name,
        "whole": record.whole,
        "score": record.score,
        "origin": record.origin,
        "inputs": inputs,
    }
    return place | record.columns


def _insert(fields: Iterable[str]) -> str:
    """INSERT for these fields of `Value`, in their order."""
    quote = connection.ops.quote_name
    names = {field.name: field.column for field in Value._meta.concrete_fields}
    columns = [quote(str(names[name])) for name in fields]
    table = quote(Value._meta.db_table)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
