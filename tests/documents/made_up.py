"""Figures that nobody has: a note's data of any size, drawn from a seed and consistent within themselves."""

import random
from collections import Counter
from datetime import date
from statistics import mean, stdev

from msoko.core.vocabulary.shares import Share, wilson
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.library.procedure_note.data import (
    Comparison,
    Figures,
    Item,
    Journal,
    Kind,
    ProcedureNoteData,
    Scale,
    SourceBatch,
    Subject,
    Unit,
    YearFigures,
)

MAXIMUM = 20
BOUNDS = ((2, 6), (3, 10), (4, 14), (5, 20))
LONG_NAME = (
    "Муниципальное казённое общеобразовательное учреждение «Средняя общеобразовательная школа № {} "
    "имени дважды Героя Труда Иванова-Петровского с углублённым изучением отдельных предметов»"
)
HOSTILE_NAME = 'МБОУ "Лицей" #panic("x") *жирный* $x^2$ <script>alert(1)</script> @ref \\ // =СУММ(A1) & \x01'


def mark_of(score: int) -> int:
    return next(mark for mark, highest in BOUNDS if score <= highest)


def scores(chance: random.Random, n: int, level: float) -> list[int]:
    return [min(MAXIMUM, max(0, round(chance.gauss(level, 3.6)))) for _ in range(n)]


def figures(chance: random.Random, points: list[int], with_scale: bool = True) -> Figures:
    n = len(points)
    marks = Counter(mark_of(point) for point in points)
    compared = Counter(chance.choices(["lowered", "confirmed", "raised"], [25, 60, 15], k=n))
    return Figures(
        participants=n,
        absent=n // 14,
        mean=mean(points) if points else Unknown.NOT_APPLICABLE,
        sd=stdev(points) if n > 1 else Unknown.NOT_APPLICABLE,
        mean_percent=100 * mean(points) / MAXIMUM if points else Unknown.NOT_APPLICABLE,
        marks=dict(marks) if with_scale else None,
        passed=Share(n - marks[2], n) if with_scale else Unknown.NOT_APPLICABLE,
        quality=Share(marks[4] + marks[5], n) if with_scale else Unknown.NOT_APPLICABLE,
        journal=Journal(compared["lowered"], compared["confirmed"], compared["raised"])
        if with_scale
        else Unknown.MISSING,
    )


def note_data(
    kind: Kind = "municipality",
    units: int = 18,
    seed: int = 1,
    name: str | None = None,
    unit_name: str = "МБОУ «Школа № {}»",
    with_scale: bool = True,
) -> ProcedureNoteData:
    """A whole note: every tenth unit is small; the region is larger and a little better."""
    chance = random.Random(seed)
    sizes = [chance.choice([7, 4]) if place % 10 == 5 else chance.randint(18, 90) for place in range(1, units + 1)]
    parts = [scores(chance, size, chance.gauss(11, 1.8)) for size in sizes]
    whole = [point for part in parts for point in part]
    region = scores(chance, 4000, 11.6)
    names = [unit_name.format(place + 1) if kind == "municipality" else f"5{'АБВГДЕ'[place]}" for place in range(units)]
    own = figures(chance, whole, with_scale)
    return ProcedureNoteData(
        organisation=name or ("Озёрный муниципальный округ" if kind == "municipality" else "МБОУ «Школа № 7»"),
        kind=kind,
        procedure="ВПР",
        year=2024,
        grade=5,
        subject=Subject("математика", "математики", "математике"),
        maximum=MAXIMUM,
        scale=Scale("transferred", "описание работы 2021 года", BOUNDS) if with_scale else Scale("none"),
        basis="items",
        own=own,
        units=tuple(Unit(name, figures(chance, part, with_scale)) for name, part in zip(names, parts, strict=True)),
        histogram=Counter(whole),
        data_date=date(2024, 11, 22),
        comparisons=(Comparison("Регион", "в регионе", figures(chance, region, with_scale), Counter(region)),),
        journal_matrix=matrix(chance, own),
        items=tuple(item(chance, place, len(whole)) for place in range(1, 15)),
        previous=tuple(earlier(chance, year, with_scale) for year in (2022, 2023)),
        not_computed=("Данные школы «Вечерняя» не поступили.",),
        sources=(SourceBatch("Проведение работы по математике, 5 класс. ВПР.xlsx", date(2024, 11, 20), 4000),),
        method_version="descriptive 3f2a91",
        author="Управление образования",
        demonstration=True,
    )


def matrix(chance: random.Random, own: Figures) -> dict[tuple[int, int], int]:
    """Journal mark × mark of the work, summing to those who have both."""
    if isinstance(own.journal, Unknown):
        return {}
    cells: Counter[tuple[int, int]] = Counter()
    for shift, n in ((-1, own.journal.lowered), (0, own.journal.confirmed), (1, own.journal.raised)):
        for _ in range(n):
            mark = chance.choice([m for m in (2, 3, 4, 5) if 2 <= m - shift <= 5])
            cells[mark - shift, mark] += 1
    return dict(cells)


def item(chance: random.Random, place: int, n: int) -> Item:
    k = chance.randint(0, n)
    low, high = wilson(k, n) if n else (0.0, 100.0)
    facility = 100 * k / n if n else 0.0
    level = "П" if place > 10 else "Б"
    topics = ["Обыкновенные дроби", "Текстовые задачи на движение", "Чтение таблиц и диаграмм"]
    return Item(str(place), 1, facility, n, chance.uniform(20, 90), low, high, level, topics[place % 3])


def earlier(chance: random.Random, year: int, with_scale: bool) -> YearFigures:
    return YearFigures(year, figures(chance, scores(chance, 300, 10.4), with_scale), MAXIMUM, chance.uniform(52, 60))
