"""`describe` against a twin that knows nothing of sums: plain lists of pupils and the statistics module."""

import statistics

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from msoko.core.definitions.kinds import Scale
from msoko.core.engines import get_engine
from msoko.core.facts.schema import pupil_table
from msoko.core.monitoring.describing import Figures, describe
from msoko.core.monitoring.tally import Cell, ItemTally, Tally, roll_up, tallies
from tests.core.facts.random_batches import one_pupil

MAXIMA = {1: 3, 2: 1, 3: 2, 4: 4}
SCALE = Scale("vpr", 2021, "mathematics", 4, (2, 4, 7, 10), "official", "ours")
SCORES_OF_ITEMS = st.tuples(*(st.none() | st.integers(0, maximum) for maximum in MAXIMA.values()))
PUPILS = st.lists(st.tuples(SCORES_OF_ITEMS, st.none() | st.integers(2, 5)), min_size=1, max_size=30)
MARKS_BY_SCORE = [2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5]


def figures_of(pupils, **changes) -> Figures:
    columns = {name: values * len(pupils) for name, values in one_pupil().items()}
    totals = [sum(score or 0 for score in scores) for scores, _ in pupils]
    columns |= {"items_total": totals, "journal_mark": [journal for _, journal in pupils]}
    batch = pupil_table(columns, [[scores[i] for scores, _ in pupils] for i in range(len(MAXIMA))])
    (tally,) = roll_up(tallies(get_engine("reference").summarise(batch), "items"), lambda key: "all").values()
    return describe(tally, **{"maximum": 10, "scale": SCALE, "item_maxima": MAXIMA} | changes)


def totals_of(pupils) -> list[int]:
    return [sum(score or 0 for score in scores) for scores, _ in pupils]


@given(pupils=PUPILS)
def test_scores_agree_with_the_slow_twin(pupils):
    figures, totals = figures_of(pupils), totals_of(pupils)
    assert figures.participants == len(totals)
    assert figures.mean == pytest.approx(statistics.fmean(totals))
    assert figures.mean_percent == pytest.approx(10 * statistics.fmean(totals))
    assert (figures.lowest, figures.highest) == (min(totals), max(totals))
    assert figures.histogram == {score: totals.count(score) for score in sorted(set(totals))}
    assert sum(figures.score_shares.values()) == pytest.approx(100)
    if len(totals) > 1:
        assert figures.sd == pytest.approx(statistics.stdev(totals))


@given(pupils=PUPILS)
def test_marks_agree_with_the_slow_twin(pupils):
    figures = figures_of(pupils)
    marks = [MARKS_BY_SCORE[total] for total in totals_of(pupils)]
    assert figures.marks == {mark: marks.count(mark) for mark in (2, 3, 4, 5)}
    assert figures.pass_rate.percent == pytest.approx(100 * statistics.fmean(mark >= 3 for mark in marks))
    assert figures.quality_rate.percent == pytest.approx(100 * statistics.fmean(mark >= 4 for mark in marks))
    assert figures.mean_mark == pytest.approx(statistics.fmean(marks))
    assert figures.sou == pytest.approx(statistics.fmean({5: 100, 4: 64, 3: 36, 2: 16}[mark] for mark in marks))


@given(pupils=PUPILS)
def test_the_journal_agrees_with_the_slow_twin(pupils):
    both = [
        (MARKS_BY_SCORE[total], journal)
        for total, (_, journal) in zip(totals_of(pupils), pupils, strict=True)
        if journal is not None
    ]
    figures = figures_of(pupils)
    if not both:
        assert (figures.journal, figures.not_computed["journal"]) == (None, "нет отметок по журналу")
        return
    assert figures.journal.n == len(both)
    assert figures.journal.lowered == sum(mark < journal for mark, journal in both)
    assert figures.journal.raised == sum(mark > journal for mark, journal in both)
    assert figures.journal.matrix == {(m, j): both.count((m, j)) for m in (2, 3, 4, 5) for j in (2, 3, 4, 5)}


