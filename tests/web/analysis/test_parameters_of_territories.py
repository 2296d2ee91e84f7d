"""A municipality counts by its own parameters, and only its schools do."""

from dataclasses import replace

import pytest

from msoko.core.analysis.parameters import BadParameter
from msoko.web.analysis.methods import parameters_of
from msoko.web.analysis.models import Figure, MethodRun
from msoko.web.analysis.services import set_parameters, withdraw_parameters
from msoko.web.definitions import definitions
from msoko.web.people.models import AuditEntry, Organisation
from tests.web.analysis.schools import (
    DISTRICT,
    LOW,
    MATHS_5,
    NEIGHBOUR,
    OTHER,
    calculated,
    district,
    findings,
    pupils,
    school,
    written,
)

pytestmark = pytest.mark.django_db
SHARE_30 = "low_results.share_30"


@pytest.fixture
def method():
    return definitions().methods[SHARE_30]


@pytest.fixture
def two_low_schools() -> None:
    """Both low in two works of sixteen and twenty points; each of another municipality."""
    district()
    for name in (MATHS_5, MATHS_5.replace("2022", "2021")):
        written(name, pupils(LOW, 12, 8), pupils(OTHER, 12, 8))


def test_a_municipality_s_own_threshold_holds_for_its_schools_only(two_low_schools, method) -> None:
    assert {one.organisation for one in findings(year=2022)} == {school(LOW), school(OTHER)}
    set_parameters(method, Organisation.objects.get(name=DISTRICT), {"threshold": "70"}, "приказ № 1", None)
    assert {one.organisation for one in findings(year=2022)} == {school(OTHER)}
    runs = MethodRun.objects.filter(method=SHARE_30, calculation__year=2022)
    assert {run.territory and run.territory.name: run.parameters["threshold"] for run in runs} == {
        None: 30,
        DISTRICT: 70,
    }


def test_a_municipality_s_own_score_is_what_its_schools_are_counted_by(two_low_schools) -> None:
    """One school has sixteen printed for every work, whatever its items say."""
    figures = definitions().methods["descriptive.figures"]
    generous = [replace(one, total=16) for one in pupils(LOW, 12, 8)]
    written(MATHS_5, generous, pupils(OTHER, 12, 8))
    set_parameters(figures, Organisation.objects.get(name=DISTRICT), {"score": "printed"}, "приказ № 1", None)
    set_parameters(figures, Organisation.objects.get(name=NEIGHBOUR), {"score": "items"}, "приказ № 1", None)
    calculated()
    means = dict(Figure.objects.filter(method=figures.name, year=2022).values_list("organisation", "statistic__mean"))
    assert (means[school(LOW).pk], means[school(OTHER).pk]) == (16, (12 * 4 + 8 * 12) / 20)


@pytest.mark.parametrize("kind", ["region", "country"])
def test_what_a_region_sets_holds_for_all_and_is_counted_once(two_low_schools, method, kind) -> None:
    set_parameters(method, Organisation.objects.get(kind=kind), {"threshold": "70"}, "приказ № 1", None)
    assert findings(year=2022) == []
    (run,) = MethodRun.objects.filter(method=SHARE_30, calculation__year=2022)
    assert (run.territory, run.parameters["threshold"]) == (None, 70)


def test_withdrawing_brings_the_rule_of_the_definition_back(two_low_schools, method) -> None:
    territory = Organisation.objects.get(name=DISTRICT)
    set_parameters(method, territory, {"threshold": "70"}, "приказ № 1", None)
    findings()
    withdraw_parameters(method, territory, None)
    assert {one.organisation for one in findings(year=2022)} == {school(LOW), school(OTHER)}
    assert not MethodRun.objects.filter(territory=territory).exists()


def test_the_nearest_territory_that_sets_a_value_decides(two_low_schools, method) -> None:
    own, other = (Organisation.objects.get(name=name) for name in (DISTRICT, NEIGHBOUR))
    set_parameters(method, own.region, {"threshold": "50", "min_n": "5"}, "письмо", None)
    set_parameters(method, own, {"threshold": "70"}, "приказ", None)
    assert [parameters_of(method, own)[key] for key in ("threshold", "min_n")] == [70, 5]
    assert [parameters_of(method, other)[key] for key in ("threshold", "min_n")] == [50, 5]
    assert parameters_of(method)["threshold"] == 30


@pytest.mark.parametrize(
    ("values", "why", "said"),
    [
        ({"threshold": "тридцать"}, "приказ", "нужно: число процентов"),
        ({"threshold": "0"}, "приказ", "от 1 до 100"),
        ({"min_n": "2,5"}, "приказ", "целое число"),
        ({"procedures": "вчера"}, "приказ", "вчера"),
        ({"nothing": "1"}, "приказ", "нет параметра «nothing»"),
        ({"threshold": "40"}, " ", "основание"),
    ],
)
def test_a_value_that_can_t_be_is_refused_with_what_can(two_low_schools, method, values, why, said) -> None:
    with pytest.raises(BadParameter, match=said):
        set_parameters(method, Organisation.objects.get(name=DISTRICT), values, why, None)
    assert not AuditEntry.objects.filter(action="parameters_set").exists()


def test_setting_parameters_leaves_a_trace(two_low_schools, method) -> None:
    set_parameters(method, Organisation.objects.get(name=DISTRICT), {"threshold": "40"}, "приказ № 2", None)
    entry = AuditEntry.objects.get(action="parameters_set")
    assert entry.details == {"method": SHARE_30, "values": {"threshold": 40}, "why": "приказ № 2"}
