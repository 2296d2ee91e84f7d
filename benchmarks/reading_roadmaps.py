"""Reading a programme of 60 pages, as PDF and DOCX, against what pdfminer alone needs for the letters of the PDF."""

import io
import random
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import pdfplumber  # noqa: E402

from benchmarks._measuring import median_times  # noqa: E402
from benchmarks._report import Chapter  # noqa: E402
from msoko.core.roadmap.reading.containers import Document, read_roadmaps  # noqa: E402
from msoko.core.roadmap.reading.parse import parse  # noqa: E402
from msoko.core.roadmap.reading.passport import passport_of  # noqa: E402
from tests.core.roadmap.reading.documents import Block, Heading, Page, Table, docx_of, pdf_of  # noqa: E402

ROUNDS = 3
ACTIVITIES = 388  # as many as fill 60 pages of letters of 10 points
WORDS = (
    "школа учитель отчёт опрос совещание наставник занятие проверка работа класс предмет результат район центр семья "
    "родитель журнал урок план встреча выезд помощь обмен опыт список памятка"
)
DEADLINES = ("до 20 мая 2031 г.", "ежегодно, ноябрь", "2 раза в год (январь, июнь)", "в течение учебного года")
HEADER = ["№", "Мероприятие", "Срок", "Исполнитель", "Ожидаемый результат"]


def main() -> None:
    with TemporaryDirectory() as folder:
        _chapter(Path(folder)).write()


def _blocks() -> list[Block]:
    dice = random.Random(60)

    def said(count: int) -> str:
        return " ".join(dice.choices(WORDS.split(), k=count))

    rows = [
        [f"{number}.", f"Провести {said(22)}", dice.choice(DEADLINES), f"Центр {said(5)}", f"Готов {said(24)}"]
        for number in range(1, ACTIVITIES + 1)
    ]
    table = Table([HEADER, *rows], widths=(1, 5, 2.5, 3, 5), repeats_header=True)
    return [Heading("Дорожная карта развития школ на 2031–2033 годы"), table]


def _letters(pdf: bytes) -> int:
    """What pdfminer alone finds on the pages."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return sum(len(page.layout) for page in document.pages)


def _chapter(folder: Path) -> Chapter:
    blocks = _blocks()
    paths = {"PDF": folder / "programme.pdf", "DOCX": folder / "programme.docx"}
    pdf = pdf_of(*blocks, page=Page(is_lying=True))
    paths["PDF"].write_bytes(pdf)
    paths["DOCX"].write_bytes(docx_of(*blocks))
    read = read_roadmaps(paths["PDF"])

    def understood() -> tuple[object, object]:
        return parse(read.lines), passport_of(read.lines)

    steps: dict[str, Callable[[], object]] = {
        "pdfminer alone, letters of the pages": lambda: _letters(pdf),
        "PDF → lines, roadmaps, passport": lambda: read_roadmaps(paths["PDF"]),
        "DOCX → lines, roadmaps, passport": lambda: read_roadmaps(paths["DOCX"]),
        "lines → roadmaps, passport": understood,
    }
    times = median_times(steps, ROUNDS)
    bare = times["pdfminer alone, letters of the pages"]
    rows = [
        [name, f"{wall:.2f}", f"{cpu:.2f}", f"{wall / bare[0]:.2f}", f"{cpu / bare[1]:.2f}"]
        for name, (wall, cpu) in times.items()
    ]
    return Chapter(
        "reading_roadmaps",
        "Reading roadmaps",
        "a PDF of 60 pages in at most 20 s.",
        tables=[(("step", "wall, s", "CPU, s", "wall ÷ pdfminer", "CPU ÷ pdfminer"), rows)],
        notes=[_about(read, pdf)],
    )


def _about(read: Document, pdf: bytes) -> str:
    pages = max(line.page or 0 for line in read.lines)
    signs = sum(len(cell) for line in read.lines for cell in line.cells)
    return (
        f"A made-up roadmap: {len(read.parsed.activities)} activities on {pages} lying pages, {signs} signs, "
        f"{len(pdf) / 2**20:.1f} MB; medians of {ROUNDS} rounds, each step once a round. CPU counts the process that "
        "reads for us, too."
    )


if __name__ == "__main__":
    main()
