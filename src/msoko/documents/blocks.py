"""What a document consists of. Content builders make blocks; renderers give them form and change no word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from msoko.documents.tables import Table

if TYPE_CHECKING:
    from msoko.documents.charts.chart import Chart


@dataclass(frozen=True)
class Heading:
    """Level 1 is a section of the document; the title itself is not a heading block."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Note:
    """A remark in small type: how to read what stands above, what it does not say."""

    text: str


@dataclass(frozen=True)
class ListBlock:
    items: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True)
class TableBlock:
    """Its caption is the table's caption or title, its note stands under it."""

    table: Table


@dataclass(frozen=True)
class Picture:
    """`alt` defaults to the chart's own sentence."""

    chart: "Chart"
    caption: str
    alt: str = ""

    @property
    def description(self) -> str:
        return self.alt or self.chart.alt


@dataclass(frozen=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Note | ListBlock | TableBlock | Picture | PageBreak


@dataclass(frozen=True)
class Meta:
    """Properties of the file. `created` is a day given by the caller: renderers have no clock."""

    author: str = ""
    created: date | None = None
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """`approval` are the lines above the title, on the right: «УТВЕРЖДЕНО», by which order. `wide`: the sheet lies on
    its side, for tables of many words.
    """

    title: str
    subtitle: str
    blocks: Sequence[Block]
    footer: str
    meta: Meta = Meta()
    approval: tuple[str, ...] = ()
    wide: bool = False


@dataclass(frozen=True)
class Captioned:
    """A block with the caption it has in this document: «Таблица 2 — …», «Рисунок 1 — …», or '' for the rest."""

    block: Block
    caption: str = ""


def captioned(document: Document) -> Iterator[Captioned]:
    """The blocks in order, tables and pictures numbered through the document. Both renderers number by this."""
    tables = pictures = 0
    for block in document.blocks:
        if isinstance(block, TableBlock):
            tables += 1
            yield Captioned(block, f"Таблица\u00a0{tables}\u00a0— {block.table.caption or block.table.title}")
        elif isinstance(block, Picture):
            pictures += 1
            yield Captioned(block, f"Рисунок\u00a0{pictures}\u00a0— {block.caption}")
        else:
            yield Captioned(block)


def texts(document: Document) -> Iterator[str]:
    """Every piece of text of the document in reading order, without the footer: what any rendering must show."""
    yield from document.approval
    yield document.title
    if document.subtitle:
        yield document.subtitle
    for item in captioned(document):
        yield from _texts_of(item)


def _texts_of(item: Captioned) -> Iterator[str]:
    block = item.block
    if isinstance(block, Heading | Paragraph | Note):
        yield block.text
    elif isinstance(block, ListBlock):
        yield from block.items
    elif isinstance(block, TableBlock):
        yield item.caption
        yield from (column.header for column in block.table.columns)
        yield from (cell for row in block.table.formatted_rows() for cell in row)
        if block.table.note:
            yield block.table.note
    elif isinstance(block, Picture):
        yield item.caption
