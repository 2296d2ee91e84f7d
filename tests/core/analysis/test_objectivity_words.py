"""Words that signals share, and what their cards say of them."""

import pytest

from msoko.core.analysis.methods.objectivity._words import of_class_work, of_class_works, reason_to_check
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.russian import NBSP
from tests.core.analysis.panels import work

QUESTIONS = ("В каких", "В каком", "В какой", "Где", "Что", "Какие", "Какая", "Между какими", "Насколько", "Сколько")


def told(by, grade=4, kind="vpr"):
    return work(1, grade=grade, kind=kind).told() | {"by": by}


@pytest.mark.parametrize(
    ("label", "grade", "said"),
    [
        ("4А", 4, "по математике"),
        ("4", 4, "по математике"),
        ("5А", 4, "по математике в 4 классе"),
        ("11А", 1, "по математике в 1 классе"),
        ("41", 4, "по математике в 4 классе"),
    ],
)
def test_the_grade_is_not_said_twice(label, grade, said):
    assert of_class_work(label, told("по математике", grade)).replace(NBSP, " ") == said


def test_an_exam_stays_an_exam():
    assert of_class_work("9А", told("по математике", 9, "oge")).replace(NBSP, " ") == "по математике (ОГЭ)"


def test_one_preposition_is_enough_for_several_subjects():
    works = [told("по русскому языку"), told("по математике"), told("по окружающему миру")]
    assert of_class_works("4А", works) == "по русскому языку, математике и окружающему миру"
    mixed = of_class_works("5А", [told("по русскому языку", 5), told("по математике")]).replace(NBSP, " ")
    assert mixed == "по русскому языку и по математике в 4 классе"


def test_a_rare_chance_is_a_reason_to_check_and_a_frequent_one_is_none():
    rare = reason_to_check(1 / 150, "посмотреть работы").replace(NBSP, " ")
    assert rare == "Случайно такое бывает примерно 1 раз на 150: это повод посмотреть работы."
    assert "повод" not in reason_to_check(0.4, "посмотреть работы")


OF_OBJECTIVITY = [method for name, method in Definitions.load().methods.items() if name.startswith("objectivity.")]


@pytest.mark.parametrize("method", OF_OBJECTIVITY, ids=lambda method: method.title)
def test_a_card_says_one_whole_statement(method):
    assert not method.tells.startswith(QUESTIONS)
    assert method.tells.count(".") == 1
    assert method.tells.endswith(".")
    assert len([word for word in method.tells.split() if word != "—"]) <= 20
