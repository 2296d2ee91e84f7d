"""Any spreadsheet is read by what it is; whatever is not one is refused with a word of advice."""

import io
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.collection.archive import clean_path, is_archive, open_archive
from msoko.core.collection.grid import UnreadableFile, delimiter_of, open_workbook
from tests.core.collection.made_up import OLD_WORKBOOK, ods, xlsx, zipped

ROWS = [["код", "балл"], ["50001", "4"]]
BOOK = ZipFile(io.BytesIO(xlsx(Лист=[*ROWS, [1.5, True]], Второй=ROWS)))
PARTS = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
PARTS_OF_BOOK = {name: BOOK.read(name) for name in BOOK.namelist()}
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def rows_of(data: bytes, name: str = "") -> list[list[object]]:
    return open_workbook(data, name).sheets[0].rows


def refusal(data: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        _ = [sheet.rows for sheet in open_workbook(data).sheets]
    return caught.value


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "без имени", "a.pdf"])
def test_what_a_file_is_is_told_by_its_content_and_not_by_its_name(name: str) -> None:
    assert rows_of(xlsx(Лист=ROWS), name) == ROWS
    assert rows_of(ods(ROWS), name) == ROWS
    assert rows_of("код;балл\n50001;4".encode(), name) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("sign", [";", "\t", ","])
def test_text_is_read_in_every_usual_encoding_and_with_every_usual_delimiter(encoding: str, sign: str) -> None:
    said = f"код{sign}балл\r\n50001{sign}4\r\n"
    assert rows_of(said.encode(encoding)) == ROWS


def test_decimal_commas_do_not_make_columns() -> None:
    assert delimiter_of("школа;доля\nа;1,5\nб;2,5\nв;3,5") == ";"
    assert rows_of(b"a;b\n1,5;2,5") == [["a", "b"], ["1,5", "2,5"]]


def test_short_lines_of_text_are_filled_so_that_all_rows_are_equally_long() -> None:
    assert rows_of(b"a;b;c\n1\n1;2") == [["a", "b", "c"], ["1", "", ""], ["1", "2", ""]]


def test_formulas_of_a_text_stay_text() -> None:
    assert rows_of(b'a;b\n=1+1;"=cmd|x"')[1] == ["=1+1", "=cmd|x"]


def test_rows_keep_the_numbers_that_the_spreadsheet_program_shows() -> None:
    grid = [[], [], [None, None, "код"]]
    rows = rows_of(xlsx(Лист=grid))
    assert rows[2][2] == "код"


def test_sheets_without_cells_are_no_error() -> None:
    book = open_workbook(xlsx(Пустой=[], Полный=ROWS))
    assert [sheet.rows for sheet in book.sheets] == [[], ROWS]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "пустой"),
        (b"\xef\xbb\xbf \r\n", "пустой"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "изображение"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"<html><table><tr><td>1", "веб-страница"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"PK\x03\x04 broken", "повреждён"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "паролем"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word"),
        (OLE + b"nothing", "повреждён"),
        (OLE + "Workbook".encode("utf-16-le") + bytes(600), "повреждён"),
        (bytes(range(32)) * 40, "не таблица"),
        (zipped(**{"word/document.xml": "<x/>"}), "Word"),
        (zipped(**{"xl/workbook.bin": "x"}), "xlsb"),
        (zipped(**{"xl/workbook.xml": "<not><closed>"}), "повреждён"),
        (zipped(**{"a.csv": "1;2"}), "архив"),
    ],
)
def test_what_is_no_table_is_refused_with_advice(data: bytes, word: str) -> None:
    problem = refusal(data)
    assert word in problem.message
    assert problem.advice


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="нет"):
        open_workbook(Path("no") / "such.xlsx")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook_is_refused(share: float) -> None:
    whole = xlsx(Лист=[["x", n] for n in range(500)])
    refusal(whole[: int(len(whole) * share)])


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with_zeros = zipped(**{"xl/workbook.xml": b"0" * (30 * 2**20)})
    assert refusal(with_zeros).code == "too_large"


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with a piece of one of its parts replaced."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old.encode(), new.encode()) if name == part else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r="B2"', 'r="XFD1048576"'),
        ('r="B2"', "r='XFD1048576'"),
        ('r="B2"', 'r = "xfd1048576"'),
    ],
)
def test_a_sheet_whose_cells_stand_a_million_rows_apart_is_refused(old: str, new: str) -> None:
    data = changed(xlsx(Лист=[[1, 2], [3, 4]]), "xl/worksheets/sheet1.xml", old, new)
    assert refusal(data).code == "too_large"


def test_a_long_narrow_sheet_and_a_wide_short_one_are_read() -> None:
    assert len(rows_of(xlsx(Лист=[[1]] * 100_500))) == 100_500
    assert len(rows_of(xlsx(Лист=[list(range(300))] * 2))[0]) == 300


def test_an_open_document_that_repeats_a_full_row_a_million_times_is_refused() -> None:
    vast = ods([["x"] * 100], ' table:number-rows-repeated="1048576"')
    assert refusal(vast).code == "too_large"


