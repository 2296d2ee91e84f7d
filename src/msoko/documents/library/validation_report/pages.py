"""The report as files of a working copy: the definition that ships, docs/validation.md and its pictures."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.validation import RESULTS, Validation, as_text
from msoko.documents.blocks import Document, Picture
from msoko.documents.library.validation_report.content import Data, build
from msoko.documents.rendering.markdown import to_markdown

ROOT = RESULTS.parents[4]
"""Of the working copy; an installed package has no docs beside it."""
PICTURE = "pictures/validation_{number}.png"


def document_of(validation: Validation, definitions: Definitions) -> Document:
    return build(Data(validation, definitions.methods))


def markdown_of(document: Document) -> str:
    return to_markdown(document, [PICTURE.format(number=n) for n, _ in enumerate(_pictures(document), 1)])


def _pictures(document: Document) -> list[Picture]:
    return [block for block in document.blocks if isinstance(block, Picture)]


def write(validation: Validation, definitions: Definitions, root: Path) -> None:
    """Replaces the definition, the page and its pictures below `root`: the page says what the file, rounded, says."""
    validation = Validation.from_plain(validation.as_plain())
    definition = root / RESULTS.relative_to(ROOT)
    definition.parent.mkdir(parents=True, exist_ok=True)
    definition.write_text(as_text(validation), encoding="utf-8")
    document, docs = document_of(validation, definitions), root / "docs"
    for old in docs.glob(PICTURE.format(number="*")):
        old.unlink()
    for number, picture in enumerate(_pictures(document), 1):
        file = docs / PICTURE.format(number=number)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(squeezed(picture.chart.png()))
    (docs / "validation.md").write_text(markdown_of(document), encoding="utf-8")


def squeezed(png: bytes) -> bytes:
    """The same picture in a third of the bytes: the drawer packs quickly, a repository keeps for ever."""
    parts = list(_parts(png))
    pixels = zlib.decompress(b"".join(content for kind, content in parts if kind == PIXELS))
    first = next(place for place, (kind, _) in enumerate(parts) if kind == PIXELS)
    others = [part for part in parts if part[0] != PIXELS]
    others.insert(first, (PIXELS, zlib.compress(pixels, 9)))
    return png[:SIGNATURE] + b"".join(_part(*part) for part in others)


SIGNATURE = 8
"""Bytes before the first part of a PNG file (W3C, Portable Network Graphics, section 5)."""
PIXELS = b"IDAT"


def _parts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content; each part is length, kind, content, check sum."""
    place = SIGNATURE
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += length + 12


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
