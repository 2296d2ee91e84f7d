"""Times of calls and tables of them."""

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path


def wall_and_cpu(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of the processor (other processes on the machine lengthen only the first)."""
    gc.collect()
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    """User and system seconds of this process and of its children, the living ones included."""
    ticks = os.sysconf("SC_CLK_TCK")
    own = os.times()
    return own.user + own.system + sum(_ticks(child) for child in _children()) / ticks


def _children() -> Iterator[str]:
    """Identifiers of the processes that this one has started and that still live."""
    for task in Path("/proc/self/task").glob("*/children"):
        yield from task.read_text().split()


def _ticks(process: str) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def median_times(steps: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, tuple[float, float]]:
    """Step → medians of wall and CPU seconds. By turns: what disturbs the machine disturbs all steps alike."""
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, work in steps.items():
            measured[name].append(wall_and_cpu(work))
    return {
        name: (statistics.median(wall for wall, _ in times), statistics.median(cpu for _, cpu in times))
        for name, times in measured.items()
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that is not exceeded by this share of all (0.95: nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]


def machine() -> str:
    """Cores, processor, memory and Python of this run."""
    said = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    models = {line.partition(":")[2].strip() for line in said.splitlines() if line.startswith("model name")}
    cores = said.count("processor\t") or "?"
    memory = _memory()
    model = next(iter(models), platform.processor() or platform.machine())
    return f"{cores} cores ({model}), {memory}, {platform.system()}, Python {platform.python_version()}"


def _memory() -> str:
    path = Path("/proc/meminfo")
    if not path.exists():
        return "memory unknown"
    return f"{int(path.read_text().split()[1]) / 2**20:.0f} GB of memory"


def load() -> str:
    """How busy the machine was before: figures of a busy one are too high."""
    path = Path("/proc/loadavg")
    return path.read_text().split()[0] if path.exists() else "?"
