"""The system as a person runs it: `msoko serve` with its worker, on a free port and a home folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15
# The same interpreter and this checkout's source, whether or not the project is installed.
MSOKO = (sys.executable, "-c", "import sys; from msoko.cli import main; sys.exit(main())")


@dataclass(frozen=True)
class LiveServer:
    """A running system: the address of its first page without a slash at the end, and its home folder."""

    url: str
    home: Path

    def msoko(self, *arguments: str | Path, said: str = "") -> str:
        """Calls the command on this server's home; returns stdout, raises AssertionError when it refuses."""
        return msoko(self.home, *arguments, said=said)


def environment(home: Path) -> dict[str, str]:
    """The caller's environment, with this home, its own key and no other database."""
    others = ("DATABASE_URL", "MSOKO_SECRET_KEY")
    kept = {name: value for name, value in os.environ.items() if name not in others}
    return kept | {"MSOKO_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}


def msoko(home: Path, *arguments: str | Path, said: str = "") -> str:
    """Runs `msoko ARGUMENTS` on a home folder in a process of its own; `said` is its input. Returns stdout."""
    command = [*MSOKO, *map(str, arguments)]
    done = subprocess.run(command, env=environment(home), input=said, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"msoko {' '.join(map(str, arguments))}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def serving(home: Path) -> Iterator[LiveServer]:
    """A server on this home, migrated, for as long as the block lasts; its output is in server.log of the home."""
    msoko(home, "migrate")
    port, log = _free_port(), home / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*MSOKO, "serve", "--port", str(port)],
            env=environment(home),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            server = LiveServer(f"http://127.0.0.1:{port}", home)
            _wait_until_it_answers(server.url, process, log)
            yield server
        finally:
            _stop_with_all_it_started(process)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return  # an error page is an answer; the test will say what is wrong with it
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The server did not start:\n{log.read_text()}")


def _stop_with_all_it_started(process: subprocess.Popen[bytes]) -> None:
    """Asks as Ctrl-C does, the whole group at once; whoever does not listen is killed."""
    _signal_group(process, signal.SIGINT)
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    try:
        os.killpg(process.pid, sign)
    except ProcessLookupError:
        return
