"""Low results with chance taken out: priors and probabilities against a slow obvious twin, and its edges."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from msoko.core.analysis.methods.low_results._alike import CONDITIONS, kin_of_schools
from msoko.core.analysis.methods.low_results._prior import fit_without_each
from msoko.core.analysis.methods.low_results.posterior import compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP
from tests.core.analysis.panels import panel_of, parameters, school, work

NAME = "low_results.posterior"
MATHS, RUSSIAN = work(1), work(2, "russian")
MATHS_BEFORE = work(3, year=2024)
FAILED, PASSED = 3, 12  # scores of marks 2 and 4
MINE = 10
OTHERS = tuple(range(20, 40))


def wrote(failed, passed):
    return [FAILED] * failed + [PASSED] * passed


def said(results, schools=(), **asked):
    panel = panel_of(results, year=2025, schools=schools)
    return compute(panel, parameters(NAME, **{"procedures": ["any"], **asked}))


def among_others(mine, others=(2, 18)):
    """A school among twenty of its type that fail less."""
    return {MINE: wrote(*mine)} | {key: wrote(*others) for key in OTHERS}


def of(outcome, key=MINE):
    found = [one for one in (*outcome.results, *outcome.few_data) if one.organisation == key]
    return found[0] if found else None


# ---- the twin: the moments by their definition, one school after another


def _moments(shares, weights, heaviest):
    total = sum(weights)
    mean = sum(w * k / n for w, (k, n) in zip(weights, shares, strict=True)) / total
    spread = sum(w * (k / n - mean) ** 2 for w, (k, n) in zip(weights, shares, strict=True))
    chance = sum(w / n * (1 - w / total) for w, (_, n) in zip(weights, shares, strict=True))
    free = sum(w * (1 - w / total) for w in weights) - chance
    if mean * (1 - mean) * free <= 1e-12:
        return mean, 1 / (heaviest + 1)
    rho = (spread - mean * (1 - mean) * chance) / (mean * (1 - mean) * free)
    return mean, min(max(rho, 1 / (heaviest + 1)), 0.5)


def twin_prior(shares, without, heaviest):
    """(mean, weight) of all schools but one. The weights come from all of them, that one too."""
    _, rough = _moments(shares, [n for _, n in shares], heaviest)
    others = [share for i, share in enumerate(shares) if i != without]
    mean, rho = _moments(others, [n / (1 + rough * (n - 1)) for _, n in others], heaviest)
    edge = 0.5 / (sum(n for _, n in others) + 1)
    return min(max(mean, edge), 1 - edge), 1 / rho - 1


shares = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None, max_examples=200)
@given(shares=st.lists(shares, min_size=2, max_size=12), heaviest=st.sampled_from([1, 8, 30, 200]))
def test_the_prior_of_each_school_is_made_of_the_others(shares, heaviest):
    k, n = (np.array(column, dtype=float) for column in zip(*shares, strict=True))
    means, weights = fit_without_each(k, n, heaviest)
    for i in range(len(shares)):
        mean, weight = twin_prior(shares, i, heaviest)
        assert means[i] == pytest.approx(mean, abs=1e-9)
        # Where the moments nearly vanish, the last bit of a sum decides how nearly.
        assert weights[i] == pytest.approx(weight, rel=1e-5)


def test_a_known_beta_distribution_is_found_again():
    """Two thousand schools of Beta(2, 8), 5 to 60 pupils each: mean 0.2, weight 10."""
    random = np.random.default_rng(7)
    n = random.integers(5, 61, 2000).astype(float)
    k = random.binomial(n.astype(int), random.beta(2, 8, 2000)).astype(float)
    means, weights = fit_without_each(k, n, 1000)
    assert means.mean() == pytest.approx(0.2, abs=0.01)
    assert weights.mean() == pytest.approx(10, abs=1)


def test_shares_that_differ_by_chance_alone_have_the_heaviest_prior():
    random = np.random.default_rng(3)
    n = np.full(400, 25.0)
    _, weights = fit_without_each(random.binomial(25, 0.15, 400).astype(float), n, 30)
    assert weights.min() >= 29.99


def test_where_nobody_failed_a_share_of_nought_is_not_certain():
    means, weights = fit_without_each(np.zeros(5), np.full(5, 20.0), 30)
    assert (means > 0).all()
    assert weights == pytest.approx(30)


# ---- the list


scores = st.tuples(st.integers(0, 6), st.integers(0, 8))
types = st.lists(st.sampled_from(["secondary", "basic"]), min_size=6, max_size=6)
by_school = st.lists(scores, min_size=6, max_size=6)


@settings(deadline=None, max_examples=80)
@given(
    maths=by_school,
    russian=by_school,
    before=by_school,
    types=types,
    min_n=st.integers(1, 6),
    repeated=st.booleans(),
    least_schools=st.integers(2, 4),
)
def test_probabilities_and_verdicts_are_those_of_the_twin(
    maths, russian, before, types, min_n, repeated, least_schools
):
    works = {MATHS: maths, RUSSIAN: russian, MATHS_BEFORE: before}
    results = {one: {i: wrote(*said) for i, said in enumerate(drawn)} for one, drawn in works.items()}
    schools = [school(i, school_type=kind, area="") for i, kind in enumerate(types)]
    outcome = said(results, schools, min_n=min_n, repeated=repeated, least_schools=least_schools, robust_min_n=1)
    for i in range(6):
        chances = {one: twin_chance(drawn, i, types, min_n, least_schools) for one, drawn in works.items()}
        probability = twin_list(chances, repeated)
        result = next((one for one in outcome.results if one.organisation == i), None)
        assert (result is not None) == (probability >= 0.5)
        if result:
            assert result.statistic["probability"] == pytest.approx(probability, abs=1e-6)
            assert result.verdict is (Verdict.ROBUST if probability >= 0.9 else Verdict.LIKELY)


def twin_chance(drawn, i, types, min_n, least_schools):
    """P(true share ≥ 30 %) of one school in one work; 0 where the work does not count."""
    failed, passed = drawn[i]
    if failed + passed < max(min_n, 1):
        return 0.0
    alike = [j for j in range(6) if types[j] == types[i] and sum(drawn[j])]
    mean, weight = 0.5, 1.0
    if len(alike) > least_schools:
        shares = [(drawn[j][0], sum(drawn[j])) for j in alike]
        mean, weight = twin_prior(shares, alike.index(i), 20)
    return beta.sf(0.3, mean * weight + failed, (1 - mean) * weight + passed)


def twin_list(chances, repeated):
    """Two works low, or mathematics low in both years: every case counted out."""
    total = 0.0
    for case in itertools.product((True, False), repeat=3):
        p = 1.0
        for happened, one in zip(case, (MATHS, RUSSIAN, MATHS_BEFORE), strict=True):
            p *= chances[one] if happened else 1 - chances[one]
        maths, russian, before = case
        total += p * ((maths and russian) or (repeated and maths and before))
    return total


# ---- shrinkage


def test_a_small_school_comes_nearer_to_its_peers_than_a_large_one():
    small = of(said({MATHS: among_others((14, 6)), RUSSIAN: among_others((14, 6))}))
    large = of(said({MATHS: among_others((70, 30)), RUSSIAN: among_others((70, 30))}))
    assert small.statistic["estimate"] < large.statistic["estimate"] < 70
    assert small.statistic["probability"] < large.statistic["probability"]


def test_a_raw_share_hardly_over_the_threshold_is_no_finding_and_is_told_as_unconfirmed():
    outcome = said({MATHS: among_others((3, 7)), RUSSIAN: among_others((3, 7))})
    assert of(outcome) is None
    (unconfirmed,) = outcome.territory["unconfirmed"]
    assert unconfirmed["organisation"] == MINE
    assert unconfirmed["probability"] < 0.5


def test_the_prior_is_told_with_its_group_size_and_mean():
    result = of(said({MATHS: among_others((28, 12)), RUSSIAN: among_others((28, 12))}))
    assert result.statistic["prior"] == {"peers": "сельские средние школы", "schools": 20, "mean": pytest.approx(10)}
    assert [one["prior"]["schools"] for one in result.statistic["low"]] == [20, 20]


def test_a_wider_group_is_taken_where_the_narrow_one_is_small_and_never_another_type():
    urban = [school(key, area="urban") for key in OTHERS[:6]]
    basic = [school(key, school_type="basic") for key in OTHERS[6:]]
    works = {MATHS: among_others((28, 12)), RUSSIAN: among_others((28, 12))}
    wider = of(said(works, [school(MINE), *urban, *basic], least_schools=5))
    assert (wider.statistic["prior"]["peers"], wider.statistic["prior"]["schools"]) == ("средние школы", 6)
    alone = of(said(works, [school(MINE, school_type="evening"), *urban, *basic], least_schools=5))
    assert alone.statistic["prior"] == {"peers": "", "schools": 0, "mean": None}
    assert "похожих школ слишком мало" in sentence(alone)


def test_a_school_is_no_evidence_about_itself():
    twice = [of(said({MATHS: among_others(mine), RUSSIAN: among_others(mine)})) for mine in ((28, 12), (40, 0))]
    means = [one.statistic["prior"]["mean"] for one in twice]
    assert means[0] == pytest.approx(means[1])


def test_one_school_alone_is_judged_by_the_number_of_its_pupils():
    result = of(said({MATHS: {MINE: wrote(20, 20)}, RUSSIAN: {MINE: wrote(20, 20)}}))
    first = result.statistic["low"][0]
    assert first["probability"] == pytest.approx(beta.sf(0.3, 20.5, 20.5))
    assert first["interval"] == pytest.approx([100 * q for q in beta.ppf((0.025, 0.975), 20.5, 20.5)])


def passports(indices):
    """Social passports in which the share of low-income families alone differs: the more, the harder."""
    rows = []
    for key, low_income in indices.items():
        row = dict.fromkeys(CONDITIONS["weights"], "0") | {"low_income": str(low_income)}
        rows.append({**row, "organisation": key, "academic_year": "2024", "pupils": "100"})
    return {"social_passport": rows}


def test_thirds_by_conditions_part_schools_of_one_type():
    works = {MATHS: among_others((28, 12)), RUSSIAN: among_others((28, 12))}
    panel = panel_of(works, year=2025, records=passports({MINE: 99} | {key: key for key in OTHERS}))
    names = {key: kin[0].name for key, kin in kin_of_schools(panel, True).items()}
    assert names[MINE] == "сельские средние школы с тяжёлыми условиями"
    assert names[OTHERS[0]] == "сельские средние школы с благополучными условиями"
    assert sorted(list(names.values()).count(name) for name in set(names.values())) == [7, 7, 7]
    asked = {"procedures": ["any"], "least_schools": 5}
    result = of(compute(panel, parameters(NAME, **asked)))
    assert (result.statistic["prior"]["peers"], result.statistic["prior"]["schools"]) == (names[MINE], 6)
    without = of(compute(panel, parameters(NAME, **asked, conditions="нет")))
    assert without.statistic["prior"]["peers"] == "сельские средние школы"


def test_conditions_are_weighed_as_the_index_of_conditions_weighs_them():
    index = parameters("context.index")
    assert {key: index[key] for key in CONDITIONS} == CONDITIONS


# ---- edges


def test_a_school_of_too_few_participants_is_few_data_with_its_probability():
    outcome = said({MATHS: among_others((4, 3)), RUSSIAN: among_others((4, 3))})
    assert outcome.results == ()
    few = of(outcome)
    assert (few.verdict, few.statistic["reach"] <= 7) == (Verdict.FEW_DATA, True)
    assert len(few.statistic["low"]) == 2


def test_few_data_of_a_repeated_work_say_that_it_is_repeated():
    few = of(said({MATHS: among_others((14, 6)), MATHS_BEFORE: among_others((6, 3))}))
    assert (few.verdict, few.statistic["low"][0]["repeated"]) == (Verdict.FEW_DATA, True)


def test_robust_needs_different_pupils_and_the_sentence_says_so():
    works = {MATHS: among_others((20, 0)), RUSSIAN: among_others((20, 0))}
    result = of(said(works))
    assert (result.verdict, result.statistic["pupils"], result.statistic["few_pupils"]) == (Verdict.LIKELY, 20, True)
    assert sentence(result).replace(NBSP, " ").endswith("— больше 99 %, но это всего 20 обучающихся.")
    assert of(said(works, robust_min_n=20)).verdict is Verdict.ROBUST


def test_a_school_just_under_the_threshold_in_many_works_may_be_a_finding_of_ours_alone():
    works = [work(10 + grade, grade=grade) for grade in range(4, 10)]
    outcome = said({one: {MINE: wrote(29, 71)} for one in works})
    assert outcome.territory["unconfirmed"] == []
    result = of(outcome)
    assert result.statistic["probability"] > 0.5
    assert len(result.statistic["low"]) == 2


def test_nobody_and_no_scale_are_named_and_never_judged():
    unscaled = work(7, bounds=None)
    outcome = said({MATHS: {MINE: [], 11: wrote(0, 12)}, unscaled: {MINE: wrote(12, 0)}})
    assert outcome.results == ()
    assert {(one.procedure, one.reason) for one in outcome.not_computed if one.organisation == MINE} == {
        (1, "никто не участвовал"),
        (7, "нет отметок: шкала не известна"),
    }


def test_marks_outside_the_scale_make_no_share_to_judge():
    panel = panel_of({MATHS: {MINE: wrote(6, 6)}})
    outside = replace(panel.schools[1][MINE], marks={2: 0, 3: 0, 4: 0, 5: 0})
    outcome = compute(replace(panel, schools={1: {MINE: outside}}), parameters(NAME))
    assert outcome.results == ()
    assert [one.organisation for one in outcome.not_computed] == [MINE]


def test_marks_of_a_table_are_judged_like_any_others():
    panel = panel_of({MATHS: {MINE: wrote(30, 10)}, RUSSIAN: {MINE: wrote(30, 10)}})
    tables = {key: {MINE: replace(groups[MINE], packed_tally=None)} for key, groups in panel.schools.items()}
    assert of(compute(replace(panel, schools=tables), parameters(NAME))).verdict is Verdict.ROBUST


def test_an_exam_is_judged_by_its_minimum():
    exams = [
        work(key, subject, 11, kind="ege", bounds=None, maximum=100, minimum=24)
        for key, subject in ((5, "mathematics"), (6, "russian"))
    ]
    assert of(said({one: {MINE: [10] * 20 + [60] * 20} for one in exams})).verdict is Verdict.ROBUST


def test_inputs_are_the_works_of_the_school_and_of_those_it_was_compared_with():
    works = {MATHS: among_others((28, 12)), RUSSIAN: among_others((28, 12)), MATHS_BEFORE: among_others((28, 12))}
    inputs = {(one.procedure, one.organisation) for one in of(said(works)).inputs}
    region = 1
    assert inputs == {(1, MINE), (2, MINE), (3, MINE), (1, region), (2, region), (3, region)}
    panel = panel_of(works, year=2025, with_region=False)
    municipality = 2
    inputs = {(one.procedure, one.organisation) for one in of(compute(panel, parameters(NAME))).inputs}
    assert (1, municipality) in inputs


def test_a_procedure_tells_who_is_rather_low_and_what_schools_alike_have():
    (procedure,) = said({MATHS: among_others((28, 12))}).procedures
    assert (procedure.eligible, procedure.flagged) == (21, (MINE,))
    (prior,) = procedure.reference["priors"]
    assert (prior["peers"], prior["schools"]) == ("сельские средние школы", 20)


def test_reach_is_the_largest_number_that_leaves_the_finding():
    works = {MATHS: among_others((20, 15)), RUSSIAN: among_others((20, 12))}
    for min_n, expected in ((10, True), (32, True), (33, False)):
        assert (of(said(works, min_n=min_n)) in said(works, min_n=min_n).results) is expected
    assert of(said(works)).statistic["reach"] == 32


def test_the_sentence_names_shares_peers_and_certainty():
    works = {MATHS: among_others((28, 12)), RUSSIAN: among_others((28, 12))}
    assert sentence(of(said(works))).replace(NBSP, " ") == (
        "Не справились 70 % (28 из 40; 55–82 %) по математике в 5 классе и 70 % (28 из 40; 55–82 %) по русскому языку "
        "в 5 классе; у 20 похожих школ (сельские средние школы) в этих работах — в среднем 10 %; вероятность, что "
        "правило выполнено не случайно, — больше 99 %."
    )


def test_schools_without_a_type_are_not_called_alike():
    unknown = [school(key, school_type="", area="") for key in (MINE, *OTHERS)]
    result = of(said({MATHS: among_others((28, 12)), RUSSIAN: among_others((28, 12))}, unknown))
    assert "у 20 других школ без указанного типа в этих работах — в среднем 10 %" in sentence(result).replace(NBSP, " ")
