"""«Описание работы»: the form of our own, a Reading a work. Rows are those of any form, with the item beside them.

What the form cannot check by itself is checked here: the subject, the year, the number of the item, an item twice.
"""

from dataclasses import dataclass, replace
from typing import Any

from msoko.core.collection.complaints import Complaint, Complaints, Place
from msoko.core.collection.describing import LONGEST_WORDS
from msoko.core.collection.grid import Workbook
from msoko.core.collection.readers import layout
from msoko.core.collection.readers._typed_cells import SIGNS
from msoko.core.collection.reading import Grain, Hints, Naming, Origin, Reading
from msoko.core.definitions.kinds import Source, Subject
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.items import normal_item
from msoko.core.vocabulary.procedures import KINDS
from msoko.core.vocabulary.russian import NBSP
from msoko.core.vocabulary.statuses import Level
from msoko.core.vocabulary.unknowns import Unknown
from msoko.core.vocabulary.words import normal

KIND_BY_NAME = {normal(name): kind for kind, name in KINDS.items()}
FIRST_YEAR, LAST_YEAR = 2000, 2100
LARGEST_MAXIMUM = 100  # the longest essay of the country brings a few dozen
MOST_WORKS = 200  # all works of a year in all subjects and grades are some sixty
TEXTS = ("label", "code", "element", "outcome")
Record = dict[str, Any]


@dataclass(frozen=True)
class _Work:
    kind: str
    subject: str
    grade: int
    year: int
    label: str

    def naming(self) -> Naming:
        origins = dict.fromkeys(("year", "grade", "subject"), Origin.CONTENT)
        return Naming(self.kind, self.year, self.grade, self.subject, self.label, origins)


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One reading a work, in the order of the file; complaints about rows stand at the first."""
    (whole,) = layout.read(workbook, source, hints, definitions)
    checked = _Rows(source, definitions, Complaints())
    works: dict[_Work, list[Record]] = {}
    for row in whole.rows:
        checked.keep(row, works)
    told = [*whole.complaints, *checked.complaints.all()]
    if len(works) > MOST_WORKS:
        return [replace(whole, rows=[], complaints=[*told, _too_many(len(works))])]
    if not works:
        return [replace(whole, rows=[], complaints=[*told, *_nothing_left(whole)])] if whole.rows or told else []
    readings = [
        Reading(source.slug, Grain.RECORDS, work.naming(), rows=rows, title=whole.title) for work, rows in works.items()
    ]
    readings[0].complaints, readings[0].dropped_columns = told, whole.dropped_columns
    return readings


def _nothing_left(whole: Reading) -> list[Complaint]:
    message = "Ни в одной строке нет работы и задания, которые удалось бы понять."
    advice = "Исправьте строки, названные в замечаниях, и загрузите файл снова."
    return [Complaint(Level.FAIL, "no_work", message, advice)]


def _too_many(works: int) -> Complaint:
    message = f"В{NBSP}файле {works} разных работ: столько не{NBSP}бывает."
    advice = "Проверьте столбцы «Пометка», «Год» и «Класс»: у всех заданий одной работы они одинаковы."
    return Complaint(Level.FAIL, "too_many_works", message, advice)


@dataclass
class _Rows:
    """The rows that can be used, by their work; of the others it is said why not."""

    source: Source
    definitions: Definitions
    complaints: Complaints

    def keep(self, row: Record, works: dict[_Work, list[Record]]) -> None:
        row = row | {key: "" if normal(row[key]) in SIGNS else row[key] for key in TEXTS}
        self._tell_long_texts(row)
        work, number = self._work(row), self._number(row)
        if work is None or not number or not self._is_maximum(row):
            return
        rows = works.setdefault(work, [])
        first = next((one for one in rows if normal_item(one["item"]) == number), None)
        if first is not None:
            message = f"Задание описано в{NBSP}файле дважды: взята строка {first['row']}, эта пропущена."
            self._warn("item_twice", message, "Оставьте одну строку.", row, "item")
            return
        rows.append(row | {"level": _letter(row["level"]), "procedure": work.kind})

    def _work(self, row: Record) -> _Work | None:
        subject = self.definitions.subject_by(str(row["subject"]))
        if not isinstance(subject, Subject):
            known = "не известен" if subject is None else "назван неоднозначно"
            advice = "Напишите полное название: «русский язык», «математика»."
            self._warn("unknown_subject", f"Предмет {known}, строка пропущена.", advice, row, "subject")
            return None
        if not FIRST_YEAR <= row["year"] <= LAST_YEAR:
            advice = "Нужно четыре цифры года работы: «2025»."
            self._warn("bad_year", "Это не год работы, строка пропущена.", advice, row, "year")
            return None
        kind = KIND_BY_NAME[normal(row["procedure"])]
        return _Work(kind, subject.slug, row["grade"], row["year"], str(row["label"]))

    def _number(self, row: Record) -> str:
        number = normal_item(row["item"])
        if not number:
            message = "Это не номер одного задания, строка пропущена."
            advice = "Одна строка — одно задание: «3», «9.1», «2К1»."
            self._warn("bad_item", message, advice, row, "item")
        return number

    def _is_maximum(self, row: Record) -> bool:
        possible = 0 < row["maximum"] <= LARGEST_MAXIMUM
        if not possible:
            advice = f"Нужно целое число от 1 до {LARGEST_MAXIMUM}."
            self._warn("bad_maximum", "Такого балла за задание не бывает, строка пропущена.", advice, row, "maximum")
        return possible

    def _tell_long_texts(self, row: Record) -> None:
        for key in ("element", "outcome"):
            if len(row[key]) > LONGEST_WORDS:
                message = f"Текст длиннее {LONGEST_WORDS} знаков: на{NBSP}экранах он обрезан."
                self._warn("long_text", message, "Скажите короче.", row | {key: row[key][:40]}, key)

    def _warn(self, code: str, message: str, advice: str, row: Record, key: str) -> None:
        title = self.source.columns[key][0]
        place = Place(row["sheet"], row["row"], title, str(row[key]))
        self.complaints.add(Level.WARNING, code, message, advice, place)


def _letter(level: object) -> str:
    """«повышенный» and «П» → «П»; '' where the cell says nothing."""
    return "" if isinstance(level, Unknown) else str(level)[:1].upper()
