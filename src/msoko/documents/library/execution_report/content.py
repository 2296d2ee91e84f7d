"""The report of execution: the sum in words, what is late by name, every activity, every executor, what was moved."""

from collections.abc import Iterator
from dataclasses import fields

from msoko.core.vocabulary.russian import NBSP, counted, long_date, nbsp, number, plural, short_date
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.blocks import Block, Document, Heading, Meta, Note, Paragraph, TableBlock
from msoko.documents.library.execution_report.data import ActivityLine, ReportData, Tally
from msoko.documents.tables import Cell, Column, Row, Table

ASSIGNMENTS = ("поручение", "поручения", "поручений")
MOST_REPORTS = 5
"""Reports of one activity that are quoted; of forty schools the rest are a number."""
LONGEST_REPORT = 400


def build(data: ReportData) -> Document:
    """The document also stands where nothing was done yet: then it says so."""
    return Document(
        title=f"Отчёт об исполнении: {data.title}",
        subtitle=nbsp(f"{data.organisation}, на {long_date(data.today)}"),
        blocks=list(_blocks(data)),
        footer=f"Данные на {short_date(data.today)}. Источник: поручения, отчёты и проверки в системе МСОКО"
        + (". Демонстрация: район выдуман" if data.demonstration else ""),
        meta=Meta(created=data.today),
        wide=True,
    )


def _blocks(data: ReportData) -> Iterator[Block]:
    together = total_of([line.tally for line in data.activities])
    yield Heading(1, "Главное")
    if data.order_words:
        yield Paragraph(f"Основание: {data.order_words}.")
    for sentence in sentences(together, data):
        yield Paragraph(sentence)
    if data.late:
        yield Heading(1, "Просрочено")
        yield TableBlock(_late(data))
    yield Heading(1, "Исполнение по мероприятиям")
    yield TableBlock(_activities(data))
    if data.executors:
        yield Heading(1, "Исполнение по исполнителям")
        yield TableBlock(_executors(data))
    if data.untracked:
        yield Heading(1, "Не отслеживается")
        yield TableBlock(_untracked(data))
    if data.moved:
        yield Heading(1, "Перенесено и отменено")
        yield TableBlock(_moved(data))
    yield Note(
        "Поручение — одно наступление срока одного мероприятия у одного исполнителя. Принято — отчёт проверил тот, кто "
        "его не сдавал. Каждое поручение посчитано один раз: возвращённое, срок которого прошёл, стоит среди "
        "просроченного. Отменённые и неотслеживаемые в общее число не входят. Не отслеживается — отчёта о сроке не "
        "ждут; сделано ли это, система не знает."
    )


def sentences(tally: Tally, data: ReportData) -> Iterator[str]:
    """What a head of department reads; the same words stand on the page of progress."""
    if not tally.total and tally.untracked:
        yield "Отчётов ни по одному поручению не ждут."
    elif not tally.total:
        yield "Поручений пока нет: у мероприятий нет дат, или их исполнители не определены."
    else:
        owed = counted(tally.total, "поручения", "поручений", "поручений")
        yield (
            f"Исполнено и принято {number(tally.accepted)} из {owed}; "
            f"ждут проверки{NBSP}— {number(tally.reported)}, возвращено{NBSP}— {number(tally.returned)}, "
            f"просрочено{NBSP}— {number(tally.overdue)}, срок впереди{NBSP}— {number(tally.ahead)}."
        )
    if tally.untracked:
        yield f"Не отслеживается: {counted(tally.untracked, *ASSIGNMENTS)}."
    if tally.cancelled:
        yield f"Отменено: {counted(tally.cancelled, *ASSIGNMENTS)}."
    undated = [line for line in data.activities if line.undated]
    if undated:
        words = counted(len(undated), "мероприятия", "мероприятий", "мероприятий")
        yield f"У {words} дат нет, поэтому {plural(len(undated), 'его', 'их', 'их')} исполнение не посчитано."


def total_of(tallies: list[Tally]) -> Tally:
    """All together."""
    return Tally(**{part.name: sum(getattr(tally, part.name) for tally in tallies) for part in fields(Tally)})


def _late(data: ReportData) -> Table:
    columns = [
        Column("activity", "Мероприятие"),
        Column("due", "Срок", kind="date"),
        Column("days", "Прошло", unit="дней", kind="count"),
        Column("executors", "Кто не отчитался"),
    ]
    rows: list[dict[str, Cell]] = [
        {
            "activity": one.activity,
            "due": one.due,
            "days": (data.today - one.due).days,
            "executors": "; ".join(one.executors),
        }
        for one in data.late
    ]
    return Table("Просроченные мероприятия", columns, rows)


