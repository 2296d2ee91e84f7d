"""«2023/24 учебный год», «2021–2023 учебные годы», «23-24 уч. г.»."""

from msoko.core.roadmap.deadlines.tokens import CENTURY, SMALL, Token

TWO_YEARS = "(year|num) (dash|slash) (year|num)"
SCHOOL_WORD = "(school|u)"
SCHOOL_YEAR = f"({TWO_YEARS} {SCHOOL_WORD} god?|{SCHOOL_WORD} god {TWO_YEARS} god?|year slash (year|num) god?)"


def years_of(tokens: tuple[Token, ...]) -> list[int]:
    """All years among the tokens, those of two digits too."""
    return [_of_this_century(token.value) for token in tokens if token.tag in ("year", "num")]


def _of_this_century(said: int) -> int:
    return said + CENTURY if said < SMALL else said


def school_year_of(tokens: tuple[Token, ...]) -> int | None:
    """The calendar year in which the school year begins; None where the two years do not follow one another."""
    years = years_of(tokens)
    return years[0] if len(years) == 2 and years[1] == years[0] + 1 else None
