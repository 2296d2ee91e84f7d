"""Each wording of the tables gives the windows that were worked out by hand."""

from calendar import monthrange
from datetime import date

import pytest

from msoko.core.roadmap.deadlines import Kind, Window, understand
from tests.core.roadmap.deadlines import wordings, wordings_of_strangers

YEARS = (2021, 2022, 2023)
THREE_YEARS = date(2021, 1, 1), date(2023, 12, 31)
SCHOOL_YEAR = date(2021, 9, 1), date(2022, 8, 31)


def rows(table: str) -> list[list[str]]:
    """The cells of each row of a table."""
    lines = [line for line in table.strip().splitlines() if not line.startswith("#")]
    return [[cell.strip() for cell in line.split(" |")] for line in lines]


def windows(cell: str) -> tuple[Window, ...]:
    """Of «y-09 2021-09-15:2022-05» all windows, by their last day."""
    each = [one.replace("y", str(year)) for one in cell.split() for year in (YEARS if "y" in one else YEARS[:1])]
    found = [(one.partition(":")[0], one.rpartition(":")[2]) for one in each]
    return tuple(sorted((Window(first_day(a), last_day(b)) for a, b in found), key=lambda w: (w.ends, w.begins)))


def first_day(said: str) -> date:
    return date.fromisoformat(said if said.count("-") == 2 else f"{said}-01")


def last_day(said: str) -> date:
    if said.count("-") == 2:
        return date.fromisoformat(said)
    year, month = map(int, said.split("-"))
    return date(year, month, monthrange(year, month)[1])


DATED = [
    *(pytest.param(row, THREE_YEARS, id=row[0]) for row in rows(wordings.THREE_CALENDAR_YEARS)),
    *(pytest.param(row, THREE_YEARS, id=row[0]) for row in rows(wordings_of_strangers.THREE_CALENDAR_YEARS)),
    *(pytest.param(row, SCHOOL_YEAR, id=f"{row[0]} (учебный год)") for row in rows(wordings.ONE_SCHOOL_YEAR)),
]
BY_CONDITION = rows(wordings.BY_CONDITION) + rows(wordings_of_strangers.BY_CONDITION)
NOT_UNDERSTOOD = rows(wordings.NOT_UNDERSTOOD) + rows(wordings_of_strangers.NOT_UNDERSTOOD)


@pytest.mark.parametrize(("row", "period"), DATED)
def test_the_words_give_the_windows_worked_out_by_hand(row, period):
    words, kind, expected, *condition = row
    deadline = understand(words, *period)
    assert deadline.not_understood == ()
    assert deadline.windows == windows(expected)
    assert deadline.kind == Kind(kind)
    assert deadline.condition == (condition[0] if condition else None)


@pytest.mark.parametrize("row", BY_CONDITION, ids=lambda row: row[0])
def test_words_without_a_date_are_kept_and_say_where_it_comes_from(row):
    deadline = understand(row[0], *THREE_YEARS)
    assert (deadline.kind, deadline.windows, deadline.condition) == (Kind.BY_SCHEDULE, (), row[1])
    assert deadline.needs_date_from


@pytest.mark.parametrize("row", NOT_UNDERSTOOD, ids=lambda row: row[0])
def test_what_is_not_understood_is_named_and_nothing_is_guessed(row):
    deadline = understand(row[0], *THREE_YEARS)
    assert (deadline.kind, deadline.windows, deadline.understood) == (None, (), False)
    assert deadline.not_understood == (row[1],)


def test_the_table_is_of_very_different_wordings():
    assert len(DATED) >= 200


def test_a_deadline_once_in_several_years_says_that_its_first_year_was_guessed():
    guessed = "Сказано «раз в два года», но не сказано, с какого года: взят первый такой срок периода."
    assert understand("раз в два года, март", *THREE_YEARS).remarks == (guessed,)
    assert understand("раз в два года, март 2021", *THREE_YEARS).remarks == ()


@pytest.mark.parametrize("words", ["до конца учебного года", "к концу учебного года", "до конца каждого учебного года"])
def test_the_end_of_the_school_year_is_told_apart_from_the_end_of_lessons(words):
    deadline = understand(words, *SCHOOL_YEAR)
    assert deadline.windows[-1].ends == date(2022, 8, 31)
    assert deadline.remarks == ("Концом учебного года считается его последний день, а не последний день занятий.",)
