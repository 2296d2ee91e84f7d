"""Files that people hand in as evidence, good and bad, made by hand."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX_MAIN = f"{OFFICE}.wordprocessingml.document.main+xml"
XLSX_MAIN = f"{OFFICE}.spreadsheetml.sheet.main+xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
VBA = "application/vnd.ms-office.vbaProject"
PACKAGE = "Ole10Native".encode("utf-16-le")


def zipped(parts: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
        archive.comment = comment
    return out.getvalue()


def office(*types: str, parts: Mapping[str, bytes] | None = None, head: str = "") -> bytes:
    """A container whose description names parts of these types."""
    overrides = "".join(f'<Override PartName="/p{n}.xml" ContentType="{one}"/>' for n, one in enumerate(types))
    description = f'<?xml version="1.0"?>{head}<Types xmlns="x">{overrides}</Types>'
    return zipped({"[Content_Types].xml": description.encode(), "word/document.xml": b"<w/>", **(parts or {})})


def docx(parts: Mapping[str, bytes] | None = None) -> bytes:
    return office(DOCX_MAIN, parts=parts)


def xlsx(parts: Mapping[str, bytes] | None = None) -> bytes:
    return office(XLSX_MAIN, parts=parts)


def open_document(kind: str = "text", parts: Mapping[str, bytes] | None = None) -> bytes:
    said = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": said, "content.xml": b"<office/>", **(parts or {})})


def pdf(inside: bytes = b"1 0 obj <</Type /Catalog>> endobj") -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + inside + b"\nxref\ntrailer <<>>\nstartxref\n9\n%%EOF\n"


def packed(inside: bytes) -> bytes:
    """Objects in a compressed stream."""
    stream = zlib.compress(inside)
    return b"2 0 obj <</Type /ObjStm /N 1 /Filter /FlateDecode /Length %d>>\nstream\r\n%b\nendstream" % (
        len(stream),
        stream,
    )


def png(behind: bytes = b"", text: bytes = b"") -> bytes:
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    ]
    if text:
        chunks.insert(1, (b"tEXt", b"Comment\0" + text))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks) + behind


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(behind: bytes = b"", comment: bytes = b"") -> bytes:
    said = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + said + b"\xff\xd9" + behind


TEXT = "Протокол заседания: решили провести семинар.".encode()
TABLE = "Школа;Участников\nСОШ № 1;12\nСОШ № 2;-3\n".encode()

GOOD = {
    "pdf": ("Приказ.pdf", pdf()),
    "pdf with packed objects": ("Приказ.pdf", pdf(packed(b"<</Type /Page>>"))),
    "docx": ("Справка.docx", docx()),
    "docx with a formula of Equation": ("Справка.docx", docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf Equation"})),
    "xlsx": ("Таблица.xlsx", xlsx()),
    "odt": ("Справка.odt", open_document()),
    "ods": ("Таблица.ods", open_document("spreadsheet")),
    "png": ("Снимок экрана.png", png()),
    "jpeg": ("Фото.JPG", jpeg()),
    "jpeg of a telephone": ("Фото.jpeg", jpeg(behind=b"SEFT\x00\x01 something of the maker")),
    "txt": ("Протокол.txt", TEXT),
    "txt of Windows": ("Протокол.txt", TEXT.decode().encode("cp1251")),
    "txt of Notepad": ("Протокол.txt", TEXT.decode().encode("utf-16")),
    "csv": ("Список.csv", TABLE),
    "csv of Excel": ("Список.csv", TABLE.decode().encode("cp1251")),
}
"""What it is → name and bytes."""

MACROS, FOREIGN, HIDDEN, ARCHIVE, BROKEN = "макрос", "вложен", "спрятано", "это архив", "повреждён"
BAD = {
    "nothing": ("пусто.pdf", b"", "файл пуст"),
    "a program": ("приказ.pdf", b"MZ\x90\x00" + b"\0" * 60, "это программа"),
    "a program of Linux": ("приказ.pdf", b"\x7fELF\x02\x01", "это программа"),
    "a script": ("приказ.txt", b"#!/bin/sh\nrm -rf /\n", "это программа"),
    "a class of Java": ("приказ.pdf", b"\xca\xfe\xba\xbe\x00\x00", "это программа"),
    "a page": ("приказ.txt", b"  <!DOCTYPE html><html></html>", "веб-страница"),
    "a page in the middle of a text": ("приказ.txt", b"text " * 3000 + b"<ScRiPt>alert(1)</script>", "веб-страница"),
    "a page in UTF-16": ("приказ.txt", "<script>alert(1)</script>".encode("utf-16"), "веб-страница"),
    "a picture with scripts": ("схема.svg", b'<?xml version="1.0"?>\n<svg onload="alert(1)"/>', "веб-страница"),
    "a program of a web server": ("приказ.txt", b"<?php system($_GET[0]);", "веб-страница"),
    "a script by its name": ("приказ.bat", b"del *.*", "окончанием .bat"),
    "a script by its last name": ("приказ.txt.vbs", b'MsgBox "x"', "окончанием .vbs"),
    "old Word": ("приказ.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "старого формата"),
    "RTF": ("приказ.rtf", b"{\\rtf1 \\objdata}", "RTF"),
    "a shortcut": ("приказ.lnk", b"L\x00\x00\x00\x01\x14\x02\x00\x00", "ярлык"),
    "GIF": ("фото.gif", b"GIF89a", "JPEG или PNG"),
    "HEIC": ("фото.heic", b"\x00\x00\x00\x18ftypheic", "JPEG или PNG"),
    "a film": ("запись.mp4", b"\x00\x00\x00\x18ftypisom", "приложите"),
    "RAR": ("всё.rar", b"Rar!\x1a\x07\x00", ARCHIVE),
    "ZIP": ("всё.zip", zipped({"приказ.pdf": pdf()}), ARCHIVE),
    "ZIP by the name of a document": ("всё.docx", zipped({"приказ.pdf": pdf()}), ARCHIVE),
    "an empty ZIP": ("всё.docx", zipped({}), ARCHIVE),
    "bytes of no kind": ("что-то.pdf", b"\x00\x01\x02\x03" * 100, "такого вида"),
    "macros by their part": ("план.docx", docx({"word/vbaProject.bin": b"x"}), MACROS),
    "macros in capitals, backwards": ("план.docx", docx({"word\\VBAPROJECT.BIN": b"x"}), MACROS),
    "macros by the type of the document": ("план.docx", office(MACRO_MAIN), MACROS),
    "macros by the type of a part": ("план.docx", office(DOCX_MAIN, VBA), MACROS),
    "macros whose type is written in codes": ("план.docx", office(DOCX_MAIN, VBA.replace("v", "&#118;")), MACROS),
    "macros of Excel 4": ("план.xlsx", xlsx({"xl/macrosheets/sheet1.xml": b"x"}), MACROS),
    "an ActiveX control": ("план.docx", docx({"word/activeX/activeX1.bin": b"x"}), MACROS),
    "macros of OpenDocument": ("план.odt", open_document(parts={"Basic/Standard/Module1.xml": b"x"}), MACROS),
    "scripts of OpenDocument": ("план.ods", open_document("spreadsheet", {"Scripts/python/a.py": b"x"}), MACROS),
    "a program dropped into a document": ("план.docx", docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf" + PACKAGE}),
                                          FOREIGN),
    "a program as a part": ("план.docx", docx({"word/media/run.exe": b"MZ"}), FOREIGN),
    "a document with macros in a document": ("план.docx", docx({"word/embeddings/table.xlsm": b"PK"}), FOREIGN),
    "entities in the description": ("план.docx", office(DOCX_MAIN, head='<!DOCTYPE x [<!ENTITY a "b">]>'), BROKEN),
    "a document of two kinds": ("план.docx", office(DOCX_MAIN, XLSX_MAIN), ARCHIVE),
    "slides": ("план.pptx", office(f"{OFFICE}.presentationml.presentation.main+xml"), "презентации"),
    "slides of OpenDocument": ("план.odp", open_document("presentation"), "презентации"),
    "a broken container": ("план.docx", docx()[:-40] + docx()[-22:], BROKEN),
    "half a container": ("план.docx", docx()[:100], BROKEN),
    "a container with something behind": ("план.docx", docx() + b"<html>", HIDDEN),
    "a container with a remark": ("план.docx", zipped({"[Content_Types].xml": b"<T/>"}, b"<html></html>"), HIDDEN),
    "half a PDF": ("приказ.pdf", pdf()[:40], "оборван"),
    "a PDF with a script": ("приказ.pdf", pdf(b"1 0 obj <</S /JavaScript /JS (app.alert)>> endobj"), "сценарии"),
    "a PDF with a script written in codes": ("приказ.pdf", pdf(b"<</S /J#61v#61Script>>"), "сценарии"),
    "a PDF with a packed script": ("приказ.pdf", pdf(packed(b"<</S /JavaScript>>")), "сценарии"),
    "a PDF that starts programs": ("приказ.pdf", pdf(b"<</S /Launch /F (cmd.exe)>>"), "сценарии"),
    "a PDF with a file inside": ("приказ.pdf", pdf(b"<</Type /EmbeddedFile>>"), "сценарии"),
    "a PDF with an archive behind": ("приказ.pdf", pdf() + zipped({"a.class": b"x"}), HIDDEN),
    "a PDF with a program behind": ("приказ.pdf", pdf(b"This program cannot be run in DOS mode"), HIDDEN),
    "half a picture": ("фото.png", png()[:-3], "оборван"),
    "a picture with an archive behind": ("фото.png", png(behind=zipped({"a.class": b"x"})), HIDDEN),
    "a picture with a page in its comment": ("фото.png", png(text=b"<script>alert(1)</script>"), HIDDEN),
    "a snapshot with an archive behind": ("фото.jpg", jpeg(behind=zipped({"a.class": b"x"})), HIDDEN),
    "a snapshot with RAR behind": ("фото.jpg", jpeg(behind=b"Rar!\x1a\x07\x01\x00"), HIDDEN),
    "a snapshot with a page in its comment": ("фото.jpg", jpeg(comment=b"<html><script>"), HIDDEN),
    "a snapshot that is a PDF too": ("фото.jpg", jpeg(comment=b"%PDF-1.4"), HIDDEN),
    "a formula in a table": ("список.csv", b"a;=cmd|'/C calc'!A0\n", "формулы"),
    "a formula in quotes": ("список.csv", b'"=HYPERLINK(""http://evil.example"")"\n', "формулы"),
    "a formula by a plus": ("список.csv", b"a,+SUM(A1)\n", "формулы"),
}  # fmt: skip
"""What it is → name, bytes and what is said of it."""
