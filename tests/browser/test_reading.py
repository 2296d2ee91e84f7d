"""Reading works without JavaScript, on paper and by the keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.places import Places

READ = (
    "/", "/data/", "/results/", "/results/{work}/", "/results/{work}/schools/", "/schools/", "/schools/{weak_school}/",
    "/support/", "/findings/{finding}/", "/methods/",
)  # fmt: skip
MOST_STOPS = 40  # of the Tab key, from the top of «Данные» to the button


@pytest.mark.parametrize("address", READ)
def test_without_scripts_the_text_is_there_and_links_work(
    as_person: Callable[..., Page], places: Places, address: str
) -> None:
    with_scripts, without = as_person("district"), as_person("district", java_script_enabled=False)
    for page in (with_scripts, without):
        page.goto(places.address(address))
    words = "main h1, main .lead, main .headline, main table, main .stat"
    assert without.locator(words).all_text_contents() == with_scripts.locator(words).all_text_contents()
    without.locator(".sidebar").get_by_role("link", name="Результаты").click()
    expect(without.get_by_role("heading", level=1)).to_have_text("Результаты")


def test_without_scripts_a_table_is_sorted_and_filtered(as_person: Callable[..., Page]) -> None:
    page = as_person("district", java_script_enabled=False)
    page.goto("/schools/")
    page.locator("main form.filters").get_by_label("Тип").select_option(label="основная")
    page.get_by_role("button", name="Показать").last.click()
    assert "school_type=basic" in page.url
    page.locator("#table").get_by_role("link", name="Школа", exact=True).click()
    assert "sort=" in page.url
    assert page.locator("#table tbody tr").count() == 3


@pytest.mark.parametrize("address", ["/", "/results/{work}/schools/", "/data/"])
def test_on_paper_there_is_only_what_was_asked_for(
    as_person: Callable[..., Page], places: Places, address: str
) -> None:
    page = as_person("district")
    page.goto(places.address(address))
    page.emulate_media(media="print")
    for part in (".topbar", ".sidebar", ".skip-link", ".breadcrumbs", ".table-tools", ".tabs"):
        for one in page.locator(part).all():
            expect(one).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".demonstration")).to_be_visible()


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(as_person: Callable[..., Page]) -> None:
    page = as_person("district")
    page.goto("/data/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("К содержанию")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_keyboard_comes_to_the_upload_and_to_every_table(as_person: Callable[..., Page]) -> None:
    page = as_person("district")
    page.goto("/data/")
    seen = set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.innerText"))
    assert any("Загрузить" in words for words in seen), seen
    regions = page.locator(".table-scroll")
    assert regions.count() >= 2
    for region in regions.all():
        assert region.get_attribute("tabindex") == "0"
        assert region.get_attribute("aria-label")


def test_a_menu_opens_and_closes_by_the_keyboard(as_person: Callable[..., Page]) -> None:
    page = as_person("district")
    page.goto("/")
    page.locator(".topbar .menu summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Журнал действий")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Журнал действий")).to_be_hidden()
