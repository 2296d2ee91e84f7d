"""Pictures of findings: found by the name of the method, drawn from what the reader may see."""

from pathlib import Path
from typing import Any

import pytest

from msoko.core.analysis.outcome import Verdict
from msoko.core.collection.reading import Hints
from msoko.documents.charts.chart import Chart
from msoko.web.analysis import pictures
from msoko.web.analysis.models import Figure, Finding
from msoko.web.analysis.pictures import pictures_of, strength_of
from msoko.web.analysis.pictures._strength import deviations
from msoko.web.collection.models import Batch, Procedure
from msoko.web.definitions import definitions
from msoko.web.monitoring.services import enter_scale
from msoko.web.people.models import Organisation, User
from msoko.web.people.services import give_role, root
from msoko.web.people.sight import Sight, sight_of
from tests.web.analysis.lists import YEAR, Region, region_of
from tests.web.analysis.schools import calculated, school
from tests.web.analysis.signals import finding_by, run_of, work_of
from tests.web.collection.orders import taken
from tests.web.collection.protocols import Pupil, protocol

pytestmark = pytest.mark.django_db

OURS, NEAR, FAR = "sch990001", "sch990002", "sch990009"
HOME, OTHER, AWAY = "Наша школа", "Соседняя школа", "Дальняя школа"


@pytest.fixture
def region() -> Region:
    found = region_of({OURS: HOME, NEAR: OTHER}, {FAR: AWAY})
    for year in (YEAR - 1, YEAR):
        _sit(year)
    calculated()
    return found


def _sit(year: int) -> None:
    """Two classes of ours and one of the others; a mark of the journal each, one absent in ours."""
    rows = [
        *(Pupil(OURS, (1, number % 3, 0), "5А", journal=5 - number % 3) for number in range(12)),
        *(Pupil(OURS, (0, 2, 3), "5Б", journal=3) for _ in range(11)),
        Pupil(OURS, ("", "", ""), "5А", variant="отсутствовал"),
        *(Pupil(NEAR, (1, 1, number % 4), "5А", journal=4) for number in range(20)),
        *(Pupil(FAR, (0, number % 3, 1), "5А", journal=4) for number in range(20)),
    ]
    coded = [
        Pupil(one.login, one.scores, one.class_label, one.journal, variant=one.variant, code=1000 * year + number)
        for number, one in enumerate(rows)
    ]
    name = f"Математика, 5 класс, ВПР {year}.xlsx"
    batch = taken(protocol(coded), name, Hints(year=year))
    assert batch.procedure is not None
    enter_scale(batch.procedure, [1, 2, 4, 6], "придумана для проверки", "unofficial", None)


def procedure(year: int = YEAR) -> Procedure:
    return Procedure.objects.get(year=year)


def told(year: int = YEAR, **more: Any) -> dict[str, Any]:
    """What a statistic keeps of the work."""
    return {**work_of(procedure(year)), **more}


def sight(role: str, place: Organisation) -> Sight:
    user = User.objects.create_user(f"{role}{place.pk}@people.example", None)
    give_role(user, role, place, None)
    return sight_of(user)


def finding(method: str, region: Region, statistic: dict[str, Any], **said: Any) -> Finding:
    run = run_of(method, region.region, parameters={"score": "items", "threshold": 30.0})
    made = finding_by(run, school(OURS), said.pop("verdict", Verdict.LIKELY), statistic=statistic, **said)
    near = ("organisation__municipality", "organisation__region", "run")
    return Finding.objects.select_related(*near).get(pk=made.pk)


def drawn(one: Finding, sight: Sight) -> dict[str, Chart]:
    """Every picture can really be drawn."""
    found = pictures_of(one, sight)
    for chart in found.values():
        assert chart.svg().startswith("<svg")
    return found


def numbers(chart: Chart, key: str = "name") -> list[str]:
    return [str(row.cells[key]) for row in chart.data_table.lines]


CLASS_WORK = {"n": 11, "observed": 3.0, "expected": 1.0, "z": 3.0}


