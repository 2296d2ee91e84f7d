"""The one door: what a file is, is told by its bytes; a hostile or broken one gets a sentence and never a traceback."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msoko.core.roadmap.reading import containers
from msoko.core.roadmap.reading.containers import Document, Kind, UnreadableDocument, read_roadmaps
from msoko.core.roadmap.reading.docx import lines_and_complaints_of_docx, lines_of_docx
from msoko.core.roadmap.reading.passport import period_of
from tests.core.roadmap.reading.documents import (
    OFFICE,
    Block,
    Heading,
    Page,
    Table,
    docx_of,
    docx_of_xml,
    p,
    pdf_of,
    tbl,
    tr,
    txt_of,
)

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"

OLE = bytes.fromhex("D0CF11E0A1B11AE1")

PASSPORT = Table(
    [
        ["Название программы", "Районная программа «Ровный старт» на 2031–2033 годы"],
        ["Основной разработчик", "Районный методический центр"],
        ["Цель", "Сократить число школ с низкими результатами"],
        ["Задачи", "1. Найти причины.\n2. Помочь школам."],
        ["Срок действия", "01.09.2031 – 31.08.2033"],
    ],
    widths=(2, 5),
)
ROADMAP = Table(
    [
        ["№ п/п", "Мероприятие", "Срок", "Исполнитель", "Ожидаемый результат"],
        ["1. Работа с учителями"],
        [
            "1.1.",
            "Провести опрос учителей о трудностях",
            "октябрь 2031 г.",
            "Районный методический центр",
            "Отчёт об опросе",
        ],
        ["1.2.", "Открыть школу молодого учителя", "ежегодно, ноябрь", "Управление образования", "План занятий школы"],
        ["2. Работа с родителями"],
        ["2.1.", "Собрать родителей девятиклассников", "до 1 марта 2032 г.", "Руководители школ", "Протоколы собраний"],
        ["2.2.", "Выпустить памятку для семей", "2 раза в год", "Школы района", "Памятка на сайтах школ"],
    ],
    widths=(1, 4, 2.4, 3, 3),
)
BLOCKS: tuple[Block, ...] = (
    "Районная программа «Ровный старт»",
    Heading("Паспорт программы"),
    PASSPORT,
    Heading("Дорожная карта программы «Ровный старт»"),
    ROADMAP,
    "Контроль исполнения ведёт районный методический центр.",
)


def read(tmp_path: Path, content: bytes, name: str = "документ") -> Document:
    path = tmp_path / "file"
    path.write_bytes(content)
    return read_roadmaps(path, name)


def refusal(tmp_path: Path, content: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as refused:
        read(tmp_path, content)
    assert refused.value.message.endswith(".")
    assert refused.value.advice.endswith(".")
    return refused.value


@pytest.fixture(params=["docx", "pdf", "pdf lying", "txt"])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Document:
    builders = {
        "docx": lambda: docx_of(*BLOCKS),
        "pdf": lambda: pdf_of(*BLOCKS),
        "pdf lying": lambda: pdf_of(*BLOCKS, page=Page(is_lying=True, size=12, hyphenate=True)),
        "txt": lambda: txt_of(*BLOCKS),
    }
    return read(tmp_path, builders[request.param]())


class TestOneDocument:
    """The same tables as DOCX, PDF and TXT say the same."""

    def test_its_activities_are_the_same_in_every_container(self, document: Document):
        (roadmap,) = document.parsed.roadmaps
        assert "Ровный старт" in roadmap.title
        said = [(one.number, one.title, one.deadline, one.executors_words, one.result) for one in roadmap.activities]
        rows = [row for row in ROADMAP.rows[1:] if len(row) > 1]
        assert [(str(number).rstrip("."), *others) for number, *others in said] == [
            (number.rstrip("."), *others) for number, *others in rows
        ]

    def test_its_sections_are_the_same(self, document: Document):
        sections = [one.section for one in document.parsed.activities]
        assert ["учителями" in str(one) for one in sections] == [True, True, False, False]

    def test_its_passport_is_the_same(self, document: Document):
        passport = document.passport
        assert passport["title"].value == "Районная программа «Ровный старт» на 2031–2033 годы"
        assert passport["developer"].value == "Районный методический центр"
        assert passport["tasks"].value == ("Найти причины.", "Помочь школам.")
        period = period_of(passport)
        assert period is not None
        assert [day.isoformat() for day in period] == ["2031-09-01", "2033-08-31"]


class TestKinds:
    def test_content_tells_the_kind_and_the_name_does_not(self, tmp_path: Path):
        assert read(tmp_path, docx_of("Текст"), "план.pdf").kind is Kind.DOCX
        assert read(tmp_path, pdf_of("Текст"), "план.txt").kind is Kind.PDF
        assert read(tmp_path, "Текст".encode("cp1251"), "план.docx").kind is Kind.TEXT

    @pytest.mark.parametrize(
        ("content", "code", "words"),
        [
            (b"", "empty_file", "пустой"),
            (b"\xef\xbb\xbf  \n", "empty_file", "пустой"),
            (OLE + "WordDocument".encode("utf-16-le"), "doc", "старого вида (DOC)"),
            (OLE + "EncryptedPackage".encode("utf-16-le"), "password_needed", "паролем"),
            (OLE + "Workbook".encode("utf-16-le"), "old_office", "старого вида"),
            (b"{\\rtf1\\ansi text}", "rtf", "RTF"),
            (b"<!DOCTYPE html><html><body>text</body></html>", "web_page", "веб-страница"),
            (b'<?xml version="1.0"?><w:wordDocument/>', "web_page", "веб-страница"),
            (b"\x89PNG\r\n\x1a\n0000", "picture", "изображение"),
            (b"Rar!\x1a\x07\x00", "archive", "архив"),
            (b"MZ\x90\x00\x03", "not_a_document", "не документ"),
            (b"\x00\x01\x02\x03" * 500, "not_a_document", "не документ"),
            (b"PK\x03\x04 and then nothing", "damaged", "повреждён"),
            (b"%PDF-1.7\nnothing", "damaged", "повреждён"),
        ],
    )
    def test_what_is_no_document_is_named_with_what_to_do(self, tmp_path: Path, content: bytes, code: str, words: str):
        refused = refusal(tmp_path, content)
        assert refused.code == code
        assert words in refused.message

    @pytest.mark.parametrize(
        ("names", "code"),
        [
            (("xl/workbook.xml",), "spreadsheet"),
            (("ppt/presentation.xml",), "presentation"),
            (("mimetype", "content.xml", "META-INF/manifest.xml"), "odt"),
            (("план.docx",), "archive"),
        ],
    )
    def test_packages_of_other_programs_are_named(self, tmp_path: Path, names: tuple[str, ...], code: str):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            for name in names:
                package.writestr(name, "<x/>")
        assert refusal(tmp_path, packed.getvalue()).code == code

    def test_old_word_is_asked_to_be_saved_as_docx(self, tmp_path: Path):
        assert "сохраните как DOCX" in refusal(tmp_path, OLE + "WordDocument".encode("utf-16-le")).advice

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path):
        with pytest.raises(UnreadableDocument, match=r"Файла «план\.docx» нет"):
            read_roadmaps(tmp_path / "none", "план.docx")


class TestHostileFiles:
    def test_a_file_larger_than_allowed_is_not_opened(self, tmp_path: Path):
        path = tmp_path / "file"
        path.write_bytes(b"x" * (2 * 2**20))
        with pytest.raises(UnreadableDocument, match="«план» больше 1 МБ") as refused:
            read_roadmaps(path, "план", most_bytes=2**20)
        assert refused.value.code == "too_large"

    def test_a_bomb_is_refused_before_it_is_unpacked(self, tmp_path: Path):
        bomb = docx_of_xml(p("Текст"), parts={"word/media/zeros.bin": b"\0" * (80 * 2**20)})
        assert len(bomb) < 200_000
        assert refusal(tmp_path, bomb).code == "too_large"

    def test_a_package_of_countless_parts_is_refused(self, tmp_path: Path):
        crowd = docx_of_xml(p("Текст"), parts={f"word/media/{number}": b"" for number in range(6_000)})
        assert refusal(tmp_path, crowd).code == "too_large"

    def test_text_of_a_part_beyond_the_limit_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("msoko.core.roadmap.reading.docx_package.MOST_BYTES_OF_A_PART", 1_000)
        from msoko.core.roadmap.reading.docx import lines_of_docx

        with pytest.raises(UnreadableDocument, match="более 64 МБ"):
            lines_of_docx(docx_of_xml(p("Текст") * 100))

    def test_a_text_beyond_the_limit_is_refused(self, tmp_path: Path):
        assert refusal(tmp_path, "Слово за словом.\n".encode() * 200_000).code == "too_large"

    def test_a_document_of_too_many_signs_is_refused(self, tmp_path: Path):
        assert refusal(tmp_path, docx_of_xml(p("слово " * 1_000) * 500)).code == "too_large"

    def test_entities_are_never_expanded(self, tmp_path: Path):
        entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
        laughs = f'<!DOCTYPE d [<!ENTITY e0 "ха">{entities}]><d>&e11;</d>'
        assert refusal(tmp_path, docx_of_xml("", parts={"word/document.xml": laughs.encode()})).code == "unsafe"

    def test_a_file_of_this_machine_is_never_read(self, tmp_path: Path):
        secret = tmp_path / "secret"
        secret.write_text("тайна")
        xml = f'<!DOCTYPE d [<!ENTITY s SYSTEM "{secret.as_uri()}">]><d>&s;</d>'
        assert refusal(tmp_path, docx_of_xml("", parts={"word/document.xml": xml.encode()})).code == "unsafe"

    def test_a_document_that_ends_the_other_process_is_refused_and_the_next_one_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        process = containers.OtherProcess(_script(tmp_path, "import os; os._exit(3)"), 10)
        monkeypatch.setattr(containers, "_CHILD", process)
        assert refusal(tmp_path, docx_of("Текст")).code == "not_read"
        monkeypatch.undo()
        assert read(tmp_path, docx_of("Текст")).lines[0].cells == ("Текст",)

    def test_a_document_that_takes_too_long_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        process = containers.OtherProcess(_script(tmp_path, "import time; time.sleep(60)"), 0.3)
        monkeypatch.setattr(containers, "_CHILD", process)
        refused = refusal(tmp_path, docx_of("Текст"))
        assert refused.code == "not_read"
        assert "слишком много времени" in refused.message

    @pytest.mark.parametrize("kind", ["docx", "pdf"])
    @pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
    def test_a_file_cut_short_is_refused_or_read(self, tmp_path: Path, kind: str, share: float):
        whole = docx_of(*BLOCKS) if kind == "docx" else pdf_of(*BLOCKS)
        _read_or_refuse(tmp_path, whole[: int(len(whole) * share)])

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(
        content=st.binary(max_size=400), start=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", OLE, b"\xff\xfe"])
    )
    def test_random_bytes_are_refused_or_read(self, tmp_path: Path, content: bytes, start: bytes):
        _read_or_refuse(tmp_path, start + content)

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(
        kind=st.sampled_from(["docx", "pdf"]),
        places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
    )
    def test_a_file_with_some_bytes_changed_is_refused_or_read(
        self, tmp_path: Path, kind: str, places: list[tuple[float, int]]
    ):
        content = bytearray(DAMAGED[kind])
        for place, byte in places:
            content[int(place * (len(content) - 1))] = byte
        _read_or_refuse(tmp_path, bytes(content))

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(body=st.text(alphabet="<>/wpr:tblcd='\" 1-&;А\n", max_size=300))
    def test_any_xml_of_a_body_is_refused_or_read(self, tmp_path: Path, body: str):
        _read_or_refuse(tmp_path, docx_of_xml(body))


DAMAGED = {"docx": docx_of("Текст", ROADMAP), "pdf": pdf_of("Текст", ROADMAP)}


def _script(folder: Path, body: str) -> Path:
    script = folder / "child.py"
    script.write_text(body)
    return script


def _read_or_refuse(tmp_path: Path, content: bytes) -> None:
    try:
        read(tmp_path, content)
    except UnreadableDocument as refused:
        assert refused.message, "a refusal says what is wrong"  # noqa: PT017
        assert refused.advice, "a refusal says what to do"  # noqa: PT017


class TestPictures:
    """What is photographed or scanned into a DOCX cannot be read, and that is said."""

    PICTURE = p(runs=f'<w:r><w:drawing><a:blip xmlns:a="{DRAWING}" r:embed="x" xmlns:r="{OFFICE}"/></w:drawing></w:r>')

    def test_nothing_but_pictures_is_refused_as_a_scan(self):
        with pytest.raises(UnreadableDocument, match="изображения страниц") as refusal:
            lines_of_docx(docx_of_xml(self.PICTURE * 2))
        assert refusal.value.code == "no_text"

    def test_nothing_at_all_is_refused_as_empty(self):
        with pytest.raises(UnreadableDocument, match="нет текста"):
            lines_of_docx(docx_of_xml(p()))

    def test_a_picture_in_place_of_the_table_is_complained_about_and_one_beside_it_is_not(self):
        table = tbl(tr("№", "Мероприятие", "Срок"), tr("1", "Сбор лидеров", "май"))
        for body, codes in ((p("План") + self.PICTURE, ["pictures_in_document"]), (table + self.PICTURE, [])):
            _, complaints = lines_and_complaints_of_docx(docx_of_xml(body))
            assert [one.code for one in complaints] == codes
