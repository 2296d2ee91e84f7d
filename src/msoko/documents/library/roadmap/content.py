"""The programme written down: passport, SWOT, then every roadmap as the table that departments sign."""

from collections.abc import Iterator, Sequence

from msoko.core.vocabulary.russian import capitalised, long_date, nbsp, short_date
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.blocks import Block, Document, Heading, ListBlock, Meta, Note, PageBreak, TableBlock
from msoko.documents.library.roadmap.data import Activity, ProgrammeData, Roadmap
from msoko.documents.tables import Cell, Column, Row, Table

NOT_SET = "не задано"


def build(data: ProgrammeData) -> Document:
    """Raises nothing for an empty programme: the document says that there are no roadmaps yet."""
    return Document(
        title=data.title,
        subtitle=nbsp(f"{data.organisation}, {long_date(data.begins)} — {long_date(data.ends)}"),
        blocks=list(_blocks(data)),
        footer=_footer(data),
        meta=Meta(created=data.today),
        approval=_approval(data),
        wide=True,
    )


def _approval(data: ProgrammeData) -> tuple[str, ...]:
    if data.is_draft:
        return ("ПРОЕКТ", f"Состояние на {long_date(data.today)}")
    return ("УТВЕРЖДЕНО", capitalised(data.order_words)) if data.order_words else ("УТВЕРЖДЕНО",)


def _footer(data: ProgrammeData) -> str:
    edition = f", редакция {data.edition}" if data.edition > 1 else ""
    return f"{data.title}{edition}. Напечатано {short_date(data.today)}"


def _blocks(data: ProgrammeData) -> Iterator[Block]:
    if data.passport:
        yield TableBlock(_two_columns("Паспорт программы", data.passport))
    if data.indicators:
        yield TableBlock(_indicators(data))
    for title, header, rows in data.tables:
        yield TableBlock(_plain(title, header, rows))
    if any(lines for _, lines in data.swot):
        yield TableBlock(_two_columns("SWOT-анализ", data.swot))
    if data.principles:
        yield Heading(1, "Принципы")
        yield ListBlock(data.principles)
    if data.changes:
        yield Heading(1, "Что изменено в этой редакции")
        yield ListBlock(data.changes)
    if any(block for block in (data.passport, data.indicators, data.tables)) and data.roadmaps:
        yield PageBreak()
    for roadmap in data.roadmaps:
        yield Heading(1, roadmap.title)
        yield TableBlock(table_of(roadmap))
    if not data.roadmaps:
        yield Note("Дорожных карт в программе пока нет.")


def _two_columns(title: str, fields: Sequence[tuple[str, Sequence[str]]]) -> Table:
    columns = [Column("name", "Раздел"), Column("text", "Содержание")]
    rows = [{"name": name, "text": "\n".join(lines)} for name, lines in fields if lines]
    return Table(title, columns, rows)


def _plain(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    columns = [Column(str(place), words) for place, words in enumerate(header)]
    return Table(title, columns, [{str(place): cell for place, cell in enumerate(row)} for row in rows])


def _indicators(data: ProgrammeData) -> Table:
    years = sorted({year for one in data.indicators for year in one.targets})
    columns = [
        Column("name", "Показатель"),
        Column("unit", "Единица"),
        Column("base", "Исходное значение"),
        *(Column(str(year), f"{year} год", align="right") for year in years),
    ]
    rows: list[dict[str, Cell]] = [
        {
            "name": one.name,
            "unit": one.unit,
            "base": one.base or Unknown.MISSING,
            **{str(year): one.targets.get(year) or NOT_SET for year in years},
        }
        for one in data.indicators
    ]
    return Table("Целевые показатели", columns, rows)


def table_of(roadmap: Roadmap) -> Table:
    """№, activity, deadline, executors, result; the indicator only where one is named. Sections go across the row."""
    every = [activity for section in roadmap.sections for activity in section.activities]
    with_indicator = any(activity.indicator for activity in every)
    columns = [
        Column("number", "№"),
        Column("title", "Мероприятие"),
        Column("deadline", "Срок"),
        Column("executors", "Исполнители"),
        Column("result", "Ожидаемый результат"),
        *([Column("indicator", "Показатель")] if with_indicator else []),
    ]
    return Table(roadmap.title, columns, list(_rows(roadmap, columns)), caption=f"План мероприятий: {roadmap.title}")


def _rows(roadmap: Roadmap, columns: Sequence[Column]) -> Iterator[Row]:
    keys = [column.key for column in columns]
    for section in roadmap.sections:
        if section.title:
            yield Row({key: section.title if key == keys[0] else "" for key in keys}, "section")
        for activity in section.activities:
            yield Row({key: _cell(activity, key) for key in keys})


def _cell(activity: Activity, key: str) -> Cell:
    words = getattr(activity, key)
    return words or (Unknown.MISSING if key == "deadline" else "")
