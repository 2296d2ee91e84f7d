"""A signed document of the past goes live without drowning anybody, and says what has to be handed in."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people_of_a_district import PASSWORD, SPECIALIST, settle
from tests.browser.test_living_roadmap import filled_where_empty, invented, read
from tests.browser_fixtures import sign_in
from tests.live_server import LiveServer, serving

WHY = "За прошлый год отчёты собраны на бумаге."


@pytest.fixture
def district(tmp_path: Path) -> Iterator[LiveServer]:
    with serving(tmp_path / "home") as running:
        settle(running.home)
        yield running


def test_a_document_of_the_past_goes_live_without_anything_overdue(
    open_page: Callable[..., Page], district: LiveServer, tmp_path: Path, axe: Callable[..., None]
) -> None:
    page = open_page(district)
    sign_in(page, SPECIALIST, PASSWORD)
    signed = invented(tmp_path)
    read(page, signed.file)
    say_what_to_hand_in(page, axe)
    page.get_by_role("link", name="Сделать программой").click()
    page.get_by_label("Документ уже подписан").check()
    filled_where_empty(page, "Дата приказа", signed.approved_on.isoformat())
    filled_where_empty(page, "Приказ", signed.order)
    expect(page.get_by_text("4 срока из 6 уже прошли")).to_be_visible()
    page.get_by_label("Не спрашивать о прошедших").check()
    page.get_by_role("button", name="Сделать программой").click()
    expect(page.get_by_text("Программа введена в действие")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text(re.compile("Просрочено исполнителями"))).to_have_count(0)
    ask_again(page, axe)


def say_what_to_hand_in(page: Page, axe: Callable[..., None]) -> None:
    """The suggestions at once, then two protocols of the rows that are ticked."""
    page.get_by_role("button", name="Принять все предложения").click()
    expect(page.get_by_text("Сказано, что приложить")).to_be_visible()
    expect(page.get_by_role("button", name="Принять все предложения")).to_have_count(0)
    page.locator(".review-row input[name=row]").first.check()
    page.get_by_text("Что приложить к отчёту", exact=True).last.click()
    page.get_by_label("протокол", exact=True).check()
    page.get_by_label("По сколько").fill("2")
    axe(page)
    page.get_by_role("button", name="Требовать в отмеченных").click()
    expect(page.locator(".review-row").first).to_contain_text("справка; протокол × 2")
    page.get_by_role("link", name="Отметить все").click()
    page.locator(".review-ticked").get_by_role("button", name="Проверено").click()
    expect(page.locator(".review-checked").first).to_be_visible()


def ask_again(page: Page, axe: Callable[..., None]) -> None:
    page.goto("/assignments/?state=untracked")
    expect(page.locator("main table").first).to_contain_text("не отслеживается")
    page.goto("/roadmaps/1/progress/")
    expect(page.locator(".headline")).to_contain_text("не ждут, исполненными они не считаются")
    axe(page)
    page.get_by_role("link", name=re.compile("^Прошедшие сроки")).click()
    axe(page)
    page.get_by_label("Почему").fill(WHY)
    page.get_by_role("button", name="Снова спрашивать").click()
    expect(page.get_by_text(re.compile("^Снова спрашивается: "))).to_be_visible()
    page.goto("/")
    expect(page.get_by_text(re.compile("Просрочено исполнителями")).first).to_be_visible()
