"""Inflation that stays: runs of years and shares of works against plain counting, and the edges."""

from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity.stable_inflation import compute, sentence
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.panels import REGION, panel_of, parameters, work
from tests.core.analysis.published_panels import scores
from tests.core.analysis.test_inflated_mean import HIGH, HONEST, marked_by_twin

NAME = "objectivity.stable_inflation"
ANY = parameters(NAME, procedures="any")
SUBJECTS = ("mathematics", "russian", "history")
YEARS = (2025, 2024, 2023)
WORKS = {
    (subject, year): work(10 * (2026 - year) + i, subject, 5, year)
    for i, subject in enumerate(SUBJECTS)
    for year in YEARS
}
a_work = st.dictionaries(st.integers(10, 16), st.lists(scores, min_size=2, max_size=5), min_size=3, max_size=7)


def by_hand(results, consecutive=2):
    """School → (longest run of years up to this one, works marked this year, works judged this year)."""
    found = {}
    for school in range(10, 17):
        marked = {key for key, by_school in results.items() if school in marked_by_twin(by_school)}
        runs = []
        for subject in SUBJECTS:
            run = 0
            while (subject, 2025 - run) in marked:
                run += 1
            runs.append(run)
        now = [key for key in results if key[1] == 2025 and len(set(results[key].get(school, ()))) > 1]
        judged = [key for key in now if len({one for scored in results[key].values() for one in scored}) > 1]
        found[school] = max(runs), sum(key in marked for key in now), len(judged)
    return {
        school: (run, k, n) for school, (run, k, n) in found.items() if run >= consecutive or (n >= 3 and k >= n / 2)
    }


@settings(deadline=None, max_examples=60)
@given(st.fixed_dictionaries(dict.fromkeys(WORKS, a_work)))
def test_the_marked_schools_are_those_counted_by_hand(results):
    outcome = compute(panel_of({WORKS[key]: by_school for key, by_school in results.items()}, year=2025), ANY)
    expected = by_hand(results)
    found = {
        one.organisation: (
            max(len(each["years"]) for each in one.statistic["works"]),
            one.statistic["marked"],
            one.statistic["judged"],
        )
        for one in outcome.results
    }
    assert found == expected


def years_of(**marked):
    """Maths in three years; the school № 99 is high in those named y2025, y2024 …"""
    usual = [10, 9, 11, 10, 12, 8] * 6
    return panel_of(
        {
            WORKS["mathematics", year]: HONEST | {99: HIGH if marked.get(f"y{year}") else usual}
            for year in YEARS
            if marked.get(f"y{year}") is not None
        },
        year=2025,
    )


def test_two_years_in_a_row_are_steady_when_large_and_unusual_each_time():
    (found,) = compute(years_of(y2025=True, y2024=True, y2023=False), ANY).results
    assert (found.organisation, found.verdict) == (99, Verdict.ROBUST)
    assert [one["year"] for one in found.statistic["repeated"][0]["years"]] == [2025, 2024]


def test_a_year_between_breaks_the_run():
    assert compute(years_of(y2025=True, y2024=False, y2023=True), ANY).results == ()


def test_a_year_that_the_system_lacks_is_named_and_does_not_join_the_others():
    outcome = compute(years_of(y2025=True, y2023=True), ANY)
    assert outcome.results == ()
    assert [one.reason for one in outcome.not_computed if "повтор не проверяется" in one.reason]


def test_three_years_can_be_asked_for():
    asked = parameters(NAME, procedures="any", consecutive="3")
    assert compute(years_of(y2025=True, y2024=True, y2023=False), asked).results == ()
    assert len(compute(years_of(y2025=True, y2024=True, y2023=True), asked).results) == 1


def test_most_works_of_one_year_are_enough():
    usual = [10, 9, 11, 10, 12, 8] * 6
    works = {
        WORKS["mathematics", 2025]: HONEST | {99: HIGH},
        WORKS["russian", 2025]: HONEST | {99: HIGH},
        WORKS["history", 2025]: HONEST | {99: usual},
    }
    (found,) = compute(panel_of(works, year=2025), ANY).results
    assert (found.statistic["marked"], found.statistic["judged"], found.verdict) == (2, 3, Verdict.LIKELY)
    two = dict(list(works.items())[:2])
    assert compute(panel_of(two, year=2025), ANY).results == ()


def test_small_schools_are_few_data_and_without_a_region_nothing_is_said():
    works = {WORKS["mathematics", year]: HONEST | {99: [20, 19, 20]} for year in (2025, 2024)}
    (found,) = compute(panel_of(works, year=2025), ANY).results
    assert found.verdict is Verdict.FEW_DATA
    alone = compute(panel_of(works, year=2025, with_region=False), ANY)
    assert (alone.results, alone.procedures) == ((), ())
    assert {one.organisation for one in alone.not_computed} == {None}


def test_inputs_are_of_all_years_in_the_run():
    (found,) = compute(years_of(y2025=True, y2024=True, y2023=False), ANY).results
    both = {WORKS["mathematics", year].key for year in (2025, 2024)}
    assert {(one.procedure, one.organisation) for one in found.inputs} == {
        (key, of) for key in both for of in (99, REGION)
    }


def test_a_sentence_names_years_and_points_and_says_it_is_a_reason_to_check():
    (found,) = compute(years_of(y2025=True, y2024=True, y2023=False), ANY).results
    said = sentence(found).replace("\u00a0", " ")
    assert said == (
        "Средний балл выше регионального несколько лет подряд: по математике в 5 классе (2024 г. на 8,3 балла, "
        "2025 г. на 8,3 балла). Сильная школа выглядит так же. Это повод проверить часть работ за эти годы."
    )
