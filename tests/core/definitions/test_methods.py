"""Methods and a municipality's own parameters: what a definition must say, and what is refused."""

from pathlib import Path

import pytest

from msoko.core.analysis.parameters import BadParameter, with_values
from msoko.core.definitions.checking import check, load_what_is_sound
from msoko.core.definitions.loading import Definitions

METHOD = """
title: Наша мера
rule: Школа отмечена, если не справились не меньше трети участников.
gives: findings
computes: low_results.share_30
source: {document: приказ управления, edition: "2026", scope: municipal}
why: Так решил совет.
tells: Где не справились.
does_not_tell: Почему.
checked: 2026-11-01
parameters:
  - {key: threshold, title: Порог, kind: percent, default: 33, lowest: 1, explanation: С какой доли.}
"""
SETTING = "set: {min_n: 5}\nwhy: Школы малы.\nsource: приказ № 3\n"


def problems(folder: Path, path: str, content: str) -> list[str]:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return [str(problem) for problem in check(folder)]


def test_a_municipality_may_add_a_method_of_its_own(tmp_path: Path) -> None:
    assert problems(tmp_path, "methods/low_results/ours.yaml", METHOD) == []
    found = Definitions.load(tmp_path).methods["low_results.ours"]
    assert (found.computes, found.source.scope, found.defaults["threshold"]) == (
        "low_results.share_30",
        "municipal",
        33,
    )
    assert "score" in found.defaults


def test_two_editions_of_a_method_stand_side_by_side(tmp_path: Path) -> None:
    assert problems(tmp_path, "methods/low_results/share_30@2021.yaml", METHOD.replace("computes: low_", "x")) != []
    (tmp_path / "methods/low_results/share_30@2021.yaml").write_text(
        METHOD.replace("computes: low_results.share_30\n", ""), encoding="utf-8"
    )
    methods = Definitions.load(tmp_path).methods
    assert {"low_results.share_30", "low_results.share_30@2021"} <= set(methods)
    assert methods["low_results.share_30@2021"].computes == "low_results.share_30"


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("rule: Школа отмечена, если не справились не меньше трети участников.", "rule: ''", "rule"),
        ("scope: municipal", "scope: ours_alone", "неизвестное слово"),
        (", scope: municipal", "", "scope"),
        ("computes: low_results.share_30", "computes: low_results.guess", "функции «low_results.guess» нет"),
        ("default: 33", "default: 0", "от 1"),
        ("default: 33", "default: треть", "число процентов"),
        ("kind: percent", "kind: colour", "неизвестное слово"),
        ("gives: findings", "gives: hopes", "неизвестное слово"),
        ("does_not_tell: Почему.", "", "does_not_tell"),
        ("checked: 2026-11-01", "checked: 2026-11-01\nneeds: [astrology]", "astrology"),
        ("checked: 2026-11-01", "checked: 2026-11-01\nopinion: high", "неизвестные поля"),
        (
            "parameters:",
            "parameters:\n  - {key: score, title: Ещё, kind: count, default: 1, explanation: Ещё.}",
            "дважды",
        ),
    ],
)
def test_a_method_that_lacks_or_invents_something_is_refused(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    assert was in METHOD
    (told,) = problems(tmp_path, "methods/low_results/ours.yaml", METHOD.replace(was, becomes))
    assert said in told


def test_the_folder_s_own_values_go_with_their_reason(tmp_path: Path) -> None:
    assert problems(tmp_path, "method_settings/low_results/share_30.yaml", SETTING) == []
    setting = Definitions.load(tmp_path).method_settings["low_results.share_30"]
    assert (setting.values, setting.why, setting.source) == ({"min_n": 5}, "Школы малы.", "приказ № 3")


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("low_results/guess", SETTING, "методики «low_results.guess» нет"),
        ("low_results/share_30", SETTING.replace("min_n: 5", "min_m: 5"), "нет параметра «min_m»"),
        ("low_results/share_30", SETTING.replace("min_n: 5", "min_n: -5"), "min_n"),
        ("low_results/share_30", SETTING.replace("why: Школы малы.", ""), "why"),
        ("low_results/share_30", SETTING.replace("{min_n: 5}", "{}"), "set"),
    ],
)
def test_values_that_can_t_be_are_refused(tmp_path: Path, path: str, content: str, said: str) -> None:
    (told,) = problems(tmp_path, f"method_settings/{path}.yaml", content)
    assert said in told


def test_every_method_of_the_package_takes_its_own_defaults() -> None:
    methods = Definitions.load().methods
    assert methods
    for method in methods.values():
        assert with_values(method, method.defaults) == method.defaults


def test_a_typed_value_is_read_as_its_kind() -> None:
    method = Definitions.load().methods["low_results.share_30"]
    read = with_values(
        method, {"threshold": "27,5", "min_n": "5", "repeated": "нет", "procedures": "РУ4, vpr/5", "robust": "0.95"}
    )
    assert {key: read[key] for key in ("threshold", "min_n", "repeated", "procedures", "robust")} == {
        "threshold": 27.5,
        "min_n": 5,
        "repeated": False,
        "procedures": ["РУ4", "vpr/5"],
        "robust": 0.95,
    }
    for said in ("nan", "inf", "1e999"):
        with pytest.raises(BadParameter, match="Порог доли"):
            with_values(method, {"threshold": said})


BROKEN = {
    "methods/low_results/share_30.yaml": "title: [",
    "methods/low_results/three_years.yaml": METHOD.replace("default: 33", "default: 300"),
    "methods/low_results/ours.yaml": METHOD.replace("computes: low_results.share_30", "computes: low_results.nothing"),
    "method_settings/low_results/posterior.yaml": SETTING.replace("set: ", "put: "),
}


@pytest.mark.parametrize("path", sorted(BROKEN))
def test_a_file_with_a_fault_is_left_out_by_name_and_all_the_others_count(tmp_path: Path, path: str) -> None:
    sound = {"methods/low_results/sound.yaml": METHOD, "method_settings/low_results/share_30.yaml": SETTING}
    for name, content in (sound | {path: BROKEN[path]}).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    found, left_out = load_what_is_sound(tmp_path)
    assert {Path(problem.file) for problem in left_out} - {tmp_path / name for name in sound} == {tmp_path / path}
    package = Definitions.load()
    assert set(found.methods) == set(package.methods) | {"low_results.sound"}
    assert found.methods["low_results.three_years"] == package.methods["low_results.three_years"]
    assert "low_results.posterior" not in found.method_settings


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title: [", "не читается как YAML, строка 2, столбец 1."),
        ("title: а\ntitle: б", "не читается как YAML, строка 1, столбец 1: повторяется поле title."),
    ],
)
def test_where_a_file_is_no_yaml_is_said_in_russian(tmp_path: Path, content: str, said: str) -> None:
    (problem,) = problems(tmp_path, "methods/low_results/ours.yaml", content + "\n")
    assert said in problem
    assert "while" not in problem


def test_a_sound_folder_leaves_nothing_out(tmp_path: Path) -> None:
    assert problems(tmp_path, "methods/low_results/ours.yaml", METHOD) == []
    found, left_out = load_what_is_sound(tmp_path)
    assert left_out == ()
    assert found.files == Definitions.load(tmp_path).files
