"""Laws of the words of executors, whatever stands in the cell."""

from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.roadmap.executors import (
    Kind,
    department_is_oo,
    divide,
    match_organisation,
    split,
    understand,
    understand_all,
    understand_document,
)

WORDS = (
    *("УО", "ОО", "ИМЦ", "РМО", "ШНОР", "МБОУ", "МКУ", "СОШ", "ОУ", "школы", "школ", "директора", "Директор"),
    *("заместители", "по", "УВР", "Белова", "И.И.", "<person>", "<p>", "</p>", "<br>", "филиал", "с.", "в"),
    *("имеющие", "согласно", "приказу", "специалисты", "методисты", "отдел", "образования", "кураторы"),
    *("совместно", "с", "которых", "Луговое", "лицей", "Начальник", "№", "1", "35", "и", ",", ";", "/", "(", ")"),
    *("«", "»", '"', "„", "“", ".", ":", "-", "–"),
)
CELLS = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*WORDS, "\n"]), max_size=25).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=25).map("".join),
)
# Names that a comma between them parts and that are no going on of one another.
SIMPLE = st.sampled_from(
    ["УО", "ОО", "МКУ «ИМЦ»", "руководители РМО", "ШНОР", "Белова И.И.", "СОШ № 4", "школы (не менее 2)"]
)


def letters(text: str) -> list[str]:
    return [sign for sign in text if sign.isalpha()]


def without_joiners(text: str) -> list[str]:
    return [sign for sign in letters(text) if sign.lower() not in "исовместно"]


@settings(deadline=None)
@given(CELLS)
def test_no_text_raises(cell: str) -> None:
    split(cell)
    for one in (understand(cell), *understand_all(cell), *understand_all(cell, department_is_oo=True)):
        assert one.kind in Kind
        match_organisation(one, {1: cell, 2: "МБОУ СОШ № 1"})
    assert department_is_oo([cell]) in (True, False)


@settings(deadline=None)
@given(CELLS.filter(lambda cell: "<" not in cell and "&" not in cell))
def test_splitting_loses_no_letter(cell: str) -> None:
    assert letters("".join(split(cell))) == letters(cell)


@settings(deadline=None)
@given(CELLS.filter(lambda cell: "<" not in cell and "&" not in cell))
def test_dividing_loses_no_letter_but_of_what_joins(cell: str) -> None:
    assert without_joiners("".join(part.words for part in divide(cell))) == without_joiners(cell)


@settings(deadline=None)
@given(st.lists(SIMPLE, max_size=8), st.sampled_from([", ", "; ", ",", "\n", " ,  "]))
def test_joined_names_come_apart_again(names: list[str], separator: str) -> None:
    if separator == "\n":  # a line with a small letter goes on
        names = [name[:1].upper() + name[1:] for name in names]
    assert list(split(separator.join(names))) == names


@settings(deadline=None)
@given(CELLS)
def test_what_was_split_is_not_split_again(cell: str) -> None:
    for piece in split(cell):
        assert split(piece) in ((piece,), ())


@settings(deadline=None)
@given(CELLS)
def test_every_executor_has_words_and_a_name(cell: str) -> None:
    for one in understand_all(cell):
        assert one.words
        assert one.canonical


@settings(deadline=None)
@given(st.lists(CELLS, max_size=4))
def test_a_document_has_the_executors_of_its_cells(cells: list[str]) -> None:
    is_oo = department_is_oo(cells)
    found = understand_document(cells)
    assert [[one.words for one in cell] for cell in found] == [
        [one.words for one in understand_all(cell, is_oo)] for cell in cells
    ]
