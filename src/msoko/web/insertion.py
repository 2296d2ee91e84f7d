"""Many rows of one table by one statement."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

Prepare = Callable[[Any], Any]


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, unless_there: bool = False
) -> None:
    """Write `rows` of values of these columns (names of the table's own: «organisation_id»); with `unless_there` a row
    that a constraint refuses is left out.

    `bulk_create` prepares every field of every object by itself, which for tens of thousands takes several times as
    long as writing them. Defaults of the model are not filled in: name every column that must have a value.
    """
    fields = {field.column: field for field in model._meta.concrete_fields}
    preparing = [_preparing(fields[name]) for name in columns]
    written = [[prepare(value) for prepare, value in zip(preparing, row, strict=True)] for row in rows]
    if written:
        with connection.cursor() as cursor:
            cursor.executemany(_statement(model, columns, unless_there), written)


def _preparing(field: "models.Field[Any, Any]") -> Prepare:
    """What the database driver has to be helped with; text and numbers it takes as they are."""
    if isinstance(field, models.JSONField):
        return lambda value: connection.ops.adapt_json_value(value, field.encoder)
    if isinstance(field, models.DateTimeField):
        return lru_cache(connection.ops.adapt_datetimefield_value)
    return lru_cache(connection.ops.adapt_datefield_value) if isinstance(field, models.DateField) else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _statement(model: type[models.Model], columns: Sequence[str], unless_there: bool) -> str:
    quote = connection.ops.quote_name
    names, signs = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    otherwise = " ON CONFLICT DO NOTHING" if unless_there else ""
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({signs}){otherwise}"
