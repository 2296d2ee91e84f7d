"""How a school is told against its expectation; every function returns Russian without a full stop."""

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.core.vocabulary.russian import NBSP, counted, interval, join_with_and, number, percent

Statistic = Mapping[str, Any]
EXACT_BELOW = 9.5


def level(value: float, unit: str) -> str:
    """«66,6 %», or «+0,28 σ» where no maximum is known."""
    return f"{number(value, 1)}{NBSP}%" if unit == "percent" else f"{number(value, 2)}{NBSP}σ"


def points(value: float, unit: str) -> str:
    """A difference without its sign: «16,5 п. п.»."""
    return f"{number(abs(value), 1)}{NBSP}п.{NBSP}п." if unit == "percent" else f"{number(abs(value), 2)}{NBSP}σ"


def bounds(low: float, high: float, unit: str) -> str:
    """«95 %: от 4,1 до 67,8»."""
    digits = 1 if unit == "percent" else 2
    return f"95{NBSP}%: {interval(low, high, digits, unit='') if low < 0 else _from_to(low, high, digits)}"


def _from_to(low: float, high: float, digits: int) -> str:
    return f"от{NBSP}{number(low, digits)} до{NBSP}{number(high, digits)}"


def per_cent(value: float) -> str:
    """Rare things need a decimal to differ: 1,6 and 2,5 per cent are not both «2 %»."""
    return percent(value, 0 if value == 0 or value >= EXACT_BELOW else 1)


def difference_in_words(one: Statistic) -> str:
    """«Результат выше ожидаемого на 16,5 п. п. (95 %: от 4,1 до 28,0): 66,6 % при ожидаемых 50,1 %»."""
    unit = one["unit"]
    above = one["difference"] > 0
    low, high = (one["low"], one["high"]) if above else (-one["high"], -one["low"])
    return (
        f"Результат {'выше' if above else 'ниже'} ожидаемого на{NBSP}{points(one['difference'], unit)} "
        f"({bounds(low, high, unit)}): {level(one['actual'], unit)} при{NBSP}ожидаемых {level(one['expected'], unit)}"
    )


def no_difference(one: Statistic) -> str:
    """«Результат такой, какого в этих условиях и следует ждать: 61,2 % при ожидаемых 58,0 % (разница 95 %: …)»."""
    unit = one["unit"]
    return (
        f"Результат такой, какого в{NBSP}этих условиях и{NBSP}следует ждать: {level(one['actual'], unit)} "
        f"при{NBSP}ожидаемых {level(one['expected'], unit)}, разница не{NBSP}выходит за{NBSP}случайную "
        f"({bounds(one['low'], one['high'], unit)})"
    )


def model_in_words(one: Statistic) -> str:
    """«Ожидание — по 15 другим школам, учтены индекс условий и местность; 149 участников»."""
    others = counted(one["schools"] - 1, "другой школе", "другим школам", "другим школам")
    used = f", учтены: {join_with_and(one['covariates'])}" if one["covariates"] else ", условия не учтены"
    participants = counted(one["pupils"], "участник", "участника", "участников")
    edge = "; таких условий больше ни у кого нет, ожидание продолжено за край данных" if one["is_beyond"] else ""
    return f"Ожидание{NBSP}— по{NBSP}{others}{used}{edge}. У{NBSP}школы {participants}, {_works(one)}"


def _works(one: Statistic) -> str:
    return counted(one["works"], "работа", "работы", "работ")


def history_in_words(years: Sequence[Statistic], above: Sequence[int]) -> str:
    """«так же было в 2025 и 2024 годах», «в 2024 году этого не видно», '' where no other year is known."""
    again = [str(year) for year in above[1:]]
    others = [str(one["year"]) for one in years[1:] if "difference" in one and one["year"] not in above]
    said = [f"так же было в{NBSP}{join_with_and(again)}{NBSP}{_year_word(again)}"] if again else []
    if others:
        said.append(f"в{NBSP}{join_with_and(others)}{NBSP}{_year_word(others)} этого не{NBSP}видно")
    return "; ".join(said)


def _year_word(years: Sequence[str]) -> str:
    return "году" if len(years) == 1 else "годах"