def test_an_open_document_that_ends_with_a_million_empty_rows_is_read() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048500">{empty}</table:table-row></table:table>'
    assert rows_of(changed(ods(ROWS), "content.xml", "</table:table>", tail)) == ROWS


def opened_or_refused(data: bytes) -> list[list[list[object]]] | None:
    """The rows of every sheet; None for a refusal that gives advice. Anything else is an error of ours."""
    try:
        return [sheet.rows for sheet in open_workbook(data).sheets]
    except UnreadableFile as problem:
        return None if problem.advice else [[["no advice"], []]]


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=3000))
def test_random_bytes_give_a_table_or_a_refusal_and_nothing_else(data: bytes) -> None:
    for rows in opened_or_refused(data) or []:
        assert len(set(map(len, rows))) <= 1


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_a_workbook_with_damaged_bytes_gives_a_table_or_a_refusal(place: int, damage: bytes) -> None:
    whole = xlsx(Лист=ROWS)
    at = place % len(whole)
    data = whole[:at] + damage + whole[at + len(damage) :]
    for rows in opened_or_refused(data) or []:
        assert len(set(map(len, rows))) <= 1


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", 'uniqueCount="', 'uniqueCount="99999999'),
        ("xl/worksheets/sheet1.xml", 'r="B2"', 'r="B4294967295"'),
        ("xl/worksheets/sheet1.xml", "</sheetData>", ""),
        ("xl/workbook.xml", "</sheets>", ""),
    ],
)
def test_a_workbook_that_asks_for_all_memory_or_never_ends_harms_nobody(part: str, old: str, new: str) -> None:
    assert opened_or_refused(changed(xlsx(Лист=ROWS), part, old, new)) in (None, [ROWS])
    assert rows_of(xlsx(Лист=ROWS)) == ROWS


@pytest.mark.parametrize(
    ("old", "new"), [("</table:table>", ""), ('encoding="UTF-8"', 'encoding="UTF-0"'), ("<?xml", "<x")]
)
def test_a_broken_open_document_is_refused_and_not_read_for_ever(old: str, new: str) -> None:
    refusal(changed(ods(ROWS), "content.xml", old, new))


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(PARTS), st.integers(0, 3000), st.sampled_from(["99999999999", "-1", "<", '"', "\x01", ""]))
def test_whatever_is_damaged_inside_a_workbook_gives_a_table_or_a_refusal(part: str, place: int, new: str) -> None:
    content = PARTS_OF_BOOK[part].decode()
    at = place % len(content)
    damaged = {**PARTS_OF_BOOK, part: content[:at] + new + content[at + len(new) + 1 :]}
    for rows in opened_or_refused(zipped(**damaged)) or []:
        assert len(set(map(len, rows))) <= 1


def test_an_old_workbook_is_read() -> None:
    assert rows_of(OLD_WORKBOOK) == ROWS


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(OLD_WORKBOOK) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_an_old_workbook_with_damaged_bytes_gives_a_table_or_a_refusal(damage: list[tuple[int, int]]) -> None:
    data = bytearray(OLD_WORKBOOK)
    for place, sign in damage:
        data[place] = sign
    for rows in opened_or_refused(bytes(data)) or []:
        assert len(set(map(len, rows))) <= 1


def test_dates_and_truths_arrive_as_such() -> None:
    rows = rows_of(xlsx_with_a_date())
    assert rows == [[datetime(2022, 3, 16, 4, 26), True]]


def xlsx_with_a_date() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, datetime(2022, 3, 16, 4, 26))
        sheet.write_boolean(0, 1, True)
    return out.getvalue()


def test_an_archive_gives_its_files_with_their_folders() -> None:
    data = zipped(**{"2022/5/История.xlsx": b"a", "__MACOSX/._x": b"b", "~$lock.xlsx": b"c"})
    assert is_archive(data)
    assert [(file.path, file.data) for file in open_archive(data)] == [("2022/5/История.xlsx", b"a")]


def test_a_workbook_is_no_archive() -> None:
    assert not is_archive(xlsx(Лист=ROWS))
    assert not is_archive(b"a;b")


def test_names_written_in_the_old_encoding_of_windows_are_read_right() -> None:
    said = zipped(**{"ABCDEFG.csv": b"1"})
    data = said.replace(b"ABCDEFG", "История".encode("cp866"))
    assert [file.path for file in open_archive(data)] == ["История.csv"]


@pytest.mark.parametrize(
    ("name", "clean"),
    [("../../etc/passwd", "etc/passwd"), ("/etc/x", "etc/x"), ("C:\\a\\b.xlsx", "a/b.xlsx"), ("a/./b", "a/b")],
)
def test_a_name_in_an_archive_never_leads_out_of_it(name: str, clean: str) -> None:
    assert clean_path(name) == clean


def test_an_archive_in_an_archive_is_opened_once_and_not_deeper() -> None:
    inner = zipped(**{"a.csv": b"1"})
    assert [file.path for file in open_archive(zipped(**{"5.zip": inner}))] == ["5/a.csv"]
    deeper = zipped(**{"x.zip": zipped(**{"y.zip": inner})})
    with pytest.raises(UnreadableFile, match="глубоко"):
        list(open_archive(deeper))
