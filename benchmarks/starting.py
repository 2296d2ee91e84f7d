"""From nothing to the first page, and the real files from the folder to their values."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks._report import Chapter  # noqa: E402

MSOKO = [sys.executable, "-W", "ignore", "-m", "msoko.cli"]
REAL = Path(os.environ.get("MSOKO_TESTDATA", ROOT.parent / "shared")) / "vpr"
STARTS = 3
PATIENCE = 60  # seconds for the first page


def main() -> None:
    chapter = Chapter(
        "starting",
        "Starting",
        "the first page within 5 s of `make run` where everything is set up; the 16 real files in at most 60 s.",
    )
    with TemporaryDirectory() as folder:
        rows = [_row("`msoko demo`: the district invented, written, read, computed", _run(folder, "demo"))]
        starts = sorted(_first_page(folder) for _ in range(STARTS))
        rows.append(_row(f"`msoko serve` until its first page (median of {STARTS})", starts[STARTS // 2]))
    rows += _real_files()
    chapter.tables.append((("what", "wall, s", "CPU, s"), rows))
    chapter.notes.append("CPU counts all processes of the command; it may exceed the clock on several cores.")
    chapter.write()


def _real_files() -> list[Sequence[str]]:
    if not REAL.is_dir():
        print(f"SKIPPED: no real files in {REAL} (MSOKO_TESTDATA names the folder)", file=sys.stderr)
        return []
    with TemporaryDirectory() as folder:
        wish = ("import", str(REAL), "--accept", "--create-schools", "--json")
        return [_row("`msoko import` of the real files, with their values", _run(folder, *wish))]


def _row(what: str, seconds: tuple[float, float]) -> Sequence[str]:
    return what, f"{seconds[0]:.1f}", f"{seconds[1]:.1f}"


def _run(home: str, *arguments: str) -> tuple[float, float]:
    started, cpu = time.perf_counter(), _cpu_of_children()
    silent = subprocess.DEVNULL
    subprocess.run([*MSOKO, *arguments], check=True, env=_environment(home), stdout=silent, stderr=silent)
    return time.perf_counter() - started, _cpu_of_children() - cpu


def _first_page(home: str) -> tuple[float, float]:
    port = _free_port()
    started, cpu = time.perf_counter(), _cpu_of_children()
    serving = subprocess.Popen(
        [*MSOKO, "serve", "--port", str(port)],
        env=_environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_page(f"http://127.0.0.1:{port}/", started)
        taken = time.perf_counter() - started
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait()
    return taken, _cpu_of_children() - cpu


def _wait_for_page(address: str, started: float) -> None:
    without_proxies = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.perf_counter() - started < PATIENCE:
        try:
            without_proxies.open(address, timeout=PATIENCE).read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"no page within {PATIENCE} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _environment(home: str) -> dict[str, str]:
    dropped = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | {"MSOKO_HOME": home, "PYTHONPATH": str(ROOT / "src")}


if __name__ == "__main__":
    main()
