"""Made-up protocols of ВПР in the layout of 2022, as small as a test needs them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.core.collection.readers.books import csv_1251, xlsx

NAME = "Математика, 5 класс, ВПР 2022.xlsx"
MAXIMA = (1, 2, 3)
BEFORE = ["Пользователь", "Школа", "Муниципалитет", "Регион", "Код", "Вариант"]
AFTER = ["Наименование класса", "Пол", "Отметка за предыдущий триместр/ четверть/полугодие", "Итого баллов"]
LOGIN, OTHER = "sch990001", "sch990002"


@dataclass(frozen=True)
class Pupil:
    """One row. `scores` are the cells of the items; the total is their sum unless it is given."""

    login: str = LOGIN
    scores: Sequence[object] = (1, 1, 1)
    class_label: str = "5А"
    journal: object = 4
    total: object = None
    variant: object = 1
    code: object = 50001
    school: str = ""
    municipality: str = ""
    region: str = ""


def rows_of(pupils: Iterable[Pupil], maxima: Sequence[int] = MAXIMA, extra: dict[str, object] | None = None) -> list:
    """Header and rows; `extra`: further columns at the end, each with one value for all rows."""
    extra = extra or {}
    items = [f"{number} ({most}б)" for number, most in enumerate(maxima, 1)]
    rows: list[list[object]] = [[*BEFORE, *items, *AFTER, *extra]]
    for one in pupils:
        total = sum(s for s in one.scores if isinstance(s, int)) if one.total is None else one.total
        start = [one.login, one.school, one.municipality, one.region, one.code, one.variant]
        rows.append([*start, *one.scores, one.class_label, "ж", one.journal, total, *extra.values()])
    return rows


def protocol(pupils: Iterable[Pupil], maxima: Sequence[int] = MAXIMA, extra: dict[str, object] | None = None) -> bytes:
    return xlsx(rows_of(pupils, maxima, extra))


def protocol_csv(pupils: Iterable[Pupil], extra: dict[str, object] | None = None) -> bytes:
    return csv_1251(rows_of(pupils, MAXIMA, extra))


def many(login: str, n: int, score: int = 1, class_label: str = "5А") -> list[Pupil]:
    """`n` pupils of a school, each with this score for the second item and nothing for the others."""
    return [Pupil(login, (0, score, 0), class_label, code=50000 + i) for i in range(n)]


def many_schools(schools: int, pupils: int = 2) -> list[Pupil]:
    return [one for i in range(schools) for one in many(f"sch{990001 + i}", pupils, i % 3)]


def write(folder: Path, content: bytes, name: str = NAME) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
