"""Immutable Parquet files, each under the hash of its own bytes.

A file appears whole or not at all (temporary file, fsync, rename, fsync of the folder), so a catalogue row written
afterwards never names a torn one. Files that no row names are rubbish and are swept.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUP = 16_384
"""Rows a group: a school is found in one or two of them (drill-down), and a batch still compresses well."""
ENDING = ".parquet"
UNFINISHED = ".unfinished"
LOCK = ".lock"
ORDER = ("login", "class_name", "row_number")


class FactsDamaged(Exception):
    """The bytes of a facts file are not those its name promises."""


def write(table: pa.Table, folder: Path, ending: str = ENDING) -> str:
    """Writes the table, sorted by school and class, and returns the file's name: «<sha256 of the bytes><ending>».

    The same table gives the same name; writing it again changes nothing but the file's age, which keeps `sweep` off
    it. Raises OSError where the disk refuses; nothing is left under the final name then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = _parquet_bytes(_sorted(table))
    name = hashlib.sha256(content).hexdigest() + ending
    with _locked(folder):
        if (folder / name).exists():
            os.utime(folder / name)
        else:
            _write_whole(folder / name, content)
    return name


def read(folder: Path, name: str, columns: Sequence[str] | None = None, *, verify: bool = False) -> pa.Table:
    """The table (or some columns of it). With `verify` the bytes are checked against the name first.

    Raises FileNotFoundError, or FactsDamaged where the check fails.
    """
    if verify:
        check(folder, name)
    return pq.read_table(folder / name, columns=list(columns) if columns is not None else None, partitioning=None)


def check(folder: Path, name: str) -> None:
    """Raises FactsDamaged unless the file's bytes hash to its name."""
    with (folder / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != name.split(".")[0]:
        raise FactsDamaged(f"{name}: the bytes hash to {digest}")


def sweep(folder: Path, known: set[str], written_before: float) -> list[str]:
    """Removes files that `known` does not name and that are older than `written_before` (seconds since the epoch).

    The age protects a batch between writing its file and committing the row that names it. Returns what was removed.
    """
    if not folder.is_dir():
        return []
    removed = []
    with _locked(folder):
        for path in sorted(folder.iterdir()):
            ours = path.name.endswith((ENDING, UNFINISHED))
            if ours and path.name not in known and path.stat().st_mtime < written_before:
                path.unlink()
                removed.append(path.name)
    return removed


def _sorted(table: pa.Table) -> pa.Table:
    keys = [(name, "ascending") for name in ORDER if name in table.column_names]
    return table.sort_by(keys) if keys else table


def _parquet_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", row_group_size=ROW_GROUP)
    return sink.getvalue().to_pybytes()


def _write_whole(path: Path, content: bytes) -> None:
    handle, unfinished = tempfile.mkstemp(suffix=UNFINISHED, dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), 0o440)
        os.fsync(file.fileno())
    os.rename(unfinished, path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Without it the new name itself may be lost with the power, though the bytes are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer or sweeper at a time: else a sweep could remove an old unnamed file that a writer has just found."""
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
