"""Tables of results: one definition each, for the page and for the spreadsheet."""

from collections.abc import Callable, Iterable

from django.urls import reverse

from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import score_histogram
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.procedure_page import FEW, ProcedurePage

SCORES = (
    Column("n", "Участников", kind="count"),
    Column("absent", "Не писали", kind="count"),
    Column("mean", "Средний балл", kind="number", digits=2),
    Column("percent", "От максимума", "%", kind="number", digits=1),
)
MARKS = (
    Column("passed", "Успеваемость", kind="share"),
    Column("good", "Качество", kind="share"),
    Column("mean_mark", "Средняя отметка", kind="number", digits=2),
)
JOURNAL = (
    Column("lowered", "Ниже журнала", kind="share"),
    Column("confirmed", "Как в журнале", kind="share"),
    Column("raised", "Выше журнала", kind="share"),
)


def known(value: float | int | Share | None) -> Cell:
    """A number that the values don't have is «нет данных», never a zero and never an empty cell."""
    return Unknown.MISSING if value is None else value


def scores_of(value: Value) -> dict[str, Cell]:
    return {
        "n": known(value.participants),
        "absent": known(value.absent),
        "mean": known(value.mean),
        "percent": known(value.mean_percent),
    }


def marks_of(value: Value) -> dict[str, Cell]:
    """No scale at all is «не применимо»: it is the work, not the school, that has no marks."""
    if value.marks is None:
        unknown = Unknown.NOT_APPLICABLE if "marks" in value.not_computed else Unknown.MISSING
        return dict.fromkeys(("passed", "good", "mean_mark"), unknown)
    return {"passed": known(value.passed), "good": known(value.good), "mean_mark": known(value.mean_mark)}


def journal_of(value: Value) -> dict[str, Cell]:
    counts = [value.lowered, value.confirmed, value.raised]
    if any(count is None for count in counts):
        return dict.fromkeys(("lowered", "confirmed", "raised"), Unknown.MISSING)
    n = sum(count or 0 for count in counts)
    return {name: Share(count or 0, n) for name, count in zip(("lowered", "confirmed", "raised"), counts, strict=True)}


def tone_of(value: Value, own: int | None = None) -> str:
    if own is not None and value.organisation_id == own:
        return "own"
    return "pale" if (value.participants or 0) < FEW else ""


NOTE_FEW = f"Бледные строки — меньше {FEW} участников: по ним нельзя судить о школе."


def organisations_table(
    page: ProcedurePage, values: Iterable[Value], first: str, title: str, link: Callable[[Value], str]
) -> Table:
    """Schools or municipalities with their figures, the territory and its reference as totals below."""
    rows = [
        Row(
            {"name": Text(value.organisation.name, link(value))}
            | scores_of(value)
            | marks_of(value)
            | journal_of(value),
            tone_of(value),  # type: ignore[arg-type]
        )
        for value in values
    ]
    totals = [
        Row({"name": value.organisation.name} | scores_of(value) | marks_of(value) | journal_of(value), "total")
        for value in (page.own, page.municipality, page.region)
        if value is not None
    ]
    columns = (Column("name", first, kind="link"), *SCORES, *MARKS, *JOURNAL)
    return Table(title, columns, [*rows, *totals], note=NOTE_FEW)


def schools_table(page: ProcedurePage) -> Table:
    address = reverse("monitoring:procedure", args=[page.procedure.pk])

    def of_school(value: Value) -> str:
        return f"{address}?territory={value.organisation_id}"

    return organisations_table(page, page.schools, "Школа", "Школы: результаты", of_school)


def municipalities_table(page: ProcedurePage) -> Table:
    def of_municipality(value: Value) -> str:
        address = reverse("monitoring:procedure", args=[page.procedure.pk, "schools"])
        return f"{address}?territory={value.organisation_id}"

    title = "Муниципалитеты: результаты"
    return organisations_table(page, page.municipalities, "Муниципалитет", title, of_municipality)


def classes_table(page: ProcedurePage) -> Table:
    """Classes of a school, or of all schools of a territory with the school's name before them."""
    lettered = {value.organisation_id for value in page.classes_of_territory if value.class_name}
    rows = [
        Row(
            {"name": value.organisation.name, "class": value.class_name or _nameless(value, lettered)}
            | scores_of(value)
            | marks_of(value)
            | journal_of(value),
            tone_of(value),  # type: ignore[arg-type]
        )
        for value in page.classes_of_territory
    ]
    columns = (Column("name", "Школа"), Column("class", "Класс"), *SCORES, *MARKS, *JOURNAL)
    return Table("Классы: результаты", columns, rows, note=NOTE_FEW)


