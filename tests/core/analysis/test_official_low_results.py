"""The official list beside ours: every listed school, the agreement by a slow twin, and what can't be matched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.low_results import posterior, share_30
from msoko.core.analysis.methods.official.low_results_list import compute, sentence
from msoko.core.vocabulary.russian import NBSP
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.analysis.panels import method, panel_of, parameters, school, work

NAME = "official.low_results_list"
MATHS, RUSSIAN = work(1), work(2, "russian")
MATHS_BEFORE, RUSSIAN_BEFORE = work(3, year=2024), work(4, "russian", year=2024)
LOW, GOOD, SMALL, ELSEWHERE = 10, 11, 12, 13
HERE, THERE = 2, 3  # municipalities
SCHOOLS = [school(LOW), school(GOOD), school(SMALL), school(ELSEWHERE, THERE)]
ORDER = "Приказ от 14.01.2025 № 17"


def wrote(failed, passed):
    return [3] * failed + [12] * passed


RESULTS = {
    one: {LOW: wrote(30, 20), GOOD: wrote(1, 49), SMALL: wrote(3, 3), ELSEWHERE: wrote(40, 10)}
    for one in (MATHS, RUSSIAN)
}


def row(organisation, list_name="ШНОР", year="2025", batch=1, **more):
    said = {"school": "Школа", "list_name": list_name, "year": year, "document": ORDER, "batch": batch}
    return {**said, "organisation": organisation, "grounds": None, "left_on": None, **more}


def said(*rows, results=RESULTS, **asked):
    panel = panel_of(results, year=2025, schools=SCHOOLS, records={"low_results_list": rows})
    return compute(panel, parameters(NAME, **asked))


def of(outcome, key):
    return next(one for one in outcome.results if one.organisation == key)


def plain(outcome, key):
    return sentence(of(outcome, key)).replace(NBSP, " ")


# ---- the figures


def test_every_listed_school_has_its_figure_with_grounds_and_document():
    outcome = said(row(LOW, grounds="ВПР, 5 класс, математика"), row(GOOD))
    assert [one.organisation for one in outcome.results] == [LOW, GOOD]
    statistic = of(outcome, LOW).statistic
    assert (statistic["list_name"], statistic["grounds"], statistic["document"]) == (
        "ШНОР",
        "ВПР, 5 класс, математика",
        ORDER,
    )
    assert {one.verdict for one in outcome.results} == {None}


def test_our_answers_are_those_of_our_methods():
    outcome = said(row(LOW), row(GOOD), row(SMALL))
    assert {one.organisation: one.statistic["ours"] for one in outcome.results} == {
        LOW: {"low_results.share_30": "robust", "low_results.posterior": "robust"},
        GOOD: {"low_results.share_30": None, "low_results.posterior": None},
        SMALL: {"low_results.share_30": "few_data", "low_results.posterior": "few_data"},
    }


def test_a_list_of_adverse_conditions_alone_is_no_list_of_low_results():
    outcome = said(row(LOW, "ШНСУ"), row(GOOD, "ШНОР и ШНСУ"))
    assert [(one.organisation, one.statistic["list_name"]) for one in outcome.results] == [(GOOD, "ШНОР и ШНСУ")]
    assert (outcome.territory["listed"], outcome.territory["adverse_only"]) == (1, 1)


def test_two_rows_of_one_school_are_one_figure():
    outcome = said(row(LOW, "ШНСУ"), row(LOW, "ШНОР", grounds="ОГЭ"), row(LOW, "ШНОР", grounds="ОГЭ"))
    (result,) = outcome.results
    assert (result.statistic["list_name"], result.statistic["grounds"]) == ("ШНОР и ШНСУ", "ОГЭ")


def test_the_batch_accepted_last_speaks_for_its_schools():
    outcome = said(row(LOW, grounds="новое", batch=9), row(LOW, grounds="старое", batch=1), row(GOOD, batch=1))
    assert of(outcome, LOW).statistic["grounds"] == "новое"
    assert [one.organisation for one in outcome.results] == [LOW, GOOD]


def test_the_list_of_another_year_is_not_this_year_s():
    outcome = said(row(LOW, year="2024"), row(GOOD))
    assert [one.organisation for one in outcome.results] == [GOOD]


# ---- agreement


keys = st.sets(st.sampled_from([LOW, GOOD, SMALL, ELSEWHERE]))
wrote_so = st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda pair: wrote(*pair))
drawn = st.fixed_dictionaries(dict.fromkeys((LOW, GOOD, SMALL, ELSEWHERE), wrote_so))


@settings(deadline=None, max_examples=60)
@given(listed=keys.filter(bool), maths=drawn, russian=drawn)
def test_the_agreement_is_that_of_plain_sets(listed, maths, russian):
    results = {MATHS: maths, RUSSIAN: russian}
    outcome = said(*(row(key) for key in sorted(listed)), results=results)
    panel = panel_of(results, year=2025, schools=SCHOOLS)
    whole = {LOW: HERE, GOOD: HERE, SMALL: HERE, ELSEWHERE: THERE}
    places = {whole[key] for key in listed}
    compared = {key for key, place in whole.items() if len(places) > 1 or place in places}
    assert outcome.territory["compared"] == len(compared)
    for one, module in zip(outcome.territory["agreement"], (share_30, posterior), strict=True):
        ours = {result.organisation for result in module.compute(panel, parameters(one["method"])).results}
        assert set(one["both"]) == ours & listed
        assert set(one["only_official"]) == listed - ours
        assert set(one["only_ours"]) == (ours - listed) & compared


def test_a_list_of_one_municipality_says_nothing_of_another():
    (share, _) = said(row(GOOD)).territory["agreement"]
    assert (share["only_official"], share["only_ours"]) == ([GOOD], [LOW])
    (share, _) = said(row(GOOD), row(ELSEWHERE)).territory["agreement"]
    assert (share["both"], share["only_ours"]) == ([ELSEWHERE], [LOW])


def test_the_list_may_be_compared_with_results_of_the_year_before():
    results = {
        MATHS: {LOW: wrote(0, 50)},
        RUSSIAN: {LOW: wrote(0, 50)},
        MATHS_BEFORE: {LOW: wrote(40, 10)},
        RUSSIAN_BEFORE: {LOW: wrote(40, 10)},
    }
    assert of(said(row(LOW), results=results), LOW).statistic["ours"]["low_results.share_30"] is None
    before = of(said(row(LOW), results=results, lag=1), LOW)
    assert (before.statistic["ours"]["low_results.share_30"], before.statistic["results_year"]) == ("robust", 2024)


@pytest.mark.parametrize("ours", ["low_results.share_30", "low_results.posterior"])
def test_its_parameters_are_those_of_our_methods(ours):
    mine = method(NAME).defaults
    assert method(ours).defaults.items() <= mine.items()


# ---- what can't be matched


def test_an_unknown_school_is_named_once_and_never_lost():
    stranger = row(None, school='МБОУ "Лесная СОШ"', municipality="Приречный район", login="sch990099")
    outcome = said(row(LOW), stranger, dict(stranger))
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [
        (
            None,
            "школа из официального перечня не найдена в реестре: «МБОУ „Лесная СОШ“» (Приречный район, sch990099)",
        )
    ]
    assert outcome.territory["unknown"] == 1


def test_without_a_list_the_reason_is_said():
    assert [one.reason for one in said().not_computed] == [
        "официальный перечень школ с низкими результатами не загружен"
    ]
    outcome = said(row(LOW, year="2023"), row(GOOD, year="2024"))
    assert [one.reason.replace(NBSP, " ") for one in outcome.not_computed] == [
        "официального перечня на 2025 г. нет, есть на 2023 и 2024"
    ]
    assert outcome.results == ()


def test_a_listed_school_without_results_says_why_nothing_stands_beside():
    results = {one: {LOW: wrote(30, 20)} for one in (MATHS, RUSSIAN)}
    told = plain(said(row(GOOD), results=results), GOOD)
    assert told.endswith("судить нельзя: ни одной из учитываемых работ школа в этом году не писала.")


def test_empty_cells_and_their_signs_say_nothing():
    outcome = said(row(LOW, grounds=Unknown.NOT_APPLICABLE, document="", left_on=Unknown.MISSING))
    assert plain(outcome, LOW).startswith("В официальном перечне ШНОР на 2025 г.; по результатам")


# ---- sentences


def test_the_sentence_tells_the_list_and_what_stands_beside():
    outcome = said(row(LOW, grounds="математика два года подряд", left_on="2025-12-31"), row(GOOD), row(SMALL))
    assert plain(outcome, LOW) == (
        "В официальном перечне ШНОР на 2025 г. (Приказ от 14.01.2025 № 17), основание: математика два года подряд, "
        "исключена 31.12.2025; по результатам 2025 г. школа тоже в списке, и с поправкой на случайность: "
        "устойчиво."
    )
    assert plain(outcome, GOOD).endswith("; по результатам 2025 г. оснований для списка нет.")
    assert plain(outcome, SMALL).endswith(
        "судить трудно: школа в списке, только если считать и самые малочисленные работы."
    )


def test_a_school_that_the_rule_names_by_chance_is_told_so():
    usual = {key: wrote(key % 7, 43) for key in range(20, 40)}
    results = {one: {LOW: wrote(20, 16), **usual} for one in (MATHS, RUSSIAN)}
    assert plain(said(row(LOW), results=results), LOW).endswith(
        "школа тоже в списке: по правилу — устойчиво, с поправкой на случайность — вероятно."
    )
    results = {one: {LOW: wrote(3, 7), **usual} for one in (MATHS, RUSSIAN)}
    assert plain(said(row(LOW), results=results), LOW).endswith(
        "школа тоже в списке по правилу, но с поправкой на случайность это не подтверждается."
    )
