"""Builders of documents for tests: the same paragraphs and tables as DOCX, PDF and TXT, and DOCX from bare XML."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import typst
from docx import Document as new_document

from msoko.documents.charts.look import folder_of

ROOM = (17.0, 25.7)  # centimetres across an upright and a lying page


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells; a row of one cell is merged over all columns. `widths` are parts of the page."""

    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    repeats_header: bool = False

    @property
    def columns(self) -> int:
        return max(map(len, self.rows))

    @property
    def shares(self) -> list[float]:
        parts = self.widths or [1.0] * self.columns
        return [part / sum(parts) for part in parts]


Block = str | Heading | Table


def txt_of(*blocks: Block) -> bytes:
    """Tabulators part the cells, as in texts made of signed documents."""
    return "\n".join(_text(block) for block in blocks).encode()


def _text(block: Block) -> str:
    if isinstance(block, Table):
        rows = ([*row, *[""] * (block.columns - len(row))] for row in block.rows)
        return "\n".join("\t".join(cell.replace("\n", "<br>") for cell in row) for row in rows) + "\n"
    return f"{block.text if isinstance(block, Heading) else block}\n"


def docx_of(*blocks: Block) -> bytes:
    document = new_document()
    for block in blocks:
        if isinstance(block, Table):
            _add_table(document, block)
        elif isinstance(block, Heading):
            document.add_heading(block.text, block.level)
        else:
            document.add_paragraph(block)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _add_table(document: Any, block: Table) -> None:
    table = document.add_table(rows=len(block.rows), cols=block.columns)
    for number, (row, cells) in enumerate(zip(block.rows, table.rows, strict=True)):
        room = cells.cells
        for text, cell in zip(row, room, strict=False):
            cell.text = text
        if len(row) == 1 and block.columns > 1:
            room[0].merge(room[-1])
        if number == 0 and block.repeats_header:
            properties = cells._tr.get_or_add_trPr()
            properties.append(properties.makeelement(f"{{{W}}}tblHeader", {}))
    for column, share in zip(table.columns, block.shares, strict=True):
        column.width = int(ROOM[0] * share * 360_000)


@dataclass(frozen=True)
class Page:
    """How the PDF is laid out: size of letters in points; `hyphenate` breaks words at ends of lines."""

    is_lying: bool = False
    size: float = 10
    hyphenate: bool = False
    justify: bool = False
    numbering: bool = True
    header: str = ""
    stroke: str = "0.5pt"
    height: float | None = None  # centimetres


def pdf_of(*blocks: Block, page: Page | None = None) -> bytes:
    page = page or Page()
    body = "\n\n".join(_typst(block, page) for block in blocks)
    return typst_pdf(f"{_set_up(page)}\n{body}")


def typst_pdf(source: str) -> bytes:
    """The source written in typst."""
    pdf: bytes = typst.compile({"main.typ": source.encode()}, font_paths=_fonts())
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> Any:
    return typst.Fonts(font_paths=[folder_of("fontpkg_pt_sans")], include_system_fonts=False)


NUMBERED = 'numbering: "1"'


def _set_up(page: Page) -> str:
    yes_no = {True: "true", False: "false"}
    parts = [f"flipped: {yes_no[page.is_lying]}", "margin: 2cm", NUMBERED if page.numbering else "numbering: none"]
    if page.height is not None:
        parts += ["width: 21cm", f"height: {page.height}cm"]
    else:
        parts.append('paper: "a4"')
    if page.header:
        parts.append(f"header: {content(page.header)}")
    return (
        f"#set page({', '.join(parts)})\n"
        f'#set text(font: "PT Sans", size: {page.size}pt, lang: "ru", hyphenate: {yes_no[page.hyphenate]})\n'
        f"#set par(justify: {yes_no[page.justify]})\n"
        f"#set table(stroke: {page.stroke})"
    )


def content(text: str) -> str:
    """The text as content of typst, its ends of lines kept."""
    pieces = " + linebreak() + ".join(f"text({json.dumps(piece, ensure_ascii=False)})" for piece in text.split("\n"))
    return f"[#({pieces})]"


def _typst(block: Block, page: Page) -> str:
    if isinstance(block, Heading):
        return f'#align(center, text(weight: "bold", size: {page.size + 3}pt){content(block.text)})'
    if isinstance(block, str):
        return f"#par{content(block)}"
    shares = ", ".join(f"{share:.4f}fr" for share in block.shares)
    rows = [_typst_row(row, block.columns) for row in block.rows]
    head = [f"table.header({rows.pop(0)})"] if block.repeats_header else []
    return f"#table(columns: ({shares},), {', '.join([*head, *rows])})"


def _typst_row(row: Sequence[str], columns: int) -> str:
    if len(row) == 1 and columns > 1:
        return f"table.cell(colspan: {columns}){content(row[0])}"
    return ", ".join(content(cell) for cell in row)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def docx_of_xml(
    body: str, *, numbering: str = "", styles: str = "", namespace: str = W, parts: dict[str, bytes] | None = None
) -> bytes:
    """A package of nothing but these parts; the contents are put inside w:body, w:numbering and w:styles."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        package.writestr("_rels/.rels", _relations(officeDocument="word/document.xml"))
        beside = {name: f"{name}.xml" for name, xml in (("numbering", numbering), ("styles", styles)) if xml}
        package.writestr("word/_rels/document.xml.rels", _relations(**beside))
        if "word/document.xml" not in (parts or {}):
            package.writestr("word/document.xml", _root("document", f"<w:body>{body}</w:body>", namespace))
        for name, xml in (("numbering", numbering), ("styles", styles)):
            if xml:
                package.writestr(f"word/{name}.xml", _root(name, xml, namespace))
        for name, data in (parts or {}).items():
            package.writestr(name, data)
    return packed.getvalue()


def _relations(**targets: str) -> str:
    said = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'


def _root(name: str, inside: str, namespace: str) -> str:
    return f'<w:{name} xmlns:w="{namespace}" xmlns:mc="{MC}">{inside}</w:{name}>'


def p(text: str = "", *, properties: str = "", runs: str = "") -> str:
    """A paragraph: its properties, its text, further runs."""
    said = f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>" if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{said}{runs}</w:p>"


def tc(inside: str = "", properties: str = "") -> str:
    """A cell; text that is no paragraph yet becomes one."""
    content_ = inside if inside.startswith("<w:") else p(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content_}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    said = "".join(cell if cell.startswith("<w:") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{said}</w:tr>"


def tbl(*rows: str, widths: Sequence[int] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
