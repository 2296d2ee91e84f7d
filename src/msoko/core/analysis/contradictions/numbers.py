"""Typed numbers: exact, with as many decimals as were typed, and how far rounding may carry them.

A stated number is a Decimal, for its exponent keeps what the typist wrote («63,0» is not «63»); a recomputed one is a
Fraction, so that no comparison depends on the last bit of a float.
"""

import re
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from fractions import Fraction

from msoko.core.vocabulary.cells import BLANKS
from msoko.core.vocabulary.russian import number

NUMBER = re.compile(r"[-\u2212]?\d{1,15}(?: \d{3})*(?:[.,]\d{1,12})?")
LARGEST = 10**15
MOST_DECIMALS = 12
NOISE = 6  # decimals beyond which a float of a spreadsheet is noise of its arithmetic, not something typed


class Match(IntEnum):
    """How a stated number stands to the recomputed one; the larger, the worse."""

    EXACT = 0  # rounded as school arithmetic rounds
    CUT = 1  # off by less than a unit of the last digit: cut off, or adjusted so that parts make 100
    OFF = 2


def typed(cell: object) -> Decimal | None:
    """The number a cell states («12,5 %», «1 234», 63.0), None where it states none."""
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, Decimal | int):
        return _sensible(cell)
    if isinstance(cell, float):
        return _without_noise(cell)
    said = str(cell).translate(BLANKS).strip().removesuffix("%").strip()
    if not NUMBER.fullmatch(said):
        return None
    try:
        return Decimal(said.replace(" ", "").replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation:
        return None


def _sensible(cell: Decimal | int) -> Decimal | None:
    """What a table can state. A number with a huge exponent would fill the memory as a fraction."""
    value = Decimal(cell) if isinstance(cell, Decimal) or abs(cell) < LARGEST else Decimal("NaN")
    if not value.is_finite() or abs(value) >= LARGEST or decimals(value) > MOST_DECIMALS:
        return None
    return value.quantize(Decimal(1)) if value.as_tuple().exponent > 0 else value  # type: ignore[operator]


def _without_noise(cell: float) -> Decimal | None:
    if cell != cell or abs(cell) >= LARGEST:
        return None
    rounded = Decimal(repr(round(cell, NOISE))).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def decimals(value: Decimal) -> int:
    """How many digits were typed after the decimal sign."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def unit_of(digits: int) -> Fraction:
    """The worth of one in the last of so many decimals."""
    return Fraction(1, 10**digits)


def match(stated: Decimal, exact: Fraction) -> Match:
    """Whether rounding explains the stated number. In whole numbers, for it is asked of every cell."""
    scale = 10 ** decimals(stated)
    distance = abs(int(stated * scale) * exact.denominator - exact.numerator * scale)  # in units, times denominator
    if 2 * distance <= exact.denominator:
        return Match.EXACT
    return Match.CUT if distance < exact.denominator else Match.OFF


def is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def as_typed(value: Decimal) -> str:
    """The number with the decimals it was typed with: «28,5»."""
    return number(float(value) if decimals(value) else int(value), decimals(value))


def shown(exact: Fraction, digits: int) -> str:
    """A recomputed number with so many decimals; whole ones without any."""
    return number(int(exact)) if exact.denominator == 1 else number(float(exact), digits)
