"""A person who has never seen the system: from the printed link to the note about the weakest school."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
import pdfplumber
import pytest
from playwright.sync_api import Download, Page, expect

from tests.browser import deeds
from tests.browser.conftest import ADMIN, PASSWORD
from tests.browser_fixtures import sign_in

REAL_WORK = ("vpr", "2021", "5")
BEHIND = re.compile(r"Уверенно ниже территории: (?P<name>.+?) \((?P<mean>[\d,]+), \d+\sчел\.\)")


@pytest.fixture(params=["invented", "real"])
def protocol(request: pytest.FixtureRequest, protocols: dict[int, Path]) -> Path:
    """A protocol of mathematics, grade 5: an invented one always, a real one where real files are."""
    if request.param == "invented":
        return protocols[5]
    folder: Path = request.getfixturevalue("real_files")
    return next(file for file in folder.joinpath(*REAL_WORK).iterdir() if "матем" in file.name.lower())


@pytest.fixture
def page(open_page, fresh_server) -> Page:
    """The person comes by the link that the shell has printed, sets a password and signs in."""
    said = fresh_server.msoko("createadmin", ADMIN, "--address", fresh_server.url)
    page = open_page(fresh_server)
    page.goto(re.search(r"http\S+", said)[0])
    page.fill("input[name=new_password1]", PASSWORD)
    page.fill("input[name=new_password2]", PASSWORD)
    page.get_by_role("button", name="Сохранить пароль").click()
    sign_in(page, ADMIN, PASSWORD)
    return page


def test_from_a_file_to_the_note_about_the_weakest_school(protocol: Path, page: Page, tmp_path: Path) -> None:
    page.get_by_role("link", name="Загрузить первый протокол").click()
    upload(page, protocol)
    the_preview_says_what_was_found(page, protocol)
    deeds.accept(page)
    page.get_by_role("link", name="Посмотреть результаты").click()
    deeds.wait_until_fresh(page, page.url)
    open_the_weakest_school(page)
    mean = page.locator(".stat", has_text="Средний балл").locator(".stat-value").inner_text()
    the_tasks_say_why(page)
    the_notes_say_the_same(page, mean, tmp_path)


def upload(page: Page, protocol: Path) -> None:
    page.set_input_files("input[name=files]", protocol)
    page.get_by_role("button", name="Загрузить и проверить").click()
    deeds.wait_until_read(page)


def the_preview_says_what_was_found(page: Page, protocol: Path) -> None:
    """What it is, how many rows, which schools are new and which are known, what is wrong with it."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"ВПР\s· математика\s· 5\sкласс"))
    facts = page.locator("main .facts").inner_text()
    rows, schools = fact(facts, "Строк"), fact(facts, "Школ")
    assert int(re.sub(r"\D", "", rows.partition(":")[0])) > 500
    assert schools.endswith("известных — 0, похожих на известные — 0, новых — " + schools.partition(":")[0])
    assert page.get_by_role("region", name="Замечания").get_by_role("row").count() > 1
    assert protocol.name in page.locator("main .lead").inner_text()
    expect(page.get_by_text("Будет создано")).to_be_visible()


def fact(facts: str, title: str) -> str:
    """«Школ\\n18: известных — 0…» → «18: известных — 0…»."""
    return re.search(rf"(?m)^{title}\n+(.+)$", facts)[1]  # type: ignore[index]


def open_the_weakest_school(page: Page) -> None:
    """By the table in the order of results; the sentence above it says the same of those that are large enough."""
    page.get_by_role("link", name="Школы", exact=True).last.click()
    said = BEHIND.search(page.locator("main .headline").inner_text())
    assert said is not None
    by_result = page.locator("#table-schools").get_by_role("link", name="От максимума")
    by_result.click()
    expect(page.locator("#table-schools th[aria-sort=descending]")).to_be_visible()
    by_result.click()
    expect(page.locator("#table-schools th[aria-sort=ascending]")).to_be_visible()
    assert "schools-sort=percent" in page.url
    weakest = page.locator("#table-schools tbody tr:not(.few):not(.total)").first.get_by_role("link")
    expect(weakest).to_have_text(said["name"])
    weakest.click()
    page.get_by_role("link", name="Открыть страницей").click()
    expect(page.locator("main .lead")).to_contain_text(said["name"])
    expect(page.locator(".stat", has_text="Средний балл")).to_contain_text(said["mean"])


def the_tasks_say_why(page: Page) -> None:
    """Which tasks fail against the territory above: in the sentence and in the table."""
    page.get_by_role("link", name="Задания", exact=True).click()
    sentence = page.locator("main p.headline").inner_text()
    worst = re.search(r"задания (\S+?)\s\(([\d,]+)\s% против ([\d,]+)\s%\)", sentence)
    assert worst is not None, sentence
    row = page.locator("#table-items tbody tr").filter(
        has=page.locator("th", has_text=re.compile(f"^{re.escape(worst[1])}$"))
    )
    numbers = row.locator("td").all_inner_texts()
    assert any(text.startswith("−") for text in numbers), numbers


def the_notes_say_the_same(page: Page, mean: str, tmp_path: Path) -> None:
    word, pdf = (downloaded(page, form) for form in ("DOCX", "PDF"))
    document = docx.Document(word.path())
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert re.search(rf"Средний первичный балл\s— {mean}\s", text), text[:600]
    assert [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    with pdfplumber.open(io.BytesIO(Path(pdf.path()).read_bytes())) as pages:
        assert mean in (pages.pages[0].extract_text() or "")
    if shutil.which("soffice"):
        assert printed_by_libreoffice(Path(word.path()), tmp_path).stat().st_size > 10_000


def downloaded(page: Page, form: str) -> Download:
    with page.expect_download() as download:
        page.locator("main .actions").get_by_role("link", name=form).click()
    assert download.value.suggested_filename.endswith(f".{form.lower()}")
    return download.value


def printed_by_libreoffice(document: Path, folder: Path) -> Path:
    source = folder / "note.docx"
    shutil.copy(document, source)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "note.pdf"
