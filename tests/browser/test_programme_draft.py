"""A specialist starts a programme from a template, edits it, approves it; a school makes its own; without scripts."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.given_out import DEPARTMENT, FIRST, PASSWORD, give_out
from tests.browser_fixtures import sign_in
from tests.live_server import LiveServer, serving

TITLE = "Сеть поддержки школ"


@pytest.fixture
def system(tmp_path: Path) -> Iterator[LiveServer]:
    """A municipality with three schools and its people."""
    with serving(tmp_path / "home") as running:
        give_out(running.home)
        yield running


@pytest.fixture
def as_one(open_page: Callable[..., Page], system: LiveServer) -> Callable[..., Page]:
    """A watched page of somebody who has signed in."""

    def opened(login: str, width: int = 1280, **options: object) -> Page:
        page = open_page(system, width, **options)
        sign_in(page, login, PASSWORD)
        return page

    return opened


def start(page: Page) -> None:
    page.goto("/programmes/")
    page.get_by_role("link", name="Начать программу").click()
    page.get_by_role("link", name=f"Выбрать шаблон «{TITLE}»").click()
    page.get_by_role("button", name="Создать проект").click()
    expect(page.get_by_text("Проект готов")).to_be_visible()


def to_the_first_activity(page: Page) -> None:
    page.get_by_role("link", name="Дорожные карты").last.click()
    page.get_by_role("link", name=re.compile("^Править")).first.click()
    page.get_by_role("link", name=re.compile("^Изменить")).first.click()


def test_a_draft_is_started_edited_approved_and_followed_by_a_school(
    as_one: Callable[..., Page], axe: Callable[..., None]
) -> None:
    page = as_one(DEPARTMENT)
    start(page)
    axe(page)
    to_the_first_activity(page)
    read_back = page.locator("#read-back")
    page.get_by_label("Срок, словами").fill("как получится")
    expect(read_back.get_by_text("не понято")).to_be_visible()
    page.get_by_label("Срок, словами").fill("ежегодно, май")
    expect(read_back.get_by_text(re.compile("каждый.год"))).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Сохранить", exact=True).last.click()
    expect(page.get_by_text("Сохранено.")).to_be_visible()
    axe(page)
    page.goto("/programmes/")
    page.get_by_role("link", name="Открыть проект").click()
    page.get_by_role("link", name="Утвердить").click()
    axe(page)
    page.get_by_label("Приказ об утверждении").fill("Приказ от 12.01.2026 № 7")
    page.get_by_role("button", name=re.compile("^Утвердить")).click()
    expect(page.get_by_text("Программа действует")).to_be_visible()
    a_school_makes_its_own(as_one(FIRST, 360), axe)


def a_school_makes_its_own(page: Page, axe: Callable[..., None]) -> None:
    page.goto("/programmes/")
    axe(page)
    page.get_by_role("link", name="Составить программу").click()
    page.get_by_role("button", name="Создать проект").click()
    expect(page.get_by_text("Проект программы школы готов")).to_be_visible()
    page.get_by_role("link", name="Муниципальная программа").last.click()
    axe(page)


def test_rows_of_the_passport_are_added_and_a_deadline_is_read_back_without_scripts(
    as_one: Callable[..., Page],
) -> None:
    page = as_one(DEPARTMENT, java_script_enabled=False)
    start(page)
    page.get_by_role("link", name=re.compile("Изменить.*Этапы реализации")).click()
    page.locator("input[name=row-0-title]").fill("Первые полгода")
    before = page.locator("details.row-details").count()
    page.get_by_role("button", name="Добавить строку").click()
    expect(page.locator("details.row-details")).to_have_count(before + 1)
    expect(page.locator("input[name=row-0-title]")).to_have_value("Первые полгода")
    page.locator("input[name=row-0-title]").press("Enter")
    expect(page.get_by_text("Сохранено.")).to_be_visible()
    expect(page.get_by_text("Первые полгода")).to_be_visible()
    to_the_first_activity(page)
    page.get_by_label("Срок, словами").fill("до 15 июня, ежегодно")
    page.get_by_role("button", name="Проверить").click()
    expect(page.locator("#read-back").get_by_text(re.compile("15.июня"))).to_be_visible()
    expect(page.get_by_label("Срок, словами")).to_have_value("до 15 июня, ежегодно")
