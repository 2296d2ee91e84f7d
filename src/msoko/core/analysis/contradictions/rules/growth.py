"""A count that grew or fell many times within a year, beyond chance."""

from collections.abc import Iterator
from math import sqrt

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Kind
from msoko.core.analysis.contradictions.series import Point, Series, series_of
from msoko.core.analysis.contradictions.tables import Statements
from msoko.core.vocabulary.russian import capitalised, counted, quote


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Suspicious: a slip of a digit, another definition, or a true change that deserves a word."""
    for series in series_of(statements):
        if series.role.kind is Kind.COUNT:
            for before, after in series.pairs():
                if _is_great(int(before.stated.value), int(after.stated.value), parameters):
                    yield _found(series, before, after)


def _is_great(before: int, after: int, parameters: Parameters) -> bool:
    """√(n + 3/8) of a Poisson count has a standard deviation of a half, even where n is small, and the difference of
    two √2 times that: F. Anscombe, Biometrika 35 (1948), 246–254.
    """
    low, high = sorted((before, after))
    if low < 0:
        return False
    z = sqrt(2) * (sqrt(high + 3 / 8) - sqrt(low + 3 / 8))
    return high >= parameters.growth_factor * low and z >= parameters.growth_z


def _times(ratio: float) -> str:
    """«7,2 раза», «10 раз»."""
    shown = round(ratio, 1)
    return counted(shown, "раз", "раза", "раз", 0 if shown == int(shown) else 1)


def _found(series: Series, before: Point, after: Point) -> Contradiction:
    low, high = sorted((before.stated, after.stated), key=lambda stated: stated.value)
    more = "больше" if after.stated.value > before.stated.value else "меньше"
    times = f"в {_times(float(high.exact / low.exact))} {more}" if low.value else f"намного {more}"
    name = capitalised(series.label or series.role.words)
    return Contradiction(
        rule="growth",
        severity=Severity.SUSPICIOUS,
        places=(after.stated.place, before.stated.place),
        stated=after.stated.typed,
        recomputed=before.stated.typed,
        arithmetic=f"{before.stated.typed} → {after.stated.typed}",
        sentence=f"{name}, столбец {quote(after.stated.place.column)}: {after.year} год — {after.stated.typed}, "
        f"{before.year} — {before.stated.typed}, {times}. Проверьте число или скажите, что изменилось.",
    )
