"""The five real documents as TXT, and as DOCX and PDF made of them here and now: passports, periods, activities."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from msoko.core.roadmap.reading.cleaning import clean
from msoko.core.roadmap.reading.containers import Document, read_roadmaps
from msoko.core.roadmap.reading.passport import period_of
from msoko.core.roadmap.reading.text import lines_of_text
from tests.core.roadmap.reading.documents import Block, Page, Table, docx_of, pdf_of

SEEDS = ("000", "001", "002", "003", "004")
WITH_PASSPORT = ("000", "001")
APPROVED = {"002": "08.04.2019", "003": "10.11.2023", "004": "17.11.2023"}  # the dates of the orders


def seed(folder: Path, number: str) -> Path:
    (path,) = (folder / "seeds").glob(f"{number}_*.txt")
    return path


@cache
def as_text(path: Path) -> Document:
    return read_roadmaps(path)


def periods_of_gold(folder: Path) -> dict[str, tuple[date, date]]:
    said = map(json.loads, (folder / "gold" / "deadlines.jsonl").read_text().splitlines())
    return {
        one["document"]: (date.fromisoformat(one["period"][0]), date.fromisoformat(one["period"][1])) for one in said
    }


@pytest.mark.parametrize("number", SEEDS)
def test_the_period_is_that_of_the_answers(real_files: Path, number: str):
    found = period_of(as_text(seed(real_files, number)).passport)
    begins, ends = periods_of_gold(real_files)[number]
    assert found is not None
    if number == "004":  # says only «учебный год»; the answers count from the order to the report
        assert found[0] <= begins <= found[1] <= ends
    else:
        assert found == (begins, ends)


@pytest.mark.parametrize("number", WITH_PASSPORT)
def test_fields_of_the_table_are_found_and_say_what_the_document_says(real_files: Path, number: str):
    path = seed(real_files, number)
    passport = as_text(path).passport
    assert passport.keys() >= {
        "title",
        "developer",
        "executors",
        "goal",
        "tasks",
        "indicators",
        "expected_results",
        "control",
    }
    said = "".join(clean(path.read_text()).split())
    for field in ("title", "developer", "goal", "tasks", "expected_results"):
        items = passport[field].value if isinstance(passport[field].value, tuple) else (passport[field].value,)
        assert all("".join(item.split())[:60] in said for item in items), field
    assert len(passport["tasks"].value) >= 7
    assert all(0.5 <= passport[field].confidence <= 1 for field in passport)


@pytest.mark.parametrize("number", sorted(APPROVED))
def test_the_order_is_found_with_its_date_and_number(real_files: Path, number: str):
    passport = as_text(seed(real_files, number)).passport
    assert APPROVED[number] in passport["approved_by"].words
    assert passport["approved_number"].words in passport["approved_by"].words


def blocks_of(path: Path) -> list[Block]:
    """Paragraphs and tables of the text; where a page cuts a table, its pieces stand one after the other."""
    blocks: list[Block] = []
    pieces: list[list[list[str]]] = []
    last = 0
    for line in lines_of_text(path.read_bytes()):
        cells = [clean(cell) for cell in line.cells]
        if len(cells) == 1:
            blocks += [*_tables(pieces), *filter(None, cells)]
            pieces = []
        elif pieces and line.number == last + 1:
            pieces[-1].append(cells)
        else:
            pieces.append([cells])
        last = line.number
    return [*blocks, *_tables(pieces)]


def _tables(pieces: Sequence[list[list[str]]]) -> Iterator[Table]:
    """Pieces as wide as the header: what a program of recognition put between its columns is taken out."""
    if not pieces:
        return
    width = max(place for row in pieces[0] for place, cell in enumerate(row, start=1) if cell)
    narrow = [_squeezed(rows, width) for rows in pieces]
    full = [row for rows in narrow for row in rows if len(row) == width]
    widths = [max(8, min(60, sum(len(row[place]) for row in full) / len(full))) for place in range(width)]
    for rows in narrow:
        yield Table(rows, widths if max(map(len, rows)) == width else ())


def _squeezed(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    columns = max(map(len, rows))
    filled = {place for row in rows for place, cell in enumerate(row) if cell}
    empty = [place for place in range(columns) if place not in filled]
    dropped = set(empty[-(columns - width) :]) if columns > width else set()
    kept = [[cell for place, cell in enumerate(row) if place not in dropped] for row in rows]
    return [row[:1] if row[0] and not any(row[1:]) else row for row in kept]


@pytest.fixture(scope="module", params=[(number, kind) for number in SEEDS for kind in ("docx", "pdf")], ids="-".join)
def pair(
    request: pytest.FixtureRequest, real_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Document, Document]:
    """The document as text, the same made into DOCX or PDF."""
    number, kind = request.param
    path = seed(real_files, number)
    blocks = blocks_of(path)
    made = tmp_path_factory.mktemp("made") / f"made.{kind}"
    made.write_bytes(docx_of(*blocks) if kind == "docx" else pdf_of(*blocks, page=Page(is_lying=True, size=9)))
    return as_text(path), read_roadmaps(made)


def share_alike(said: Sequence[str], wanted: Sequence[str]) -> float:
    """The share of the wanted titles that were said, nearly as they are, each once."""
    left = list(said)
    found = 0
    for title in wanted:
        best = max(left, key=lambda other: SequenceMatcher(None, title, other, autojunk=False).ratio(), default="")
        if SequenceMatcher(None, title, best, autojunk=False).ratio() >= 0.9:
            left.remove(best)
            found += 1
    return found / len(wanted)


LEAST_ALIKE = 0.96


def test_made_into_docx_and_pdf_it_gives_about_the_same_activities(pair: tuple[Document, Document]):
    text, made = pair
    assert len(made.parsed.roadmaps) == len(text.parsed.roadmaps)
    assert abs(len(made.parsed.activities) - len(text.parsed.activities)) <= 1
    for field in ("title", "deadline", "executors_words"):
        said, wanted = ([str(getattr(one, field)) for one in of.parsed.activities] for of in (made, text))
        assert share_alike(said, wanted) >= LEAST_ALIKE, field


def test_made_into_docx_and_pdf_it_has_the_same_passport_and_period(pair: tuple[Document, Document]):
    text, made = pair
    assert period_of(made.passport) == period_of(text.passport)
    assert made.passport.keys() >= text.passport.keys() - {"approved_by"}
