"""The measured quality of signals as a definition that ships."""

import json

import pytest

from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.validation import (
    ALL_SIZES,
    LEVELS,
    RESULTS,
    SIMULATED,
    UNTOUCHED,
    Estimate,
    Measured,
    SourceTold,
    Validation,
    as_text,
    shipped,
)

A = Estimate(0.91234, 0.9, 0.95)
SMALL = Validation(
    seed=3,
    quick=True,
    sources=(SourceTold(SIMULATED, 2025, ("МА4", "РУ4"), 100, 2),),
    parameters={"objectivity.bunching": {"robust": 0.001, "procedures": ["vpr"]}},
    measured=(
        Measured("objectivity.bunching", "lifted_two", SIMULATED, ALL_SIZES, 100.5, 100.5, 2, A, None, {"robust": A}),
        Measured("objectivity.bunching", UNTOUCHED, SIMULATED, ALL_SIZES, 100, 100, 2, false_alarm={"robust": A}),
    ),
    stability={"one": 0.5},
)
STALE = "thresholds have changed since they were measured: make validation"


def test_what_is_written_is_read_back_rounded():
    again = Validation.from_plain(json.loads(as_text(SMALL)))
    assert again.measured[0].auc == Estimate(0.9123, 0.9, 0.95)
    assert again == Validation.from_plain(SMALL.as_plain())
    assert (again.sources, again.parameters, again.stability) == (SMALL.sources, SMALL.parameters, SMALL.stability)
    assert as_text(again) == as_text(SMALL)


def test_one_measurement_is_one_line_of_the_file():
    lines = [line for line in as_text(SMALL).splitlines() if "manipulation" in line]
    assert len(lines) == len(SMALL.measured)


def test_a_false_alarm_is_that_of_untouched_invented_schools():
    assert SMALL.false_alarm("objectivity.bunching", "robust") == A
    assert SMALL.false_alarm("objectivity.bunching", "likely") is None
    assert SMALL.false_alarm("objectivity.bunching", "robust", schools=18) is None
    assert SMALL.false_alarm("objectivity.bunching", "robust", schools=300) == A
    assert SMALL.false_alarm("objectivity.person_fit", "robust") is None


def test_a_file_of_another_shape_is_refused():
    plain = SMALL.as_plain()
    plain["measured"][0]["unknown"] = 1
    with pytest.raises(TypeError):
        Validation.from_plain(plain)


def test_the_shipped_results_are_of_the_methods_as_they_are():
    methods = Definitions.load().methods
    told = shipped()
    assert not told.quick
    of_lists = told.stability["parameters"]
    assert told.parameters == {name: methods[name].defaults for name in told.parameters}, STALE
    assert of_lists == {name: methods[name].defaults for name in of_lists}, STALE
    assert len(of_lists) == 2


def test_the_shipped_results_tell_how_often_every_measured_signal_errs():
    told = shipped()
    rates = [
        told.false_alarm(signal, level, schools=schools)
        for signal in told.signals
        for level in LEVELS
        for schools in (18, 300)
    ]
    assert rates
    assert None not in rates


def test_the_shipped_file_holds_rates_and_nothing_that_counts_rows():
    plain = json.loads(RESULTS.read_text(encoding="utf-8"))
    for one in plain["measured"]:
        shares = [one["auc"], one["precision_5"], *one["found"].values(), *one["false_alarm"].values()]
        for share in filter(None, shares):
            assert 0 <= share["low"] <= share["value"] <= share["high"] <= 1
        assert set(one) == set(Measured.__dataclass_fields__)
