"""Reading and checking a large ВПР protocol against what python-calamine alone needs to read it."""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from python_calamine import CalamineWorkbook  # noqa: E402

from benchmarks._measuring import median_times  # noqa: E402
from benchmarks._region import Region, protocols  # noqa: E402
from benchmarks._report import Chapter  # noqa: E402
from msoko.core.collection import judge, read  # noqa: E402
from msoko.core.collection.reading import Hints, Reading  # noqa: E402
from msoko.core.definitions.loading import Definitions  # noqa: E402
from msoko.core.engines import get_engine  # noqa: E402

REGION = Region(700, subjects=("МА",), grades=(5,), years=(2026,))
ROUNDS = 7


def main() -> None:
    with TemporaryDirectory() as folder:
        path = list(protocols(REGION, Path(folder)))[-1]
        _chapter(path, path.relative_to(folder)).write()


def _bare(path: Path) -> None:
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _chapter(path: Path, named: Path) -> Chapter:
    definitions = Definitions.load()

    def reading() -> Reading:
        return read(path, str(named), Hints(path=str(named)), definitions)[0]

    read_once = reading()
    judged = judge(read_once, definitions)
    steps: dict[str, Callable[[], object]] = {
        "python-calamine alone": lambda: _bare(path),
        "reading: recognised, named, columns kept": reading,
        "reading and checking": lambda: judge(reading(), definitions),
        "summary of the rows": lambda: get_engine("duckdb").summarise(judged.table),
    }
    times = median_times(steps, ROUNDS)
    bare = times["python-calamine alone"]
    rows = [
        [name, f"{wall * 1000:.0f}", f"{cpu * 1000:.0f}", f"{wall / bare[0]:.2f}", f"{cpu / bare[1]:.2f}"]
        for name, (wall, cpu) in times.items()
    ]
    head = ("step", "wall, ms", "CPU, ms", "wall ÷ calamine", "CPU ÷ calamine")
    items = len(judged.items)
    return Chapter(
        "reading",
        "Reading",
        "reading and checking at most 2.5 × what python-calamine needs for the bare file.",
        tables=[(head, rows)],
        notes=[
            f"A made-up protocol of ВПР: {judged.table.num_rows} rows, {items} tasks, "
            f"{path.stat().st_size / 2**20:.1f} MB; medians of {ROUNDS} rounds, each step once a round. "
            "CPU counts the processes that read for us, too."
        ],
    )


if __name__ == "__main__":
    main()
