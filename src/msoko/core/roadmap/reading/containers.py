"""The one door for signed documents: file → lines → roadmaps and passport, or a refusal that says what to do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from msoko.core.collection.other_process import OtherProcess
from msoko.core.roadmap.reading.complaints import Complaint
from msoko.core.roadmap.reading.kinds import Kind, kind_of
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.parse import parse
from msoko.core.roadmap.reading.parsed import Parsed
from msoko.core.roadmap.reading.passport import PassportField, passport_of
from msoko.core.roadmap.reading.text import lines_of_text
from msoko.core.roadmap.reading.unreadable import UnreadableDocument, too_much

__all__ = ["MOST_BYTES", "Document", "Kind", "UnreadableDocument", "read_roadmaps"]

MOST_BYTES = 30 * 2**20
MOST_BYTES_OF_TEXT = 4 * 2**20  # a text has no pictures; a programme of 200 pages is 1 MiB
MOST_SECONDS = 120  # a PDF of 500 full pages takes about 60
CHILD = Path(__file__).with_name("containers_child.py")
SIGNS = {Kind.DOCX: b"D", Kind.PDF: b"P"}

_CHILD = OtherProcess(CHILD, MOST_SECONDS)


@dataclass(frozen=True)
class Document:
    """What was read. Complaints of reading (a page that is a picture) stand first in `parsed.complaints`."""

    kind: Kind
    lines: tuple[Line, ...]
    parsed: Parsed
    passport: Mapping[str, PassportField]


def read_roadmaps(path: Path, name: str = "", most_bytes: int = MOST_BYTES) -> Document:
    """The document at the path, understood. `name` is what its owner called it, for messages; content tells the kind.

    Raises UnreadableDocument where it cannot be read: too large, locked, damaged, a scan, of another kind.
    """
    content = _content(path, name or path.name, most_bytes)
    kind = kind_of(content)
    lines, complaints = _lines(kind, content)
    parsed = parse(lines)
    return Document(kind, lines, replace(parsed, complaints=(*complaints, *parsed.complaints)), passport_of(lines))


def _content(path: Path, name: str, most_bytes: int) -> bytes:
    if not path.is_file():
        raise UnreadableDocument(f"Файла «{name}» нет.", "Проверьте путь к файлу.", "no_such_file")
    if path.stat().st_size > most_bytes:
        raise too_much(f"Файл «{name}» больше {most_bytes // 2**20} МБ")
    return path.read_bytes()


def _lines(kind: Kind, content: bytes) -> tuple[tuple[Line, ...], tuple[Complaint, ...]]:
    if kind is not Kind.TEXT:
        return _lines_from_child(kind, content)
    if len(content) > MOST_BYTES_OF_TEXT:
        raise too_much(f"Текст занимает больше {MOST_BYTES_OF_TEXT // 2**20} МБ")
    return lines_of_text(content), ()


def _lines_from_child(kind: Kind, content: bytes) -> tuple[tuple[Line, ...], tuple[Complaint, ...]]:
    try:
        sign, reply = _CHILD.ask(SIGNS[kind] + content)
    except (EOFError, OSError) as problem:
        advice = "Сохраните документ заново из программы, в которой он сделан, или разделите его на части."
        message = "Документ не удалось прочитать: он повреждён или требует слишком много времени и памяти."
        raise UnreadableDocument(message, advice, "not_read") from problem
    said = json.loads(reply)
    if sign == b"R":
        raise UnreadableDocument(*said)
    lines, complaints = said
    return tuple(map(_line, lines)), tuple(Complaint(**one) for one in complaints)


def _line(said: dict[str, object]) -> Line:
    return Line(**{name: tuple(value) if isinstance(value, list) else value for name, value in said.items()})  # type: ignore[arg-type]
