import json

from hypothesis import given
from hypothesis import strategies as st

from msoko.core.engines import get_engine
from msoko.core.monitoring.tally import Cell, ItemTally, Tally, add_up, latest_speaks, roll_up, tallies
from msoko.core.vocabulary.statuses import ScoreBasis
from tests.core.facts.random_batches import batches

SOME = st.integers(1, 1000)
MARK = st.none() | st.integers(2, 5)
TALLIES = st.builds(
    Tally,
    statuses=st.dictionaries(st.sampled_from(["valid", "absent", "no_total"]), SOME),
    cells=st.dictionaries(st.builds(Cell, st.integers(0, 40), MARK, MARK), SOME, max_size=8),
    items=st.dictionaries(st.integers(1, 5), st.builds(ItemTally, SOME, SOME, SOME, SOME, SOME)),
)


@given(one=TALLIES, other=TALLIES, third=TALLIES)
def test_tallies_add_up_in_any_order(one, other, third):
    assert one + other == other + one
    assert (one + other) + third == one + (other + third) == add_up([third, one, other])
    assert one + Tally() == one


@given(one=TALLIES, other=TALLIES)
def test_sums_of_a_sum_are_sums_of_its_parts(one, other):
    both = one + other
    assert both.participants == one.participants + other.participants
    assert both.total == one.total + other.total
    assert both.squares == one.squares + other.squares
    assert both.absent == one.absent + other.absent


@given(tally=TALLIES)
def test_adding_leaves_its_parts_as_they_were(tally):
    before = tally.as_plain()
    tally + tally
    assert tally.as_plain() == before


@given(tally=TALLIES)
def test_a_tally_survives_json(tally):
    assert Tally.from_plain(json.loads(json.dumps(tally.as_plain()))) == tally


@given(tally=TALLIES)
def test_the_journal_matrix_is_the_part_of_the_histogram_that_has_journal_marks(tally):
    without = sum(n for cell, n in tally.cells.items() if cell.journal_mark is None)
    assert sum(tally.journal.values()) + without == sum(tally.histogram.values()) == tally.participants


@given(batch=batches())
def test_levels_agree_whatever_the_way_up(batch):
    summary = get_engine("reference").summarise(batch)
    for basis in ScoreBasis:
        classes = tallies(summary, basis)
        schools = roll_up(classes, lambda key: key[0])
        straight = roll_up(classes, lambda key: "all")
        assert roll_up(schools, lambda key: "all") == straight
        assert sum(sum(tally.statuses.values()) for tally in straight.values()) == batch.num_rows


def test_what_belongs_nowhere_is_left_out():
    assert roll_up({("edu1", "А"): Tally({"valid": 1})}, lambda key: None) == {}


def test_the_batch_accepted_last_speaks_for_the_whole_school():
    old = {("edu1", "А"): Tally({"valid": 1}), ("edu1", "Б"): Tally({"valid": 2}), ("edu2", ""): Tally({"valid": 3})}
    new = {("edu1", "А"): Tally({"valid": 9})}
    assert latest_speaks([old, new]) == {("edu2", ""): Tally({"valid": 3}), ("edu1", "А"): Tally({"valid": 9})}
    assert latest_speaks([new, old]) == old
    assert latest_speaks([]) == {}
