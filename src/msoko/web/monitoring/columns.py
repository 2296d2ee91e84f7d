"""What lists show of a value, beside the tally from which everything else follows."""

from typing import Any

from msoko.core.monitoring.describing import Figures


def columns_of(figures: Figures) -> dict[str, Any]:
    """Figures as columns of `Value`."""
    low, high = figures.mean_interval or (None, None)
    marks, journal = figures.marks or {}, figures.journal
    return {
        "participants": figures.participants,
        "absent": figures.absent,
        "mean": figures.mean,
        "sd": figures.sd,
        "mean_low": low,
        "mean_high": high,
        "mean_percent": figures.mean_percent,
        "mean_mark": figures.mean_mark,
        "lowered": journal and journal.lowered,
        "confirmed": journal and journal.confirmed,
        "raised": journal and journal.raised,
        "not_computed": figures.not_computed,
    } | {f"mark_{mark}": marks.get(mark) for mark in (2, 3, 4, 5)}
