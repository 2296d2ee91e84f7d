"""The roadmap as it is signed and the report of its execution: what stands in them, in every form."""

import io
import re
import shutil
import subprocess
import warnings
from dataclasses import astuple, fields, replace
from datetime import date

import pdfplumber
import pytest
from docx import Document as open_docx
from hypothesis import assume, given
from hypothesis import strategies as st

from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.blocks import TableBlock, texts
from msoko.documents.library.execution_report import data as report
from msoko.documents.library.execution_report.content import done_in_words, sentences, total_of
from msoko.documents.library.roadmap import data as roadmap
from msoko.documents.registry import document_kinds

TODAY = date(2026, 11, 26)
PROGRAMME = roadmap.ProgrammeData(
    title="План поддержки школ на 2026/27 учебный год",
    organisation="Приречный район",
    begins=date(2026, 9, 1),
    ends=date(2027, 8, 31),
    edition=2,
    order_words="приказ от 01.09.2026 № 41",
    is_draft=False,
    roadmaps=[
        roadmap.Roadmap(
            "Помощь школам",
            [
                roadmap.Section(
                    "Диагностика",
                    [roadmap.Activity("1", "Разобрать работы <b>пятых</b> классов", "до 1 октября", "РМК", "Справка")],
                ),
                roadmap.Section("", [roadmap.Activity("2", "Посетить уроки", "", "Кураторы", "")]),
            ],
        )
    ],
    today=TODAY,
    passport=[("Цель", ["Меньше двоек"]), ("Задачи", ["Найти причины", "Помочь учителям"])],
    indicators=[roadmap.IndicatorLine("Школы с улучшением", "%", "", {2026: "≥ 60", 2027: ""})],
    changes=["Мероприятие 1: срок «сентябрь» → «до 1 октября»"],
)
LINE = report.ActivityLine(
    "Диагностика", "1", "Разобрать работы", "до 1 октября", "Школы",
    report.Tally(accepted=3, reported=1, overdue=2, untracked=5, cancelled=1),
    participants=41, reports=[("Школа № 1", "Разобрали   все работы", "справка")],
)  # fmt: skip
REPORT = report.ReportData(
    title=PROGRAMME.title,
    organisation=PROGRAMME.organisation,
    order_words=PROGRAMME.order_words,
    begins=PROGRAMME.begins,
    ends=PROGRAMME.ends,
    today=TODAY,
    activities=[
        LINE,
        replace(LINE, number="2", title="Без даты", tally=report.Tally(), undated="по плану", reports=()),
    ],
    executors=[("Школа № 1", LINE.tally)],
    late=[report.Late(["Школа № 2", "Школа № 3"], "Разобрать работы", date(2026, 10, 1))],
    untracked=[report.Untracked("Разобрать работы", date(2024, 3, 1), 5, "срок прошёл раньше")],
    moved=[report.Moved("Школа № 4", "Посетить уроки", date(2026, 10, 1), None, "", "карантин")],
)
BOTH = [("roadmap", PROGRAMME), ("execution_report", REPORT)]


def said(slug, data):
    return list(texts(document_kinds()[slug].build(data)))


def test_an_approved_programme_says_by_which_order_and_a_draft_that_it_is_one():
    assert said("roadmap", PROGRAMME)[:2] == ["УТВЕРЖДЕНО", "Приказ от 01.09.2026 № 41"]
    assert said("roadmap", replace(PROGRAMME, is_draft=True))[0] == "ПРОЕКТ"


def test_a_section_goes_across_the_table_and_a_part_without_title_has_no_such_row():
    (table,) = [
        block.table
        for block in document_kinds()["roadmap"].build(PROGRAMME).blocks
        if isinstance(block, TableBlock) and block.table.title == "Помощь школам"
    ]
    assert [line.tone for line in table.lines] == ["section", "", ""]
    assert table.formatted_rows()[0][0] == "Диагностика"


def test_the_column_of_indicators_is_there_only_where_one_is_named():
    assert "Показатель" not in {
        column.title
        for block in document_kinds()["roadmap"].build(replace(PROGRAMME, indicators=())).blocks
        if isinstance(block, TableBlock)
        for column in block.table.columns
    }


def test_a_missing_deadline_and_a_year_without_a_target_are_said_and_not_left_blank():
    words = said("roadmap", PROGRAMME)
    assert Unknown.MISSING.sign in words
    assert "не\u00a0задано" in words


