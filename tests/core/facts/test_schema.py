import pyarrow as pa
import pytest

from msoko.core.collection.reading import Grain
from msoko.core.definitions.kinds import WorkItem
from msoko.core.facts.schema import aggregate_table, item_numbers, metadata_of, pupil_table, record_table
from tests.core.facts.random_batches import one_pupil


def test_a_batch_remembers_its_source_and_its_items():
    items = [WorkItem("1", 1, "Б"), WorkItem("5(1)", None)]
    known = metadata_of(pupil_table(one_pupil(), [[1], [None]], "vpr_pupils/2022", items))
    assert (known.source, known.grain, known.items) == ("vpr_pupils/2022", Grain.PUPILS, tuple(items))
    assert known.item_maxima == {1: 1, 2: None}


def test_a_table_of_another_origin_is_no_batch():
    with pytest.raises(ValueError, match="not a batch of facts"):
        metadata_of(pa.table({"login": ["edu1"]}))


def test_item_columns_are_in_numerical_order():
    assert item_numbers(pupil_table(one_pupil(), [[1]] * 11)) == list(range(1, 12))


@pytest.mark.parametrize("name", ["login", "class_name", "status", "in_items"])
def test_a_required_column_must_not_have_nulls(name):
    with pytest.raises(pa.ArrowInvalid, match=name):
        pupil_table(one_pupil(**{name: None}), [])


def test_a_lacking_column_is_named():
    columns = one_pupil()
    del columns["variant"]
    with pytest.raises(ValueError, match="variant"):
        pupil_table(columns, [])


def test_items_must_match_their_descriptions():
    with pytest.raises(ValueError, match="2 item columns but 1 items described"):
        pupil_table(one_pupil(), [[1], [2]], "x", [WorkItem("1", 1)])


def test_a_score_too_large_for_its_column_is_refused():
    with pytest.raises(pa.ArrowInvalid):
        pupil_table(one_pupil(printed_total=40_000), [])


def test_aggregates_keep_counts_numbers_lists_and_labels_apart():
    row = {"level": "school", "key": "edu1", "name": "Школа", "n": 3}
    table = aggregate_table(
        [row | {"count_2": 1, "percent_2": 33.3, "percents": [0.0, 100], "item": "5К1"}, row | {"count_2": None}],
        "marks",
    )
    kinds = [table.schema.field(name).type for name in ("count_2", "percent_2", "percents", "item")]
    assert kinds == [pa.int64(), pa.float64(), pa.list_(pa.float64()), pa.string()]
    assert table["percents"].to_pylist() == [[0.0, 100.0], None]
    assert metadata_of(table).grain is Grain.AGGREGATES


def test_an_unknown_level_of_an_aggregate_is_refused():
    with pytest.raises(ValueError, match="galaxy"):
        aggregate_table([{"level": "galaxy", "key": "", "name": "", "n": 1}], "marks")


def test_records_are_text_and_keep_nothing_apart_from_zero():
    table = record_table([{"name": "Школа", "pupils": 0}, {"name": None, "pupils": 12}], "schools")
    assert table.to_pylist() == [{"name": "Школа", "pupils": "0"}, {"name": None, "pupils": "12"}]
