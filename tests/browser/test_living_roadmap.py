"""From a signed document to a report of its execution: a department, a school, a methodist, each in a browser."""

import email
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from email.policy import default
from pathlib import Path

import docx
import pdfplumber
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people_of_a_district import METHODIST, PASSWORD, SCHOOL, SPECIALIST, settle
from tests.browser_fixtures import sign_in
from tests.core.roadmap.reading.documents import Heading, Table, docx_of, pdf_of
from tests.live_server import LiveServer, serving

READ_WITHIN = 60_000
SEED = "003_*.txt"
FIRST_DONE = "Обновили страницу: рассказали родителям, какие занятия идут и как изменились работы детей."
SECOND_DONE = "Провели педагогический совет по итогам диагностических работ."
REASON = "Не сказано, какие решения принял совет: приложите протокол."
SHOWN = 60  # signs of a title: further on it may be cut short
PAGE_OF_THE_SCHOOL = "https://school.example/kachestvo"


@dataclass(frozen=True)
class Signed:
    """A document on a person's desk; what is said here is asked only where the document itself does not say it."""

    file: Path
    begins: date
    ends: date
    approved_on: date
    order: str


def invented(folder: Path) -> Signed:
    """A plan whose first year has passed, whatever the year of the test: something is overdue and something ahead."""
    last, next_ = date.today().year - 1, date.today().year + 1
    rows = (
        ["№", "Мероприятие", "Срок", "Ответственные", "Ожидаемый результат"],
        ["Раздел 1. Что мешает детям учиться"],
        ["1.1", "Разбор ошибок в работах пятиклассников", f"до 15.03.{last}", "Управление образования", "Справка"],
        ["1.2", "Страница для родителей о помощи детям", f"до 20.04.{last}", "Руководители ОО", "Страница на сайте"],
        ["Раздел 2. Помощь учителям"],
        ["2.1", "Педагогический совет по итогам разбора", f"до 10 июня {last} года", "Руководители ОО", "Протокол"],
        ["2.2", "Открытые уроки математики", f"октябрь {last} года", "Руководители ОО", "Конспекты уроков"],
        ["2.3", "Встреча методистов с молодыми учителями", "как договоримся", "Методическая служба", "План встреч"],
        ["2.4", "Итоговая конференция школ", f"до 1 ноября {next_} года", "Руководители ОО", "Сборник"],
        ["2.5", "Чаепитие после конференции", f"до 2 ноября {next_} года", "Руководители ОО", ""],
    )
    title = f"Дорожная карта помощи учителям математики на {last}–{next_} годы"
    blocks = (f"Приложение к приказу управления образования от 14.01.{last} № 27", Heading(title), Table(rows))
    file = folder / "Дорожная карта.docx"
    file.write_bytes(docx_of(*blocks))
    order = f"Приказ управления образования от 14.01.{last} № 27"
    return Signed(file, date(last, 1, 14), date(next_, 12, 31), date(last, 1, 14), order)


@pytest.fixture(params=["invented", "real"])
def signed(request: pytest.FixtureRequest, tmp_path: Path) -> Signed:
    if request.param == "invented":
        return invented(tmp_path)
    folder: Path = request.getfixturevalue("real_files")
    (file,) = (folder / "seeds").glob(SEED)
    return Signed(file, date(2023, 9, 1), date(2024, 8, 31), date(2023, 11, 10), "Приказ отдела образования № 1")


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveServer]:
    """Letters lie in the home's folder; the worker's hour never comes, so that the story says when they are sent."""
    monkeypatch.setenv("MSOKO_EMAIL", "file")
    monkeypatch.setenv("MSOKO_DIGEST_HOUR", "24")
    with serving(tmp_path / "home") as running:
        settle(running.home)
        yield running


@pytest.fixture
def as_person(open_page: Callable[..., Page], district: LiveServer) -> Callable[[str], Page]:
    def opened(login: str) -> Page:
        page = open_page(district)
        sign_in(page, login, PASSWORD)
        return page

    return opened


