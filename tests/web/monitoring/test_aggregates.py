"""Tables of a region stand in for rows that are missing, and never for rows that are there."""

import pytest

from msoko.web.collection.services import withdraw
from msoko.web.monitoring.describing import described
from msoko.web.monitoring.models import Value
from tests.core.collection.readers.books import xlsx
from tests.web.collection.orders import taken, values, whole
from tests.web.collection.protocols import LOGIN, NAME, OTHER, many, protocol
from tests.web.collection.registers import line, register

pytestmark = pytest.mark.django_db
TITLE = ["ВПР 2022. 5 класс. Математика. Статистика по отметкам"]
HEADER = ["Группы участников", "Кол-во участников", 2, 3, 4, 5]
FIRST, SECOND = "МБОУ «СОШ № 1»", "МКОУ «ООШ № 2»"
REGION, DISTRICT = "Приозёрная область", "Приречный район"


def marks_table(first: int = 10, second: int = 20, district: int = 30) -> bytes:
    """A table of marks: everybody has «4» in half of the cases and «2» in the other."""
    half = [50, 0, 50, 0]
    rows = [
        [REGION, 1000, *half],
        [DISTRICT, district, *half],
        [f"{FIRST} ({LOGIN})", first, *half],
        [f"{SECOND} ({OTHER})", second, *half],
    ]
    return xlsx([TITLE, [], HEADER, *rows])


@pytest.fixture
def known_schools() -> None:
    taken(register(line(FIRST, LOGIN), line(SECOND, OTHER)), "реестр.xlsx")


@pytest.fixture
def table(known_schools: None):  # type: ignore[no-untyped-def]
    return taken(marks_table(), "Статистика по отметкам.xlsx")


def test_where_there_are_no_rows_the_table_speaks(table: object) -> None:
    found = values()
    assert {place: (n, origin) for (place, _, _), (n, _, _, origin) in found.items()} == {
        REGION: (1000, "aggregate"),
        DISTRICT: (30, "aggregate"),
        FIRST: (10, "aggregate"),
        SECOND: (20, "aggregate"),
    }


def test_marks_of_a_table_are_shown_and_what_it_does_not_tell_is_unknown(table: object) -> None:
    values()
    value = Value.objects.get(organisation__name=SECOND, score="items")
    assert value.marks == {2: 10, 3: 0, 4: 10, 5: 0}
    assert (value.mean, value.absent, value.confirmed) == (None, None, None)


def test_described_says_which_rows_are_of_a_table(table) -> None:  # type: ignore[no-untyped-def]
    values()
    said = described(table.procedure, "items", "school")
    row = next(row for row in said["rows"] if row["organisation"]["name"] == SECOND)
    assert (row["origin"], row["participants"], row["marks"]) == ("aggregate", 20, {"2": 10, "3": 0, "4": 10, "5": 0})
    assert (row["pass_rate"], row["quality_rate"], row["mean_primary"], row["journal"]) == (50.0, 50.0, None, None)


def test_rows_of_a_school_go_before_its_table_even_where_the_table_has_more(table: object) -> None:
    taken(protocol(many(LOGIN, 3, 1)))
    assert whole(FIRST) == (3, 0, 1.0, "pupils")
    assert whole(SECOND)[3] == "aggregate"


def test_rows_accepted_before_the_table_go_before_it_too(known_schools: None) -> None:
    taken(protocol(many(LOGIN, 3, 1)))
    taken(marks_table(), "Статистика по отметкам.xlsx")
    assert whole(FIRST) == (3, 0, 1.0, "pupils")


def test_a_school_all_of_whose_pupils_were_absent_is_known_by_its_rows(table: object) -> None:
    from tests.web.collection.protocols import Pupil

    taken(protocol([Pupil(LOGIN, ("X",) * 3, variant="отсутствовал")]))
    assert whole(FIRST) == (0, 1, None, "pupils")


def test_a_territory_with_more_participants_in_the_table_than_in_rows_is_of_the_table(table: object) -> None:
    taken(protocol(many(LOGIN, 3, 1)))
    assert whole(DISTRICT)[::3] == (30, "aggregate")
    assert whole(REGION)[::3] == (1000, "aggregate")


def test_a_territory_whose_rows_are_complete_is_of_its_rows(known_schools: None) -> None:
    taken(marks_table(), "Статистика по отметкам.xlsx")
    taken(protocol([*many(LOGIN, 10, 1), *many(OTHER, 20, 2)]))
    assert whole(DISTRICT)[::3] == (30, "pupils")
    assert whole(REGION)[::3] == (1000, "aggregate")


def test_a_withdrawn_table_disappears_and_the_rows_stay(table) -> None:  # type: ignore[no-untyped-def]
    taken(protocol(many(LOGIN, 3, 1)))
    withdraw(table, None, "прислали другую")
    found = values()
    assert {said[3] for said in found.values()} == {"pupils"}
    assert whole(DISTRICT)[0] == 3
    assert whole(SECOND) is None


def test_of_two_tables_of_a_kind_the_one_accepted_last_speaks(table: object) -> None:
    taken(marks_table(second=24, district=34), "Статистика по отметкам, исправлено.xlsx")
    assert whole(SECOND)[0] == 24
    assert whole(DISTRICT)[0] == 34


def test_a_table_that_names_a_new_territory_speaks_once_a_register_brings_it() -> None:
    taken(marks_table(), "Статистика по отметкам.xlsx")
    assert whole(REGION) is None
    taken(register(line(FIRST, LOGIN), line(SECOND, OTHER)), "реестр.xlsx")
    assert whole(REGION)[0] == 1000


def test_a_protocol_and_a_table_are_one_procedure(table) -> None:  # type: ignore[no-untyped-def]
    batch = taken(protocol(many(LOGIN, 3)), NAME)
    assert batch.procedure_id == table.procedure_id
    batch.procedure.refresh_from_db()
    assert batch.procedure.maximum == 6