def _nameless(value: Value, lettered: set[int]) -> str:
    """Rows without a class are the only class of a school, or, beside others, those of whom it was not written."""
    return "не указан" if value.organisation_id in lettered else "единственный"


def items_table(page: ProcedurePage) -> Table:
    """Tasks with their facility here and in the territory above, hardest first."""
    compared, of_reference = page.compared_items or (None, {})
    rows = []
    for item in (page.figures.items if page.figures else None) or ():
        described = page.procedure.items[item.number - 1] if item.number <= len(page.procedure.items) else {}
        other = of_reference.get(item.number)
        rows.append(
            {
                "number": described.get("number") or str(item.number),
                "level": described.get("level") or Unknown.MISSING,
                "element": described.get("content_element") or described.get("planned_outcome") or Unknown.MISSING,
                "maximum": known(item.maximum),
                "facility": known(item.facility),
                "reference": known(other.facility if other else None),
                "difference": known(
                    item.facility - other.facility
                    if other and item.facility is not None and other.facility is not None
                    else None
                ),
                "omitted": item.not_attempted,
                "discrimination": known(item.discrimination),
            }
        )
    rows.sort(key=lambda row: row["facility"] if isinstance(row["facility"], float) else 101.0)
    columns = (
        Column("number", "Задание"),
        Column("level", "Уровень"),
        Column("element", "Что проверяет"),
        Column("maximum", "Максимум", "балл", kind="count"),
        Column("facility", "Выполнение", "%", kind="number", digits=1),
        Column("reference", compared.organisation.name if compared else "Регион", "%", kind="number", digits=1),
        Column("difference", "Разница", "п. п.", kind="number", digits=1),
        Column("omitted", "Не приступали", kind="share"),
        Column("discrimination", "Различающая способность", kind="number", digits=2),
    )
    return without_unknown_columns(Table("Задания: выполнение", columns, rows, note="Сначала самые трудные."))


def without_unknown_columns(table: Table) -> Table:
    """A column in which no row knows anything says nothing but that, over and over."""
    known = [c for c in table.columns if any(not isinstance(line.cells[c.key], Unknown) for line in table.lines)]
    rows = [Row({c.key: line.cells[c.key] for c in known}, line.tone) for line in table.lines]
    return Table(table.title, known, rows, table.caption, table.note) if rows else table


def years_table(page: ProcedurePage) -> Table:
    here = [value for value in page.years if value.organisation_id == page.organisation.pk]
    rows = [{"year": str(value.procedure.year)} | scores_of(value) | marks_of(value) for value in here]
    return Table(
        "По годам",
        (Column("year", "Год"), *SCORES, *MARKS),
        rows,
        note="В разные годы один и тот же класс работы писали разные дети, а сами работы различались.",
    )


def marks_table(page: ProcedurePage) -> Table:
    """Marks in the organisation and the territories above it."""
    values = [value for value in (page.own, page.municipality, page.region) if value is not None]
    rows = []
    for value in dict.fromkeys(values):
        marks = value.marks
        n = sum(marks.values()) if marks else 0
        cells: dict[str, Cell] = {
            f"mark_{mark}": Share(marks[mark], n) if marks else Unknown.NOT_APPLICABLE for mark in (2, 3, 4, 5)
        }
        rows.append({"name": value.organisation.name} | cells)
    columns = [Column(f"mark_{mark}", f"Отметка «{mark}»", kind="share") for mark in (2, 3, 4, 5)]
    return Table("Отметки", (Column("name", "Где"), *columns), rows)


def scores_table(page: ProcedurePage) -> Table:
    histogram = (page.figures.histogram if page.figures else None) or {}
    n = sum(histogram.values())
    rows = [Row({"score": score, "share": Share(k, n)}) for score, k in sorted(histogram.items())]
    kind = score_histogram.TEST if page.score == "test" else score_histogram.PRIMARY
    return Table(
        kind.title, (Column("score", kind.axis, kind="count"), Column("share", "Участников", kind="share")), rows
    )


TABLES: dict[str, Callable[[ProcedurePage], Table]] = {
    "schools": schools_table,
    "municipalities": municipalities_table,
    "classes": classes_table,
    "items": items_table,
    "years": years_table,
    "marks": marks_table,
    "scores": scores_table,
}
