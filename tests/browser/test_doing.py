"""Doing: a school reports with evidence, a verifier returns and accepts; without scripts, on a telephone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.given_out import (
    DEPARTMENT,
    FIRST,
    METHODIST,
    ORDER,
    PASSWORD,
    SECOND,
    TITLE,
    WITHOUT_EVIDENCE,
    give_out,
)
from tests.browser_fixtures import sign_in
from tests.live_server import LiveServer, serving

DONE = "Провели семинар, разобрали критерии оценивания."


@pytest.fixture
def given_out(tmp_path: Path) -> Iterator[LiveServer]:
    with serving(tmp_path / "home") as running:
        give_out(running.home)
        yield running


@pytest.fixture
def as_one(open_page: Callable[..., Page], given_out: LiveServer) -> Callable[..., Page]:
    """A watched page of somebody who has signed in."""

    def opened(login: str, width: int = 1280, **options: object) -> Page:
        page = open_page(given_out, width, **options)
        sign_in(page, login, PASSWORD)
        return page

    return opened


@pytest.fixture
def order(tmp_path: Path) -> Path:
    file = tmp_path / "Приказ.txt"
    file.write_text("Приказ № 5 о семинаре.", encoding="utf-8")
    return file


def report(page: Page, title: str, file: Path | None = None) -> None:
    page.goto("/my-tasks/")
    page.get_by_role("link", name=re.compile(f"^Отчитаться.*{title}")).click()
    page.get_by_label("Что сделано").fill(DONE)
    if file is not None:
        page.get_by_label(re.compile(f"^{ORDER}")).set_input_files(file)
    page.get_by_role("button", name="Сдать отчёт").click()


def test_a_report_is_refused_handed_in_returned_mended_and_accepted(
    as_one: Callable[..., Page], order: Path, axe: Callable[..., None]
) -> None:
    school, department = as_one(FIRST), as_one(DEPARTMENT)
    report(school, TITLE)
    expect(school.get_by_text(f"нет подтверждения: «{ORDER}»")).to_be_visible()
    expect(school.get_by_label("Что сделано")).to_have_value(DONE)
    axe(school)
    school.get_by_label(re.compile(f"^{ORDER}")).set_input_files(order)
    school.get_by_role("button", name="Сдать отчёт").click()
    expect(school.get_by_text("Отчёт сдан.")).to_be_visible()
    expect(school.get_by_text("Проверить могут")).to_be_visible()
    axe(school)

    department.goto("/verifying/")
    expect(department.get_by_text(DONE)).to_be_visible()
    with department.expect_download() as saved:
        department.get_by_role("link", name="Приказ.txt").click()
    assert saved.value.suggested_filename == "Приказ.txt"
    department.get_by_text("Вернуть…").click()
    axe(department)
    department.get_by_label("Чего не хватает").fill("Приложите список участников")
    department.get_by_role("button", name="Вернуть исполнителю").click()
    expect(department.get_by_text("Проверять нечего")).to_be_visible()

    school.goto("/my-tasks/")
    expect(school.get_by_text("Вернули: Приложите список участников")).to_be_visible()
    axe(school)
    school.get_by_role("link", name=re.compile("^Исправить")).click()
    expect(school.get_by_label("Что сделано")).to_have_value(DONE)
    school.get_by_role("button", name="Сдать отчёт").click()

    methodist = as_one(METHODIST)
    methodist.goto("/verifying/")
    methodist.get_by_role("checkbox").check()
    methodist.get_by_role("button", name="Принять отмеченные").click()
    expect(methodist.get_by_text("Принято 1.")).to_be_visible()
    school.reload()
    expect(school.get_by_role("heading", name="Принятый отчёт")).to_be_visible()
    expect(school.locator(".story-returned")).to_contain_text("Приложите список участников")


def test_without_scripts_a_school_reports_and_a_department_accepts(as_one: Callable[..., Page]) -> None:
    school, department = (as_one(login, java_script_enabled=False) for login in (SECOND, DEPARTMENT))
    report(school, WITHOUT_EVIDENCE)
    expect(school.get_by_text("Отчёт сдан.")).to_be_visible()
    department.goto("/assignments/?state=reported")
    department.get_by_role("checkbox").first.check()
    department.get_by_role("button", name="Принять отчёты").click()
    expect(department.get_by_text("Принято 1.")).to_be_visible()


def test_many_are_moved_at_once_and_a_refusal_keeps_what_was_typed(
    as_one: Callable[..., Page], axe: Callable[..., None]
) -> None:
    page = as_one(DEPARTMENT)
    page.goto("/assignments/?state=overdue")
    for box in page.locator("[name=chosen]").all():
        box.check()
    page.get_by_text("Перенести срок…").click()
    page.get_by_label("Причина переноса").fill("Карантин")
    page.get_by_role("button", name="Перенести", exact=True).click()
    expect(page.get_by_text("Назовите новый срок.")).to_be_visible()
    expect(page.get_by_label("Причина переноса")).to_have_value("Карантин")
    axe(page)
    page.get_by_label("Новый срок").fill("2099-01-01")
    page.get_by_label("Кто разрешил").fill("Начальник управления")
    page.get_by_role("button", name="Перенести", exact=True).click()
    expect(page.get_by_text("Перенесено 0; не перенесено 3: Новый срок 01.01.2099 намного позже")).to_be_visible()


@pytest.mark.parametrize("login", [FIRST, DEPARTMENT])
def test_on_a_telephone_nothing_is_wider_than_the_screen(as_one: Callable[..., Page], login: str) -> None:
    page = as_one(login, width=360)
    for address in ("/my-tasks/", "/assignments/", "/verifying/", "/assignments/1/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
