"""«Поддержка» in the hands of a department: the slider, the side panel, decisions, and all of it without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

ROWS = "#table-list tbody tr"
UNDECIDED, SMALL = "МБОУ «Вечерняя (сменная) школа»", "мало данных"
"""Of the two truly weak schools the demonstration has decided already."""


def at(page: Page) -> str:
    return page.url.partition("/support/")[2]


def test_the_slider_redraws_the_list_and_stays_in_the_address(as_person: Callable[..., Page]) -> None:
    page = as_person("district")
    page.goto("/support/")
    before = page.locator(ROWS).count()
    slider = page.get_by_label("Наименьшее число участников")
    slider.focus()
    for _ in range(9):
        slider.press("ArrowLeft")
    expect(page.locator("#support [role=status]")).to_contain_text("n ≥ 1 (в правиле — 10")
    expect(page).to_have_url(re.compile("min_n=1$"))
    expect(page.locator(ROWS, has_text=SMALL).first).to_be_visible()
    assert page.locator(ROWS).count() > before
    expect(slider).to_be_focused()
    page.reload()
    expect(page.locator(ROWS, has_text=SMALL).first).to_be_visible()


def test_the_picture_of_another_procedure_comes_without_the_page(as_person: Callable[..., Page]) -> None:
    page = as_person("district")
    page.goto("/support/?min_n=3")
    choice = page.locator("main").get_by_label("Процедура")
    other = choice.locator("option:not([selected])").first.inner_text()
    choice.select_option(label=other)
    expect(page.locator("#funnel .picture-title")).to_have_text(f"Не справились: {other}")
    expect(page).to_have_url(re.compile(r"procedure=\d+&min_n=3|min_n=3&procedure=\d+"))


def test_a_row_opens_beside_the_list_and_a_decision_leads_back_to_it(as_person: Callable[..., Page]) -> None:
    page = as_person("district")
    page.goto("/support/?min_n=1")
    page.locator(ROWS, has_text=UNDECIDED).get_by_role("link", name=UNDECIDED).first.click()
    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", name="Что проверить")).to_be_visible()
    panel.get_by_label("Причина").fill("Дети переведены в другую школу.")
    panel.get_by_role("button", name="Снять").click()
    expect(page.get_by_text("Снят 1 вывод.")).to_be_visible()
    assert at(page) == "?min_n=1"
    row = page.locator(ROWS, has_text=UNDECIDED)
    expect(row).to_contain_text("Дети переведены в другую школу.")
    taken_back(page)


def taken_back(page: Page) -> None:
    """The demonstration is shared: other tests find the decision as it was."""
    link = page.locator(ROWS, has_text=UNDECIDED).get_by_role("link", name=UNDECIDED).first
    page.goto(link.get_attribute("href") or "")
    page.get_by_role("button", name="Вернуть в новые").click()
    expect(page.get_by_text("Снова ждёт решения 1 вывод.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_ticked_schools_are_confirmed_with_and_without_scripts(as_person: Callable[..., Page], scripts: bool) -> None:
    page = as_person("district", java_script_enabled=scripts)
    page.goto("/support/")
    page.get_by_label(f"Отметить: {UNDECIDED}").check()
    page.get_by_role("button", name="Подтвердить отмеченные").click()
    expect(page.get_by_text("Подтверждён 1 вывод.")).to_be_visible()
    expect(page.locator(ROWS, has_text=UNDECIDED)).to_contain_text("подтверждён")
    taken_back(page)


def test_without_scripts_the_slider_is_sent_by_its_button(as_person: Callable[..., Page]) -> None:
    page = as_person("district", java_script_enabled=False)
    page.goto("/support/")
    page.get_by_label("Наименьшее число участников").fill("1")
    page.locator("main form.filters").first.get_by_role("button", name="Показать").click()
    assert "min_n=1" in at(page)
    expect(page.locator(ROWS, has_text=SMALL).first).to_be_visible()


def test_a_department_sets_a_parameter_and_takes_it_back(as_person: Callable[..., Page]) -> None:
    page = as_person("district")
    page.goto("/methods/low_results.three_years/")
    page.get_by_text("Задать свои значения").click()
    page.get_by_label("Наименьшее число участников").fill("ноль")
    page.get_by_label("Основание").fill("Приказ № 12")
    page.get_by_role("button", name="Задать значения").click()
    expect(page.locator(".field-error")).to_contain_text("Нужно: целое число")
    page.get_by_label("Наименьшее число участников").fill("5")
    page.get_by_role("button", name="Задать значения").click()
    expect(page.locator("main table")).to_contain_text("Приказ № 12")
    page.get_by_role("button", name="Убрать свои значения").click()
    expect(page.locator("main table")).not_to_contain_text("Приказ № 12")
