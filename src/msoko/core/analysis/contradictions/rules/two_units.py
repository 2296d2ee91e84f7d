"""One measure, stated as a number of people in one row and as a per cent in another, that no one whole makes agree."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.saying import as_percent, plus_minus, stated_percent
from msoko.core.analysis.contradictions.tables import Context, Stated, Statements
from msoko.core.vocabulary.russian import capitalised, number, quote


@dataclass(frozen=True)
class Twice:
    """The count and the per cent of a measure; `low`…`high` are the wholes of which the one is the other."""

    measure: str
    count: Stated
    percent: Stated

    @property
    def low(self) -> Fraction:
        return 100 * self.count.exact / (self.percent.exact + self.percent.half)

    @property
    def high(self) -> Fraction:
        least = max(self.percent.exact - self.percent.half, Fraction(1, 1000))
        return 100 * self.count.exact / least

    def agrees_with(self, n: int) -> bool:
        return self.low <= n <= self.high


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Firm where two measures of the same place need wholes that exclude each other, and where the one whole that is
    larger than every part is not theirs; suspicious where there is but one measure and the whole is a guess.
    """
    by_context: dict[Context, list[Stated]] = defaultdict(list)
    for record in statements.records:
        if record.row.measure:
            by_context[record.context] += record.cells.values()
    for stated in by_context.values():
        twice = _stated_twice(stated)
        whole = _whole_of(stated)
        for one in twice:
            if whole and not one.agrees_with(int(whole.value)):
                yield _found(one, whole, _excluding(one, twice))


def _stated_twice(stated: Sequence[Stated]) -> list[Twice]:
    counts = {one.measure: one for one in stated if one.role is Role.COUNT and one.value > 0}
    percents = [one for one in stated if one.role is Role.PERCENT]
    twice = [Twice(one.measure, counts[one.measure], one) for one in percents if one.measure in counts]
    return [one for one in twice if _row(one.count) != _row(one.percent)]


def _row(stated: Stated) -> tuple[str, int | None, str]:
    return stated.place.table, stated.place.row, stated.place.label


def _whole_of(stated: Sequence[Stated]) -> Stated | None:
    """The largest count: that of which the others are parts, if of anything in the table."""
    return max(
        (one for one in stated if one.role in (Role.COUNT, Role.PUPILS)), key=lambda one: one.value, default=None
    )


def _excluding(one: Twice, twice: Sequence[Twice]) -> Twice | None:
    return next((other for other in twice if other.high < one.low or one.high < other.low), None)


def _found(one: Twice, whole: Stated, excluding: Twice | None) -> Contradiction:
    exact = 100 * one.count.exact / whole.exact
    among = (
        f"; чтобы доля была верна, всего должно быть около {number(round(100 * one.count.exact / one.percent.exact))}"
    )
    also = (
        f", а по строке {quote(excluding.measure)} — около "
        f"{number(round(100 * excluding.count.exact / excluding.percent.exact))}"
        if excluding and excluding.percent.value
        else ""
    )
    return Contradiction(
        rule="two_units",
        severity=Severity.FIRM if excluding else Severity.SUSPICIOUS,
        places=(one.percent.place, one.count.place, whole.place),
        stated=stated_percent(one.percent),
        recomputed=as_percent(exact, one.percent),
        arithmetic=f"{one.count.typed} / {whole.typed} = {as_percent(exact, one.percent)}",
        tolerance=plus_minus(one.percent.half),
        sentence=(
            f"{capitalised(one.measure)}: {one.count.typed} из {whole.typed} ({whole.place.label}) — это "
            f"{as_percent(exact, one.percent)}, а в другой строке указано {stated_percent(one.percent)}"
            f"{among}{also}."
        ),
    )
