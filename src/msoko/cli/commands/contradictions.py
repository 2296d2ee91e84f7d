"""Найти противоречия в сводных таблицах: в принятых или в названных файлах.

Файлы не принимаются: формы ФИС ОКО и формы системы читаются как при загрузке, прочие таблицы (XLSX, XLS, ODS, CSV,
TXT с табуляцией) — по словам заголовков, JSON — как {"tables": [{"title", "columns", "rows"}]}.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msoko.cli.database import ready
from msoko.cli.outcome import Outcome, Refused, WrongCall

if TYPE_CHECKING:
    from msoko.core.analysis.contradictions import Contradiction, Parameters, Place, StatedTable

NAME = "contradictions"
MOST_PLACES = 4  # of a long sum the first cells tell where to look


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="FILE", type=Path, help="файлы; без них — всё, что принято")
    parser.add_argument("--year", type=int, help="только числа этого года")
    parser.add_argument("--set", action="append", default=[], metavar="ИМЯ=ЗНАЧЕНИЕ", help="изменить параметр")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    from msoko.core.analysis.contradictions import find

    parameters = _parameters(options.set)
    tables, unread = _of_files(options.paths) if options.paths else (_accepted(), [])
    found = [one for one in find(tables, parameters) if _is_of(one, options.year)]
    data: dict[str, object] = {
        "tables": len(tables),
        "contradictions": [one.as_json() for one in found],
        "not_read": [{"file": file, "reason": reason} for file, reason in unread],
    }
    text = _text(tables, found)
    if unread:
        raise Refused(*(f"{file}: {reason}" for file, reason in unread), data=data, text=text)
    return Outcome(data, text)


def _parameters(words: list[str]) -> "Parameters":
    from msoko.core.analysis.contradictions import Parameters

    try:
        return Parameters.said(words)
    except ValueError as wrong:
        raise WrongCall(f"--set: {wrong}.") from wrong


def _accepted() -> "list[StatedTable]":
    ready()
    from msoko.web.analysis.stated_tables import stated_tables
    from msoko.web.collection.models import Batch

    return stated_tables(Batch.objects.all())


def _of_files(paths: list[Path]) -> "tuple[list[StatedTable], list[tuple[str, str]]]":
    """The tables of all files, and the files that gave none, each with the reason."""
    from msoko.core.analysis.contradictions.from_files import NoTables, tables_of_file
    from msoko.core.definitions.loading import Definitions

    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        raise WrongCall(f"Нет такого файла: {', '.join(missing)}")
    definitions = Definitions.load()
    tables, unread = [], []
    for path in paths:
        try:
            tables += tables_of_file(path, definitions)
        except NoTables as refusal:
            unread.append((str(path), str(refusal)))
    return tables, unread


def _is_of(one: "Contradiction", year: int | None) -> bool:
    years = {place.year for place in one.places} - {None}
    return year is None or not years or year in years


def _text(tables: "list[StatedTable]", found: "list[Contradiction]") -> str:
    return "\n".join(_lines(tables, found))


def _lines(tables: "list[StatedTable]", found: "list[Contradiction]") -> Iterator[str]:
    from msoko.core.vocabulary.russian import number

    if not found:
        yield f"Противоречий нет. Таблиц проверено: {number(len(tables))}."
    for one in found:
        yield f"{one.severity.words}\t{one.sentence}"
        yield from (f"\t{_where(place)}" for place in one.places[:MOST_PLACES])


def _where(place: "Place") -> str:
    parts = [place.document, place.table, place.label, place.column]
    return " · ".join(filter(None, parts)) + (f" = {place.value}" if place.value else "")
