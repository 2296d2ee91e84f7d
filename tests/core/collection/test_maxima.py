"""Where the maxima of items come from, and when scores may tell them."""

from pathlib import Path

import pytest

from msoko.core.collection import judge
from msoko.core.collection.maxima import MaximaOrigin
from msoko.core.definitions.loading import Definitions
from tests.core.collection.made_up import HISTORY_5, complaint, file_2021, judged, pupil_2021, reading, xlsx

HISTORY_6 = [2, 1, 3, 4, 2, 3, 2, 3]  # 20 in all, as the scale of 2021; no work is described
NAME = "История, 6 класс. ВПР 2021.xlsx"


def many(maxima: list[int], n: int = 1200) -> list[list[object]]:
    """Rows in which each item's scores go from 0 to its maximum, and one slip of the pen above."""
    rows = [[(row + item) % (most + 1) for item, most in enumerate(maxima)] for row in range(n)]
    rows[7][0] = 9
    return [pupil_2021(items, code=f"6{number:04}") for number, items in enumerate(rows)]


def test_a_described_work_of_the_year_gives_them_without_a_warning() -> None:
    assessed = judged(file_2021([pupil_2021(HISTORY_5)]))
    assert assessed.maxima.origin is MaximaOrigin.WORK
    assert complaint(assessed, "maxima_by_work").level == "PASS"


def test_a_described_work_of_another_year_gives_them_with_a_warning() -> None:
    assessed = judged(file_2021([pupil_2021(HISTORY_5)]), "История, 5 класс. ВПР 2023.xlsx")
    assert [item.maximum for item in assessed.items] == HISTORY_5
    assert complaint(assessed, "maxima_by_work").level == "WARNING"
    assert assessed.scale is not None
    assert assessed.scale.status == "transferred"


def test_many_rows_tell_them_where_they_add_up_to_the_scale() -> None:
    assessed = judged(file_2021(many(HISTORY_6)), NAME)
    assert assessed.maxima.origin is MaximaOrigin.INFERRED
    assert [item.maximum for item in assessed.items] == HISTORY_6
    assert complaint(assessed, "item_above_max").count == 1


def test_few_rows_tell_only_the_total_by_the_scale() -> None:
    assessed = judged(file_2021(many(HISTORY_6, 300)), NAME)
    assert (assessed.maxima.origin, assessed.maxima.total) == (MaximaOrigin.SCALE, 20)
    assert {item.maximum for item in assessed.items} == {None}


def test_scores_that_do_not_add_up_to_a_scale_are_not_trusted() -> None:
    assessed = judged(file_2021(many([*HISTORY_6[:-1], 2])), NAME)
    assert assessed.maxima.origin is MaximaOrigin.SCALE


def test_without_a_scale_nothing_is_known_and_no_total_is_too_large() -> None:
    assessed = judged(file_2021([pupil_2021(HISTORY_5, total=99)]), "Химия, 10 класс. ВПР 2021.xlsx")
    assert (assessed.maxima.origin, assessed.maxima.total, assessed.scale) == (MaximaOrigin.UNKNOWN, None, None)
    assert assessed.counts["valid"] == 1
    assert complaint(assessed, "maxima_unknown").advice


@pytest.mark.parametrize("number", ["1", "8"])
def test_a_municipality_s_own_work_comes_before_that_of_the_package(number: str, tmp_path: Path) -> None:
    folder = tmp_path / "works" / "vpr" / "2023"
    folder.mkdir(parents=True)
    items = "\n".join(f'  - {{number: "{n}", maximum: {9 if str(n) == number else 1}}}' for n in range(1, 9))
    head = "procedure: vpr\nyear: 2023\nsubject: history\ngrade: 5\nsource: описание работы\nitems:\n"
    (folder / "history_5.yaml").write_text(head + items)
    definitions = Definitions.load(tmp_path)
    found = reading(xlsx(Sheet=file_2021([pupil_2021(HISTORY_5)])), "История, 5 класс. ВПР 2023.xlsx")
    assessed = judge(found, definitions)
    assert {item.number: item.maximum for item in assessed.items}[number] == 9
    assert assessed.maxima.total == 16
