"""Numbers, plurals, dates and quotation marks as a Russian reads them.

Every function returns plain text with non-breaking spaces where a line must not break; none knows of HTML.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown

NBSP = "\u00a0"
THIN = "\u202f"
MINUS = "\u2212"
MONTHS_GENITIVE = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


def rounded(value: float, digits: int = 0) -> Decimal:
    """Rounds halves away from zero, as school arithmetic does: 12.5 → 13, where Python's round gives 12.

    Raises ValueError for NaN and infinity: they are errors of computation, not numbers to print.
    """
    exact = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(int(value))
    if not exact.is_finite():
        raise ValueError(f"{value!r} is not a number that can be written down")
    return (
        exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        if digits
        else exact.to_integral_value(rounding=ROUND_HALF_UP)
    )


def number(value: float | Unknown, digits: int = 0) -> str:
    """1234.5 → «1 234,5» (thin space, decimal comma, real minus, exactly `digits` decimals); an unknown → its sign."""
    if isinstance(value, Unknown):
        return value.sign
    shown = _shown(value, digits)
    text = shown.replace(",", THIN).replace(".", ",")
    if text[0] != "-":
        return text
    return MINUS + text[1:] if any(digit in "123456789" for digit in text) else text[1:]


def _shown(value: float, digits: int) -> str:
    """«-1,234.50». Exact rounding is slow, and a page has thousands of numbers: only near a half is it needed."""
    if isinstance(value, int) and not digits:
        return f"{value:,d}"
    distance_to_half = abs(abs(value) * 10**digits % 1 - 0.5)
    if distance_to_half > 1e-6 and abs(value) < 1e9:
        return f"{value:,.{digits}f}"
    return f"{rounded(value, digits):,f}"


def signed(value: float | Unknown, digits: int = 0) -> str:
    """A change: «+3», «−2», «0»."""
    text = number(value, digits)
    return "+" + text if not isinstance(value, Unknown) and rounded(value, digits) > 0 else text


def percent(value: float | Unknown, digits: int = 0) -> str:
    """34.1 → «34 %». The value is already in per cent, 0–100."""
    text = number(value, digits)
    return text if isinstance(value, Unknown) else f"{text}{NBSP}%"


def share(k: int, n: int, low: float, high: float) -> str:
    """share(19, 56, 23.0, 47.0) → «34 % (19 из 56; 23–47 %)»; bounds in per cent. A share of nobody is «—»."""
    if n == 0:
        return Unknown.NOT_APPLICABLE.sign
    of = f"{number(k)}{NBSP}из{NBSP}{number(n)}"
    # Where n is large whole bounds would coincide, and an interval of nothing is no interval.
    digits = int(number(low) == number(high) and low < high)
    return f"{percent(100 * k / n)} ({of}; {interval(low, high, digits)})"


def share_in_words(value: Share | Unknown) -> str:
    """The same for a `Share`, with its Wilson interval; an unknown → its sign."""
    if isinstance(value, Unknown):
        return value.sign
    bounds = value.interval
    return bounds.sign if isinstance(bounds, Unknown) else share(value.k, value.n, *bounds)


def interval(low: float, high: float, digits: int = 0, unit: str = "%") -> str:
    """«23–47 %»; bounds of which one is negative stand apart: «от −3 до 5»."""
    tail = f"{NBSP}{unit}" if unit else ""
    if low < 0:
        return f"от{NBSP}{number(low, digits)} до{NBSP}{number(high, digits)}{tail}"
    return f"{number(low, digits)}–{number(high, digits)}{tail}"


def plural(n: float, one: str, few: str, many: str) -> str:
    """The form that agrees: plural(21, «школа», «школы», «школ») → «школа»; a fraction takes `few`: 1,5 школы."""
    if n != int(n):
        return few
    last_two = abs(int(n)) % 100
    last = last_two % 10
    if last == 1 and last_two != 11:
        return one
    return few if 2 <= last <= 4 and not 12 <= last_two <= 14 else many


def counted(n: float, one: str, few: str, many: str, digits: int = 0) -> str:
    """«18 школ», glued."""
    return f"{number(n, digits)}{NBSP}{plural(n, one, few, many)}"


def long_date(day: date) -> str:
    """«22 ноября 2026 г.»"""
    return f"{day.day}{NBSP}{MONTHS_GENITIVE[day.month - 1]} {day.year}{NBSP}г."


def short_date(day: date) -> str:
    """«22.11.2026»"""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def join_with_and(words: Sequence[str]) -> str:
    """[«а», «б», «в»] → «а, б и в»."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " и " + words[-1]


def with_guillemets(text: str) -> str:
    """Straight and English quotation marks of a typed name become « »: МКОУ "Школа" → МКОУ «Школа»."""
    opened = re.sub(r'(^|(?<=[\s(\[«„]))["“”](?=\S)', "«", text)
    return re.sub(r'["“”]', "»", opened)


def quote(text: str) -> str:
    """Puts text into « »; quotation marks that it brings along become the inner „ “."""
    inner = with_guillemets(text).replace("«", "„").replace("»", "“")
    return f"«{inner}»"


def capitalised(text: str) -> str:
    """The first letter large, the rest as it is (str.capitalize would make «ВПР» «Впр»)."""
    return text[:1].upper() + text[1:]


_SHORT_WORDS = "а|без|в|во|для|до|за|и|из|изо|к|ко|на|над|не|ни|но|о|об|обо|от|по|под|при|про|с|со|у"
_AFTER_SHORT_WORD = re.compile(rf"(?<![\w-])({_SHORT_WORDS})[ ](?=\S)", re.IGNORECASE)
_AFTER_NUMBER_SIGN = re.compile(r"([№§])[ ]?(?=[\dА-ЯA-Zа-яa-z])")
_BEFORE_DASH = re.compile(r"(?<=\S)[ ](?=[—·])")
_BEFORE_UNIT = re.compile(
    r"(?<=\d)[ ](?=(?:%|‰|г\.|гг\.|п\.|балл|класс|школ|участник|обучающ|задани|человек|чел\.|руб|тыс|млн|лет|год))"
)
_BEFORE_PARTICLE = re.compile(r"(?<=\w)[ ](?=(?:бы|ли|же|б|ж)\b)")


@lru_cache(maxsize=16384)  # the names of schools stand on page after page; five patterns cost 30 µs a name
def nbsp(text: str) -> str:
    """Glues what must not part at a line's end: short prepositions, «№ 5», «34 %», « —», « ·», «бы». Words stay."""
    glued = _AFTER_NUMBER_SIGN.sub(rf"\1{NBSP}", text)
    for pattern in (_BEFORE_DASH, _BEFORE_UNIT, _BEFORE_PARTICLE):
        glued = pattern.sub(NBSP, glued)
    return _AFTER_SHORT_WORD.sub(rf"\1{NBSP}", glued)
