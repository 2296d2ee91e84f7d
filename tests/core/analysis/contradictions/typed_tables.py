"""Tables as a careful typist would fill them in: everything follows from made-up marks, only rounded.

The arithmetic is done here anew, on plain numbers, so that a rule is never checked against itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import strategies as st

from msoko.core.analysis.contradictions import StatedTable
from msoko.core.analysis.contradictions.building import build
from msoko.core.analysis.contradictions.grid import Grid
from msoko.core.definitions.loading import Definitions

DEFINITIONS = Definitions.load()
MARKS = (2, 3, 4, 5)
SUBJECTS = ("Русский язык", "Математика", "Физика", "Химия", "Биология", "География", "История", "Литература")
SCHOOLS = tuple(f"МБОУ СОШ № {number}" for number in range(1, 9))
DIALECTS = (
    ("Предмет", "Кол-во участников", "«{mark}»", "«{mark}», %", "Успеваемость, %", "Качество, %", "Средняя отметка"),
    ("subject", "participants", "n{mark}", "p{mark}", "pass_pct", "quality_pct", "mean_mark"),
    (
        "Предмет",
        "Писали работу",
        "Отметка {mark}",
        "% отметок «{mark}»",
        "% успеваемости",
        "% качества",
        "Средний балл",
    ),
    (
        "Предмет",
        "Участников",
        "Получили «{mark}», чел.",
        "Получили «{mark}», %",
        "Успев. (%)",
        "Качество (%)",
        "Ср. балл",
    ),
)
"""The same table as four districts head it."""


@dataclass(frozen=True)
class Typist:
    """How somebody types numbers: with so many decimals, rounding or cutting off, per cents adjusted to 100 or not."""

    digits: int = 1
    cuts: bool = False
    adjusts: bool = False

    def number(self, exact: Fraction) -> str:
        value = Decimal(exact.numerator) / Decimal(exact.denominator)
        unit = Decimal(1).scaleb(-self.digits)
        return str(value.quantize(unit, ROUND_DOWN if self.cuts else ROUND_HALF_UP)).replace(".", ",")

    def shares(self, counts: Sequence[int]) -> list[str]:
        """Per cents of the counts; adjusted, what is over or lacking goes to the largest."""
        total = sum(counts)
        typed = [self.number(Fraction(100 * count, total)) for count in counts]
        if not self.adjusts:
            return typed
        values = [Decimal(said.replace(",", ".")) for said in typed]
        largest = max(range(len(values)), key=lambda index: values[index])
        values[largest] += 100 - sum(values)
        return [str(value).replace(".", ",") for value in values]


@dataclass(frozen=True)
class Marked:
    """A subject or school with its marks."""

    name: str
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        return sum(self.counts)

    def rate(self, *marks: int) -> Fraction:
        return Fraction(100 * sum(self.counts[mark - 2] for mark in marks), self.n)

    @property
    def mean(self) -> Fraction:
        return Fraction(sum(mark * count for mark, count in zip(MARKS, self.counts, strict=True)), self.n)


def marks_table(
    rows: Sequence[Marked], typist: Typist, dialect: int = 0, first: str = "", total: str = "", **about: object
) -> Grid:
    """Participants, marks, their per cents, rates and mean, a row a subject or school; with `total` a row of all."""
    label, n, mark, percent, passed, quality, mean = DIALECTS[dialect]
    headers = [first or label, n, *(mark.format(mark=m) for m in MARKS), *(percent.format(mark=m) for m in MARKS)]
    headers += [passed, quality, mean]
    lines = list(rows)
    if total:
        lines.append(Marked(total, tuple(map(sum, zip(*(row.counts for row in rows), strict=True)))))
    return Grid(
        title=str(about.pop("title", "ВПР, результаты")),
        headers=headers,
        rows=[(number, _cells(row, typist)) for number, row in enumerate(lines, 2)],
        document="справка",
        scope="справка",
        **about,  # type: ignore[arg-type]
    )


def _cells(row: Marked, typist: Typist) -> list[str]:
    rates = [row.rate(3, 4, 5), row.rate(4, 5)]
    mean = Typist(max(typist.digits, 1), typist.cuts).number(row.mean)
    counts = [str(count) for count in row.counts]
    return [row.name, str(row.n), *counts, *typist.shares(row.counts), *map(typist.number, rates), mean]


def built(grid: Grid) -> StatedTable:
    table = build(grid, DEFINITIONS)
    assert table is not None
    return table


def with_cell(grid: Grid, row: int, column: int, value: object) -> Grid:
    """The grid with one cell typed otherwise; rows and columns count from 0."""
    rows = [(number, list(cells)) for number, cells in grid.rows]
    rows[row][1][column] = value
    return Grid(**{**vars(grid), "rows": rows})


typists = st.builds(Typist, digits=st.integers(0, 2), cuts=st.booleans(), adjusts=st.booleans())
mark_counts = st.tuples(*(st.integers(0, 120) for _ in MARKS)).filter(any)


@st.composite
def marked(draw: st.DrawFn, names: Sequence[str] = SUBJECTS) -> list[Marked]:
    """Two to eight subjects or schools, each with somebody in it."""
    chosen = draw(st.lists(st.sampled_from(names), min_size=2, max_size=len(names), unique=True))
    return [Marked(name, draw(mark_counts)) for name in chosen]
