"""What the data don't say: every limitation that applies to this note, as a sentence."""

from collections.abc import Iterator

from msoko.core.monitoring.standing_apart import CLASSES, SCHOOLS, told_beside_chance
from msoko.core.vocabulary.russian import number, percent, plural
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.library.procedure_note import sentences
from msoko.documents.library.procedure_note.data import ProcedureNoteData

SCALES = {
    "official": "Отметки выставлены по официальной шкале",
    "transferred": "Шкала перенесена с другого года при том же максимальном балле: отметки условны",
    "unofficial": "Шкала неофициальная: отметки условны",
    "to_check": "Шкала требует сверки с официальным документом: отметки предварительные",
    "none": "Шкалы перевода баллов в отметки для этой работы нет: отметки, успеваемость и качество не вычислены",
}
BASES = {
    "items": "сумма баллов за задания",
    "printed": "итоговый балл, указанный в файле",
}


def scale(data: ProcedureNoteData) -> str:
    """The scale with its source and bounds."""
    text = SCALES[data.scale.status]
    if data.scale.source:
        text += f"; источник: {data.scale.source}"
    lowest, said = 0, []
    for mark, highest in data.scale.bounds:
        said.append(
            f"«{mark}» — {number(lowest)}–{number(highest)}" if lowest < highest else f"«{mark}» — {number(highest)}"
        )
        lowest = highest + 1
    return f"{text}. Баллы: {', '.join(said)}." if said else text + "."


def limits(data: ProcedureNoteData) -> Iterator[str]:
    """All that applies, from the scale to what could not be computed."""
    if data.demonstration:
        yield "Данные вымышлены и служат для показа работы системы."
    if data.scale.status != "official":
        yield SCALES[data.scale.status] + "."
    yield f"Балл участника — {BASES[data.basis]}."
    yield from _about_size(data)
    yield from _about_chance(data)
    yield from _about_absent(data)
    if data.previous:
        yield (
            "В разные годы работу писали разные дети, и сами работы различаются: изменение уровня нельзя прямо "
            "приписать работе школы."
        )
    if not data.comparisons:
        yield "Результатов других территорий в системе нет, сравнивать собственный результат не с чем."
    yield (
        "Расхождение с отметкой по журналу — повод посмотреть на оценивание, а не доказательство нарушения: журнальная "
        "отметка выставлена за другой период и другой материал."
    )
    yield "Справка описывает результаты и не объясняет их причин; по ней нельзя судить о работе отдельного учителя."
    yield from data.not_computed


def _about_size(data: ProcedureNoteData) -> Iterator[str]:
    n = data.own.participants
    if n < data.minimum_n:
        yield (
            f"Участников всего {number(n)}, меньше {number(data.minimum_n)}: показатели приведены для сведения, "
            "выводов по ним делать нельзя."
        )
    small = sum(unit.figures.participants < data.minimum_n for unit in data.units)
    if small:
        words = ("школе", "школах", "школах") if data.kind == "municipality" else ("классе", "классах", "классах")
        yield (
            f"В\u00a0{number(small)}\u00a0{plural(small, *words)} из {number(len(data.units))} участников меньше "
            f"{number(data.minimum_n)}: один ученик заметно меняет там любой процент."
        )


def _about_chance(data: ProcedureNoteData) -> Iterator[str]:
    below, above = (sentences.units_on(side, data) for side in ("below", "above"))
    if below or above:
        words = SCHOOLS if data.kind == "municipality" else CLASSES
        yield told_beside_chance(words, len(sentences.comparable_units(data)), len(below), len(above))


def _about_absent(data: ProcedureNoteData) -> Iterator[str]:
    absent = data.own.absent
    if isinstance(absent, Unknown) or not absent:
        return
    share = 100 * absent / (absent + data.own.participants)
    if share >= 10:
        yield f"Отсутствовали {percent(share)} списочного состава: если отсутствовали слабые, результат завышен."
