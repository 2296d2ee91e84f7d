"""How a change is told; every function returns Russian without a full stop."""

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.core.analysis.phrases import of_work
from msoko.core.vocabulary.russian import NBSP, counted, interval, number, signed

Statistic = Mapping[str, Any]
LEAST_TOLD = 1.0
"""An expected change of less than a point is not worth a sentence."""
RISE = ("рост", "ожидаем", "самых низких")
FALL = ("снижение", "ожидаемо", "самых высоких")
PARTICIPANTS = ("участник", "участника", "участников")


def change_in_words(work: Statistic, change: Statistic) -> str:
    """«по математике в 5 классе 62,0 % (41 участник) после 48,1 % (38) в 2025 г.: +13,9 п. п. (95 %: …); …»"""
    level = f"{_per_cent(work['mean_percent'])} ({counted(work['n'], *PARTICIPANTS)})"
    before = f"{_per_cent(change['mean_percent'])} ({number(change['n'])}) {_when(work, change)}"
    points = f"{_points(change['difference'])} (95{NBSP}%: {_interval(change['low'], change['high'])})"
    told = [f"{of_work(work)} {level} после{NBSP}{before}: {points}", _of_region(change), _who(change)]
    return "; ".join(filter(None, [*told, _anyway(change), *change["notes"]]))


def _when(work: Statistic, change: Statistic) -> str:
    grade = f" в{NBSP}работе {change['grade']}{NBSP}класса" if change["grade"] != work["grade"] else ""
    return f"в{NBSP}{change['year']}{NBSP}г.{grade}"


def _of_region(change: Statistic) -> str:
    region = change["region"]
    if region is None:
        return "изменение по региону не известно"
    # Two different works have no common per cent: there the place among the region's pupils is compared.
    against = f"с{NBSP}учётом этого" if not change["is_another_work"] else f"по{NBSP}месту среди детей региона"
    return (
        f"по{NBSP}региону {_points(region['now'] - region['before'])}, {against} {_points(change['excess'])} "
        f"(95{NBSP}%: {_interval(change['excess_low'], change['excess_high'])})"
    )


def _who(change: Statistic) -> str:
    return "это те же дети" if change["same_pupils"] else "это другие дети"


def _anyway(change: Statistic) -> str:
    """«рост примерно на 4 п. п. ожидаем и без мер: год назад результат был среди самых низких»."""
    anyway = change["anyway"]
    if anyway is None or not change["was"] or abs(anyway) < LEAST_TOLD or (anyway > 0) != (change["was"] == "low"):
        return ""
    what, is_expected, where = RISE if anyway > 0 else FALL
    points = f"{number(abs(anyway))}{NBSP}п.{NBSP}п."
    return f"{what} примерно на{NBSP}{points} {is_expected} и{NBSP}без мер: год назад результат был среди {where}"


def count_in_words(every: Sequence[tuple[Statistic, Statistic]]) -> str:
    """«В 20 сравнениях с прошлым годом рост виден в 2, снижение — в 3, в остальных перемен не видно»."""
    ups = sum(change["is_clear"] and _main(change) > 0 for _, change in every)
    downs = sum(change["is_clear"] and _main(change) < 0 for _, change in every)
    comparisons = counted(len(every), "сравнении", "сравнениях", "сравнениях")
    if not ups and not downs:
        return f"В{NBSP}{comparisons} с{NBSP}прошлым годом перемен больше случайных не{NBSP}видно"
    told = [f"рост виден в{NBSP}{ups}" if ups else "", f"снижение{NBSP}— в{NBSP}{downs}" if downs else ""]
    rest = "" if ups + downs == len(every) else f", в{NBSP}остальных перемен не{NBSP}видно"
    return f"В{NBSP}{comparisons} с{NBSP}прошлым годом {', '.join(filter(None, told))}{rest}"


def _main(change: Statistic) -> float:
    """What is judged: the change beyond the region's, where that is known."""
    return float(change["difference"] if change["excess"] is None else change["excess"])


def _per_cent(value: float) -> str:
    return f"{number(value, 1)}{NBSP}%"


def _points(value: float) -> str:
    return f"{signed(value, 1)}{NBSP}п.{NBSP}п."


def _interval(low: float, high: float) -> str:
    if low < 0:
        return interval(low, high, 1, unit="")
    return f"от{NBSP}{number(low, 1)} до{NBSP}{number(high, 1)}"
