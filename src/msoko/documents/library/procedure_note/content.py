"""Content of the note: sections in the order in which a methodist reads them."""

from collections.abc import Iterator

from msoko.core.vocabulary.russian import join_with_and, long_date, nbsp
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.blocks import Block, Document, Heading, ListBlock, Meta, Note, Paragraph, Picture, TableBlock
from msoko.documents.library.procedure_note import limits, pictures, sentences, tables
from msoko.documents.library.procedure_note.conclusions import conclusions
from msoko.documents.library.procedure_note.data import ProcedureNoteData

__all__ = ["ProcedureNoteData", "build"]


def build(data: ProcedureNoteData) -> Document:
    """The whole note. Sections without data say so in a sentence, they are never left out silently."""
    blocks: list[Block] = []
    for place, (title, content) in enumerate(_sections(data), 1):
        blocks += [Heading(1, f"{place}. {title}"), *content]
    blocks.append(Paragraph("Справку составил(а): ______________ / ______________"))
    return Document(
        title="Аналитическая справка",
        subtitle=_subtitle(data),
        blocks=[_glued(block) for block in blocks],
        footer=_footer(data),
        meta=Meta(data.author or data.organisation, data.data_date, (data.procedure, data.subject.nominative)),
    )


def _sections(data: ProcedureNoteData) -> list[tuple[str, Iterator[Block]]]:
    return [
        ("Общие сведения", _general(data)),
        ("Результаты", _results(data)),
        ("Школы" if data.kind == "municipality" else "Классы", _units(data)),
        ("Отметки", _marks(data)),
        ("Отметки за работу и по журналу", _journal(data)),
        ("Выполнение заданий", _items(data)),
        ("Результаты по годам", _years(data)),
        ("Выводы", _conclusions(data)),
        ("Чего нельзя сказать по этим данным", _limits(data)),
        ("Источники данных", _sources(data)),
    ]


def _glued(block: Block) -> Block:
    match block:
        case Paragraph(text):
            return Paragraph(nbsp(text))
        case Note(text):
            return Note(nbsp(text))
        case ListBlock(items, numbered):
            return ListBlock([nbsp(item) for item in items], numbered)
        case _:
            return block


def _subtitle(data: ProcedureNoteData) -> str:
    work = f"{data.procedure} по {data.subject.dative}, {data.grade} класс, {data.year} год"
    return nbsp(f"о результатах процедуры: {work}\n{data.organisation}")


def _footer(data: ProcedureNoteData) -> str:
    names = [batch.file_name for batch in data.sources]
    source = join_with_and(names[:2]) if len(names) < 3 else f"{names[0]} и ещё {len(names) - 1} (раздел 10)"
    demo = "Демонстрационные данные. " if data.demonstration else ""
    version = data.method_version or Unknown.MISSING.sign
    day = long_date(data.data_date)
    return f"{demo}Данные на {day}; источник: {source or Unknown.MISSING.sign}; версия методики: {version}"


def _general(data: ProcedureNoteData) -> Iterator[Block]:
    yield Paragraph(sentences.participation(data))
    yield TableBlock(tables.general(data))


def _results(data: ProcedureNoteData) -> Iterator[Block]:
    yield Paragraph(sentences.result(data))
    for sentence in sentences.against_territories(data):
        yield Paragraph(sentence)
    yield TableBlock(tables.results(data))
    if sum(data.histogram.values()):
        yield Picture(pictures.histogram(data), "Распределение первичных баллов, % участников")


def _units(data: ProcedureNoteData) -> Iterator[Block]:
    if not data.units:
        yield Paragraph("Результатов по отдельным организациям в данных нет.")
        return
    if len(data.units) == 1 and data.units[0].figures == data.own:
        yield Paragraph(sentences.only_unit(data))
        return
    yield Paragraph(" ".join(sentences.units_apart(data)))
    yield TableBlock(tables.units(data))
    for chart, caption in pictures.units(data):
        yield Picture(chart, caption)


def _marks(data: ProcedureNoteData) -> Iterator[Block]:
    yield Paragraph(limits.scale(data))
    if data.own.marks:
        yield TableBlock(tables.marks(data))
        yield Picture(pictures.marks(data), "Отметки за работу, % участников")


def _journal(data: ProcedureNoteData) -> Iterator[Block]:
    yield Paragraph(sentences.journal(data))
    if isinstance(data.own.journal, Unknown) or not data.own.journal.total:
        return
    yield TableBlock(tables.journal(data))
    yield Picture(pictures.journal(data), "Отметка за работу в сравнении с отметкой по журналу, % участников")
    if data.journal_matrix:
        yield Picture(pictures.matrix(data), "Отметка по журналу и отметка за работу, число участников")


def _items(data: ProcedureNoteData) -> Iterator[Block]:
    if not data.items:
        yield Paragraph("Баллов за отдельные задания в данных нет.")
        return
    yield Paragraph(" ".join([sentences.hardest(data), *sentences.items_apart(data)]))
    yield TableBlock(tables.items(data))
    yield Picture(pictures.items(data), "Выполнение заданий, % от максимального балла, трудные сверху")


def _years(data: ProcedureNoteData) -> Iterator[Block]:
    yield Paragraph(sentences.change(data))
    if data.previous:
        yield TableBlock(tables.years(data))
        yield Picture(pictures.years(data), "Средний процент от максимального балла по годам")


def _conclusions(data: ProcedureNoteData) -> Iterator[Block]:
    yield ListBlock(list(conclusions(data)))


def _limits(data: ProcedureNoteData) -> Iterator[Block]:
    yield ListBlock(list(limits.limits(data)))


def _sources(data: ProcedureNoteData) -> Iterator[Block]:
    if data.sources:
        yield TableBlock(tables.sources(data))
    else:
        yield Paragraph("Исходные файлы не указаны.")
    yield Note(
        "Доли приведены с числом участников и 95-процентным интервалом Уилсона, средние — с 95-процентным "
        "интервалом Стьюдента. "
        "Обозначения: 0 — ноль; «нет данных» — данные не поступили; «—» — показатель не применяется; "
        "«•» — скрыто из-за малого числа участников."
    )
