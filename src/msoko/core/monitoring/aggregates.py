"""Figures from aggregate tables, for procedures whose participants are not in the system.

Such a table tells little: only that little is said, and the rest has its reason in `not_computed`. Where counts had
to be restored from rounded per cents, the figures are marked as approximate.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import floor
from typing import Any

from msoko.core.definitions.kinds import Scale
from msoko.core.monitoring.describing import Draft, Figures, FiguresFrom, describe, rates
from msoko.core.monitoring.marking import MARKS, JournalComparison, MarksFrom
from msoko.core.monitoring.tally import Cell, Tally

Row = Mapping[str, Any]
"""A row of an aggregate batch (core.facts.schema.aggregate_table): n and the columns of its kind."""

NOT_IN_TABLE = "в сводной таблице этого нет"
NO_N = "в сводной таблице нет числа участников"
NO_PER_CENTS = "в сводной таблице нет процентов"
NOT_WHOLE = "проценты сводной таблицы в сумме не дают 100"
ROUNDING = 2.0
"""A sum of per cents further than this from 100 is an error of the table, not the rounding of its numbers."""
OF_SCORES = (
    *("mean", "mean_interval", "sd", "mean_percent", "lowest", "highest", "histogram", "score_shares"),
    *("items", "alpha"),
)
OF_MARKS = ("marks", "pass_rate", "quality_rate", "mean_mark", "sou")
OUTCOMES = ("lowered", "confirmed", "raised")


def from_marks(row: Row) -> Figures:
    """«Статистика по отметкам»: percent_2 … percent_5 of n and, where they are certain, count_2 … count_5."""
    draft = _draft(row, *OF_SCORES, "journal")
    certain = _all_known({mark: row.get(f"count_{mark}") for mark in MARKS})
    shares = _all_known({mark: row.get(f"percent_{mark}") for mark in MARKS})
    reason = "" if certain and sum(certain.values()) else _why_not(row, shares)
    if reason:
        draft.lacks(reason, *OF_MARKS)
        return _figures(draft)
    draft.known["marks_from"] = MarksFrom.AGGREGATE
    draft.known["approximate"] = certain is None
    counts = certain or restored(shares or {}, int(row["n"]))
    rates(draft, {mark: int(n) for mark, n in counts.items()})
    return _figures(draft)


def from_journal(row: Row) -> Figures:
    """«Сравнение отметок с отметками по журналу»: lowered, confirmed and raised, counts of participants."""
    draft = _draft(row, *OF_SCORES, *OF_MARKS)
    counts = _all_known({name: row.get(name) for name in OUTCOMES})
    if counts is None:
        draft.lacks(NOT_IN_TABLE, "journal")
    else:
        lowered, confirmed, raised = (int(counts[name]) for name in OUTCOMES)
        draft.known["journal"] = JournalComparison(lowered, confirmed, raised)
    return _figures(draft)


def from_scores(row: Row, scale: Scale | None = None) -> Figures:
    """«Распределение первичных баллов»: percents by score from 0, counts where they are certain, maximum.

    With a scale the marks follow from the scores, as they do for participants.
    """
    shares = _all_known(dict(enumerate(row.get("percents") or ())))
    certain = _all_known(dict(enumerate(row.get("counts") or ())))
    reason = "" if certain and sum(certain.values()) else _why_not(row, shares)
    if reason:
        draft = _draft(row, "journal")
        draft.lacks(reason, *OF_SCORES, *OF_MARKS)
        return _figures(draft)
    counts = certain or restored(shares or {}, int(row["n"]))
    tally = Tally(cells={Cell(score): int(n) for score, n in counts.items() if n})
    figures = describe(tally, int(row["maximum"]), scale)
    untold = dict.fromkeys(("absent", "journal", "items", "alpha"), NOT_IN_TABLE)
    return replace(
        figures,
        origin=FiguresFrom.AGGREGATE,
        absent=None,
        approximate=certain is None,
        not_computed=figures.not_computed | untold,
    )


def restored(shares: Mapping[int, float], n: int) -> dict[int, int]:
    """Counts that add up to n out of rounded per cents: whole parts first, then the largest remainders."""
    whole = sum(shares.values())
    exact = {key: n * share / whole for key, share in shares.items()}
    counts = {key: floor(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (counts[key] - exact[key], key))
    for key in by_remainder[: n - sum(counts.values())]:
        counts[key] += 1
    return counts


def _all_known(values: dict[Any, Any]) -> dict[Any, Any] | None:
    """None unless there is something and none of it is unknown: half a distribution is no distribution."""
    return values if values and None not in values.values() else None


def _why_not(row: Row, shares: Mapping[int, float] | None) -> str:
    """The reason why per cents cannot be used, '' where they can."""
    if not row.get("n"):
        return NO_N
    if shares is None:
        return NO_PER_CENTS
    return "" if abs(sum(shares.values()) - 100) <= ROUNDING else NOT_WHOLE


def _draft(row: Row, *not_in_table: str) -> Draft:
    n = row.get("n")
    draft = Draft({"participants": None if n is None else int(n), "absent": None})
    draft.lacks(NOT_IN_TABLE, "absent", *not_in_table)
    if n is None:
        draft.lacks(NO_N, "participants")
    return draft


def _figures(draft: Draft) -> Figures:
    return Figures(FiguresFrom.AGGREGATE, **draft.known, not_computed=draft.reasons)
