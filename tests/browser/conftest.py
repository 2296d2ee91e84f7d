"""Fixtures of these tests: people of the demonstration who have signed in, systems of their own, made-up files."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import deeds, invented
from tests.browser.places import Places
from tests.browser_fixtures import Watch, sign_in
from tests.live_server import LiveServer, serving

ADMIN, PASSWORD = "first@people.example", "длинный-пароль-7"


@pytest.fixture(scope="session")
def places(demo_home: Path) -> Places:
    """Where things of the demonstration are."""
    return Places(demo_home)


@pytest.fixture(scope="session")
def sessions(browser: Browser, demo_server: LiveServer) -> Callable[[str], Any]:
    """Word of a person («district») → cookies of a session of theirs; each signs in once in a run."""
    known: dict[str, Any] = {}

    def cookies_of(word: str) -> Any:
        if word not in known:
            login = f"{word}@msoko.example"
            context = browser.new_context(base_url=demo_server.url)
            sign_in(context.new_page(), login, deeds.password_of(demo_server, login))
            known[word] = context.storage_state()
            context.close()
        return known[word]

    return cookies_of


@pytest.fixture
def as_person(
    open_page: Callable[..., Page], demo_server: LiveServer, sessions: Callable[[str], Any]
) -> Callable[..., Page]:
    """`as_person("district", width=360)` is a watched page of the demonstration, signed in."""

    def opened(word: str, width: int = 1280, **options: Any) -> Page:
        return open_page(demo_server, width, storage_state=sessions(word), **options)

    return opened


@pytest.fixture(scope="session")
def windows(
    browser: Browser, demo_server: LiveServer, sessions: Callable[[str], Any]
) -> Iterator[Callable[[str], Watch]]:
    """Word of a person → a window of theirs that stays open: a new one for each page takes longer than the page.

    Whoever uses it looks at `faults` of the watch and clears them.
    """
    known: dict[str, Watch] = {}

    def window_of(word: str) -> Watch:
        if word not in known:
            context = browser.new_context(locale="ru-RU", base_url=demo_server.url, storage_state=sessions(word))
            known[word] = Watch(context.new_page(), demo_server.url)
        return known[word]

    yield window_of
    for watch in known.values():
        watch.page.context.close()


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[LiveServer]:
    """A system that nobody has used yet, for one test alone."""
    with serving(tmp_path / "home") as running:
        yield running


@pytest.fixture
def admin_page(open_page: Callable[..., Page], server: LiveServer) -> Page:
    """The empty system in the eyes of its administrator. Leave it empty: other tests share it."""
    server.msoko("createadmin", ADMIN, "--password-stdin", said=PASSWORD)
    page = open_page(server)
    sign_in(page, ADMIN, PASSWORD)
    return page


@pytest.fixture(scope="session")
def protocols() -> Iterator[dict[int, Path]]:
    """Grade → an invented protocol."""
    folder = Path(tempfile.mkdtemp())
    yield invented.protocols(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def other_protocols() -> Iterator[dict[int, Path]]:
    """The same works of four of the schools with other results."""
    folder = Path(tempfile.mkdtemp())
    yield invented.protocols(folder, schools=4, seed=11)
    shutil.rmtree(folder)
