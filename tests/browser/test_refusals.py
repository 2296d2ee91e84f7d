"""What cannot be done is refused in words: what happened, what is safe, what to do."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import deeds, invented
from tests.browser.places import Places


def test_a_file_of_no_known_form_is_refused_and_says_what_is_missing(
    as_person: Callable[..., Page], tmp_path: Path
) -> None:
    page = as_person("district")
    deeds.hand_in(page, invented.not_a_protocol(tmp_path))
    expect(page.get_by_role("heading", level=1)).to_have_text("Файл не распознан")
    for words in ("Этот файл принять нельзя.", "Что цело", "Что делать", "не похож ни на одну известную форму"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_role("button", name="Принять", exact=True)).to_have_count(0)


def test_an_empty_file_is_refused_in_words(as_person: Callable[..., Page], tmp_path: Path) -> None:
    page = as_person("district")
    page.goto("/data/")
    page.set_input_files("input[name=files]", invented.empty_file(tmp_path))
    page.get_by_role("button", name="Загрузить и проверить").click()
    expect(page.get_by_text(re.compile("[Пп]уст")).first).to_be_visible()
    assert re.search(r"/data/(batches/\d+/)?$", page.url)


@pytest.mark.parametrize("address", ["/people/", "/audit/", "/schools/place/", "/schools/register/", "/design/"])
def test_what_is_not_a_schools_to_do_is_forbidden_in_words(as_person: Callable[..., Page], address: str) -> None:
    page = as_person("school")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Эта страница вам не открыта")
    expect(page.get_by_role("link", name="На обзор")).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/schools/{weak_school}/", "/results/{work}/?territory={weak_school}", "/schools/99999/"]
)
def test_another_school_does_not_exist_for_a_school(
    as_person: Callable[..., Page], places: Places, address: str
) -> None:
    page = as_person("school")
    answer = page.goto(places.address(address))
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Такой страницы нет")


def test_a_wrong_password_is_told_in_words(open_page: Callable[..., Page], server) -> None:
    page = open_page(server)
    page.goto("/login/")
    page.fill("input[name=username]", "nobody@people.example")
    page.fill("input[name=password]", "не тот пароль")
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_role("alert")).to_contain_text("Почта и пароль не подходят друг к другу")
