"""Per cents of all parts of a whole do not make 100."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import comb, exp, factorial, lgamma, log

from msoko.core.analysis.contradictions.checks import checked
from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.numbers import Match, shown
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import MARK_PERCENTS, OUTCOME_PERCENTS, Role
from msoko.core.analysis.contradictions.saying import about, places_of, plus_minus, rows_in_words
from msoko.core.analysis.contradictions.tables import Record, Stated, Statements

PARTITIONS = (MARK_PERCENTS, OUTCOME_PERCENTS, (Role.PASS_PERCENT, Role.FAIL_PERCENT))
MOST_SHOWN = 8  # of a distribution over many scores only the sum is told
LARGEST_EXAMPLE = 400


@dataclass(frozen=True)
class Parts:
    record: Record
    stated: tuple[Stated, ...]
    blanks: int

    @cached_property
    def total(self) -> Fraction:
        return sum((part.exact for part in self.stated), Fraction())

    @cached_property
    def off(self) -> Fraction:
        return abs(self.total - 100)

    @cached_property
    def by_rounding(self) -> Fraction:
        """How far from 100 the sum may be when every part is rounded."""
        return sum((part.half for part in self.stated), Fraction())


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Beyond what rounding of all parts can do is firm; within it, only where the other rows all make exactly 100."""
    for _, records in statements.by_table:
        for roles in (*PARTITIONS, None):
            rows = [parts for record in records if (parts := _parts(record, roles))]
            exact = [parts for parts in rows if not parts.off]
            is_practice = chance_of(exact, len(rows) - len(exact) - 1) <= parameters.practice_chance
            for parts in rows:
                severity = _severity(parts, is_practice)
                if severity:
                    yield _found(parts, severity, len(exact))


def _parts(record: Record, roles: Sequence[Role] | None) -> Parts | None:
    """The parts of a row: of a partition, or (None) of a distribution over scores. Two must be there."""
    if roles is None:
        stated, blanks = record.scores, 0
    else:
        if not all(record.has(role) for role in roles):
            return None
        stated = tuple(record.said[role] for role in roles if role in record.said)
        blanks = sum(role in record.blank for role in roles)
    return Parts(record, tuple(stated), blanks) if len(stated) > 1 and any(part.value for part in stated) else None


def _severity(parts: Parts, is_practice: bool) -> Severity | None:
    if parts.off <= parts.by_rounding:
        return Severity.SUSPICIOUS if parts.off and is_practice and not _is_explained(parts) else None
    if parts.off < 2 * parts.by_rounding:
        return Severity.ROUNDING  # all parts cut off in the same direction
    return Severity.SUSPICIOUS if parts.blanks and parts.total < 100 else Severity.FIRM


def _is_explained(parts: Parts) -> bool:
    """Every part is the rounded per cent of the count beside it."""
    checks = [checked(parts.record, part) for part in parts.stated]
    return all(check is not None and check.match is Match.EXACT for check in checks)


def chance_of(exact: Sequence[Parts], off: int) -> float:
    """How often rounding alone makes these rows 100 and leaves but so many others: F. Mosteller, C. Youtz, D. Zahn, The
    distribution of sums of rounded percentages, Demography 4 (1967), 850–858. Where it is large, nothing was adjusted.
    """
    rows = len(exact) + max(off, 0)
    ways = lgamma(rows + 1) - lgamma(max(off, 0) + 1) - lgamma(len(exact) + 1)
    each = (log(chance_of_hundred(sum(part.value != 0 for part in parts.stated))) for parts in exact)
    return exp(min(0.0, ways + sum(each)))


@lru_cache(maxsize=256)
def chance_of_hundred(parts: int) -> float:
    """How often rounded per cents of so many parts make exactly 100: 3/4 of three, 2/3 of four.

    The sum is off by the sum of parts − 1 rounding errors, each as likely anywhere within half a unit; it rounds to
    nothing where that sum (Irwin–Hall) stays within half a unit itself.
    """
    errors = parts - 1
    if errors < 2:
        return 1.0
    middle = Fraction(errors, 2)
    return float(_irwin_hall(errors, middle + Fraction(1, 2)) - _irwin_hall(errors, middle - Fraction(1, 2)))


def _irwin_hall(n: int, x: Fraction) -> Fraction:
    """P(sum of n numbers uniform on 0–1 ≤ x)."""
    terms = ((-1) ** k * comb(n, k) * (x - k) ** n for k in range(int(x) + 1))
    return sum(terms, Fraction()) / factorial(n)


def _found(parts: Parts, severity: Severity, exact: int) -> Contradiction:
    digits = max(len(str(part.unit.denominator)) - 1 for part in parts.stated)
    total = shown(parts.total, digits)
    few = len(parts.stated) <= MOST_SHOWN
    arithmetic = f"{' + '.join(part.typed for part in parts.stated)} = {total}" if few else f"сумма {total}"
    return Contradiction(
        rule="percents_sum",
        severity=severity,
        places=places_of(parts.stated),
        stated=total,
        recomputed="100",
        arithmetic=arithmetic,
        tolerance=plus_minus(parts.by_rounding),
        sentence=(f"{about(parts.record)}: доли вместе — {arithmetic} %, а не 100 %{_why(parts, severity, exact)}."),
    )


def _why(parts: Parts, severity: Severity, exact: int) -> str:
    if severity is Severity.FIRM:
        return f"; округление объяснило бы отличие не больше {plus_minus(parts.by_rounding)[1:]}"
    if severity is Severity.ROUNDING:
        return ": так бывает, если все доли обрезаны, а не округлены"
    if parts.off > parts.by_rounding:
        return ": не все ячейки заполнены"
    example = _example(parts)
    told = f" (например, {example})" if example else ""
    return f". Так бывает при округлении{told}, но {rows_in_words(exact)} той же таблицы доли дают ровно 100"


def _example(parts: Parts) -> str:
    """Whole numbers of people whose rounded per cents are these: the smallest whole that has them."""
    for n in range(2, LARGEST_EXAMPLE):
        ranges = [_counts(part, n) for part in parts.stated]
        if all(low <= high for low, high in ranges) and sum(a for a, _ in ranges) <= n <= sum(b for _, b in ranges):
            return f"{', '.join(map(str, _adding_up(ranges, n)))} из {n}"
    return ""


def _counts(part: Stated, n: int) -> tuple[int, int]:
    """The least and the greatest count of n whose per cent rounds to the part."""
    low, high = (part.exact - part.half) * n / 100, (part.exact + part.half) * n / 100
    return max(0, -((-low.numerator) // low.denominator)), high.numerator // high.denominator


def _adding_up(ranges: Sequence[tuple[int, int]], n: int) -> list[int]:
    counts = [low for low, _ in ranges]
    for index, (low, high) in enumerate(ranges):
        counts[index] += min(high - low, n - sum(counts))
    return counts
