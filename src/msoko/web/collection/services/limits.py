"""What a catalogue has room for: a cell of ten thousand letters is a complaint, never an error of the database."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from msoko.core.collection.complaints import MOST_PLACES, Complaint, Place
from msoko.core.collection.reading import Pupils, Reading
from msoko.core.vocabulary.statuses import Level

LONGEST_KEY = 300
LONGEST_CLASS = 60
LONGEST_QUOTED = 60  # letters of an overlong text that a complaint shows
FINGERPRINT = 12
KEY_MESSAGE = f"Логин школы длиннее {LONGEST_KEY} знаков: похоже, в столбец попал другой текст."
KEY_ADVICE = "Проверьте столбец с логинами и загрузите файл снова."
CLASS_MESSAGE = f"Название класса длиннее {LONGEST_CLASS} знаков: похоже, в столбец попал другой текст."
CLASS_ADVICE = "Проверьте столбец с классами и загрузите файл снова."


def within_limits(reading: Reading) -> Reading:
    """The reading with overlong logins and class labels cut, a complaint a kind; different ones stay different."""
    pupils = reading.pupils
    if pupils is not None:
        pupils.login = _cut(reading, pupils, pupils.login, short_key, "login_too_long", KEY_MESSAGE, KEY_ADVICE)
        pupils.class_label = _cut(
            reading, pupils, pupils.class_label, short_class, "class_too_long", CLASS_MESSAGE, CLASS_ADVICE
        )
    for row in reading.rows:
        if isinstance(key := row.get("key"), str):
            row["key"] = short_key(key)
    reading.schools = [replace(claim, key=short_key(claim.key)) for claim in reading.schools]
    return reading


def short_key(key: str) -> str:
    return _short(key, key, LONGEST_KEY)


def short_class(label: str) -> str:
    """Classes are compared in upper case, where a letter may become three."""
    return _short(label, label.upper(), LONGEST_CLASS)


def _short(said: str, stored: str, longest: int) -> str:
    if len(stored) <= longest:
        return said
    fingerprint = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:FINGERPRINT]
    return stored[: longest - FINGERPRINT] + fingerprint


def _cut(
    reading: Reading,
    pupils: Pupils,
    column: list[str],
    short: Callable[[str], str],
    code: str,
    message: str,
    advice: str,
) -> list[str]:
    shorter = {said: cut for said in set(column) if (cut := short(said)) != said}
    if not shorter:
        return column
    numbered = zip(column, pupils.row_numbers, strict=True)
    rows = [(said, number) for said, number in numbered if said in shorter]
    places = [Place(pupils.sheet, number, "", f"{said[:LONGEST_QUOTED]}…") for said, number in rows[:MOST_PLACES]]
    reading.complaints.append(Complaint(Level.WARNING, code, message, advice, len(rows), places))
    return [shorter.get(said, said) for said in column]
