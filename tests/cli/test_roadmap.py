"""msoko roadmap parse: what it prints for programs and for people, and what it refuses."""

from pathlib import Path

import docx
import pytest

from tests.cli.conftest import Call
from tests.web.collection.protocols import write

TEXT = (
    "Дорожная карта «Чтение»\n\n№\tМероприятие\tСрок\tИсполнитель\tРезультат\nКадры\t\t\t\t\n"
    "1.\tНеделя чтения\tмарт\tРМК, школы\tОтчёт\n2.\tТурнир чтецов\t\tУО\tПриказ\n"
)
ACTIVITY = {
    "section": (str, type(None)), "number": (str, type(None)), "title": str, "deadline": (str, type(None)),
    "executors": list, "result": (str, type(None)), "confidence": float, "doubts": list, "lines": list,
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path, TEXT.encode(), "карта.txt")


def test_json_has_every_key_of_the_contract(msoko: Call, file: Path) -> None:
    answer = msoko("roadmap", "parse", file, "--json")
    assert answer.code == 0
    assert set(answer.data) >= {"roadmaps", "complaints", "passport"}
    (roadmap,) = answer.data["roadmaps"]
    assert roadmap["title"] == "Дорожная карта «Чтение»"
    first = roadmap["activities"][0]
    assert all(isinstance(first[key], kind) for key, kind in ACTIVITY.items())
    assert (first["section"], first["number"], first["title"]) == ("Кадры", "1", "Неделя чтения")
    assert (first["deadline"], first["executors"], first["result"]) == ("март", ["РМК", "школы"], "Отчёт")
    (complaint,) = answer.data["complaints"]
    assert (complaint["code"], complaint["line"]) == ("deadline_empty", 6)


def test_people_are_told_in_words(msoko: Call, file: Path) -> None:
    answer = msoko("roadmap", "parse", file)
    assert answer.code == 0
    lines = [line.strip() for line in answer.out.splitlines()]
    assert "1\tНеделя чтения\tмарт\tРМК; школы\tОтчёт\t0,98" in lines
    assert "? Срок не указан." in lines
    assert any(line.startswith("строка 6: Срок не указан.") for line in lines)


def test_the_kind_of_a_file_is_told_by_its_content(msoko: Call, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("План мероприятий")
    table = document.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, (("Мероприятие", "Срок", "Кто отвечает"), ("Сбор", "май", "УО")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "план.txt"))
    (roadmap,) = msoko("roadmap", "parse", tmp_path / "план.txt", "--json").data["roadmaps"]
    assert [activity["title"] for activity in roadmap["activities"]] == ["Сбор"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "пустой"),
        (bytes(range(256)) * 9, "не текст"),
        (b"PK\x03\x04 broken", "FAIL"),
        ("Просто письмо без таблицы.".encode(), "нет таблицы с мероприятиями"),
    ],
)
def test_what_has_no_roadmap_is_refused_with_a_reason(msoko: Call, tmp_path: Path, content: bytes, why: str) -> None:
    answer = msoko("roadmap", "parse", write(tmp_path, content, "файл.txt"), "--json")
    assert answer.code == 1
    assert answer.err.startswith("FAIL ")
    assert why in answer.err


def test_a_file_that_is_not_there_is_a_wrong_call(msoko: Call, tmp_path: Path) -> None:
    answer = msoko("roadmap", "parse", tmp_path / "нет.docx")
    assert answer.code == 2
    assert "Нет такого файла" in answer.err


def test_a_folder_is_a_wrong_call_that_says_so(msoko: Call, tmp_path: Path) -> None:
    answer = msoko("roadmap", "parse", tmp_path, "--json")
    assert answer.code == 2
    assert "Это папка, а не файл" in answer.err