@given(pupils=PUPILS)
def test_items_agree_with_the_slow_twin(pupils):
    totals = totals_of(pupils)
    for item in figures_of(pupils).items:
        raw = [scores[item.number - 1] for scores, _ in pupils]
        scores = [score or 0 for score in raw]
        rest = [total - score for total, score in zip(totals, scores, strict=True)]
        assert item.not_attempted.k == raw.count(None)
        assert item.facility == pytest.approx(100 * statistics.fmean(scores) / MAXIMA[item.number])
        if len(pupils) < 3 or len(set(scores)) == 1 or len(set(rest)) == 1:
            assert item.discrimination is None
            assert item.not_computed["discrimination"]
        else:
            assert item.discrimination == pytest.approx(statistics.correlation(scores, rest), abs=1e-9)


@given(pupils=PUPILS)
def test_alpha_agrees_with_the_slow_twin(pupils):
    totals = totals_of(pupils)
    assume(len(pupils) >= 3 and len(set(totals)) > 1)
    columns = zip(*([score or 0 for score in scores] for scores, _ in pupils), strict=True)
    spreads = sum(statistics.variance(column) for column in columns)
    assert figures_of(pupils).alpha == pytest.approx(4 / 3 * (1 - spreads / statistics.variance(totals)), abs=1e-9)


@given(pupils=PUPILS, maximum=st.sampled_from([None, 10]), scale=st.sampled_from([None, SCALE]))
def test_whatever_is_not_computed_has_its_reason(pupils, maximum, scale):
    figures = figures_of(pupils, maximum=maximum, scale=scale, item_maxima={})
    fields = {name for name in Figures.__dataclass_fields__ if getattr(figures, name) is None}
    assert fields - {"possible", "marks_from"} == set(figures.not_computed)


def test_nobody_has_no_figures_and_every_reason():
    figures = describe(Tally({"absent": 3}), 20, SCALE)
    assert (figures.participants, figures.absent, figures.histogram) == (0, 3, {})
    fields = {name for name in Figures.__dataclass_fields__ if getattr(figures, name) is None}
    assert fields - {"marks_from"} == set(figures.not_computed)


def test_all_scores_outside_the_scale_leave_no_rates():
    figures = describe(Tally(cells={Cell(40, 4): 2}), 50, SCALE)
    assert (figures.unmarked, figures.marks[5], figures.pass_rate) == (2, 0, None)
    assert {figures.not_computed[name] for name in ("pass_rate", "sou", "journal")} == {"все баллы вне шкалы"}


def test_the_interval_of_a_mean_stays_within_possible_scores():
    figures = describe(Tally(cells={Cell(0): 1, Cell(10): 2}), 10)
    assert figures.mean_interval == (0.0, 10.0)


def test_a_printed_total_that_is_not_the_sum_of_items_has_no_alpha():
    items = {1: ItemTally(3, 0, 2, 2, 20), 2: ItemTally(3, 0, 1, 1, 12)}
    figures = describe(Tally(cells={Cell(8): 1, Cell(12): 2}, items=items), 20)
    assert (figures.alpha, figures.not_computed["alpha"]) == (None, "итог не равен сумме баллов за задания")


def test_an_item_that_not_everybody_had_has_facility_but_no_discrimination():
    items = {1: ItemTally(2, 0, 1, 1, 3), 2: ItemTally(4, 0, 2, 2, 5)}
    first, second = describe(Tally(cells={Cell(1): 2, Cell(3): 2}, items=items), 4, item_maxima={1: 1, 2: 1}).items
    assert (first.facility, first.discrimination, second.discrimination is None) == (50.0, None, False)


def test_the_weight_of_those_not_assessed_can_be_eight():
    tally = Tally(cells={Cell(1, None, 5): 1, Cell(1): 1})
    assert (describe(tally, 20).sou, describe(tally, 20, sou_not_assessed=8).sou) == (53.5, 54.0)