def test_a_signed_document_is_executed(
    as_person: Callable[[str], Page],
    district: LiveServer,
    signed: Signed,
    tmp_path: Path,
    axe: Callable[..., None],
) -> None:
    specialist, school, methodist = (as_person(login) for login in (SPECIALIST, SCHOOL, METHODIST))
    read(specialist, signed.file)
    axe(specialist)
    put_right(specialist, axe)
    bring_into_force(specialist, signed, axe)
    first, second = report_two(school, tmp_path, axe)
    accept_the_first_and_return_the_second(methodist, first, second, axe)
    the_school_sees_why(school, second, axe)
    late = the_overview_names_what_is_overdue(specialist, axe)
    the_letter_names_it_too(district, late)
    report = downloaded_report(specialist, tmp_path, axe)
    it_says_what_was_done(report, first, (late, second))
    it_is_opened_by_libreoffice(report, first, tmp_path)


# ---- the department takes the document in


def read(page: Page, file: Path) -> None:
    page.goto("/")
    page.get_by_role("link", name="Дорожные карты").first.click()
    page.get_by_role("link", name=re.compile("документ")).first.click()
    page.set_input_files("input[name=file]", file)
    page.get_by_role("button", name="Загрузить и прочитать").click()
    expect(page.locator(".review-row").first).to_be_visible(timeout=READ_WITHIN)


def put_right(page: Page, axe: Callable[..., None]) -> None:
    """One row's words are mended, the last one is no activity, the others are looked through."""
    review, found = page.url, page.locator(".review-row").count()
    page.locator(".review-row").nth(1).get_by_role("link", name="Изменить").click()
    title = page.get_by_label("Мероприятие", exact=True)
    title.fill(f"{title.input_value()} (уточнено)")
    axe(page)
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator(".review-row").nth(1)).to_contain_text("(уточнено)")
    page.locator(".review-row").last.get_by_role("button", name="Исключить").click()
    expect(page.get_by_role("link", name="Исключённые 1")).to_be_visible()
    page.get_by_role("link", name="Отметить все").click()
    page.locator(".review-ticked").get_by_role("button", name="Проверено").click()
    expect(page.locator(".review-checked")).to_have_count(found - 1)
    page.goto(review)


def bring_into_force(page: Page, signed: Signed, axe: Callable[..., None]) -> None:
    page.get_by_role("link", name="название, период и паспорт").click()
    assert page.get_by_label("Название программы").input_value()
    for label, day in (("Начало", signed.begins), ("Окончание", signed.ends)):
        filled_where_empty(page, label, day.isoformat())
    axe(page)
    page.get_by_role("button", name="Сохранить").click()
    page.get_by_role("link", name="Сделать программой").click()
    page.get_by_label("Документ уже подписан").check()
    filled_where_empty(page, "Дата приказа", signed.approved_on.isoformat())
    filled_where_empty(page, "Приказ", signed.order)
    axe(page)
    page.get_by_role("button", name="Сделать программой").click()
    expect(page.get_by_text("Программа введена в действие")).to_be_visible()
    axe(page)


def filled_where_empty(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label, exact=True)
    if not field.input_value():
        field.fill(text)


# ---- the school does it


def report_two(page: Page, folder: Path, axe: Callable[..., None]) -> tuple[str, str]:
    """Reports what stands first twice, with a file and with a link; returns both titles."""
    file = folder / "Протокол совета.pdf"
    file.write_bytes(pdf_of(Heading("Протокол"), "Решили: работать над ошибками вместе."))
    page.goto("/")
    page.get_by_role("link", name="Задачи").first.click()
    axe(page)
    first = next_to_report(page)
    page.get_by_label("Что сделано").fill(FIRST_DONE)
    page.get_by_text("Ссылка вместо файла").click()
    page.get_by_label("Адрес").fill(PAGE_OF_THE_SCHOOL)
    hand_in(page, axe)
    page.goto("/my-tasks/")
    second = next_to_report(page)
    page.get_by_label("Что сделано").fill(SECOND_DONE)
    page.get_by_label("Участников").fill("18")
    page.locator("input[type=file]").last.set_input_files(file)
    hand_in(page, axe)
    return first, second


