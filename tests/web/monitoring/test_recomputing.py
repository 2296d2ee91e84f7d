"""Stored values: sums that add up, and the same work for ten schools and for three hundred."""

from collections import Counter
from math import ceil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.services import withdraw
from msoko.web.monitoring.describing import described
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.services import recompute_stale
from tests.web.collection.orders import taken, values, whole
from tests.web.collection.protocols import LOGIN, OTHER, Pupil, many, protocol
from tests.web.collection.registers import line, register

pytestmark = pytest.mark.django_db
FIRST, SECOND, DISTRICT = "МБОУ «СОШ № 1»", "МКОУ «ООШ № 2»", "Приречный район"


def test_a_district_is_the_sum_of_its_pupils_not_the_mean_of_its_schools() -> None:
    taken(register(line(FIRST, LOGIN), line(SECOND, OTHER)), "реестр.xlsx")
    taken(protocol([*many(LOGIN, 1, 2), *many(OTHER, 3, 0)]))
    assert whole(DISTRICT)[:3] == (4, 0, 0.5)


def test_the_journal_and_marks_of_a_district_are_sums_of_its_schools() -> None:
    taken(register(line(FIRST, LOGIN), line(SECOND, OTHER)), "реестр.xlsx")
    maxima, cells = (5, 5, 5, 5), ((1,) * 4, (2,) * 4, (3,) * 4, (5,) * 4)
    pupils = [Pupil(login, said, journal=4) for login in (LOGIN, OTHER) for said in cells]
    batch = taken(protocol(pupils, maxima))
    recompute_stale()
    rows = {by: described(batch.procedure, "items", by)["rows"] for by in ("school", "municipality")}
    for part in ("marks", "journal"):
        total: Counter[str] = Counter()
        for row in rows["school"]:
            total.update(row[part])
        assert dict(total) == rows["municipality"][0][part]


def test_every_value_names_what_it_follows_from() -> None:
    batch = taken(protocol(many(LOGIN, 2)))
    recompute_stale()
    batch.procedure.refresh_from_db()
    assert set(Value.objects.values_list("inputs", flat=True)) == {batch.procedure.values_hash}
    before = batch.procedure.values_hash
    taken(protocol(many(OTHER, 2)))
    recompute_stale()
    batch.procedure.refresh_from_db()
    assert batch.procedure.values_hash != before


def test_without_accepted_batches_there_are_no_values() -> None:
    batch = taken(protocol(many(LOGIN, 2)))
    recompute_stale()
    withdraw(batch, None, "ошибка")
    recompute_stale()
    assert not Value.objects.exists()
    assert Procedure.objects.get().values_state == Procedure.Values.FRESH


@pytest.mark.parametrize("score", ["items", "printed"])
def test_describing_takes_a_constant_number_of_queries(score: str) -> None:
    def queries(schools: int) -> int:
        Batch.objects.all().delete()
        batch = taken(protocol([one for i in range(schools) for one in many(f"sch{990001 + i}", 1)]))
        recompute_stale()
        with CaptureQueriesContext(connection) as captured:
            described(batch.procedure, score, "school")
        return len(captured)

    assert queries(5) == queries(60)


def test_recomputing_takes_a_constant_number_of_queries_but_for_whole_loads_of_rows() -> None:
    from msoko.web.monitoring.services import storing

    load = getattr(storing, "ROWS_A_STATEMENT", None) or 10_000

    def queries(schools: int) -> tuple[int, int]:
        taken(protocol([one for i in range(schools) for one in many(f"sch{990001 + i}", 1)]))
        with CaptureQueriesContext(connection) as captured:
            recompute_stale()
        return len(captured), ceil(Value.objects.count() / load)

    (few, one_load), (more, loads) = queries(10), queries(300)
    assert more - few <= loads - one_load


PUPILS = st.lists(
    st.builds(
        Pupil,
        login=st.sampled_from([LOGIN, OTHER, "sch990003"]),
        scores=st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 3)),
        class_label=st.sampled_from(["5А", "5Б", "нет"]),
        journal=st.sampled_from([2, 3, 4, 5, "нет отметки"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(pupils=PUPILS)
def test_values_are_those_counted_by_hand(pupils: list[Pupil]) -> None:
    for batch in Batch.objects.filter(state=Batch.State.ACCEPTED):
        withdraw(batch, None, "следующий пример")
    taken(protocol(pupils))
    found = values()
    for login in {one.login for one in pupils}:
        totals = [sum(one.scores) for one in pupils if one.login == login]  # type: ignore[arg-type]
        participants, absent, mean, origin = found[login, "", True]
        assert (participants, absent, origin) == (len(totals), 0, "pupils")
        assert mean == pytest.approx(sum(totals) / len(totals))
