"""Findings in the records: the same inputs give the same finding, changed ones supersede it and keep the history."""

import gc
from dataclasses import replace

import pytest

from msoko.core.analysis.headings import place_of
from msoko.core.analysis.methods.low_results import share_30
from msoko.core.collection.reading import Grain
from msoko.web.analysis.models import Calculation, Figure, Finding, MethodRun
from msoko.web.analysis.services import calculate_due, calculating, confirm, dismiss
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.services import withdraw
from msoko.web.monitoring.services import recompute_stale
from tests.web.analysis.schools import (
    DISTRICT,
    GOOD,
    LOW,
    MATHS_4,
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
def low_school(settings, tmp_path) -> None:
    """A school that is low in two works, and two that are not."""
    settings.DEFINITIONS_FOLDER = tmp_path / "definitions"
    count_every_procedure(settings.DEFINITIONS_FOLDER)
    district()
    for name in (MATHS_4, MATHS_5):
        written(name, pupils(LOW, 12, 8), pupils(GOOD, 1, 19), pupils(OTHER, 0, 20))


def count_every_procedure(folder) -> None:
    path = folder / "method_settings" / "low_results" / "share_30.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("set: {procedures: [any]}\nwhy: Проверка.\nsource: Тест.\n", encoding="utf-8")


def test_a_school_that_is_low_in_two_works_is_found_and_explains_itself(low_school) -> None:
    (finding,) = findings()
    assert finding.organisation == school(LOW)
    assert finding.sentence.startswith("Не справились 60\u00a0% (12\u00a0из\u00a020; ")
    assert (finding.state, finding.verdict) == ("new", "robust")
    assert {row[1] for row in finding.inputs} == {school(LOW).pk}


def test_recomputation_of_the_same_inputs_leaves_the_finding_alone(low_school) -> None:
    (before,) = findings()
    Calculation.objects.update(inputs="")
    assert calculate_due() > 0
    (after,) = findings()
    assert (after.pk, after.created_at) == (before.pk, before.created_at)
    assert Finding.objects.filter(method=SHARE_30).count() == 1


def test_without_any_change_nothing_is_due(low_school) -> None:
    findings()
    assert calculate_due() == 0


def test_changed_results_of_the_school_supersede_the_finding_and_keep_its_decision_as_history(low_school) -> None:
    (before,) = findings()
    confirm(before, None, "обсудили на совете")
    written(MATHS_5, pupils(LOW, 15, 5))
    (after,) = findings()
    before.refresh_from_db()
    assert after.pk != before.pk
    assert after.predecessor == before
    assert before.superseded_at is not None
    assert (before.state, before.reason) == ("confirmed", "обсудили на совете")
    assert (after.state, after.carried_over) == ("new", False)


def test_results_of_another_school_do_not_touch_the_decision(low_school) -> None:
    (before,) = findings()
    confirm(before, None)
    written(MATHS_5, pupils(OTHER, 5, 15))
    (after,) = findings()
    assert after.state == "confirmed"


def test_a_finding_that_is_no_longer_said_is_superseded_by_nothing(low_school) -> None:
    (before,) = findings()
    written(MATHS_5, pupils(LOW, 0, 20))
    assert findings() == []
    before.refresh_from_db()
    assert before.superseded_at is not None


def test_a_finding_that_comes_back_stands_after_the_one_that_went(low_school) -> None:
    findings()
    written(MATHS_5, pupils(LOW, 0, 20))
    findings()
    written(MATHS_5, pupils(LOW, 14, 6))
    (again,) = findings()
    assert again.state == "new"
    assert Finding.objects.filter(method=SHARE_30).count() == 2


def test_withdrawing_the_last_protocol_of_a_year_takes_its_findings_along(low_school) -> None:
    findings()
    for batch in Batch.objects.filter(state=Batch.State.ACCEPTED, grain=Grain.PUPILS):
        withdraw(batch, None, "ошибка")
    assert findings() == []


def test_withdrawing_the_last_protocol_of_a_municipality_takes_its_figures_along() -> None:
    district()
    written(MATHS_5, pupils(LOW, 12, 8))
    other = written(MATHS_5, pupils(OTHER, 12, 8))
    calculated()
    told = Figure.objects.filter(method="items.territory", organisation__kind="municipality")
    assert set(told.values_list("organisation__name", flat=True)) == {DISTRICT, NEIGHBOUR}
    withdraw(other, None, "ошибка")
    calculated()
    assert set(told.values_list("organisation__name", flat=True)) == {DISTRICT}


def test_a_dismissed_finding_stays_dismissed_while_the_school_s_results_stay(low_school) -> None:
    (finding,) = findings()
    dismiss(finding, None, "один класс болел")
    written(MATHS_4, pupils(GOOD, 2, 18))
    (after,) = findings()
    assert (after.state, after.reason) == ("dismissed", "один класс болел")


def test_every_run_says_what_it_was_made_with(low_school) -> None:
    calculated()
    run = MethodRun.objects.get(method=SHARE_30, territory=None)
    assert run.parameters["procedures"] == ["any"]
    assert len(run.version) == 16
    assert run.failure == ""
    assert [one["eligible"] for one in run.procedures] == [3, 3]


def test_a_method_that_fails_keeps_its_findings_and_says_that_it_failed(low_school, monkeypatch) -> None:
    (before,) = findings()

    def broken(panel, parameters):
        raise ZeroDivisionError

    monkeypatch.setattr(share_30, "compute", broken)
    calculated_again()
    assert MethodRun.objects.get(method=SHARE_30, territory=None).failure == "ZeroDivisionError"
    before.refresh_from_db()
    assert before.superseded_at is None


def test_memory_is_looked_after_again_when_a_calculation_has_ended_or_failed(low_school, monkeypatch) -> None:
    looked_after = []

    def gathered(*_):
        looked_after.append(gc.isenabled())
        raise OSError("диск")

    calculated()
    monkeypatch.setattr(calculating, "gather", gathered)
    assert gc.isenabled()
    with pytest.raises(OSError, match="диск"):
        calculating.calculate(Calculation.objects.first())
    assert looked_after == [False]
    assert gc.isenabled()


def twice(outcome):
    return replace(outcome, results=outcome.results * 2)


def endless(outcome):
    return replace(outcome, territory={"index": float("nan")})


@pytest.mark.parametrize("spoilt", [twice, endless])
def test_an_answer_that_cannot_be_kept_is_a_failure_of_its_method_alone(low_school, monkeypatch, spoilt) -> None:
    compute = share_30.compute
    monkeypatch.setattr(share_30, "compute", lambda panel, parameters: spoilt(compute(panel, parameters)))
    assert findings() == []
    runs = dict(MethodRun.objects.filter(calculation__year=2022).values_list("method", "failure"))
    assert {method for method, failure in runs.items() if failure} == {SHARE_30}
    monkeypatch.undo()
    calculated_again()
    assert len(findings()) == 1
    assert not MethodRun.objects.exclude(failure="").exists()


def test_a_sentence_that_fails_is_a_failure_of_its_method_alone(low_school, monkeypatch) -> None:
    (before,) = findings()
    monkeypatch.setattr(share_30, "sentence", lambda told: told.statistic["nothing"])
    calculated_again()
    assert MethodRun.objects.get(method=SHARE_30, calculation__year=2022).failure == "KeyError"
    before.refresh_from_db()
    assert before.superseded_at is None


def test_a_finding_that_stays_is_told_in_today_s_words(low_school, monkeypatch) -> None:
    (before,) = findings()
    monkeypatch.setattr(share_30, "sentence", lambda _: "Иначе.")
    calculated_again()
    (after,) = findings()
    assert (after.pk, after.sentence) == (before.pk, "Иначе.")


def calculated_again() -> None:
    Calculation.objects.update(inputs="")
    assert calculate_due() > 0


def test_the_place_of_the_longest_named_work_fits_into_the_record() -> None:
    """SQLite takes any length, PostgreSQL would refuse the whole calculation."""
    longest = {name: "ж" * Procedure._meta.get_field(name).max_length for name in ("kind", "subject", "label")}
    place = place_of(Procedure(**longest, grade=11, year=2022))
    for record in (Finding, Figure):
        assert len(f"{place}/same_pupils") <= record._meta.get_field("about").max_length


def test_a_worker_that_comes_late_does_not_do_again_what_another_has_done(low_school, monkeypatch) -> None:
    """It has seen what is wanted before the other worker was ready."""
    recompute_stale()
    wanted = list(calculating._wanted(calculating.fingerprint_of_everything()))
    assert wanted
    calculate_due()
    monkeypatch.setattr(calculating, "_wanted", lambda _: wanted)
    monkeypatch.setattr(calculating, "_done", {})
    assert calculating.claim_due() is None
