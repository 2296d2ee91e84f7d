"""Sentences of the note, each computed from the figures and saying no more than they bear."""

from collections.abc import Iterator, Sequence
from math import sqrt

from msoko.core.vocabulary.russian import (
    capitalised,
    counted,
    interval,
    join_with_and,
    number,
    percent,
    plural,
    share_in_words,
    signed,
)
from msoko.core.vocabulary.shares import Z_95, Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.library.procedure_note.data import Figures, Item, ProcedureNoteData, Unit, YearFigures

PUPILS = ("обучающийся", "обучающихся", "обучающихся")
LONGEST_LIST = 12
"""More names than this are not read in a sentence; the table has them all."""
LONGEST_LISTING = 400
"""Letters: the same for few but long names."""


def participation(data: ProcedureNoteData) -> str:
    """How many took part, from how many schools or classes, how many were absent."""
    n, units = data.own.participants, len(data.units)
    verb = plural(n, "участвовал", "участвовали", "участвовали")
    of_units = f"{number(units)}\u00a0{plural(units, *_GENITIVE_UNITS[data.kind])}" if units > 1 else _ONLY[data.kind]
    text = f"В процедуре {verb} {counted(n, *PUPILS)} из {of_units}."
    if isinstance(data.own.absent, Unknown):
        return text + " Сведений об отсутствовавших нет."
    if data.own.absent == 0:
        return text + " Отсутствовавших нет."
    away = Share(data.own.absent, data.own.absent + n)
    return f"{text} Доля отсутствовавших — {share_in_words(away)}; в показатели они не входят."


_ONLY = {"municipality": "одной школы", "school": "одного класса"}
_GENITIVE_UNITS = {"municipality": ("школы", "школ", "школ"), "school": ("класса", "классов", "классов")}


def result(data: ProcedureNoteData) -> str:
    """Mean, its spread, and the rates where marks are known."""
    own = data.own
    if isinstance(own.mean, Unknown):
        return "Средний первичный балл не вычислен: данных для этого нет."
    spread = "" if isinstance(own.sd, Unknown) else f", стандартное отклонение — {number(own.sd, 1)}"
    bounds = own.percent_interval(data.maximum)
    with_interval = "" if isinstance(bounds, Unknown) else f" (95-процентный интервал {interval(*bounds)})"
    text = (
        f"Средний первичный балл — {number(own.mean, 1)} из {number(data.maximum)}{spread}; это "
        f"{percent(own.mean_percent)} максимального балла{with_interval}."
    )
    rates = [
        f"{name} — {share_in_words(value)}"
        for name, value in (
            ("успеваемость (отметки «3», «4», «5»)", own.passed),
            ("качество (отметки «4» и «5»)", own.quality),
        )
        if isinstance(value, Share)
    ]
    return f"{text} {capitalised('; '.join(rates))}." if rates else text


def against_territories(data: ProcedureNoteData) -> Iterator[str]:
    """One sentence a territory. A difference is stated only where the own interval does not cover the territory."""
    bounds = data.own.percent_interval(data.maximum)
    for territory in data.comparisons:
        value = territory.figures.mean_percent
        if isinstance(value, Unknown):
            yield f"{capitalised(territory.locative)} средний результат неизвестен, сравнить не с чем."
        elif isinstance(bounds, Unknown):
            yield (
                f"{capitalised(territory.locative)} — {percent(value)} максимального балла; "
                "интервал собственного результата не вычислен."
            )
        else:
            yield (
                f"{capitalised(territory.locative)} — {percent(value)} максимального балла: {_verdict(bounds, value)}."
            )


def _verdict(bounds: tuple[float, float], value: float) -> str:
    low, high = bounds
    if high < value:
        return "собственный результат ниже, интервал этого значения не накрывает"
    if low > value:
        return "собственный результат выше, интервал этого значения не накрывает"
    return "оно лежит внутри интервала, различие по этим данным не установлено"


