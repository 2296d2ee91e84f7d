import multiprocessing
import os
import subprocess
import sys
import threading

import pytest
from hypothesis import given, settings

from msoko.core.engines import engine_names, get_engine
from msoko.core.facts.schema import pupil_table
from msoko.core.facts.summary import COUNTS, ITEMS, SCORES
from tests.core.facts.random_batches import NOTHING, batches, one_pupil


def test_engines_are_found_by_folder():
    assert engine_names() == ["duckdb", "reference"]


def test_an_unknown_engine_is_refused_with_the_names_of_the_known_ones():
    with pytest.raises(ValueError, match="duckdb, reference"):
        get_engine("abacus")


@settings(max_examples=25, deadline=None)
@given(batch=batches())
def test_both_engines_say_the_same_of_any_batch(batch):
    assert get_engine("duckdb").summarise(batch) == get_engine("reference").summarise(batch)


@pytest.fixture(params=["duckdb", "reference"])
def engine(request):
    return get_engine(request.param)


def test_an_empty_batch_has_an_empty_summary(engine):
    summary = engine.summarise(pupil_table(NOTHING, [[], []]))
    assert (summary.counts, summary.scores, summary.items) == (
        COUNTS.empty_table(),
        SCORES.empty_table(),
        ITEMS.empty_table(),
    )


def test_one_participant_is_counted_in_every_table(engine):
    summary = engine.summarise(pupil_table(one_pupil(items_total=4), [[3], [None]]))
    school = {"login": "edu1", "class_name": "А"}
    assert summary.counts.to_pylist() == [school | {"status": "valid", "n": 1}]
    assert [(row["basis"], row["score"], row["journal_mark"], row["n"]) for row in summary.scores.to_pylist()] == [
        ("items", 4, 4, 1),
        ("printed", 5, 4, 1),
    ]
    assert [list(row.values())[2:] for row in summary.items.to_pylist()] == [
        ["items", 1, 1, 0, 3, 9, 12],
        ["items", 2, 0, 1, 0, 0, 0],
        ["printed", 1, 1, 0, 3, 9, 15],
        ["printed", 2, 0, 1, 0, 0, 0],
    ]


def test_where_all_were_absent_there_are_counts_and_no_scores(engine):
    absent = one_pupil(status="absent", printed_total=0, in_printed=False, in_items=False)
    summary = engine.summarise(pupil_table(absent, [[None]]))
    assert (summary.counts.num_rows, summary.scores.num_rows, summary.items.num_rows) == (1, 0, 0)


def test_sums_beyond_small_integers_do_not_wrap(engine):
    columns = {name: values * 300 for name, values in one_pupil(printed_total=30_000).items()}
    items = engine.summarise(pupil_table(columns, [[30_000] * 300])).items.to_pylist()
    assert items[1]["squares"] == items[1]["with_score"] == 300 * 30_000**2


def _summarise_in_child(table, results):
    results.put(get_engine("duckdb").summarise(table).counts.num_rows)


def test_a_forked_child_opens_a_connection_of_its_own():
    """A connection opened before the fork would hang the child: the test would not end."""
    table = pupil_table(one_pupil(), [])
    get_engine("duckdb").summarise(table)
    forking = multiprocessing.get_context("fork")
    results = forking.Queue()
    child = forking.Process(target=_summarise_in_child, args=(table, results))
    child.start()
    try:
        assert results.get(timeout=60) == 1
        child.join(timeout=60)
        assert child.exitcode == 0
    finally:
        child.kill()


def test_threads_may_share_the_engine():
    table = pupil_table(one_pupil(), [[1]])
    found = []
    threads = [threading.Thread(target=lambda: found.append(get_engine("duckdb").summarise(table))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(summary == found[0] for summary in found)


def test_ibis_is_not_imported_before_it_is_needed():
    asked = (
        "import sys; from msoko.core.engines import get_engine; get_engine('duckdb'); sys.exit('ibis' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", asked], env=environment, check=False).returncode == 0
