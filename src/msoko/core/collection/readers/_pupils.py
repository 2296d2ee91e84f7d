"""What readers of pupil-level files share: a header row and the rows under it → `Pupils`, column by column."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress

from msoko.core.collection.complaints import Complaints, Place
from msoko.core.collection.grid import Texts, texts
from msoko.core.collection.identity import identities, identity_columns
from msoko.core.collection.personal import personal_columns, tell_dropped
from msoko.core.collection.reading import Pupils, SchoolClaim
from msoko.core.collection.recognition import Found, columns_of
from msoko.core.definitions.kinds import Source, WorkItem
from msoko.core.vocabulary.cells import is_not_attempted, text, whole_number
from msoko.core.vocabulary.statuses import Level
from msoko.core.vocabulary.words import natural_key, normal

FOOTERS = ("итог", "средн", "всего")
LEVELS = frozenset({"Б", "П", "В"})
LEVEL_ROWS_ABOVE = 3


@dataclass
class Table:
    """The rows under a header. Columns become texts when they are asked for; personal ones never do."""

    found: Found
    source: Source
    complaints: Complaints
    memo: Texts = field(default_factory=Texts)
    _texts: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = self.found.headers
        dropped = personal_columns(self.headers, self.source)
        self.dropped = [self.headers[index] for index in dropped]
        tell_dropped(self.dropped, self.complaints, self.source)
        self.headers = ["" if index in dropped else header for index, header in enumerate(self.headers)]
        self._unreadable = frozenset(dropped)
        self.where = columns_of(self.headers, self.source.columns)

    @cached_property
    def _columns(self) -> list[tuple[object, ...]]:
        return list(zip(*self.found.sheet.rows[self.found.header + 1 :], strict=True))

    @property
    def height(self) -> int:
        return len(self.found.sheet.rows) - self.found.header - 1

    def raw(self, index: int) -> tuple[object, ...]:
        return self._columns[index] if self._columns else ()

    def at(self, index: int) -> list[str]:
        """The column's texts over all rows under the header."""
        if index not in self._texts:
            self._texts[index] = texts(self.raw(index), self.memo)
        return self._texts[index]

    def named(self, field_name: str) -> list[str] | None:
        """The column of a field of the definition, None where the file has no such column."""
        index = self.where.get(field_name)
        return None if index is None else self.at(index)

    def headed(self, header: str) -> list[str] | None:
        """The column of a header, None where there is none."""
        wanted = normal(header)
        return next((self.at(index) for index, said in enumerate(self.headers) if normal(said) == wanted), None)

    def identities(self, schools: Sequence[str]) -> list[str] | None:
        """Whose row each is, made of the personal columns that the source names; None where it names none of them."""
        columns = identity_columns(self.found.headers, self.source)
        said = {part: texts(self.raw(index), Texts()) for part, index in columns.items()}
        return identities(said, schools) if said else None

    @cached_property
    def items(self) -> list[tuple[int, WorkItem]]:
        """(column, item) of the item columns, by the items' numbers: a file with columns moved says the same."""
        pattern = re.compile(str(self.source.options["item_header"]), re.IGNORECASE)
        found = []
        for index, header in enumerate(self.headers):
            match = pattern.match(" ".join(header.split()))
            if match and index not in self.where.values():
                maximum = match.groupdict().get("maximum")
                found.append((index, WorkItem(match["number"].strip(), int(maximum) if maximum else None)))
        found.sort(key=lambda pair: natural_key(pair[1].number))
        return self._up_to_the_gap(found) if self.source.options.get("items_end_at_gap") else found

    def _up_to_the_gap(self, found: list[tuple[int, WorkItem]]) -> list[tuple[int, WorkItem]]:
        expected = 1
        for _, item in found:
            if item.number != str(expected):
                break
            expected += 1
        return found[: expected - 1]

    def levels(self) -> dict[int, str]:
        """Column → level (Б, П, В) from a row above the header that says nothing else over the items, '' where it is
        silent."""
        columns = [index for index, _ in self.items]
        for above in range(self.found.header - 1, max(-1, self.found.header - 1 - LEVEL_ROWS_ABOVE), -1):
            row = self.found.sheet.rows[above]
            said = {index: text(row[index]).upper() for index in columns}
            if any(said.values()) and set(said.values()) <= LEVELS | {""}:
                return said
        return {}