def only_unit(data: ProcedureNoteData) -> str:
    """A single school or class has no figures of its own to put beside the whole."""
    who = "Школа одна" if data.kind == "municipality" else "Класс один"
    return f"{who} ({data.units[0].name}): результаты — те же, что в разделе 2."


def is_small(unit: Unit, data: ProcedureNoteData) -> bool:
    return unit.figures.participants < data.minimum_n


def units_apart(data: ProcedureNoteData) -> Iterator[str]:
    """Which schools or classes lie wholly below or above the territory, and which are too small to judge.

    Schools are compared with the territory they make up, as on the page; classes with the territory of their school.
    """
    value, where = _beside_units(data)
    if not isinstance(value, Unknown):
        yield f"Для сравнения взят средний результат {where} — {percent(value, 1)} максимального балла."
        for side, ending in (("below", "ниже"), ("above", "выше")):
            yield _apart(units_on(side, data), ending, data, data.unit_words)
    small = [unit.name for unit in data.units if is_small(unit, data)]
    if small:
        yield (
            f"Меньше {number(data.minimum_n)} участников: {counted(len(small), *data.unit_words)}{_listed(small)}. "
            "Интервалы там широки; вывода по таким результатам не сделано."
        )


def _beside_units(data: ProcedureNoteData) -> tuple[float | Unknown, str]:
    """What schools or classes are held against, in per cent of the maximum, and where that is."""
    if data.kind == "municipality":
        return data.own.mean_percent, "по территории в целом"
    if data.first_comparison is None:
        return data.own.mean_percent, "по организации в целом"
    return data.first_comparison.figures.mean_percent, data.first_comparison.locative


def comparable_units(data: ProcedureNoteData) -> list[Unit]:
    """Schools or classes large enough to judge and with an interval, the weakest first; [] with nothing beside."""
    if isinstance(_beside_units(data)[0], Unknown):
        return []
    known = [one for one in data.units if not isinstance(one.figures.percent_interval(data.maximum), Unknown)]
    return sorted((one for one in known if not is_small(one, data)), key=lambda unit: _order(unit.figures))


def units_on(side: str, data: ProcedureNoteData) -> list[str]:
    """Names of those whose whole interval lies «below» or «above» what they are compared with."""
    value, names = _beside_units(data)[0], list[str]()
    if isinstance(value, Unknown):
        return names
    for unit in comparable_units(data):
        low, high = unit.figures.percent_interval(data.maximum)  # type: ignore[misc]
        if (side == "below" and high < value) or (side == "above" and low > value):
            names.append(unit.name)
    return names


def _order(figures: Figures) -> float:
    return -1.0 if isinstance(figures.mean_percent, Unknown) else figures.mean_percent


def _apart(names: Sequence[str], ending: str, data: ProcedureNoteData, words: tuple[str, str, str]) -> str:
    if not names:
        none = "ни одной школы" if data.kind == "municipality" else "ни одного класса"
        return f"Интервал целиком {ending} — {none}."
    return f"Интервал целиком {ending} — {counted(len(names), *words)}{_listed(names)}."


def _listed(names: Sequence[str]) -> str:
    said = join_with_and(names)
    return f" ({said})" if len(names) <= LONGEST_LIST and len(said) <= LONGEST_LISTING else " (см. таблицу)"


def journal(data: ProcedureNoteData) -> str:
    """How many confirmed, lowered, raised, and how many have no journal mark to compare."""
    found = data.own.journal
    if isinstance(found, Unknown) or found.total == 0:
        return "Сравнить отметки с журналом нельзя: отметок по журналу в данных нет."
    parts = [
        f"{words} {share_in_words(Share(k, found.total))}"
        for words, k in (
            ("подтвердили отметку", found.confirmed),
            ("понизили", found.lowered),
            ("повысили", found.raised),
        )
    ]
    without = data.own.participants - found.total
    tail = f" Без отметки по журналу или за работу — {counted(without, *PUPILS)}." if without > 0 else ""
    return f"{capitalised(', '.join(parts))}.{tail}"


