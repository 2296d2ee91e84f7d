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


ONE, TWO, NINE = Tally({"valid": 1}), Tally({"valid": 2}), Tally({"valid": 9})


def test_the_latest_batch_that_shares_a_class_speaks_for_the_whole_school():
    old = {("edu1", "А"): ONE, ("edu1", "Б"): TWO, ("edu2", ""): ONE}
    new = {("edu1", "А"): NINE}
    assert latest_speaks([new, old]) == {("edu1", "А"): NINE, ("edu2", ""): ONE}
    assert latest_speaks([old, new]) == old
    assert latest_speaks([]) == {}


def test_classes_that_come_in_files_of_their_own_stand_beside_one_another():
    first, second, corrected = {("edu1", "А"): ONE}, {("edu1", "Б"): TWO}, {("edu1", "А"): NINE}
    assert latest_speaks([second, first]) == first | second
    assert latest_speaks([corrected, second, first]) == corrected | second


def test_a_file_that_does_not_name_its_classes_is_of_the_whole_school():
    nameless, named, both = {("edu1", ""): ONE}, {("edu1", "А"): TWO}, {("edu1", ""): ONE, ("edu1", "Б"): NINE}
    assert latest_speaks([nameless, named]) == nameless
    assert latest_speaks([named, nameless]) == named
    assert latest_speaks([both, named]) == both


@given(st.lists(st.sets(st.sampled_from(["", "А", "Б", "В"]), min_size=1), max_size=5))
def test_a_batch_is_silent_exactly_where_a_later_one_speaks_of_the_same_classes(latest_first):
    batches = [{("edu1", name): Tally({"valid": n}) for name in names} for n, names in enumerate(latest_first, 1)]
    spoken = latest_speaks(batches)
    said: set[str] = set()
    for batch, names in zip(batches, latest_first, strict=True):
        clash = said and ("" in said | names or said & names)
        assert {place for place in batch if spoken.get(place) == batch[place]} == (set() if clash else batch.keys())
        said |= set() if clash else names
