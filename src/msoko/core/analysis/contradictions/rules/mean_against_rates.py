"""A mean mark that no marks with such a pass rate and quality can have."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import MARK_COUNTS, MARK_PERCENTS, Role
from msoko.core.analysis.contradictions.saying import about, exactly, plus_minus, stated_percent
from msoko.core.analysis.contradictions.tables import Record, Stated, Statements


@dataclass(frozen=True)
class Share:
    """A share of all, as a range that rounding or cutting off leaves it."""

    low: Fraction
    high: Fraction


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """With shares P of «3» and above and Q of «4» and above, the mean lies from 2 + P + Q to 2 + P + 2Q.

    Without Q it lies from 2 + P to 2 + 3P. Firm; where the marks themselves are there, another rule recomputes it.
    """
    for record in statements.records:
        mean = record.said.get(Role.MEAN_MARK)
        passed = _pass_share(record)
        if mean and passed and not any(role in record.said for role in (*MARK_COUNTS, *MARK_PERCENTS)):
            quality = record.said.get(Role.QUALITY_PERCENT)
            lowest, highest = _bounds(_share(passed), _share(quality) if quality else None)
            if not lowest - mean.unit < mean.exact < highest + mean.unit:
                yield _found(record, mean, passed, quality, lowest, highest)


def _pass_share(record: Record) -> Stated | None:
    return record.said.get(Role.PASS_PERCENT)


def _share(stated: Stated) -> Share:
    return Share(
        max(Fraction(), stated.exact - stated.unit) / 100, min(Fraction(100), stated.exact + stated.unit) / 100
    )


def _bounds(passed: Share, quality: Share | None) -> tuple[Fraction, Fraction]:
    if quality is None:
        return 2 + passed.low, 2 + 3 * passed.high
    return 2 + passed.low + quality.low, 2 + passed.high + 2 * quality.high


def _found(
    record: Record, mean: Stated, passed: Stated, quality: Stated | None, lowest: Fraction, highest: Fraction
) -> Contradiction:
    beside = f"успеваемости {stated_percent(passed)}" + (f" и качестве {stated_percent(quality)}" if quality else "")
    bounds = f"от {exactly(lowest, mean)} до {exactly(highest, mean)}"
    return Contradiction(
        rule="mean_against_rates",
        severity=Severity.FIRM,
        places=(mean.place, passed.place, *([quality.place] if quality else [])),
        stated=mean.typed,
        recomputed=bounds,
        arithmetic="2 + P + Q ≤ среднее ≤ 2 + P + 2Q" if quality else "2 + P ≤ среднее ≤ 2 + 3P",
        tolerance=plus_minus(mean.unit),
        sentence=f"{about(record)}: средняя отметка {mean.typed} невозможна при {beside}: она лежит {bounds}.",
    )
