"""A system with nothing in it says what will be where, and offers the one next step."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

NEXT_STEPS = {
    "/": ("Здесь будет картина территории", "Загрузить первый протокол", "/data/"),
    "/results/": ("Результатов пока нет", "Перейти к данным", "/data/"),
    "/support/": ("Здесь будет список школ с низкими результатами", "Перейти к данным", "/data/"),
    "/schools/": ("Здесь будут школы территории", "Загрузить реестр", "/schools/register/"),
}


@pytest.mark.parametrize("address", NEXT_STEPS)
def test_an_empty_page_offers_the_next_step(admin_page: Page, axe: Callable[..., None], address: str) -> None:
    title, button, leads_to = NEXT_STEPS[address]
    admin_page.goto(address)
    expect(admin_page.get_by_role("heading", name=title)).to_be_visible()
    axe(admin_page)
    admin_page.locator(".empty").get_by_role("link", name=button).click()
    assert admin_page.url.endswith(leads_to)


def test_the_data_page_takes_a_file_at_once_and_gives_the_forms(admin_page: Page, axe: Callable[..., None]) -> None:
    admin_page.goto("/data/")
    expect(admin_page.get_by_role("heading", name="Здесь будут протоколы")).to_be_visible()
    expect(admin_page.locator("input[name=files]")).to_be_visible()
    axe(admin_page)
    with admin_page.expect_download() as download:
        admin_page.get_by_role("link", name="Реестр организаций").click()
    assert download.value.suggested_filename == "Реестр организаций.xlsx"


def test_a_system_that_is_no_demonstration_does_not_call_itself_one(admin_page: Page) -> None:
    admin_page.goto("/")
    expect(admin_page.locator(".demonstration")).to_have_count(0)
