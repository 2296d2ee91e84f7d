"""A document as PDF/UA through typst: tagged, with headings, repeated table headers and alternative texts.

The template holds form only. All words come to it as JSON and stay strings, which typst never reads as markup.
"""

import json
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

from msoko.documents import blocks
from msoko.documents.charts.look import folder_of
from msoko.documents.printable import all_printable
from msoko.documents.rendering import layout

FONT_PACKAGES = ("fontpkg_pt_serif", "fontpkg_pt_sans")


def to_pdf(document: blocks.Document) -> bytes:
    """The file's bytes, PDF/UA-1; the same document gives the same bytes. Only our own fonts are used."""
    import typst

    day = document.meta.created
    sources: Any = {"main.typ": _template(), "document.json": _as_json(document)}
    moment = datetime.combine(day, time(), UTC) if day else datetime(1980, 1, 1, tzinfo=UTC)
    options = {"font_paths": _fonts(), "timestamp": int(moment.timestamp())}
    try:
        pdf: bytes = typst.compile(sources, pdf_standards=["ua-1"], **options)
    except typst.TypstError as error:
        # A letter that no font has (an emoji, a foreign script) breaks the standard's promise, not the document:
        # it is then written, tagged all the same, without the claim to the standard.
        if "could not be displayed" not in str(error):
            raise
        pdf = typst.compile(sources, **options)
    return pdf


def _as_json(document: blocks.Document) -> bytes:
    return json.dumps(all_printable(_as_data(document)), ensure_ascii=False).encode()


@cache
def _template() -> bytes:
    return (files("msoko.documents.rendering") / "document.typ").read_bytes()


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(font_paths=[folder_of(package) for package in FONT_PACKAGES], include_system_fonts=False)


def _as_data(document: blocks.Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "footer": document.footer,
        "author": document.meta.author,
        "keywords": list(document.meta.keywords),
        "approval": list(document.approval),
        "wide": document.wide,
        "blocks": [_block(item, document.wide) for item in blocks.captioned(document)],
    }


def _block(item: blocks.Captioned, wide: bool) -> dict[str, Any]:
    block = item.block
    match block:
        case blocks.Heading(level, text):
            return {"kind": "heading", "level": level, "text": text}
        case blocks.Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case blocks.Note(text):
            return {"kind": "note", "text": text}
        case blocks.ListBlock(items, numbered):
            return {"kind": "list", "items": list(items), "numbered": numbered}
        case blocks.PageBreak():
            return {"kind": "page_break"}
        case blocks.Picture():
            return _picture(block, item.caption)
        case blocks.TableBlock():
            return _table(block, item.caption, wide)


def _picture(block: blocks.Picture, caption: str) -> dict[str, Any]:
    width, height = layout.picture_size(*block.chart.size())
    svg = block.chart.svg()
    return {
        "kind": "picture",
        "svg": svg,
        "alt": block.description,
        "caption": caption,
        "width": width,
        "height": height,
    }


def _table(block: blocks.TableBlock, caption: str, wide: bool) -> dict[str, Any]:
    table = block.table
    return {
        "kind": "table",
        "caption": caption,
        "note": table.note,
        "widths": layout.widths(table, wide),
        "sides": [column.side for column in table.columns],
        "header": [column.header for column in table.columns],
        "rows": [
            {"tone": line.tone, "cells": texts} for line, texts in zip(table.lines, table.formatted_rows(), strict=True)
        ],
    }
