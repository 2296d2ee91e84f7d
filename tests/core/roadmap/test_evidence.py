"""Papers that an expected result names, and how many of a thing are asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.roadmap.evidence import KINDS, MOST_SUGGESTED, count_of, kinds_of, name_of, suggested, times

NAMED = [
    ("Протокол", ["протокол"]),
    ("Протоколы заседаний методического объединения", ["протокол"]),
    ("Оформлены протоколами", ["протокол"]),
    ("Приказ об итогах, аналитическая справка", ["приказ", "аналитическая справка"]),
    ("Информационно-аналитические справки по школам", ["аналитическая справка"]),
    ("Аналитическая записка и справка о выезде", ["аналитическая записка", "справка"]),
    ("Подготовлен аналитический отчёт", ["аналитический отчёт"]),
    ("Отчет директора", ["отчёт"]),
    ("Отчётов — не менее трёх", ["отчёт"]),
    ("Пять справок о посещении уроков", ["справка"]),
    ("План-график выездов", ["план-график"]),
    ("Планы работы школ; графики встреч", ["план", "график"]),
    ("Методические рекомендации учителям", ["методические рекомендации"]),
    ("Адресные методические рекомендации", ["адресные рекомендации"]),
    ("Даны рекомендации", ["рекомендации"]),
    ("Положение о школьной олимпиаде", ["положение"]),
    ("Дорожная карта школы", ["дорожная карта"]),
    ("Договор о сетевой форме, соглашения с вузами", ["договор", "соглашение"]),
    ("Листы регистрации участников, фотоотчёт", ["лист регистрации", "фотоотчёт"]),
    ("Список учителей, перечень тем", ["список", "перечень"]),
    ("Сведения размещены на официальном сайте", ["ссылка на страницу"]),
    ("Публикации в газете", ["ссылка на страницу"]),
    ("Удостоверения о повышении квалификации, сертификаты", ["удостоверение", "сертификат"]),
    ("Выписка из протокола совета", ["выписка из протокола"]),
    ("Изданы нормативные правовые акты", ["локальный акт"]),
]
NOTHING = [
    "",
    "Повышение качества образования",
    "Рост доли учителей с высшей категорией",
    "Исполнение плана в полном объёме",
    "Реализация программы воспитания",
    "Освоение основных образовательных программ",
    "Проведены согласно приказу",
    "Работа ведётся в соответствии с планом",
    "Улучшение положения детей",
    "Планирование работы на год",
    "Отчётный период закрыт",
    "Программист настроил рабочие места",
    "Активность родителей",
]


@pytest.mark.parametrize(("result", "papers"), NAMED)
def test_the_papers_that_a_result_names_are_suggested(result, papers):
    assert list(suggested(result)) == papers


@pytest.mark.parametrize("result", NOTHING)
def test_what_names_no_paper_or_only_what_is_followed_suggests_nothing(result):
    assert suggested(result) == ()


@pytest.mark.parametrize("kind", sorted(kind for kind, _ in KINDS))
def test_a_paper_called_by_its_own_name_is_found(kind):
    text = {"ссылка на страницу": "страница сайта", "положение": "положение о конкурсе"}.get(kind, kind)
    assert suggested(f"Есть {text}.") == (kind,)


WORDS = st.sampled_from([result for result, _ in NAMED] + NOTHING + ["и", "школ", "не менее 3", "—"])


@given(st.lists(WORDS, max_size=6).map("; ".join))
def test_letters_of_either_size_and_yo_make_no_difference(result):
    assert suggested(result) == suggested(result.upper()) == suggested(result.replace("ё", "е"))


@given(st.text(max_size=400) | st.lists(WORDS, max_size=9).map(" ".join))
def test_every_suggestion_is_a_known_kind_said_once_and_there_are_few(result):
    found = suggested(result)
    assert set(found) <= {kind for kind, _ in KINDS}
    assert len(found) == len(set(found)) <= MOST_SUGGESTED


def test_a_long_text_is_looked_through_to_its_end():
    assert suggested("по плану " * 4000 + "; протокол") == ("протокол",)


def test_kinds_stand_by_how_often_they_are_named():
    assert kinds_of(["Справка", "Протокол", "протоколы", "Рост качества"]) == ["протокол", "справка"]


@given(st.sampled_from(sorted(kind for kind, _ in KINDS)), st.integers(1, 50))
def test_how_many_is_said_in_words_and_read_back(kind, count):
    required = times(kind, count)
    assert (name_of(required), count_of(required)) == (kind, count)


@pytest.mark.parametrize(
    ("required", "count"),
    [("протокол", 1), ("протокол × 2", 2), ("протокол×3", 3), ("протокол × 0", 1), ("фотография 10 × 15", 1), ("", 1),
     ("× 2", 1), ("приказ № 2", 1)],
)  # fmt: skip
def test_only_a_number_after_a_cross_is_a_count(required, count):
    assert count_of(required) == count
