"""What is odd in the rows of a protocol: grouped, counted, with first places and advice. Never more than a WARNING."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from msoko.core.collection.complaints import MOST_PLACES, Complaints, Place
from msoko.core.collection.maxima import Maxima
from msoko.core.collection.reading import Naming
from msoko.core.collection.rows import Rows
from msoko.core.collection.scores import NOTHING, PROPER, STRANGE, UNREADABLE
from msoko.core.definitions.kinds import Scale
from msoko.core.vocabulary.russian import counted
from msoko.core.vocabulary.statuses import Level

ABSENT, PART_ABSENT, NO_TOTAL, ABOVE, VALID = range(5)
LONGEST_CLASS = 15
NO_MARK = frozenset({"", "-", "–", "—", "нет отметки", "нет", "н/а", "н"})
PROPER_SEX = frozenset({"м", "ж", "муж", "жен", "мужской", "женский", "m", "f"})
CODES_TELL_GRADE_UP_TO = 9  # «50001» is the first pupil of grade 5; ten and eleven are written otherwise


class Report:
    """Adds a WARNING for the rows of a mask, with the first of them as places."""

    def __init__(self, rows: Rows, complaints: Complaints) -> None:
        self.rows, self.complaints = rows, complaints

    def tell(self, mask: np.ndarray, code: str, message: str, advice: str, column: str, said: Sequence[str]) -> int:
        """The number of rows; nothing is added where there is none."""
        where = np.flatnonzero(mask)
        if where.size:
            for index in where[:MOST_PLACES].tolist():
                self.complaints.add(Level.WARNING, code, message, advice, self._place(index, column, said[index]))
            self.complaints.add(Level.WARNING, code, message, count=int(where.size) - min(where.size, MOST_PLACES))
        return int(where.size)

    def _place(self, index: int, column: str, value: str) -> Place:
        pupils = self.rows.pupils
        return Place(pupils.sheet, pupils.row_numbers[index], column, value)


def complain(
    rows: Rows, status: np.ndarray, maxima: Maxima, scale: Scale | None, naming: Naming, complaints: Complaints
) -> int:
    """Says all that is odd and returns the number of rows whose printed total is not the sum of their items."""
    report = Report(rows, complaints)
    _about_parts_and_variants(report, status)
    _about_totals(report, status, maxima)
    mismatch = _about_sums(report, status)
    _about_items(report, status, maxima)
    _about_journal(report, status)
    _about_who(report, naming)
    _about_printed_marks(report, status, scale)
    return mismatch


def _about_parts_and_variants(report: Report, status: np.ndarray) -> None:
    rows, pupils = report.rows, report.rows.pupils
    message = "Участник был только на одной части работы; в итоги он не входит."
    report.tell(status == PART_ABSENT, "part_absent", message, "", "вариант", pupils.variant)
    sat = status >= NO_TOTAL
    odd = sat & (rows.first_variant != PROPER)
    message = "Номер варианта пуст или странен; на баллы это не влияет."
    report.tell(odd, "unknown_variant", message, "Проверьте, не сдвинута ли строка.", "вариант", pupils.variant)
    if pupils.second_variant is not None:
        odd = sat & (rows.second_variant == STRANGE)
        report.tell(odd, "unknown_variant", message, "", "второй вариант", pupils.second_variant)
    scored = np.logical_or.reduce([column.codes > 0 for column in rows.items] or [np.zeros(len(rows), bool)])
    message = "Участник отмечен отсутствовавшим, но у него есть баллы; они не учтены."
    mask = (status == ABSENT) & (scored | (rows.total > 0))
    report.tell(mask, "absent_with_scores", message, "Исправьте вариант или баллы.", "всего баллов", pupils.total)


def _about_totals(report: Report, status: np.ndarray, maxima: Maxima) -> None:
    pupils = report.rows.pupils
    message = "Общий балл не указан или не число; в итоги по напечатанному баллу строка не входит."
    advice = "Балл посчитан по заданиям; впишите общий балл, если он нужен."
    report.tell(status == NO_TOTAL, "no_total", message, advice, "всего баллов", pupils.total)
    message = f"Общий балл больше возможного ({maxima.total}); в итоги по напечатанному баллу строка не входит."
    advice = "Проверьте, не сдвинута ли строка."
    report.tell(status == ABOVE, "total_above_max", message, advice, "всего баллов", pupils.total)


def _about_sums(report: Report, status: np.ndarray) -> int:
    rows = report.rows
    if not rows.items:
        return 0
    mask = (status != ABSENT) & (rows.total >= 0) & (rows.total != rows.items_total)
    sums = rows.items_total
    said = [f"{total} ≠ {points}" for total, points in zip(rows.pupils.total, sums.tolist(), strict=True)]
    message = "Общий балл не равен сумме баллов за задания."
    advice = "Показаны оба счёта; верить лучше сумме по заданиям."
    return report.tell(mask, "sum_mismatch", message, advice, "всего баллов", said)


def _about_items(report: Report, status: np.ndarray, maxima: Maxima) -> None:
    rows, pupils = report.rows, report.rows.pupils
    sat = status != ABSENT
    for number, (column, item) in enumerate(zip(rows.items, maxima.items, strict=True)):
        header, said = pupils.item_columns[number], pupils.items[number]
        if item.maximum is not None:
            message = "Балл за задание больше возможного; в итоги по заданиям строка не входит."
            advice = "Проверьте, не сдвинута ли строка."
            report.tell(sat & (column.codes > item.maximum), "item_above_max", message, advice, header, said)
        message = "Вместо балла за задание стоит непонятный знак; в итоги по заданиям строка не входит."
        advice = "Впишите балл или X (не приступал)."
        report.tell(sat & (column.codes == UNREADABLE), "unreadable_item", message, advice, header, said)
    if pupils.outside is not None:
        mask = sat & np.array(pupils.outside, bool)
        message = "В строке есть значения правее последнего задания: строка сдвинута или форма не та."
        report.tell(mask, "cells_outside_columns", message, "Сверьте строку с бланком.", "", pupils.code)


def _about_journal(report: Report, status: np.ndarray) -> None:
    rows, said = report.rows, report.rows.pupils.journal_mark
    if not any(said):
        message = "Отметок по журналу в файле нет: сравнить с ними нельзя."
        report.complaints.add(Level.PASS, "no_journal_marks", message)
        return
    missing = (status != ABSENT) & (rows.journal_mark == 0)
    no_mark = np.fromiter((mark.lower() in NO_MARK for mark in said), bool, len(said))
    message = "Отметки по журналу нет; со школьной отметкой эти работы не сравниваются."
    report.tell(missing & no_mark, "journal_mark_missing", message, "", "отметка по журналу", said)
    message = "Отметка по журналу — не 2, 3, 4 или 5; со школьной отметкой эти работы не сравниваются."
    advice = "Проверьте, не сдвинута ли строка."
    report.tell(missing & ~no_mark, "journal_mark_odd", message, advice, "отметка по журналу", said)


def _about_who(report: Report, naming: Naming) -> None:
    pupils, n = report.rows.pupils, len(report.rows)
    here = report.rows.first_variant != NOTHING if n else np.zeros(0, bool)
    odd = np.fromiter((said != "" and said.lower() not in PROPER_SEX for said in pupils.sex), bool, n)
    report.tell(odd, "sex_odd", "Пол указан непонятно; строка учтена без пола.", "Нужно: м или ж.", "пол", pupils.sex)
    odd = np.fromiter((len(said) > LONGEST_CLASS for said in pupils.class_label), bool, n)
    message = "Класс назван необычно длинно."
    report.tell(odd, "class_odd", message, "Проверьте, не сдвинута ли строка.", "класс", pupils.class_label)
    message = "Код участника повторяется в одной школе."
    advice = "Учтены обе строки; уберите лишнюю, если это один участник."
    report.tell(_repeated(pupils.login, pupils.code), "duplicate_code", message, advice, "код", pupils.code)
    report.tell(here & _blank(pupils.code), "no_code", "Код участника не указан.", "", "код", pupils.code)
    _about_grade(report, naming)


def _blank(column: Sequence[str]) -> np.ndarray:
    return np.fromiter((not said for said in column), bool, len(column))


def _repeated(logins: Sequence[str], codes: Sequence[str]) -> np.ndarray:
    """Every row but the first that has the same school and code."""
    pairs = list(zip(logins, codes, strict=True))
    if len(set(pairs)) == len(pairs):
        return np.zeros(len(pairs), bool)
    seen: set[tuple[str, str]] = set()
    repeated = []
    for pair in pairs:
        repeated.append(pair in seen and pair[1] != "")
        seen.add(pair)
    return np.array(repeated, bool)


def _about_grade(report: Report, naming: Naming) -> None:
    """Codes begin with the pupils' grade: most of another grade tell of a wrong grade or of works of another season."""
    grade = naming.pupils_grade
    if grade is None or grade > CODES_TELL_GRADE_UP_TO:
        return
    codes = [code for code in report.rows.pupils.code if len(code) == 5 and code.isdecimal()]
    first, times = Counter(code[0] for code in codes).most_common(1)[0] if codes else ("", 0)
    if first and 2 * times > len(codes) and first != str(grade):
        pupils = counted(times, "участника", "участников", "участников")
        message = (
            f"Коды {pupils} начинаются с {first}, как в {first}-х классах, а писали работу, по имени, {grade}-е классы."
        )
        report.complaints.add(Level.WARNING, "grade_by_codes_differs", message, "Проверьте класс и год работы.")


def _about_printed_marks(report: Report, status: np.ndarray, scale: Scale | None) -> None:
    rows = report.rows
    said = rows.pupils.printed_mark
    if scale is None or said is None:
        return
    marks = np.array([scale.mark(score) or 0 for score in range(scale.maximum + 1)])
    by_scale = marks[np.clip(rows.total, 0, scale.maximum)]
    mask = (status == VALID) & (rows.printed_mark > 0) & (rows.printed_mark != by_scale)
    message = "Напечатанная отметка не та, что выходит по шкале."
    advice = "Проверьте шкалу этого года: возможно, её нужно ввести."
    report.tell(mask, "mark_differs_from_scale", message, advice, "отметка", said)
