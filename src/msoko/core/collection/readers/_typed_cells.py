"""What a cell of a form of our own means: its text → a value of the column's kind, or why it is none."""

import re
from collections.abc import Callable
from datetime import date

from msoko.core.collection.readers._tables import count_of, number_of
from msoko.core.definitions.kinds import LayoutColumn
from msoko.core.vocabulary.russian import join_with_and, quote
from msoko.core.vocabulary.unknowns import Unknown
from msoko.core.vocabulary.words import normal

SIGNS = {
    "—": Unknown.NOT_APPLICABLE,
    "–": Unknown.NOT_APPLICABLE,
    "-": Unknown.NOT_APPLICABLE,
    "н/п": Unknown.NOT_APPLICABLE,
    "нет данных": Unknown.MISSING,
    "н/д": Unknown.MISSING,
    "•": Unknown.SUPPRESSED,
}
TEXTS = ("text", "login", "logins")
ACADEMIC_YEAR = re.compile(r"(20\d\d)(?:\s*[/–—-]\s*(?:20)?(\d\d))?(?:\s*(?:г\.?|гг\.?|уч\. ?г\.?|учебный год))?")
RUSSIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.?)?")
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?)?")


class NotOfItsKind(ValueError):
    """The cell is not what its column holds; the message says, in Russian, what should stand there."""


def value_of(column: LayoutColumn, said: str) -> object:
    """The value: text, list of logins, int, float, date, or an Unknown where the cell is blank or says so.

    Years are the calendar year in which an academic year begins. Raises NotOfItsKind.
    """
    if column.kind not in TEXTS:
        sign = SIGNS.get(normal(said)) if said else Unknown.MISSING
        if sign is not None:
            return sign
    return READ[column.kind](column, said)


def is_known(value: object) -> bool:
    """Whether the cell said something: neither nothing nor one of the signs."""
    return not isinstance(value, Unknown) and value not in ("", [])


def _choice(column: LayoutColumn, said: str) -> str:
    for choice in column.choices:
        if normal(choice) == normal(said):
            return choice
    raise NotOfItsKind(f"одно из: {join_with_and([quote(choice) for choice in column.choices])}")


def _count(column: LayoutColumn, said: str) -> int:
    value = count_of(said)
    if value is None:
        raise NotOfItsKind("целое число не меньше нуля")
    return value


def _number(column: LayoutColumn, said: str) -> float:
    value = number_of(said)
    if value is None or value < 0 or said.endswith("%"):
        raise NotOfItsKind("число не меньше нуля")
    return value


def _percent(column: LayoutColumn, said: str) -> float:
    value = number_of(said)
    if value is None or not 0 <= value <= 100:
        raise NotOfItsKind("процент от 0 до 100")
    return value


def _grade(column: LayoutColumn, said: str) -> int:
    value = count_of(re.sub(r"\s*(?:-й\s*)?класс$", "", said.lower()))
    if value is None or not 1 <= value <= 12:
        raise NotOfItsKind("номер класса от 1 до 12")
    return value


def _year(column: LayoutColumn, said: str) -> int:
    found = ACADEMIC_YEAR.fullmatch(said.lower())
    if not found or (found[2] and (int(found[1]) + 1) % 100 != int(found[2])):
        raise NotOfItsKind("год: «2025» или, если год учебный, «2025/26»")
    return int(found[1])


def _date(column: LayoutColumn, said: str) -> date:
    russian, iso = RUSSIAN_DATE.fullmatch(said), ISO_DATE.fullmatch(said)
    parts = (russian[3], russian[2], russian[1]) if russian else iso.groups() if iso else None
    try:
        if parts:
            return date(*map(int, parts))
    except ValueError:
        pass  # a day that the calendar lacks
    raise NotOfItsKind("дата: «31.12.2025»")


def _login(column: LayoutColumn, said: str) -> str:
    """A bare number is a code of an organisation in examinations."""
    login = said.lower()
    if login and not re.fullmatch(r"[a-z]+:?\d+|\d{3,12}", login):
        raise NotOfItsKind("логин из латинских букв и цифр или код из цифр")
    return f"oo:{login}" if login.isdigit() else login


def _logins(column: LayoutColumn, said: str) -> list[str]:
    return list(dict.fromkeys(_login(column, login) for login in re.split(r"[;,\s]+", said) if login))


READ: dict[str, Callable[[LayoutColumn, str], object]] = {
    "text": lambda column, said: said,
    "choice": _choice,
    "count": _count,
    "number": _number,
    "percent": _percent,
    "grade": _grade,
    "year": _year,
    "date": _date,
    "login": _login,
    "logins": _logins,
}
