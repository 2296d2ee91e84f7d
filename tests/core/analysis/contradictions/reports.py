"""A whole made-up analytical report: graduates, ОГЭ with two subjects of choice each, ЕГЭ, comparison with the journal.

Every pupil is drawn, then counted: no table can contradict another.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from msoko.core.analysis.contradictions.grid import Grid
from tests.core.analysis.contradictions.typed_tables import MARKS, Marked, Typist, marks_table

ELECTIVES = ("Физика", "Химия", "Информатика", "Биология", "География", "Обществознание", "Литература", "История")
MINIMUM = 36


@dataclass(frozen=True)
class Report:
    grids: tuple[Grid, ...]


def report(random: Random, typist: Typist) -> Report:
    """The tables of one year of a district of 20–400 graduates of grade 9 and half as many of grade 11."""
    nine = random.randint(20, 400)
    eleven = max(4, nine // 2)
    grids = [
        _table("Количество выпускников", ["Класс", "2024"], [["9", str(nine)], ["11", str(eleven)]]),
        *_oge(random, nine, typist),
        *_ege(random, eleven, typist),
        _journal(random, typist),
    ]
    return Report(tuple(grids))


def _oge(random: Random, n: int, typist: Typist) -> list[Grid]:
    chosen = Counter(subject for _ in range(n) for subject in random.sample(ELECTIVES, 2))
    sat: Mapping[str, int] = {"Русский язык": n, "Математика": n, **chosen}
    marked = [Marked(name, _marks(random, count)) for name, count in sat.items()]
    shares = [[name, str(count), typist.number(Fraction(100 * count, n))] for name, count in chosen.items()]
    return [
        marks_table(marked, typist, title="Результаты ОГЭ в 2024 году", grade=9, year=2024),
        _table("Выбор предметов ОГЭ в 2024 году", ["Предмет", "Кол-во", "% от выпускников"], shares, grade=9),
    ]


def _marks(random: Random, n: int) -> tuple[int, ...]:
    drawn = Counter(random.choices(MARKS, (1, 6, 8, 5), k=n))
    return tuple(drawn[mark] for mark in MARKS)


def _ege(random: Random, n: int, typist: Typist) -> list[Grid]:
    profile = random.randint(1, n - 1)
    sat = {"Русский язык": n, "Математика профильная": profile, "Физика": random.randint(1, n)}
    rows = [_exam(name, random.choices(range(15, 101), k=count), typist) for name, count in sat.items()]
    basic = [str(n - profile), "0", "0", "0", "0", typist.number(Fraction(4))]
    headers = ["Предмет", "Сдавали", "Не сдали", "Не сдали, %", "80–99 баллов", "100 баллов", "Средний балл"]
    return [_table("Результаты ЕГЭ, 2024 год", headers, [*rows, ["Математика базовая", *basic]], grade=11)]


def _exam(name: str, scores: list[int], typist: Typist) -> list[str]:
    failed = sum(score < MINIMUM for score in scores)
    high, hundred = sum(80 <= score < 100 for score in scores), scores.count(100)
    n = len(scores)
    percent, mean = typist.number(Fraction(100 * failed, n)), typist.number(Fraction(sum(scores), n))
    return [name, str(n), str(failed), percent, str(high), str(hundred), mean]


def _journal(random: Random, typist: Typist) -> Grid:
    rows = []
    for grade, subject in ((5, "Русский язык"), (5, "Математика"), (6, "Биология"), (8, "Физика")):
        outcomes = [random.randint(0, 90) for _ in range(3)]
        outcomes[1] += 1
        rows.append([str(grade), subject, *typist.shares(outcomes)])
    headers = ["Класс", "Предмет", "Понизили, %", "Подтвердили, %", "Повысили, %"]
    return _table("Сравнение отметок ВПР с журналом, 2024 год", headers, rows)


def _table(title: str, headers: list[str], rows: list[list[str]], grade: int | None = None) -> Grid:
    return Grid(title, headers, list(enumerate(rows, 2)), "справка", "справка", grade=grade)
