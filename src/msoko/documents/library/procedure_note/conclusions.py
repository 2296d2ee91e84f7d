"""What the note comes to: one statement a matter, each already computed above, and what to do about it.

Nothing is concluded that an interval does not bear: where it bears nothing, the conclusion says so.
"""

from collections.abc import Iterator

from msoko.core.vocabulary.russian import counted, number, percent, plural, share_in_words
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.library.procedure_note import sentences
from msoko.documents.library.procedure_note.data import ProcedureNoteData

FAILED = 2
"""The mark of those who have not passed."""
MOST_TASKS = 5
"""More are not discussed at one meeting; the table has them all."""


def conclusions(data: ProcedureNoteData) -> Iterator[str]:
    """Sentences of the list, from the result to the change."""
    n = data.own.participants
    if n < data.minimum_n:
        words = counted(n, *sentences.PUPILS)
        yield f"Писали {words}, меньше {number(data.minimum_n)}: выводов по такому числу не сделано."
        return
    yield _level(data)
    if data.own.marks:
        yield from _failed(data)
    yield from _units(data)
    if data.items:
        yield _tasks(data)
    yield from _journal(data)
    if data.previous:
        yield sentences.change(data)


def _level(data: ProcedureNoteData) -> str:
    beside = data.first_comparison
    own = data.own.mean_percent
    if isinstance(own, Unknown):
        return "О результате в целом сказать нечего: средний балл не вычислен."
    said = f"Средний результат — {percent(own)} максимального балла"
    bounds = data.own.percent_interval(data.maximum)
    if beside is None or isinstance(beside.figures.mean_percent, Unknown) or isinstance(bounds, Unknown):
        return f"{said}; сравнить его не с чем."
    low, high = bounds
    there = f"{beside.locative} ({percent(beside.figures.mean_percent)})"
    if low <= beside.figures.mean_percent <= high:
        return f"{said}: отличие от того, что {there}, не установлено."
    return f"{said}: уверенно {'ниже' if high < beside.figures.mean_percent else 'выше'}, чем {there}."


def _failed(data: ProcedureNoteData) -> Iterator[str]:
    marks = data.own.marks or {}
    failed = Share(marks.get(FAILED, 0), sum(marks.values()))
    if not failed.n:
        return
    if not failed.k:
        yield "Не справившихся с работой нет."
        return
    yield f"Не справились с работой {share_in_words(failed)}: этим обучающимся нужна помощь по предмету."


def _units(data: ProcedureNoteData) -> Iterator[str]:
    compared = sentences.comparable_units(data)
    if len(compared) < 2:
        return
    below, above = (len(sentences.units_on(side, data)) for side in ("below", "above"))
    who = "школ" if data.kind == "municipality" else "классов"
    if not below and not above:
        yield f"Различия {who} не выходят за пределы случайного: выделять по этой работе некого."
        return
    of_all = f"Из {number(len(compared))} {plural(len(compared), *_GENITIVE[data.kind])}, где участников достаточно,"
    yield f"{of_all} уверенно ниже — {number(below)}, выше — {number(above)}; по одной работе о них не судят."


_GENITIVE = {"municipality": ("школы", "школ", "школ"), "school": ("класса", "классов", "классов")}


def _tasks(data: ProcedureNoteData) -> str:
    if data.first_comparison is None:
        return sentences.hardest(data)
    worse, where = sentences.items_worse(data), data.first_comparison.locative
    if not worse:
        return f"{sentences.hardest(data)} Заданий, выполненных уверенно хуже, чем {where}, нет."
    words = ("задание", "выполнено") if len(worse) == 1 else ("задания", "выполнены")
    named = sentences.named_items(worse[:MOST_TASKS], more=len(worse) - MOST_TASKS)
    return f"Разобрать на методическом объединении {words[0]} {named}: {words[1]} уверенно хуже, чем {where}."


def _journal(data: ProcedureNoteData) -> Iterator[str]:
    found = data.own.journal
    if isinstance(found, Unknown) or not found.total:
        return
    lowered = Share(found.lowered, found.total)
    yield f"Отметка за работу ниже журнальной у {share_in_words(lowered)}: повод сверить, за что ставится отметка."
