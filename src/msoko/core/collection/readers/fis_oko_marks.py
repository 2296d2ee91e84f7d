"""«Статистика по отметкам»: per cent of each mark, a row a group.

Rows: level, key, name, municipality, sheet, row, n, percent_2 … percent_5 and, where they come back from the per
cents without doubt, count_2 … count_5.
"""

from msoko.core.collection.grid import Workbook
from msoko.core.collection.readers._aggregates import (
    Draft,
    Drafts,
    check_means_of_parts,
    check_parts_against_wholes,
    counts_of,
    group_row,
    percents_of,
    titled_tables,
)
from msoko.core.collection.readers._tables import Row, Table
from msoko.core.collection.reading import Hints, Reading
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions

MARKS = ("2", "3", "4", "5")


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One Reading a procedure named above a table."""
    drafts = Drafts(workbook, source, hints, definitions)
    for table, draft in titled_tables(drafts):
        for row in table.rows:
            _read_row(draft, table, row)
    for draft in drafts.all():
        check_parts_against_wholes(draft)
        for mark in MARKS:
            check_means_of_parts(draft, draft.rows, f"percent_{mark}")
    return [draft.finished() for draft in drafts.all()]


def _read_row(draft: Draft, table: Table, row: Row) -> None:
    found = group_row(draft, table, row)
    if found is None:
        return
    group, n = found
    percents = percents_of(draft, [table.place(row, mark) for mark in MARKS], n)
    if percents is None:
        return
    counts = counts_of(percents, n) or []
    values = {f"percent_{mark}": value for mark, value in zip(MARKS, percents, strict=True)}
    values |= {f"count_{mark}": value for mark, value in zip(MARKS, counts, strict=False)}
    draft.add(group, table.place(row, "group"), n=n, **values)
