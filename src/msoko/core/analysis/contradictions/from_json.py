"""Tables of a JSON file: {"tables": [{"title", "columns", "rows", "document", "year", "roles", …}]}."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msoko.core.analysis.contradictions.building import build
from msoko.core.analysis.contradictions.grid import Grid
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.tables import StatedTable
from msoko.core.definitions.loading import Definitions


class NotTables(ValueError):
    """The JSON holds no tables of this form; the message says what it lacks, in Russian."""


def tables_of_json(said: str, name: str, definitions: Definitions) -> list[StatedTable]:
    """The tables of the file's text; numbers keep the decimals they were typed with. Raises NotTables.

    Tables with the same `document` are about the same place; without one they are the file's.
    """
    try:
        data = json.loads(said, parse_float=Decimal)
    except (ValueError, RecursionError) as problem:  # a number of thousands of digits is refused as a value
        raise NotTables("Файл не читается как JSON.") from problem
    tables = data.get("tables") if isinstance(data, dict) else None
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise NotTables("В файле нет списка «tables» с таблицами.")
    built = [build(_grid(table, name), definitions) for table in tables]
    return [table for table in built if table is not None]


def _grid(table: Mapping[str, Any], name: str) -> Grid:
    rows = [row for row in table.get("rows") or [] if isinstance(row, dict | list)]
    headers = [str(column) for column in table.get("columns") or _keys(rows)]
    document = str(table.get("document") or name)
    year = table.get("year")
    return Grid(
        title=str(table.get("title") or table.get("id") or ""),
        headers=headers,
        rows=[(number, _cells(row, headers)) for number, row in enumerate(rows, 1)],
        document=document,
        scope=document,
        procedure=str(table.get("procedure") or ""),
        grade=table.get("grade") if isinstance(table.get("grade"), int) else None,
        year=year if isinstance(year, int) else None,
        roles=_roles(table.get("roles") or {}),
    )


def _roles(given: Mapping[str, Any]) -> dict[str, Role]:
    """Column → role, for tables whose headers say nothing. Raises NotTables for a role that is not there."""
    try:
        return {str(column): Role(role) for column, role in given.items()}
    except ValueError as problem:
        raise NotTables(f"Такой роли столбца нет: {problem}. Есть: {', '.join(Role)}.") from problem


def _keys(rows: list[Any]) -> list[str]:
    return list(dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row))


def _cells(row: Any, headers: list[str]) -> list[Any]:
    return [row.get(header) for header in headers] if isinstance(row, dict) else list(row)
