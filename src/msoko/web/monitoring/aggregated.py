"""Figures of an organisation that is known by tables only: what several tables say of it, put together."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from msoko.core.monitoring.aggregates import from_journal, from_marks, from_scores
from msoko.core.monitoring.describing import Figures
from msoko.core.monitoring.item_figures import ItemFigures
from msoko.core.vocabulary.shares import Share

Rows = Mapping[str, Any]  # 'marks', 'journal', 'scores' → a row of that table; 'items' → a list of rows
# In this order: marks that a table prints go before marks that a scale gives its scores.
READERS = {"marks": from_marks, "journal": from_journal, "scores": from_scores}


def kind_of(row: Mapping[str, Any]) -> str | None:
    """Which table a row is of, told by the columns it has."""
    if row.get("item"):
        return "items"
    if row.get("lowered") is not None or row.get("percent_lowered") is not None:
        return "journal"
    if row.get("percent_2") is not None:
        return "marks"
    return "scores" if row.get("percents") else None


def figures_from(rows: Rows) -> Figures:
    """One `Figures` out of the tables that speak of the organisation; what none says keeps its reason."""
    known = [read(rows[kind]) for kind, read in READERS.items() if kind in rows]
    if not known:
        known = [from_marks({"n": next((row.get("n") for row in rows.get("items", [])), None)})]
    merged = known[0]
    for other in known[1:]:
        merged = _with(merged, other)
    if rows.get("items"):
        merged = replace(merged, items=tuple(_items(rows["items"])))
    return merged


def _with(one: Figures, other: Figures) -> Figures:
    """What `one` lacks and `other` has, and the reasons for what both lack."""
    gained = {
        field.name: getattr(other, field.name)
        for field in fields(Figures)
        if field.name != "not_computed" and getattr(one, field.name) is None and getattr(other, field.name) is not None
    }
    reasons = {name: reason for name, reason in one.not_computed.items() if name not in gained}
    return replace(one, **gained, approximate=one.approximate or other.approximate, not_computed=reasons)


def _items(rows: list[dict[str, Any]]) -> list[ItemFigures]:
    said = "в сводной таблице этого нет"
    return [
        ItemFigures(
            number=number,
            n=int(row.get("n") or 0),
            maximum=None if row.get("maximum") is None else int(row["maximum"]),
            mean=None,
            facility=row.get("percent"),
            not_attempted=Share(0, 0),
            discrimination=None,
            not_computed={"mean": said, "not_attempted": said, "discrimination": said},
        )
        for number, row in enumerate(rows, 1)
    ]
