"""The stable contract of the commands: keys, types, exit codes, what goes where."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from msoko.web.collection.models import Batch
from msoko.web.people.models import Organisation
from tests.cli.conftest import Call
from tests.web.collection.protocols import LOGIN, NAME, OTHER, Pupil, many, protocol, protocol_csv, write
from tests.web.collection.registers import line, register

BATCH = {
    "file": str, "sha256": str, "source": str, "year": int, "grade": int, "subject": str, "state": str, "rows": int,
    "statuses": dict, "absent": int, "participants": int, "schools_any_row": int, "schools_valid": int,
    "classes_valid": int, "sum_mismatch": int, "complaints": list,
}  # fmt: skip
STATUSES = {"valid", "absent", "part_absent", "no_total", "total_above_max"}
COMPLAINT = {"level", "code", "count", "sheet", "row", "column", "value", "message"}
ROW = {
    "organisation", "class", "participants", "absent", "mean_primary", "sd_primary", "mean_percent", "marks",
    "pass_rate", "quality_rate", "journal",
}  # fmt: skip
ORGANISATION = {"id": int, "name": str, "kind": str, "logins": list}
ASKED = ("--year", "2022", "--grade", "5", "--subject", "математика", "--json")
PUPILS = [
    *many(LOGIN, 3, 2),
    Pupil(LOGIN, (1, 0, 3), "5Б", journal=5),
    Pupil(LOGIN, ("X",) * 3, variant="отсутствовал", total=0),
    Pupil(OTHER, (1, 1, 0), total=5),
    Pupil(OTHER, (0, 0, 0), total="нет"),
    Pupil(OTHER, (1, 2, 3), total=77),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path, protocol(PUPILS))


@pytest.fixture
def imported(msoko: Call, file: Path) -> Call:
    assert msoko("import", file, "--accept", "--create-schools").code == 0
    return msoko


def test_import_tells_every_key_of_the_contract_with_its_type(msoko: Call, file: Path) -> None:
    answer = msoko("import", file, "--accept", "--create-schools", "--json")
    assert answer.code == 0
    (batch,) = answer.batches
    assert {key: type(batch[key]) for key in BATCH} == BATCH
    assert set(batch["statuses"]) == STATUSES
    assert all(set(complaint) >= COMPLAINT for complaint in batch["complaints"])
    assert {type(complaint["count"]) for complaint in batch["complaints"]} == {int}


def test_import_counts_rows_as_the_rules_say(msoko: Call, file: Path) -> None:
    (batch,) = msoko("import", file, "--accept", "--create-schools", "--json").batches
    expected = {
        "file": str(file), "source": "vpr_pupils/2022", "year": 2022, "grade": 5, "subject": "математика",
        "state": "accepted", "rows": 8, "absent": 1, "participants": 5, "schools_any_row": 2, "schools_valid": 2,
        "classes_valid": 3, "sum_mismatch": 2,
        "statuses": {"valid": 5, "absent": 1, "part_absent": 0, "no_total": 1, "total_above_max": 1},
    }  # fmt: skip
    assert {key: batch[key] for key in expected} == expected


def test_complaints_of_one_kind_are_one_with_its_count_and_first_place(msoko: Call, file: Path) -> None:
    (batch,) = msoko("import", file, "--json").batches
    (found,) = [one for one in batch["complaints"] if one["code"] == "sum_mismatch"]
    assert (found["level"], found["count"], found["sheet"], found["row"]) == ("WARNING", 2, "Sheet1", 7)


def test_without_accept_it_is_a_preview_and_nothing_counts(msoko: Call, file: Path) -> None:
    answer = msoko("import", file, "--json")
    assert (answer.code, answer.batches[0]["state"]) == (0, "preview")
    assert msoko("describe", *ASKED).code == 1


def test_values_are_computed_when_import_returns(imported: Call) -> None:
    said = imported("describe", *ASKED).data
    assert said["procedure"]["values_state"] == "fresh"
    assert {row["organisation"]["name"] for row in said["rows"]} == {LOGIN, OTHER}


def test_describe_tells_every_key_of_the_contract(imported: Call) -> None:
    said = imported("describe", *ASKED).data
    assert set(said) >= {"procedure", "scale", "rows"}
    assert set(said["scale"]) >= {"status", "source"}
    for row in said["rows"]:
        assert set(row) >= ROW
        assert {key: type(value) for key, value in row["organisation"].items()} == ORGANISATION


def test_describe_counts_each_score_over_its_own_rows(imported: Call) -> None:
    def rows(*more: str) -> dict[str, tuple[object, ...]]:
        said = imported("describe", *ASKED, *more).data["rows"]
        return {row["organisation"]["name"]: (row["participants"], row["absent"], row["mean_primary"]) for row in said}

    assert rows() == rows("--score", "items") == {LOGIN: (4, 1, 2.5), OTHER: (3, 0, 8 / 3)}
    assert rows("--score", "printed") == {LOGIN: (4, 1, 2.5), OTHER: (1, 0, 5.0)}


def test_classes_are_described_beside_their_schools(imported: Call) -> None:
    rows = imported("describe", *ASKED, "--by", "class").data["rows"]
    assert [(row["organisation"]["name"], row["class"], row["participants"]) for row in rows] == [
        (LOGIN, "А", 3),
        (LOGIN, "Б", 1),
        (OTHER, "А", 3),
    ]


def test_what_is_unknown_is_null_and_never_a_zero(imported: Call) -> None:
    said = imported("describe", *ASKED).data
    assert said["scale"] == {"status": "none", "source": None, "bounds": None}
    for row in said["rows"]:
        assert {row[key] for key in ("pass_rate", "quality_rate", "marks", "journal")} == {None}
        assert row["class"] is None
    single = next(
        row for row in imported("describe", *ASKED, "--score", "printed").data["rows"] if row["participants"] == 1
    )
    assert single["sd_primary"] is None


def test_rates_are_per_cent_and_marks_are_counts_by_the_scale(msoko: Call, tmp_path: Path) -> None:
    maxima = (5, 5, 5, 5)  # 20 in sum: the maximum of the scale of this work
    scores = [(1, 1, 1, 1), (2, 2, 2, 2), (3, 3, 3, 3), (5, 5, 5, 5)]
    pupils = [Pupil(LOGIN, said, journal=4, code=50001 + i) for i, said in enumerate(scores)]
    msoko("import", write(tmp_path, protocol(pupils, maxima)), "--accept", "--create-schools")
    said = msoko("describe", *ASKED).data
    (row,) = said["rows"]
    assert said["scale"]["status"] in {"official", "transferred", "unofficial"}
    assert row["marks"] == {"2": 1, "3": 1, "4": 1, "5": 1}
    assert row["journal"] == {"lowered": 2, "confirmed": 1, "raised": 1}
    assert (row["pass_rate"], row["quality_rate"], row["mean_percent"]) == (75.0, 50.0, 55.0)
    assert {type(n) for n in [*row["marks"].values(), *row["journal"].values(), row["participants"]]} == {int}


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "there-is-no-such-file.xlsx"),
        ("import", ".", "--year", "soon"),
        ("import", ".", "--year", "22"),
        ("import", ".", "--grade", "12"),
        ("import", ".", "--subject", "алхимия"),
        ("describe", "--year", "2022", "--grade", "5"),
        ("describe", "--year", "2022", "--grade", "5", "--subject", "алхимия"),
        ("describe", *ASKED, "--score", "test"),
        ("describe", *ASKED, "--by", "pupil"),
        ("organisations",),
        ("organisations", "import", "there-is-no-such-file.csv"),
        ("no-such-command",),
        (),
    ],
    ids=str,
)
def test_a_wrong_call_exits_with_2_and_says_nothing_on_stdout(msoko: Call, words: tuple[str, ...]) -> None:
    answer = msoko(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.strip()
    assert not Batch.objects.exists()


def test_what_was_not_found_is_refused_with_1_and_a_reason(msoko: Call) -> None:
    answer = msoko("describe", *ASKED)
    assert answer.code == 1
    assert "Нет принятых протоколов: математика, 5 класс, 2022 год" in answer.data["refused"][0]
    assert answer.data["refused"][0] in answer.err


def test_a_named_file_that_is_no_protocol_is_refused_with_1(msoko: Call, tmp_path: Path) -> None:
    answer = msoko("import", write(tmp_path, "Прочти меня".encode(), "README.txt"), "--json")
    assert answer.code == 1
    (batch,) = answer.batches
    assert (batch["state"], batch["rows"], batch["participants"]) == ("refused", None, None)
    assert set(batch["statuses"].values()) == {None}
    assert [complaint["code"] for complaint in batch["complaints"]] == ["unrecognised"]
    assert "не похож ни на одну известную форму" in answer.err


def test_other_files_of_a_folder_are_skipped_and_named(msoko: Call, tmp_path: Path) -> None:
    write(tmp_path, protocol(PUPILS), f"2022/5/{NAME}")
    write(tmp_path, b"%PDF-1.4", "2022/приказ.pdf")
    write(tmp_path, b"draft", f"2022/5/~${NAME}")
    answer = msoko("import", tmp_path / "2022", "--accept", "--create-schools", "--json")
    assert answer.code == 0
    assert len(answer.batches) == 1
    assert "приказ.pdf" in answer.err


def test_a_folder_without_tables_is_refused(msoko: Call, tmp_path: Path) -> None:
    answer = msoko("import", write(tmp_path, b"text", "empty/readme.md").parent, "--json")
    assert answer.code == 1
    assert "нет таблиц" in answer.err


def test_of_good_and_bad_files_the_good_are_accepted_and_the_code_is_1(msoko: Call, tmp_path: Path) -> None:
    good = write(tmp_path, protocol(PUPILS), f"a/{NAME}")
    bad = write(tmp_path, b"\x00\x01nothing", "a/1.xlsx")
    torn = write(tmp_path, b"PK\x03\x04 torn", "a/Я.zip")
    unnamed = write(tmp_path, protocol_csv(PUPILS), "a/протокол.csv")
    answer = msoko("import", good.parent, "--accept", "--create-schools", "--json")
    assert answer.code == 1
    states = {batch["file"]: batch["state"] for batch in answer.batches}
    assert states == {str(good): "accepted", str(bad): "refused", str(torn): "refused", str(unnamed): "refused"}
    for file in (bad, torn, unnamed):
        assert f"{file}: " in answer.err
    assert msoko("describe", *ASKED).code == 0


def test_year_grade_and_subject_may_be_said_in_the_call(msoko: Call, tmp_path: Path) -> None:
    file = write(tmp_path, protocol(PUPILS), "выгрузка.xlsx")
    refused = msoko("import", file, "--json")
    assert refused.code == 1
    assert [c["code"] for c in refused.batches[0]["complaints"] if c["level"] == "FAIL"] == ["procedure_unresolved"]
    answer = msoko("import", file, "--year", "2021", "--grade", "6", "--subject", "МА", "--json")
    assert {key: answer.batches[0][key] for key in ("year", "grade", "subject")} == {
        "year": 2021,
        "grade": 6,
        "subject": "математика",
    }


def test_the_same_file_twice_answers_the_accepted_batch(imported: Call, file: Path) -> None:
    before = imported("describe", *ASKED).data
    answer = imported("import", file, "--accept", "--create-schools", "--json")
    assert (answer.code, answer.batches[0]["state"], answer.batches[0]["participants"]) == (0, "accepted", 5)
    assert imported("describe", *ASKED).data == before


def test_the_same_bytes_under_another_year_are_refused_with_a_sentence(msoko: Call, tmp_path: Path) -> None:
    file = write(tmp_path, protocol(PUPILS), "Математика, 5 класс.xlsx")
    assert msoko("import", file, "--accept", "--create-schools", "--year", "2022").code == 0
    answer = msoko("import", file, "--accept", "--create-schools", "--year", "2021", "--json")
    assert (answer.code, answer.batches[0]["state"]) == (1, "not_accepted")
    assert "уже принят как другая процедура" in answer.batches[0]["reasons"][0]


def test_unknown_schools_are_named_and_refused_without_consent(msoko: Call, file: Path) -> None:
    answer = msoko("import", file, "--accept", "--json")
    assert (answer.code, answer.batches[0]["state"]) == (1, "not_accepted")
    assert f"Неизвестные школы: {LOGIN}, {OTHER}." in answer.err
    assert not Organisation.objects.filter(kind="school").exists()
    assert msoko("import", file, "--accept", "--create-schools", "--json").code == 0


def test_registers_of_a_folder_are_accepted_before_protocols(msoko: Call, tmp_path: Path) -> None:
    write(tmp_path, protocol(many(LOGIN, 2)), f"files/а {NAME}")
    write(tmp_path, register(line("МБОУ «СОШ № 1»", LOGIN)), "files/я реестр.xlsx")
    answer = msoko("import", tmp_path / "files", "--accept", "--json")
    assert answer.code == 0
    assert [batch["state"] for batch in answer.batches] == ["accepted", "accepted"]
    (row,) = msoko("describe", *ASKED, "--by", "municipality").data["rows"]
    assert (row["organisation"]["name"], row["participants"]) == ("Приречный район", 2)


def test_an_archive_gives_its_tables_with_their_folders(msoko: Call, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "ВПР.zip", "w") as packed:
        packed.writestr("2022/5/Математика.xlsx", protocol(PUPILS))
        packed.writestr("2022/5/readme.md", "прочти меня")
    answer = msoko("import", tmp_path / "ВПР.zip", "--accept", "--create-schools", "--json")
    assert answer.code == 0
    (batch,) = answer.batches
    assert batch["file"] == f"{tmp_path / 'ВПР.zip'}/2022/5/Математика.xlsx"
    assert (batch["year"], batch["grade"]) == (2022, 5)
    assert "readme.md" not in str(batch)


def test_without_json_people_are_told_in_words(msoko: Call, file: Path) -> None:
    answer = msoko("import", file, "--accept", "--create-schools")
    assert answer.out.splitlines()[0] == f"{file}: принят, строк 8; замечаний — 4"
    described = msoko("describe", *ASKED[:-1])
    assert described.out.splitlines()[1].split("\t")[:4] == [LOGIN, "", "4", "2,5"]


def test_organisations_are_imported_and_listed(msoko: Call, tmp_path: Path) -> None:
    file = write(tmp_path, register(line("МБОУ «СОШ № 1»", "sch990001; edu990001")), "реестр.xlsx")
    answer = msoko("organisations", "import", file, "--json")
    assert answer.code == 0
    assert (answer.data["register"]["created"], answer.data["register"]["conflicts"]) == (1, [])
    listed = msoko("organisations", "list", "--kind", "school", "--json").data["organisations"]
    assert [(one["name"], one["kind"], one["logins"]) for one in listed] == [
        ("МБОУ «СОШ № 1»", "school", ["edu990001", "sch990001"])
    ]
    assert {type(one["id"]) for one in listed} == {int}


def test_a_protocol_is_no_register(msoko: Call, file: Path) -> None:
    answer = msoko("organisations", "import", file, "--json")
    assert answer.code == 1
    assert "нет реестра" in answer.err
    assert not Organisation.objects.filter(kind="school").exists()
    assert msoko("describe", *ASKED).code == 1


def test_a_register_twice_changes_nothing(msoko: Call, tmp_path: Path) -> None:
    file = write(tmp_path, register(line("МБОУ «СОШ № 1»", LOGIN)), "реестр.xlsx")
    msoko("organisations", "import", file)
    again = msoko("organisations", "import", file, "--json")
    assert again.code == 0
    assert len(msoko("organisations", "list", "--kind", "school", "--json").data["organisations"]) == 1


def test_forms_of_ours_are_listed_and_written(msoko: Call, tmp_path: Path) -> None:
    listed = msoko("template", "--json").data["templates"]
    assert {"name": "organisations", "title": "Реестр организаций"} in listed
    for form in listed:
        out = tmp_path / f"{form['name']}.xlsx"
        answer = msoko("template", form["name"], "--out", out, "--json")
        assert (answer.code, answer.data["file"]) == (0, str(out))
        assert out.read_bytes().startswith(b"PK")
    unknown = msoko("template", "dragons", "--json")
    assert unknown.code == 1
    assert "Нет формы «dragons»" in unknown.err


def test_an_empty_form_of_ours_is_understood_when_it_comes_back(msoko: Call, tmp_path: Path) -> None:
    msoko("template", "organisations", "--out", tmp_path / "r.xlsx")
    batch = msoko("import", tmp_path / "r.xlsx", "--json").batches[0]
    assert batch["source"] == "layouts/organisations" or batch["complaints"][0]["code"] == "no_rows"


def test_the_definitions_of_the_package_are_in_order(msoko: Call) -> None:
    answer = msoko("check", "--json")
    assert (answer.code, answer.data) == (0, {"problems": []})


def test_broken_definitions_are_refused_by_file(msoko: Call, tmp_path: Path) -> None:
    write(tmp_path, b"bounds: [9, 5, 3]\n", "scales/vpr/mathematics_5_2022.yaml")
    answer = msoko("check", "--definitions", tmp_path, "--json")
    assert answer.code == 1
    assert answer.data["problems"]
    assert all(set(problem) == {"file", "what", "what_to_do"} for problem in answer.data["problems"])


def test_the_folder_that_the_system_reads_is_checked_without_being_named(
    msoko: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MSOKO_HOME", str(tmp_path))
    monkeypatch.delenv("MSOKO_DEFINITIONS", raising=False)
    assert msoko("check").code == 0
    write(tmp_path / "definitions", b"title: [", "methods/low_results/share_30.yaml")
    answer = msoko("check")
    assert answer.code == 1
    assert "share_30.yaml" in answer.err


def test_a_definition_that_does_not_count_is_named_by_every_command(msoko: Call, settings, tmp_path: Path) -> None:
    settings.DEFINITIONS_FOLDER = tmp_path
    write(tmp_path, b"title: [", "methods/low_results/share_30.yaml")
    answer = msoko("methods", "--json")
    assert answer.code == 0
    assert "share_30.yaml: не читается как YAML" in answer.err


def test_a_district_is_invented_the_same_for_the_same_seed(msoko: Call, tmp_path: Path) -> None:
    said = msoko("simulate", "--schools", "3", "--seed", "7", "--into", tmp_path / "d", "--json").data
    assert (said["schools"], said["seed"]) == (3, 7)
    assert all(Path(one["file"]).exists() for one in said["files"])
