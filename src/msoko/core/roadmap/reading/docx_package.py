"""The parts of a DOCX as trees of XML. A package is not to be trusted: it may be a bomb, or no DOCX."""

import posixpath
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers.expat import ExpatError, ParserCreate

from msoko.core.collection.containers import UnreadableFile, safe_zip, unpacked_part
from msoko.core.roadmap.reading.unreadable import SAVE_AS_DOCX, UnreadableDocument, damaged, locked, too_much

MOST_BYTES_OF_A_PART = 64 * 2**20  # bytes of XML; a programme of 200 pages has about 6 MiB
PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",  # «Strict Open XML»
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
}
WORD = tuple(namespace for namespace, prefix in PREFIXES.items() if not prefix)


@dataclass(frozen=True)
class Package:
    """`body` is w:body; `styles` and `numbering` are the roots of their parts, None where there are none."""

    body: Element
    styles: Element | None
    numbering: Element | None


def package_of(content: bytes) -> Package:
    """Raises UnreadableDocument for bombs, locked, broken and other packages."""
    try:
        packed = safe_zip(content)
    except UnreadableFile as problem:
        raise _refusal(problem) from problem
    main = _main_part(packed)
    body = next((child for child in _tree(packed, main) if tag(child) == "body"), None)
    if body is None:
        raise damaged()
    beside = _targets(packed, main)
    return Package(body, *(_tree(packed, beside[kind]) if kind in beside else None for kind in ("styles", "numbering")))


def _refusal(problem: UnreadableFile) -> UnreadableDocument:
    if problem.code == "password_needed":
        return locked()
    return too_much("Файл распаковывается в непомерно большой объём") if problem.code == "too_large" else damaged()


def _main_part(packed: zipfile.ZipFile) -> str:
    named = _targets(packed, "").get("officeDocument", "word/document.xml")
    if named not in packed.namelist():
        raise UnreadableDocument("В файле нет текста документа Word.", SAVE_AS_DOCX)
    return named


def _targets(packed: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Kind of relation («styles», «numbering») → name of the part inside the package; what is outside is left alone."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in packed.namelist():
        return {}
    found: dict[str, str] = {}
    for relation in _tree(packed, relations):
        if relation.get("TargetMode") != "External":
            inside = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if inside in packed.namelist():
                found.setdefault(posixpath.basename(relation.get("Type", "")), inside)
    return found


def _tree(packed: zipfile.ZipFile, name: str) -> Element:
    if packed.getinfo(name).file_size > MOST_BYTES_OF_A_PART:
        raise too_much("Текст документа занимает более 64 МБ")
    try:
        xml = unpacked_part(packed, name)
        _refuse_definitions(xml)
        return fromstring(xml)
    except (UnreadableFile, ExpatError, ParseError, LookupError, ValueError) as problem:
        raise damaged() from problem


class _RootReached(Exception):
    """What stands before the root element has been looked through."""


def _refuse_definitions(xml: bytes) -> None:
    """Raises UnreadableDocument for a DOCTYPE, before any entity of it is known: no part of a DOCX has one."""

    def refuse(*_: object) -> None:
        message = "В файле есть определения XML, каких в документе Word не бывает; он не открыт ради безопасности."
        raise UnreadableDocument(message, SAVE_AS_DOCX, "unsafe")

    def stop(*_: object) -> None:
        raise _RootReached

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, stop
    with suppress(_RootReached):
        parser.Parse(xml, True)


@lru_cache(maxsize=2000)
def _short(tag_in_full: str) -> str:
    namespace, _, local = tag_in_full.removeprefix("{").rpartition("}")
    return f"{PREFIXES[namespace]}{local}" if namespace in PREFIXES else f"?:{local}"


def tag(element: Element) -> str:
    """«p» for w:p of either edition, «mc:Choice», «m:t»; «?:…» for names of other vocabularies."""
    return _short(element.tag)


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that short name; None of None, so that `child(child(p, "pPr"), "numPr")` reads on."""
    if element is None:
        return None
    return next((one for one in element if tag(one) == name), None)


def attribute(element: Element | None, name: str = "val") -> str | None:
    """The attribute of that name in the namespace of Word."""
    if element is None:
        return None
    return next((said for space in WORD if (said := element.get(f"{{{space}}}{name}")) is not None), None)


def number(element: Element | None, name: str = "val", default: int = 0) -> int:
    """The attribute as a whole number; `default` where it is absent or no number."""
    said = attribute(element, name) or ""
    return int(said) if said.lstrip("-").isdecimal() and len(said) < 10 else default


def is_on(element: Element | None) -> bool:
    """Whether a property such as w:vanish is there and not switched off."""
    return element is not None and (attribute(element) or "true").lower() not in ("0", "false", "off")
