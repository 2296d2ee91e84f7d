"""Прочитать подписанный документ (DOCX, PDF с текстом, TXT): паспорт, дорожные карты, разделы, мероприятия.

Ничего не сохраняется. У каждого мероприятия — уверенность от 0 до 1 и сомнения; чего прочитать не удалось, сказано в
замечаниях с номером строки или страницы.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msoko.cli.outcome import Outcome, Refused, WrongCall

if TYPE_CHECKING:
    from msoko.core.roadmap.reading.complaints import Complaint
    from msoko.core.roadmap.reading.containers import Document
    from msoko.core.roadmap.reading.parsed import ParsedActivity

NAME = "roadmap"
# Fields that a document may have and the passport of a programme has not.
OTHER_FIELDS = {
    "title": "Название",
    "approved_by": "Кем утверждён",
    "approved_on": "Дата утверждения",
    "approved_number": "Номер приказа",
    "customer": "Заказчик",
    "coordinator": "Координатор",
    "period": "Сроки словами",
    "begins": "Начало",
    "ends": "Окончание",
    "directions": "Направления",
    "other": "Прочее",
}


def configure(parser: argparse.ArgumentParser) -> None:
    orders = parser.add_subparsers(metavar="ЧТО", required=True, dest="order")
    parsing = orders.add_parser("parse", help="разобрать документ и показать, что получилось")
    parsing.add_argument("file", metavar="FILE", type=Path)
    parsing.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    from msoko.core.roadmap.reading.containers import UnreadableDocument, read_roadmaps

    if not options.file.is_file():
        kind = "Это папка, а не файл" if options.file.is_dir() else "Нет такого файла"
        raise WrongCall(f"{kind}: {options.file}")
    try:
        document = read_roadmaps(options.file, options.file.name)
    except UnreadableDocument as refusal:
        raise Refused(f"FAIL {options.file}: {refusal}") from refusal
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused(f"FAIL {options.file}: файл не открывается ({reason}).") from error
    data = _data(document)
    if not document.parsed.roadmaps:
        raise Refused(f"FAIL {options.file}: {_why_there_is_none(document)}", data=data)
    return Outcome(data, "\n".join(_lines(document)))


def _data(document: "Document") -> dict[str, object]:
    passport = {
        name: {"value": found.value, "line": found.line, "confidence": found.confidence}
        for name, found in document.passport.items()
    }
    return document.parsed.as_json() | {"passport": passport}


def _why_there_is_none(document: "Document") -> str:
    return " ".join(f"{one.message} {one.advice}".strip() for one in document.parsed.complaints[-2:])


def _lines(document: "Document") -> Iterator[str]:
    from msoko.core.roadmap.passport import NAMES
    from msoko.core.vocabulary.russian import counted

    names = NAMES | OTHER_FIELDS
    for name, found in document.passport.items():
        yield f"{names.get(name, name)}\t{'; '.join(found.words.splitlines())}"
    for roadmap in document.parsed.roadmaps:
        yield f"\n{roadmap.title}"
        section = None
        for activity in roadmap.activities:
            if activity.section != section:
                section = activity.section
                yield f"  {section or 'Без раздела'}"
            yield from _activity(activity)
    complaints = document.parsed.complaints
    if complaints:
        yield f"\n{counted(len(complaints), 'замечание', 'замечания', 'замечаний')}"
        yield from map(_complaint, complaints)


def _activity(activity: "ParsedActivity") -> Iterator[str]:
    sure = f"{activity.confidence:.2f}".replace(".", ",")
    parts = (
        activity.number or "—",
        activity.title,
        activity.deadline or "срок не указан",
        "; ".join(activity.executors) or "исполнитель не указан",
        activity.result or activity.indicator or "—",
        sure,
    )
    yield "    " + "\t".join(parts)
    yield from (f"      ? {doubt}" for doubt in activity.doubts)


def _complaint(one: "Complaint") -> str:
    where = [f"стр. {one.page}" if one.page else "", f"строка {one.line}" if one.line else ""]
    words = f" «{one.words}»" if one.words else ""
    return f"  {', '.join(filter(None, where)) or 'документ'}: {one.message} {one.advice}".rstrip() + words
