"""The command as a process: homes, databases, two at once, and death at any moment."""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, process, shell
from tests.web.collection.protocols import LOGIN, NAME, many, many_schools, protocol, write

ASKED = ("describe", "--year", "2022", "--grade", "5", "--subject", "математика", "--json")
DEATHS = 6


def counted(answer: Answer) -> dict[str, int]:
    return {row["organisation"]["name"]: row["participants"] for row in answer.data["rows"]}


def accepted(database: Path) -> int:
    with sqlite3.connect(database) as records:
        return records.execute("SELECT count(*) FROM collection_batch WHERE state = 'accepted'").fetchone()[0]


@pytest.fixture(scope="session")
def migrated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: a test copies it rather than wait for the migrations."""
    home = tmp_path_factory.mktemp("homes") / "migrated"
    assert shell(home, "migrate").code == 0
    return home


@pytest.fixture
def fresh_home(migrated_home: Path, tmp_path: Path) -> Path:
    return _copy(migrated_home, tmp_path / "fresh")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path, protocol(many(LOGIN, 2)))


def test_an_empty_home_is_made_ready_by_the_first_command(tmp_path: Path, file: Path) -> None:
    home = tmp_path / "new" / "home"
    answer = shell(home, "import", file, "--accept", "--create-schools", "--json")
    assert (answer.code, answer.batches[0]["state"]) == (0, "accepted")
    assert {one.name for one in home.iterdir()} >= {"msoko.sqlite3", "facts", "uploads"}
    assert home.stat().st_mode & 0o077 == 0
    assert counted(shell(home, *ASKED)) == {LOGIN: 2}


def test_a_reader_who_has_had_enough_is_no_error(fresh_home: Path, file: Path) -> None:
    assert shell(fresh_home, "import", file, "--accept", "--create-schools").code == 0
    running = process(fresh_home, *ASKED)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait() == 1


def test_the_home_may_come_from_the_environment_and_the_call_goes_before_it(tmp_path: Path) -> None:
    said, called = tmp_path / "said", tmp_path / "called"
    assert shell(None, "migrate", MSOKO_HOME=str(said)).code == 0
    assert (said / "msoko.sqlite3").exists()
    shutil.rmtree(said)
    assert shell(called, "migrate", MSOKO_HOME=str(said)).code == 0
    assert (called / "msoko.sqlite3").exists()
    assert not said.exists()


def test_without_any_word_the_home_is_a_folder_of_this_user(tmp_path: Path) -> None:
    assert shell(None, "migrate", XDG_DATA_HOME=str(tmp_path)).code == 0
    assert (tmp_path / "msoko" / "msoko.sqlite3").exists()


def test_a_database_url_replaces_the_sqlite_file_and_nothing_else(tmp_path: Path, file: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere.sqlite3"
    answer = shell(home, "import", file, "--accept", "--create-schools", DATABASE_URL=f"sqlite:///{elsewhere}")
    assert answer.code == 0
    assert not (home / "msoko.sqlite3").exists()
    assert accepted(elsewhere) == 1
    assert {one.name for one in home.iterdir()} >= {"facts", "uploads"}


def test_a_database_that_cannot_be_reached_is_a_sentence(tmp_path: Path) -> None:
    address = "postgres://nobody:secret@127.0.0.1:1/none"
    answer = shell(tmp_path / "home", "organisations", "list", "--json", DATABASE_URL=address)
    assert answer.code == 1
    assert "База данных недоступна" in answer.data["refused"][0]
    assert "secret" not in answer.out + answer.err


def test_a_home_that_cannot_be_is_a_sentence(tmp_path: Path, file: Path) -> None:
    answer = shell(file / "home", "migrate", "--json")
    assert answer.code == 1
    assert "Папка системы недоступна" in answer.data["refused"][0]


def test_two_processes_at_once_on_an_empty_home_both_succeed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    files = [write(tmp_path, protocol(many(f"sch99000{i}", i)), f"{i}/{NAME}") for i in (1, 2)]
    running = [process(home, "import", file, "--accept", "--create-schools", "--json") for file in files]
    answers = [
        Answer(one.returncode, out, err) for one, (out, err) in [(r, r.communicate(timeout=300)) for r in running]
    ]
    assert [answer.code for answer in answers] == [0, 0], [answer.err for answer in answers]
    assert counted(shell(home, *ASKED)) == {"sch990001": 1, "sch990002": 2}


def test_the_same_file_by_two_processes_at_once_counts_once(fresh_home: Path, file: Path) -> None:
    home = fresh_home
    running = [process(home, "import", file, "--accept", "--create-schools", "--json") for _ in range(3)]
    for one in running:
        out, err = one.communicate(timeout=300)
        assert one.returncode == 0, err
        assert json.loads(out)["batches"][0]["state"] == "accepted"
    assert accepted(home / "msoko.sqlite3") == 1
    assert counted(shell(home, *ASKED)) == {LOGIN: 2}


def test_a_worker_and_the_shell_do_not_read_the_same_file_twice(fresh_home: Path, file: Path) -> None:
    home = fresh_home
    worker = process(home, "worker")
    try:
        answer = shell(home, "import", file, "--accept", "--create-schools", "--json")
        assert (answer.code, answer.batches[0]["state"]) == (0, "accepted")
        assert counted(shell(home, *ASKED)) == {LOGIN: 2}
    finally:
        worker.send_signal(signal.SIGTERM)
        _, err = worker.communicate(timeout=60)
    assert (worker.returncode, "Traceback" in err) == (0, False)
    with sqlite3.connect(home / "msoko.sqlite3") as records:
        assert records.execute("SELECT state FROM collection_batch").fetchall() == [("accepted",)]


def test_a_kill_at_any_moment_leaves_the_whole_batch_or_nothing(tmp_path: Path, fresh_home: Path) -> None:
    """Random moments of the run, each in a home of its own: what the time of an undisturbed run is made of."""
    file = write(tmp_path, protocol(many_schools(150, 20)))
    order = ("import", file, "--accept", "--create-schools", "--json")
    begun, peaceful = time.monotonic(), _copy(fresh_home, tmp_path / "peaceful")
    assert shell(peaceful, *order).code == 0
    lasted, expected = time.monotonic() - begun, counted(shell(peaceful, *ASKED))
    assert len(expected) == 150
    moments = random.Random(20261122)
    homes = [_copy(fresh_home, tmp_path / f"death-{number}") for number in range(DEATHS)]
    for home in homes:
        _kill_after(process(home, *order), moments.uniform(0.3, 1.0) * lasted)
        _everything_named_is_there(home)
        if accepted(_db(home)):
            _let_time_pass(home)
            assert counted(shell(home, *ASKED)) == expected
    for home in homes[:2]:
        _let_time_pass(home)
        again = shell(home, *order)
        assert (again.code, again.batches[0]["state"]) == (0, "accepted")
        assert counted(shell(home, *ASKED)) == expected
        assert accepted(_db(home)) == 1


def _copy(home: Path, to: Path) -> Path:
    return Path(shutil.copytree(home, to))


def _db(home: Path) -> Path:
    return home / "msoko.sqlite3"


def _kill_after(running: "subprocess.Popen[str]", seconds: float) -> None:
    try:
        running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate(timeout=60)


def _let_time_pass(home: Path) -> None:
    """A claim on values outlives its dead holder by some seconds; the test does not wait for them."""
    with sqlite3.connect(_db(home)) as records:
        records.execute("UPDATE collection_procedure SET values_claimed_at = '2000-01-01 00:00:00'")


def _everything_named_is_there(home: Path) -> None:
    with sqlite3.connect(_db(home)) as records:
        named = records.execute("SELECT facts, summary FROM collection_batch WHERE facts <> ''").fetchall()
    assert all((home / "facts" / name).exists() for names in named for name in names)
