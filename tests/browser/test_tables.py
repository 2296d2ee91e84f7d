"""Filters and orders live in the address; a table and a picture leave the page with the numbers of the page."""

import csv
import io
import re
from collections.abc import Callable
from urllib.parse import urljoin

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.places import Places

TABLES = {
    "/results/{work}/": ["marks"],
    "/results/{work}/schools/": ["schools"],
    "/results/{work}/scores/": ["scores"],
    "/results/{work}/items/?territory={weak_school}": ["items"],
    "/results/{work}/classes/": ["classes"],
    "/results/{work}/years/": ["years"],
    "/results/": [""],
    "/schools/": [""],
    "/schools/{weak_school}/results/": [""],
    "/data/": ["matrix", "batches"],
    "/support/?min_n=1": ["list"],
}
EACH_TABLE = [(address, name) for address, names in TABLES.items() for name in names]
PICTURED = (
    "/", "/results/{work}/", "/results/{work}/schools/", "/results/{work}/journal/", "/results/{work}/items/",
    "/results/{work}/years/", "/schools/{weak_school}/", "/support/",
)  # fmt: skip


def test_an_order_and_a_filter_survive_a_reload(as_person: Callable[..., Page]) -> None:
    page = as_person("district")
    page.goto("/schools/")
    page.locator("main form.filters").get_by_label("Тип").select_option(label="основная")
    expect(page.locator("#table tbody tr")).to_have_count(3)
    page.locator("#table").get_by_role("link", name="Школа", exact=True).click()
    expect(page.locator("#table th[aria-sort=ascending]")).to_be_visible()
    page.locator("#table").get_by_role("link", name=re.compile("^Школа")).first.click()
    expect(page.locator("#table th[aria-sort=descending]")).to_be_visible()
    shown = page.locator("#table tbody th").all_inner_texts()
    page.reload()
    assert page.locator("#table tbody th").all_inner_texts() == shown
    expect(page.locator("main form.filters").get_by_label("Тип")).to_have_value("basic")


def test_a_long_filter_is_behind_a_button_on_a_telephone_only(as_person: Callable[..., Page], places: Places) -> None:
    page = as_person("district")
    page.goto(places.address("/roadmaps/{roadmap}/"))
    words, button = page.get_by_label("Слова"), page.locator("summary", has_text="Отбор")
    expect(words).to_be_visible()
    expect(button).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 800})
    expect(words).to_be_hidden()
    button.click()
    expect(words).to_be_visible()


@pytest.mark.parametrize(("address", "name"), EACH_TABLE)
def test_a_table_is_taken_away_with_the_numbers_of_the_page(
    as_person: Callable[..., Page], places: Places, address: str, name: str
) -> None:
    page = as_person("district")
    page.goto(places.address(address))
    frame = page.locator(f"#table-{name}" if name else "#table")
    shown = rows_of(frame)
    as_csv, as_xlsx = taken_as_csv(page, frame), taken_as_xlsx(page, frame)
    assert shown
    for number, row in enumerate(shown):
        assert not missing(row, as_csv[number]), f"{row}\n{as_csv[number]}"
        assert any(not missing(row, other) for other in as_xlsx), row


def rows_of(frame: Locator) -> list[str]:
    """The text of each row of the table's body."""
    return frame.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(c => c.innerText).join(' '))"
    )


def missing(shown: str, taken: str) -> list[str]:
    """Numbers of the page's row that no number of the other row gives when rounded as the page rounds."""
    exact = [float(number) for number in re.findall(r"\d+(?:[.,]\d+)?", taken.replace(",", "."))]
    glued = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3}\b)", "", shown)
    return [number for number in re.findall(r"\d+(?:,\d+)?", glued) if not any(is_rounded(number, e) for e in exact)]


def is_rounded(number: str, exact: float) -> bool:
    """Is «34,5» what the exact number is written as?"""
    digits = len(number.partition(",")[2])
    return abs(float(number.replace(",", ".")) - exact) <= 0.5 * 10**-digits + 1e-9


def taken(page: Page, frame: Locator, form: str) -> bytes:
    link = frame.locator(".table-tools").get_by_role("link", name=form).get_attribute("href")
    assert link
    answer = page.request.get(urljoin(page.url, link))
    assert answer.ok, f"{link}: {answer.status}"
    return answer.body()


def taken_as_csv(page: Page, frame: Locator) -> list[str]:
    """The rows of the file in their order, without the heading."""
    lines = csv.reader(io.StringIO(taken(page, frame, "CSV").decode("utf-8-sig")), delimiter=";")
    return [" ".join(line) for line in lines][1:]


def taken_as_xlsx(page: Page, frame: Locator) -> list[str]:
    """Every row of the sheet: the title and the notes are there, too."""
    book = openpyxl.load_workbook(io.BytesIO(taken(page, frame, "XLSX")), read_only=True)
    rows = book.active.iter_rows(values_only=True)  # type: ignore[union-attr]
    return [" ".join(str(cell) for cell in row if cell is not None) for row in rows]


@pytest.mark.parametrize("address", PICTURED)
def test_a_picture_is_taken_away_as_it_is_drawn(as_person: Callable[..., Page], places: Places, address: str) -> None:
    page = as_person("district")
    page.goto(places.address(address))
    links = page.locator(".picture-tools a")
    assert links.count() >= 2
    for link in links.all():
        answer = page.request.get(urljoin(page.url, link.get_attribute("href") or ""))
        assert answer.ok
        assert answer.body().startswith(b"\x89PNG") or b"<svg" in answer.body()[:300]
