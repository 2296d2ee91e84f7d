"""Shares of parts of a whole, a horizontal bar a row: the common ground of marks and of the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import counted, number, percent
from msoko.core.vocabulary.shares import Share
from msoko.documents.charts import look
from msoko.documents.charts.chart import cut_labels
from msoko.documents.charts.grammar import Spec, at, inked, layer, layered, name, palette, place, quantity
from msoko.documents.tables import Cell, Column, Table

NARROWEST_LABELLED = 5.0
"""A part under five per cent is too narrow for its own number; the table has it."""


@dataclass(frozen=True)
class Part:
    """One part: its words in the legend, its colour, and the colour of the number written on it."""

    key: str
    words: str
    colour: str
    ink: str = look.INK


def drawing(rows: Sequence[tuple[str, Mapping[str, int]]], parts: Sequence[Part]) -> Spec:
    """`rows`: (label, part → count). A row of nobody has an empty bar and n = 0."""
    labels = cut_labels([label for label, _ in rows])
    cells = [cell for label, (_, counts) in zip(labels, rows, strict=True) for cell in _cells(label, counts, parts)]
    totals = [
        {"label": label, "n": number(sum(counts.values()))} for label, (_, counts) in zip(labels, rows, strict=True)
    ]
    y = place(
        "label", title=None, scale={"paddingInner": 0.25}, axis={"labelLimit": 400, "ticks": False, "domain": False}
    )
    x = quantity("low", title="Доля участников, %", scale={"domain": [0, 100]}, axis={"tickCount": 5})
    colour = name(
        "part",
        scale=palette([part.words for part in parts], [part.colour for part in parts]),
        legend={"symbolType": "square", "columns": len(parts)},
    )
    width = look.WIDTH - 60
    right = {"align": "right", "color": look.TERRITORY}
    return layered(
        [
            layer(cells, "bar", {"stroke": "white"}, x=x, x2={"field": "high"}, y=y, color=colour),
            *inked([c for c in cells if c["text"]], {}, x=quantity("middle"), y=y, text=name("text")),
            layer(totals, "text", right, x=at(width + 60), y=y, text=name("n")),
            layer([{"n": "участников"}], "text", right, x=at(width + 60), y=at(-8), text=name("n")),
        ],
        width,
        34 * len(rows),
    )


def _cells(label: str, counts: Mapping[str, int], parts: Sequence[Part]) -> list[dict[str, object]]:
    total, low, cells = sum(counts.values()), 0.0, []
    for part in parts:
        share = 100 * counts.get(part.key, 0) / total if total else 0.0
        text = f"{number(share)}" if share >= NARROWEST_LABELLED else ""
        edges = {"low": low, "high": low + share, "middle": low + share / 2}
        cells.append({"label": label, "part": part.words, "text": text, "ink": part.ink, **edges})
        low += share
    return cells


def whole_names(rows: Sequence[tuple[str, Mapping[str, int]]]) -> dict[str, str]:
    """Cut label → whole name."""
    names = [label for label, _ in rows]
    return {label: whole for label, whole in zip(cut_labels(names), names, strict=True) if label != whole}


def table(title: str, first: str, rows: Sequence[tuple[str, Mapping[str, int]]], parts: Sequence[Part]) -> Table:
    """Counts and shares of every part."""
    columns = [Column("label", first), Column("n", "Участников", kind="count")]
    for part in parts:
        columns.append(Column(part.key, part.words, kind="count"))
        columns.append(Column(part.key + "_percent", part.words, unit="%", kind="percent", digits=1))
    return Table(title, columns, [_line(label, counts, parts) for label, counts in rows])


def _line(label: str, counts: Mapping[str, int], parts: Sequence[Part]) -> dict[str, Cell]:
    total = sum(counts.values())
    line: dict[str, Cell] = {"label": label, "n": total}
    for part in parts:
        line[part.key] = counts.get(part.key, 0)
        line[part.key + "_percent"] = Share(counts.get(part.key, 0), total).percent
    return line


def sentence(rows: Sequence[tuple[str, Mapping[str, int]]], parts: Sequence[Part]) -> str:
    """«Школа (56 участников): «2» — 12 %, …; регион …»"""
    said = []
    for label, counts in rows:
        total = sum(counts.values())
        shares = (
            ", ".join(f"{part.words} — {percent(100 * counts.get(part.key, 0) / total)}" for part in parts)
            if total
            else "нет"
        )
        said.append(f"{label} ({counted(total, 'участник', 'участника', 'участников')}): {shares}")
    return "; ".join(said) + "."
