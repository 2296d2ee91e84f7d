"""Pictures of the note."""

from collections.abc import Iterator

from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import (
    items_facility,
    journal_bar,
    journal_matrix,
    marks_bar,
    schools_interval,
    score_histogram,
    years_slope,
)
from msoko.documents.charts.chart import Chart
from msoko.documents.library.procedure_note.data import Figures, Journal, ProcedureNoteData, Unit
from msoko.documents.library.procedure_note.sentences import is_small

MOST_ON_A_PICTURE = 50
"""More rows than this can't be read on one page; the picture is then continued on the next."""


def histogram(data: ProcedureNoteData) -> Chart:
    territory = data.first_comparison
    return score_histogram.chart(
        data.histogram,
        territory.histogram if territory else None,
        data.maximum,
        data.scale.bounds or None,
        own_name=data.organisation,
        territory_name=territory.name if territory else "",
    )


def units(data: ProcedureNoteData) -> Iterator[tuple[Chart, str]]:
    """Pictures with captions, lowest first, at most `MOST_ON_A_PICTURE` rows each."""
    rows = sorted(filter(None, (_line(unit, data) for unit in data.units)), key=lambda row: (row.value, row.name))
    own = [(data.organisation, data.own.mean_percent)] if data.kind == "municipality" else []
    lines = [*own, *((one.name, one.figures.mean_percent) for one in data.comparisons)]
    known = [(name, value) for name, value in lines if not isinstance(value, Unknown)]
    parts = [rows[start : start + MOST_ON_A_PICTURE] for start in range(0, len(rows), MOST_ON_A_PICTURE)]
    whose = "школ" if data.kind == "municipality" else "классов"
    for number, part in enumerate(parts, 1):
        more = f", часть {number} из {len(parts)}" if len(parts) > 1 else ""
        caption = f"Средний процент от максимума по результатам {whose} с 95-процентными интервалами{more}"
        yield schools_interval.chart(part, known, title=f"Результаты {whose}{more}", who=data.unit_words), caption


def _line(unit: Unit, data: ProcedureNoteData) -> schools_interval.Line | None:
    """None where there is no mean at all; where there is no interval the point stands alone and pale."""
    value, bounds = unit.figures.mean_percent, unit.figures.percent_interval(data.maximum)
    if isinstance(value, Unknown):
        return None
    low, high = (value, value) if isinstance(bounds, Unknown) else bounds
    small = is_small(unit, data) or isinstance(bounds, Unknown)
    return schools_interval.Line(unit.name, value, low, high, unit.figures.participants, small)


def _organisations(data: ProcedureNoteData) -> list[tuple[str, Figures]]:
    return [(data.organisation, data.own), *((one.name, one.figures) for one in data.comparisons)]


def marks(data: ProcedureNoteData) -> Chart:
    return marks_bar.chart([(name, figures.marks) for name, figures in _organisations(data) if figures.marks])


def journal(data: ProcedureNoteData) -> Chart:
    found = [(name, figures.journal) for name, figures in _organisations(data)]
    return journal_bar.chart(
        [(name, j.lowered, j.confirmed, j.raised) for name, j in found if isinstance(j, Journal) and j.total]
    )


def matrix(data: ProcedureNoteData) -> Chart:
    return journal_matrix.chart(data.journal_matrix)


def items(data: ProcedureNoteData) -> Chart:
    territory = data.first_comparison
    tasks = [
        items_facility.Task(
            item.number,
            item.facility,
            item.participants,
            None if isinstance(item.level, Unknown) else item.level,
            None if isinstance(item.territory_facility, Unknown) else item.territory_facility,
        )
        for item in data.items
    ]
    return items_facility.chart(
        tasks, own_name=data.organisation, territory_name=territory.name if territory else "Территория"
    )


def years(data: ProcedureNoteData) -> Chart:
    lines = [(one.year, one.figures, one.maximum) for one in data.previous] + [(data.year, data.own, data.maximum)]
    points = []
    for year, figures, maximum in lines:
        bounds, value = figures.percent_interval(maximum), figures.mean_percent
        if not isinstance(value, Unknown):
            low, high = (value, value) if isinstance(bounds, Unknown) else bounds
            points.append(years_slope.Point(year, value, low, high, figures.participants))
    territory = [(one.year, one.territory_mean_percent) for one in data.previous]
    widest = data.comparisons[-1] if data.comparisons else None  # the one that earlier years are told of
    if widest:
        territory.append((data.year, widest.figures.mean_percent))
    known = [(year, value) for year, value in territory if not isinstance(value, Unknown)]
    name = widest.name if widest else "Территория"
    return years_slope.chart(points, sorted(known), own_name=data.organisation, territory_name=name)
