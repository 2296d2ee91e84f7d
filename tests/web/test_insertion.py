"""Many rows at once are the rows that one at a time would have been."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from msoko.web.analysis.models import Calculation, Figure
from msoko.web.insertion import insert
from msoko.web.people.models import Kind, Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.database]

COLUMNS = ("method", "year", "organisation_id", "about", "statistic", "low", "high", "strength", "sentence")
STATISTIC = {"n": 3, "доля": 0.25, "нет": None, "классы": ["5А", "5'Б\""], "да": True}


@pytest.fixture
def school() -> Organisation:
    return Organisation.objects.create(kind=Kind.SCHOOL, name="Школа № 1 «Заря»")


def rows_of(school: Organisation, count: int) -> list[tuple[object, ...]]:
    return [("a.b", 2026, school.pk, f"о {place}", STATISTIC, None, 1.5, 0.1, "5 % — «мало»") for place in range(count)]


def test_rows_come_back_as_they_were_given(school: Organisation) -> None:
    insert(Figure, COLUMNS, rows_of(school, 2))
    found = list(Figure.objects.order_by("about").values_list(*COLUMNS))
    assert found == rows_of(school, 2)


def test_a_time_comes_back_as_it_was_given() -> None:
    at = datetime(2026, 3, 1, 23, 59, 59, 123456, tzinfo=UTC)
    insert(Calculation, ("year", "state", "inputs", "computed_at"), [(2026, Calculation.State.FRESH, "", at)])
    assert Calculation.objects.get().computed_at == at


def test_nothing_is_asked_of_the_database_for_no_rows() -> None:
    with CaptureQueriesContext(connection) as asked:
        insert(Figure, COLUMNS, [])
    assert not asked.captured_queries


def test_a_row_that_is_there_is_refused_or_left_as_it_is(school: Organisation) -> None:
    insert(Figure, COLUMNS, rows_of(school, 1))
    insert(Figure, COLUMNS, [(*rows_of(school, 1)[0][:-1], "другое"), *rows_of(school, 2)], unless_there=True)
    assert list(Figure.objects.values_list("sentence", flat=True)) == ["5 % — «мало»"] * 2
    with pytest.raises(IntegrityError):
        insert(Figure, COLUMNS, rows_of(school, 1))


def test_an_unknown_column_and_a_row_too_short_are_said(school: Organisation) -> None:
    with pytest.raises(KeyError):
        insert(Figure, ("organisation",), [(school.pk,)])
    with pytest.raises(ValueError, match=r"shorter|longer"):
        insert(Figure, COLUMNS, [("a.b", 2026)])
