"""Who has handed in what, of a wide region."""

import pytest

from msoko.core.vocabulary.unknowns import Unknown
from msoko.web.collection.handed_in import MOST_SCHOOLS, HandedIn, matrix_of
from msoko.web.collection.models import Procedure
from msoko.web.people.models import Kind, Organisation, SchoolType


def places(*names: str) -> list[Organisation]:
    return [Organisation(pk=pk, kind=Kind.MUNICIPALITY, name=name) for pk, name in enumerate(names, 1)]


@pytest.fixture
def wide() -> HandedIn:
    """Three municipalities by turns; the last has primary schools only. Every second school has handed in."""
    homes = places("Ясный район", "г. Бор", "Лесной район")
    schools = [
        Organisation(
            pk=1000 + i, kind=Kind.SCHOOL, name=f"Школа № {i}", municipality=homes[i % 3],
            school_type=SchoolType.PRIMARY if i % 3 == 2 else SchoolType.SECONDARY,
        )
        for i in range(MOST_SCHOOLS + 3)
    ]  # fmt: skip
    work = Procedure(pk=7, kind="vpr", subject="mathematics", grade=5, year=2022)
    return HandedIn(schools, [work], {(1000 + i, 7): 20 for i in range(0, MOST_SCHOOLS + 3, 2)})


def test_a_wide_region_is_counted_by_municipalities_in_whole_schools(wide):
    lines = [tuple(line.cells.values()) for line in matrix_of(wide).lines]
    assert lines == [("г. Бор", 101, 50), ("Лесной район", 101, Unknown.NOT_APPLICABLE), ("Ясный район", 101, 51)]
