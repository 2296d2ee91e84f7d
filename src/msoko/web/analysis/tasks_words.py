"""What is said of tasks on «Задания»: zones by level, and why a task should be talked about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, interval, join_with_and, number, percent, plural
from msoko.documents.charts import items_heatmap
from msoko.web.analysis.tasks_page import MUNICIPALITIES, SCHOOLS, TasksPage
from msoko.web.analysis.tasks_solved import Line, weak_in

Item = Mapping[str, Any]

ZONES = {
    "sufficient": items_heatmap.ENOUGH,
    "between": items_heatmap.BETWEEN,
    "insufficient": items_heatmap.NOT_ENOUGH,
}
BASIC = "Б"
LEVELS = {BASIC: "базовое", "П": "повышенного уровня", "В": "высокого уровня"}
LOW, IN_MANY, OMITTED, TELLS_NOTHING = "low", "schools", "omitted", "discrimination"
"""Grounds of a task in the figure of a territory."""
MOST_NAMED = 5
MOST_NUMBERS = 3
OF_CHANCE = 0.05
"""How many of the cells of a map differ surely where nothing differs: what 95 % intervals leave out."""


def headline(page: TasksPage) -> list[str]:
    """Of a school its stored sentence; of a territory how much there is to talk about, and in how many schools."""
    if page.own is None:
        return []
    return [page.own.sentence] if page.of_school else [_to_discuss(page.own.statistic), *_found(page)]


def _to_discuss(statistic: Mapping[str, Any]) -> str:
    numbers, of_all = statistic["discuss"], len(statistic["items"])
    if not numbers:
        return "Заданий, которые стоило бы обсудить на\u00a0методическом объединении, нет."
    tasks = counted(len(numbers), "задание", "задания", "заданий")
    first = f", прежде всего №{NBSP}{join_with_and(numbers[:MOST_NUMBERS])}" if len(numbers) > MOST_NUMBERS else ""
    named = first or f": №{NBSP}{join_with_and(numbers)}"
    return f"На{NBSP}методическом объединении стоит обсудить {tasks} из{NBSP}{number(of_all)}{named}."


def _found(page: TasksPage) -> list[str]:
    sure = [one for one in page.findings if one.finding.verdict in (Verdict.ROBUST, Verdict.LIKELY)]
    if not sure:
        return []
    steady = sum(one.finding.verdict == Verdict.ROBUST for one in sure)
    schools = f"{number(len(sure))} {plural(len(sure), 'школы', 'школ', 'школ')}"
    how_many = f"у{NBSP}{number(steady)}" if steady else f"ни{NBSP}у{NBSP}одной"
    return [f"У{NBSP}{schools} задания не{NBSP}получились сверх случайного, устойчиво{NBSP}— {how_many}."]


@dataclass(frozen=True)
class Discussed:
    """A task to talk about: its head («№ 9.1, базовое — 42 % (38–46 %)»), why, and where it failed most."""

    head: str
    why: str
    where: str


def discussed(page: TasksPage) -> list[Discussed]:
    """In the order of the figure: first what is not mastered, among it what failed in the most schools."""
    if page.own is None or page.of_school:
        return []
    items = {item["number"]: item for item in page.items}
    rows_are = MUNICIPALITIES if page.offers_rows else SCHOOLS
    rows = page.municipalities if page.offers_rows else page.schools
    return [
        Discussed(_head(items[one]), capitalised(why(items[one])), _where(items[one], rows, rows_are))
        for one in page.own.statistic["discuss"]
    ]


def _head(item: Item) -> str:
    level = f", {LEVELS[item['level']]}" if item["level"] in LEVELS else ""
    return f"№{NBSP}{item['number']}{level}{NBSP}— {facility_in_words(item)}"


def facility_in_words(item: Item) -> str:
    """«42 % (38–46 %)»."""
    if item["facility"] is None:
        return "нет данных"
    return f"{percent(item['facility'])} ({interval(item['low'], item['high'])})"


def why(item: Item) -> str:
    """All grounds in words, '' where there are none."""
    return "; ".join(_grounds(item))


def _grounds(item: Item) -> Iterator[str]:
    grounds, limit = set(item["grounds"]), percent(item["limit"], 0 if float(item["limit"]).is_integer() else 1)
    if LOW in grounds:
        yield f"освоено недостаточно: граница{NBSP}— {limit}" if item["level"] in LEVELS else f"выполнение ниже {limit}"
    if IN_MANY in grounds:
        yield f"ниже границы{in_schools(item)}"
    if OMITTED in grounds:
        yield f"не{NBSP}приступали {percent(item['omitted'])}"
    if TELLS_NOTHING in grounds:
        link = number(item["discrimination"], 2)
        yield f"слабо отличает сильных от{NBSP}слабых: связь с{NBSP}остальной работой{NBSP}— {link}"


def in_schools(item: Item) -> str:
    """« в 12 школах из 18»."""
    k, n = item["weak_schools"], item["schools"]
    return f" в{NBSP}{number(k)}{NBSP}{plural(k, 'школе', 'школах', 'школах')} из{NBSP}{number(n)}"


def _where(item: Item, rows: Sequence[Line], rows_are: str) -> str:
    """«Ниже всего: Школа № 1 (31 %), … и ещё 8»; '' where the task is above its border everywhere."""
    weak = weak_in(item["number"], item["limit"], rows)
    if not weak:
        return ""
    named = [f"{one.name}{NBSP}— {percent(facility)}" for one, facility in weak[:MOST_NAMED]]
    rest = len(weak) - len(named)
    said = f"{', '.join(named)} и{NBSP}ещё {number(rest)}" if rest else join_with_and(named)
    head = "Муниципалитеты ниже границы" if rows_are == MUNICIPALITIES else "Школы ниже границы"
    return f"{head}: {said}."


def zones_in_words(items: Sequence[Item]) -> list[str]:
    """A sentence for basic tasks and one for the harder ones; none where no level is described."""
    basic = [item for item in items if item["level"] == BASIC]
    harder = [item for item in items if item["level"] in LEVELS and item["level"] != BASIC]
    groups = (("Базовые задания", basic), ("Повышенный и\u00a0высокий уровень", harder))
    return [f"{words}: {_zones(of_level)}." for words, of_level in groups if of_level]


def _zones(items: Sequence[Item]) -> str:
    parts = []
    for zone, words in ZONES.items():
        numbers = [item["number"] for item in items if item["zone"] == zone]
        named = f" ({', '.join(numbers)})" if numbers and zone != "sufficient" else ""
        parts.append(f"{words}{NBSP}— {number(len(numbers))}{named}")
    return ", ".join(parts)


def about_chance(page: TasksPage) -> str:
    """How many cells would stand out by chance alone, for the map does not correct for their number: of all rows, since
    those furthest behind are no fair sample."""
    cells = [one for line in page.lines for one in line.tasks.values() if one.difference is not None]
    if not cells:
        return ""
    sure, expected = sum(one.is_sure for one in cells), round(OF_CHANCE * len(cells))
    by_chance = f"около {counted(expected, 'клетки', 'клеток', 'клеток')}" if expected else "меньше одной"
    whole = f"Во{NBSP}всех строках, и{NBSP}непоказанных, больше" if page.left_out else "Больше"
    return (
        f"{whole} случайного отличаются {number(sure)} из{NBSP}{counted(len(cells), 'клетки', 'клеток', 'клеток')}; "
        f"по{NBSP}одной случайности отличалось бы {by_chance}. Поправка на{NBSP}число заданий сделана в{NBSP}выводах."
    )
