"""Figures from aggregate tables, for procedures whose participants are not in the system.

Such a table tells little: only that little is said, and everything else has the reason «из сводной таблицы». Counts
restored from rounded per cents are marked as approximate.
"""

import re
from collections.abc import Mapping
from math import floor, sqrt
from typing import Any

from msoko.core.monitoring.describing import Draft, Figures, FiguresFrom, per_cent_of_maximum, rates
from msoko.core.monitoring.intervals import mean_interval
from msoko.core.monitoring.marking import MARKS, JournalComparison, MarksFrom

Row = Mapping[str, Any]
"""A row of an aggregate batch (core.facts.schema.aggregate_table): n and the wide columns of its kind."""

NOT_IN_TABLE = "в сводной таблице этого нет"
NO_N = "в сводной таблице нет числа участников"
NO_PER_CENTS = "в сводной таблице нет этих процентов"
NOT_WHOLE = "проценты сводной таблицы в сумме не дают 100"
ROUNDING = 2.0
"""Per cents are printed with one or two decimals; a sum further than this from 100 is an error, not rounding."""
SCORE_COLUMN = re.compile(r"score_(\d+)")
EVERYTHING = (
    *("absent", "mean", "mean_interval", "sd", "mean_percent", "lowest", "highest", "histogram", "score_shares"),
    *("marks", "pass_rate", "quality_rate", "mean_mark", "sou", "journal", "items", "alpha"),
)


def from_marks(row: Row) -> Figures:
    """«Статистика по отметкам»: columns mark_2 … mark_5 in per cent of n."""
    draft = _draft(row)
    shares: dict[int, Any] = {mark: row.get(f"mark_{mark}") for mark in MARKS}
    reason = _why_not(row, shares)
    if reason:
        draft.lacks(reason, "marks", "pass_rate", "quality_rate", "mean_mark", "sou")
        return _figures(draft)
    draft.known["marks_from"] = MarksFrom.AGGREGATE
    rates(draft, restored(shares, int(row["n"])))
    return _figures(draft, approximate=True)


def from_journal(row: Row) -> Figures:
    """«Сравнение отметок с отметками по журналу»: columns lowered, confirmed and raised, counts of participants."""
    draft = _draft(row)
    lowered, confirmed, raised = (row.get(name) for name in ("lowered", "confirmed", "raised"))
    if lowered is not None and confirmed is not None and raised is not None:
        draft.known["journal"] = JournalComparison(int(lowered), int(confirmed), int(raised))
    return _figures(draft)


def from_scores(row: Row) -> Figures:
    """«Распределение первичных баллов»: columns score_0 … score_max in per cent of n; the last is the maximum."""
    draft = _draft(row)
    columns = {int(match[1]): row[name] for name in row if (match := SCORE_COLUMN.fullmatch(name))}
    reason = _why_not(row, columns)
    if reason:
        draft.lacks(reason, "mean", "sd", "mean_percent", "score_shares", "lowest", "highest")
        return _figures(draft)
    shares = dict(sorted(columns.items()))
    draft.known["possible"] = max(shares)
    draft.known["score_shares"] = {score: share for score, share in shares.items() if share}
    _moments(draft, shares, int(row["n"]))
    return _figures(draft, approximate=True)


def restored(shares: Mapping[int, float], n: int) -> dict[int, int]:
    """Counts that add up to n out of rounded per cents: whole parts first, then the largest remainders."""
    exact = {key: n * share / sum(shares.values()) for key, share in shares.items()}
    counts = {key: floor(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (counts[key] - exact[key], key))
    for key in by_remainder[: n - sum(counts.values())]:
        counts[key] += 1
    return counts


def _moments(draft: Draft, shares: Mapping[int, float], n: int) -> None:
    whole = sum(shares.values())
    mean = sum(score * share for score, share in shares.items()) / whole
    draft.known["mean"] = mean
    per_cent_of_maximum(draft, mean, max(shares))
    variance = sum((score - mean) ** 2 * share for score, share in shares.items()) / whole
    if n > 1 and variance > 0:
        sd = draft.known["sd"] = sqrt(variance * n / (n - 1))
        draft.known["mean_interval"] = mean_interval(mean, sd, n, max(shares))


def _why_not(row: Row, shares: Mapping[int, float | None]) -> str:
    """The reason why per cents cannot be used, '' where they can."""
    if not row.get("n"):
        return NO_N
    known = [share for share in shares.values() if share is not None]
    if not known or len(known) < len(shares):
        return NO_PER_CENTS
    return "" if abs(sum(known) - 100) <= ROUNDING else NOT_WHOLE


def _draft(row: Row) -> Draft:
    n = row.get("n")
    draft = Draft({"participants": None if n is None else int(n), "absent": None})
    if n is None:
        draft.lacks(NO_N, "participants")
    return draft


def _figures(draft: Draft, *, approximate: bool = False) -> Figures:
    lacking = {name: NOT_IN_TABLE for name in EVERYTHING if draft.known.get(name) is None}
    return Figures(FiguresFrom.AGGREGATE, **draft.known, approximate=approximate, not_computed=lacking | draft.reasons)
