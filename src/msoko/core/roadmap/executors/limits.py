"""What the condition of an executor limits: «кроме СОШ № 3» says who is left out, «не менее 2 школ» how many are asked.

Whatever else a condition says («по согласованию», «кроме малокомплектных») is left for a person.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from msoko.core.roadmap.executors.kinds import Executor, Kind
from msoko.core.roadmap.executors.understanding import understand_all

_EXCEPT = re.compile(r"^\s*(?:кроме|за исключением|исключая)\s+(?P<whom>.+)$", re.IGNORECASE)
_QUOTED = re.compile(r"«[^»]*»")
_NUMBERS = {"одн": 1, "дв": 2, "тр": 3, "четыр": 4, "пят": 5, "шест": 6, "сем": 7, "восьм": 8, "девят": 9, "десят": 10}
_ENDING = "(?:ой|ого|ух|[её]х|и|а|е|ь)?"
_LEAST = re.compile(
    r"^\s*(?:не\s+(?:менее|меньше)(?:\s+чем)?|как\s+минимум|минимум|хотя\s+бы)\s+(?:из\s+|в\s+|на\s+базе\s+)?"
    rf"(?:(?P<digits>\d{{1,4}})|(?P<word>{'|'.join(_NUMBERS)}){_ENDING})(?:-?(?:х|ти|и|ми))?\s*"
    r"(?P<share>%|процент\w*)?\s*(?:от\s+)?(?:(?:общего\s+)?(?:числа|количества)\s+)?"
    r"(?:школ\w*|оо|оу|(?:обще)?образовательн\w+\s+(?:организаци|учреждени)\w*|организаци\w*|учреждени\w*|шнор|шнро)?"
    r"\s*(?:района|округа|города)?\s*\.?\s*$",
    re.IGNORECASE,
)
_LEFT_OUT = (Kind.NAMED, Kind.LOW_RESULTS, Kind.RISK, Kind.OBJECTIVITY)


@dataclass(frozen=True)
class Limit:
    """One condition. `excepted`: whom it leaves out, schools by name or groups of them; `least`: how many schools have
    to be there at least, `is_share`: so many per cent of them. None of it where the condition says something else."""

    words: str
    excepted: tuple[Executor, ...] = ()
    least: int | None = None
    is_share: bool = False

    def least_of(self, schools: int) -> int | None:
        """How many of so many schools; None where the condition names no number."""
        if self.least is None or not self.is_share:
            return self.least
        return ceil(self.least * schools / 100)


def limits_of(condition: str) -> tuple[Limit, ...]:
    """Every condition of `Executor.condition` by itself, in their order."""
    return tuple(_limit(words) for one in condition.split(";") if (words := one.strip()))


def _limit(words: str) -> Limit:
    return Limit(words, tuple(_excepted(words)), *_least(words))


def _excepted(words: str) -> Iterator[Executor]:
    """Nobody where any of those named is neither a school by name nor a group that findings name."""
    found = _EXCEPT.match(words)
    whom = understand_all(found["whom"]) if found else ()
    return iter(whom if all(one.kind in _LEFT_OUT and not _says_more(one) for one in whom) else ())


def _says_more(executor: Executor) -> bool:
    """«СОШ № 1 и малокомплектных»: more than one name was read as a name."""
    return executor.condition is not None or re.search(r"(?<!\w)и(?!\w)", _QUOTED.sub("", executor.name)) is not None


def _least(words: str) -> tuple[int | None, bool]:
    found = _LEAST.match(words)
    if not found:
        return None, False
    number = int(found["digits"]) if found["digits"] else _NUMBERS[found["word"].lower()]
    is_share = found["share"] is not None
    return (None, False) if not number or (is_share and number > 100) else (number, is_share)
