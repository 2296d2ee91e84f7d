"""The page about the quality of signals is what the shipped measurements say, and nothing else."""

import io
import json
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.validation import REAL, RESULTS, Estimate, Validation, shipped
from msoko.core.vocabulary.russian import nbsp
from msoko.documents.blocks import Document, Heading, ListBlock, Note, Paragraph, Picture, TableBlock, texts
from msoko.documents.charts.roc_bars import Quality, chart
from msoko.documents.library.validation_report.pages import ROOT, document_of, markdown_of, squeezed, write
from msoko.documents.library.validation_report.wording import MANIPULATIONS, WHAT_IS_DONE, area, rate
from msoko.documents.rendering.docx import to_docx
from msoko.documents.rendering.markdown import to_markdown
from msoko.documents.tables import Column, Table

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def document() -> Document:
    return document_of(shipped(), Definitions.load())


def test_the_page_is_the_rendering_of_what_ships(document):
    assert (DOCS / "validation.md").read_text(encoding="utf-8") == markdown_of(document), "msoko validate --render"


def test_every_picture_of_the_page_is_there(document):
    drawn = {file.name for file in (DOCS / "pictures").glob("validation_*.png")}
    assert len(drawn) == sum(isinstance(block, Picture) for block in document.blocks) > 0


def test_writing_replaces_the_definition_the_page_and_the_pictures(tmp_path):
    (tmp_path / "docs" / "pictures").mkdir(parents=True)
    old = tmp_path / "docs" / "pictures" / "validation_99.png"
    old.write_bytes(b"old")
    write(shipped(), Definitions.load(), tmp_path)
    assert not old.exists()
    assert (tmp_path / RESULTS.relative_to(ROOT)).read_text(encoding="utf-8") == RESULTS.read_text(encoding="utf-8")
    assert (tmp_path / "docs" / "validation.md").read_text(encoding="utf-8").startswith("# Насколько можно верить")


def test_the_page_is_of_the_rounded_numbers_that_the_file_keeps(tmp_path):
    found = changed(shipped(), "objectivity.bunching", "lifted_two", 0.97499999)  # the file keeps 0.975
    (tmp_path / "docs").mkdir()
    write(found, Definitions.load(), tmp_path)
    kept = Validation.from_plain(json.loads((tmp_path / RESULTS.relative_to(ROOT)).read_text(encoding="utf-8")))
    written = (tmp_path / "docs" / "validation.md").read_text(encoding="utf-8")
    assert written == markdown_of(document_of(kept, Definitions.load()))
    assert written != markdown_of(document_of(found, Definitions.load()))


def changed(found: Validation, signal: str, manipulation: str, value: float) -> Validation:
    rows = [
        replace(one, auc=Estimate(value, value, value))
        if (one.signal, one.manipulation, one.source) == (signal, manipulation, REAL)
        else one
        for one in found.measured
    ]
    return replace(found, measured=tuple(rows))


@pytest.mark.parametrize(("value", "word"), [(0.94, "нет"), (0.95, "да")])
def test_whether_a_target_is_reached_follows_from_the_number(value, word):
    told = document_of(changed(shipped(), "objectivity.bunching", "lifted_two", value), Definitions.load())
    targets = next(block.table for block in told.blocks if isinstance(block, TableBlock))
    assert targets.lines[0].cells["is_reached"] == word


def test_without_real_files_the_page_speaks_of_invented_regions():
    told = shipped()
    invented = replace(
        told,
        sources=tuple(one for one in told.sources if one.key != REAL),
        measured=tuple(one for one in told.measured if one.source != REAL),
    )
    said = " ".join(texts(document_of(invented, Definitions.load())))
    assert "данные\u00a0— выдуманные регионы" in said
    assert "Реальные файлы" not in said


def test_the_report_can_be_a_file_of_an_office_too(document):
    assert to_docx(document).startswith(b"PK")


def test_every_manipulation_has_a_name_and_says_what_is_done():
    from msoko.core.analysis.validation.manipulations import MANIPULATIONS as DONE

    assert set(MANIPULATIONS) == set(WHAT_IS_DONE) == {one.key for one in DONE}


def test_rates_are_worded_with_their_intervals():
    assert area(Estimate(0.9712, 0.9649, 0.98)) == "0,97 (0,96–0,98)"
    assert rate(Estimate(0.81, 0.76, 0.861)) == "81\u00a0% (76–86\u00a0%)"
    assert rate(Estimate(0.011, 0.008, 0.02)) == "1,1\u00a0% (0,8–2,0\u00a0%)"
    assert rate(Estimate(0.0004, 0.0001, 0.0016)) == "0,04\u00a0% (0,01–0,16\u00a0%)"
    assert area(None) == rate(None) == "не измерено"


def test_markdown_has_every_kind_of_block():
    table = Table(
        "Таблица", [Column("a", "Имя"), Column("n", "Число", kind="count")], [{"a": "x|y", "n": 5}], note="Так."
    )
    picture = Picture(chart([Quality("s", "все", 0.9, 0.8, 1.0)]), "Что видно", "на рисунке [точка]")
    blocks = [
        Heading(1, "Раздел"),
        Paragraph("Слова."),
        Note("Мелко."),
        ListBlock(["а", "б"], numbered=True),
        ListBlock(["в"]),
        TableBlock(table),
        picture,
    ]
    assert to_markdown(Document("Имя", "", blocks, ""), ["p/1.png"]) == (
        "# Имя\n\n## Раздел\n\nСлова.\n\n*Мелко.*\n\n1. а\n2. б\n\n* в\n\n*Таблица\u00a01\u00a0— Таблица*\n\n"
        "| Имя | Число |\n| --- | ---: |\n| x\\|y | 5 |\n\nТак.\n\n"
        "![на рисунке (точка)](p/1.png)\n\n*Рисунок\u00a01\u00a0— Что видно*\n"
    )


def test_a_squeezed_picture_is_the_same_picture():
    png = chart([Quality("s", "все", 0.9, 0.8, 1.0)]).png()
    small = squeezed(png)
    assert len(small) < len(png)
    before, after = (Image.open(io.BytesIO(one)) for one in (png, small))
    assert ImageChops.difference(before, after).getbbox() is None
    assert before.size == after.size


@pytest.mark.parametrize("addresses", [[], ["a", "b"]])
def test_every_picture_needs_one_address(addresses):
    picture = Picture(chart([Quality("s", "все", 0.9, 0.8, 1.0)]), "Что видно")
    with pytest.raises(ValueError, match="picture"):
        to_markdown(Document("Имя", "", [picture], ""), addresses)


def test_the_page_names_what_has_not_been_measured():
    told = shipped()
    without = replace(told, parameters={k: v for k, v in told.parameters.items() if k != "objectivity.bunching"})
    said = " ".join(texts(document_of(without, Definitions.load())))
    assert nbsp(f"«{Definitions.load().methods['objectivity.bunching'].title}»: ещё не измерялось.") in said
