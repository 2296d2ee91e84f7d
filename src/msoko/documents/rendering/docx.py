"""A document as DOCX: real headings, repeated table headers, captions, alternative texts, page numbers."""

import io
import zipfile
from datetime import UTC, datetime, time
from typing import Any

from docx import Document as new_document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as DocxParagraph

from msoko.documents import blocks
from msoko.documents.printable import printable
from msoko.documents.rendering import layout
from msoko.documents.rendering.docx_styles import prepare_styles
from msoko.documents.tables import Align, Table

ALIGNMENTS: dict[Align, WD_ALIGN_PARAGRAPH] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def to_docx(document: blocks.Document) -> bytes:
    """The file's bytes; the same document gives the same bytes."""
    file = new_document()
    prepare_styles(file)
    _prepare_page(file, document)
    _write_properties(file, document)
    for line in document.approval:
        _write_approval(file, line, document.wide)
    file.add_paragraph(printable(document.title), style="Title")
    if document.subtitle:
        file.add_paragraph(printable(document.subtitle), style="Subtitle")
    for item in blocks.captioned(document):
        if isinstance(item.block, blocks.TableBlock):
            _write_table(file, item, document.wide)
        else:
            _WRITERS[type(item.block)](file, item)
    out = io.BytesIO()
    file.save(out)
    return _without_clock(out.getvalue())


def _without_clock(packed: bytes) -> bytes:
    """The packer writes the time of day into the archive; without it equal documents are equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIP_DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _prepare_page(file: Any, document: blocks.Document) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(layout.PAGE_WIDTH_MM), Mm(layout.PAGE_HEIGHT_MM)
    section.left_margin, section.right_margin = Mm(layout.MARGIN_LEFT_MM), Mm(layout.MARGIN_RIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(layout.MARGIN_TOP_MM), Mm(layout.MARGIN_BOTTOM_MM)
    if document.wide:
        _lay_on_its_side(section)
    section.header_distance = section.footer_distance = Mm(9)
    footer = section.footer.paragraphs[0]
    footer.style = file.styles["Footer"]
    footer.add_run(printable(document.footer))
    number = section.footer.add_paragraph(style="Footer")
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_page_number(number)


def _lay_on_its_side(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin, section.top_margin = section.top_margin, section.left_margin
    section.bottom_margin = section.right_margin


def _write_approval(file: Any, line: str, wide: bool) -> None:
    """In the right half of the sheet, the lines close to each other."""
    paragraph = file.add_paragraph(printable(line), style="Body Text")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.first_line_indent = 0
    paragraph.paragraph_format.left_indent = Mm(layout.text_width(wide) * 0.55)
    paragraph.paragraph_format.line_spacing = 1.0


def _add_page_number(paragraph: DocxParagraph) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), (None, "1"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText" if text == "PAGE" else "w:t")
            mark.text = text
        run._r.append(mark)


def _write_properties(file: Any, document: blocks.Document) -> None:
    properties = file.core_properties
    day = document.meta.created
    moment = datetime.combine(day, time(), UTC) if day else datetime(*_ZIP_DAY[:3], tzinfo=UTC)
    properties.title, properties.subject = printable(document.title)[:255], printable(document.subtitle)[:255]
    properties.author = properties.last_modified_by = printable(document.meta.author)[:255]
    properties.keywords = printable(", ".join(document.meta.keywords))[:255]
    properties.language, properties.comments = "ru-RU", ""
    properties.created = properties.modified = moment.replace(tzinfo=None)


def _write_heading(file: Any, item: blocks.Captioned) -> None:
    file.add_heading(printable(item.block.text), level=item.block.level)  # type: ignore[union-attr]


def _write_paragraph(file: Any, item: blocks.Captioned) -> None:
    file.add_paragraph(printable(item.block.text), style="Body Text")  # type: ignore[union-attr]


def _write_note(file: Any, item: blocks.Captioned) -> None:
    file.add_paragraph(printable(item.block.text), style="Note")  # type: ignore[union-attr]


def _write_list(file: Any, item: blocks.Captioned) -> None:
    block = item.block
    assert isinstance(block, blocks.ListBlock)
    for text in block.items:
        file.add_paragraph(printable(text), style="List Number" if block.numbered else "List Bullet")


def _write_page_break(file: Any, item: blocks.Captioned) -> None:
    file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _write_picture(file: Any, item: blocks.Captioned) -> None:
    block = item.block
    assert isinstance(block, blocks.Picture)
    width, _ = layout.picture_size(*block.chart.size())
    paragraph = file.add_paragraph(style="Picture")
    shape = paragraph.add_run().add_picture(io.BytesIO(block.chart.png(2.5)), width=Mm(width))
    shape._inline.docPr.set("descr", printable(block.description))
    shape._inline.docPr.set("title", printable(block.chart.title))
    file.add_paragraph(printable(item.caption), style="Picture Caption")


def _write_table(file: Any, item: blocks.Captioned, wide: bool) -> None:
    block = item.block
    assert isinstance(block, blocks.TableBlock)
    file.add_paragraph(printable(item.caption), style="Caption")
    table = file.add_table(rows=1, cols=len(block.table.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _fill_table(table, block.table, wide)
    _narrow_margins(table)
    _describe_table(table, item.caption)
    file.add_paragraph(printable(block.table.note), style="Note" if block.table.note else "After Table")


def _fill_table(table: Any, source: Table, wide: bool) -> None:
    columns = source.columns
    _fill_row(table.rows[0], [column.header for column in columns], ["center"] * len(columns), bold=True)
    _mark_row(table.rows[0], "w:tblHeader")
    sides = [column.side for column in columns]
    rows = [table.add_row() for _ in source.lines]
    for row, line, texts in zip(rows, source.lines, source.formatted_rows(), strict=True):
        _fill_row(row, texts, sides, bold=line.tone in ("own", "total"), pale=line.tone == "pale")
    widths = [Mm(width * layout.text_width(wide)) for width in layout.widths(source, wide)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        _mark_row(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for row, line in zip(rows, source.lines, strict=True):
        if line.tone == "section":
            _make_section(row, line.cells[source.columns[0].key])


def _make_section(row: Any, words: object) -> None:
    """One cell across the row."""
    cells = row.cells
    cell = cells[0].merge(cells[-1])
    cell.text = printable(str(words))
    cell.paragraphs[0].style = "Table Text"
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    cell.paragraphs[0].runs[0].bold = True


def _fill_row(row: Any, texts: list[str], sides: list[Align], bold: bool = False, pale: bool = False) -> None:
    for cell, text, side in zip(row.cells, texts, sides, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table Text Pale" if pale else "Table Text"
        paragraph.alignment = ALIGNMENTS[side]
        paragraph.add_run(printable(text)).bold = bold or None


def _mark_row(row: Any, mark: str) -> None:
    element = OxmlElement(mark)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _narrow_margins(table: Any) -> None:
    """One millimetre beside the text instead of Word's two: six columns of shares need the room."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # The schema fixes the order of a table's properties, and Word is strict about it.
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _describe_table(table: Any, caption: str) -> None:
    element = OxmlElement("w:tblCaption")
    element.set(qn("w:val"), printable(caption))
    table._tbl.tblPr.append(element)


_WRITERS = {
    blocks.Heading: _write_heading,
    blocks.Paragraph: _write_paragraph,
    blocks.Note: _write_note,
    blocks.ListBlock: _write_list,
    blocks.Picture: _write_picture,
    blocks.PageBreak: _write_page_break,
}
