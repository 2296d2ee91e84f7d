"""The published index of a territory: recounted plainly, school by school."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity import markers_2021
from msoko.core.analysis.methods.objectivity.territory_index import NOBODY_JUDGED, compute, sentence
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.panels import REGION, panel_of, parameters, school, work
from tests.core.analysis.published_panels import schools_scores
from tests.core.analysis.test_inflated_mean import HIGH, HONEST, marked_by_twin

NAME = "objectivity.territory_index"
ANY = parameters(NAME, procedures="any")
MATHS = work(1, "mathematics", 5)
places = st.integers(2, 4)


def placed(by_school, municipality_of=lambda key: 2 + key % 3):
    return panel_of({MATHS: by_school}, schools=[school(key, municipality_of(key)) for key in by_school])


def index_by_hand(by_school, keys):
    """How many of these schools could be judged, how many are marked, 100 less their per cent."""
    judged = [key for key in keys if len(set(by_school[key])) > 1]
    marked = [key for key in judged if key in marked_by_twin(by_school)]
    return len(marked), len(judged), 100 - 100 * len(marked) / len(judged) if judged else None


@given(schools_scores)
def test_every_territory_has_the_index_of_its_own_schools(by_school):
    outcome = compute(placed(by_school), ANY)
    if not outcome.procedures:
        return
    for one in outcome.results:
        keys = [key for key in by_school if one.organisation in (REGION, 2 + key % 3)]
        expected = index_by_hand(by_school, keys)
        assert (one.statistic["k"], one.statistic["n"], one.statistic["index"]) == pytest.approx(expected)
    judged = {key for key, scored in by_school.items() if len(set(scored)) > 1}
    assert {one.organisation for one in outcome.results} == {one for key in judged for one in (REGION, 2 + key % 3)}


def test_the_interval_is_wilsons_of_the_schools_without_a_marker():
    outcome = compute(placed(HONEST | {99: HIGH}), ANY)
    for one in outcome.results:
        clean, n = one.statistic["n"] - one.statistic["k"], one.statistic["n"]
        assert one.interval == pytest.approx(wilson(clean, n))


def test_schools_are_those_of_the_method_of_markers():
    panel = placed(HONEST | {99: HIGH})
    marked = markers_2021.compute(panel, parameters("objectivity.markers_2021", procedures="any")).results
    assert compute(panel, ANY).territory["k"] == len(marked)


def test_the_region_has_no_index_when_only_a_part_of_its_schools_is_here():
    panel = placed(HONEST | {99: HIGH})
    larger = {MATHS.key: replace(panel.region[MATHS.key], n=20_000, is_aggregate=True)}
    outcome = compute(replace(panel, region=larger), ANY)
    assert REGION not in {one.organisation for one in outcome.results}
    assert REGION in {one.organisation for one in outcome.not_computed}
    assert outcome.territory["is_whole_region"] is False


def test_a_territory_where_no_school_could_be_judged_is_named():
    outcome = compute(placed(HONEST | {97: [7]}, lambda key: 5 if key == 97 else 2), ANY)
    named = [(one.organisation, one.reason) for one in outcome.not_computed if one.organisation is not None]
    assert named == [(5, NOBODY_JUDGED)]


def test_without_a_region_there_is_no_index_and_the_reason_is_given():
    panel = panel_of({MATHS: HONEST | {99: HIGH}}, with_region=False)
    outcome = compute(panel, ANY)
    assert (outcome.results, outcome.territory["index"], outcome.territory["n"]) == ((), None, 0)
    assert any("нет регионального ориентира" in one.reason for one in outcome.not_computed)


def test_a_figure_has_no_verdict_and_follows_from_the_territory_s_results():
    outcome = compute(placed(HONEST | {99: HIGH}), ANY)
    assert {one.verdict for one in outcome.results} == {None}
    assert {one.organisation for one in outcome.results[0].inputs} == {outcome.results[0].organisation, REGION}


def test_a_sentence_says_the_share_with_its_interval_and_that_it_is_a_reason_to_check():
    by_school = HONEST | {99: HIGH}
    (found,) = [one for one in compute(placed(by_school), ANY).results if one.organisation == REGION]
    said = sentence(found).replace("\u00a0", " ")
    k, n, index = index_by_hand(by_school, by_school)
    assert said.startswith(f"Индекс объективности {index:.0f} (")
    assert f"({k} из {n}; " in said
    assert said.endswith("Маркер — повод проверить, а не вывод о школе.")
