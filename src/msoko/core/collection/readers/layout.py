"""Reads any form of our own back, cell by cell.

Rows: the keys of the layout's columns, `sheet` and `row`. A cell that tells nothing is an Unknown (missing, not
applicable or suppressed) in columns of numbers, dates and choices, and '' or [] in columns of text. A row in which a
required cell cannot be used is left out; any other cell that cannot be used is missing.
"""

from msoko.core.collection.complaints import Complaints, Place
from msoko.core.collection.grid import Workbook
from msoko.core.collection.personal import is_personal, tell_dropped
from msoko.core.collection.readers._tables import Row, Table, tables_of
from msoko.core.collection.readers._typed_cells import NotOfItsKind, is_known, value_of
from msoko.core.collection.reading import Grain, Hints, Naming, Reading, SchoolClaim
from msoko.core.collection.recognition import sheets_of
from msoko.core.definitions.kinds import Layout, LayoutColumn, Source
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.russian import join_with_and, number, quote
from msoko.core.vocabulary.statuses import Level
from msoko.core.vocabulary.unknowns import Unknown

Record = dict[str, object]
IDENTIFYING = ("text", "login", "logins", "choice", "year", "grade", "date")
DEFAULTS = {"status": "действует"}  # what a blank cell of the register means by its own explanation


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One Reading of the whole form; it is about no procedure."""
    layout = definitions.layouts[str(source.options["layout"])]
    complaints, rows, dropped = Complaints(), [], []
    for found in sheets_of(workbook, source):
        for table in tables_of(found.sheet, source, lambda lines: False):
            dropped += _tell_unread(table, source, complaints)
            rows += [record for row in table.rows if (record := _record(table, row, layout, complaints))]
    rows = _without_repeats(rows, layout, complaints)
    claims = {claim.key: claim for claim in map(_claim, rows) if claim}
    return [
        Reading(
            source.slug,
            Grain.RECORDS,
            Naming(source.procedure),
            complaints.all(),
            sorted(set(dropped)),
            list(claims.values()),
            rows=rows,
            title=layout.title,
        )
    ]


def _tell_unread(table: Table, source: Source, complaints: Complaints) -> list[str]:
    """Columns that the form lacks are not read; those of them that name a person are told as dropped."""
    unread = [cell for column, cell in enumerate(table.header.cells) if cell and column not in table.columns.values()]
    personal = [header for header in unread if is_personal(header, source)]
    others = [header for header in unread if header not in personal]
    tell_dropped(personal, complaints, source)
    if others:
        message = f"Столбцы, которых нет в форме, не прочитаны: {join_with_and([quote(header) for header in others])}."
        complaints.add(Level.WARNING, "unknown_columns", message, "Если это опечатка в заголовке, исправьте её.")
    return personal


def _record(table: Table, row: Row, layout: Layout, complaints: Complaints) -> Record | None:
    values: Record = {}
    usable = True
    for column in layout.columns:
        value = _value(table, row, column, complaints)
        values[column.key] = value
        usable = usable and (is_known(value) or not column.required)
    if not usable:
        return None
    values |= {key: said for key, said in DEFAULTS.items() if values.get(key) is Unknown.MISSING}
    for column in layout.columns:
        _check_part(table, row, column, layout, values, complaints)
        _check_sum(table, row, column, layout, values, complaints)
    return {**values, "sheet": table.sheet, "row": row.number}


def _value(table: Table, row: Row, column: LayoutColumn, complaints: Complaints) -> object:
    said, place = table.said(row, column.key), table.place(row, column.key)
    try:
        value = value_of(column, said)
    except NotOfItsKind as problem:
        kept = "строка пропущена" if column.required else "ячейка считается пустой"
        message = f"В столбце {quote(column.title)} не то, что ожидается: {kept}."
        complaints.add(Level.WARNING, f"bad_{column.key}", message, f"Нужно: {problem}.", place)
        return [] if column.kind == "logins" else "" if column.kind in ("text", "login") else Unknown.MISSING
    if column.required and not is_known(value):
        message = f"Не заполнен обязательный столбец {quote(column.title)}: строка пропущена."
        complaints.add(Level.WARNING, f"blank_{column.key}", message, "Заполните ячейку.", place)
    return value


def _check_part(
    table: Table, row: Row, column: LayoutColumn, layout: Layout, values: Record, complaints: Complaints
) -> None:
    part, whole = values[column.key], values.get(column.not_above)
    if isinstance(part, int | float) and isinstance(whole, int | float) and part > whole:
        title = quote(_titled(layout, column.not_above))
        message = f"Значение столбца {quote(column.title)} больше, чем в столбце {title} ({number(whole)})."
        advice = "Часть не может быть больше целого: исправьте одно из чисел."
        complaints.add(Level.WARNING, f"above_{column.key}", message, advice, table.place(row, column.key))


def _check_sum(
    table: Table, row: Row, column: LayoutColumn, layout: Layout, values: Record, complaints: Complaints
) -> None:
    """Missing parts say nothing against the whole; parts that do not apply are nothing."""
    parts = [values[key] for key in column.sum_of]
    whole = values[column.key]
    if not parts or not isinstance(whole, int | float) or Unknown.SUPPRESSED in parts:
        return
    total = sum(part for part in parts if isinstance(part, int | float))
    if total == whole or (total < whole and Unknown.MISSING in parts):
        return
    titles = join_with_and([quote(_titled(layout, key)) for key in column.sum_of])
    message = f"Значение столбца {quote(column.title)} не равно сумме столбцов {titles} ({number(total)})."
    complaints.add(
        Level.WARNING, f"sum_{column.key}", message, "Исправьте числа в строке.", table.place(row, column.key)
    )


def _titled(layout: Layout, key: str) -> str:
    return next(column.title for column in layout.columns if column.key == key)


def _without_repeats(rows: list[Record], layout: Layout, complaints: Complaints) -> list[Record]:
    """Of rows about the same thing the first is kept: which of two numbers is right nobody could tell."""
    keys = [column.key for column in layout.columns if column.kind in IDENTIFYING]
    kept: dict[str, Record] = {}
    for row in rows:
        about = repr([row[key] for key in keys])
        if about in kept:
            row_number, first = row["row"], kept[about]["row"]
            message = "Строка повторяет другую строку того же файла и пропущена."
            place = Place(
                str(row["sheet"]), row_number if isinstance(row_number, int) else None, "", f"как в строке {first}"
            )
            complaints.add(Level.WARNING, "repeated_row", message, "Оставьте одну из них.", place)
        else:
            kept[about] = row
    return list(kept.values())


def _claim(row: Record) -> SchoolClaim | None:
    """The school a row is about, if it is about one: by its login, else by its name within its municipality."""
    logins = row.get("logins")
    login = logins[0] if isinstance(logins, list) and logins else row.get("login") or ""
    name = str(row.get("school") or row.get("short_name") or "")
    municipality = str(row.get("municipality") or "")
    if row.get("kind") in ("регион", "муниципалитет") or not (login or name):
        return None
    key = str(login) or f"name:{municipality}|{name}"
    return SchoolClaim(key, name, municipality, region=str(row.get("region") or ""))
