"""«Распределение первичных баллов»: per cent of participants with each primary score, a row a group.

Two forms: the one with columns Год, Класс, Предмет, Муниципалитет, Логин, ОО (several procedures in one table), and
the one with groups and a title. Rows: level, key, name, municipality, sheet, row, n, maximum, percents (list by score
from 0) and counts (None where they do not come back from the per cents without doubt).
"""

from msoko.core.collection.grid import Workbook
from msoko.core.collection.names import subject_in, year_in
from msoko.core.collection.naming import Content
from msoko.core.collection.readers._aggregates import (
    Draft,
    Drafts,
    check_parts_against_wholes,
    counts_of,
    group_of,
    group_row,
    participants,
    percents_of,
    tables_in,
)
from msoko.core.collection.readers._groups import Group
from msoko.core.collection.readers._procedures import content_in, title_in
from msoko.core.collection.readers._tables import Row, Table, count_of
from msoko.core.collection.reading import Hints, Reading
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions

KEYS = ("year", "grade", "subject", "municipality")  # cells that are merged over the rows of one procedure


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One Reading a procedure, whether a title or the row's own cells name it."""
    drafts = Drafts(workbook, source, hints, definitions)
    for table in tables_in(drafts):
        _Rows(table, drafts).read()
    for draft in drafts.all():
        _cut_to_maximum(draft)
        check_parts_against_wholes(draft)
    return [draft.finished() for draft in drafts.all()]


class _Rows:
    def __init__(self, table: Table, drafts: Drafts) -> None:
        self.table, self.drafts = table, drafts
        self.scores = _score_columns(table)
        self.titled = content_in(table.above, drafts.definitions)
        self.above: dict[str, str] = {}  # what merged cells say: the last value seen above

    def read(self) -> None:
        for row in self.table.rows:
            self._read_row(row)

    def _read_row(self, row: Row) -> None:
        draft = self.drafts.about(self._content(row), title_in(self.table.above))
        found = group_row(draft, self.table, row) if "group" in self.table.columns else self._school_row(draft, row)
        if found is None:
            return
        group, n = found
        percents = percents_of(draft, [self.table.place(row, column) for column in self.scores], n)
        if percents is not None:
            width = max((score + 1 for score, column in enumerate(self.scores) if row.said(column)), default=0)
            draft.add(group, self.table.place(row, "n"), n=n, percents=percents, width=width)

    def _content(self, row: Row) -> Content:
        for key in KEYS:
            said = self.table.said(row, key)
            if said and said != self.above.get(key):
                self._forget_below(key)
                self.above[key] = said
        if "year" not in self.table.columns:
            return self.titled
        grade = count_of(self.above.get("grade", "").lower().removesuffix("класс").strip())
        subject = subject_in(self.above["subject"], self.drafts.definitions) if "subject" in self.above else None
        return Content(year_in(self.above.get("year", "")), grade, subject)

    def _forget_below(self, key: str) -> None:
        if key != "municipality":
            self.above.pop("municipality", None)

    def _school_row(self, draft: Draft, row: Row) -> tuple[Group, int] | None:
        name, login = self.table.said(row, "name"), self.table.said(row, "login")
        municipality = self.table.said(row, "municipality") or (
            self.above.get("municipality", "") if name or login else ""
        )
        n = participants(draft, self.table.place(row, "n"))
        if n is None:
            return None
        place = self.table.place(row, "name" if name else "municipality")
        if not (name or login or municipality):
            draft.warn(
                "no_group", "В строке нет ни школы, ни муниципалитета, строка пропущена.", "Заполните их.", place
            )
            return None
        if not (name or login):
            return group_of(draft, place, municipality), n
        return group_of(draft, place, name or login, login, municipality), n


def _score_columns(table: Table) -> list[int]:
    """Columns headed 0, 1, 2, … in a row of their own order; whatever stands further right is none."""
    by_score = {score: i for i, cell in enumerate(table.header.cells) if (score := count_of(cell)) is not None}
    return [by_score[score] for score in range(len(by_score)) if all(s in by_score for s in range(score + 1))]


def _cut_to_maximum(draft: Draft) -> None:
    """A table of several works is as wide as the longest: columns blank in all rows of a work are not its own."""
    width = max((_width(row) for row in draft.rows), default=0)
    for row in draft.rows:
        percents, n = row["percents"], row["n"]
        assert isinstance(percents, list)
        assert isinstance(n, int)
        del row["width"]
        row |= {"maximum": width - 1, "percents": percents[:width], "counts": counts_of(percents[:width], n)}


def _width(row: dict[str, object]) -> int:
    width = row["width"]
    assert isinstance(width, int)
    return width
