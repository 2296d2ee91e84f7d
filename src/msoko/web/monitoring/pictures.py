"""Pictures of results by name: the same drawing for the page, the download and the note."""

from collections.abc import Callable

from msoko.core.monitoring.exam_scores import PERFECT
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
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.procedure_page import FEW, ProcedurePage

MOST_LINES = 100  # a picture longer than three screens is not looked at
LOWEST = 40


def histogram(page: ProcedurePage) -> Chart | None:
    """Distribution of primary scores with the borders of marks, the reference's line over it."""
    figures, reference = page.figures, page.reference_figures
    if figures is None or not figures.histogram or page.maximum is None:
        return None
    return score_histogram.chart(
        figures.histogram,
        reference.histogram if reference else None,
        page.maximum,
        page.borders,
        own_name=page.organisation.name,
        territory_name=page.reference.organisation.name if page.reference else "",
        kind=score_histogram.TEST if page.score == "test" else score_histogram.PRIMARY,
    )


def schools(page: ProcedurePage) -> Chart | None:
    """All schools of a district; of a region only those with the lowest results, which the title says."""
    shown, title = page.schools, "Школы"
    if len(shown) > MOST_LINES:
        known = [value for value in shown if value.mean_percent is not None and (value.participants or 0) >= FEW]
        shown = sorted(known, key=lambda value: value.mean_percent or 0.0)[:LOWEST]
        title = f"Школы: {len(shown)} с самыми низкими результатами из {len(page.schools)} (от {FEW} участников)"
    return _intervals(page, shown, title, ("школа", "школы", "школ"))


def municipalities(page: ProcedurePage) -> Chart | None:
    words = ("муниципалитет", "муниципалитета", "муниципалитетов")
    return _intervals(page, page.municipalities, "Муниципалитеты", words)


def classes(page: ProcedurePage) -> Chart | None:
    return _intervals(page, page.classes, "Классы", ("класс", "класса", "классов"))


def _intervals(page: ProcedurePage, values: list[Value], title: str, who: tuple[str, str, str]) -> Chart | None:
    """Mean per cent of the maximum with intervals; organisations without an interval (n < 2) have no point.

    They are compared with the territory that they make up (classes: with their school's), the wider ones stand beside.
    """
    lines = [line for value in values if (line := _line(value, page)) is not None]
    if not lines:
        return None
    school = page.organisation.is_school
    nearest = (page.municipality, page.region, page.own) if school else (page.own, page.region)
    above = [value for value in nearest if value is not None]
    references = [(value.organisation.name, value.mean_percent) for value in above if value.mean_percent is not None]
    return schools_interval.chart(lines, references, title=title, who=who)


def _line(value: Value, page: ProcedurePage) -> schools_interval.Line | None:
    maximum = page.maximum
    if None in (value.mean_percent, value.mean_low, value.mean_high, maximum) or not maximum:
        return None
    scale = 100 / maximum
    name = value.organisation.name if value.whole else value.class_name or "единственный класс"
    return schools_interval.Line(
        name=name,
        value=value.mean_percent or 0.0,
        low=(value.mean_low or 0.0) * scale,
        high=(value.mean_high or 0.0) * scale,
        n=value.participants or 0,
        small=(value.participants or 0) < FEW,
    )


def marks(page: ProcedurePage) -> Chart | None:
    values = dict.fromkeys(value for value in (page.own, page.municipality, page.region) if value is not None)
    rows = [(value.organisation.name, counts) for value in values if (counts := value.marks)]
    return marks_bar.chart(rows) if rows else None


def journal(page: ProcedurePage) -> Chart | None:
    values = dict.fromkeys(value for value in (page.own, page.municipality, page.region) if value is not None)
    rows = [
        (value.organisation.name, value.lowered or 0, value.confirmed, value.raised or 0)
        for value in values
        if value.confirmed is not None
    ]
    return journal_bar.chart(rows) if rows else None


def matrix(page: ProcedurePage) -> Chart | None:
    compared = page.figures.journal if page.figures else None
    if compared is None or compared.matrix is None or not compared.n:
        return None
    return journal_matrix.chart({(said, mark): n for (mark, said), n in compared.matrix.items()})


def items(page: ProcedurePage) -> Chart | None:
    figures = page.figures
    compared, of_reference = page.compared_items or (None, {})
    tasks = [
        items_facility.Task(
            number=_label(page, item.number),
            percent=item.facility,
            n=item.n,
            level=_described(page, item.number).get("level") or None,
            territory_percent=of_reference[item.number].facility if item.number in of_reference else None,
        )
        for item in (figures.items if figures else None) or ()
        if item.facility is not None
    ]
    if not tasks:
        return None
    other = compared.organisation.name if compared else "Территория"
    return items_facility.chart(tasks, own_name=page.organisation.name, territory_name=other)


def _described(page: ProcedurePage, number: int) -> dict:
    return page.procedure.items[number - 1] if number <= len(page.procedure.items) else {}


def _label(page: ProcedurePage, number: int) -> str:
    return _described(page, number).get("number") or str(number)


def years(page: ProcedurePage) -> Chart | None:
    here = [value for value in page.years if value.organisation_id == page.organisation.pk]
    points = [point for value in here if (point := _point(value)) is not None]
    others = [
        (value.procedure.year, value.mean_percent)
        for value in page.years
        if value.organisation_id != page.organisation.pk and value.mean_percent is not None
    ]
    if not points:
        return None
    other = page.reference.organisation.name if page.reference else "Территория"
    return years_slope.chart(points, others, own_name=page.organisation.name, territory_name=other)


def _point(value: Value) -> years_slope.Point | None:
    maximum = PERFECT if value.score == "test" else value.procedure.maximum
    if value.mean_percent is None or value.mean_low is None or value.mean_high is None or not maximum:
        return None
    scale = 100 / maximum
    return years_slope.Point(
        value.procedure.year,
        value.mean_percent,
        value.mean_low * scale,
        value.mean_high * scale,
        value.participants or 0,
    )


PICTURES: dict[str, Callable[[ProcedurePage], Chart | None]] = {
    "histogram": histogram,
    "schools": schools,
    "municipalities": municipalities,
    "classes": classes,
    "marks": marks,
    "journal": journal,
    "matrix": matrix,
    "items": items,
    "years": years,
}
