"""Files of an uploaded zip, one after another, without trusting a single name or size in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from msoko.core.collection.containers import ZIP, Container, UnreadableFile, kind_of, safe_zip, unpacked_part

MOST_FILES = 2_000
UTF8_FLAG = 0x800
CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")


@dataclass(frozen=True)
class PackedFile:
    """`path` is the name inside the archive with its folders, cleaned: never absolute, never upwards."""

    path: str
    data: bytes


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a zip that holds files, not a workbook (a zip, too). Raises UnreadableFile for bombs."""
    return data.startswith(ZIP) and kind_of(data) is Container.ARCHIVE


def open_archive(source: bytes | Path, depth: int = 1) -> Iterator[PackedFile]:
    """The files of the zip; a zip inside it is opened, too, but not deeper (`depth`). Raises UnreadableFile."""
    packed = safe_zip(source.read_bytes() if isinstance(source, Path) else source)
    infos = [info for info in packed.infolist() if not info.is_dir()]
    if len(infos) > MOST_FILES:
        raise UnreadableFile(f"В архиве больше {MOST_FILES} файлов.", "Разделите его на части.", "too_large")
    for info in infos:
        path = clean_path(_name_of(info))
        if path and not _is_rubbish(path):
            yield from _files_at(packed, info, path, depth)


def _files_at(packed: ZipFile, info: ZipInfo, path: str, depth: int) -> Iterator[PackedFile]:
    data = unpacked_part(packed, info.filename)
    if not path.lower().endswith(".zip") or not data.startswith(ZIP):
        yield PackedFile(path, data)
        return
    if depth == 0:
        raise UnreadableFile(
            f"Архив «{path}» вложен слишком глубоко.", "Распакуйте вложенные архивы.", "nested_archive"
        )
    folder = path[: -len(".zip")]
    for inner in open_archive(data, depth - 1):
        yield PackedFile(f"{folder}/{inner.path}", inner.data)


def clean_path(name: str) -> str:
    """The name without drive, leading slash and «..»: it is only ever shown and searched for year and grade."""
    parts = PurePosixPath(name.replace("\\", "/").replace("\x00", "")).parts
    return "/".join(part for part in parts if part not in ("/", "..", ".") and not part.endswith(":"))


def _is_rubbish(path: str) -> bool:
    """Leavings of macOS and Office that nobody meant to send."""
    return path.startswith("__MACOSX/") or PurePosixPath(path).name.startswith(("._", "~$", ".DS_Store"))


def _name_of(info: ZipInfo) -> str:
    """The name as its author typed it: programmes of Windows write cp866 and say nothing of it."""
    if info.flag_bits & UTF8_FLAG:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp866"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if name.isascii() or CYRILLIC & set(name):
            return name
    return info.filename
