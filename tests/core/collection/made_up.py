"""Small invented files in the layouts of the ВПР exports, and short ways to read them."""

import io
from collections.abc import Sequence
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from msoko.core.collection import Assessed, judge, read
from msoko.core.collection.complaints import Complaint
from msoko.core.collection.reading import Hints, Reading
from msoko.core.definitions.loading import Definitions

Grid = Sequence[Sequence[object]]
HEADER_2020 = ["groups", "user", "id", "code", "otc", "gender", "klass", "var-1", "var-2", "sum"]
HEADER_2021 = [
    "логин школы",
    "регион",
    "номер обучающегося",
    "код обучающегося",
    "отметка за предыдущую четверть/триместр",
    "пол",
    "класс",
    "вариант",
    "всего баллов",
]
HISTORY_5 = [2, 1, 3, 3, 1, 2, 1, 2]  # maxima of eight items, 15 in all
ODS_PARTS = {
    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
    "META-INF/manifest.xml": (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    ),
}
HEADER_F1 = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант"]
END_F1 = ["Первичный балл", "Отметка", "Отметка по журналу"]


def xlsx(**sheets: Grid) -> bytes:
    """A workbook with the sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
    return out.getvalue()


def ods(rows: Grid, row_attributes: str = "") -> bytes:
    """The least OpenDocument sheet that spreadsheet programs open."""
    cells = (
        "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        for row in rows
    )
    inside = "".join(f"<table:table-row{row_attributes}>{row}</table:table-row>" for row in cells)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Лист1">{inside}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    return zipped(**ODS_PARTS, **{"content.xml": content})


def zipped(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def pupil_2021(items: Sequence[object], **said: object) -> list[object]:
    """A row of the layout of 2021; the total is the sum of the numbers unless said otherwise."""
    total = sum(score for score in items if isinstance(score, int))
    usual = {
        "login": "sch990001",
        "region": "Приречный район",
        "number": 1,
        "code": "50001",
        "journal": 4,
        "sex": "м",
        "class_label": "5А",
        "variant": 1,
        "total": total,
    }
    return [*{**usual, **said}.values(), *items]


def file_2021(rows: Grid, items: int = len(HISTORY_5), end: Sequence[object] = ("Учебник",)) -> Grid:
    return [[*HEADER_2021, *(f"балл за {n}" for n in range(1, items + 1)), *end], *rows]


def readings(
    data: bytes, name: str = "История, 5 класс. ВПР 2021.xlsx", definitions: Definitions | None = None, **hints: object
) -> list[Reading]:
    said = Hints(path=name, **hints)  # type: ignore[arg-type]
    return read(data, name, said, definitions or Definitions.load())


def reading(data: bytes, name: str = "История, 5 класс. ВПР 2021.xlsx", **hints: object) -> Reading:
    (found,) = readings(data, name, **hints)
    return found


def judged(grid: Grid, name: str = "История, 5 класс. ВПР 2021.xlsx", **hints: object) -> Assessed:
    return judge(reading(xlsx(Sheet=grid), name, **hints), Definitions.load())


def counts(assessed: Assessed) -> dict[str, int]:
    """Statuses that occur."""
    return {str(status): n for status, n in assessed.counts.items() if n}


def complaint(found: Reading | Assessed, code: str) -> Complaint:
    """The complaint of that code; the test fails where there is none."""
    assert code in codes(found)
    return next(one for one in found.complaints if one.code == code)


def codes(found: Reading | Assessed) -> set[str]:
    return {one.code for one in found.complaints}
