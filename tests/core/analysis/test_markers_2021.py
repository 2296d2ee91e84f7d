"""The fourteen published markers together: against the plain twins of each, and what is said of those not counted."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity import inflated_mean
from msoko.core.analysis.methods.objectivity.markers_2021 import compute, sentence
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.panels import panel_of, parameters, work
from tests.core.analysis.published_panels import pairs, pupils_of_region
from tests.core.analysis.test_cohort_change import twin as cohort_twin
from tests.core.analysis.test_inflated_mean import HIGH, HONEST, marked_by_twin
from tests.core.analysis.test_journal_mismatch import AGAINST, USUAL
from tests.core.analysis.test_journal_mismatch import marked_by_twin as mismatch_twin

NAME = "objectivity.markers_2021"
ANY = parameters(NAME, procedures="any")
FOURTH = work(1, "mathematics", 4, year=2024)
FIFTH = work(2, "mathematics", 5, year=2025)
WORKS = [
    work(number, subject, grade, kind=kind)
    for number, (subject, grade, kind) in enumerate(
        [
            ("russian", 4, "vpr"),
            ("mathematics", 4, "vpr"),
            ("russian", 5, "vpr"),
            ("mathematics", 5, "vpr"),
            ("russian", 9, "oge"),
            ("mathematics", 9, "oge"),
        ],
        1,
    )
]
BEFORE = [work(number, subject, 4, year=2024) for number, subject in ((11, "russian"), (12, "mathematics"))]
a_year = st.dictionaries(
    st.integers(10, 30), st.tuples(st.lists(pairs, max_size=6), st.lists(pairs, max_size=14)), min_size=1, max_size=8
)


def scores(scored):
    return [score for score, _ in scored]


def markers_by_hand(by_school):
    """School → kinds of its markers in the later work, each by the plain twin of its own method."""
    after = {school: later for school, (_, later) in by_school.items()}
    plain = {school: scores(later) for school, later in after.items()}
    found = {school: set() for school in by_school}
    for school in marked_by_twin(plain):
        found[school].add("mean")
    for school in mismatch_twin(after, 10, "tie_corrected"):
        found[school].add("journal")
    both = {school: (scores(before), scores(later)) for school, (before, later) in by_school.items()}
    if pupils_of_region(plain) and any(before for before, _ in both.values()):
        for school, direction in cohort_twin(both)[0].items():
            found[school].add(direction)
    return {school: kinds for school, kinds in found.items() if kinds}


def two_years(by_school):
    results = {one: {key: pair[side] for key, pair in by_school.items()} for side, one in enumerate((FOURTH, FIFTH))}
    return panel_of(results, year=2025)


def is_on_a_border(outcome):
    """K so near a border that two ways of computing may differ in the last digit."""
    markers = [one.reference for one in outcome.procedures]
    return any(reference.get("drop") or reference.get("rise") for reference in markers)


@settings(deadline=None)
@given(a_year)
def test_the_markers_are_those_of_the_three_methods(by_school):
    outcome = compute(two_years(by_school), ANY)
    found = {one.organisation: {marker["marker"] for marker in one.statistic["markers"]} for one in outcome.results}
    expected = markers_by_hand(by_school)
    if is_on_a_border(outcome):
        found, expected = ({key: kinds - {"drop", "rise"} for key, kinds in one.items()} for one in (found, expected))
        found, expected = ({key: kinds for key, kinds in one.items() if kinds} for one in (found, expected))
    assert found == expected


def everything():
    """All six procedures of the method and the two works of the year before; one school above all others."""
    usual = {key: [(score, None) for score in scored] for key, scored in HONEST.items()}
    return panel_of({one: usual | {99: [(score, None) for score in HIGH]} for one in [*WORKS, *BEFORE]}, year=2025)


def test_with_all_procedures_there_are_fourteen():
    """Journal marks are lacking here: those four are named and the other ten counted."""
    outcome = compute(everything(), parameters(NAME))
    markers = outcome.territory["markers"]
    assert sorted(one["marker"] for one in markers) == ["drop"] * 2 + ["mean"] * 6 + ["rise"] * 2
    assert sum("расхождение с журналом" in reason for reason in outcome.territory["not_computed"]) == 4
    (found,) = [one for one in outcome.results if one.organisation == 99]
    assert (found.statistic["count"], found.statistic["judged"]) == (6, 10)


def test_the_fourteen_are_told_apart_by_code():
    by_school = dict.fromkeys(range(10, 30), USUAL) | {99: AGAINST}
    outcome = compute(panel_of(dict.fromkeys([*WORKS, *BEFORE], by_school), year=2025), parameters(NAME))
    codes = [(one["marker"], one["code"].replace("\u00a0", " ")) for one in outcome.territory["markers"]]
    assert len(set(codes)) == len(codes) == 14
    assert {code for _, code in codes} == {"РУ4", "МА4", "РУ5", "МА5", "ОГЭ РУ", "ОГЭ МА"}


def test_a_procedure_that_the_year_lacks_is_named():
    outcome = compute(panel_of({WORKS[0]: HONEST}), parameters(NAME))
    missing = [one.reason for one in outcome.not_computed if "такой процедуры" in one.reason]
    assert [reason.split(":")[0] for reason in missing] == [
        "«vpr/МА4»",
        "«vpr/РУ5»",
        "«vpr/МА5»",
        "«oge/РУ»",
        "«oge/МА»",
    ]


def test_asking_about_one_grade_does_not_make_the_others_missing():
    outcome = compute(everything().narrowed(4, None), parameters(NAME))
    assert not [one for one in outcome.not_computed if "такой процедуры" in one.reason]
    assert {one.procedure for one in outcome.procedures} == {1, 2}


def test_without_a_region_only_the_journal_is_judged():
    by_school = dict.fromkeys(range(10, 30), USUAL) | {99: AGAINST}
    outcome = compute(panel_of({WORKS[0]: by_school}, with_region=False), ANY)
    assert [one["marker"] for one in outcome.territory["markers"]] == ["journal"]
    assert [one.organisation for one in outcome.results] == [99]
    assert any(reason.startswith("завышенный средний балл") for reason in outcome.territory["not_computed"])


def test_a_school_of_which_no_marker_could_be_judged_is_named():
    outcome = compute(panel_of({WORKS[0]: HONEST | {98: [7], 99: []}}), ANY)
    assert {one.organisation for one in outcome.not_computed if one.organisation} == {98, 99}


def test_the_verdict_is_that_of_the_surest_marker():
    panel = everything()
    alone = inflated_mean.compute(panel, parameters("objectivity.inflated_mean", procedures="any"))
    together = {one.organisation: one.verdict for one in compute(panel, ANY).results}
    assert together[99] is Verdict.ROBUST
    assert {one.organisation for one in alone.results} <= set(together)


def test_inputs_are_those_of_all_markers_once():
    (found,) = [one for one in compute(everything(), ANY).results if one.organisation == 99]
    assert len(set(found.inputs)) == len(found.inputs)
    assert {one.procedure for one in found.inputs} == {1, 2, 3, 4, 5, 6}


def test_a_sentence_counts_the_markers_and_says_it_is_a_reason_to_check():
    (found,) = [one for one in compute(everything(), ANY).results if one.organisation == 99]
    said = sentence(found).replace("\u00a0", " ")
    assert said.startswith(
        "Отмечено 6 маркеров из 10 посчитанных: завышенный средний балл по русскому языку в 4 классе,"
    )
    assert said.endswith("по математике (ОГЭ). Это повод проверить названные работы.")
    unsure = sentence(replace(found, verdict=Verdict.DOUBTFUL))
    assert "По\u00a0отдельности они ненадёжны" in unsure
