"""Journal marks against scores: the marker against plain ranks and SciPy, and at the edges of what it can say."""

from dataclasses import replace
from statistics import mean

import pytest
from hypothesis import given
from scipy.stats import spearmanr

from msoko.core.analysis.methods.objectivity._published_ranks import RankCorrelation
from msoko.core.analysis.methods.objectivity.journal_mismatch import (
    CONSTANT,
    NO_JOURNAL,
    by_journal_mark,
    compute,
    sentence,
)
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.panel import NO_SCORES, NOBODY
from tests.core.analysis.panels import panel_of, parameters, tally_of, work
from tests.core.analysis.published_panels import schools_pairs

NAME = "objectivity.journal_mismatch"
MATHS = work(1, "mathematics", 5)
ANY = parameters(NAME, procedures="any")
FROM_FOUR = {"procedures": "any", "min_n": "4"}
USUAL = [(4, 2), (7, 3), (8, 3), (9, 3), (10, 4), (12, 4), (13, 4), (11, 3), (16, 5), (18, 5), (14, 4)]
AGAINST = [(18, 2), (16, 3), (15, 3), (14, 3), (12, 4), (11, 4), (10, 4), (9, 4), (5, 5), (4, 5), (7, 5)]


def ranks_of(values):
    """Average ranks, by looking at every other value."""
    return [sum(other < one for other in values) + (sum(other == one for other in values) + 1) / 2 for one in values]


def twins_of(pairs):
    """Pearson's correlation of the ranks (None where one side is constant) and the published formula."""
    known = [(score, mark) for score, mark in pairs if mark is not None]
    n = len(known)
    first, second = ranks_of([score for score, _ in known]), ranks_of([mark for _, mark in known])
    middle = (n + 1) / 2
    together = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    spread = sum((a - middle) ** 2 for a in first) * sum((b - middle) ** 2 for b in second)
    apart = sum((a - b) ** 2 for a, b in zip(first, second, strict=True))
    return n, together / spread**0.5 if spread else None, 1 - 6 * apart / (n * (n * n - 1)) if n > 1 else None


def marked_by_twin(by_school, min_n, formula):
    marked = set()
    for school, pairs in by_school.items():
        n, corrected, published = twins_of(pairs)
        r = corrected if formula == "tie_corrected" else published
        marked |= {school} if n >= min_n and r is not None and r < -1e-12 else set()
    return marked


@pytest.mark.parametrize("formula", ["tie_corrected", "published"])
@given(schools_pairs)
def test_the_marked_schools_are_those_of_a_plain_computation(formula, by_school):
    outcome = compute(panel_of({MATHS: by_school}), parameters(NAME, **FROM_FOUR, formula=formula))
    assert {one.organisation for one in outcome.results} == marked_by_twin(by_school, 4, formula)


@given(schools_pairs)
def test_every_school_is_judged_or_named_with_the_reason(by_school):
    outcome = compute(panel_of({MATHS: by_school}), parameters(NAME, **FROM_FOUR))
    if outcome.procedures:
        assert outcome.procedures[0].eligible + len(outcome.not_computed) == len(by_school)
    else:
        assert [one.reason for one in outcome.not_computed] == [NO_JOURNAL]


@given(schools_pairs)
def test_ranks_are_correlated_as_scipy_does_it(by_school):
    for pairs in by_school.values():
        found = RankCorrelation.of(tally_of(pairs).journal)
        known = [pair for pair in pairs if pair[1] is not None]
        if found.tie_corrected is not None:
            assert found.tie_corrected == pytest.approx(spearmanr(*zip(*known, strict=True)).statistic, abs=1e-12)


def test_without_ties_both_formulas_agree():
    found = RankCorrelation.of({(1, 30): 1, (2, 10): 1, (3, 20): 1, (4, 50): 1, (5, 40): 1})
    assert found.tie_corrected == pytest.approx(found.published)
    assert found.published == pytest.approx(1 - 6 * (4 + 1 + 1 + 1 + 1) / (5 * 24))


def test_ties_can_turn_the_sign():
    found = RankCorrelation.of({(3, 3): 2, (2, 4): 1, (3, 4): 1, (3, 5): 1})
    assert found.tie_corrected < 0 < found.published


def test_of_one_pair_there_is_no_correlation():
    assert RankCorrelation.of({(5, 3): 1}) == RankCorrelation(1, None, None)
    assert RankCorrelation.of({}) == RankCorrelation(0, None, None)


