"""`msoko import` for people: what is odd in a file is told without --json too."""

from pathlib import Path

from tests.cli.conftest import Call
from tests.web.collection.protocols import LOGIN, Pupil, many, protocol, write


def test_a_complaint_is_told_with_its_place_and_number(msoko: Call, tmp_path: Path) -> None:
    wrong = [Pupil(LOGIN, (1, 1, 1), total=9, code=51000 + one) for one in range(21)]
    file = write(tmp_path, protocol([*many(LOGIN, 4), *wrong]))
    first, *others = msoko("import", file, "--accept", "--create-schools").out.splitlines()
    assert first == f"{file}: принят, строк 25; замечаний — {len(others)}"
    told = next(one for one in others if "не равен сумме" in one)
    assert told.endswith("Лист «Sheet1», строка 6, «всего баллов»: 9 ≠ 3 (всего 21)")


def test_of_many_complaints_the_first_are_told_and_how_many_are_left(msoko: Call, tmp_path: Path) -> None:
    from msoko.cli.commands.import_files import MOST_COMPLAINTS, in_words

    complaint = {"level": "WARNING", "sheet": None, "row": None, "column": None, "value": None, "count": 1}
    complaints = [complaint | {"message": f"Замечание {place}."} for place in range(MOST_COMPLAINTS + 2)]
    lines = in_words({"file": "ф.xlsx", "state_words": "принят", "rows": 1, "complaints": complaints}).splitlines()
    assert lines[1] == "  Замечание 0."
    assert lines[-1] == "  … и ещё 2: msoko import … --json"


def test_reasons_of_a_refusal_are_told_once(msoko: Call, tmp_path: Path) -> None:
    file = write(tmp_path, protocol(many(LOGIN, 2)), "протокол.xlsx")
    answer = msoko("import", file)
    assert answer.code == 1
    assert answer.err
    assert answer.err.splitlines()[-1].partition(": ")[2] not in answer.out
