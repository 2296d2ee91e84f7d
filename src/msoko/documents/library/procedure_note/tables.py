"""Tables of the note."""

from collections.abc import Mapping

from msoko.core.vocabulary.russian import interval, number
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.library.procedure_note import limits
from msoko.documents.library.procedure_note.data import Figures, ProcedureNoteData
from msoko.documents.library.procedure_note.sentences import is_small
from msoko.documents.tables import Cell, Column, Row, Table

MARKS = (2, 3, 4, 5)
SMALL_NOTE = "Курсивом — строки, где участников меньше {n}: выводов по ним не делают."

_RESULT_COLUMNS = (
    Column("n", "Участников", kind="count"),
    Column("mean", "Средний балл", kind="number"),
    Column("percent", "От максимума", align="right"),
    Column("passed", "Успеваемость", kind="share"),
    Column("quality", "Качество", kind="share"),
)


def general(data: ProcedureNoteData) -> Table:
    """Facts of the procedure, a line each."""
    of = "Школ" if data.kind == "municipality" else "Классов"
    facts: list[tuple[str, Cell]] = [
        ("Организация", data.organisation),
        ("Процедура", data.procedure),
        ("Предмет, класс, год", f"{data.subject.nominative}, {data.grade}\u00a0класс, {data.year}\u00a0год"),
        ("Участников", number(data.own.participants)),
        ("Отсутствовали", number(data.own.absent)),
        (of, number(len(data.units))),
        ("Максимальный первичный балл", number(data.maximum)),
        ("Балл участника", limits.BASES[data.basis]),
    ]
    rows = [{"fact": fact, "value": value} for fact, value in facts]
    return Table("Сведения о процедуре", [Column("fact", "Сведение"), Column("value", "Значение")], rows)


def _figures(figures: Figures, maximum: int) -> dict[str, Cell]:
    bounds = figures.percent_interval(maximum)
    percent: Cell = figures.mean_percent
    if not isinstance(percent, Unknown | str):
        shown = number(figures.mean_percent)
        percent = f"{shown}\u00a0%" if isinstance(bounds, Unknown) else f"{shown}\u00a0% ({interval(*bounds)})"
    return {
        "n": figures.participants,
        "mean": figures.mean,
        "percent": percent,
        "passed": figures.passed,
        "quality": figures.quality,
    }


def results(data: ProcedureNoteData) -> Table:
    """The own organisation and the territories, from the nearest to the largest."""
    rows = [Row({"name": data.organisation, **_figures(data.own, data.maximum)}, "own")]
    rows += [Row({"name": one.name, **_figures(one.figures, data.maximum)}) for one in data.comparisons]
    return Table("Результаты в сравнении", [Column("name", "Организация"), *_RESULT_COLUMNS], rows)


def units(data: ProcedureNoteData) -> Table:
    """Schools or classes in the order given, small ones pale, the whole at the end."""
    first = "Школа" if data.kind == "municipality" else "Класс"
    rows = [
        Row({"name": unit.name, **_figures(unit.figures, data.maximum)}, "pale" if is_small(unit, data) else "")
        for unit in data.units
    ]
    rows.append(Row({"name": "Всего", **_figures(data.own, data.maximum)}, "total"))
    small = any(is_small(unit, data) for unit in data.units)
    note = SMALL_NOTE.format(n=number(data.minimum_n)) if small else ""
    title = "Результаты школ" if data.kind == "municipality" else "Результаты классов"
    return Table(title, [Column("name", first), *_RESULT_COLUMNS], rows, note=note)


def marks(data: ProcedureNoteData) -> Table:
    """Counts of marks and their shares without intervals of every one: the rates have theirs in the results."""
    columns = [Column("name", "Организация"), Column("n", "Участников", kind="count")]
    columns += [Column(f"mark_{mark}", f"«{mark}»", kind="text", align="right") for mark in MARKS]
    rows = [Row({"name": data.organisation, **_marks(data.own.marks)}, "own")]
    rows += [Row({"name": one.name, **_marks(one.figures.marks)}) for one in data.comparisons]
    return Table("Отметки: число и доля участников", columns, rows)


