"""Official numbers of items are laid upon real protocols, whether these print the numbers or only count columns."""

from pathlib import Path

import pytest

from msoko.core.collection import judge, read
from msoko.core.collection.describing import Added, describe
from msoko.core.collection.reading import Hints
from msoko.core.definitions.kinds import WorkItem
from msoko.core.definitions.loading import Definitions
from msoko.simulation.works import VPR, levels_of

DEFINITIONS = Definitions.load()
OF_THE_SAME_WORK = [
    ("2020/4/Русский язык.xlsx", "РУ", 4),
    ("2020/5/Математика.xlsx", "МА", 5),
    ("2021/4/Проведение работы по математике, 4 класс. ВПР 2021.xlsx", "МА", 4),
    ("2021/5/Проведение работы по русскому языку, 5 класс. ВПР 2021.xlsx", "РУ", 5),
    ("2021/6/Проведение работы по математике, 6 класс. ВПР 2021.xlsx", "МА", 6),
    ("2022/4/Математика.xlsx", "МА", 4),
    ("2022/5/История.xlsx", "ИС", 5),
]


def described(folder: Path, name: str, subject: str, grade: int) -> tuple[tuple[WorkItem, ...], Added]:
    """The items of the real protocol after a description by official numbers, and what that brought."""
    path = folder / "vpr" / name
    (reading,) = [one for one in read(path, name, Hints(name), DEFINITIONS) if one.pupils is not None]
    work = next(one for one in VPR if (one.subject, one.grade) == (subject, grade))
    levels = zip(work.items, levels_of(work), strict=True)
    description = tuple(WorkItem(item.number, item.maximum, level) for item, level in levels)
    items, (added,) = describe(judge(reading, DEFINITIONS).items, [description])
    return items, added


@pytest.mark.parametrize(("name", "subject", "grade"), OF_THE_SAME_WORK)
def test_every_item_of_the_same_work_is_described(real_files: Path, name: str, subject: str, grade: int) -> None:
    items, added = described(real_files, name, subject, grade)
    assert len(added.items) == len(items)
    assert all(item.level for item in items)


def test_the_description_of_another_edition_is_not_laid_upon_the_columns(real_files: Path) -> None:
    items, added = described(real_files, "2020/5/История.xlsx", "ИС", 5)
    assert added.items == ()
    assert not any(item.level for item in items)
    assert added.doubts[0].startswith("Нумерация другая")


def test_items_whose_maximum_has_changed_are_named(real_files: Path) -> None:
    items, added = described(real_files, "2022/6/Русскому языку.xlsx", "РУ", 6)
    assert 0 < len(items) - len(added.items) < 4
    assert added.doubts[0].startswith("Другой максимальный балл: задание\u00a0")
