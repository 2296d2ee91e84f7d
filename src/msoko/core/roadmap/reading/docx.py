"""DOCX → lines: the body in its order, rows of tables with the columns at which their cells begin."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from msoko.core.roadmap.reading.complaints import Complaint
from msoko.core.roadmap.reading.docx_blocks import Block, Blocks, Paragraph, Row, Table
from msoko.core.roadmap.reading.docx_package import package_of
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.unreadable import UnreadableDocument

NEARLY_ONE_EDGE = 140  # twentieths of a point, 2.5 mm: edges dragged by hand differ by less, columns are wider
NEARLY_ONE_TABLE = 0.04  # of the table's width: what pages turned into tables one by one differ by
LEAST_COLUMNS = 3  # of tables that may differ in their number of columns and yet be one
NUMBER_OF_PAGE = re.compile(r"[-–— ]*\d{0,3}[-–— ]*")

PICTURES = ("}blip", "}imagedata")
RECOGNISE = "Распознайте их (FineReader, Word) и сохраните как DOCX или найдите исходный документ."
_UNREAD_PICTURES = Complaint(
    "pictures_in_document",
    "В документе есть изображения, а таблиц нет: если таблица — изображение, она не прочитана.",
    RECOGNISE,
)

Columns = dict[int, int]


def lines_of_docx(content: bytes) -> tuple[Line, ...]:
    """Paragraphs and rows that are not empty; tables with nothing between them and the same columns are one.

    Raises UnreadableDocument for what is no DOCX, is locked, broken or not safe, or has no text.
    """
    return lines_and_complaints_of_docx(content)[0]


def lines_and_complaints_of_docx(content: bytes) -> tuple[tuple[Line, ...], tuple[Complaint, ...]]:
    """The same, and that its pictures were not read where no table was."""
    package = package_of(content)
    try:
        blocks = list(Blocks(package).of(package.body))
    except RecursionError as problem:
        raise UnreadableDocument(
            "Таблицы документа вложены друг в друга слишком глубоко.", "Уберите вложенные таблицы и загрузите снова."
        ) from problem
    lines = tuple(_numbered(_lines(blocks)))
    has_pictures = any(element.tag.endswith(PICTURES) for element in package.body.iter())
    if not lines:
        raise _without_text(has_pictures)
    is_suspicious = has_pictures and all(line.table is None for line in lines)
    return lines, (_UNREAD_PICTURES,) if is_suspicious else ()


def _without_text(has_pictures: bool) -> UnreadableDocument:
    if has_pictures:
        return UnreadableDocument("В документе нет текста: это изображения страниц (скан).", RECOGNISE, "no_text")
    return UnreadableDocument("В документе нет текста.", "Проверьте, тот ли файл загружен.", "empty_file")


def _numbered(lines: Iterable[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines, start=1):
        yield replace(line, number=number)


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """Lines without their numbers yet."""
    tables = 0
    for group in _groups(blocks):
        if isinstance(group, Paragraph):
            if group.text:
                yield Line(0, (group.whole,), heading=group.heading)
        else:
            tables += 1
            yield from _rows(group, tables)


def _groups(blocks: Iterable[Block]) -> Iterator[Paragraph | list[Table]]:
    """Paragraphs, and lists of the pieces of one table: cut by a page, it goes on after nothing or a page number."""
    pieces: list[Table] = []
    between: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and pieces and NUMBER_OF_PAGE.fullmatch(block.whole):
            between.append(block)
        elif isinstance(block, Table) and (not any(any(row.texts) for row in block.rows)):
            continue
        elif isinstance(block, Table) and pieces and _goes_on(pieces[0], block):
            pieces, between = [*pieces, block], []
        else:
            if pieces:
                yield pieces
            yield from between
            pieces, between = ([block], []) if isinstance(block, Table) else ([], [])
            if isinstance(block, Paragraph):
                yield block
    if pieces:
        yield pieces
    yield from between


def _goes_on(table: Table, other: Table) -> bool:
    """Whether the columns of the other table are those of the table, but for some that a converter split or lost."""
    narrow, wide = sorted((_usual_width(table), _usual_width(other)))
    near = NEARLY_ONE_TABLE * max(*table.edges, *other.edges, 1)
    if narrow != wide and (narrow < LEAST_COLUMNS or abs(table.edges[-1] - other.edges[-1]) > near):
        return False
    few, many = sorted((_starts(table), _starts(other)), key=len)
    return all(min(abs(one - another) for another in many) <= near for one in few)


def _usual_width(table: Table) -> int:
    return Counter(len(row.cells) for row in table.rows).most_common(1)[0][0]


def _starts(table: Table) -> set[int]:
    return {_place(table.edges, cell.at) for row in table.rows for cell in row.cells}


def _place(edges: tuple[int, ...], at: int) -> int:
    """Where the column begins; columns that the grid forgot follow the last one."""
    return edges[at] if at < len(edges) else edges[-1] + 1000 * (at - len(edges) + 1)


def _rows(pieces: list[Table], table: int) -> Iterator[Line]:
    texts = [row.texts for piece in pieces for row in piece.rows if any(row.texts)]
    is_repeated = texts.count(texts[0]) > 1 and sum(map(bool, texts[0])) > 2
    places = [
        [[_place(_edges(pieces, piece), cell.at) for cell in row.cells] for row in piece.rows] for piece in pieces
    ]
    columns = _columns([row for piece in places for row in piece])
    for piece, of_piece in zip(pieces, places, strict=True):
        for row, of_row in zip(piece.rows, of_piece, strict=True):
            if any(row.texts):
                yield _row(row, table, tuple(columns[place] for place in of_row), is_repeated and row.texts == texts[0])


def _edges(pieces: list[Table], piece: Table) -> tuple[int, ...]:
    """Pieces with as many columns as the first one have its columns, though a little wider or narrower."""
    return pieces[0].edges if len(piece.edges) == len(pieces[0].edges) else piece.edges


def _row(row: Row, table: int, columns: tuple[int, ...], is_repeated: bool) -> Line:
    merged = tuple(place for place, cell in enumerate(row.cells) if cell.is_merged_above)
    return Line(0, row.texts, table, columns, repeats_header=row.is_header or is_repeated, merged_above=merged)


def _columns(rows: list[list[int]]) -> Columns:
    """Place → column from 0. Places that lie close are one column where no row has cells at both."""
    columns: Columns = {}
    for place in sorted({place for row in rows for place in row}):
        column = max(columns.values(), default=-1)
        together = [other for other, of_other in columns.items() if of_other == column]
        is_near = bool(together) and place - together[0] < NEARLY_ONE_EDGE
        if not is_near or any(place in row and set(together) & set(row) for row in rows):
            column += 1
        columns[place] = column
    return columns
