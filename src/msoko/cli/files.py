"""Files of a call → batches: every file is read whatever becomes of the others."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from msoko.core.collection.reading import Hints
    from msoko.web.collection.models import Batch


@dataclass
class Found:
    """One batch of a file, or the file itself where it gave none; `why` says what refused it."""

    file: str
    batch: "Batch | None" = None
    why: tuple[str, ...] = ()


def read_path(path: Path, hints: "Hints") -> Iterator[Found]:
    """A file, the files of an archive, or every table and archive below a folder; others are named on stderr."""
    from msoko.web.collection.services.uploading import files_below, others_below

    if not path.is_dir():
        yield from read_file(path, hints)
        return
    for other in others_below(path):
        print(f"Пропущен, это не таблица и не архив: {other}", file=sys.stderr)
    files = files_below(path)
    if not files:
        yield Found(str(path), why=("В папке нет таблиц и архивов: нужны XLSX, XLS, ODS, CSV или ZIP.",))
    for file in files:
        yield from read_file(file, hints)


def read_file(path: Path, hints: "Hints") -> Iterator[Found]:
    """One file's failure is no reason to leave the others unread."""
    from msoko.core.collection.grid import UnreadableFile
    from msoko.web.collection.services import receive_path
    from msoko.web.collection.services.uploading import TooLarge

    try:
        received = list(receive_path(path, hints, read_here=True))
    except (UnreadableFile, TooLarge) as refusal:
        yield Found(str(path), why=(str(refusal),))
    except OSError as error:
        yield Found(str(path), why=(f"Файл не открывается: {error.strerror or type(error).__name__}.",))
    else:
        for batch in received:
            yield from _read_batch(batch)


def _read_batch(received: "Batch") -> Iterator[Found]:
    from msoko.web.collection.services import TakenOver, read_received

    file = received.path
    try:
        batches = read_received(received)
    except TakenOver as lost:
        yield Found(file, why=(str(lost),))
        return
    for batch in batches:
        print(f"{file}: {batch.get_state_display()}, строк {batch.rows}", file=sys.stderr)
        yield Found(file, batch)
