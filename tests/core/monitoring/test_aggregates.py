import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.definitions.kinds import Scale
from msoko.core.monitoring.aggregates import from_journal, from_marks, from_scores, restored
from msoko.core.monitoring.describing import Figures, FiguresFrom
from msoko.core.monitoring.marking import MarksFrom

COUNTS = st.lists(st.integers(0, 60), min_size=4, max_size=4).filter(any)
SCALE = Scale("vpr", 2021, "mathematics", 4, (0, 1, 2, 3), "official", "ours")


def printed(counts, digits=2):
    return [round(100 * n / sum(counts), digits) for n in counts]


@given(counts=COUNTS)
def test_counts_come_back_from_per_cents_with_two_decimals(counts):
    assert list(restored(dict(enumerate(printed(counts))), sum(counts)).values()) == counts


@given(shares=st.lists(st.floats(0.1, 100), min_size=1, max_size=30), n=st.integers(1, 5000))
def test_restored_counts_always_make_the_whole(shares, n):
    counts = restored(dict(enumerate(shares)), n)
    assert sum(counts.values()) == n
    assert min(counts.values()) >= 0


@given(counts=COUNTS)
def test_certain_counts_are_taken_as_they_are(counts):
    row = {"n": sum(counts)} | {f"count_{mark}": n for mark, n in zip((2, 3, 4, 5), counts, strict=True)}
    figures = from_marks(row)
    assert (list(figures.marks.values()), figures.approximate) == (counts, False)
    assert (figures.marks_from, figures.origin) == (MarksFrom.AGGREGATE, FiguresFrom.AGGREGATE)


@given(counts=COUNTS)
def test_a_distribution_without_certain_counts_is_approximate(counts):
    figures = from_scores({"n": sum(counts), "maximum": 3, "percents": printed(counts), "counts": None}, SCALE)
    assert (figures.approximate, list(figures.marks.values())) == (True, counts)
    assert figures.mean == pytest.approx(sum(score * n for score, n in enumerate(counts)) / sum(counts))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"n": None, "percents": [50.0, 50.0], "maximum": 1}, "в сводной таблице нет числа участников"),
        ({"n": 0, "percents": [0.0, 0.0], "counts": [0, 0], "maximum": 1}, "в сводной таблице нет числа участников"),
        ({"n": 4, "percents": None, "maximum": 1}, "в сводной таблице нет процентов"),
        ({"n": 4, "percents": [50.0, None], "maximum": 1}, "в сводной таблице нет процентов"),
        ({"n": 4, "percents": [50.0, 20.0], "maximum": 1}, "проценты сводной таблицы в сумме не дают 100"),
    ],
)
def test_a_distribution_that_cannot_be_used_says_why(row, reason):
    figures = from_scores(row)
    assert (figures.mean, figures.not_computed["mean"]) == (None, reason)


def test_a_comparison_with_a_gap_is_no_comparison():
    figures = from_journal({"n": 3, "lowered": 1, "confirmed": None, "raised": 1})
    assert (figures.journal, figures.not_computed["journal"]) == (None, "в сводной таблице этого нет")


@pytest.mark.parametrize(
    "figures",
    [
        from_marks({"n": 4, "percent_2": 25.0, "percent_3": 25.0, "percent_4": 25.0, "percent_5": 25.0}),
        from_marks({"n": None}),
        from_journal({"n": 3, "lowered": 1, "confirmed": 1, "raised": 1}),
        from_scores({"n": 4, "percents": [50.0, 50.0], "maximum": 1}),
        from_scores({"n": 4}),
    ],
)
def test_whatever_a_table_does_not_tell_has_its_reason(figures):
    lacking = {name for name in Figures.__dataclass_fields__ if getattr(figures, name) is None}
    assert lacking - {"possible", "marks_from"} == set(figures.not_computed)
