"""How many of many would stand apart from their territory by chance alone: said beside every list of those who do.

A 95 % interval leaves a mean out in one case of twenty where nothing is different, as often on one side as on the
other. Of 551 schools that is fourteen «уверенно ниже» and fourteen «уверенно выше» without any reason.
"""

from msoko.core.vocabulary.russian import NBSP, counted, number

LEVEL = 0.95
"""Of the intervals of means (`intervals.mean_interval`)."""

Words = tuple[str, str, str, str]
"""«1 школу», «2 школы», «5 школ», and «школы» of «если бы школы не отличались»."""
SCHOOLS: Words = ("школу", "школы", "школ", "школы")
CLASSES: Words = ("класс", "класса", "классов", "классы")


def apart_by_chance(compared: int) -> float:
    """The expected number on one side, of `compared` that do not differ from what they are compared with."""
    return compared * (1 - LEVEL) / 2


def told_beside_chance(words: Words, compared: int, below: int, above: int) -> str:
    """«Сравнить можно 551 школу: ниже — 93, выше — 80. Если бы школы на самом деле не отличались, …»"""
    one, few, many, all_of_them = words
    found = f"Сравнить можно {counted(compared, one, few, many)}: ниже — {number(below)}, выше — {number(above)}."
    return (
        f"{found} Если бы {all_of_them} на{NBSP}самом деле не{NBSP}отличались, по{NBSP}одной случайности в{NBSP}каждую"
        f" сторону вышло бы в{NBSP}среднем по{NBSP}{number(apart_by_chance(compared), 1)}."
    )
