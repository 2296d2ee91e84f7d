"""A year of a plan, of an event or of an examination is no date by itself; what has an end does not go on behind it."""

from datetime import date

import pytest

from msoko.core.roadmap.deadlines import Kind, Window, understand

PERIOD = date(2020, 1, 1), date(2022, 12, 31)
AUTUMN = Window(date(2021, 9, 1), date(2021, 12, 31))
SEPTEMBER = Window(date(2021, 9, 1), date(2021, 9, 30))
UNTIL_THE_END_OF_2021 = Window(date(2020, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    "words",
    [
        "за 5 рабочих дней до 25 мая 2021 года",
        "не позднее чем за 14 дней до 1 июня 2021 г.",
        "в течение 10 дней после 1 сентября 2021 года",
        "за 5 дней до 25 мая, 2021 год",
        "за 5 дней до 25 мая 2021 и 2022 годов",
        "за 2 недели до конца четверти 2021/22 учебного года",
    ],
)
def test_the_year_of_the_day_that_is_counted_from_is_no_date_by_itself(words):
    deadline = understand(words, *PERIOD)
    assert (deadline.kind, deadline.windows) == (Kind.BY_SCHEDULE, ())
    assert deadline.condition == words.removesuffix(".")
    assert deadline.needs_date_from


def test_a_year_behind_a_day_that_has_its_own_is_another_date():
    deadline = understand("за 5 дней до 25.05.2021, 2022 год", *PERIOD)
    assert deadline.windows == (Window(date(2022, 1, 1), date(2022, 12, 31)),)


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("постоянно с 01.09.2021 по 31.12.2021", AUTUMN),
        ("постоянно, сентябрь – декабрь 2021 г.", AUTUMN),
        ("сентябрь – декабрь 2021 г., постоянно", AUTUMN),
        ("постоянно до 31.12.2021", UNTIL_THE_END_OF_2021),
        ("постоянно, не позднее 31 декабря 2021 года", UNTIL_THE_END_OF_2021),
        ("постоянно в сентябре 2021", SEPTEMBER),
        ("постоянно, кроме выходных, в сентябре 2021", SEPTEMBER),
    ],
)
def test_always_ends_with_the_range_that_is_named(words, window):
    deadline = understand(words, *PERIOD)
    assert (deadline.kind, deadline.windows) == (Kind.CONTINUOUS, (window,))


@pytest.mark.parametrize("words", ["сентябрь 2021, постоянно", "сентябрь 2021, далее постоянно"])
def test_always_behind_a_month_goes_on_from_it(words):
    assert understand(words, *PERIOD).windows == (SEPTEMBER, Window(date(2021, 10, 1), date(2022, 12, 31)))


@pytest.mark.parametrize(
    ("words", "window", "condition"),
    [
        ("сентябрь 2021 (план 2022 г.)", SEPTEMBER, "план 2022 года"),
        ("сентябрь 2021 (план-2022)", SEPTEMBER, "план 2022 года"),
        ("сентябрь 2021 по приказу 2020 года", SEPTEMBER, "по приказу 2020 года"),
        ("сентябрь 2021 для включения в план 2022 года", SEPTEMBER, "для включения в план 2022 года"),
        ("сентябрь 2021 г. (по результатам ЕГЭ 2020)", SEPTEMBER, "по результатам ЕГЭ 2020 года"),
        ("по итогам ВПР 2020 до 31 декабря 2021", UNTIL_THE_END_OF_2021, "по итогам ВПР 2020 года"),
        ("сентябрь 2021 г. (ВПР-2020)", SEPTEMBER, "ВПР-2020"),
        ("сентябрь 2021 – подготовка к ГИА-2022", SEPTEMBER, "подготовка к ГИА-2022"),
        ("подготовка к ГИА-2022 – сентябрь 2021", SEPTEMBER, "подготовка к ГИА-2022"),
    ],
)
def test_the_year_of_a_plan_or_an_examination_beside_a_date_is_no_date(words, window, condition):
    deadline = understand(words, *PERIOD)
    assert (deadline.kind, deadline.windows) == (Kind.ONCE, (window,))
    assert deadline.condition == condition


def test_a_purpose_with_its_year_that_is_only_half_understood_is_refused():
    deadline = understand("сентябрь 2021, подготовка к ГИА-2022", *PERIOD)
    assert (deadline.understood, deadline.windows) == (False, ())


@pytest.mark.parametrize(
    "words",
    [
        "сентябрь 2021 (разработка), 2022 (внедрение)",
        "сентябрь 2021 (разработка) 2022 (внедрение)",
        "разработка – сентябрь 2021, внедрение – 2022 год",
        "сентябрь 2021 по плану, 2022 по графику",
        "сентябрь 2021 для школ; 2022 для садов",
    ],
)
def test_a_year_that_begins_a_part_of_its_own_is_a_date(words):
    whole_2022 = Window(date(2022, 1, 1), date(2022, 12, 31))
    assert understand(words, *PERIOD).windows == (SEPTEMBER, whole_2022)


@pytest.mark.parametrize("words", ["сентябрь-2021", "СЕНТЯБРЬ-2021", "сентебрь-2021"])
def test_a_month_with_a_dash_and_its_year_is_a_date(words):
    assert understand(words, *PERIOD).windows == (SEPTEMBER,)


@pytest.mark.parametrize("words", ["октябрь 2021 (ЕГЭ - 2020)", "октябрь 2021 (по итогам ОГЭ – 2020)"])
def test_an_examination_has_its_year_also_behind_a_dash_with_blanks(words):
    october = Window(date(2021, 10, 1), date(2021, 10, 31))
    assert understand(words, *PERIOD).windows == (october,)
