"""The nine directions and the later eight: whole, matched with each other, and known by the titles of roadmaps."""

from pathlib import Path

import pytest

from msoko.core.definitions.checking import check
from msoko.core.definitions.directions import recognised
from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.programme_kinds import SETS, STAGES_OF_CYCLE

PACKAGE = Definitions.load()
DIRECTION = """
name: Развитие сельских школ
short: Сельские школы
set: "2021"
order: 9
goals: [Сохранить школу в каждом селе.]
object: Сельские школы.
subject: Их результаты и условия.
indicator_groups: [Кадры села]
collection_methods: [Сведения о кадрах]
stages:
""" + "".join(f"  {stage}: Что-то сделано.\n" for stage in STAGES_OF_CYCLE)
DIRECTION += "stems: [сельск школ]\nsource: решение совета\nchecked: 2026-01-01\nwhy: нужны\n"


def problems(folder: Path, content: str) -> list[str]:
    (folder / "directions").mkdir()
    (folder / "directions" / "rural.yaml").write_text(content, encoding="utf-8")
    return [str(problem) for problem in check(folder)]


def test_there_are_nine_and_later_eight_in_their_order() -> None:
    orders = {name: [direction.order for direction in PACKAGE.directions_of(name)] for name in SETS}
    assert orders == {"2020": list(range(1, 10)), "2021": list(range(1, 9))}


def test_every_direction_says_what_is_expected_in_each_stage_of_the_cycle_and_says_it_differently() -> None:
    for direction in PACKAGE.directions.values():
        assert list(direction.stages) == list(STAGES_OF_CYCLE)
        assert len(set(direction.stages.values())) == len(STAGES_OF_CYCLE), direction.slug


def test_names_for_the_board_are_short_and_differ_within_a_set() -> None:
    for name in SETS:
        shorts = [direction.short for direction in PACKAGE.directions_of(name)]
        assert len(set(shorts)) == len(shorts)
        assert max(map(len, shorts)) <= 25


def test_directions_of_both_sets_correspond_to_each_other() -> None:
    for slug, direction in PACKAGE.directions.items():
        for other in direction.matches:
            assert slug in PACKAGE.directions[other].matches
    unmatched = [direction.slug for direction in PACKAGE.directions.values() if not direction.matches]
    assert unmatched == ["preschool_2021"]


@pytest.mark.parametrize("direction", PACKAGE.directions.values(), ids=lambda direction: direction.slug)
def test_a_direction_is_known_by_its_own_name_and_by_nothing_else_of_its_set(direction) -> None:
    for said in (direction.name, direction.name.upper(), f"Дорожная карта по направлению «{direction.name}»"):
        assert PACKAGE.direction_by(said, direction.set) == direction


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("План мероприятий по поддержке ШНОР на год", "low_results"),
        ("Методическая помощь школам, показывающим низкие результаты", "low_results"),
        ("Перевод школ в эффективный режим", "low_results"),
        ("Комплекс мер по недопущению необъективных результатов ВПР", "objectivity"),
        ("Повышение объективности оценки образовательных результатов", "objectivity"),
        ("Работа с одарёнными детьми", "talents"),
        ("Профориентационная работа в школах", "career_guidance"),
        ("Школа молодого педагога и наставничество", "methodical_work"),
        ("Курсы повышения квалификации", "teacher_training"),
        ("Профессиональное развитие педагогов", "teacher_training"),
        ("Кадровый резерв и оценка руководителей", "heads"),
        ("Программа воспитания", "upbringing"),
        ("Совершенствование оценки качества образования", "student_results"),
    ],
)
def test_a_title_in_other_words_is_recognised(title: str, slug: str) -> None:
    found = PACKAGE.direction_by(title, "2020")
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("title", ["", "Ремонт спортивных залов", "План мероприятий («дорожная карта»)"])
def test_a_title_without_a_direction_has_none(title: str) -> None:
    assert recognised(title, PACKAGE.directions.values()) == ()


def test_a_title_with_two_directions_is_left_to_a_person() -> None:
    title = "Воспитание и профориентация"
    assert {one.slug for one in recognised(title, PACKAGE.directions_of("2020"))} == {"upbringing", "career_guidance"}
    assert PACKAGE.direction_by(title, "2020") is None


def test_preschool_is_a_direction_of_the_later_set_only() -> None:
    title = "Качество дошкольного образования"
    assert PACKAGE.direction_by(title, "2020") is None
    later = PACKAGE.direction_by(title, "2021")
    assert later is not None
    assert later.slug == "preschool_2021"


def test_a_municipality_adds_a_direction(tmp_path: Path) -> None:
    assert problems(tmp_path, DIRECTION) == []
    assert [direction.slug for direction in Definitions.load(tmp_path).directions_of("2021")][-1] == "rural"


@pytest.mark.parametrize(
    ("written", "instead", "word"),
    [
        ('set: "2021"', 'set: "2025"', "2025"),
        ("order: 9", "order: 0", "order"),
        ("order: 9", "order: 8", "preschool_2021"),
        ("  analysis: Что-то сделано.\n", "", "analysis"),
        ("  analysis:", "  analytics:", "analysis"),
        ("stems: [сельск школ]", "stems: []", "stems"),
        ("goals: [Сохранить школу в каждом селе.]", "goals: []", "goals"),
        ("short: Сельские школы", "short: Развитие всех сельских школ", "short"),
        ("object: Сельские школы.", "object: '  '", "object"),
        ("why: нужны", "why: нужны\nmatches: [nothing]", "nothing"),
        ("why: нужны", "why: нужны\nmatches: [heads_2021]", "того же набора"),
        ("why: нужны", "why: нужны\ncolour: red", "colour"),
    ],
)
def test_what_is_wrong_with_a_direction_is_told(tmp_path: Path, written: str, instead: str, word: str) -> None:
    assert written in DIRECTION
    found = problems(tmp_path, DIRECTION.replace(written, instead))
    assert found
    assert any(word in said and "rural.yaml" in said for said in found), found


def test_what_the_system_holds_of_a_direction_is_checked_word_by_word(tmp_path: Path) -> None:
    said = problems(
        tmp_path, DIRECTION + "procedures: [vpr, домашняя]\nlayouts: [staff]\nmethods: [low_results, гадание]\n"
    )
    assert len(said) == 2
    assert "«домашняя»" in said[0]
    assert "«гадание»" in said[1]


def test_a_direction_reads_a_method_by_its_own_name_by_its_family_and_in_every_edition() -> None:
    talents, low = PACKAGE.directions["talents"], PACKAGE.directions["low_results"]
    assert low.reads_method("low_results.share_30@2021")
    assert talents.reads_method("groups.high_potential")
    assert not talents.reads_method("groups.at_risk")
