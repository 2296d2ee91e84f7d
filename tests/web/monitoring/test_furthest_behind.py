"""Which tasks are named as done worse than in the territory: only those of which chance is not enough to tell."""

import pytest

from msoko.web.collection.models import Procedure
from msoko.web.monitoring.procedure_page import ProcedurePage
from msoko.web.monitoring.sentences import furthest_behind
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people import services
from msoko.web.people.services import NewSchool
from tests.web.collection.orders import school, taken
from tests.web.collection.protocols import LOGIN, OTHER, Pupil, protocol

pytestmark = pytest.mark.django_db


def of_school(ours: list[tuple[int, int, int]], theirs: list[tuple[int, int, int]]) -> str:
    services.ensure_territory("municipality", "Приречный район")
    services.create_schools([NewSchool(login, f"Школа {login}", "", "Приречный район") for login in (LOGIN, OTHER)])
    pupils = [Pupil(login, scores, code=i) for login, sat in ((LOGIN, ours), (OTHER, theirs))
              for i, scores in enumerate(sat)]  # fmt: skip
    taken(protocol(pupils))
    recompute_stale()
    return furthest_behind(ProcedurePage(Procedure.objects.get(), school(LOGIN))).replace("\u00a0", " ")


def test_a_difference_of_a_point_is_no_lag():
    said = of_school([(1, 1, 1)] * 9 + [(0, 1, 1)], [(1, 1, 1)] * 30)
    assert said == "Заданий, которые выполнены уверенно хуже, чем по территории «Приречный район», нет."


def test_one_task_far_behind_is_named_in_the_singular():
    said = of_school([(0, 1, 1)] * 20, [(1, 1, 1)] * 80)
    assert said == "Дальше всего позади территории «Приречный район» — задание 1 (0 % против 80 %)."
