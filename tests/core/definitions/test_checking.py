"""`msoko check` refuses a definition that is empty, misspelt, contradictory, or means nothing."""

from pathlib import Path

import pytest

from msoko.core.definitions.checking import check

SUBJECT = "name: черчение\ncode: ЧЕ\nby: по черчению\ngenitive: черчения\nstems: [черчен]\n"
SOURCE = "title: Форма\nwhy: нужна\nchecked: 2026-01-01\nreader: vpr_pupils\ngrain: pupils\nprocedure: vpr\n"
SCALE = (
    "procedure: vpr\nyear: 2023\nsource: приказ\nscales:\n  - {subject: history, grade: 5, bounds: [3, 7, 11, 15]}\n"
)
WORK = (
    "procedure: vpr\nyear: 2021\nsubject: chemistry\ngrade: 8\nsource: описание\n"
    'items:\n  - {number: "1", maximum: 30}\n  - {number: "2", maximum: 6}\n'
)


def problems(folder: Path, path: str, content: str) -> list[str]:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)
    return [str(problem) for problem in check(folder)]


def test_the_definitions_of_the_package_are_in_order() -> None:
    assert check() == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "нет" in check(tmp_path / "нет такой")[0].what


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("subjects/drawing.yaml", SUBJECT),
        ("sources/form/2023.yaml", SOURCE + "recognised_by: [неслыханный заголовок]"),
        ("scales/vpr/2023.yaml", SCALE),
        ("works/vpr/2021/chemistry_8.yaml", WORK),
    ],
)
def test_a_sound_file_of_a_municipality_passes(tmp_path: Path, path: str, content: str) -> None:
    assert problems(tmp_path, path, content) == []


@pytest.mark.parametrize(
    ("path", "content", "word"),
    [
        ("subjects/drawing.yaml", SUBJECT + "colour: red", "colour"),
        ("subjects/drawing.yaml", SUBJECT.replace("[черчен]", "[]"), "stems"),
        ("subjects/drawing.yaml", SUBJECT.replace("черчение\n", "''\n"), "name"),
        ("subjects/drawing.yaml", SUBJECT.replace("ЧЕ", "ИС"), "откликаются"),
        ("subjects/drawing.yaml", SUBJECT + "scale_subject: nothing", "scale_subject"),
        ("subjects/drawing.yaml", SUBJECT + "name: ещё раз", "повторяется"),
        ("subjects/drawing.yaml", "name: [", "YAML"),
        ("subject/drawing.yaml", SUBJECT, "не известна"),
        ("sources/form/2023.yaml", SOURCE + "recognised_by: []", "recognised_by"),
        ("sources/form/2023.yaml", SOURCE, "recognised_by"),
        ("sources/form/2023.yaml", SOURCE + "recognised_by: ['']", "recognised_by"),
        ("sources/form/2023.yaml", SOURCE.replace("pupils\n", "people\n") + "recognised_by: [а]", "people"),
        ("sources/form/2023.yaml", SOURCE.replace("vpr_pupils", "nobody") + "recognised_by: [а]", "nobody"),
        ("sources/form/2023.yaml", SOURCE.replace("vpr_pupils", "_pupils") + "recognised_by: [а]", "_pupils"),
        ("sources/form/2023.yaml", SOURCE + "recognised_by: [а]\ncolumns: {login: а, code: А}", "назван для полей"),
        ("sources/form/2023.yaml", SOURCE + "recognised_by: [а]\noptions: {item_header: '('}", "item_header"),
        ("sources/form/2023.yaml", SOURCE + "recognised_by: [а]\noptions: {item_header: 'балл'}", "item_header"),
        (
            "sources/form/2023.yaml",
            SOURCE + "recognised_by: [user, code, otc, gender, klass, var-1, sum, A-1-grade]",
            "тем же",
        ),
        ("scales/vpr/2023.yaml", SCALE.replace("11, 15", "15, 11"), "не возрастают"),
        ("scales/vpr/2023.yaml", SCALE.replace("11, 15", "11, 11"), "не возрастают"),
        ("scales/vpr/2023.yaml", SCALE.replace("11, 15", "11"), "не возрастают"),
        ("scales/vpr/2023.yaml", SCALE.replace("history", "magic"), "magic"),
        ("scales/vpr/2023.yaml", SCALE.replace("source: приказ\n", ""), "source"),
        ("scales/vpr/2023.yaml", SCALE.replace("2023", "2021"), "дважды"),
        ("scales/vpr/2023.yaml", SCALE + "status: transferred", "transferred"),
        ("works/vpr/2021/chemistry_8.yaml", WORK.replace("maximum: 6", "maximum: 7"), "37"),
        ("works/vpr/2021/chemistry_8.yaml", WORK.replace('"2"', '"1"'), "дважды"),
        ("works/vpr/2021/chemistry_8.yaml", WORK.replace("chemistry", "magic"), "magic"),
        ("works/vpr/2021/history.yaml", WORK.replace("chemistry", "history").replace("8", "5"), "дважды"),
        ("works/vpr/2021/chemistry_8.yaml", WORK.split("items")[0], "items"),
    ],
)
def test_what_is_wrong_is_told_with_the_file_and_what_to_do(tmp_path: Path, path: str, content: str, word: str) -> None:
    found = problems(tmp_path, path, content)
    assert any(word in said for said in found), found
    assert all(problem.what_to_do for problem in check(tmp_path))
