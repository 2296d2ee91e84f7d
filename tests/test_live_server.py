"""A fresh system answers, stays on its own server and is accessible from its first page."""

from pathlib import Path

import pytest

from tests.live_server import serving


def processes_of(home: Path) -> list[str]:
    """Numbers of the processes that run on a home folder: the server, its web process, its worker."""
    return [file.parent.name for file in Path("/proc").glob("[0-9]*/environ") if runs_on(file, home)]


def runs_on(file: Path, home: Path) -> bool:
    try:
        return f"MSOKO_HOME={home}".encode() in file.read_bytes().split(b"\0")
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return False  # ended meanwhile, or another user's


def test_a_fresh_system_asks_who_comes(page, axe):
    page.goto("/")
    assert page.url.split("?")[0].endswith("/login/")
    assert page.locator("html").get_attribute("lang") == "ru"
    axe(page)


def test_a_command_and_the_server_share_a_home(server):
    assert server.msoko("organisations", "list", "--json").startswith("{")


@pytest.mark.browser
def test_the_server_stops_with_all_it_started(tmp_path):
    with serving(tmp_path) as running:
        assert processes_of(running.home) != []
    assert processes_of(running.home) == []
