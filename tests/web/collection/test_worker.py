"""The worker: takes what waits, once; what the dead held is taken over; what fails is refused, never lost."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from msoko.core.collection.reading import Hints
from msoko.web.collection import due
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.services import TakenOver, accept, read_received, receive, withdraw
from msoko.web.monitoring import due as values_due
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.services.recomputing import SILENCE, claim_stale, recompute, recompute_stale
from msoko.web.work import do_all_that_is_due, due_work
from tests.web.collection.orders import stale, taken, values, whole
from tests.web.collection.protocols import LOGIN, NAME, OTHER, many, protocol

pytestmark = pytest.mark.django_db


def received(content: bytes | None = None, read_here: bool = False) -> Batch:
    (batch,) = receive([content or protocol(many(LOGIN, 2))], NAME, Hints(), read_here=read_here)
    return batch


def state_of(batch: Batch) -> str:
    batch.refresh_from_db()
    return batch.state


def test_reading_and_computing_are_found_as_due_work() -> None:
    assert {piece.__module__ for piece in due_work()} >= {due.__name__, values_due.__name__}


def test_everything_due_is_done() -> None:
    batch = received()
    do_all_that_is_due()
    assert state_of(batch) == Batch.State.PREVIEW
    accept(batch, None, create_missing=True)
    do_all_that_is_due()
    assert not stale()
    assert whole(LOGIN)[0] == 2


def test_a_file_that_is_being_read_is_not_taken_by_another() -> None:
    batch = received()
    assert due._claim_next().pk == batch.pk
    assert due._claim_next() is None
    assert not due.do_one()


def test_a_file_that_the_shell_reads_is_not_taken_by_the_worker() -> None:
    batch = received(read_here=True)
    assert not due.do_one()
    assert [one.state for one in read_received(batch)] == [Batch.State.PREVIEW]


def test_what_a_dead_worker_held_is_taken_over_after_the_silence() -> None:
    batch = received()
    assert due._claim_next()
    long_ago = timezone.now() - due.SILENCE
    Batch.objects.filter(pk=batch.pk).update(claimed_at=long_ago + timedelta(seconds=30))
    assert not due.do_one()
    Batch.objects.filter(pk=batch.pk).update(claimed_at=long_ago - timedelta(seconds=1))
    assert due.do_one()
    assert state_of(batch) == Batch.State.PREVIEW


def test_who_was_taken_for_dead_writes_nothing_when_he_wakes_up() -> None:
    batch = received()
    sleeper = due._claim_next()
    Batch.objects.filter(pk=batch.pk).update(claimed_at=timezone.now() - 2 * due.SILENCE)
    assert due.do_one()
    accepted = accept(Batch.objects.get(pk=batch.pk), None, create_missing=True)
    with pytest.raises(TakenOver):
        read_received(sleeper)
    assert state_of(accepted) == Batch.State.ACCEPTED
    assert Batch.objects.count() == 1


def test_who_is_taken_for_dead_in_his_last_step_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from msoko.web.collection.services import reading

    batch, judge = received(), reading._outcome

    def judge_for_too_long(*arguments: object) -> object:
        monkeypatch.setattr(reading, "_outcome", judge)
        Batch.objects.filter(pk=batch.pk).update(claimed_at=timezone.now() - 2 * due.SILENCE)
        assert due.do_one()
        return judge(*arguments)

    monkeypatch.setattr(reading, "_outcome", judge_for_too_long)
    with pytest.raises(TakenOver):
        read_received(batch)
    assert Batch.objects.get().state == Batch.State.PREVIEW


def test_a_batch_read_already_is_not_read_again() -> None:
    batch = received()
    stale_copy = Batch.objects.get(pk=batch.pk)
    read_received(batch)
    with pytest.raises(TakenOver):
        read_received(stale_copy)


def test_a_reader_that_stumbles_refuses_the_file_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = received(), received(protocol(many(OTHER, 1)))
    from msoko.web.collection.services import reading

    readers = iter([_stumble, reading.read])
    monkeypatch.setattr(reading, "read", lambda *arguments: next(readers)(*arguments))
    do_all_that_is_due()
    assert state_of(first) == Batch.State.REFUSED
    assert [complaint["code"] for complaint in first.complaints] == ["internal_error"]
    assert first.complaints[0]["message"].endswith("Сообщите администратору имя файла и время.")
    assert state_of(second) == Batch.State.PREVIEW


def _stumble(*arguments: object) -> None:
    raise ZeroDivisionError


def test_one_procedure_is_computed_by_one_worker() -> None:
    taken(protocol(many(LOGIN, 2)))
    assert claim_stale() is not None
    assert claim_stale() is None


def test_values_that_a_dead_worker_was_computing_are_taken_over_after_the_silence() -> None:
    taken(protocol(many(LOGIN, 2)))
    assert claim_stale() is not None
    Procedure.objects.update(values_claimed_at=timezone.now() - SILENCE - timedelta(seconds=1))
    assert values_due.do_one()
    assert not stale()


def test_late_values_of_yesterdays_batches_are_not_written_over_todays() -> None:
    batch = taken(protocol(many(LOGIN, 2)))
    late = claim_stale()
    withdraw(batch, None, "ошибка")
    assert values() == {}
    assert not recompute(late)
    assert not Value.objects.exists()


def test_values_whose_batch_was_withdrawn_during_the_computing_are_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    from msoko.web.monitoring.services import recomputing

    batch, describe = taken(protocol(many(LOGIN, 2))), recomputing.inputs_hash

    def withdraw_meanwhile(*arguments: object) -> str:
        monkeypatch.setattr(recomputing, "inputs_hash", describe)
        withdraw(batch, None, "ошибка")
        recompute_stale()
        return describe(*arguments)

    monkeypatch.setattr(recomputing, "inputs_hash", withdraw_meanwhile)
    assert not recompute(claim_stale())
    assert not Value.objects.exists()
    assert not stale()


def test_what_becomes_stale_while_it_is_computed_stays_stale() -> None:
    taken(protocol(many(LOGIN, 2)))
    early = claim_stale()
    taken(protocol(many(OTHER, 2)))
    assert not recompute(early)
    assert stale()
    assert whole(OTHER)[0] == 2


def test_values_that_cannot_be_computed_do_not_stop_the_others(home: Path) -> None:
    broken = taken(protocol(many(LOGIN, 2)))
    taken(protocol(many(OTHER, 2)), "Русский язык, 5 класс, ВПР 2022.xlsx")
    (home / "facts" / broken.summary).unlink()
    do_all_that_is_due()
    assert Value.objects.filter(procedure__subject="russian").exists()
    assert not Value.objects.filter(procedure__subject="mathematics").exists()
    assert recompute_stale() == 0  # what was put off is not waited for


def test_who_needs_values_waits_for_those_that_are_being_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    taken(protocol(many(LOGIN, 2)))
    busy = claim_stale()
    naps: list[float] = []

    def other_worker_finishes(seconds: float) -> None:
        naps.append(seconds)
        recompute(busy)

    monkeypatch.setattr("msoko.web.monitoring.services.recomputing.time.sleep", other_worker_finishes)
    assert recompute_stale() == 0
    assert len(naps) == 1
    assert not stale()


def test_who_needs_one_procedure_does_not_wait_for_another() -> None:
    first, second = (
        taken(protocol(many(LOGIN, 2))),
        taken(protocol(many(OTHER, 2)), "Русский язык, 5 класс, ВПР 2022.xlsx"),
    )
    assert claim_stale(first.procedure_id)
    assert recompute_stale(second.procedure_id) == 1


def test_old_files_that_no_record_names_are_swept_and_named_ones_are_not(home: Path) -> None:
    batch = taken(protocol(many(LOGIN, 2)))
    orphans = [home / "facts" / "ab.parquet", home / "facts" / "x.unfinished", home / "uploads" / "tmp1.unfinished"]
    orphans.append(home / "uploads" / "ff" / ("f" * 64))
    fresh = home / "uploads" / "fresh.unfinished"
    for file in [*orphans, fresh]:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"rubbish")
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    for file in home.rglob("*"):
        if file.is_file() and file != fresh:
            os.utime(file, (two_days_ago, two_days_ago))
    due._swept.clear()
    due.do_one()
    assert not any(file.exists() for file in orphans)
    assert fresh.exists()
    assert (home / "facts" / batch.facts).exists()
    assert (home / "facts" / batch.summary).exists()
    assert (home / "uploads" / batch.upload.sha256[:2] / batch.upload.sha256).exists()


def test_sweeping_is_done_at_the_start_and_then_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[float] = []
    monkeypatch.setattr(due, "sweep", lambda: times.append(1) or [])
    due._swept.clear()
    for _ in range(3):
        due.do_one()
    assert len(times) == 1
    due._swept[:] = [time.monotonic() - due.DAY - 1]
    due.do_one()
    assert len(times) == 2
