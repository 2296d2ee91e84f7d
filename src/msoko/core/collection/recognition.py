"""Which known source a workbook is: told by its headers, never by its name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from msoko.core.collection import readers
from msoko.core.collection.complaints import Complaint
from msoko.core.collection.grid import Sheet, Workbook
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.cells import text
from msoko.core.vocabulary.russian import join_with_and, quote
from msoko.core.vocabulary.statuses import Level
from msoko.core.vocabulary.words import normal

NEAREST_SHOWN = 3


@dataclass(frozen=True)
class Found:
    """A sheet of the source and the index (from 0) of its header row."""

    sheet: Sheet
    header: int

    @property
    def headers(self) -> list[str]:
        """The header row's texts as they stand, '' for nothing."""
        return [text(cell) for cell in self.sheet.rows[self.header]]


@dataclass(frozen=True)
class Recognition:
    source: Source
    found: tuple[Found, ...]


class Refused(Exception):
    """No reading came of the file. `complaints` (at least one FAIL) say why and what to do."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__(" ".join(complaint.message for complaint in complaints))
        self.complaints = list(complaints)


def recognise(workbook: Workbook, definitions: Definitions) -> Recognition:
    """The most specific source whose headers all stand in one row. Raises Refused, naming the nearest sources."""
    matches = []
    for source in definitions.sources.values():
        found = sheets_of(workbook, source)
        if found:
            matches.append(Recognition(source, found))
    if not matches:
        raise Refused([_unrecognised(workbook, definitions)])
    return max(matches, key=lambda match: (len(match.source.recognised_by), match.source.slug))


def sheets_of(workbook: Workbook, source: Source) -> tuple[Found, ...]:
    """All sheets that have the source's headers, each with its first header row."""
    found = []
    for sheet in workbook.sheets:
        header = header_row(sheet, source.recognised_by, source.unless)
        if header is not None:
            found.append(Found(sheet, header))
    return tuple(found)


def header_row(sheet: Sheet, needed: Iterable[str], unless: Iterable[str] = ()) -> int | None:
    """Index of the first among the sheet's first 30 rows in which all headers stand (by normal form), or None."""
    wanted, unwanted = _forms(tuple(needed)), _forms(tuple(unless))
    for index, row in enumerate(sheet.first_words):
        if all(stands_in(row, header) for header in wanted) and not any(stands_in(row, header) for header in unwanted):
            return index
    return None


@lru_cache(maxsize=256)
def _forms(headers: tuple[str, ...]) -> frozenset[str]:
    """Normal forms; kept, for every sheet of every file is held against every source."""
    return frozenset(map(normal, headers))


def stands_in(row: set[str], header: str) -> bool:
    """Whether the row has the header; one ending in «…» needs only its beginning, where official forms ramble on."""
    return header in row or (header.endswith("…") and any(said.startswith(header[:-1].rstrip()) for said in row))


def columns_of(headers: Sequence[str], columns: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Field → index of its column: the first header, in the order given in the definition, that the row has."""
    where: dict[str, int] = {}
    for index, header in enumerate(headers):
        where.setdefault(normal(header), index)
    named = ((field, where.get(normal(header))) for field, names in columns.items() for header in names)
    found: dict[str, int] = {}
    for field, column in named:
        if column is not None:
            found.setdefault(field, column)
    return found


def _unrecognised(workbook: Workbook, definitions: Definitions) -> Complaint:
    rows = [row for sheet in workbook.sheets for row in sheet.first_words]
    nearest = sorted((_lacking(source, rows) for source in definitions.sources.values()), key=lambda near: near[0])
    said = "; ".join(
        f"{quote(title)} — не хватает заголовков: {join_with_and([quote(header) for header in lacking])}"
        for share, title, lacking in nearest[:NEAREST_SHOWN]
        if share < 1
    )
    message = "Файл не похож ни на одну известную форму: строки с нужными заголовками нет среди первых 30 строк."
    near = f" Ближе всего: {said}." if said else ""
    advice = "Проверьте, та ли это выгрузка, и не переименованы ли заголовки."
    return Complaint(Level.FAIL, "unrecognised", message + near, advice)


def _lacking(source: Source, rows: list[set[str]]) -> tuple[float, str, list[str]]:
    """(share of lacking headers, title, the headers that the best row lacks)."""
    wanted = {normal(header): header for header in source.recognised_by}
    best = max(rows, key=lambda row: len(wanted.keys() & row), default=set())
    lacking = [header for form, header in wanted.items() if form not in best]
    if not lacking:
        # All headers stand there, and one that must not.
        lacking = [f"лишний заголовок: {header}" for header in source.unless if normal(header) in best]
    return (len(lacking) / len(wanted) if wanted.keys() & best else 1, source.title, lacking)


def reader_of(source: Source) -> ModuleType | None:
    """The module that reads the source, found by its name in the folder of readers; None if there is none."""
    if source.reader not in reader_names():
        return None
    return import_module(f"{readers.__name__}.{source.reader}")


def reader_names() -> set[str]:
    return {module.name for module in iter_modules(readers.__path__) if not module.name.startswith("_")}
