"""Small invented files in the layouts of the ВПР exports, and short ways to read them."""

import base64
import io
import zlib
from collections.abc import Sequence
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from hypothesis import strategies as st

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
# The two rows «код, балл» and «50001, 4» as Excel 97 stores them: nothing among the dependencies writes this format.
OLD_WORKBOOK = zlib.decompress(
    base64.b64decode(
        "eNrtWE1oE0EU/t5m0vzQpklNhbZQQsFaaw8JVihKs21Be7JUL4oImtocpCWV4EUvVmuOguBJ8VLoxUvViz/oQW8ehIoeBEFI9OhJ"
        "UPDQZn3zMiup9tCAlirzLfPN2zdvdl523rzJ7OuVRHnxQWcFvyCLAKpeBE11OuIS8W/i4HbP06Jfh7l4Fv8UImGeyKYgnra8Cuk5"
        "1PNdgYP76gUz8JHLKZzHxFwhn9pCjIkPOdI+DDMT7rAmhg7xqk34rPAO4Xti+Ux4RDTXhYfZtkwnseJO9A+ZKD7h9EhbDPq5j6TP"
        "e9Fk0I6XOoov36CabRCjxXO52e3Z0K2asQSet/F8IV/MzZaR5AlcwjcvBXz1V+rzlNVvrZ7A+u/r9aEN9DcdBczDOyMBXuKcuhLQ"
        "LYq61JAaVWNqFX1QWsMlADqgsmpQKVBGpdVBvoLA/nQ6neG4GIzq9CzLOb5uObdImDczT6NV5IQEe5wT9urdL2+OTE26p0UzLym8"
        "luh3ad/g4YruwZ1j0uL85H7hvcJX5aldIncKJzlEue6dbDfC4QWxuSatvTzOPsFbd3ed3Mdy6fPRx92lT+4elpfHK5eSy+/cRfTw"
        "xjPN/fW1gAEaoNu3NJ64fk0mKXwQ7vgtQYSduPHdM7tZK9YQFTEhXLvTb4eMPW1gT2LvGHsSez1pWacND+X1jNRtmVFYWFhYWFhY"
        "WFhYbCOQ+TsfMIeMoDk0hMx3nTUuVfuZ5L/FMczxdYEPpodQ4LqIiw3Fz04EyX8WbbKP/71Q4ziPXsQMpsSPmYbjlw99VP97Nt0x"
        "/ueWUKPjVxvx8y+P/wOD9b22"
    )
)
HEADER_F1 = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант"]
END_F1 = ["Первичный балл", "Отметка", "Отметка по журналу"]

SCORES = [2, 1, 0, 3, 1, 0, 1, 2]
HEADER_2022 = [
    "Пользователь",
    "Регион",
    "Муниципалитет",
    "Школа",
    "Дата загрузки",
    "Код",
    "Вариант",
    "1К1 (2б)",
    "2(1) (1б)",
    "10 (3б)",
    "Наименование класса",
    "Пол",
    "Отметка за предыдущий триместр/ четверть/полугодие",
    "Итого баллов",
]
TEXTBOOKS = [["Пользователь", "Основной учебник по предмету"], ["edu990001", "is5.2 | 1.2 | История 5 класс"]]

CELLS = st.one_of(
    st.none(),
    st.integers(-5, 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
    st.sampled_from(["X", "отсутствовал", "не пройд.", "м", "5А", "итого", "sch990001", "нет отметки", "—", "4,0"]),
)


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


def pupil_2022(items: list[object], uploaded: str = "16.03.2022 04:26:15", **said: object) -> list[object]:
    usual = {"code": 50001, "variant": 1, "class_label": "5А", "sex": "ж", "journal": 4, "total": 3} | said
    school = ["edu990001", "reg990000 | Край", "reg99_m019 | Приречный район", 'edu990001 | МКОУ "СОШ № 1"', uploaded]
    return [*school, usual["code"], usual["variant"], *items, *list(usual.values())[2:]]


def pupil_2020(items: list[object], beyond: list[object], **said: object) -> list[object]:
    usual = {"groups": "VPR_22,reg99_vpr_m004,vpr2019.ma4,vpr2020.is5", "user": "SCH990001", "id": 1, "code": "60001"}
    usual |= {"otc": "5", "gender": "ж", "klass": "6а", "var-1": "1", "var-2": "", "sum": 10} | said
    return [*usual.values(), *items, *beyond]


def file_2020(*rows: list[object], items: int = 8) -> list[list[object]]:
    header = [f"a-{n}-grade" for n in range(1, items + 4)]
    header[items] = "Учебник"
    return [[*HEADER_2020, *header], *rows]


def file_f1(*rows: list[object], declared: int = 2, title: str = "ВПР 2023 Русский язык 5 класс") -> list[list[object]]:
    above: list[list[object]] = [[title], [f'МБОУ "СОШ № 1" (edu990001) | Кол-во участников: {declared}'], []]
    levels = [None] * 6 + ["Б", "П", "Б"]
    return [*above, levels, [*HEADER_F1, "1 (2б)", "2К1 (3б)", "9.1 (1б)", *END_F1], *rows]


def pupil_f1(code: str, items: list[object], mark: str, login: str = "edu990001") -> list[object]:
    total = sum(item for item in items if isinstance(item, int))
    return [login, "Приречный район", "СОШ № 1", code, "5А", "1", *items, total, mark, "4"]


def one(items: list[object] = SCORES, **said: object) -> Assessed:
    return judged(file_2021([pupil_2021(items, **said)]))


def row_of(assessed: Assessed, number: int = 0) -> dict[str, object]:
    return assessed.table.to_pylist()[number]