def pupils_of(table: Table, login_otherwise: str = "") -> Pupils:
    """The participants of the table: empty rows, totals and rows without a school are left out and counted."""
    login = [said.lower() for said in table.named("login") or [""] * table.height]
    kept = _kept_rows(table, login, login_otherwise)
    everything = all(kept)

    def rows(column: list[str]) -> list[str]:
        return column if everything else list(compress(column, kept))

    def needed(name: str) -> list[str]:
        return rows(table.named(name) or [""] * table.height)

    def optional(name: str) -> list[str] | None:
        column = table.named(name)
        return None if column is None else rows(column)

    identity = table.identities([said or login_otherwise for said in login])
    first = table.found.header + 2
    levels = table.levels()
    outside = _outside(table)
    return Pupils(
        sheet=table.found.sheet.name,
        row_numbers=list(compress(range(first, first + table.height), kept)),
        login=[said or login_otherwise for said in rows(login)],
        code=needed("code"),
        class_label=needed("class_label"),
        sex=needed("sex"),
        variant=needed("variant"),
        journal_mark=needed("journal_mark"),
        total=needed("total"),
        items=[rows(table.at(index)) for index, _ in table.items],
        item_headers=[WorkItem(item.number, item.maximum, levels.get(index, "")) for index, item in table.items],
        item_columns=[table.headers[index] for index, _ in table.items],
        second_variant=optional("second_variant"),
        printed_mark=optional("printed_mark"),
        outside=outside if outside is None or everything else list(compress(outside, kept)),
        identity=None if identity is None else rows(identity),
    )


def _kept_rows(table: Table, login: Sequence[str], login_otherwise: str) -> list[bool]:
    """Which rows are participants. A file's usual row is settled by its login alone."""
    header = normal(table.headers[table.where["login"]]) if "login" in table.where else ""
    odd = {said for said in set(login) if not said or said == header or said.startswith(FOOTERS)}
    kept = [True] * len(login)
    if not odd:
        return kept
    skipped = 0
    for index, said in enumerate(login):
        if said not in odd:
            continue
        row = [cell for cell in _row(table, index) if cell]
        if said == "" and row and not row[0].lower().startswith(FOOTERS):
            kept[index] = bool(login_otherwise)
            if not login_otherwise:
                _complain_of_no_school(table, index, row[0])
        else:
            kept[index] = False
            skipped += 1
    if skipped:
        message = "Пустые и итоговые строки пропущены."
        table.complaints.add(Level.PASS, "rows_skipped", message, count=skipped)
    return kept


def _row(table: Table, index: int) -> list[str]:
    whole = table.found.sheet.rows[table.found.header + 1 + index]
    return texts(tuple(cell for column, cell in enumerate(whole) if table.headers[column]), table.memo)


def _complain_of_no_school(table: Table, index: int, value: str) -> None:
    place = Place(table.found.sheet.name, table.found.header + 2 + index, "", value)
    message = "В строке не назван логин школы; строка не учтена."
    table.complaints.add(
        Level.WARNING, "row_without_school", message, "Впишите логин школы и загрузите файл снова.", place
    )


def _outside(table: Table) -> list[bool] | None:
    """Rows with something outside the known columns: a sign that the row was shifted or its form is wrong."""
    options = table.source.options
    items = {index for index, _ in table.items}
    pattern = re.compile(str(options["item_header"]), re.IGNORECASE)
    beyond = [index for index, header in enumerate(table.headers) if index not in items and pattern.match(header)]
    nameless = [i for i, header in enumerate(table.found.headers) if not header]
    anything = beyond + nameless + _columns_headed(table, options.get("outside"))
    marks = [_marks(table, index, bool) for index in anything]
    marks += [_marks(table, index, _is_score) for index in _columns_headed(table, options.get("outside_if_score"))]
    marked = [column for column in marks if column is not None]
    return list(map(any, zip(*marked, strict=True))) if marked else None


def _columns_headed(table: Table, headers: object) -> list[int]:
    wanted = {normal(header) for header in headers} if isinstance(headers, list) else set()
    return [index for index, header in enumerate(table.headers) if normal(header) in wanted]


def _marks(table: Table, index: int, judge: Callable[[str], bool]) -> list[bool] | None:
    """For each row whether its cell stands outside; None for a column where none does."""
    if not set(table.raw(index)) - {"", None}:
        return None
    verdict = {said: judge(said) for said in set(table.at(index))}
    return list(map(verdict.__getitem__, table.at(index))) if any(verdict.values()) else None


def _is_score(said: str) -> bool:
    return bool(said) and (whole_number(said) is not None or (is_not_attempted(said) and len(said) == 1))


def claims_of(pupils: Pupils, table: Table, codes: dict[str, str] | None = None) -> list[SchoolClaim]:
    """The schools in order of appearance; a «code | name» cell gives both. `codes`: login → municipality's code."""
    first_row = dict(zip(reversed(pupils.login), reversed(pupils.row_numbers), strict=True))
    return [_claim(login, first_row[login], table, codes or {}) for login in dict.fromkeys(pupils.login)]


def _claim(login: str, row: int, table: Table, codes: dict[str, str]) -> SchoolClaim:
    def cell(name: str) -> tuple[str, str]:
        column = table.named(name)
        said = column[row - table.found.header - 2] if column else ""
        code, bar, after = said.partition("|")
        return (code.strip(), after.strip()) if bar else ("", said)

    municipality_code, municipality = cell("municipality")
    return SchoolClaim(
        key=login,
        name=cell("school")[1],
        municipality=municipality,
        municipality_code=municipality_code or codes.get(login, ""),
        region=cell("region")[1],
    )