def hardest(data: ProcedureNoteData) -> str:
    """The three tasks done worst."""
    ordered = sorted(data.items, key=lambda item: item.facility)[:3]
    return "Труднее всего: " + join_with_and([f"задание {i.number} ({percent(i.facility)})" for i in ordered]) + "."


def items_apart(data: ProcedureNoteData) -> Iterator[str]:
    """Tasks whose interval lies wholly below or above the territory."""
    territory = data.first_comparison
    if territory is None:
        return
    judged = [item for item in data.items if _judged(item)]
    if not judged:
        yield "Интервалы по заданиям не вычислены, поэтому различия с территорией здесь не оцениваются."
        return
    for ending, test in (("хуже", _worse), ("лучше", _better)):
        numbers = [item.number for item in judged if test(item)]
        if numbers:
            noun = plural(len(numbers), "задание", "задания", "задания")
            verb = plural(len(numbers), "выполнено", "выполнены", "выполнены")
            yield f"{capitalised(ending)}, чем {territory.locative}, {verb} {noun} {join_with_and(numbers)}."
        else:
            yield f"Заданий, выполненных {ending}, чем {territory.locative}, по этим данным не выявлено."


def items_worse(data: ProcedureNoteData) -> list[Item]:
    """Tasks done worse than in the first territory beyond chance, the furthest behind first."""
    worse = [item for item in data.items if data.first_comparison is not None and _worse(item)]
    return sorted(worse, key=lambda item: item.facility - item.territory_facility)  # type: ignore[operator]


def named_items(items: Sequence[Item], more: int = 0) -> str:
    """«3 (12 % против 40 %), 7 (…) и ещё 2»; of tasks whose territory is known, `more` are left to the table."""
    said = [f"{one.number} ({percent(one.facility)} против {percent(one.territory_facility)})" for one in items]
    return f"{', '.join(said)} и ещё {number(more)}" if more > 0 else join_with_and(said)


def _judged(item: Item) -> bool:
    return not any(isinstance(value, Unknown) for value in (item.low, item.high, item.territory_facility))


def _worse(item: Item) -> bool:
    return _judged(item) and item.high < item.territory_facility  # type: ignore[operator]


def _better(item: Item) -> bool:
    return _judged(item) and item.low > item.territory_facility  # type: ignore[operator]


def change(data: ProcedureNoteData) -> str:
    """This year against the latest before it, with the interval of the difference of two independent means."""
    earlier = [one for one in data.previous if one.year < data.year]
    if not earlier:
        return "Более ранних результатов этой процедуры в системе нет."
    before = max(earlier, key=lambda one: one.year)
    bounds = _difference(data, before)
    if isinstance(bounds, Unknown):
        return f"Изменение по сравнению с {before.year} годом не вычислено: данных для интервала нет."
    middle, half = bounds
    said = f"{signed(middle, 1)} процентного пункта ({_from_to(middle - half, middle + half)})"
    text = f"По сравнению с {before.year} годом средний процент от максимума изменился на {said}"
    if abs(middle) <= half:
        return f"{text}: интервал включает ноль, изменение по этим данным не установлено."
    return f"{text}: интервал нуля не включает."


def _from_to(low: float, high: float) -> str:
    return f"95-процентный интервал от {signed(low, 1)} до {signed(high, 1)}"


def _difference(data: ProcedureNoteData, before: YearFigures) -> tuple[float, float] | Unknown:
    now, then = data.own, before.figures
    if now.participants < 2 or then.participants < 2:
        return Unknown.NOT_APPLICABLE
    if any(isinstance(v, Unknown) for v in (now.mean_percent, now.sd, then.mean_percent, then.sd)):
        return Unknown.MISSING
    error_now = 100 * now.sd / data.maximum / sqrt(now.participants)  # type: ignore[operator]
    error_then = 100 * then.sd / before.maximum / sqrt(then.participants)  # type: ignore[operator]
    return now.mean_percent - then.mean_percent, Z_95 * sqrt(error_now**2 + error_then**2)  # type: ignore[operator]
