"""Taking a protocol back: with a reason, and the values follow."""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import deeds
from tests.browser.conftest import ADMIN, PASSWORD
from tests.browser_fixtures import sign_in
from tests.live_server import LiveServer

STALE = "Значения пересчитываются"


@contextmanager
def worker_asleep(server: LiveServer) -> Iterator[None]:
    """The server's worker does nothing for as long as the block lasts, so that what waits for it can be seen."""
    numbers = [int(file.parent.name) for file in Path("/proc").glob("[0-9]*/cmdline") if is_worker_of(file, server)]
    assert numbers
    with nobody_writing(server):
        for number in numbers:
            os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            os.kill(number, signal.SIGCONT)


@contextmanager
def nobody_writing(server: LiveServer) -> Iterator[None]:
    """A worker that fell asleep within a write would keep everybody else from writing."""
    with closing(sqlite3.connect(server.home / "msoko.sqlite3", timeout=60, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield


def is_worker_of(file: Path, server: LiveServer) -> bool:
    try:
        called = file.read_bytes().split(b"\0")
        return b"worker" in called and f"MSOKO_HOME={server.home}".encode() in file.with_name("environ").read_bytes()
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return False  # ended meanwhile, or another user's


@pytest.fixture
def page(
    open_page: Callable[..., Page],
    fresh_server: LiveServer,
    protocols: dict[int, Path],
    other_protocols: dict[int, Path],
) -> Page:
    """A system with two protocols of one work; the person is on the page of the one accepted last, which speaks."""
    fresh_server.msoko("createadmin", ADMIN, "--password-stdin", said=PASSWORD)
    fresh_server.msoko("import", protocols[5], "--accept", "--create-schools")
    page = open_page(fresh_server)
    sign_in(page, ADMIN, PASSWORD)
    deeds.hand_in(page, other_protocols[5])
    deeds.accept(page)
    return page


def mean_of(page: Page) -> str:
    return page.locator(".stat", has_text="Средний балл").locator(".stat-value").inner_text()


def test_values_follow_a_protocol_that_is_taken_back(page: Page, fresh_server: LiveServer) -> None:
    batch = page.url
    page.get_by_role("link", name="Посмотреть результаты").click()
    results = page.url
    deeds.wait_until_fresh(page, results)
    of_the_last = mean_of(page)
    page.goto(batch)
    with worker_asleep(fresh_server):
        deeds.withdraw(page, "Прислан исправленный протокол")
        expect(page.get_by_text("Причина: Прислан исправленный протокол")).to_be_visible()
        page.goto(results)
        expect(page.get_by_text(STALE)).to_be_visible()
        assert mean_of(page) == of_the_last
    # The page itself asks until the values are fresh, and is shown anew.
    expect(page.get_by_text(STALE)).to_have_count(0, timeout=deeds.COMPUTED_WITHIN)
    expect(page.locator(".stat", has_text="Средний балл")).to_be_visible()
    assert mean_of(page) != of_the_last


def test_without_a_reason_nothing_is_taken_back(page: Page) -> None:
    page.locator("form", has_text="Отозвать").evaluate("form => form.noValidate = true")
    deeds.withdraw(page, "   ")
    expect(page.get_by_text("Назовите причину отзыва.")).to_be_visible()
    expect(page.get_by_role("button", name="Отозвать")).to_be_visible()
    expect(page.get_by_text("Протокол отозван")).to_have_count(0)
