"""The watch over browser tests is itself watched: it must see what it is there to see."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser_fixtures import Watch

GOOD = "<!doctype html><html lang=ru><title>Обзор</title><link rel=icon href=data:,><main><h1>Обзор</h1></main></html>"
POLICY = "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\">"
FAULTS = {
    "outside": (GOOD + "<img alt='' src=http://example.org/picture.png>", "outside: http://example.org/picture.png"),
    "error": (GOOD + "<script>console.error('сбой')</script>", "console: сбой"),
    "thrown": (GOOD + "<script>throw new Error('сбой')</script>", "script: сбой"),
    "policy": (POLICY + GOOD + "<script>let a = 1</script>", "Content Security Policy"),
    "missing": (GOOD + "<script src=/missing.js></script>", "404"),
}


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that keeps no log."""

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A server of the pages above; its address."""
    pages = {"good": GOOD, "unlabelled": GOOD.replace("<h1>", "<input><h1>")}
    for name, text in {**pages, **{name: text for name, (text, _) in FAULTS.items()}}.items():
        (tmp_path / f"{name}.html").write_text(f"<meta charset=utf-8>{text}", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


@pytest.fixture
def watched(browser: Browser, site: str) -> Iterator[Callable[[str], Watch]]:
    """Opens a page of the site under watch."""
    context = browser.new_context(base_url=site)

    def open_page(name: str) -> Watch:
        watch = Watch(context.new_page(), site)
        watch.page.goto(f"/{name}.html", wait_until="networkidle")
        return watch

    yield open_page
    context.close()


def test_a_good_page_has_no_faults(watched: Callable[[str], Watch], axe: Callable[..., None]) -> None:
    watch = watched("good")
    axe(watch.page)
    assert watch.faults == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_page_is_seen(watched: Callable[[str], Watch], name: str) -> None:
    assert any(FAULTS[name][1] in fault for fault in watched(name).faults)


def test_an_input_without_a_label_is_a_violation(watched: Callable[[str], Watch], axe: Callable[..., None]) -> None:
    page = watched("unlabelled").page
    with pytest.raises(AssertionError, match="label"):
        axe(page)