def test_the_report_counts_and_never_takes_what_was_cancelled_for_owed():
    words = " ".join(said("execution_report", REPORT)).replace("\u00a0", " ")
    assert (
        "Исполнено и принято 3 из 6 поручений; ждут проверки — 1, возвращено — 0, просрочено — 2, срок впереди — 0."
    ) in words
    assert "Отменено: 1 поручение." in words
    assert "У 1 мероприятия дат нет, поэтому его исполнение не посчитано." in words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (LINE, "3 из 6; ждут проверки — 1; просрочено — 2; не отслеживается — 5"),
        (replace(LINE, tally=report.Tally(untracked=4)), "не отслеживается — 4"),
        (replace(LINE, tally=report.Tally()), "поручений нет"),
        (replace(LINE, tally=report.Tally(cancelled=2)), "отменено"),
        (replace(LINE, undated="по плану УО"), "по плану УО"),
    ],
)
def test_what_was_done_of_an_activity_is_said_with_its_whole(line, words):
    assert done_in_words(line).replace("\u00a0", " ") == words


def test_tallies_add_up():
    together = total_of([LINE.tally, report.Tally(accepted=1, ahead=4)])
    assert together == report.Tally(accepted=4, reported=1, overdue=2, ahead=4, untracked=5, cancelled=1)


@given(st.builds(report.Tally, **{part.name: st.integers(0, 5000) for part in fields(report.Tally)}))
def test_every_assignment_stands_in_exactly_one_column_of_an_executor(tally):
    (row,) = table_named("Исполнители", replace(REPORT, executors=[("Школа № 1", tally)])).rows
    owed = ("accepted", "reported", "returned", "overdue", "ahead")
    assert row["total"] == sum(row[name] for name in owed) == tally.total
    assert row["total"] + row["untracked"] + tally.cancelled == sum(astuple(tally))


@given(st.builds(report.Tally, **{part.name: st.integers(0, 150) for part in fields(report.Tally)}))
def test_the_parts_that_the_summary_says_sum_to_what_is_owed(tally):
    assume(tally.total)
    accepted, whole, *others = [int(one) for one in re.findall(r"\d+", next(sentences(tally, REPORT)))]
    assert whole == tally.total == accepted + sum(others)


def test_what_is_not_tracked_is_listed_and_never_said_to_be_done():
    words = " ".join(said("execution_report", REPORT)).replace("\u00a0", " ")
    assert "Не отслеживается: 5 поручений." in words
    rows = table_named("Сроки, о которых отчёта не ждут", REPORT).rows
    assert [(row["activity"], row["due"], row["count"], row["reason"]) for row in rows] == [
        ("Разобрать работы", date(2024, 3, 1), 5, "срок прошёл раньше")
    ]


def table_named(title, data):
    blocks = document_kinds()["execution_report"].build(data).blocks
    return next(block.table for block in blocks if isinstance(block, TableBlock) and block.table.title == title)


@pytest.mark.parametrize(("slug", "data"), BOTH)
def test_the_sheet_lies_on_its_side_and_holds_every_word(slug, data):
    kind = document_kinds()[slug]
    file = open_docx(io.BytesIO(kind.render(data, "docx")))
    assert file.sections[0].page_width > file.sections[0].page_height
    with pdfplumber.open(io.BytesIO(kind.render(data, "pdf"))) as pdf:
        assert pdf.pages[0].width > pdf.pages[0].height
        seen = words_of(pdf)
    for text in texts(kind.build(data)):
        assert all(squeezed(word) in seen for word in text.split() if len(word) > 3), text


def words_of(pdf):
    """Without footers, for a word may be broken over two pages."""
    bodies = (page.crop((0, 0, page.width, page.height - 55)) for page in pdf.pages)
    return squeezed("".join(page.extract_text() for page in bodies))


def squeezed(text):
    return "".join(text.split()).replace("-", "").replace("\u00ad", "")


@pytest.mark.parametrize(("slug", "data"), BOTH)
def test_libreoffice_opens_the_docx_and_shows_every_word(slug, data, tmp_path):
    if not shutil.which("soffice"):
        warnings.warn("soffice is not installed: NOBODY HAS OPENED THE DOCX in this run", stacklevel=1)
        pytest.skip("soffice is not installed: the DOCX was not opened by an office program")
    path = tmp_path / "document.docx"
    path.write_bytes(document_kinds()[slug].render(data, "docx"))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pdfplumber.open(tmp_path / "document.pdf") as pdf:
        assert pdf.pages[0].width > pdf.pages[0].height
        seen = words_of(pdf)
    for text in texts(document_kinds()[slug].build(data)):
        assert all(squeezed(word) in seen for word in text.split() if len(word) > 3), text