def _marks(counts: Mapping[int, int] | None) -> dict[str, Cell]:
    if counts is None:
        return {"n": Unknown.MISSING, **{f"mark_{mark}": Unknown.MISSING for mark in MARKS}}
    n = sum(counts.values())
    cells: dict[str, Cell] = {"n": n}
    for mark in MARKS:
        k = counts.get(mark, 0)
        cells[f"mark_{mark}"] = f"{number(k)} ({number(100 * k / n)}\u00a0%)" if n else Unknown.NOT_APPLICABLE
    return cells


def journal(data: ProcedureNoteData) -> Table:
    """Lowered, confirmed, raised of those who have both marks."""
    columns = [
        Column("name", "Организация"),
        Column("lowered", "Понизили", kind="share"),
        Column("confirmed", "Подтвердили", kind="share"),
        Column("raised", "Повысили", kind="share"),
    ]
    rows = [Row({"name": data.organisation, **_journal(data.own)}, "own")]
    rows += [Row({"name": one.name, **_journal(one.figures)}) for one in data.comparisons]
    return Table("Отметки за работу и по журналу", columns, rows)


def _journal(figures: Figures) -> dict[str, Cell]:
    found = figures.journal
    if isinstance(found, Unknown):
        return dict.fromkeys(("lowered", "confirmed", "raised"), found)
    return {key: Share(getattr(found, key), found.total) for key in ("lowered", "confirmed", "raised")}


def items(data: ProcedureNoteData) -> Table:
    """Hardest first."""
    territory = data.first_comparison
    columns = [
        Column("number", "Задание"),
        Column("level", "Уровень", align="center"),
        Column("content", "Что проверяет"),
        Column("maximum", "Максимум", kind="count"),
        Column("facility", "Выполнение", align="right"),
        Column("territory", territory.name if territory else "Территория", unit="%", kind="percent"),
    ]
    rows: list[dict[str, Cell]] = []
    for item in sorted(data.items, key=lambda one: one.facility):
        known = not isinstance(item.low, Unknown) and not isinstance(item.high, Unknown)
        bounds = f" ({interval(item.low, item.high)})" if known else ""  # type: ignore[arg-type]
        rows.append(
            {
                "number": item.number,
                "level": item.level,
                "content": item.content or Unknown.MISSING,
                "maximum": item.maximum,
                "facility": f"{number(item.facility)}\u00a0%{bounds}",
                "territory": item.territory_facility,
            }
        )
    kept = [column for column in columns if _is_known(column.key, rows)]
    return Table("Выполнение заданий", kept, [{column.key: row[column.key] for column in kept} for row in rows])


def _is_known(key: str, rows: list[dict[str, Cell]]) -> bool:
    """A column of which nothing is known is left out: fifteen times «нет данных» hides what there is."""
    return any(row[key] is not Unknown.MISSING for row in rows)


def years(data: ProcedureNoteData) -> Table:
    """Other years and this one, ascending."""
    lines = [(one.year, one.figures, one.maximum) for one in data.previous] + [(data.year, data.own, data.maximum)]
    columns = [Column("year", "Год"), *_RESULT_COLUMNS]
    rows = [
        Row({"year": str(year), **_figures(figures, maximum)}, "own" if year == data.year else "")
        for year, figures, maximum in sorted(lines, key=lambda line: line[0])
    ]
    return Table("Результаты по годам", columns, rows)


def sources(data: ProcedureNoteData) -> Table:
    """The files that the figures come from."""
    columns = [Column("file", "Файл"), Column("day", "Принят", kind="date"), Column("rows", "Строк", kind="count")]
    rows: list[dict[str, Cell]] = [
        {"file": one.file_name, "day": one.accepted_on, "rows": one.rows} for one in data.sources
    ]
    return Table("Файлы, из которых взяты данные", columns, rows)
