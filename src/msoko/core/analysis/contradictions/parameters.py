"""What the rules take for granted: how far is far, how often is often. A municipality may set its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Parameters:
    """Thresholds of the rules. Tolerances of rounding are no parameters: they follow from the typed decimals.

    Each has the reason for its value; none of them turns a firm contradiction off.
    """

    practice_chance: float = 0.05
    """A table is taken for adjusted to 100 where rounding alone would make so many rows of it 100 less often."""
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
    same_chance: float = 0.001
    """… unless there are so many numbers in the table that chance keeps some of them; half of them it does not keep."""
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
        """The parameters with some values changed. Raises ValueError, in Russian, for what is not there."""
        known = {field.name: getattr(cls, field.name) for field in fields(cls)}
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"нет параметра «{name}», есть {', '.join(sorted(known))}")
            if not isinstance(value, type(known[name]) | int) or isinstance(value, bool):
                raise ValueError(f"параметр «{name}»: нужно число")
        return cls(**values)

    @classmethod
    def said(cls, words: Iterable[str]) -> "Parameters":
        """The parameters as a person says them: «growth_factor=5». Raises ValueError, in Russian."""
        values: dict[str, Any] = {}
        for word in words:
            name, sign, said = word.partition("=")
            try:
                values[name.strip()] = _value(said)
            except ValueError as problem:
                raise ValueError(f"в «{word}» нужно ИМЯ=ЧИСЛО") from problem
            if not sign:
                raise ValueError(f"в «{word}» нужно ИМЯ=ЧИСЛО")
        return cls.of(values)


def _value(said: str) -> int | float | tuple[int, ...]:
    """A number; several years with commas between are a list."""
    bare = said.strip()
    if "," in bare:
        return tuple(int(part) for part in bare.split(",") if part.strip())
    return int(bare) if bare.lstrip("-").isdigit() else float(bare)
