"""The works that are written: items with their maxima, mark borders, and how hard the work shall be.

Item maxima of ВПР follow the official descriptions of 2021 in order and sum to the official maximum; mark borders are
the upper bounds of marks 2, 3 and 4 of the same year. ОГЭ and ЕГЭ layouts keep the official maximum; their items are
simplified, and the conversion of ЕГЭ primary scores is an invented smooth one through the official minimum.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

SUBJECTS: dict[str, str] = {
    "РУ": "Русский язык",
    "МА": "Математика",
    "ОМ": "Окружающий мир",
    "ИС": "История",
    "БИ": "Биология",
    "ФИ": "Физика",
    "ОБ": "Обществознание",
    "ГЕ": "География",
    "ИН": "Информатика",
}
SUBJECT_CODES: tuple[str, ...] = tuple(SUBJECTS)
# Numbers of subjects in exam protocols; the reader must trust the name, not the number.
EXAM_NUMBERS = {"РУ": 1, "МА": 2, "ФИ": 3, "ИН": 5, "БИ": 6, "ИС": 7, "ГЕ": 8, "ОБ": 12, "МАБ": 22}


@dataclass(frozen=True)
class Item:
    """One item: its printed number, its maximum, whether the exam prints it among the short answers."""

    number: str
    maximum: int
    is_short: bool = True


@dataclass(frozen=True)
class Work:
    """One work: ``borders`` are the highest scores of marks 2, 3, 4 (ЕГЭ: of «не пройден», middle, «до 80»)."""

    kind: str
    grade: int
    subject: str
    items: tuple[Item, ...]
    borders: tuple[int, int, int]
    failing: float
    top: float
    level: str = ""
    geometry: tuple[int, ...] = ()
    minimum_test: int = 0

    @cached_property
    def code(self) -> str:
        """A short name that is unique among works: «РУ4», «ОГЭ-МА», «ЕГЭ-МАБ»."""
        short = f"{self.subject}{self.level}"
        return f"{short}{self.grade}" if self.kind == "ВПР" else f"{self.kind}-{short}"

    @cached_property
    def maximum(self) -> int:
        """The highest possible primary score."""
        return sum(item.maximum for item in self.items)

    @property
    def title(self) -> str:
        """The subject's name as protocols print it."""
        levels = {"П": " профильная", "Б": " базовая", "": ""}
        return SUBJECTS[self.subject] + levels[self.level]

    @property
    def gives_marks(self) -> bool:
        """Whether the result is a mark 2…5 (else a test score 0…100)."""
        return self.kind != "ЕГЭ" or self.level == "Б"


def levels_of(work: Work) -> list[str]:
    """«Б» (basic) of the first three quarters of the items, «П» (advanced) of the rest."""
    return ["Б" if place < 0.75 * len(work.items) else "П" for place in range(len(work.items))]


def _items(text: str) -> tuple[Item, ...]:
    """``"1К1:4 2 9(1):2"`` → items; no maximum means 1."""
    parts = (part.partition(":") for part in text.split())
    return tuple(Item(number, int(maximum or 1)) for number, _, maximum in parts)


def _exam_items(short: str, long: str) -> tuple[Item, ...]:
    """Maxima of short and long answers as digits: ``("11121", "23")``."""
    maxima = [(int(m), True) for m in short] + [(int(m), False) for m in long]
    return tuple(Item(str(n), m, is_short) for n, (m, is_short) in enumerate(maxima, start=1))


def _vpr(subject: str, grade: int, borders: tuple[int, int, int], failing: float, top: float, items: str) -> Work:
    return Work("ВПР", grade, subject, _items(items), borders, failing, top)


def _oge(
    subject: str, borders: tuple[int, int, int], top: float, short: str, long: str, geometry: tuple[int, ...] = ()
) -> Work:
    return Work("ОГЭ", 9, subject, _exam_items(short, long), borders, 0.07, top, geometry=geometry)


def _ege(subject: str, borders: tuple[int, int, int], minimum_test: int, failing: float, short: str, long: str) -> Work:
    items = _exam_items(short, long)
    level = "П" if subject == "МА" else ""
    return Work("ЕГЭ", 11, subject, items, borders, failing, 0.10, level, minimum_test=minimum_test)


