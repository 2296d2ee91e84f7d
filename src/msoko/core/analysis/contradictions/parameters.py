"""What the rules take for granted: how far is far, how often is often. A municipality may set its own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Parameters:
    """Thresholds of the rules. Tolerances of rounding are no parameters: they follow from the typed decimals.

    Each has the reason for its value; none of them turns a firm contradiction off.
    """

    practice_rows: int = 8
    """So many other rows whose per cents make exactly 100 show that the table was adjusted; by chance alone three
    rounded per cents make 100 in three rows of four, eight in a row in one table of ten."""
    common_rows: int = 3
    """A common denominator of a column is believed if at least so many rows agree with it …"""
    common_share: float = 2 / 3
    """… and at least this share of the rows that have one."""
    growth_factor: float = 3.0
    """A count that grows or falls so many times within a year asks for a look …"""
    growth_z: float = 4.0
    """… unless so great a change is within chance: square roots of counts vary by a half, whatever the count."""
    same_years: int = 3
    """A count that does not change for so many years in a row was probably copied."""
    same_series: int = 3
    """Two years that agree in all of at least so many rows were probably copied, even if there are but two years."""
    least_changing: int = 20
    """A count below may well be the same by chance."""
    coincidence_digits: float = 4.0
    """Two rows alike in so many digits, and in more where there are many rows to coincide, were probably copied."""
    whole_rows: int = 5
    """From so many means on it is strange that they are all whole …"""
    whole_share: float = 0.8
    """… or that so many of them are."""
    electives_per_pupil: int = 2
    """ОГЭ: two subjects of choice."""
    electives_from: int = 2017
    """The first year in which marks of both counted for the certificate."""
    electives_not_in: tuple[int, ...] = (2020, 2021)
    """Years without subjects of choice, because of the epidemic."""
    electives_shortfall: float = 5.0
    """Pupils who sit only the obligatory subjects are few: so many per cent of the sum may lack."""
    electives_listed: int = 8
    """A table that lists fewer subjects of choice may be of some of them only."""
    both_maths_until: int = 2018
    """The last year in which a graduate could sit both levels of mathematics on ЕГЭ."""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Parameters":
        """The parameters with some values changed. Raises ValueError for a name that is not there."""
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise ValueError(f"нет параметра «{unknown[0]}»; есть: {', '.join(sorted(known))}")
        return cls(**values)
