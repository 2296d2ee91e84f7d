"""What a person does on the pages, in one call each."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.live_server import LiveServer

READ_WITHIN = 60_000  # ms: a region's protocol is read in some five seconds, on a busy machine in more
COMPUTED_WITHIN = 60_000


def password_of(server: LiveServer, login: str) -> str:
    """The demonstration's password of a login, as `msoko serve` prints it; raises LookupError for a stranger."""
    for line in (server.home / "server.log").read_text().splitlines():
        words = line.split()
        if words[:1] == [login]:
            return words[1]
    raise LookupError(f"{login} is not among the demonstration's logins")


def hand_in(page: Page, *files: Path) -> str:
    """Uploads on «Данные» and waits until one file is read; returns the address of its page."""
    page.goto("/data/")
    page.set_input_files("input[name=files]", list(files))
    page.get_by_role("button", name="Загрузить и проверить").click()
    if len(files) == 1:
        wait_until_read(page)
    return page.url


def wait_until_read(page: Page) -> None:
    """On the page of a batch: until the progress has given way, by itself, to what was found."""
    expect(page.locator("main .facts, main .error-box").first).to_be_visible(timeout=READ_WITHIN)


def accept(page: Page) -> None:
    page.get_by_role("button", name="Принять", exact=True).click()
    expect(page.get_by_text("Протокол принят.")).to_be_visible()


def withdraw(page: Page, reason: str) -> None:
    page.get_by_label("Причина отзыва").fill(reason)
    page.get_by_role("button", name="Отозвать").click()


def wait_until_fresh(page: Page, address: str) -> None:
    """Opens a procedure's page again and again, as a person does, until it no longer says that values are stale."""
    end = COMPUTED_WITHIN // 500
    for _ in range(end):
        page.goto(address)
        if page.get_by_text("Значения пересчитываются").count() == 0 and page.locator(".stats, table").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{address} is stale: {page.inner_text('main')[:500]}")
