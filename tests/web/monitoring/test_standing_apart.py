"""On «Школы» of a procedure a list of those who stand apart is never without what chance alone would give."""

import pytest

from msoko.web.collection.models import Procedure
from msoko.web.monitoring.procedure_page import ProcedurePage
from msoko.web.monitoring.sentences import behind_and_ahead
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people.models import Organisation
from tests.web.collection.orders import taken
from tests.web.collection.protocols import Pupil, protocol

pytestmark = pytest.mark.django_db


def said_of(schools: list[list[int]]) -> str:
    """What is said of schools of one district whose pupils earn these scores for the third task."""
    pupils = [
        Pupil(f"sch{990001 + place}", (0, 0, score), code=50000 + number, municipality="Приречный район")
        for place, scores in enumerate(schools)
        for number, score in enumerate(scores)
    ]
    taken(protocol(pupils))
    recompute_stale()
    district = Organisation.objects.get(kind="municipality")
    return " ".join(behind_and_ahead(ProcedurePage(Procedure.objects.get(), district))).replace("\xa0", " ")


def test_schools_that_stand_apart_stand_beside_what_chance_would_give() -> None:
    said = said_of([[0, 1] * 20, [3, 2] * 20])
    assert said.endswith(
        "Сравнить можно 2 школы: ниже — 1, выше — 1. Если бы школы на самом деле не отличались, по одной случайности в "
        "каждую сторону вышло бы в среднем по 0,1."
    )


def test_where_nobody_stands_apart_there_is_nothing_to_explain() -> None:
    assert "случайности" not in said_of([[0, 1] * 20, [1, 0] * 20])
