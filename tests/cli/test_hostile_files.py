"""Whatever is uploaded, the answer is a sentence: never a traceback, never a file outside the home, never a hang."""

import io
import random
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
import xlsxwriter

from msoko.web.collection.models import Batch
from msoko.web.people.models import Organisation
from tests.cli.conftest import Answer, Call
from tests.core.collection.readers.books import xlsx
from tests.web.collection.protocols import LOGIN, NAME, Pupil, many, protocol, protocol_csv, rows_of, write

ASKED = ("--year", "2022", "--grade", "5", "--subject", "математика", "--json")


def zipped(files: dict[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", compression) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def replaced_part(part: str, content: bytes) -> bytes:
    """A good protocol with one part of its workbook replaced."""
    files = ZipFile(io.BytesIO(protocol(many(LOGIN, 2))))
    parts = {name: files.read(name) for name in files.namelist()}
    assert part in parts
    return zipped(parts | {part: content})


def bomb() -> bytes:
    return zipped({"Математика.xlsx": bytes(50 * 2**20)})


def bomb_in_a_workbook() -> bytes:
    return replaced_part("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * (60 * 2**20) + b"</worksheet>")


def nested(depth: int) -> bytes:
    data = protocol(many(LOGIN, 1))
    name = NAME
    for level in range(depth):
        data, name = zipped({name: data}, ZIP_STORED), f"{level}.zip"
    return data


def entities() -> bytes:
    lines = ['<!ENTITY a0 "' + "x" * 100 + '">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    head = '<?xml version="1.0"?><!DOCTYPE sst [' + "".join(lines) + "]>"
    return replaced_part("xl/sharedStrings.xml", (head + "<sst><si><t>&a9;</t></si></sst>").encode())


def outside_entity() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return replaced_part("xl/sharedStrings.xml", (head + "<sst><si><t>&f;</t></si></sst>").encode())


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("пусто.xlsx", lambda: b""),
    "zeros": ("нули.xlsx", lambda: bytes(5000)),
    "random bytes": ("случайное.xlsx", lambda: random.Random(1).randbytes(20_000)),
    "random text bytes": ("случайное.csv", lambda: random.Random(2).randbytes(20_000)),
    "a picture called a table": ("снимок.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "a page called a table": ("отчёт.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    "a torn workbook": (NAME, lambda: protocol(many(LOGIN, 5))[:-200]),
    "a zip bomb": ("бомба.zip", bomb),
    "a bomb in a workbook": (NAME, bomb_in_a_workbook),
    "zips in zips": ("матрёшка.zip", lambda: nested(4)),
    "an empty zip": ("пусто.zip", lambda: zipped({})),
    "entities that multiply": (NAME, entities),
    "an entity that names a file": (NAME, outside_entity),
    "a table with NULs": ("нули.csv", lambda: protocol_csv(many(LOGIN, 2)).replace(b"990001", b"99\x00001")),
    "a line of five million columns": ("широкий.csv", lambda: b";" * 5_000_000),
    "a word of five million letters": ("длинный.csv", lambda: b"x" * 5_000_000),
    "an unclosed quotation": ("кавычка.csv", lambda: b'"' + b"a;b\n" * 100_000),
    "an OLE shell of nothing": ("старый.xls", lambda: bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_sentence(msoko: Call, tmp_path: Path, name: str) -> None:
    called, make = REFUSED[name]
    file = write(tmp_path, make(), f"files/{called}")
    begun = time.monotonic()
    answer = msoko("import", file, "--accept", "--create-schools", "--json")
    assert time.monotonic() - begun < 60
    assert answer.code == 1
    (batch,) = answer.batches
    assert batch["state"] == "refused"
    assert batch["reasons"]
    assert all(reason.endswith((".", "…", "»")) for reason in batch["reasons"])
    assert "internal_error" not in answer.out
    assert not Organisation.objects.filter(kind="school").exists()


def good(answer: Answer) -> dict:
    assert answer.code == 0, answer.err
    (batch,) = answer.batches
    assert batch["state"] == "accepted"
    return batch


def taken(msoko: Call, folder: Path, content: bytes, name: str = NAME) -> dict:
    return good(msoko("import", write(folder, content, name), "--accept", "--create-schools", "--json"))


def test_paths_of_an_archive_lead_nowhere(msoko: Call, tmp_path: Path, home: Path) -> None:
    names = [
        "../../../../outside.xlsx",
        "/absolute.xlsx",
        "C:\\windows\\..\\..\\drive.xlsx",
        "a/../../../2022/5/Математика.xlsx",
    ]
    before = set(tmp_path.rglob("*"))
    file = write(
        tmp_path, zipped({name: protocol(many(f"sch99000{i}", 1)) for i, name in enumerate(names)}), "ВПР 2022.zip"
    )
    answer = msoko("import", file, "--accept", "--create-schools", "--subject", "математика", "--grade", "5", "--json")
    assert len(answer.batches) == len(names)
    made = {one for one in set(tmp_path.rglob("*")) - before - {file} if not one.is_relative_to(home)}
    assert made == set()
    assert not any(".." in batch["file"].removeprefix(str(tmp_path)) for batch in answer.batches)


def test_the_ending_does_not_matter_where_the_content_is_good(msoko: Call, tmp_path: Path) -> None:
    assert taken(msoko, tmp_path, protocol(many(LOGIN, 2)), NAME.replace(".xlsx", ".csv"))["participants"] == 2


def test_a_formula_is_text_and_is_never_run(msoko: Call, tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows_of([Pupil('=HYPERLINK("http://evil.example";"1")'), Pupil(LOGIN)])):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, str(cell)) if number < 2 else sheet.write(number, column, cell)
    sheet.write_formula(2, 6, '=WEBSERVICE("http://evil.example")', value=1)
    book.close()
    assert taken(msoko, tmp_path, out.getvalue())["rows"] == 2


@pytest.mark.parametrize(
    "login", ["<script>alert(1)</script>", "' OR 1=1 --", "sch1\u202e000", "😀" * 20, "{{ 7*7 }}", "%s%n"]
)
def test_a_login_may_be_anything_and_stays_a_text(msoko: Call, tmp_path: Path, login: str) -> None:
    batch = taken(msoko, tmp_path, protocol(many(login, 2)))
    assert (batch["schools_valid"], batch["participants"]) == (1, 2)
    (row,) = msoko("describe", *ASKED).data["rows"]
    assert row["organisation"]["logins"] == [login.lower()]


def test_a_login_of_ten_thousand_letters_is_a_complaint(msoko: Call, tmp_path: Path) -> None:
    batch = taken(msoko, tmp_path, protocol([*many("a" * 10_000, 2), *many("a" * 10_000 + "b", 1), *many(LOGIN, 1)]))
    (found,) = [one for one in batch["complaints"] if one["code"] == "login_too_long"]
    assert (found["level"], found["count"], found["row"]) == ("WARNING", 3, 2)
    assert len(found["value"]) < 100
    assert batch["schools_valid"] == 3
    assert max(len(row["organisation"]["logins"][0]) for row in msoko("describe", *ASKED).data["rows"]) <= 300


def test_a_class_of_ten_thousand_letters_is_a_complaint(msoko: Call, tmp_path: Path) -> None:
    batch = taken(
        msoko, tmp_path, protocol([Pupil(class_label="ß" * 10_000), Pupil(class_label="ß" * 10_000 + "Б"), Pupil()])
    )
    (found,) = [one for one in batch["complaints"] if one["code"] == "class_too_long"]
    assert found["count"] == 2
    assert batch["classes_valid"] == 3
    assert len(msoko("describe", *ASKED, "--by", "class").data["rows"]) == 3


def test_every_other_cell_may_be_ten_thousand_letters(msoko: Call, tmp_path: Path) -> None:
    long = "ё" * 10_000
    pupil = Pupil(LOGIN, (1, 1, long), "5А", long, long, long, long, f"{long} | {long}", f"{long} | {long}", long)
    assert taken(msoko, tmp_path, protocol([pupil, Pupil()]))["rows"] == 2


@pytest.mark.parametrize(
    "score", [-1, -(10**9), 10**9, 10**30, "10" * 2000, 1e308, "1e5", "٣", "²", "NaN", "-inf", "0x1F"]
)
def test_no_score_is_too_odd_to_be_counted(msoko: Call, tmp_path: Path, score: object) -> None:
    pupils = [Pupil(LOGIN, (score, 1, 1), total=score), Pupil(LOGIN, journal=score, variant=score, code=score)]
    batch = taken(msoko, tmp_path, protocol(pupils))
    assert batch["rows"] == sum(batch["statuses"].values()) == 2
    assert msoko("describe", *ASKED).code == 0


def test_headers_may_repeat(msoko: Call, tmp_path: Path) -> None:
    rows = rows_of(many(LOGIN, 2))
    rows = [[*row, *row] for row in rows]
    answer = msoko("import", write(tmp_path, xlsx(rows)), "--accept", "--create-schools", "--json")
    assert answer.code in (0, 1)
    assert "internal_error" not in answer.out


def test_a_protocol_of_headers_only_is_told(msoko: Call, tmp_path: Path) -> None:
    answer = msoko("import", write(tmp_path, protocol([])), "--accept", "--create-schools", "--json")
    assert "internal_error" not in answer.out
    assert answer.batches[0]["participants"] in (0, None)


@pytest.mark.parametrize(
    "name",
    [
        "ВПР 2022 математика 5 класс" + "ы" * 60 + ".xlsx",
        "ВПР 2022 математика 5 класс; rm -rf ~ `id` $(id) && 'quoted' \"twice\".xlsx",
        "ВПР 2022 математика 5 класс\nвторая строка\t.xlsx",
        "ВПР 2022 математика 5 класс <b>&amp;%s{}.xlsx",
        "-ВПР 2022 математика 5 класс.xlsx",
        "ВПР 2022 математика 5 класс \u202exslx.xlsx",
    ],
)
def test_a_file_may_be_called_anything(msoko: Call, tmp_path: Path, name: str) -> None:
    batch = taken(msoko, tmp_path, protocol(many(LOGIN, 2)), name)
    assert batch["file"] == str(tmp_path / name)
    assert batch["grade"] == 5


def test_a_name_that_is_no_text_is_told_as_well_as_can_be(msoko: Call, tmp_path: Path) -> None:
    file = Path(str(tmp_path) + "/\udcff\udcfe ВПР 2022 математика 5 класс.xlsx")
    try:
        file.write_bytes(protocol(many(LOGIN, 2)))
    except OSError:
        pytest.skip("this file system takes text only")
    answer = msoko("import", file, "--accept", "--create-schools", "--json")
    assert good(answer)["participants"] == 2


def test_names_of_hundreds_of_letters_inside_an_archive_are_cut_where_the_catalogue_ends(
    msoko: Call, tmp_path: Path
) -> None:
    long = "/".join(["папка" * 40] * 8) + "/ВПР 2022 математика 5 класс " + "ы" * 500 + ".xlsx"
    file = write(tmp_path, zipped({long: protocol(many(LOGIN, 2))}), "архив.zip")
    good(msoko("import", file, "--accept", "--create-schools", "--json"))
    batch = Batch.objects.get()
    assert len(batch.path) <= 1000
    assert len(batch.path) <= 1000


def test_a_file_that_may_not_be_read_is_told(msoko: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, protocol(many(LOGIN, 2)), f"files/{NAME}")
    closed = write(tmp_path, b"", "files/закрыто.xlsx")
    opened = Path.open

    def refuse(path: Path, *how: object, **more: object):  # type: ignore[no-untyped-def]
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return opened(path, *how, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)
    answer = msoko("import", closed.parent, "--accept", "--create-schools", "--json")
    assert answer.code == 1
    assert [batch["state"] for batch in answer.batches] == ["accepted", "refused"]
    assert "Файл не открывается" in answer.err


def test_a_file_larger_than_the_installation_takes_is_refused(msoko: Call, tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LARGEST_UPLOAD = 1000
    answer = msoko("import", write(tmp_path, protocol(many(LOGIN, 200))), "--json")
    assert answer.code == 1
    assert "Файл больше" in answer.err
    assert not list(Path(settings.UPLOADS).rglob("*.unfinished"))


def test_escapes_of_a_spreadsheet_bring_no_control_signs_into_the_records(msoko: Call, tmp_path: Path) -> None:
    pupils = [Pupil("sch99_x0000_0001", school="a | Школа_x0000_", class_label="5_x0000_А", variant="_x0000_")]
    taken(msoko, tmp_path, protocol(pupils))
    for batch in Batch.objects.all():
        assert "\x00" not in repr([batch.schools, batch.complaints]).replace("\\x00", "\x00")
