"""Keeping the bytes of a file exactly as they came, before anything is understood."""

import fcntl
import hashlib
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from msoko.core.collection.archive import is_archive, open_archive
from msoko.core.collection.grid import UnreadableFile
from msoko.core.collection.reading import Hints
from msoko.web.collection.models import Batch, Upload
from msoko.web.people.models import Organisation, User

log = logging.getLogger("msoko.collection")
CHUNK = 1024 * 1024
ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".zip")
UNFINISHED = ".unfinished"
LOCK = ".lock"


class TooLarge(ValueError):
    """The file is larger than this installation takes."""


@dataclass(frozen=True)
class Source:
    """Whose file it is and what was said of it."""

    hints: Hints
    who: User | None = None
    territory: Organisation | None = None
    read_here: bool = False  # the caller reads it at once: the worker must not take it


@dataclass(frozen=True)
class Spooled:
    """Bytes that have come in whole and have no place yet."""

    path: Path
    sha256: str
    size: int
    name: str


def receive(
    chunks: Iterable[bytes],
    path: str,
    hints: Hints,
    who: User | None = None,
    territory: Organisation | None = None,
    read_here: bool = False,
) -> list[Batch]:
    """Keep the file and put it in the line to be read; an archive gives one batch a file inside.

    With `read_here` the batches are the caller's to read: nobody else takes them while he is alive.
    Raises TooLarge, and UnreadableFile where an archive can't be opened safely; nothing is kept then.
    """
    source = Source(hints, who, territory, read_here)
    waiting: list[Spooled] = []
    try:
        waiting.append(spool(chunks, path))
        content = waiting[0].path.read_bytes()
        if is_archive(content):
            waiting.pop().path.unlink()  # its files are kept one by one
            for name, data in _tables_of(content):
                waiting.append(spool([data], f"{path}/{name}"))
        return _settle(waiting, source)
    finally:
        for spooled in waiting:
            spooled.path.unlink(missing_ok=True)


def receive_path(
    path: Path,
    hints: Hints,
    who: User | None = None,
    named: str = "",
    territory: Organisation | None = None,
    read_here: bool = False,
) -> Iterator[Batch]:
    """Receive a file (called `named`, where given), every file below a folder, or every file of an archive.

    Below a folder only files of known kinds count: a README among protocols is no protocol.
    """
    for file in files_below(path) if path.is_dir() else [path]:
        with file.open("rb") as stream:
            chunks = iter(lambda: stream.read(CHUNK), b"")
            yield from receive(chunks, named or str(file), hints, who, territory, read_here)


def _tables_of(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Path inside and content of the archive's tables. Raises UnreadableFile where there is none."""
    found = 0
    for file in open_archive(archive):
        if is_of_known_kind(file.path):
            found += 1
            yield file.path, file.data
        else:
            log.info("Not a table, left out of the archive: %s", plain_text(file.path))
    if not found:
        raise UnreadableFile("В архиве нет таблиц.", "Нужны файлы XLSX, XLS, ODS или CSV.", "no_tables")


def files_below(folder: Path) -> list[Path]:
    """Files that may be protocols, in the order of names; those of other kinds, drafts and hidden ones are left out."""
    return sorted(file for file in folder.rglob("*") if is_of_known_kind(file.name) and file.is_file())


def others_below(folder: Path) -> list[Path]:
    """Files that `files_below` leaves out, to be named to whoever gave the folder."""
    return sorted(file for file in folder.rglob("*") if not is_of_known_kind(file.name) and file.is_file())


def is_of_known_kind(name: str) -> bool:
    """A table or an archive by its ending, and no draft of a spreadsheet program or hidden file."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return last.lower().endswith(ENDINGS) and not last.startswith((".", "~$"))


def kept(sha256: str) -> Path:
    return Path(settings.UPLOADS) / sha256[:2] / sha256


@contextmanager
def uploads_locked() -> Iterator[None]:
    """One at a time: else a file could be removed as read between the coming of the same bytes and their row."""
    folder = Path(settings.UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def spool(chunks: Iterable[bytes], name: str, largest: int | None = None) -> Spooled:
    """Take the bytes in whole; whoever asked gives them a place. Raises TooLarge above `largest` bytes, by default
    the installation's own limit; nothing is left then."""
    most = settings.LARGEST_UPLOAD if largest is None else largest
    folder = Path(settings.UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with NamedTemporaryFile(dir=folder, suffix=UNFINISHED, delete=False) as out:
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise TooLarge(f"Файл больше {most // CHUNK}\u00a0МБ.")
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        except BaseException:
            Path(out.name).unlink(missing_ok=True)
            raise
    return Spooled(Path(out.name), digest.hexdigest(), size, name)


def _settle(files: list[Spooled], source: Source) -> list[Batch]:
    """All files get their places and their rows, or none does."""
    with uploads_locked(), transaction.atomic():
        batches = [_put_in_line(file, source) for file in files]
        for file in files:
            place = kept(file.sha256)
            place.parent.mkdir(exist_ok=True)
            if file.path.exists():
                os.replace(file.path, place)
        return batches


def _put_in_line(file: Spooled, source: Source) -> Batch:
    path = plain_text(file.name)
    upload, _ = Upload.objects.get_or_create(sha256=file.sha256, defaults={"size": file.size})
    state, claimed_at = Batch.State.RECEIVED, None
    if source.read_here:
        state, claimed_at = Batch.State.READING, timezone.now()
    return Batch.objects.create(
        upload=upload,
        path=path[-1000:],
        state=state,
        claimed_at=claimed_at,
        hints=_said(source.hints),
        handed_in_by=source.who,
        territory=source.territory,
    )


def plain_text(name: str) -> str:
    """A file's name as a database takes it: bytes that are no text and NULs are replaced by signs."""
    return name.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def _said(hints: Hints) -> dict[str, object]:
    return {"year": hints.year, "grade": hints.grade, "subject": hints.subject}


@transaction.atomic
def reread(batch: Batch, hints: Hints) -> bool:
    """Put a previewed or refused file in the line again, with other words about it. False where it can't be."""
    waiting = [Batch.State.PREVIEW, Batch.State.REFUSED]
    if not kept(batch.upload.sha256).exists():
        return False
    others = Batch.objects.filter(upload=batch.upload, path=batch.path, state__in=waiting).exclude(pk=batch.pk)
    others.update(state=Batch.State.DISCARDED)
    fresh = Batch.objects.filter(pk=batch.pk, state__in=waiting)
    return bool(fresh.update(state=Batch.State.RECEIVED, hints=_said(hints), part=0, complaints=[], progress={}))