def _activities(data: ReportData) -> Table:
    columns = [
        Column("number", "№"),
        Column("title", "Мероприятие"),
        Column("deadline", "Срок"),
        Column("executors", "Исполнители"),
        Column("done", "Исполнено"),
        Column("what", "Что сделано, чем подтверждено"),
    ]
    return Table("Мероприятия", columns, list(_activity_rows(data)))


def _activity_rows(data: ReportData) -> Iterator[Row]:
    section = ""
    for line in data.activities:
        if line.section and line.section != section:
            rest = dict.fromkeys(("title", "deadline", "executors", "done", "what"), "")
            yield Row({"number": line.section, **rest}, "section")
        section = line.section
        yield Row(
            {
                "number": line.number,
                "title": line.title,
                "deadline": line.deadline or Unknown.MISSING,
                "executors": line.executors or Unknown.MISSING,
                "done": done_in_words(line),
                "what": _what(line),
            }
        )


def done_in_words(line: ActivityLine) -> str:
    """«3 из 18; просрочено 2», or why there is nothing to count."""
    tally = line.tally
    if line.undated:
        return line.undated
    if not tally.total and not tally.untracked:
        return "отменено" if tally.cancelled else "поручений нет"
    said = [f"{number(tally.accepted)} из {number(tally.total)}"] if tally.total else []
    told = [
        (tally.reported, "ждут проверки"),
        (tally.returned, "возвращено"),
        (tally.overdue, "просрочено"),
        (tally.untracked, "не отслеживается"),
    ]
    return "; ".join([*said, *(f"{words}{NBSP}— {number(n)}" for n, words in told if n)])


def _what(line: ActivityLine) -> str:
    said = [
        f"{executor}: {_short(done)}{f' ({evidence})' if evidence else ''}"
        for executor, done, evidence in line.reports[:MOST_REPORTS]
    ]
    if len(line.reports) > MOST_REPORTS:
        said.append(f"и ещё {counted(len(line.reports) - MOST_REPORTS, 'отчёт', 'отчёта', 'отчётов')}")
    if line.participants:
        said.append(f"Участников: {number(line.participants)}")
    return "\n".join(said)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST_REPORT else f"{one_line[: LONGEST_REPORT - 1].rstrip()}…"


def _executors(data: ReportData) -> Table:
    columns = [
        Column("name", "Исполнитель"),
        Column("total", "Поручений", kind="count"),
        Column("accepted", "Принято", kind="count"),
        Column("reported", "Ждут проверки", kind="count"),
        Column("returned", "Возвращено", kind="count"),
        Column("overdue", "Просрочено", kind="count"),
        Column("ahead", "Срок впереди", kind="count"),
        Column("untracked", "Не отслеживается", kind="count"),
    ]
    rows: list[dict[str, Cell]] = [
        {"name": name, **{column.key: getattr(tally, column.key) for column in columns[1:]}}
        for name, tally in data.executors
    ]
    return Table("Исполнители", columns, rows)


def _untracked(data: ReportData) -> Table:
    columns = [
        Column("activity", "Мероприятие"),
        Column("due", "Срок", kind="date"),
        Column("count", "Поручений", kind="count"),
        Column("reason", "Почему"),
    ]
    rows: list[dict[str, Cell]] = [
        {"activity": one.activity, "due": one.due, "count": one.count, "reason": one.reason or Unknown.MISSING}
        for one in data.untracked
    ]
    return Table("Сроки, о которых отчёта не ждут", columns, rows)


def _moved(data: ReportData) -> Table:
    columns = [
        Column("executor", "Исполнитель"),
        Column("activity", "Мероприятие"),
        Column("was", "Прежний срок", kind="date"),
        Column("now", "Новый срок"),
        Column("allowed", "Кто разрешил"),
        Column("reason", "Причина"),
    ]
    rows: list[dict[str, Cell]] = [
        {"executor": one.executor, "activity": one.activity, "was": one.was_due,
         "now": short_date(one.due) if one.due else "отменено", "allowed": one.allowed_by or Unknown.MISSING,
         "reason": one.reason}
        for one in data.moved
    ]  # fmt: skip
    return Table("Переносы и отмены", columns, rows)
