"""Files in layouts of our own about schools: register of organisations, social passport, staff."""

from __future__ import annotations

import numpy as np

from msoko.simulation.books import Book, Cell, Sheet
from msoko.simulation.layouts import REGISTER, SOCIAL_PASSPORT, STAFF
from msoko.simulation.randomness import stream
from msoko.simulation.schools import REGION, School, municipality_name
from msoko.simulation.sittings import District

# Shares of pupils in the order of the social passport: at the usual context, and what one step of better context adds
# (both on the logistic scale).
SHARES_OF_PUPILS = (
    (-0.9, 0.85),  # both parents with higher education
    (-1.2, 0.10),  # one of them
    (-1.2, -0.30),  # single parent
    (-1.5, -0.60),  # low income
    (-1.7, -0.35),  # large family
    (-3.0, -0.60),  # parents without work
    (-4.0, -0.35),  # foster care
    (-3.6, -0.40),  # migrants
    (-3.4, -0.40),  # Russian is not native
    (-3.0, -0.25),  # special needs
    (-4.2, -0.10),  # disabled
    (-4.0, -0.70),  # school's record
    (-5.0, -0.80),  # police record
)
# The same for teachers, in the order of the staff form between «Внешних совместителей» and «Имеют ИОМ».
SHARES_OF_TEACHERS = (
    (-2.6, -0.30),  # from outside
    (-1.0, 0.45),  # highest category
    (-0.6, 0.05),  # first category, among the others
    (1.9, 0.30),  # higher education
    (-2.3, 0.05),  # up to three years
    (-1.3, 0.10),  # under 35
    (-1.2, -0.15),  # pension age
    (-2.4, -0.60),  # not their own subject
    (1.8, 0.30),  # trained
    (0.3, 0.10),  # professional gaps diagnosed
    (-1.5, 0.00),  # individual route
)
NOT_APPLICABLE = "—"
# One school left two cells empty in one year: «нет данных» is neither zero nor a dash.
SCHOOL_WITH_GAPS, YEAR_WITH_GAPS = 13, 2025


def academic_year(year: int) -> str:
    """The academic year whose spring lies in this year: 2025 → «2024/25»."""
    return f"{year - 1}/{year % 100:02d}"


def _school_row(school: School) -> list[Cell]:
    municipality = municipality_name(school.municipality)
    place = "городская" if school.is_urban else "сельская"
    logins = "; ".join([school.login, school.login.replace("edu", "sch"), f"oo:{school.code}"])
    start: list[Cell] = [school.short, school.full, "школа", school.kind]
    return [*start, municipality, REGION, municipality, place, "действует", logins]


def _territory_row(name: str, kind: str, parent: str | None) -> list[Cell]:
    own = name if kind == "муниципалитет" else None
    return [name, name, kind, None, own, REGION, parent, None, "действует", None]


def register_book(district: District) -> Book:
    """Region, municipalities, schools; a school has three logins: today's, the one before 2022, the exam code."""
    numbers = sorted({school.municipality for school in district.schools})
    rows = [_territory_row(REGION, "регион", None)]
    rows += [_territory_row(municipality_name(number), "муниципалитет", REGION) for number in numbers]
    rows += [_school_row(school) for school in district.schools]
    return Book("Реестр организаций.xlsx", "реестр организаций", 0, (Sheet("Организации", [REGISTER, *rows]),))


def pupils_of_school(district: District, school: School, year: int) -> int:
    """How many pupils a school has in the spring of this year."""
    return int(district.pupils.grades_at(school, year).size)


def _drawn(lot: np.random.Generator, whole: int, shares: tuple[tuple[float, float], ...], context: float) -> list[int]:
    chances = [1 / (1 + np.exp(-(usual + step * context))) for usual, step in shares]
    return [int(lot.binomial(whole, chance)) for chance in chances]


def _start(school: School, year: int) -> list[Cell]:
    return [school.login, school.short, municipality_name(school.municipality), academic_year(year)]


def passport(district: District, school: School, year: int) -> list[Cell]:
    """One row of the social passport. No bus where a school stands in town; a second shift only where it is crowded."""
    lot = stream(district.seed, "passport", school.index, year)
    count = pupils_of_school(district, school, year)
    both, one, *others = _drawn(lot, count, SHARES_OF_PUPILS, school.context)
    families: list[Cell] = [both, min(one, count - both), *others]
    bussed: Cell = NOT_APPLICABLE if school.is_urban else int(lot.binomial(count, 0.35))
    second_shift = int(lot.binomial(count, 0.3)) if school.is_urban and school.parallel > 80 else 0
    if (school.index, year) == (SCHOOL_WITH_GAPS, YEAR_WITH_GAPS):
        families[3], families[7] = None, None
    return [*_start(school, year), count, *families, bussed, second_shift]


def _staff(district: District, school: School, year: int) -> list[Cell]:
    lot = stream(district.seed, "staff", school.index, year)
    teachers = max(4, round(pupils_of_school(district, school, year) / 14) + 3)
    outside, highest, first, *others = _drawn(lot, teachers, SHARES_OF_TEACHERS, school.context)
    psychologists = teachers // 30
    vacancies = int(lot.poisson(max(0.2, 0.9 - 0.5 * school.context) * teachers / 30)) / 2
    counts = [teachers, outside, highest, min(first, teachers - highest), *others, psychologists]
    return [*_start(school, year), *counts, vacancies]


def social_passport_book(district: District) -> Book:
    """One row a school and year."""
    rows = [passport(district, school, year) for year in district.years for school in district.schools]
    sheet = Sheet("Социальный паспорт", [SOCIAL_PASSPORT, *rows])
    return Book("Социальный паспорт школ.xlsx", "социальный паспорт", 0, (sheet,))


def staff_book(district: District) -> Book:
    """One row a school and year."""
    rows = [_staff(district, school, year) for year in district.years for school in district.schools]
    return Book("Кадры школ.xlsx", "кадры", 0, (Sheet("Кадры", [STAFF, *rows]),))
