"""PDF: without scripts, programs to be launched and attached files."""

import re
import zlib
from collections.abc import Iterator

from msoko.core.vocabulary.russian import NBSP
from msoko.web.roadmap.evidence.hidden import refuse_hidden
from msoko.web.roadmap.evidence.refused import Refused

_END = 2048
"""Readers look for the end of the document in the last kilobyte; some programs write a little behind it."""
_MOST_PACKED, _LARGEST_UNPACKED = 20_000, 64 * 1024 * 1024
_HEAD = 1000  # the description of a stream, before its bytes
_PIECE = 1024 * 1024
_AGAIN = f"напечатайте его в{NBSP}PDF заново"
TOO_COMPLICATED = f"документ устроен слишком сложно, {_AGAIN}"


def _name(word: str) -> bytes:
    """A pattern of a PDF name, each letter of which may be written as its code: /JavaScript is /J#61vaScript."""
    letters = (f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in word)
    return "".join(letters).encode()


_ACTIVE = re.compile(
    b"/(?:%b)(?![A-Za-z#])"
    % b"|".join(
        _name(word) for word in ("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "ImportData")
    )
)


def check_pdf(data: bytes) -> None:
    """Also looks into the streams in which objects are packed. Raises Refused."""
    if b"%%EOF" not in data[-_END:]:
        raise Refused("файл оборван, загрузите его ещё раз")
    refuse_hidden(data)
    if _ACTIVE.search(data) or any(_ACTIVE.search(part) for part in _unpacked(data)):
        raise Refused(f"в{NBSP}документе есть сценарии или вложенные файлы, {_AGAIN}")


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Streams of packed objects. Of so many or so large ones as no document has, Refused is raised."""
    view, size = memoryview(data), 0
    for begins in _streams(data):
        try:
            part = zlib.decompressobj().decompress(view[begins : begins + _PIECE], 2 * _PIECE)
        except zlib.error:
            continue  # packed in another way: that is left to the scanner of viruses
        size += len(part)
        if size > _LARGEST_UNPACKED:
            raise Refused(TOO_COMPLICATED)
        yield part


def _streams(data: bytes) -> Iterator[int]:
    """Where the bytes of each stream of packed objects begin."""
    at, count = data.find(b"/ObjStm"), 0
    while at >= 0:
        count += 1
        if count > _MOST_PACKED:
            raise Refused(TOO_COMPLICATED)
        word = data.find(b"stream", at, at + _HEAD)
        if word >= 0:
            yield word + len(b"stream\r\n" if data[word + 6 : word + 8] == b"\r\n" else b"stream\n")
        at = data.find(b"/ObjStm", at + 1)
