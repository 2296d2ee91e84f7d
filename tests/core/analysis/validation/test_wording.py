"""How often a signal errs, as a screen says it; and targets held against what was measured."""

from dataclasses import replace

import pytest

from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.validation.targets import TARGETS, held_against_targets
from msoko.core.analysis.validation.wording import false_alarm_in_words, false_alarm_of, one_school_of
from msoko.core.definitions.validation import (
    ALL_SIZES,
    DISTRICTS,
    REAL,
    SIMULATED,
    UNTOUCHED,
    Estimate,
    Measured,
    SourceTold,
    Validation,
)

BUNCHING = "objectivity.bunching"


def rate(value: float) -> Estimate:
    return Estimate(value, value / 2, min(1.0, value * 2))


def validation(marked: float = 0.02, likely: float = 0.0167, robust: float = 0.0, **areas: float) -> Validation:
    honest = {"marked": rate(marked), "likely": rate(likely), "robust": rate(robust)}
    rows = [Measured(BUNCHING, UNTOUCHED, SIMULATED, ALL_SIZES, 290, 290, 10, false_alarm=honest)]
    rows.append(Measured(BUNCHING, UNTOUCHED, DISTRICTS, ALL_SIZES, 17.5, 17.5, 160, false_alarm=honest))
    rows += [
        Measured(BUNCHING, key, REAL, ALL_SIZES, 600, 600, 10, auc=rate(value), precision_5=rate(0.79))
        for key, value in areas.items()
    ]
    sources = (SourceTold(SIMULATED, 2025, ("РУ4",), 290, 10), SourceTold(REAL, 2021, ("РУ4",), 600, 10))
    return Validation(1, False, sources, {BUNCHING: {"robust": 0.001, "procedures": ["vpr"]}}, tuple(rows))


def test_the_rate_is_said_as_one_school_of_so_many():
    said = false_alarm_in_words(BUNCHING, Verdict.LIKELY, validation=validation())
    assert said == "на\u00a0честных данных такой или более сильный сигнал даёт 1\u00a0школа из\u00a060"


def test_a_rate_of_nought_says_how_many_schools_were_looked_at():
    said = false_alarm_in_words(BUNCHING, Verdict.ROBUST, validation=validation())
    assert said == "на\u00a0честных данных такой сигнал не\u00a0дала ни\u00a0одна из\u00a02\u202f900\u00a0школ"


@pytest.mark.parametrize(
    ("verdict", "schools", "said"),
    [
        (Verdict.LIKELY, None, "1 школа из 60; на реальных файлах, честных и нет вместе, — 1 школа из 12"),
        (Verdict.ROBUST, None, "ни одна из 2 900 школ; на реальных файлах, честных и нет вместе, — 1 школа из 27"),
        (Verdict.LIKELY, 18, "1 школа из 60"),
    ],
)
def test_beside_invented_schools_stand_real_ones_as_they_are(verdict, schools, said):
    """Of a signal that marks eight real schools of a hundred «1 из 590» alone would call all of them guilty."""
    real = {"likely": rate(1 / 12), "robust": rate(0.037)}
    known = validation()
    as_they_are = Measured(BUNCHING, UNTOUCHED, REAL, ALL_SIZES, 600, 600, 1, false_alarm=real)
    known = replace(known, measured=(*known.measured, as_they_are))
    told = false_alarm_in_words(BUNCHING, verdict, schools=schools, validation=known)
    assert told.replace("\xa0", " ").replace("\u202f", " ").endswith(said)


def test_of_few_schools_the_rate_is_that_of_districts():
    said = false_alarm_in_words(BUNCHING, Verdict.ROBUST, schools=18, validation=validation())
    assert said.endswith("ни\u00a0одна из\u00a02\u202f800\u00a0школ")


@pytest.mark.parametrize(
    ("method", "verdict", "parameters"),
    [
        ("low_results.share_30", Verdict.ROBUST, None),
        (BUNCHING, Verdict.FEW_DATA, None),
        (BUNCHING, None, None),
        (BUNCHING, Verdict.ROBUST, {"robust": 0.01, "procedures": ["vpr"]}),
    ],
)
def test_nothing_is_said_of_what_was_not_measured(method, verdict, parameters):
    assert false_alarm_of(method, verdict, parameters, validation=validation()) is None
    assert false_alarm_in_words(method, verdict, parameters, validation=validation()) is None


def test_which_works_are_counted_does_not_matter():
    asked = {"robust": 0.001, "procedures": ["any"], "score": "printed"}
    assert false_alarm_of(BUNCHING, Verdict.ROBUST, asked, validation=validation()) == rate(0.0)


def test_a_doubtful_finding_errs_as_often_as_the_rule_marks():
    assert false_alarm_of(BUNCHING, Verdict.DOUBTFUL, validation=validation()).value == 0.02


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (1 / 60, "1\u00a0школа из\u00a060"),
        (0.0024, "1\u00a0школа из\u00a0420"),
        (0.01, "1\u00a0школа из\u00a0100"),
        (0.25, "1\u00a0школа из\u00a04"),
        (0.34, "3\u00a0школы из\u00a010"),
        (1, "10\u00a0школ из\u00a010"),
    ],
)
def test_one_school_of_so_many(share, said):
    assert one_school_of(share) == said


@pytest.mark.parametrize("share", [0, -0.1, 1.1])
def test_there_is_no_school_of_an_impossible_share(share):
    with pytest.raises(ValueError, match="no school"):
        one_school_of(share)


def test_a_target_is_reached_by_what_was_measured_and_not_otherwise():
    reached = held_against_targets(validation(lifted_two=0.96, lifted_one=0.89))
    said = {(one.target.manipulation, one.target.measure): one.is_reached for one in reached}
    assert said["lifted_two", "auc"] is True
    assert said["lifted_two", "precision_5"] is False
    assert said["lifted_one", "auc"] is False
    assert said["corrected_in_all", "auc"] is False  # not measured at all
    assert len(reached) == len(TARGETS)
    assert {one.source for one in reached} == {REAL}
