"""Fixtures of the browser tests: a real server, a page that is watched, a check of accessibility."""

import fcntl
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.live_server import ROOT, LiveServer, environment, serving

TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
DEMO = ROOT / "build" / "demo"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # root has no sandbox, and no page from outside is ever opened
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # Nothing outside is found. Watching each request on its way instead takes half of the time of a page.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def launch_chromium(playwright: Any) -> Browser:
    """Debian's chromium, headless; raises FileNotFoundError where it is not installed."""
    executable = shutil.which("chromium")
    if executable is None:
        raise FileNotFoundError("There is no chromium: apt-get install chromium")
    return playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)


class Watch:
    """Keeps a page inside its server and collects what went wrong in it."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.origin, self.faults = page, origin, []
        page.context.on("request", self._see)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _see(self, request: Any) -> None:
        if not request.url.startswith((self.origin + "/", "data:", "blob:")):
            self.faults.append(f"outside: {request.url}")

    def _hear(self, message: Any) -> None:
        # The status of the document itself (403, 404) is for the test to judge; a missing part of it is a fault.
        about_the_document = message.location.get("url") == self.page.url and "status of" in message.text
        if message.type == "error" and not about_the_document:
            self.faults.append(f"console: {message.text}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for all browser tests of a process."""
    with sync_playwright() as playwright:
        chromium = launch_chromium(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A running system with nothing in it."""
    with serving(tmp_path_factory.mktemp("empty_home")) as running:
        yield running


@pytest.fixture(scope="session")
def demo_home() -> Path:
    """The folder of the demonstration district made from the present code. Read it or copy it, never write to it."""
    DEMO.parent.mkdir(exist_ok=True)
    with (DEMO.parent / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # With a key of its own: its passwords follow from it, and a server of a copy has to know them.
        subprocess.run(["make", "-s", "build/demo/.loaded"], cwd=ROOT, env=environment(DEMO), check=True)
    return DEMO


@pytest.fixture(scope="session")
def demo_server(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A running system with the demonstration district, shared by the tests of a process."""
    home = tmp_path_factory.mktemp("demo") / "home"
    shutil.copytree(demo_home, home)
    with serving(home) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(server, width=1280)` is a new page of that server with no cookies.

    The test fails at its end when the page asked for anything outside, or wrote an error to the console
    (a violation of the content security policy is one).
    """
    watches: list[Watch] = []

    def open_one(server: LiveServer, width: int = 1280, **options: Any) -> Page:
        viewport = {"width": width, "height": 900}
        context = browser.new_context(
            locale="ru-RU", timezone_id="Europe/Moscow", base_url=server.url, viewport=viewport, **options
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        watches.append(Watch(page, server.url))
        return page

    yield open_one
    for watch in watches:
        watch.page.context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page: Callable[..., Page], server: LiveServer) -> Page:
    """A watched page of the empty system: `page.goto("/")` opens its first page."""
    return open_page(server)


@pytest.fixture
def demo_page(open_page: Callable[..., Page], demo_server: LiveServer) -> Page:
    """A watched page of the demonstration district."""
    return open_page(demo_server)


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails when axe finds a violation of accessibility in the page as it stands.

    Contrast is looked for at each cell of each table, for seconds: `contrast=False` where others check the colours.
    """

    def assert_accessible(page: Page, contrast: bool = True) -> None:
        options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}}
        page.evaluate(TWO_FRAMES)  # what the page does about its new size is done by then
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return assert_accessible


def sign_in(page: Page, login: str, password: str) -> None:
    """Signs a person in on the page's server by its form; raises AssertionError when it refuses."""
    page.goto("/login/")
    page.fill("input[name=username]", login)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")
    assert page.locator("input[name=password]").count() == 0, f"{login} is not let in: {page.inner_text('main')}"
