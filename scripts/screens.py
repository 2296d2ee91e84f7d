"""Renders every page of scripts/screen_list.py at two widths, and every document page by page, into build/screens.

Also refreshes the picture of the first page that README shows.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.screen_list import ADMIN, DISTRICT, DOCUMENTS, EMPTY_PAGES, FRONT, PAGES, REFUSALS, Look
from tests.browser import deeds, invented
from tests.browser.places import Places
from tests.browser_fixtures import DEMO, launch_chromium, sign_in
from tests.live_server import ROOT, LiveServer, msoko, serving

SCREENS = ROOT / "build" / "screens"
PICTURE = ROOT / "docs" / "pictures" / "overview.png"
WIDTHS = (1280, 360)
FRONT_HEIGHT = 900  # one screen: what is seen without scrolling
COLOURS = 128  # a page of few colours looks the same with these and weighs a third
DOTS_PER_INCH = 80  # enough to read a page, and twenty pages stay quick to look through
PASSWORD = "для-рисунков-7"
Words = dict[str, str | int]


def main() -> int:
    """Takes all pictures; returns 1 when a page answered otherwise than it should, which is named."""
    shutil.rmtree(SCREENS, ignore_errors=True)
    SCREENS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = launch_chromium(playwright)
        faults = pictures_of_the_demonstration(chromium, Path(folder)) + pictures_of_nothing(chromium, Path(folder))
    print(f"{len(list(SCREENS.glob('*.png')))} pictures in {SCREENS.relative_to(ROOT)}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def pictures_of_the_demonstration(chromium: Browser, folder: Path) -> list[str]:
    home = folder / "home"
    shutil.copytree(DEMO, home)
    with serving(home) as server:
        with person(chromium, server, DISTRICT) as page:
            take_the_front(page)
            words = {**Places(home).names, **states_of_a_batch(page, folder)}
        faults = []
        for login in dict.fromkeys(look.login for look in [*PAGES, *DOCUMENTS]):
            with person(chromium, server, login) as page:
                faults += [fault for look in PAGES if look.login == login for fault in photograph(page, look, words)]
                faults += [fault for look in DOCUMENTS if look.login == login for fault in print_out(page, look, words)]
        return faults


def pictures_of_nothing(chromium: Browser, folder: Path) -> list[str]:
    """A fresh system: before its administrator is there, and then what the administrator sees."""
    with serving(folder / "fresh") as server:
        with person(chromium, server, None) as page:
            faults = [fault for look in EMPTY_PAGES if not look.login for fault in photograph(page, look, {})]
        msoko(server.home, "createadmin", ADMIN, "--password-stdin", said=PASSWORD)
        with person(chromium, server, ADMIN, PASSWORD) as page:
            return faults + [fault for look in EMPTY_PAGES if look.login for fault in photograph(page, look, {})]


@contextmanager
def person(chromium: Browser, server: LiveServer, login: str | None, password: str = "") -> Iterator[Page]:
    """A page of somebody who has signed in, or of a stranger."""
    context = chromium.new_context(locale="ru-RU", timezone_id="Europe/Moscow", base_url=server.url)
    page = context.new_page()
    if login:
        sign_in(page, login, password or deeds.password_of(server, login))
    yield page
    context.close()


def states_of_a_batch(page: Page, folder: Path) -> Words:
    """A protocol that waits for a decision, a refused file, a withdrawn one: word → address."""
    protocols = invented.protocols(folder / "invented")
    refused = deeds.hand_in(page, invented.not_a_protocol(folder))
    withdrawn = deeds.hand_in(page, protocols[6])
    deeds.accept(page)
    deeds.withdraw(page, "Прислан исправленный протокол")
    return {"waiting": deeds.hand_in(page, protocols[5]), "refused": refused, "withdrawn": withdrawn}


def take_the_front(page: Page) -> None:
    """The first screen of the first page, in few colours, for README."""
    page.set_viewport_size({"width": WIDTHS[0], "height": FRONT_HEIGHT})
    page.goto(FRONT.url)
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / "front.png"
        page.screenshot(path=shot)
        whole = Image.open(shot)
        PICTURE.parent.mkdir(exist_ok=True)
        whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


def photograph(page: Page, look: Look, words: Words) -> list[str]:
    """One page at each width, from top to bottom."""
    faults, url = [], look.url.format_map(words)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(url)
        page.screenshot(path=SCREENS / f"{look.name}-{width}.png", full_page=True)
        status = answer.status if answer else 0
        if status != REFUSALS.get(look.name, 200):
            faults.append(f"{look.name}-{width}: {url} answers {status}")
    return faults


def print_out(page: Page, look: Look, words: Words) -> list[str]:
    """One document: fetched as its reader does, a picture a page."""
    url = look.url.format_map(words)
    answer = page.request.get(url)
    if not answer.ok:
        return [f"{look.name}: {url} answers {answer.status}"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / look.name
        file.write_bytes(answer.body())
        return pages_of(file)


def pages_of(document: Path) -> list[str]:
    """Pictures of the pages of a DOCX or PDF; a DOCX needs LibreOffice, without it there is none and it is said."""
    if document.suffix == ".docx" and shutil.which("soffice") is None:
        print(f"{document.name}: no soffice on this machine, no picture", file=sys.stderr)
        return []
    with pdfplumber.open(document if document.suffix == ".pdf" else as_pdf(document)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            page.to_image(resolution=DOTS_PER_INCH).original.save(SCREENS / f"{document.name}-{number}.png")
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