def statistics() -> dict[str, dict[str, Any]]:
    """Method → a statistic of ours, as the method would keep it."""
    near = {"near": 20, "above": 15, "expected": 10.0}
    steps = [[-2, 3, 5.0], [-1, 2, 5.0], [0, 11, 6.0], [1, 4, 4.0]]
    low = told(k=4, n=12)
    expected = {"actual": 60.0, "expected": 50.0, "low": 1.0, "high": 19.0, "pupils": 23, "unit": "percent"}
    of_class = {"class": "5Б", "n": 11, "works": [told(**CLASS_WORK)]}
    full = {"n": 11, "evidence": 2.0, "full": [0.0, 100.0, 100.0], "expected": [50.0, 60.0, 20.0]}
    return {
        "objectivity.bunching": {"steps": steps, "works": [told(**near)]},
        "objectivity.corrected_answers": {"class": "5Б", "works": [told(**full)]},
        "objectivity.person_fit": of_class,
        "objectivity.item_inversion": of_class,
        "objectivity.low_variance": of_class,
        "objectivity.journal_mismatch": told(n=23),
        "objectivity.journal_gap": told(n=23),
        "objectivity.inflated_mean": told(n=23, mean=3.0, region={"mean": 2.5}),
        "objectivity.absence": {"works": [told(n=24, absent=1)]},
        "objectivity.residual": {"works": [told(n=23, mean=3.0, expected=2.0, maximum=6)]},
        "objectivity.cohort_change": told(earlier=told(YEAR - 1), low_fence=0.9, high_fence=1.1),
        "context.resilient": expected,
        "rating.leaders": expected,
        "low_results.share_30": {"low": [low]},
        "low_results.posterior": {"low": [low]},
        "low_results.three_years": {"years": [{"year": YEAR, "low": [low]}]},
        "items.failing": told(n=23),
        "change.sharp": {"work": told()},
    }


METHODS = sorted(
    str(path.relative_to(Path(pictures.__file__).parent).with_suffix("")).replace("/", ".")
    for path in Path(pictures.__file__).parent.glob("*/[a-z]*.py")
)


def test_every_picture_belongs_to_a_method_that_gives_findings():
    giving = {one.computes for one in definitions().methods.values() if one.gives == "findings"}
    assert METHODS
    assert set(METHODS) <= giving


@pytest.mark.parametrize("method", METHODS)
def test_the_picture_of_every_method_is_drawn_for_the_department_and_for_the_school(region, method):
    one = finding(method, region, statistics()[method])
    for reader in (sight("department", region.home), sight("school", school(OURS))):
        assert drawn(one, reader)


@pytest.mark.parametrize("method", METHODS)
def test_a_school_finds_no_name_of_another_in_its_pictures(region, method):
    Figure.objects.create(
        method="context.expectation", year=YEAR, organisation=school(NEAR), statistic=statistics()["rating.leaders"]
    )
    one = finding(method, region, statistics()[method])
    for chart in drawn(one, sight("school", school(OURS))).values():
        said = f"{chart.svg()} {chart.alt} {chart.data_table.formatted_rows()}"
        assert OTHER not in said
        assert AWAY not in said


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("objectivity.inflated_mean", "schools"),
        ("objectivity.absence", "absent"),
        ("low_results.share_30", "funnel"),
        ("objectivity.cohort_change", "years"),
        ("rating.leaders", "expected"),
    ],
)
def test_a_department_sees_its_schools_by_name_and_no_other(region, method, name):
    Figure.objects.create(
        method="context.expectation", year=YEAR, organisation=school(NEAR), statistic=statistics()["rating.leaders"]
    )
    chart = drawn(finding(method, region, statistics()[method]), sight("department", region.home))[name]
    assert set(numbers(chart)) == {HOME, OTHER}


def test_chance_in_the_funnel_is_of_all_schools_of_the_municipality_for_its_school_too(region):
    one = finding("low_results.share_30", region, statistics()["low_results.share_30"])
    for_school = drawn(one, sight("school", school(OURS)))["funnel"]
    for_department = drawn(one, sight("department", region.home))["funnel"]
    assert numbers(for_school) == [HOME]
    bounds = {row.cells["name"]: row.cells["chance_high"] for row in for_department.data_table.lines}
    assert for_school.data_table.lines[0].cells["chance_high"] == bounds[HOME]


def test_bunching_draws_the_method_s_own_expectation(region):
    found = drawn(finding("objectivity.bunching", region, statistics()["objectivity.bunching"]), sight("admin", root()))
    assert list(found) == ["borders", "work"]
    rows = [(row.cells["observed"], row.cells["expected"]) for row in found["borders"].data_table.lines]
    assert rows == [(3, 5.0), (2, 5.0), (11, 6.0), (4, 4.0)]
    assert found["work"].title.replace("\u00a0", " ").endswith("математика · 5 класс · 2022")