VPR: tuple[Work, ...] = (
    _vpr(
        "РУ",
        4,
        (13, 23, 32),
        0.06,
        0.15,
        "1К1:4 1К2:3 2:3 3(1) 3(2):3 4:2 5 6:2 7:3 8:2 9 10 11:2 12(1) 12(2):2 13(1) 13(2):2 14 15(1):2 15(2)",
    ),
    _vpr("МА", 4, (5, 9, 14), 0.04, 0.28, "1 2 3:2 4 5(1) 5(2) 6(1) 6(2) 7 8:2 9(1) 9(2) 10:2 11:2 12:2"),
    _vpr(
        "ОМ",
        4,
        (7, 17, 26),
        0.03,
        0.18,
        "1:2 2:2 3.1:2 3.2 3.3:3 4:2 5 6.1 6.2 6.3:2 7.1 7.2:2 8К1 8К2 8К3 9.1 9.2 9.3 10.1:2 10.2К1 10.2К2 10.2К3:2",
    ),
    _vpr(
        "РУ",
        5,
        (17, 28, 38),
        0.11,
        0.11,
        "1К1:4 1К2:3 1К3:2 2К1:3 2К2:3 2К3:3 2К4:3 3:2 4(1):3 4(2):2 5(1):2 5(2):2 6(1):2"
        " 6(2) 7(1):2 7(2) 8:2 9:2 10 11 12",
    ),
    _vpr("МА", 5, (6, 10, 14), 0.10, 0.18, "1 2 3 4 5 6:2 7 8 9:2 10:2 11(1) 11(2) 12(1) 12(2) 13 14:2"),
    _vpr("ИС", 5, (3, 7, 11), 0.07, 0.17, "1:2 2 3:3 4:3 5 6:2 7:3"),
    _vpr(
        "БИ",
        5,
        (11, 17, 23),
        0.09,
        0.12,
        "1.1 1.2 1.3:2 2.1 2.2 3.1:2 3.2 4.1 4.2 4.3:2 5:2 6.1 6.2 7.1:2 7.2:3 8:2 9:2 10К1 10К2 10К3",
    ),
    _vpr(
        "РУ",
        6,
        (24, 34, 44),
        0.13,
        0.10,
        "1К1:4 1К2:3 1К3:2 2К1:3 2К2:3 2К3:3 2К4:3 3(1) 3(2) 4:2 5:3 6:2 7(1) 7(2) 8(1):2 8(2) 9:2 10:3 11:2"
        " 12(1) 12(2):2 13(1):2 13(2) 14(1) 14(2):2",
    ),
    _vpr("МА", 6, (5, 9, 13), 0.11, 0.09, "1 2 3 4 5 6 7 8 9:2 10 11:2 12 13:2"),
    _vpr("ИС", 6, (5, 10, 15), 0.09, 0.12, "1 2:2 3:3 4:3 5 6:2 7 8 9:2 10(1) 10(2):2 11"),
    _vpr(
        "БИ",
        6,
        (11, 17, 23),
        0.10,
        0.10,
        "1.1 1.2 1.3 2.1 2.2 3.1 3.2 3.3 3.4 4 5.1:2 5.2 5.3:2 6 7:2 8.1 8.2 8.3:2 9:2 10.1:2 10.2:2",
    ),
    _vpr(
        "РУ",
        7,
        (21, 31, 41),
        0.13,
        0.08,
        "1К1:4 1К2:3 1К3:2 2К1:3 2К2:3 2К3:3 2К4:3 3(1) 3(2) 4(1) 4(2) 5:2 6:2 7(1) 7(2) 8(1):2 8(2) 9:2 10 11(1):2"
        " 11(2) 12 13(1) 13(2) 14:4",
    ),
    _vpr("МА", 7, (6, 11, 15), 0.11, 0.10, "1 2 3 4 5 6 7 8 9 10 11 12 13 14:2 15:2 16:2"),
    _vpr("ФИ", 7, (4, 7, 10), 0.05, 0.10, "1 2:2 3 4 5 6 7 8:2 9:2 10:3 11:3"),
    _vpr(
        "РУ",
        8,
        (25, 31, 44),
        0.14,
        0.10,
        "1К1:4 1К2:3 1К3:2 2К1:3 2К2:3 2К3:3 3(1):2 3(2) 4:2 5:2 6:2 7:2 8:2 9:3 10 11(1) 11(2):2 12 13 14:2"
        " 15(1) 15(2) 16:4 17:3",
    ),
    _vpr("МА", 8, (7, 14, 20), 0.12, 0.05, "1 2 3 4:2 5 6:2 7 8:2 9 10 11 12 13 14 15 16(1) 16(2):2 17 18 19:2"),
    _vpr("ФИ", 8, (4, 7, 10), 0.06, 0.09, "1 2:2 3 4 5 6 7 8:2 9:2 10:3 11:3"),
)

OGE: tuple[Work, ...] = (
    _oge("РУ", (14, 25, 31), 0.25, "11111111111", "2222221213331"),
    _oge("МА", (7, 14, 21), 0.12, "1" * 19, "222222", geometry=(14, 15, 16, 17, 18, 22, 23, 24)),
    _oge("ОБ", (13, 23, 31), 0.10, "1112111111112111", "22332223"),
    _oge("ГЕ", (11, 18, 25), 0.16, "1" * 27, "22"),
    _oge("ИН", (4, 10, 16), 0.18, "1" * 10, "22232"),
    _oge("БИ", (12, 24, 35), 0.10, "111111111222222222", "3333333"),
)

EGE: tuple[Work, ...] = (
    _ege("РУ", (16, 32, 42), 36, 0.04, "1" * 26, "1222233333"),
    _ege("МА", (4, 10, 19), 27, 0.07, "1" * 12, "2322344"),
    Work("ЕГЭ", 11, "МА", _exam_items("1" * 21, ""), (6, 11, 16), 0.05, 0.35, "Б"),
    _ege("ОБ", (22, 34, 45), 42, 0.15, "1212221221122222", "2323333345"),
    _ege("БИ", (15, 30, 45), 36, 0.14, "111122222222122222222", "3333332"),
    _ege("ФИ", (8, 20, 34), 36, 0.10, "11112222111122212", "3223343"),
)

ALL_WORKS: tuple[Work, ...] = VPR + OGE + EGE