def next_to_report(page: Page) -> str:
    page.get_by_role("link", name=re.compile("^Отчитаться")).first.click()
    return page.get_by_role("heading", level=1).inner_text()


def hand_in(page: Page, axe: Callable[..., None]) -> None:
    axe(page)
    page.get_by_role("button", name="Сдать отчёт").click()
    expect(page.get_by_text("Отчёт сдан.")).to_be_visible()


def accept_the_first_and_return_the_second(page: Page, first: str, second: str, axe: Callable[..., None]) -> None:
    page.goto("/verifying/")
    axe(page)
    waiting_report(page, first).get_by_role("button", name="Принять").click()
    expect(waiting_report(page, first)).to_have_count(0)
    one = waiting_report(page, second)
    with page.expect_download() as saved:
        one.get_by_role("link", name="Протокол совета.pdf").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")
    one.get_by_text("Вернуть…").click()
    one.get_by_label("Чего не хватает").fill(REASON)
    one.get_by_role("button", name="Вернуть исполнителю").click()
    expect(page.get_by_text("Проверять нечего")).to_be_visible()


def waiting_report(page: Page, title: str) -> Locator:
    return page.locator("article.waiting", has=page.get_by_role("heading", name=title))


def the_school_sees_why(page: Page, second: str, axe: Callable[..., None]) -> None:
    page.goto("/my-tasks/")
    task = page.locator(".task", has_text=second)
    expect(task).to_contain_text(REASON)
    axe(page)
    task.get_by_role("link", name=re.compile("^Исправить")).click()
    expect(page.get_by_label("Что сделано")).to_have_value(SECOND_DONE)
    axe(page)


# ---- the department looks


def the_overview_names_what_is_overdue(page: Page, axe: Callable[..., None]) -> str:
    """The title of the first one that a school has let pass; its own page and the list of all are looked at, too."""
    page.goto("/")
    axe(page)
    named = page.get_by_role("heading", name=re.compile("^Просрочено исполнителями")).locator("xpath=following::ul[1]")
    named.get_by_role("link", name=re.compile("^Открыть")).first.click()
    axe(page)
    title = page.get_by_role("heading", level=1).inner_text()
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Все просроченные")).click()
    axe(page)
    expect(page.locator("main table").first).to_contain_text(plain(title)[:SHOWN])
    return title


def the_letter_names_it_too(district: LiveServer, late: str) -> None:
    district.msoko("remind")
    letters = [
        email.message_from_bytes(text, policy=default)
        for file in (district.home / "letters").iterdir()
        for text in re.split(rb"(?m)^-{79}$", file.read_bytes())
        if text.strip()
    ]
    (told,) = [one for one in letters if SPECIALIST in one["To"]]
    assert "просрочено" in told["Subject"]
    assert plain(late)[:SHOWN] in plain(told.get_content())


def downloaded_report(page: Page, folder: Path, axe: Callable[..., None]) -> Path:
    page.goto("/programmes/")
    axe(page)
    page.locator("main").get_by_role("link", name=re.compile("Дорожная карта|дорожная карта")).first.click()
    axe(page)
    page.get_by_text("Документ", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Отчёт об исполнении, DOCX")).click()
    kept = folder / "Отчёт.docx"
    download.value.save_as(kept)
    return kept


def it_says_what_was_done(report: Path, first: str, late: tuple[str, ...]) -> None:
    """What is accepted with the words of its report, what is overdue; what was returned is, too."""
    document = docx.Document(str(report))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = plain(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))
    assert [said for said in (first, FIRST_DONE, *late) if plain(said) not in text] == []


def it_is_opened_by_libreoffice(report: Path, first: str, folder: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("there is no soffice on this machine: the report was not opened by LibreOffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, report]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pdfplumber.open(report.with_suffix(".pdf")) as pdf:
        text = plain(" ".join(page.extract_text() or "" for page in pdf.pages))
    # Lines of neighbouring cells stand between each other: words are looked for, not sentences.
    assert [word for word in plain(f"{first} {FIRST_DONE}").split() if word not in text] == []


def plain(text: str) -> str:
    return " ".join(text.split())
