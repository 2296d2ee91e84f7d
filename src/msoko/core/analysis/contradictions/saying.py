"""Words that the sentences of all rules share."""

from collections.abc import Iterable
from fractions import Fraction

from msoko.core.analysis.contradictions.contradiction import Place
from msoko.core.analysis.contradictions.numbers import decimals, shown
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.tables import COUNTRY, REGION, Context, Record, Stated
from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, number, percent, quote

TERRITORY_WORDS = {REGION: "регион", COUNTRY: "страна"}


def about(record: Record) -> str:
    """What the row is about: «Математика, 2019 год»."""
    return ", ".join(filter(None, [capitalised(record.row.label), *_besides(record)]))


def _besides(record: Record) -> list[str]:
    context = record.context
    year = f"{context.year}{NBSP}год" if context.year and str(context.year) not in record.row.label else ""
    return [year, TERRITORY_WORDS.get(context.entity, "")]


def table_of(record: Record) -> str:
    """«таблица «Средний балл ЕГЭ»»"""
    return f"таблица {quote(record.table.title)}"


def procedure_of(context: Context) -> str:
    """«ОГЭ, 2019 год» as far as it is known."""
    year = f"{context.year}{NBSP}год" if context.year else ""
    return ", ".join(filter(None, [kind_name(context.procedure) if context.procedure else "", year]))


def people(n: int, role: Role = Role.PARTICIPANTS) -> str:
    """«56 участников»."""
    return f"{number(n)}{NBSP}{role.counted(n)}"


def exactly(exact: Fraction, stated: Stated) -> str:
    """The recomputed number with one decimal more than was typed, if it has more: so that the difference is seen."""
    digits = decimals(stated.value)
    return shown(exact, digits if (exact * 10**digits).denominator == 1 else digits + 1)


def as_percent(exact: Fraction, stated: Stated) -> str:
    return f"{exactly(exact, stated)}{NBSP}%"


def stated_percent(stated: Stated) -> str:
    return percent(float(stated.value), decimals(stated.value))


def plus_minus(tolerance: Fraction) -> str:
    """«±0,05»: how far rounding may carry the stated number."""
    digits = 0
    while digits < 6 and (tolerance * 10**digits).denominator != 1:
        digits += 1
    return f"±{number(float(tolerance), digits)}"


def places_of(stated: Iterable[Stated]) -> tuple[Place, ...]:
    return tuple(one.place for one in stated)


def rows_in_words(n: int) -> str:
    """«в 12 строках»"""
    return f"в{NBSP}{counted(n, 'строке', 'строках', 'строках')}"
