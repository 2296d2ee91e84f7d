"""Templates of programmes: complete, understood by the rest of the system, in our own words, and checked."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.definitions.filling import PLACEHOLDER, Filling, dates_of, filled, period_of
from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.programme_checking import texts_of
from msoko.core.definitions.programme_kinds import MUNICIPALITY, SCHOOL, ProgrammeTemplate
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
