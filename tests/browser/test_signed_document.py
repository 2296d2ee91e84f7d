"""A specialist brings a signed document, puts its rows right and makes it a programme; by mouse, keys, telephone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ADMIN, PASSWORD
from tests.browser_fixtures import sign_in
from tests.live_server import LiveServer
from tests.web.roadmap.signed import DOCUMENT

READ_WITHIN = 60_000


@pytest.fixture
def system(fresh_server: LiveServer, protocols: dict[int, Path]) -> LiveServer:
    """A municipality that is known from a protocol, and its administrator."""
    fresh_server.msoko("createadmin", ADMIN, "--password-stdin", said=PASSWORD)
    fresh_server.msoko("import", protocols[5], "--accept", "--create-schools")
    return fresh_server


def opened(open_page: Callable[..., Page], system: LiveServer, **options: object) -> Page:
    page = open_page(system, **options)
    sign_in(page, ADMIN, PASSWORD)
    return page


def bring(page: Page, folder: Path) -> str:
    """Uploads the document and waits until the worker has read it; returns the address of its review."""
    file = folder / "программа.txt"
    file.write_text(DOCUMENT)
    page.goto("/roadmaps/imports/")
    page.set_input_files("input[name=file]", file)
    page.get_by_role("button", name="Загрузить и прочитать").click()
    expect(page.locator(".review-row").first).to_be_visible(timeout=READ_WITHIN)
    return page.url


def test_a_document_is_looked_through_row_by_row_and_becomes_a_programme(
    open_page: Callable[..., Page], system: LiveServer, tmp_path: Path, axe: Callable[..., None]
) -> None:
    page = opened(open_page, system)
    review = bring(page, tmp_path)
    assert page.locator(".review-row").count() == 5
    axe(page)
    _row_leads_to_its_lines(page)
    _one_press_needs_no_new_page(page)
    page.goto(review)
    page.get_by_role("link", name="Проверять по очереди").click()
    expect(page.get_by_role("heading", name="Мероприятие 2.2")).to_be_visible()
    axe(page)
    page.get_by_label("Срок, как в документе").fill("ежегодно, март")
    page.get_by_role("button", name="Верно, дальше").click()
    expect(page.get_by_role("heading", name="Мероприятие 2.3")).to_be_visible()
    page.get_by_role("button", name="Исключить: это не мероприятие").click()
    expect(page.get_by_role("link", name="Исключённые 1")).to_be_visible()
    page.get_by_role("link", name="Сделать программой").click()
    axe(page)
    page.get_by_role("button", name="Сделать программой").click()
    expect(page.get_by_text("Программа создана как проект")).to_be_visible()
    page.goto(review)
    expect(page.get_by_text("Документ стал программой")).to_be_visible()


def _row_leads_to_its_lines(page: Page) -> None:
    """The document is scrolled to the lines, and the row stays where it was."""
    row = page.locator(".review-row").nth(4)
    link = row.locator("a[href^='#from-']")
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.click()
    expect(page.locator("tbody:target")).to_be_in_viewport()
    expect(link).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - before) < 60


def _one_press_needs_no_new_page(page: Page) -> None:
    page.evaluate("window.stays = true")
    row = page.locator(".review-row").first
    row.get_by_role("button", name="Проверено").click()
    expect(row.locator(".review-head")).to_contain_text("проверено")
    assert page.evaluate("window.stays")


def test_everything_works_without_scripts_and_by_keys(
    open_page: Callable[..., Page], system: LiveServer, tmp_path: Path
) -> None:
    plain = opened(open_page, system)
    review = bring(plain, tmp_path)
    page = opened(open_page, system, java_script_enabled=False)
    page.goto(review)
    page.get_by_role("link", name="Отметить все").focus()
    page.keyboard.press("Enter")
    expect(page.locator("input[name=row]:checked")).to_have_count(5)
    page.locator("input[name=row]").first.focus()
    page.keyboard.press("Enter")  # no button is pressed by chance
    expect(page.locator("input[name=row]:checked")).to_have_count(5)
    expect(page.locator(".review-checked")).to_have_count(0)
    page.get_by_role("button", name="Проверено", exact=True).last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Отмечено проверенными: 5 строк.")).to_be_visible()
    row = page.locator(".review-row").nth(1)
    row.get_by_role("link", name="Разделить").click()
    page.get_by_label("Или с другого слова").or_(page.get_by_label("Второе мероприятие начинается с")).select_option(
        label="и выбор школ для помощи"
    )
    page.get_by_role("button", name="Дальше").last.click()
    page.get_by_role("button", name="Разделить").click()
    expect(page.get_by_text("Строка разделена на две.")).to_be_visible()
    page.locator(".review-row").nth(2).get_by_role("button", name="Соединить с верхней").click()
    expect(page.get_by_text("соединена с верхней")).to_be_visible()


def test_a_telephone_shows_the_review_without_scrolling_aside(
    open_page: Callable[..., Page], system: LiveServer, tmp_path: Path
) -> None:
    page = opened(open_page, system, width=360)
    review = bring(page, tmp_path)
    for address in (
        review,
        f"{review}?show=complaints",
        f"{review}passport/",
        f"{review}live/",
        f"{review}add/?line=15",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
