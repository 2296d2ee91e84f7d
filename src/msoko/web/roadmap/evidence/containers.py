"""Documents that are ZIP containers: DOCX, XLSX, ODT, ODS. Only the list of parts and its description are read."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

from msoko.core.vocabulary.russian import NBSP
from msoko.web.roadmap.evidence.hidden import HIDDEN
from msoko.web.roadmap.evidence.refused import Refused

_BROKEN = "файл повреждён, сохраните его заново"
_MACROS = f"в{NBSP}документе есть макросы, сохраните его без них (DOCX, XLSX) или как PDF"
_ARCHIVE = "это архив, приложите файлы из него по одному"
_LOCKED = "файл под паролем, сохраните его без пароля"
_SLIDES = "презентации не принимаем, сохраните её как PDF"
_TOO_MUCH = f"внутри слишком много, сохраните его как{NBSP}PDF"
_LENGTH_OF_END = 22
_LONGEST_LIST = 4 * 1024 * 1024  # some forty thousand parts
_LARGEST = 1024 * 1024 * 1024  # unpacked: more is a bomb for whoever opens it
_LARGEST_DESCRIPTION = 2 * 1024 * 1024
_LARGEST_OBJECTS = 64 * 1024 * 1024
_DESCRIPTION = "[Content_Types].xml"

_MACRO_PARTS = re.compile(r"vbaproject|vbadata|(?:^|/)(?:macrosheets|dialogsheets|activex|basic|scripts)/")
_RUNNABLE = re.compile(
    r"\.(?:exe|dll|scr|com|pif|msi|cpl|jar|class|js|jse|vbs|vbe|wsf|wsh|hta|ps1|bat|cmd|sh|lnk|reg|chm|html?|mht|php"
    r"|doc[mb]|dotm|xls[mb]|xltm|xlam|ppt[ms]?m)$"
)
_EMBEDDED = re.compile(r"(?:^|/)embeddings/|(?:^|/)objectreplacements/|(?:^|/)object[^/]*$")
_PACKAGE = "Ole10Native".encode("utf-16-le")
"""The stream in which Office keeps a file of any kind that was dropped into a document."""

_MAIN_OF_OFFICE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def contained_type(data: bytes) -> str:
    """Raises Refused for any other archive, for macros, for what could be run, for bombs and broken files."""
    _check_end(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_layout(archive)
            _check_parts(archive)
            return _type(archive)
    except (BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as problem:
        raise Refused(_BROKEN) from problem


def _check_end(data: bytes) -> None:
    """The list of parts ends the file, without anything behind it, and is no longer than a document's."""
    end = data[-_LENGTH_OF_END:]
    if not end.startswith(b"PK\x05\x06"):
        raise Refused(HIDDEN if b"PK\x05\x06" in data else _BROKEN)
    if int.from_bytes(end[12:16], "little") > _LONGEST_LIST:
        raise Refused(_TOO_MUCH)


def _check_layout(archive: ZipFile) -> None:
    """The archive is the whole file, and every reader finds the same parts in it."""
    parts = archive.infolist()
    if not parts:
        raise Refused(_ARCHIVE)
    names = [_name(one) for one in parts]
    if min(one.header_offset for one in parts) != 0 or len(set(names)) != len(names):
        raise Refused(HIDDEN)
    embedded = sum(one.file_size for one in parts if _EMBEDDED.search(_name(one)))
    if sum(one.file_size for one in parts) > _LARGEST or embedded > _LARGEST_OBJECTS:
        raise Refused(_TOO_MUCH)
    if any(one.flag_bits & 1 for one in parts):
        raise Refused(_LOCKED)


def _check_parts(archive: ZipFile) -> None:
    for part in archive.infolist():
        name = _name(part)
        if _MACRO_PARTS.search(name):
            raise Refused(_MACROS)
        if _RUNNABLE.search(name) or (_EMBEDDED.search(name) and _holds_a_file(archive, part)):
            raise Refused(f"в{NBSP}документ вложен файл другого вида, уберите его и{NBSP}сохраните заново")


def _name(part: ZipInfo) -> str:
    return part.filename.replace("\\", "/").lower()


def _holds_a_file(archive: ZipFile, part: ZipInfo) -> bool:
    with archive.open(part) as stream:
        return _PACKAGE in stream.read()


def _type(archive: ZipFile) -> str:
    names = archive.namelist()
    if names[0] == "mimetype":
        with archive.open("mimetype") as stream:
            said = stream.read(200)
        if said.startswith(b"application/vnd.oasis.opendocument.presentation"):
            raise Refused(_SLIDES)
        return _known(_OPEN_DOCUMENTS.get(said.strip()))
    if _DESCRIPTION not in names:
        raise Refused(_ARCHIVE)
    return _office_type(archive)


def _office_type(archive: ZipFile) -> str:
    """By the types of the parts, as the office program itself reads them."""
    with archive.open(_DESCRIPTION) as stream:
        types = _types_of_parts(stream.read(_LARGEST_DESCRIPTION))
    if any("macroenabled" in one or "vbaproject" in one or "activex" in one for one in types):
        raise Refused(_MACROS)
    if any("presentationml.presentation.main" in one or "slideshow.main" in one for one in types):
        raise Refused(_SLIDES)
    mains = {_MAIN_OF_OFFICE[one] for one in types if one in _MAIN_OF_OFFICE}
    return _known(mains.pop() if len(mains) == 1 else None)


def _types_of_parts(description: bytes) -> set[str]:
    if b"<!DOCTYPE" in description.replace(b"\x00", b""):
        raise Refused(_BROKEN)  # no office program writes entities, and they could hide a type or explode
    try:
        root = ElementTree.fromstring(description)
    except ElementTree.ParseError as problem:
        raise Refused(_BROKEN) from problem
    return {one.get("ContentType", "").strip().lower() for one in root}


def _known(slug: str | None) -> str:
    if slug is None:
        raise Refused(_ARCHIVE)
    return slug
