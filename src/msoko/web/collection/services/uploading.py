"""Keeping the bytes of a file exactly as they came, before anything is understood."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import transaction

from msoko.core.collection.archive import is_archive, open_archive
from msoko.core.collection.reading import Hints
from msoko.web.collection.models import Batch, Upload
from msoko.web.people.models import Organisation, User

CHUNK = 1024 * 1024
ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".zip")


class TooLarge(ValueError):
    """The file is larger than this installation takes."""


def receive(
    chunks: Iterable[bytes], path: str, hints: Hints, who: User | None = None, territory: Organisation | None = None
) -> list[Batch]:
    """Keep the file and put it in the line to be read; an archive gives one batch a file inside.

    Raises TooLarge, and UnreadableFile where an archive can't be opened safely.
    """
    sha256, size = _keep(chunks)
    content = kept(sha256).read_bytes()
    if not is_archive(content):
        return [_put_in_line(sha256, size, path, hints, who, territory)]
    inside = [(f"{path}/{file.path}", file.data) for file in open_archive(content)]
    kept(sha256).unlink()  # the archive's files are kept one by one
    return [_put_in_line(*_keep([data]), name, hints, who, territory) for name, data in inside]


def receive_path(
    path: Path, hints: Hints, who: User | None = None, named: str = "", territory: Organisation | None = None
) -> Iterator[Batch]:
    """Receive a file (called `named`, where given), every file below a folder, or every file of an archive.

    Below a folder only files of known kinds count: a README among protocols is no protocol.
    """
    for file in files_below(path) if path.is_dir() else [path]:
        with file.open("rb") as stream:
            chunks = iter(lambda: stream.read(CHUNK), b"")
            yield from receive(chunks, named or str(file), hints, who, territory)


def files_below(folder: Path) -> list[Path]:
    """Files that may be protocols, in the order of names, without hidden ones and open drafts (~$…)."""
    found = (file for file in folder.rglob("*") if file.is_file() and file.suffix.lower() in ENDINGS)
    return sorted(file for file in found if not file.name.startswith((".", "~$")))


def kept(sha256: str) -> Path:
    return Path(settings.UPLOADS) / sha256[:2] / sha256


def _keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    folder = Path(settings.UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with NamedTemporaryFile(dir=folder, delete=False) as out:
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.LARGEST_UPLOAD:
                    raise TooLarge(f"Файл больше {settings.LARGEST_UPLOAD // CHUNK} МБ.")
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
            target = kept(digest.hexdigest())
            target.parent.mkdir(exist_ok=True)
            os.replace(out.name, target)
        except BaseException:
            Path(out.name).unlink(missing_ok=True)
            raise
    return digest.hexdigest(), size


@transaction.atomic
def _put_in_line(
    sha256: str, size: int, path: str, hints: Hints, who: User | None, territory: Organisation | None
) -> Batch:
    upload, _ = Upload.objects.get_or_create(
        sha256=sha256,
        defaults={"name": Path(path).name[-400:], "size": size, "uploaded_by": who, "territory": territory},
    )
    said = {"year": hints.year, "grade": hints.grade, "subject": hints.subject}
    return Batch.objects.create(upload=upload, path=path[-1000:], state=Batch.State.RECEIVED, hints=said)


@transaction.atomic
def reread(batch: Batch, hints: Hints) -> bool:
    """Put a previewed or refused file in the line again, with other words about it. False where it can't be."""
    waiting = [Batch.State.PREVIEW, Batch.State.REFUSED]
    if not kept(batch.upload.sha256).exists():
        return False
    said = {"year": hints.year, "grade": hints.grade, "subject": hints.subject}
    others = Batch.objects.filter(upload=batch.upload, path=batch.path, state__in=waiting).exclude(pk=batch.pk)
    others.update(state=Batch.State.DISCARDED)
    fresh = Batch.objects.filter(pk=batch.pk, state__in=waiting)
    return bool(fresh.update(state=Batch.State.RECEIVED, hints=said, part=0, complaints=[], progress={}))
