"""Recomputing all values of one procedure of a region, phase by phase."""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks._measuring import median_times  # noqa: E402
from benchmarks._region import Region, load, use_home  # noqa: E402
from benchmarks._report import Chapter  # noqa: E402

REGION = Region(700, subjects=("МА",), grades=(5,), years=(2026,))
ROUNDS = 7


def main() -> None:
    with TemporaryDirectory() as folder:
        use_home(Path(folder))
        load(REGION)
        _chapter().write()


def _chapter() -> Chapter:
    from django.db import transaction

    from msoko.web.collection.models import Batch, Procedure
    from msoko.web.monitoring.models import Value
    from msoko.web.monitoring.services import recomputing, scale_of
    from msoko.web.monitoring.services.storing import replace_values

    procedure, batch = Procedure.objects.get(), Batch.objects.get(grain="pupils")
    scale = scale_of(procedure)
    records = list(recomputing.records_of(procedure, [batch], scale))

    def write() -> None:
        with transaction.atomic():
            replace_values(procedure, records, "0" * 64)

    def whole() -> None:
        Procedure.objects.update(values_state=Procedure.Values.STALE)
        claimed = recomputing.claim_stale()
        if claimed is None or not recomputing.recompute(claimed):
            raise RuntimeError("nothing was recomputed")

    steps: dict[str, Callable[[], object]] = {
        "reading the summary, adding up, describing": lambda: list(recomputing.records_of(procedure, [batch], scale)),
        "writing to SQLite": write,
        "the whole order": whole,
    }
    times = median_times(steps, ROUNDS)
    rows = [[name, f"{wall * 1000:.0f}", f"{cpu * 1000:.0f}"] for name, (wall, cpu) in times.items()]
    report = batch.report
    return Chapter(
        "recomputing",
        "Recomputing",
        "all values of one procedure with 26,000 participants in at most 1 s.",
        tables=[(("phase", "wall, ms", "CPU, ms"), rows)],
        notes=[
            f"{batch.rows} rows of {report['schools_any_row']} schools and {report['classes_valid']} classes; "
            f"{Value.objects.count()} values on both scores, of classes, schools, municipalities and the region; "
            f"medians of {ROUNDS} rounds."
        ],
    )


if __name__ == "__main__":
    main()
