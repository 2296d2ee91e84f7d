"""Years by themselves: «2021», «2020–2022 гг.», «с 2021 по 2023 год», «2023/24 учебный год»."""

from msoko.core.roadmap.deadlines.nodes import NotUnderstood, Years
from msoko.core.roadmap.deadlines.patterns import ALSO, Found, rule
from msoko.core.roadmap.deadlines.school_years import SCHOOL_WORD, SCHOOL_YEAR, TWO_YEARS, years_of
from msoko.core.roadmap.deadlines.tokens import CENTURY

SLASH_IS_SCHOOL = "Два года через косую черту прочитаны как учебный год."
YEARS_OF_TWO_DIGITS = range(2018, 2050)  # «15 год» may be a number of years
Built = tuple[Years | NotUnderstood, ...]


def _one(found: Found) -> Built:
    return (Years(found.value("y"), found.value("y")),)


def _of_two_digits(found: Found) -> Built | None:
    """«Июнь 22 г.»"""
    year = CENTURY + found.value("y")
    is_year = year in YEARS_OF_TWO_DIGITS and found.text.lower().endswith(("г", "год", "году", "года"))
    return (Years(year, year),) if is_year else None


def _range(found: Found) -> Built | None:
    """«2022-25» is written in one; «2022 – 25 декабря» is no range of years."""
    first, last = found["a"][0], found["b"][0]
    if last.tag == "num" and first.end + 1 != last.start and not found.has("g"):
        return None
    years = years_of((first, last))
    if years[0] > years[1]:
        return (NotUnderstood(found.text),)
    is_bare = found.match.end() - found.match.start() == len("a-b")
    return (Years(years[0], years[1], may_be_school=is_bare and years[0] + 1 == years[1]),)


def _school_years(found: Found) -> Built:
    """One school year or several, each by its two years; «2021–2024 учебные годы» is three."""
    years = years_of(found["all"])
    pairs = list(zip(years[::2], years[1::2], strict=True))
    if any(first >= last for first, last in pairs) or (len(pairs) > 1 and any(b - a > 1 for a, b in pairs)):
        return (NotUnderstood(found.text),)
    remark = None if found.has("s") else SLASH_IS_SCHOOL
    return tuple(Years(first, last - 1, of_school=True, remark=remark) for first, last in pairs)


def _range_of_school_years(found: Found) -> Built:
    a, b, c, d = years_of(found["all"])
    if b != a + 1 or d != c + 1 or c < a:
        return (NotUnderstood(found.text),)
    return (Years(a, c, of_school=True),)


def _slash(found: Found) -> Built | None:
    years = years_of(found["all"])
    return _school_years(found) if years[1] == years[0] + 1 else None


def _single_school_year(found: Found) -> Built:
    """«2021 учебный год» may be either of two."""
    return (NotUnderstood(found.text),)


RULES = tuple(
    rule(source, build)
    for source, build in (
        ("god? y=year calendarly? god?", _one),
        ("v? y=num god", _of_two_digits),
        ("a=year god? dash b=(year|num) g=(god?)", _range),
        (f"period? s a=year god? (po|do|dash) b=year (?!{SCHOOL_WORD} god) g=(god?)", _range),
        (f"all=({TWO_YEARS} ({ALSO} {TWO_YEARS})*) s=({SCHOOL_WORD} god?)", _school_years),
        (f"s=({SCHOOL_WORD} god) all=({TWO_YEARS} ({ALSO} {TWO_YEARS})*) god?", _school_years),
        ("all=(year slash (year|num)) god?", _slash),
        (f"s? all=({SCHOOL_YEAR} (po|do|dash) {TWO_YEARS} ({SCHOOL_WORD} god?)?)", _range_of_school_years),
        (f"year {SCHOOL_WORD} god?", _single_school_year),
    )
)
