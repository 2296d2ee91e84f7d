"""Expected result given the conditions of a school, and how far its actual one is from it."""

from collections.abc import Mapping
from typing import Any

from msoko.core.analysis.methods.context._covariates import COVARIATES
from msoko.core.analysis.methods.context._expectation import Compared, Expected, expectation
from msoko.core.analysis.methods.context._wording import difference_in_words, model_in_words, no_difference
from msoko.core.analysis.outcome import Outcome, Result, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Figures: actual, expected and their difference, whose interval is the result's, in per cent of the maximum.

    In standard deviations of pupils where no maximum is known (`unit` is then «sd»).
    """
    found = expectation(panel, panel.year, parameters)
    return Outcome(
        results=tuple(_result(found, one) for one in found.compared.values()),
        procedures=tuple(work.reference() for work in found.standardised.works),
        not_computed=found.not_computed,
        territory=_territory(found),
    )


def _result(found: Expected, one: Compared) -> Result:
    return Result(
        organisation=one.school,
        statistic=statistic(found, one),
        interval=one.bounds,
        inputs=found.inputs(one.school),
        strength=abs(one.shrunken),
    )


def statistic(found: Expected, one: Compared) -> dict[str, Any]:
    """What is told of a school against its expectation; another method adds to it."""
    assert found.conditions is not None
    assert found.design is not None
    return {
        **one.told(),
        "year": found.year,
        "unit": found.scale.unit,
        "index": found.conditions.by_school[one.school],
        "is_beyond": found.is_beyond(one.school),
        "schools": len(found.compared),
        "covariates": [COVARIATES[key] for key in found.design.used],
        "dropped": {COVARIATES[key]: reason for key, reason in found.design.dropped.items()},
    }


def _territory(found: Expected) -> Mapping[str, Any]:
    """The model as it was fitted: everything in standard deviations of pupils."""
    if found.fit is None or found.design is None:
        return {}
    coefficients = found.fit.coefficients.tolist()
    return {
        "schools": len(found.compared),
        "works": len(found.standardised.works),
        "coefficients": dict(zip(found.design.columns, coefficients, strict=True)),
        "errors": dict(zip(found.design.columns, found.fit.covariance.diagonal().tolist(), strict=True)),
        "between": found.fit.between,
        "within": found.fit.within,
        "centre": found.scale.centre,
        "spread": found.scale.spread,
        "unit": found.scale.unit,
        "dropped": {COVARIATES[key]: reason for key, reason in found.design.dropped.items()},
    }


def sentence(told: Told) -> str:
    """«Средний результат — 66,6 % от максимума, в таких условиях ожидали 50,1 %: на 16,5 п. п. выше (95 %: …)»."""
    one = told.statistic
    is_clear = one["low"] > 0 or one["high"] < 0
    shown = difference_in_words(one) if is_clear else no_difference(one)
    return f"{shown}. {model_in_words(one)}."
