"""Files are read in another process: a broken workbook can hang calamine or make it ask for all memory there is.

Both were seen on damaged files of every format, and neither can be caught in the process itself: a failed allocation
aborts it. One child is kept and used again, for starting it takes longer than reading a small file.
"""

import atexit
import marshal
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from msoko.core.collection.calamine_child import LENGTH
from msoko.core.collection.containers import SAVE_AS_XLSX, UPLOAD_AGAIN, UnreadableFile, password_needed

CHILD = Path(__file__).with_name("calamine_child.py")
MOST_SECONDS = 60  # ten times what the largest file that is let in takes
MUCH = 32 * 2**20  # bytes of a reply after which the child is let go, so that its memory goes back

Sheets = list[tuple[str, list[list[Any]]]]


class OtherProcess:
    """A process that runs the script: started when first needed, again after it died, and anew in a forked process."""

    def __init__(self, script: Path, most_seconds: float) -> None:
        self._script, self._most_seconds = script, most_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        atexit.register(self.close)

    def ask(self, data: bytes) -> tuple[bytes, bytes]:
        """(sign, content) of the reply. Raises EOFError or OSError where the child died of the file or hung."""
        with self._lock:
            process = self._alive()
            killer = threading.Timer(self._most_seconds, process.kill)
            killer.start()
            try:
                reply = _exchange(process, data)
            except (EOFError, OSError):
                self._let_go()
                raise
            finally:
                killer.cancel()
            if len(reply[1]) > MUCH:
                self._let_go()
                self._alive()  # the next one starts while this file is being judged
            return reply

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            # The pipes of the parent's child came along with the fork; they are the parent's.
            self._process, self._owner = None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(self._script)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pipesize=2**20,
            )
        return self._process

    def _let_go(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def close(self) -> None:
        if self._owner == os.getpid():
            self._let_go()


def _exchange(process: subprocess.Popen[bytes], data: bytes) -> tuple[bytes, bytes]:
    if process.stdin is None or process.stdout is None:
        raise OSError("the other process has no pipes")
    process.stdin.write(LENGTH.pack(len(data)))
    process.stdin.write(data)
    process.stdin.flush()
    sign = _exactly(process.stdout, 1)
    (length,) = LENGTH.unpack(_exactly(process.stdout, LENGTH.size))
    return sign, _exactly(process.stdout, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError("the other process died")
    return content


_CHILD = OtherProcess(CHILD, MOST_SECONDS)


def sheets_of_workbook(data: bytes) -> Sheets:
    """(name, rows) of each sheet of an xlsx, xls or ods. Raises UnreadableFile."""
    try:
        sign, content = _CHILD.ask(data)
    except (EOFError, OSError) as problem:
        raise _broken() from problem
    if sign == b"L":
        raise password_needed()
    if sign not in (b"M", b"P"):
        raise _broken()
    sheets: Sheets = marshal.loads(content) if sign == b"M" else pickle.loads(content)
    return sheets


def _broken() -> UnreadableFile:
    return UnreadableFile("Файл повреждён: прочитать таблицу не удалось.", f"{UPLOAD_AGAIN} {SAVE_AS_XLSX}")
