"""What a person has written in a report of execution, checked before anything is stored."""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from msoko.core.vocabulary.russian import NBSP, counted, number, quote, short_date

LONGEST_TEXT = 20_000
LONGEST_NAME = 200
MOST_NUMBERS = 50
MOST_PARTICIPANTS = 1_000_000  # more than there are pupils in a region
LARGEST = 1e12
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""With them «fdp.exe» is shown as «exe.pdf»."""


class BadValue(Exception):
    """What is wrong with what was entered and what to do, in Russian."""


@dataclass(frozen=True)
class Values:
    """Of a report; `numbers` as the record keeps them: a list of {"name", "value", "unit"}."""

    done: str
    participants: int | None
    numbers: list[dict[str, Any]]
    done_on: date | None


def checked(
    done: str, participants: int | None, numbers: Sequence[Mapping[str, Any]], done_on: date | None, today: date
) -> Values:
    """Raises BadValue. Whether the text says anything is asked elsewhere, with the rest of what a report lacks."""
    if participants is not None and not 0 <= participants <= MOST_PARTICIPANTS:
        raise BadValue(
            f"Участников: {participants}{NBSP}— проверьте число, оно от{NBSP}0 до{NBSP}{number(MOST_PARTICIPANTS)}."
        )
    if done_on is not None and done_on > today:
        raise BadValue(f"Дата исполнения {short_date(done_on)} ещё не{NBSP}наступила: укажите день, когда это сделано.")
    if len(numbers) > MOST_NUMBERS:
        raise BadValue(f"Чисел в{NBSP}отчёте не{NBSP}больше {MOST_NUMBERS}.")
    return Values(text(done, LONGEST_TEXT, "Что сделано"), participants, [_number(one) for one in numbers], done_on)


def text(said: str, longest: int, field: str) -> str:
    """Without signs that cannot be seen or that turn the others round; line breaks stay. Raises BadValue where it is
    too long."""
    plain = "".join(sign for sign in said if not is_hidden(sign)).strip()
    if len(plain) > longest:
        most = f"не{NBSP}больше {counted(longest, 'знака', 'знаков', 'знаков')}"
        raise BadValue(f"{quote(field)}: {most}, а{NBSP}здесь {number(len(plain))}. Сократите или приложите файл.")
    return plain


def is_hidden(sign: str) -> bool:
    """Control signs but for line breaks and tabulators, halves of signs, signs of the direction of writing."""
    return sign not in "\n\t" and (unicodedata.category(sign) in ("Cc", "Cs") or sign in TURNING)


def _number(said: Mapping[str, Any]) -> dict[str, Any]:
    name = text(str(said.get("name", "")), LONGEST_NAME, "Название числа")
    value = said.get("value")
    if not name:
        raise BadValue("У числа в отчёте нет названия: напишите, что сосчитано.")
    if not _is_number(value):
        raise BadValue(f"{quote(name)}: {value!r}{NBSP}— не{NBSP}число. Введите число, например 12 или 12,5.")
    return {"name": name, "value": value, "unit": text(str(said.get("unit", "")), LONGEST_NAME, "Единица")}


def digits_of(value: float) -> str:
    """«0.00001» as it was typed, not «1e-05»: a small number is no zero."""
    return format(Decimal(repr(value)).normalize(), "f")


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) <= LARGEST
