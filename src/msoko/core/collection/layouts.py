"""Forms of our own: the XLSX that is handed out."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from msoko.core.definitions.kinds import Layout, LayoutColumn
from msoko.core.vocabulary.russian import join_with_and, quote

ROWS_CHECKED = 5000  # rows of the sheet with drop-downs and checks; more can be typed, they are checked on reading
EXPLANATIONS = "Пояснения"
EXPLAINED = ("Столбец", "Обязательный", "Что это", "Что писать", "Пример")
TIMELESS = datetime(2020, 1, 1)  # a form has no day of its own: the same layout gives the same bytes
KIND_WORDS = {
    "text": "текст",
    "choice": "выбор из списка",
    "count": "целое число от 0",
    "number": "число",
    "percent": "процент от 0 до 100",
    "date": "дата",
    "year": "год",
    "grade": "класс от 1 до 12",
    "login": "логин",
    "logins": "логины через «;»",
}
RULES: dict[str, dict[str, object]] = {
    "count": {"validate": "integer", "criteria": ">=", "value": 0},
    "number": {"validate": "decimal", "criteria": ">=", "value": 0},
    "percent": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100},
    "grade": {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 12},
}
NARROWEST, WIDEST = 12, 40
LONGEST_PROMPT, LONGEST_PROMPT_TITLE = 255, 32  # limits of the file format


def template(layout: Layout, rows: Sequence[Mapping[str, object]] = ()) -> bytes:
    """The form as XLSX: a sheet for data and a sheet that explains every column. The same bytes every time.

    Empty, or with `rows` (key of a column → what stands there) for a person to go on with.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": layout.title, "created": TIMELESS})
    _write_rows(_write_data_sheet(book, layout), layout, rows)
    _write_explanations(book, layout)
    book.close()
    return out.getvalue()


def file_name(layout: Layout) -> str:
    """«Социальный паспорт школы.xlsx»"""
    return f"{layout.title}.xlsx"


def _write_data_sheet(book: xlsxwriter.Workbook, layout: Layout) -> Worksheet:
    sheet = book.add_worksheet(layout.sheet)
    wrapped = {"text_wrap": True, "valign": "top", "border": 1}
    required = book.add_format({**wrapped, "bold": True, "bg_color": "#D9E8F6"})
    optional = book.add_format({**wrapped, "bg_color": "#F3F3F3"})
    as_text = book.add_format({"num_format": "@"})
    plain = book.add_format()
    for index, column in enumerate(layout.columns):
        width = max(NARROWEST, min(WIDEST, len(column.title) + 2))
        # «2025/26» and «5А» must not become dates or formulas.
        sheet.set_column(index, index, width, plain if column.kind in RULES else as_text)
        sheet.write_string(0, index, column.title, required if column.required else optional)
        sheet.data_validation(0, index, 0, index, _prompt(column, {"validate": "any"}))
        sheet.data_validation(1, index, ROWS_CHECKED, index, _prompt(column, _rule(column)))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    return sheet


def _write_rows(sheet: Worksheet, layout: Layout, rows: Sequence[Mapping[str, object]]) -> None:
    """Numbers as numbers, everything else as text: «9.1» is no date and «=1» no formula."""
    for place, row in enumerate(rows, 1):
        for index, column in enumerate(layout.columns):
            value = row.get(column.key)
            if isinstance(value, int | float):
                sheet.write_number(place, index, value)
            elif value:
                sheet.write_string(place, index, str(value))


def _rule(column: LayoutColumn) -> dict[str, object]:
    if column.choices:
        return {"validate": "list", "source": list(column.choices)}
    return dict(RULES.get(column.kind, {"validate": "any"}))


def _prompt(column: LayoutColumn, rule: dict[str, object]) -> dict[str, object]:
    """The rule with the words that the program shows beside the cell; signs of the four states are let through."""
    said = f"{'Обязательно. ' if column.required else ''}{column.explanation}"
    words = {
        "input_title": _shortened(column.title, LONGEST_PROMPT_TITLE),
        "input_message": _shortened(said, LONGEST_PROMPT),
    }
    if rule["validate"] != "any":
        words |= {
            "error_title": "Проверьте ячейку",
            "error_message": f"Здесь должно быть {_kind_in_words(column)}; «—», если показатель не применяется.",
            "error_type": "warning",
        }
    return {**rule, **words}


def _shortened(said: str, longest: int) -> str:
    return said if len(said) <= longest else said[: longest - 1].rstrip() + "…"


def _write_explanations(book: xlsxwriter.Workbook, layout: Layout) -> None:
    sheet = book.add_worksheet(EXPLANATIONS)
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#D9E8F6"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for index, width in enumerate((34, 16, 26, 70, 34)):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, layout.title, title)
    sheet.merge_range(1, 0, 1, 4, layout.explanation, text)
    sheet.set_row(1, 48)
    sheet.write_row(3, 0, EXPLAINED, head)
    for number, said in enumerate(_explained_columns(layout), 4):
        for index, value in enumerate(said):
            sheet.write_string(number, index, value, cell)
    sheet.freeze_panes(4, 0)


def _explained_columns(layout: Layout) -> list[tuple[str, ...]]:
    return [
        (
            column.title,
            "да" if column.required else "нет",
            _kind_in_words(column),
            _whole_explanation(layout, column),
            column.example,
        )
        for column in layout.columns
    ]


def words_of_explanations(layout: Layout) -> list[str]:
    """Every text that the form itself brings on its second sheet: none of them is anybody's data."""
    return [layout.title, layout.explanation, *EXPLAINED, *chain.from_iterable(_explained_columns(layout))]


def _kind_in_words(column: LayoutColumn) -> str:
    if column.choices:
        return "одно из: " + ", ".join(column.choices)
    return KIND_WORDS[column.kind]


def _whole_explanation(layout: Layout, column: LayoutColumn) -> str:
    """The explanation with the rules that bind the column to others."""
    titles = {other.key: quote(other.title) for other in layout.columns}
    said = [column.explanation]
    if column.not_above:
        said.append(f"Не больше столбца {titles[column.not_above]}.")
    if column.sum_of:
        said.append(f"Равно сумме столбцов {join_with_and([titles[key] for key in column.sum_of])}.")
    return " ".join(said)
