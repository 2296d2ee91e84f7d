"""`msoko check` tells what is wrong with a template of a programme, with the file and the key."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from msoko.core.definitions.checking import check
from msoko.core.definitions.fields import BadDefinition
from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.programme_kinds import SCHOOL, SWOT_LISTS

PACKAGE = Definitions.load()


def small() -> dict[str, Any]:
    """The least that a template can be."""
    activity = {"title": "Разбор работ", "deadline": "декабрь", "executors": ["Руководители ОО"], "result": "Разобраны"}
    indicator = {"name": "Доля разобранных", "unit": "%", "comparator": "≥", "targets": {1: 90}, "how": "Счёт"}
    return {
        "title": "Программа ({territory})",
        "kind": "Малая",
        "about": "Для примера.",
        "years": 1,
        "starts": "calendar",
        "source": "решение",
        "checked": "2026-01-01",
        "why": "нужна",
        "passport": {
            "grounds": ["решение"],
            "developer": "УО",
            "executors": ["УО"],
            "goal": "цель",
            "tasks": ["задача"],
            "indicators": [indicator],
            "expected_results": ["результат"],
            "control": "УО",
            "stages": [{"title": "Весь год", "begins": 1, "ends": 12, "content": "работа"}],
        },
        "swot": {name: ["сказано"] for name in SWOT_LISTS},
        "roadmaps": [{"title": "Карта", "sections": [{"title": "Раздел", "activities": [activity]}]}],
    }


def write(folder: Path, path: str, content: object) -> Path:
    file = folder / "programmes" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder)]


def changed(path: str, value: object) -> dict[str, Any]:
    """The small template with the value at «passport/indicators/0/unit»; None takes the field away."""
    template = small()
    *way, last = path.split("/")
    place: Any = template
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    if value is None:
        del place[last]
    else:
        place[int(last) if last.isdigit() else last] = value
    return template


ACTIVITIES = "roadmaps/0/sections/0/activities"


def test_a_small_template_of_one_file_passes(tmp_path: Path) -> None:
    folder = write(tmp_path, "small/programme.yaml", small())
    assert problems(folder) == []
    assert Definitions.load(folder).programmes["small"].roadmaps[0].slug == "1"


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        ("title", "", "title"),
        ("title", "Программа {town}", "{town}"),
        ("title", "Программа {}", "{}"),
        ("title", "Программа {school}", "{school}"),
        ("title", "Программа на {school_year}", "{school_year}"),
        ("years", 0, "years"),
        ("years", True, "years"),
        ("years", 2026, "years"),
        ("starts", "spring", "spring"),
        ("for_level", "country", "country"),
        ("colour", "red", "colour"),
        ("descends_from", ["concept"], "descends_from"),
        ("passport", None, "passport"),
        ("passport/goal", "   ", "goal"),
        ("passport/tasks", [], "tasks"),
        ("passport/control", None, "control"),
        ("passport/indicators", [], "indicators"),
        ("passport/indicators/0/unit", None, "unit"),
        ("passport/indicators/0/comparator", None, "comparator"),
        ("passport/indicators/0/comparator", "около", "около"),
        ("passport/indicators/0/targets", {2: 90}, "2-й год"),
        ("passport/indicators/0/targets", {"2026": 90}, "targets"),
        ("passport/indicators/0/targets", {1: "много"}, "много"),
        ("passport/indicators/0/direction", "nothing", "nothing"),
        ("passport/indicators/0/how", "", "indicators, 1-я запись"),
        ("passport/stages/0/ends", 13, "13-м месяце"),
        ("passport/stages/0/begins", 0, "begins"),
        ("passport/stages/0", {"title": "Этап", "begins": 5, "ends": 4, "content": "работа"}, "раньше"),
        ("passport/risks", [{"risk": "риск", "consequence": "беда"}], "mitigation"),
        ("passport/resources", [{"kind": "люди"}], "source"),
        ("passport/participants", [{"who": "УО", "functions": []}], "functions"),
        ("swot/threats", [], "threats"),
        ("swot/findings", {"weaknesses": ["low_resultz"]}, "low_resultz"),
        ("swot/findings", {"dreams": ["low_results"]}, "dreams"),
        ("roadmaps", [], "roadmaps"),
        ("roadmaps", None, "roadmaps"),
        ("roadmaps/0/direction", "nothing", "nothing"),
        ("roadmaps/0/sections", [], "sections"),
        (ACTIVITIES, [], "activities"),
        (f"{ACTIVITIES}/0/deadline", "", "deadline"),
        (f"{ACTIVITIES}/0/executors", [], "executors"),
        (f"{ACTIVITIES}/0/executors", ["УО", " "], "executors"),
        (f"{ACTIVITIES}/0/result", None, "result"),
        (f"{ACTIVITIES}/0/level", "region", "region"),
        (f"{ACTIVITIES}/0/evidense", ["приказ"], "evidense"),
        (ACTIVITIES, [small()["roadmaps"][0]["sections"][0]["activities"][0]] * 2, "повторяется"),
    ],
)
def test_what_is_wrong_with_a_template_is_told(tmp_path: Path, path: str, value: object, word: str) -> None:
    found = problems(write(tmp_path, "small/programme.yaml", changed(path, value)))
    assert any(word in said and "programme.yaml" in said for said in found), found


def test_a_school_s_template_may_descend_from_known_municipal_ones_only(tmp_path: Path) -> None:
    of_school = small() | {"for_level": SCHOOL, "title": "Программа ({school})", "descends_from": ["concept"]}
    assert problems(write(tmp_path, "own/programme.yaml", of_school)) == []
    found = problems(write(tmp_path, "own/programme.yaml", of_school | {"descends_from": ["concepts"]}))
    assert any("concepts" in said for said in found), found
    found = problems(write(tmp_path, "own/programme.yaml", of_school | {"descends_from": ["effective_school"]}))
    assert any("effective_school" in said for said in found), found


def test_parts_may_stand_in_files_of_their_own_but_not_in_two_places(tmp_path: Path) -> None:
    template = small()
    roadmap, passport = template["roadmaps"][0], template["passport"]
    folder = write(
        tmp_path, "small/programme.yaml", {k: v for k, v in template.items() if k not in ("roadmaps", "passport")}
    )
    write(tmp_path, "small/passport.yaml", passport)
    for name in ("10_last", "2_first"):
        write(tmp_path, f"small/roadmaps/{name}.yaml", roadmap)
    assert problems(folder) == []
    assert [one.slug for one in Definitions.load(folder).programmes["small"].roadmaps] == ["2_first", "10_last"]
    write(tmp_path, "small/programme.yaml", template)
    assert any("и здесь" in said for said in problems(folder))


def test_a_mistake_in_a_part_is_told_with_the_part_s_file(tmp_path: Path) -> None:
    roadmap = small()["roadmaps"][0] | {"direction": "nothing"}
    write(tmp_path, "small/programme.yaml", {k: v for k, v in small().items() if k != "roadmaps"})
    (found,) = problems(write(tmp_path, "small/roadmaps/1.yaml", roadmap))
    assert "1.yaml" in found
    write(tmp_path, "small/roadmaps/1.yaml", roadmap | {"direction": "heads", "sections": "нет"})
    (found,) = problems(tmp_path)
    assert "1.yaml" in found
    assert "sections" in found


@pytest.mark.parametrize("path", ["small/notes.yaml", "small/roadmaps/deep/1.yaml", "small.yaml"])
def test_a_file_that_no_template_has_is_told(tmp_path: Path, path: str) -> None:
    write(tmp_path, "small/programme.yaml", small())
    (found,) = problems(write(tmp_path, path, small()))
    assert "не бывает" in found


def test_a_folder_without_its_main_file_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path, "small/passport.yaml", small()["passport"])
    assert any("programme.yaml" in said for said in problems(folder))
    with pytest.raises(BadDefinition, match="small"):
        Definitions.load(folder).programme("small")


def test_a_municipality_replaces_one_file_and_the_rest_stays(tmp_path: Path) -> None:
    passport = small()["passport"] | {"goal": "Своя цель"}
    folder = write(tmp_path, "quality_programme/passport.yaml", passport)
    assert problems(folder) == []
    own = Definitions.load(folder).programmes["quality_programme"]
    assert own.passport.goal == "Своя цель"
    assert own.roadmaps == PACKAGE.programmes["quality_programme"].roadmaps


def test_an_unknown_template_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        PACKAGE.programme("quality")
