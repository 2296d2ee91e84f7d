"""Descriptions of items from several files come together, and nothing is overwritten silently."""

from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.collection.describing import LONGEST_WORDS, TOLD, brings_nothing, describe, items_of_rows
from msoko.core.definitions.kinds import WorkItem
from msoko.core.vocabulary.items import normal_item

NUMBERS = ["1", "2К1", "2K2", "3(1)", "3.2", "4"]
texts = st.sampled_from(["", "Дроби", "Текст"])
items = st.builds(
    WorkItem, st.sampled_from(NUMBERS), st.sampled_from([None, 1, 2]), st.sampled_from(["", "Б", "П"]), texts, texts
)
files = st.lists(items, max_size=6, unique_by=lambda item: normal_item(item.number)).map(tuple)


def of(*said: tuple[str, int | None] | tuple[str, int | None, str]) -> tuple[WorkItem, ...]:
    """(number, maximum, element) → items."""
    return tuple(WorkItem(number, maximum, content_element="".join(rest)) for number, maximum, *rest in said)


def elements(work: tuple[WorkItem, ...]) -> list[str]:
    return [item.content_element for item in work]


def test_an_item_is_known_in_any_spelling_of_its_number():
    work, (added,) = describe(of(("2К1", 2), ("9(1)", 1)), [of(("9.1", 1, "Дроби"), ("2K1", 2, "Текст"))])
    assert elements(work) == ["Текст", "Дроби"]
    assert added.items == ("2К1", "9(1)")
    assert not added.doubts


def test_what_is_described_stays_and_the_difference_is_said():
    work, (_, second) = describe(of(("1", 2)), [of(("1", 2, "Дроби")), of(("1", 2, "Проценты"))])
    assert elements(work) == ["Дроби"]
    assert second.items == ()
    assert second.doubts == ("Элемент содержания задания 1 уже описан иначе: оставлено прежнее.",)


def test_an_item_of_another_maximum_is_not_described_and_both_maxima_are_said():
    work, (added,) = describe(of(("1", 2), ("2", 1)), [of(("1", 1, "Дроби"), ("2", 1, "Текст"))])
    assert elements(work) == ["", "Текст"]
    assert "задание\u00a01 (в\u00a0протоколе 2, здесь 1)" in added.doubts[0]


def test_a_maximum_that_the_protocol_lacks_is_taken_from_the_description():
    work, (added,) = describe(of(("1", None)), [of(("1", 3))])
    assert work[0].maximum == 3
    assert added.items == ("1",)


def test_items_that_the_work_lacks_are_named():
    work, (added,) = describe(of(("1", 1), ("2", 1)), [of(("2", 1, "Текст"), ("3", 1, "Дроби"), ("4", 1, "Дроби"))])
    assert elements(work) == ["", "Текст"]
    assert added.doubts == ("В\u00a0работе нет заданий 3 и 4: эти строки не использованы.",)


def test_a_protocol_that_counts_columns_is_described_by_place_where_all_maxima_agree():
    columns = of(("1", 4), ("2", 3), ("3", 1))
    work, (added,) = describe(columns, [of(("1К1", 4, "Письмо"), ("1К2", 3, "Пунктуация"), ("2", 1, "Морфемы"))])
    assert elements(work) == ["Письмо", "Пунктуация", "Морфемы"]
    assert "по\u00a0порядку" in added.doubts[0]


def test_a_protocol_that_counts_columns_is_left_alone_where_maxima_or_numbers_of_items_differ():
    columns = of(("1", 4), ("2", 3), ("3", 1))
    others = [of(("1К1", 4, "А"), ("1К2", 2, "Б"), ("2", 1, "В")), of(("1К1", 4, "А"), ("2", 1, "Б"))]
    work, added = describe(columns, others)
    assert work == columns
    assert "не\u00a0совпадают максимальные баллы" in added[0].doubts[0]
    assert "Сопоставить задания нельзя" in added[1].doubts[0]


def test_a_description_by_whole_tasks_is_not_laid_upon_columns_of_their_criteria():
    columns = of(("1", 4), ("2", 3), ("3", 1))
    work, (added,) = describe(columns, [of(("1", 7, "Письмо"), ("2", 1, "Морфемы"))])
    assert work == columns
    assert added.doubts[0].startswith("Нумерация другая")


def test_rows_of_a_table_become_items_each_once():
    rows = [
        {"item": "2К1", "maximum": 2, "block": "Пишет текст", "percent": 40.0},
        {"item": "2K1", "maximum": 2, "block": "Пишет текст", "percent": 50.0},
        {"item": "3", "maximum": None, "level": "П", "code": "1.2", "element": "Дроби", "outcome": "Считает"},
    ]
    first, second = items_of_rows(rows)
    assert (first.number, first.maximum, first.planned_outcome) == ("2К1", 2, "Пишет текст")
    assert second == WorkItem("3", None, "П", "1.2 Дроби", "Считает")


def test_words_that_differ_by_a_point_or_a_capital_are_one_theme_and_long_ones_are_cut():
    said = ["Дроби", "дроби.", "Дроби ;", "д" * 900]
    found = items_of_rows({"item": str(number), "element": words} for number, words in enumerate(said, 1))
    assert elements(found)[:3] == ["Дроби"] * 3
    assert len(elements(found)[3]) == LONGEST_WORDS


@settings(deadline=None)
@given(files, st.lists(files, max_size=3))
def test_what_was_known_never_changes_and_a_second_time_brings_nothing(work, said):
    described, added = describe(work, said)
    for before, after in zip(work, described, strict=True):
        assert after.number == before.number
        assert all(getattr(after, key) == getattr(before, key) for key in TOLD if getattr(before, key))
    assert all(set(one.items) <= {item.number for item in work} for one in added)
    assert describe(described, said)[0] == described
    assert brings_nothing(described, work)
