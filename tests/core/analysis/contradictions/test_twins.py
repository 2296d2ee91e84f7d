"""Slow obvious twins: the same answers by trying everything."""

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.contradictions import Severity, find
from msoko.core.analysis.contradictions.denominators import Pair, common_denominator
from msoko.core.analysis.contradictions.grid import Grid
from msoko.core.analysis.contradictions.numbers import Match, decimals, match, typed
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.rules.percents_sum import chance_of_hundred
from msoko.core.analysis.contradictions.tables import Place, Record, Stated
from tests.core.analysis.contradictions.typed_tables import Marked, Typist, built

decimal_numbers = st.decimals(0, 120, places=2, allow_nan=False) | st.integers(0, 120).map(Decimal)


def table(title: str, headers: list[str], *rows: list[object]) -> Grid:
    return Grid(title, headers, list(enumerate(rows, 2)), "справка", "справка")


@given(decimal_numbers, st.integers(0, 60), st.integers(1, 60))
def test_a_number_matches_if_some_way_of_rounding_gives_it(stated: Decimal, k: int, n: int) -> None:
    exact = Fraction(100 * k, n)
    value, unit = Decimal(100 * k) / Decimal(n), Decimal(1).scaleb(-decimals(stated))
    rounded = {value.quantize(unit, how) for how in (ROUND_HALF_UP, ROUND_HALF_DOWN)}
    cut = {value.quantize(unit, how) for how in (ROUND_DOWN, ROUND_UP)}
    expected = Match.EXACT if stated in rounded else Match.CUT if stated in cut else Match.OFF
    assert match(stated, exact) is expected


@given(st.integers(0, 10**9), st.integers(0, 6))
def test_a_typed_number_keeps_its_decimals_and_a_float_loses_only_zeros(units: int, digits: int) -> None:
    value = Decimal(units).scaleb(-digits)
    assert typed(str(value).replace(".", ",")) == value
    assert typed(f"{value:f} %") == value
    assert typed(float(value)) == value
    shown = typed(f"{value:.{digits}f}")
    assert shown is not None
    assert decimals(shown) == digits


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 40), st.decimals(0, 100, places=1))
def test_a_per_cent_is_impossible_when_no_count_of_people_rounds_to_it(n: int, percent: Decimal) -> None:
    best = min(match(percent, Fraction(100 * k, n)) for k in range(n + 1))
    grid = table("ЕГЭ", ["Предмет", "Сдавали", "Не сдали, %"], ["Физика", n, percent])
    found = [one.severity for one in find([built(grid)])]
    assert found == {Match.EXACT: [], Match.CUT: [Severity.ROUNDING], Match.OFF: [Severity.FIRM]}[best]


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 99), st.decimals(20, 99, places=2))
def test_a_mean_is_impossible_when_no_sum_of_whole_scores_gives_it(n: int, mean: Decimal) -> None:
    best = min(match(mean, Fraction(total, n)) for total in range(100 * n + 1))
    grid = table("ЕГЭ", ["Предмет", "Сдавали", "Средний балл"], ["Физика", n, mean])
    found = [one.severity for one in find([built(grid)]) if one.rule == "mean_possible"]
    assert found == {Match.EXACT: [], Match.CUT: [Severity.ROUNDING], Match.OFF: [Severity.SUSPICIOUS]}[best]


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 12)] * 4).filter(any), st.integers(0, 1))
def test_no_marks_have_a_mean_that_their_own_rates_forbid(counts: tuple[int, ...], digits: int) -> None:
    """Neither rounded nor cut off."""
    marks = Marked("Физика", counts)
    for cuts in (False, True):
        typist = Typist(digits, cuts)
        said = [typist.number(marks.rate(3, 4, 5)), typist.number(marks.rate(4, 5)), Typist(2, cuts).number(marks.mean)]
        found = find([built(table("ВПР", HEADERS, ["Физика", *said]))])
        assert [one for one in found if one.rule == "mean_against_rates"] == []


HEADERS = ["Предмет", "Успеваемость, %", "Качество, %", "Средняя отметка"]


@pytest.mark.parametrize(("passed", "quality"), [(90, 40), (100, 0), (55, 55), (0, 0)])
def test_every_mean_that_marks_with_such_rates_can_have_is_allowed_and_no_other(passed: int, quality: int) -> None:
    """Of all marks of 20 and of 100 pupils: the extremes of the mean are those of the formula."""
    means = set()
    for n in (20, 100):
        q, p = n * quality / 100, n * passed / 100
        if q == int(q) and p == int(p):
            for fives in range(int(q) + 1):
                means.add(Fraction(2 * (n - int(p)) + 3 * (int(p) - int(q)) + 4 * (int(q) - fives) + 5 * fives, n))
    lowest, highest = min(means), max(means)
    assert (lowest, highest) == (2 + Fraction(passed + quality, 100), 2 + Fraction(passed + 2 * quality, 100))
    for mean in (lowest, highest):
        assert _forbidden(passed, quality, mean) == []
    if highest + Fraction(1, 10) <= 5:
        assert _forbidden(passed, quality, highest + Fraction(1, 10)) == [Severity.FIRM]
    if lowest - Fraction(1, 10) >= 2:
        assert _forbidden(passed, quality, lowest - Fraction(1, 10)) == [Severity.FIRM]


def _forbidden(passed: int, quality: int, mean: Fraction) -> list[Severity]:
    grid = table("ВПР", HEADERS, ["Физика", f"{passed},0", f"{quality},0", f"{float(mean):.2f}"])
    return [one.severity for one in find([built(grid)]) if one.rule == "mean_against_rates"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(5, 90), st.integers(-1, 1)), min_size=4, max_size=7), st.integers(100, 200))
def test_a_common_denominator_is_that_which_explains_most_rows(rows: list[tuple[int, int]], whole: int) -> None:
    """Some rows are off; of all wholes to 1000 the best are tried one by one."""
    pairs = [_pair(count, _percent(count, whole) + (step if at == 0 else 0)) for at, (count, step) in enumerate(rows)]
    found = common_denominator(pairs, Parameters())
    fits = {
        n: sum(match(pair.percent.value, 100 * pair.count.exact / n) is Match.EXACT for pair in pairs) for n in TRIED
    }
    best = max(fits.values())
    if found is not None:
        assert found.fitting == best
        assert all(fits[n] == best for n in range(found.low, found.high + 1))


TRIED = range(90, 1001)


def _fits(pair: Pair, n: int) -> bool:
    return match(pair.percent.value, 100 * pair.count.exact / n) is Match.EXACT


def _percent(count: int, whole: int) -> Decimal:
    return (Decimal(100 * count) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _pair(count: int, percent: Decimal) -> Pair:
    record: Record = None  # type: ignore[assignment]
    return Pair(record, Stated(Decimal(count), Role.COUNT, Place()), Stated(percent, Role.PERCENT, Place()))


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_how_often_rounded_parts_make_100_is_what_counting_says(parts: int) -> None:
    """All ways to divide a fine whole among the parts, those on a border of rounding left out."""
    grain = 37  # an odd number of steps a unit: no part is exactly halfway
    exact = total = 0
    for first in product(range(grain), repeat=parts - 1):
        rest = -sum(first) % grain
        rounded = sum(round(Fraction(step, grain)) for step in (*first, rest))
        total += 1
        exact += rounded == Fraction(sum(first) + rest, grain)
    assert exact / total == pytest.approx(chance_of_hundred(parts), abs=0.01)
