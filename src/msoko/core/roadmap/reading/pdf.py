"""PDF with text → lines: tables by their ruling lines, prose between them, what goes on over a page as one."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from msoko.core.roadmap.reading.complaints import Complaint
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.pdf_aligned import take_aligned_tables
from msoko.core.roadmap.reading.pdf_joining import Joiner
from msoko.core.roadmap.reading.pdf_page import Page, page_of
from msoko.core.roadmap.reading.pdf_prose import Column, Paragraph, is_centred, paragraphs_of
from msoko.core.roadmap.reading.pdf_running import without_running_titles
from msoko.core.roadmap.reading.pdf_signs import TextLine
from msoko.core.roadmap.reading.pdf_tables import Row, WholeTable, goes_on, rows_of
from msoko.core.roadmap.reading.unreadable import UnreadableDocument, damaged, locked, too_much
from msoko.core.vocabulary.russian import counted

MOST_PAGES = 500
MOST_UNREADABLE = 0.2  # of all signs; more is a file whose fonts do not say what their letters are
ENOUGH_LINES = 8  # of prose on a page to see from them where its margins are
WIDE = 0.75  # of what lies between equal margins: narrower lines are only short ones
ENDS_OF_SENTENCES = (".", ";", ":", "!", "?")
BLANKS = re.compile(r"\s+")


Part = Paragraph | WholeTable


def lines_of_pdf(content: bytes) -> tuple[Line, ...]:
    """Paragraphs and rows that are not empty, with the pages they begin on.

    Raises UnreadableDocument for a PDF that is locked, broken, too long or only a picture of text; MemoryError and
    RecursionError, where it is made to exhaust them.
    """
    return lines_and_complaints_of_pdf(content)[0]


def lines_and_complaints_of_pdf(content: bytes) -> tuple[tuple[Line, ...], tuple[Complaint, ...]]:
    """The same, and what could not be read on its pages."""
    pages = _pages(content)
    without_running_titles(pages)
    take_aligned_tables(pages)
    parts = list(_parts(pages))
    joiner = Joiner(_groups_of_lines(parts))
    return tuple(_lines(parts, joiner)), tuple(_complaints(pages))


def _complaints(pages: Sequence[Page]) -> Iterator[Complaint]:
    for page in pages:
        if page.has_picture and not page.signs:
            message = "Страница — изображение без текста: с неё ничего не прочитано."
            yield Complaint("picture_of_page", message, "Внесите её мероприятия вручную.", page=page.number)
        if page.is_drawing:
            message = "На странице слишком много линий: таблицы не разобраны, прочитан только текст."
            yield Complaint("drawing_on_page", message, "Проверьте мероприятия этой страницы.", page=page.number)
        if any(table.is_aligned for table in page.tables):
            message = "На странице таблица без линий: столбцы и строки определены по тому, как стоят слова."
            yield Complaint("table_by_alignment", message, "Сверьте её мероприятия с документом.", page=page.number)
        if page.has_unread_table:
            message = "На странице таблица без линий, и её столбцы не различить: мероприятия не прочитаны."
            advice = "Сохраните документ как DOCX или добавьте таблице границы и загрузите снова."
            yield Complaint("table_without_lines", message, advice, page=page.number)


def _pages(content: bytes) -> list[Page]:
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > MOST_PAGES:
                raise too_much(f"В файле {counted(len(document.pages), 'страница', 'страницы', 'страниц')}")
            pages = _read(document.pages)
    except (UnreadableDocument, MemoryError, RecursionError):
        raise
    except PdfminerException as problem:
        cause = problem.args[0] if problem.args else None
        if isinstance(cause, MemoryError | RecursionError):
            raise cause from problem
        raise (locked() if isinstance(cause, PDFPasswordIncorrect) else damaged()) from problem
    except (
        Exception
    ) as problem:  # pdfminer raises whatever a broken file makes of it: KeyError, TypeError, struct.error …
        raise damaged() from problem
    _refuse_pictures(pages)
    return pages


def _read(of_document: Iterable[Any]) -> list[Page]:
    pages: list[Page] = []
    for number, page in enumerate(of_document, start=1):
        pages.append(page_of(page.layout, number, pages[-1] if pages else None))
        page.close()  # lets go of what pdfplumber remembers of the page
    return pages


def _refuse_pictures(pages: Sequence[Page]) -> None:
    signs = sum(page.signs for page in pages)
    if not signs:
        message = "В файле нет текста: это изображение страниц (скан)."
        advice = "Распознайте его (FineReader, Word) и сохраните как DOCX или найдите исходный документ."
        raise UnreadableDocument(message, advice, "no_text")
    if sum(page.unreadable for page in pages) > MOST_UNREADABLE * signs:
        message = "Текст файла нельзя прочитать: в его шрифтах не указано, какие это буквы."
        raise UnreadableDocument(message, "Найдите исходный документ или сохраните его как DOCX.", "no_letters")


def _parts(pages: Sequence[Page]) -> Iterator[Part]:
    """Paragraphs and whole tables in their order; what a page breaks off goes on at the head of the next."""
    open_part: Part | None = None
    for page in pages:
        for place, part in enumerate(_parts_of_page(page, pages)):
            is_next = place == 0 or isinstance(part, list)  # tables with nothing between them, on one page too
            if is_next and open_part is not None and _continued(open_part, part):
                continue
            if open_part is not None:
                yield open_part
            open_part = part
    if open_part is not None:
        yield open_part


def _continued(part: Part, more: Part) -> bool:
    """Puts the part of the next page to the one before where it goes on."""
    if isinstance(part, list) and isinstance(more, list):
        if goes_on(part[0], more[0]) or goes_on(part[-1], more[0]):
            part.extend(more)
            return True
    elif isinstance(part, Paragraph) and isinstance(more, Paragraph):
        last, first = part.lines[-1], more.lines[0]
        is_open = not last.text.endswith(ENDS_OF_SENTENCES) and not is_centred(last, part.column)
        if is_open and first.text[:1].islower():
            part.lines.extend(more.lines)
            return True
    return False


def _parts_of_page(page: Page, pages: Sequence[Page]) -> Iterator[Part]:
    column = _column(page, pages)
    tops = [table.grid.box[1] for table in page.tables]
    for place in range(len(tops) + 1):
        above, below = (tops[place - 1] if place else 0.0), (tops[place] if place < len(tops) else page.height)
        yield from paragraphs_of([line for line in page.lines if above <= _middle(line) < below], column)
        if place < len(tops):
            yield [page.tables[place]]


def _middle(line: TextLine) -> float:
    return (line.top + line.bottom) / 2


def _column(page: Page, pages: Sequence[Page]) -> Column:
    """Where prose stands on the page; few lines do not show it, then pages of the same width do."""
    of_width = [other for other in pages if abs(other.width - page.width) < 1]
    lines = page.lines if len(page.lines) >= ENOUGH_LINES else [line for other in of_width for line in other.lines]
    left = min((line.left for line in lines), default=0)
    right = max((line.right for line in lines), default=page.width)
    is_seen = right - left > WIDE * (page.width - 2 * left)
    return Column(page.number, left, right if is_seen else page.width - left)


def _groups_of_lines(parts: Iterable[Part]) -> Iterator[Sequence[TextLine]]:
    for part in parts:
        if isinstance(part, Paragraph):
            yield part.lines
        else:
            yield from (cell.lines for piece in part for cell in piece.cells)


def _lines(parts: Sequence[Part], joiner: Joiner) -> Iterator[Line]:
    number = tables = 0
    for part in parts:
        tables += isinstance(part, list)
        for line in _lines_of_part(part, tables, joiner):
            number += 1
            yield replace(line, number=number)


def _lines_of_part(part: Part, table: int, joiner: Joiner) -> Iterator[Line]:
    if isinstance(part, Paragraph):
        text = joiner.joined(part.lines, part.column.left, part.column.right)
        if text:
            yield Line(0, (text,), page=part.column.page)
        return
    rows = [(row, _texts(row, joiner)) for row in rows_of(part)]
    header = _header([(row.page, texts) for row, texts in rows])
    for row, texts in rows:
        if any(texts):
            columns = tuple(column for column, _ in row.cells)
            merged = tuple(place for place, (_, cell) in enumerate(row.cells) if cell is None)
            is_header = _plain(texts) in header
            aligned = part[0].is_aligned
            yield Line(
                0, texts, table, columns, row.page, repeats_header=is_header, merged_above=merged, is_aligned=aligned
            )


def _texts(row: Row, joiner: Joiner) -> tuple[str, ...]:
    is_of_roadmap = len(row.cells) > 2  # a passport has two columns, and sentences in them
    return tuple(
        joiner.joined(cell.lines, cell.left, cell.right, is_of_roadmap) if cell else "" for _, cell in row.cells
    )


def _header(rows: Iterable[tuple[int, tuple[str, ...]]]) -> set[str]:
    """The first rows of the table that stand at the head of another page again."""
    by_page: dict[int, list[str]] = {}
    for page, texts in rows:
        if any(texts):
            by_page.setdefault(page, []).append(_plain(texts))
    first, *others = by_page.values()
    again = [takewhile(lambda pair: pair[0] == pair[1], zip(first, other, strict=False)) for other in others]
    return {row for pairs in again for row, _ in pairs}


def _plain(texts: Iterable[str]) -> str:
    return BLANKS.sub("", "|".join(texts))
