"""Renders every page of scripts/screen_list.py at two widths, and every document page by page, into build/screens."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.screen_list import DOCUMENTS, PAGES, Look
from tests.browser_fixtures import DEMO, launch_chromium, sign_in
from tests.live_server import ROOT, LiveServer, serving

SCREENS = ROOT / "build" / "screens"
WIDTHS = (1280, 360)
DOTS_PER_INCH = "80"  # enough to read a page, and twenty pages stay quick to look through


def main() -> int:
    """Takes all pictures; returns 1 when a page answered with an error, which is named."""
    shutil.rmtree(SCREENS, ignore_errors=True)
    SCREENS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "home"
        shutil.copytree(DEMO, home)
        with serving(home) as server:
            chromium = launch_chromium(playwright)
            faults = [fault for login in logins() for fault in pictures_of_a_person(chromium, server, login)]
    print(f"{len(list(SCREENS.glob('*.png')))} pictures in {SCREENS.relative_to(ROOT)}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def logins() -> list[str | None]:
    """Everyone whose eyes are needed, each once, in the order of the lists."""
    return list(dict.fromkeys(look.login for look in [*PAGES, *DOCUMENTS]))


def pictures_of_a_person(chromium: Browser, server: LiveServer, login: str | None) -> list[str]:
    """Signs one person in and takes all pictures of theirs; returns what went wrong."""
    context = chromium.new_context(locale="ru-RU", timezone_id="Europe/Moscow", base_url=server.url)
    page = context.new_page()
    if login:
        sign_in(page, login, password_of(server, login))
    pages = [fault for look in PAGES if look.login == login for fault in photograph(page, look)]
    documents = [fault for look in DOCUMENTS if look.login == login for fault in print_out(page, look)]
    context.close()
    return pages + documents


def password_of(server: LiveServer, login: str) -> str:
    """The demonstration's password of a login, as `msoko serve` prints it; raises LookupError for a stranger."""
    for line in (server.home / "server.log").read_text().splitlines():
        words = line.split()
        if words[:1] == [login]:
            return words[1]
    raise LookupError(f"{login} is not among the demonstration's logins")


def photograph(page: Page, look: Look) -> list[str]:
    """One page at each width, from top to bottom."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(look.url)
        page.screenshot(path=SCREENS / f"{look.name}-{width}.png", full_page=True)
        if answer is None or not answer.ok:
            faults.append(f"{look.name}-{width}: {look.url} answers {answer.status if answer else 'nothing'}")
    return faults


def print_out(page: Page, look: Look) -> list[str]:
    """One document: fetched as its reader does, a picture a page."""
    answer = page.request.get(look.url)
    if not answer.ok:
        return [f"{look.name}: {look.url} answers {answer.status}"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / look.name
        file.write_bytes(answer.body())
        return pages_of(file)


def pages_of(document: Path) -> list[str]:
    """Pictures of the pages of a DOCX or PDF (told by its content), or the name of the tool that is missing."""
    is_pdf = document.read_bytes().startswith(b"%PDF")
    for tool in ("pdftoppm",) if is_pdf else ("soffice", "pdftoppm"):
        if shutil.which(tool) is None:
            print(f"{document.name}: no {tool} on this machine, no picture", file=sys.stderr)
            return []
    pdf = document if is_pdf else as_pdf(document)
    subprocess.run(["pdftoppm", "-r", DOTS_PER_INCH, "-png", pdf, SCREENS / document.name], check=True)
    return []


def as_pdf(document: Path) -> Path:
    """A DOCX as LibreOffice prints it."""
    folder = document.parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, document]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return document.with_suffix(".pdf")


if __name__ == "__main__":
    sys.exit(main())
