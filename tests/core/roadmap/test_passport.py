"""The passport of a programme: its fields in order, JSON and back, a template's months and years."""

import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings

from msoko.core.definitions import programme_kinds as templates
from msoko.core.definitions.filling import Filling, filled, period_of
from msoko.core.definitions.loading import Definitions
from msoko.core.roadmap.passport import (
    LISTS,
    NAMES,
    TABLES,
    TEXTS,
    Indicator,
    Participant,
    Passport,
    Risk,
    Stage,
    amount,
    from_json,
    from_template,
    target_in_words,
    year_in_words,
    years_of,
)
from tests.core.roadmap.passports import passports


@settings(deadline=None)
@given(passports)
def test_a_passport_comes_back_from_json_as_it_was(passport):
    assert from_json(json.loads(json.dumps(passport.to_json()))) == passport


def test_every_field_has_a_name_and_a_sort_and_the_template_s_key():
    own = {one.name for one in fields(Passport)}
    assert own == {one.name for one in fields(templates.Passport)} == set(NAMES)
    assert sorted((*TEXTS, *LISTS, *TABLES)) == sorted(NAMES)


def test_nothing_is_an_empty_passport_that_says_what_it_lacks():
    assert from_json({}) == Passport()
    assert Passport().to_json() == {}
    assert Passport(goal="Цель").empty_fields == tuple(name for name in NAMES if name != "goal")


def test_a_text_of_an_imported_document_becomes_lines_or_rows():
    read = from_json({"tasks": " Первая \n\nВторая", "stages": "Подготовительный\nОсновной", "risks": ["Нет учителей"]})
    assert read.tasks == ("Первая", "Вторая")
    assert [stage.title for stage in read.stages] == ["Подготовительный", "Основной"]
    assert read.risks == (Risk("Нет учителей"),)


@pytest.mark.parametrize(
    ("field", "said"),
    [("goal", 5), ("tasks", {"a": 1}), ("tasks", [1]), ("stages", 5),
     ("stages", [{"title": "Этап", "begins": "вчера"}]),
     ("indicators", [{"name": "Доля", "base": "много"}]), ("indicators", [{"name": "Доля", "base": float("inf")}]),
     ("indicators", [{"name": "Доля", "targets": {"первый": 5}}])],
)  # fmt: skip
def test_what_no_passport_holds_is_refused_by_the_name_of_its_field(field, said):
    with pytest.raises(ValueError, match=NAMES[field]):
        from_json({field: said})


def test_months_of_a_template_become_days_and_its_years_calendar_years():
    template = templates.Passport(
        grounds=("Закон",), developer="УО", executors=(), goal="Цель", tasks=(), expected_results=(), control="УО",
        stages=(templates.StageTemplate("Основной", 7, 30, "Выполнение"),),
        indicators=(templates.IndicatorTemplate("Доля", "%", "≥", "Протоколы", {1: 40, 3: None}),),
        participants=(templates.Participant("Школы", ("участвуют",)),),
    )  # fmt: skip
    passport = from_template(template, date(2026, 1, 1))
    assert passport.stages == (Stage("Основной", date(2026, 7, 1), date(2028, 6, 30), "Выполнение"),)
    assert passport.indicators[0].targets == {2026: 40, 2028: None}
    assert passport.participants == (Participant("Школы", ("участвуют",)),)


@pytest.mark.parametrize("slug", Definitions.load().programme_slugs)
def test_every_template_gives_a_passport_whose_targets_lie_within_its_period(slug):
    template = Definitions.load().programme(slug)
    begins, ends = period_of(template, 2026)
    passport = from_template(filled(template, Filling(2026, "Приречный район")).passport, begins)
    assert not passport.empty_fields
    assert {year for one in passport.indicators for year in one.targets} <= set(years_of(begins, ends))
    assert all(one.begins >= begins and one.ends <= ends for one in passport.stages)


@pytest.mark.parametrize(
    ("begins", "ends", "years", "first"),
    [
        (date(2023, 1, 1), date(2025, 12, 31), [2023, 2024, 2025], "2023"),
        (date(2023, 9, 1), date(2025, 8, 31), [2023, 2024], "2023/24"),
        (date(2023, 11, 1), date(2024, 8, 31), [2023], "2023/24"),
        (date(2020, 10, 1), date(2022, 12, 31), [2020, 2021, 2022], "2020/21"),
        (date(2099, 9, 1), date(2099, 12, 31), [2099], "2099/00"),
    ],
)
def test_years_are_calendar_or_school_years_by_the_beginning(begins, ends, years, first):
    assert years_of(begins, ends) == years
    assert year_in_words(begins.year, begins) == first


@pytest.mark.parametrize(
    ("comparator", "value", "words"),
    [("≥", 80, "≥ 80 %"), ("≤", 4.5, "≤ 4,5 %"), ("рост", None, "рост"), ("снижение", 10, "снижение до 10 %"),
     ("≥", None, "не задано"), ("≥", 0, "≥ 0 %"), ("", 3, "3 %")],
)  # fmt: skip
def test_a_target_is_said_in_words_and_zero_is_not_nothing(comparator, value, words):
    assert target_in_words(Indicator("Доля", "%", comparator), value).replace("\u00a0", " ") == words


@pytest.mark.parametrize(("value", "said"), [(80.0, "80"), (0.1 + 0.2, "0,3"), (2 / 3, "0,667"), (-1.5, "−1,5")])
def test_an_amount_has_no_more_decimals_than_it_needs(value, said):
    assert amount(value) == said
