"""Templates of programmes: complete, understood by the rest of the system, in our own words, and checked."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.definitions.checking import check
from msoko.core.definitions.fields import BadDefinition
from msoko.core.definitions.filling import PLACEHOLDER, Filling, dates_of, filled, period_of
from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.programme_checking import texts_of
from msoko.core.definitions.programme_kinds import MUNICIPALITY, SCHOOL, SWOT_LISTS, ProgrammeTemplate
from msoko.core.roadmap.deadlines import Deadline
from msoko.core.roadmap.deadlines import Kind as DeadlineKind
from msoko.core.roadmap.deadlines import understand as understand_deadline
from msoko.core.roadmap.executors import Kind, understand

PACKAGE = Definitions.load()
TEMPLATES = [template for _, template in sorted(PACKAGE.programmes.items())]
TO_BE_NAMED = {"Школы с признаками необъективности"}
"""Executors that only a person can name: which schools, follows from what has been confirmed."""
BY_SCHEDULE = re.compile("график|план|каникулы|после ")
"""Dates that a template cannot know: they depend on a schedule or on what happens."""
MOST_WINDOWS = 36
"""Once a month for three years. What is done more often is reported once a month."""
FEWEST = {
    "concept": (90, 9),
    "effective_school": (15, 1),
    "low_results_support": (28, 1),
    "objectivity_plan": (22, 1),
    "quality_programme": (60, 3),
    "support_network": (22, 1),
}

each = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.slug)


def test_there_is_a_template_for_each_kind_of_document_and_one_for_a_school() -> None:
    found = {one.slug: (len(list(one.activities)), len(one.roadmaps)) for one in TEMPLATES}
    assert found.keys() == FEWEST.keys()
    assert {slug: size for slug, size in found.items() if size < FEWEST[slug]} == {}


@each
def test_a_template_is_complete(template: ProgrammeTemplate) -> None:
    passport = template.passport
    for part in (passport.stages, passport.resources, passport.participants, passport.risks, template.principles):
        assert len(part) >= 2
    assert template.swot
    assert template.swot.findings
    assert len(passport.indicators) >= 5
    assert template.about.count(".") == 2


@each
def test_no_two_activities_of_a_template_are_called_alike(template: ProgrammeTemplate) -> None:
    titles = [activity.title.lower() for activity in template.activities]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


@each
def test_results_do_not_repeat_each_other_or_the_activity(template: ProgrammeTemplate) -> None:
    results = [activity.result.lower() for activity in template.activities]
    assert sorted({result for result in results if results.count(result) > 1}) == []
    assert [
        activity.title for activity in template.activities if activity.result.lower() == activity.title.lower()
    ] == []


@each
def test_every_activity_says_what_is_to_be_handed_in(template: ProgrammeTemplate) -> None:
    assert [activity.title for activity in template.activities if not activity.evidence] == []


@each
def test_stages_follow_each_other_and_fill_the_programme(template: ProgrammeTemplate) -> None:
    stages = template.passport.stages
    assert stages[0].begins == 1
    assert [stage.begins for stage in stages[1:]] == [stage.ends + 1 for stage in stages[:-1]]
    assert stages[-1].ends == template.years * 12


@each
def test_executors_of_a_template_are_understood(template: ProgrammeTemplate) -> None:
    words = {word for activity in template.activities for word in activity.executors}
    assert {word for word in words if understand(word).kind is Kind.UNKNOWN} <= TO_BE_NAMED


@each
def test_what_low_result_schools_are_to_do_falls_on_no_other_school(template: ProgrammeTemplate) -> None:
    if template.slug not in ("low_results_support", "support_network"):
        return
    kinds = {understand(word).kind for activity in template.activities for word in activity.executors}
    assert Kind.ALL_SCHOOLS not in kinds


def deadlines_of(template: ProgrammeTemplate, first_year: int) -> dict[str, Deadline]:
    """By the words of the started programme."""
    started = filled(template, Filling(first_year, "Приречный район", "МБОУ «СОШ № 1»"))
    begins, ends = period_of(template, first_year)
    return {one.deadline: understand_deadline(one.deadline, begins, ends) for one in started.activities}


@each
@pytest.mark.parametrize("first_year", [2020, 2026, 2027])
def test_deadlines_of_a_template_are_understood_whatever_the_first_year(
    template: ProgrammeTemplate, first_year: int
) -> None:
    deadlines = deadlines_of(template, first_year)
    assert [words for words, deadline in deadlines.items() if not deadline.understood] == []
    for words, deadline in deadlines.items():
        assert (deadline.kind is DeadlineKind.BY_SCHEDULE) == bool(BY_SCHEDULE.search(words)), words
        assert bool(deadline.windows) != (deadline.kind is DeadlineKind.BY_SCHEDULE), words
        assert len(deadline.windows) <= MOST_WINDOWS, words


@each
def test_work_begins_within_the_programme(template: ProgrammeTemplate) -> None:
    begins, ends = period_of(template, 2026)
    for words, deadline in deadlines_of(template, 2026).items():
        if "следующего за отчётным" not in words:
            assert all(begins <= window.begins <= window.ends <= ends for window in deadline.windows), words


def test_the_concept_has_a_roadmap_for_each_of_the_nine_directions() -> None:
    directions = [roadmap.direction for roadmap in PACKAGE.programmes["concept"].roadmaps]
    assert directions == [direction.slug for direction in PACKAGE.directions_of("2020")]
    assert all(8 <= len(list(roadmap.activities)) <= 15 for roadmap in PACKAGE.programmes["concept"].roadmaps)


def test_a_school_s_programme_descends_from_municipal_ones_and_is_done_by_the_school() -> None:
    of_schools = [template for template in TEMPLATES if template.for_level == SCHOOL]
    assert of_schools
    for template in of_schools:
        assert {PACKAGE.programmes[slug].for_level for slug in template.descends_from} == {MUNICIPALITY}
        assert {activity.level for activity in template.activities} == {SCHOOL}


# Filling in


@each
def test_a_started_programme_has_no_placeholder_left(template: ProgrammeTemplate) -> None:
    started = filled(template, Filling(2026, "Приречный район", "МБОУ «СОШ № 1»"))
    assert [text for text in texts_of(started) if PLACEHOLDER.search(text)] == []
    name = "МБОУ «СОШ № 1»" if template.for_level == SCHOOL else "Приречный район"
    assert name in started.title
    assert "2026" in started.title
    assert len(list(started.activities)) == len(list(template.activities))


def test_years_of_a_title_are_those_of_the_programme() -> None:
    three_years = filled(PACKAGE.programmes["quality_programme"], Filling(2026, "Район"))
    assert "на 2026–2028 годы" in three_years.title
    three_school_years = filled(PACKAGE.programmes["support_network"], Filling(2026, "Район"))
    assert "на 2026–2029 годы" in three_school_years.title
    one_year = filled(PACKAGE.programmes["low_results_support"], Filling(2099, "Район"))
    assert "на 2099/00 учебный год" in one_year.title


def test_a_name_with_braces_or_backslashes_is_put_in_as_it_is() -> None:
    name = r"Район {year_from} \1 «\g<0>»"
    assert name in filled(PACKAGE.programmes["quality_programme"], Filling(2026, name)).title


@given(st.sampled_from(TEMPLATES), st.integers(1990, 2100))
def test_stages_share_out_the_period_without_a_gap(template: ProgrammeTemplate, first_year: int) -> None:
    begins, ends = period_of(template, first_year)
    dates = [dates_of(stage, begins) for stage in template.passport.stages]
    assert (dates[0][0], dates[-1][1]) == (begins, ends)
    assert [first for first, _ in dates[1:]] == [last + timedelta(days=1) for _, last in dates[:-1]]


def test_a_school_year_ends_in_august_and_a_calendar_year_in_december() -> None:
    assert period_of(PACKAGE.programmes["objectivity_plan"], 2026) == (date(2026, 9, 1), date(2027, 8, 31))
    assert period_of(PACKAGE.programmes["concept"], 2026) == (date(2026, 1, 1), date(2028, 12, 31))


# Our own words


WORD = re.compile(r"[^\W_]+")
LONGEST_SHARED = 5
"""Words in a row that may be the same by chance or by custom."""


def phrases(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower().replace("ё", "е"))
    n = LONGEST_SHARED + 1
    return {tuple(words[start : start + n]) for start in range(len(words) - n + 1)}


def our_texts() -> Iterator[str]:
    """All but official names: of laws, of directions (and the concept's roadmaps) – and but words of deadlines."""
    official = {direction.name for direction in PACKAGE.directions.values()}
    official |= {direction.source for direction in PACKAGE.directions.values()}
    for template in TEMPLATES:
        official |= {*template.passport.grounds, template.title, *(roadmap.title for roadmap in template.roadmaps)}
        official |= {activity.deadline for activity in template.activities}
    return (
        text for one in (*PACKAGE.directions.values(), *TEMPLATES) for text in texts_of(one) if text not in official
    )


def test_no_sentence_is_taken_from_the_documents_of_districts(real_files: Path) -> None:
    theirs: set[tuple[str, ...]] = set()
    for document in sorted((real_files / "seeds").glob("*.txt")):
        theirs |= phrases(document.read_text(encoding="utf-8"))
    assert theirs
    assert {text: shared for text in our_texts() if (shared := phrases(text) & theirs)} == {}


# What `msoko check` says


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
