"""Files that tell of the items of the work in tests.web.collection.protocols: our own form, Ф1, a table of ФИС ОКО."""

from collections.abc import Sequence

from tests.core.collection.readers.books import DEFINITIONS, xlsx

WORK = ("ВПР", "математика", 5, 2022, "")
COLUMNS = [column.title for column in DEFINITIONS.layouts["work_description"].columns]
FRACTIONS = ("1", 1, "Б", "1.1", "Дроби", "Сравнивает дроби")
PERCENTS = ("2", 2, "Б", "", "Проценты", "Находит процент числа")
SOLIDS = ("3", 3, "П", "", "", "Находит объём")
F1_HEADER = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант"]
F1_END = ["Первичный балл", "Отметка", "Отметка по журналу"]


def description(*items: Sequence[object], work: Sequence[object] = WORK) -> bytes:
    """(number, maximum, level, code, element, outcome) each."""
    return xlsx([COLUMNS, *([*work, *item] for item in items)])


def f1(login: str, levels: Sequence[str], maxima: Sequence[int] = (1, 2, 3)) -> bytes:
    """One pupil of a school, with the row of levels above the header."""
    items = [f"{number} ({most}б)" for number, most in enumerate(maxima, 1)]
    return xlsx(
        [
            ["ВПР 2022 Математика 5 класс"],
            [f"Школа ({login}) Кол-во участников: 1"],
            [None] * len(F1_HEADER) + list(levels),
            [*F1_HEADER, *items, *F1_END],
            [login, "", "", 50001, "5А", 1, *[1] * len(items), len(items), 3, 3],
        ]
    )


def outcomes(*rows: tuple[str, int], percent: float = 50.0) -> bytes:
    """«Достижение планируемых результатов»: («1. Сравнивает дроби», maximum) each."""
    header = ["Блоки ПООП: выпускник научится или получит возможность научиться", "Макс балл", "Приозёрная область"]
    body = [[text, maximum, percent] for text, maximum in rows]
    return xlsx([["ВПР 2022. 5 класс. Математика"], ["Достижение планируемых результатов"], header, *body])
