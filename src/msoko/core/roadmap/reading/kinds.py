"""What a document is, told by its bytes whatever its name says."""

import zipfile
from enum import Enum

from msoko.core.collection.containers import OLE, UnreadableFile, safe_zip
from msoko.core.roadmap.reading.unreadable import (
    SAVE_AS_DOCX,
    UPLOAD_AGAIN,
    UnreadableDocument,
    damaged,
    locked,
    too_much,
)

NEEDED = "Нужен документ DOCX, PDF с текстом или текстовый файл."
RECOGNISE = "Распознайте текст (FineReader, Word) и сохраните его как DOCX."
PDF_WITHIN = 1024  # bytes: some programs write something of their own before «%PDF»
LOOKED_AT = 4096  # bytes of the beginning by which a text is known
TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b")

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"AT&TFORM")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
PAGES = (b"<html", b"<!doctype", b"<?xml", b"mime-version:", b"<pkg:package", b"<w:worddocument")


class Kind(Enum):
    DOCX = "docx"
    PDF = "pdf"
    TEXT = "txt"


def kind_of(content: bytes) -> Kind:
    """Raises UnreadableDocument for what no reader can help with, saying what it is and what to do."""
    beginning = content[:LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableDocument("Файл пустой.", UPLOAD_AGAIN, "empty_file")
    if b"%PDF" in content[:PDF_WITHIN]:
        return Kind.PDF
    if content.startswith(b"PK"):
        return _kind_of_zip(content)
    if content.startswith(OLE):
        raise _refusal_of_ole(content)
    if beginning.startswith(b"{\\rtf"):
        raise UnreadableDocument("Это документ RTF.", SAVE_AS_DOCX, "rtf")
    if beginning.lower().startswith(PAGES):
        raise UnreadableDocument("Это веб-страница или XML, сохранённые под видом документа.", SAVE_AS_DOCX, "web_page")
    if content.startswith(PICTURES):
        raise UnreadableDocument("Это изображение, текста в нём нет.", RECOGNISE, "picture")
    if content.startswith(ARCHIVES):
        raise _archive()
    _refuse_programs(content)
    return Kind.TEXT


def _kind_of_zip(content: bytes) -> Kind:
    try:
        with safe_zip(content) as packed:
            return _kind_by_parts(packed)
    except UnreadableFile as problem:
        if problem.code == "password_needed":
            raise locked() from problem
        if problem.code == "too_large":
            raise too_much("Файл распаковывается в непомерно большой объём") from problem
        raise damaged() from problem


def _kind_by_parts(packed: zipfile.ZipFile) -> Kind:
    names = set(packed.namelist())
    if {"content.xml", "META-INF/manifest.xml"} <= names:
        raise UnreadableDocument("Это документ OpenDocument (ODT, ODS).", SAVE_AS_DOCX, "odt")
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        advice = "Скопируйте таблицу в документ Word и сохраните как DOCX."
        raise UnreadableDocument("Это книга Excel.", f"{NEEDED} {advice}", "spreadsheet")
    if "ppt/presentation.xml" in names:
        raise UnreadableDocument("Это презентация.", NEEDED, "presentation")
    if "[Content_Types].xml" in names or "word/document.xml" in names:
        return Kind.DOCX
    raise _archive()


def _archive() -> UnreadableDocument:
    return UnreadableDocument("Это архив.", "Распакуйте его и загрузите документ из него.", "archive")


def _refusal_of_ole(content: bytes) -> UnreadableDocument:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return locked()
    if "WordDocument".encode("utf-16-le") in content:
        return UnreadableDocument("Это документ Word старого вида (DOC).", SAVE_AS_DOCX, "doc")
    return UnreadableDocument("Это файл Microsoft Office старого вида.", f"{NEEDED} {SAVE_AS_DOCX}", "old_office")


def _refuse_programs(content: bytes) -> None:
    """Text has letters and ends of lines; zero bytes and other controls are a sign of something else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return  # UTF-16
    beginning = content[:LOOKED_AT]
    controls = sum(byte < 32 and byte not in TEXT_CONTROLS for byte in beginning)
    if content.startswith(b"MZ\x90") or b"\x00" in content or controls > len(beginning) / 50:
        raise UnreadableDocument("Это не текст и не документ.", NEEDED, "not_a_document")
