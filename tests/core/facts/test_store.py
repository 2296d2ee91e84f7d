import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings

from msoko.core.engines import get_engine
from msoko.core.facts import store
from msoko.core.facts.schema import metadata_of, pupil_table
from msoko.core.facts.summary import read_summary, write_summary
from tests.core.facts.random_batches import batches, one_pupil

LONG_AGO, IN_AN_HOUR = 0.0, time.time() + 3600
FOLDER_OUTLIVES_EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
WRITER = """
import sys
from pathlib import Path
from msoko.core.facts import store
from msoko.core.facts.schema import pupil_table
from tests.core.facts.random_batches import one_pupil

print("ready", flush=True)
for code in range(100_000):
    columns = {name: values * 400 for name, values in one_pupil(code=str(code)).items()}
    store.write(pupil_table(columns, []), Path(sys.argv[1]))
"""


def table_of(**said):
    return pupil_table(one_pupil(**said), [[1], [None]], "drawn")


def test_what_is_written_is_read_back(tmp_path):
    name = store.write(table_of(), tmp_path)
    assert store.read(tmp_path, name, verify=True) == table_of()
    assert metadata_of(store.read(tmp_path, name)).source == "drawn"


def test_only_the_wanted_columns_are_read(tmp_path):
    assert store.read(tmp_path, store.write(table_of(), tmp_path), ["login"]).column_names == ["login"]


def test_rows_are_sorted_by_school_class_and_row(tmp_path):
    pupils = [("edu2", "А", 2), ("edu1", "Б", 3), ("edu1", "А", 9), ("edu1", "А", 4)]
    columns = {name: values * 4 for name, values in one_pupil().items()}
    columns |= {
        name: list(values)
        for name, values in zip(("login", "class_name", "row_number"), zip(*pupils, strict=True), strict=True)
    }
    table = store.read(tmp_path, store.write(pupil_table(columns, []), tmp_path))
    read = zip(*(table[name].to_pylist() for name in ("login", "class_name", "row_number")), strict=True)
    assert list(read) == sorted(pupils)


def test_the_same_rows_have_the_same_name_and_one_file(tmp_path):
    assert store.write(table_of(), tmp_path) == store.write(table_of(), tmp_path)
    assert len(list(tmp_path.glob("*.parquet"))) == 1


def test_other_rows_have_another_name(tmp_path):
    assert store.write(table_of(), tmp_path) != store.write(table_of(journal_mark=5), tmp_path)


def test_damaged_bytes_are_noticed(tmp_path):
    name = store.write(table_of(), tmp_path)
    os.chmod(tmp_path / name, 0o640)
    content = bytearray((tmp_path / name).read_bytes())
    content[10] ^= 1
    (tmp_path / name).write_bytes(content)
    with pytest.raises(store.FactsDamaged):
        store.check(tmp_path, name)


def test_a_sweep_takes_old_unnamed_files_only(tmp_path):
    kept, rubbish = store.write(table_of(), tmp_path), store.write(table_of(code="2"), tmp_path)
    assert store.sweep(tmp_path, {kept}, written_before=LONG_AGO) == []
    assert store.sweep(tmp_path, {kept}, written_before=IN_AN_HOUR) == [rubbish]
    assert store.read(tmp_path, kept) == table_of()


def test_a_sweep_takes_what_a_crash_left_unfinished(tmp_path):
    (tmp_path / f"torn{store.UNFINISHED}").write_bytes(b"PAR1")
    assert store.sweep(tmp_path, set(), written_before=IN_AN_HOUR) == [f"torn{store.UNFINISHED}"]


def test_writing_again_makes_an_old_file_young(tmp_path):
    name = store.write(table_of(), tmp_path)
    os.utime(tmp_path / name, (1, 1))
    store.write(table_of(), tmp_path)
    assert store.sweep(tmp_path, set(), written_before=1000) == []


def test_a_folder_that_is_not_there_has_nothing_to_sweep(tmp_path):
    assert store.sweep(tmp_path / "nowhere", set(), IN_AN_HOUR) == []


def test_a_full_disk_leaves_nothing_under_the_final_name(tmp_path, monkeypatch):
    def refuse(handle):
        raise OSError("no space left")

    monkeypatch.setattr(store.os, "fsync", refuse)
    with pytest.raises(OSError, match="no space"):
        store.write(table_of(), tmp_path)
    assert list(tmp_path.glob("*.parquet")) == []


@pytest.mark.parametrize("after", [0.0, 0.007, 0.05, 0.11])
def test_a_killed_writer_leaves_whole_files_or_none(tmp_path, after):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, tmp_path],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    writer.stdout.readline()
    time.sleep(after)
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    for path in tmp_path.glob("*.parquet"):
        assert store.read(tmp_path, path.name, verify=True).num_rows == 400
    assert len(list(tmp_path.glob(f"*{store.UNFINISHED}"))) <= 1


def test_a_writer_stopped_between_bytes_and_rename_leaves_nothing(tmp_path):
    killing = WRITER.replace(
        'print("ready"', 'store.os.rename = lambda *_: store.os.kill(store.os.getpid(), 9)\nprint("ready"'
    )
    writer = subprocess.run(
        [sys.executable, "-c", killing, tmp_path],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert writer.returncode == -signal.SIGKILL
    assert list(tmp_path.glob("*.parquet")) == []
    assert len(store.sweep(tmp_path, set(), IN_AN_HOUR)) == 1


def test_many_writers_of_the_same_rows_make_one_whole_file(tmp_path):
    writers = [threading.Thread(target=store.write, args=(table_of(), tmp_path)) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    (path,) = tmp_path.glob("*.parquet")
    store.check(tmp_path, path.name)


@FOLDER_OUTLIVES_EXAMPLES
@given(batch=batches())
def test_a_summary_survives_its_file(tmp_path, batch):
    summary = get_engine("reference").summarise(batch)
    name = write_summary(summary, tmp_path)
    assert name.endswith(".summary.parquet")
    assert read_summary(tmp_path, name) == summary