def test_bunching_without_steps_draws_the_work_alone(region):
    statistic = {"works": statistics()["objectivity.bunching"]["works"]}
    assert list(drawn(finding("objectivity.bunching", region, statistic), sight("admin", root()))) == ["work"]


def test_tasks_with_more_full_answers_than_expected_come_first(region):
    one = finding("objectivity.corrected_answers", region, statistics()["objectivity.corrected_answers"])
    chart = drawn(one, sight("admin", root()))["tasks"]
    assert numbers(chart, "number") == ["3", "2", "1"]
    assert "5Б: 3 (100 % против ожидаемых 20 %)" in chart.alt.replace("\u00a0", " ")


def test_tasks_of_a_class_stand_from_the_easy_to_the_hard_by_the_territory(region):
    one = finding("objectivity.item_inversion", region, statistics()["objectivity.item_inversion"])
    chart = drawn(one, sight("admin", root()))["tasks"]
    of_territory = [row.cells["territory"] for row in chart.data_table.lines]
    assert of_territory == sorted(of_territory, reverse=True)
    of_class = {row.cells["number"]: row.cells["percent"] for row in chart.data_table.lines}
    assert of_class == {"1": 0.0, "2": 100.0, "3": 100.0}


def test_the_histogram_of_a_class_is_of_the_class(region):
    one = finding("objectivity.low_variance", region, statistics()["objectivity.low_variance"])
    chart = drawn(one, sight("admin", root()))["scores"]
    assert [row.cells["n"] for row in chart.data_table.lines] == [0, 0, 0, 0, 0, 11, 0]


def test_a_change_of_a_cohort_is_drawn_among_all_schools_of_the_region(region):
    one = finding("objectivity.cohort_change", region, statistics()["objectivity.cohort_change"])
    assert "3 школы" in drawn(one, sight("school", school(OURS)))["years"].alt.replace("\u00a0", " ")


def test_absent_are_counted_among_those_who_should_have_sat(region):
    chart = drawn(finding("objectivity.absence", region, statistics()["objectivity.absence"]), sight("admin", root()))
    shares = {row.cells["name"]: row.cells["share"] for row in chart["absent"].data_table.lines}
    assert (shares[HOME].k, shares[HOME].n) == (1, 24)


@pytest.mark.parametrize("method", METHODS)
def test_a_work_that_is_gone_leaves_no_picture_and_no_error(region, method):
    statistic = statistics()[method]
    one = finding(method, region, statistic)
    Batch.objects.update(procedure=None)
    Procedure.objects.all().delete()
    left = {"objectivity.bunching": ["borders"], "context.resilient": ["expected"], "rating.leaders": ["expected"]}
    assert list(drawn(one, sight("admin", root()))) == left.get(method, [])


def test_an_old_finding_has_no_picture_for_values_have_moved_on(region):
    one = finding("items.failing", region, statistics()["items.failing"], superseded_at="2026-01-01T00:00Z")
    assert pictures_of(one, sight("admin", root())) == {}


def test_a_method_without_a_module_and_one_that_is_gone_have_no_pictures(region):
    admin = sight("admin", root())
    for method in ("objectivity.parallel_jump", "objectivity.no_such_method"):
        assert pictures_of(finding(method, region, {}), admin) == {}


@pytest.mark.parametrize("name", ["person_fit", "item_inversion", "low_variance", "residual"])
def test_verdicts_begin_where_the_probability_is_small_enough(name):
    method = definitions().methods[f"objectivity.{name}"]
    said = strength_of(method, {"likely": 0.025, "robust": 0.001})
    assert (said.likely, said.robust) == (pytest.approx(1.96, abs=0.001), pytest.approx(3.09, abs=0.001))


def test_odds_are_told_as_their_logarithm():
    said = strength_of(definitions().methods["objectivity.corrected_answers"], {"likely": 30, "robust": 1000})
    assert (said.likely, said.robust) == (pytest.approx(1.477, abs=0.001), pytest.approx(3))


def test_a_method_that_says_nothing_of_its_strength_has_no_lines():
    said = strength_of(definitions().methods["objectivity.markers_2021"], {})
    assert (said.words, said.likely, said.robust) == ("Сила сигнала", None, None)


@pytest.mark.parametrize("impossible", [0, 1])
def test_a_probability_that_nobody_reaches_has_no_line(impossible):
    assert deviations(impossible) is None
