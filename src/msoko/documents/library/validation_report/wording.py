"""Words of the report on signals: names of manipulations and sizes, rates with their intervals."""

from msoko.core.analysis.validation.manipulations import (
    CORRECTED_TASKS,
    INFLATED_BY,
    PLANTED,
    PROBABILITY,
    WEAKEST,
)
from msoko.core.definitions.validation import ALL_SIZES, DISTRICTS, REAL, SIMULATED, Estimate
from msoko.core.vocabulary.russian import interval, number, percent

UNKNOWN = "не измерено"
SOURCES = {REAL: "реальные файлы", SIMULATED: "выдуманные регионы", DISTRICTS: "выдуманные районы"}
SIZES = {ALL_SIZES: "все", "20-79": "20–79", "80-199": "80–199", "200+": "200 и больше"}
MANIPULATIONS = {
    "lifted_two": "Дотягивание до отметки на один-два балла",
    "lifted_one": "Дотягивание до отметки на один балл",
    "inflated": "Поднятие всех баллов поровну",
    "without_weakest": "Слабые не пришли",
    "corrected_in_all": "Исправленные ответы класса во всех работах года",
    "corrected_in_one": "Исправленные ответы класса в одной работе",
}


def _per_cent(share: float) -> str:
    return percent(100 * share)


NATURAL = (
    "Баллы прибавлены за те задания, которые чаще делают набравшие столько же: подделка выглядит естественно, и"
    " сигналы, читающие ответы, не получают подсказки."
)
WHAT_IS_DONE = {
    "lifted_two": (
        "Каждому, кому до следующей отметки не хватило одного или двух баллов, недостающее добавлено с вероятностью"
        f" {number(PROBABILITY, 1)}, во всех работах школы. {NATURAL} Школ — {_per_cent(PLANTED)}."
    ),
    "lifted_one": f"То же, но только тем, кому не хватило одного балла. Школ — {_per_cent(PLANTED)}.",
    "inflated": (
        f"Каждому участнику школы добавлено {_per_cent(INFLATED_BY)} наибольшего балла работы (один или два балла), но"
        f" не выше наибольшего. {NATURAL} Школ — {_per_cent(PLANTED)}."
    ),
    "without_weakest": (
        f"{_per_cent(WEAKEST)} самых слабых участников каждой работы школы стали отсутствовавшими."
        f" Школ — {_per_cent(PLANTED)}."
    ),
    "corrected_in_all": (
        f"В каждой работе класса выбраны {_per_cent(CORRECTED_TASKS)} заданий, и ответ каждого участника на них"
        f" с вероятностью {number(PROBABILITY, 1)} исправлен на полный. Классов — {_per_cent(PLANTED)}."
    ),
    "corrected_in_one": (
        f"То же, но только в одной работе класса из двух, по жребию; другая честная. Классов — {_per_cent(PLANTED)}."
    ),
}


def area(found: Estimate | None) -> str:
    """«0,97 (0,96–0,98)»."""
    if found is None:
        return UNKNOWN
    return f"{number(found.value, 2)} ({interval(found.low, found.high, 2, '')})"


def rate(found: Estimate | None) -> str:
    """«81 % (76–86 %)», «0,04 % (0,01–0,16 %)»: the smaller, the more decimals, for little is not nothing."""
    if found is None:
        return UNKNOWN
    digits = digits_of(found.high)
    return f"{percent(100 * found.value, digits)} ({interval(100 * found.low, 100 * found.high, digits)})"


def digits_of(share: float) -> int:
    """Decimals of a per cent that is at most this share."""
    return 2 if share < 0.01 else 1 if share < 0.1 else 0
