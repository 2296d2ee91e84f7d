"""The conclusions of the note say what its sections bear, and no more."""

from dataclasses import replace

import pytest

from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.blocks import Heading, ListBlock
from msoko.documents.library.procedure_note.conclusions import conclusions
from msoko.documents.library.procedure_note.data import ProcedureNoteData
from msoko.documents.registry import document_kinds
from tests.documents.made_up import note_data


def said(data: ProcedureNoteData) -> list[str]:
    return [one.replace("\xa0", " ") for one in conclusions(data)]


def level(own: float, there: float) -> str:
    """The first conclusion about a municipality with this mean beside a region with that one, in per cent."""
    data = note_data()
    own_figures = replace(data.own, mean=own / 5, mean_percent=own)
    beside = replace(data.comparisons[0], figures=replace(data.comparisons[0].figures, mean_percent=there))
    return said(replace(data, own=own_figures, comparisons=(beside,)))[0]


def test_the_note_has_a_section_of_conclusions_before_what_cannot_be_said() -> None:
    blocks = document_kinds()["procedure_note"].build(note_data()).blocks
    titles = [block.text for block in blocks if isinstance(block, Heading)]
    assert [title.partition(". ")[2] for title in titles[-3:]] == [
        "Выводы",
        "Чего нельзя сказать по этим данным",
        "Источники данных",
    ]
    assert any(isinstance(block, ListBlock) for block in blocks[blocks.index(Heading(1, titles[-3])) :][:2])


@pytest.mark.parametrize(
    ("own", "there", "verdict"),
    [
        (40.0, 60.0, "уверенно ниже, чем в регионе (60 %)."),
        (60.0, 40.0, "уверенно выше, чем в регионе (40 %)."),
        (50.0, 50.2, "отличие от того, что в регионе (50 %), не установлено."),
    ],
)
def test_the_level_is_concluded_from_the_interval(own: float, there: float, verdict: str) -> None:
    assert level(own, there).endswith(verdict)


def test_nothing_is_concluded_from_a_handful_of_participants() -> None:
    data = note_data("school", 1)
    few = replace(data, own=replace(data.own, participants=7))
    assert said(few) == ["Писали 7 обучающихся, меньше 10: выводов по такому числу не сделано."]


def test_without_a_territory_and_marks_the_conclusions_say_what_is_known() -> None:
    data = note_data(with_scale=False)
    alone = replace(data, comparisons=(), previous=(), own=replace(data.own, journal=Unknown.MISSING))
    first, *others = said(alone)
    assert first.endswith("сравнить его не с чем.")
    assert [one.split()[0] for one in others] == ["Из", "Труднее"]


def test_one_task_behind_is_told_in_the_singular() -> None:
    data = note_data()
    behind, *rest = (replace(one, territory_facility=one.facility) for one in data.items)
    behind = replace(behind, facility=20.0, low=15.0, high=25.0, territory_facility=60.0)
    told = next(one for one in said(replace(data, items=(behind, *rest))) if one.startswith("Разобрать"))
    assert told == (
        "Разобрать на методическом объединении задание 1 (20 % против 60 %): выполнено уверенно хуже, чем в регионе."
    )