def test_exactly_no_correlation_is_not_negative():
    pairs = [(1, 2), (1, 3), (2, 2), (2, 3)] * 3
    assert compute(panel_of({MATHS: {10: pairs}}), ANY).results == ()


def test_equal_scores_equal_marks_few_and_nobody_are_told_apart():
    by_school = {
        10: [(7, mark) for mark in (3, 4, 5, 3, 4, 5, 3, 4, 5, 3)],
        11: [(score, 4) for score in range(12)],
        12: [(5, 3), (6, 4), (7, 5), (8, 5), (3, None)],
        13: [],
        14: [(5, None), (6, None)],
        15: USUAL,
    }
    outcome = compute(panel_of({MATHS: by_school}), ANY)
    reasons = {one.organisation: one.reason.replace("\u00a0", " ") for one in outcome.not_computed}
    assert reasons == {
        10: CONSTANT,
        11: CONSTANT,
        12: "с отметкой по журналу 4 участника, нужно не меньше 10",
        13: NOBODY,
        14: NO_JOURNAL,
    }
    (whole,) = outcome.procedures
    assert (whole.eligible, whole.reference["schools_min_n"], whole.reference["constant"]) == (1, 3, 2)


def test_the_published_formula_answers_for_equal_scores_too_and_never_marks_them():
    equal = [(7, mark) for mark in (3, 4, 5, 3, 4, 5, 3, 4, 5, 3)]
    outcome = compute(panel_of({MATHS: {10: equal}}), parameters(NAME, procedures="any", formula="published"))
    assert (outcome.procedures[0].eligible, outcome.results, outcome.not_computed) == (1, (), ())


def test_a_work_without_journal_marks_is_named_once():
    exam = work(2, "mathematics", 9, kind="oge")
    outcome = compute(panel_of({exam: {10: [5, 6, 7], 11: [8, 9], 12: []}}), ANY)
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(None, NO_JOURNAL)]


def test_an_aggregate_table_has_no_pairs():
    panel = panel_of({MATHS: {10: USUAL, 11: AGAINST}})
    groups = dict(panel.schools[MATHS.key])
    groups[11] = replace(groups[11], packed_tally=None, is_aggregate=True)
    outcome = compute(replace(panel, schools={MATHS.key: groups}), ANY)
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(11, NO_SCORES)]


def test_no_region_is_needed():
    panel = panel_of({MATHS: {10: USUAL, 11: AGAINST}}, with_region=False)
    assert [one.organisation for one in compute(panel, ANY).results] == [11]


def test_among_schools_where_marks_and_scores_agree_the_opposite_is_steady():
    schools = dict.fromkeys(range(10, 40), USUAL)
    (found,) = compute(panel_of({MATHS: schools | {99: AGAINST * 3}}), ANY).results
    assert (found.organisation, found.verdict) == (99, Verdict.ROBUST)
    low, high = found.interval
    assert -1 < low < found.statistic["r"] < high < 0


def test_a_smaller_school_is_told_apart_as_few_data():
    schools = dict.fromkeys(range(10, 40), USUAL)
    outcome = compute(panel_of({MATHS: schools | {99: AGAINST[:9]}}), ANY)
    assert outcome.results == ()
    assert [(one.organisation, one.verdict) for one in outcome.few_data] == [(99, Verdict.FEW_DATA)]


def test_means_by_journal_mark_are_those_of_the_pupils():
    cells = [[score, mark, 1] for score, mark in AGAINST]
    for mark, (n, average) in by_journal_mark(cells).items():
        own = [score for score, one in AGAINST if one == mark]
        assert (n, average) == (len(own), pytest.approx(mean(own)))


def test_a_sentence_says_scores_by_journal_mark_and_that_it_is_a_reason_to_check():
    (found,) = compute(panel_of({MATHS: {10: AGAINST}}), ANY).results
    said = sentence(found).replace("\u00a0", " ")
    assert said.startswith(
        "По математике в 5 классе баллы идут вразрез с журналом. Средний балл по отметкам в нём: "
        "«2» — 18,0 (1 чел.), «3» — 15,0 (3 чел.), «4» — 10,5 (4 чел.), «5» — 5,3 (3 чел.)."
    )
    assert "(11 участников; от −0," in said
    assert said.endswith("Это повод проверить журнал и работы.")
