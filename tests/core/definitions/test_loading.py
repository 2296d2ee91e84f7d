"""Definitions of the package and of a municipality; subjects, scales and works are found by what people say."""

from pathlib import Path

import pytest

from msoko.core.definitions.fields import BadDefinition
from msoko.core.definitions.kinds import Scale, Subject
from msoko.core.definitions.loading import Ambiguous, Definitions

PACKAGE = Definitions.load()


def write(folder: Path, path: str, content: str) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)
    return folder


def scale(year: int, bounds: tuple[int, int, int, int] = (3, 7, 11, 15), **said: str) -> Scale:
    usual = {"status": "official", "source": "x", "region": ""} | said
    return Scale("vpr", year, "history", 5, bounds, **usual)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("математика", "mathematics"),
        ("МА", "mathematics"),
        ("MA", "mathematics"),
        ("ма", "mathematics"),
        ("mathematics", "mathematics"),
        ("по математике, 4 класс", "mathematics"),
        ("Русскому языку", "russian"),
        ("НЕМЕЦКИЙ ЯЗЫК", "german"),
        ("иностранный (немецкий) язык", "german"),
        ("Математика (базовый уровень)", "mathematics_basic"),
        ("химии", "chemistry"),
    ],
)
def test_a_subject_answers_to_its_names_in_any_case(words: str, slug: str) -> None:
    found = PACKAGE.subject_by(words)
    assert isinstance(found, Subject)
    assert found.slug == slug


@pytest.mark.parametrize("words", ["астрология", "", "паматематика"])
def test_unknown_words_name_no_subject(words: str) -> None:
    assert PACKAGE.subject_by(words) is None


def test_two_subjects_at_once_are_ambiguous() -> None:
    found = PACKAGE.subject_by("русский язык и литература")
    assert isinstance(found, Ambiguous)
    assert {subject.slug for subject in found.subjects} == {"russian", "literature"}


def test_every_subject_answers_to_its_own_name_and_code() -> None:
    for slug, subject in PACKAGE.subjects.items():
        for words in (slug, subject.name, subject.code, subject.code.lower()):
            found = PACKAGE.subject_by(words)
            assert isinstance(found, Subject), words
            assert found.slug == slug


def test_the_scale_of_the_year_has_its_own_status() -> None:
    found = PACKAGE.scale_for("vpr", "history", 5, 2021, 15)
    assert found is not None
    assert (found.bounds, found.status) == ((3, 7, 11, 15), "official")


@pytest.mark.parametrize("year", [2019, 2020, 2022, 2030])
def test_the_scale_of_another_year_is_transferred_where_the_maximum_is_the_same(year: int) -> None:
    found = PACKAGE.scale_for("vpr", "history", 5, year, 15)
    assert found is not None
    assert (found.year, found.status) == (2021, "transferred")
    assert PACKAGE.scale_for("vpr", "history", 5, year, 16) is None
    assert PACKAGE.scale_for("vpr", "history", 5, year, None) is None


def test_an_unofficial_scale_stays_unofficial_wherever_it_goes() -> None:
    found = PACKAGE.scale_for("vpr", "physics", 11, 2023, 26)
    assert found is not None
    assert found.status == "unofficial"


def test_a_language_shares_scales_and_works_with_foreign_language() -> None:
    assert PACKAGE.scale_for("vpr", "german", 7, 2021, 30) is not None
    assert PACKAGE.work_for("vpr", "german", 7, 2021, 9) is not None


def test_the_nearest_year_is_taken_and_of_two_the_earlier() -> None:
    definitions = PACKAGE.with_scales([scale(2023), scale(2025, (4, 8, 12, 15))])
    years = {year: definitions.scale_for("vpr", "history", 5, year, 15) for year in (2022, 2024, 2026)}
    assert {year: found and found.year for year, found in years.items()} == {2022: 2021, 2024: 2023, 2026: 2025}


def test_a_scale_of_the_region_comes_before_that_of_the_country_and_stays_in_its_region() -> None:
    definitions = PACKAGE.with_scales([scale(2021, (1, 2, 3, 15), region="22")])
    ours, others = (definitions.scale_for("vpr", "history", 5, 2021, 15, region) for region in ("22", "77"))
    assert ours is not None
    assert others is not None
    assert (ours.bounds, others.bounds) == ((1, 2, 3, 15), (3, 7, 11, 15))


def test_a_work_is_found_by_its_number_of_items() -> None:
    found = PACKAGE.work_for("vpr", "history", 5, 2020, 8)
    assert found is not None
    assert found.maximum == 15
    assert PACKAGE.work_for("vpr", "history", 5, 2020, 9) is None


def test_the_least_score_depends_on_the_purpose() -> None:
    scores = {
        purpose: PACKAGE.minimum_for("ege", "russian", 2025, purpose) for purpose in ("certificate", "university")
    }
    assert {purpose: found and found.score for purpose, found in scores.items()} == {
        "certificate": 24,
        "university": 36,
    }
    english = PACKAGE.minimum_for("ege", "english", 2025, "university")
    assert english is not None
    assert english.score == 22
    assert PACKAGE.minimum_for("ege", "russian", 2010) is None


def test_second_hand_figures_ask_to_be_checked() -> None:
    found = PACKAGE.scale_for("oge", "mathematics", 9, 2026, 31)
    assert found is not None
    assert found.status == "to_check"
    assert [(condition.name, condition.at_least, condition.mark) for condition in found.conditions] == [
        ("геометрия", 2, 3)
    ]


def test_a_municipality_s_file_replaces_the_same_slug_and_others_stay(tmp_path: Path) -> None:
    folder = write(
        tmp_path, "subjects/history.yaml", "name: краеведение\ncode: КР\nby: по\ngenitive: г\nstems: [краевед]"
    )
    definitions = Definitions.load(folder)
    assert definitions.subjects["history"].name == "краеведение"
    assert definitions.subjects["physics"] == PACKAGE.subjects["physics"]
    assert Definitions.load().subjects["history"].name == "история"


def test_hashes_change_with_what_they_are_hashes_of_and_with_nothing_else(tmp_path: Path) -> None:
    definitions = Definitions.load(write(tmp_path, "subjects/drawing.yaml", "name: черчение"))
    assert definitions.hash != PACKAGE.hash
    assert definitions.hash_of("subjects", "history") == PACKAGE.hash_of("subjects", "history")
    assert Definitions.load(tmp_path).hash == definitions.hash


def test_drafts_are_left_out(tmp_path: Path) -> None:
    folder = write(tmp_path, "subjects/drafts/drawing.yaml", "name: черчение")
    assert Definitions.load(folder).hash == PACKAGE.hash


@pytest.mark.parametrize(
    "content", ["name: [", "name: а\nname: б", "- список", "просто текст", "", "checked: 2025-06-31"]
)
def test_a_file_that_is_no_definition_is_named(tmp_path: Path, content: str) -> None:
    folder = write(tmp_path, "subjects/drawing.yaml", content)
    with pytest.raises(BadDefinition, match=r"drawing\.yaml"):
        _ = Definitions.load(folder).subjects


def test_a_folder_with_the_name_of_a_file_is_no_definition(tmp_path: Path) -> None:
    folder = write(tmp_path, "subjects/drawing.yaml/notes.txt", "черчение")
    assert Definitions.load(folder).hash == PACKAGE.hash
