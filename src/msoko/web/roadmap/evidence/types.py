"""The types that are taken, and how they are told apart."""

from dataclasses import dataclass

from msoko.core.vocabulary.russian import NBSP
from msoko.web.roadmap.evidence.containers import contained_type
from msoko.web.roadmap.evidence.pdfs import check_pdf
from msoko.web.roadmap.evidence.pictures import check_jpeg, check_png
from msoko.web.roadmap.evidence.refused import Refused
from msoko.web.roadmap.evidence.texts import text_type

ALLOWED = "PDF, DOCX, XLSX, ODT, ODS, JPEG, PNG, TXT, CSV"


@dataclass(frozen=True)
class FileType:
    """`endings` begin with the usual one; `media_type` is the only one under which such a file is ever sent."""

    slug: str
    words: str
    media_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
TYPES = {
    one.slug: one
    for one in (
        FileType("pdf", "документ PDF", "application/pdf", (".pdf",)),
        FileType("docx", "документ Word", f"{_OFFICE}.wordprocessingml.document", (".docx",)),
        FileType("xlsx", "таблица Excel", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",)),
        FileType("odt", "документ ODT", f"{_OPEN_DOCUMENT}.text", (".odt",)),
        FileType("ods", "таблица ODS", f"{_OPEN_DOCUMENT}.spreadsheet", (".ods",)),
        FileType("png", "картинка PNG", "image/png", (".png",)),
        FileType("jpeg", "снимок JPEG", "image/jpeg", (".jpg", ".jpeg")),
        FileType("csv", "таблица CSV", "text/csv", (".csv", ".tsv")),
        FileType("txt", "текст", "text/plain", (".txt",)),
    )
}
BY_MEDIA_TYPE = {one.media_type: one for one in TYPES.values()}

_ARCHIVE = "это архив, приложите файлы из него по одному"
_PROGRAM = "это программа, а не документ"
_PICTURE = "такую картинку не принимаем, сохраните её как JPEG или PNG"
_FILM = f"видео и{NBSP}звук не{NBSP}принимаем, выложите запись и{NBSP}приложите ссылку"
_OLD = "это документ старого формата (DOC, XLS) или файл под паролем, сохраните его без пароля как DOCX, XLSX или PDF"
FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xfe\xed\xfa", _PROGRAM),
    (b"\xce\xfa\xed\xfe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\x00asm", _PROGRAM),
    (b"#!", _PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "это ярлык, а не файл"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD),
    (b"{\\rtf", "это документ RTF, сохраните его как DOCX или PDF"),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"MSCF", _ARCHIVE),
    (b"PK\x05\x06", _ARCHIVE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"RIFF", _FILM),
    (b"ID3", _FILM),
    (b"\x1aE\xdf\xa3", _FILM),
)
"""Beginnings of files that people do try to hand in, and what they are told. Others are refused all the same."""
_PICTURES_OF_PHONES = (b"heic", b"heix", b"mif1", b"msf1", b"avif")


def type_of(data: bytes, name: str) -> FileType:
    """What the bytes are; the name only tells a table from a text. Raises Refused."""
    if not data:
        raise Refused("файл пуст")
    for beginning, why in FOREIGN:
        if data.startswith(beginning):
            raise Refused(why)
    if data[4:8] == b"ftyp":
        raise Refused(_PICTURE if data[8:12] in _PICTURES_OF_PHONES else _FILM)
    return TYPES[_recognised(data, name)]


def _recognised(data: bytes, name: str) -> str:
    if data.startswith(b"PK\x03\x04"):
        return contained_type(data)
    if data.startswith(b"%PDF-"):
        check_pdf(data)
        return "pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        check_png(data)
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        check_jpeg(data)
        return "jpeg"
    return text_type(data, name)
