"""Methods of analysis: results of a region go in, findings with their uncertainty and figures come out.

A method is a definition (definitions/methods/) and a module of `methods/` with `compute(panel, parameters) -> Outcome`
and `sentence(told) -> str`; both are found by the name, nothing is registered.
"""

from dataclasses import replace
from importlib import import_module
from typing import Protocol

from msoko.core.analysis.outcome import NotComputed, Outcome, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.definitions.kinds import Method
from msoko.core.vocabulary.russian import NBSP


class Computation(Protocol):
    """What a module of `methods/` has."""

    def compute(self, panel: Panel, parameters: Parameters) -> Outcome: ...

    def sentence(self, told: Told) -> str: ...


def computation_of(method: Method) -> Computation:
    """The module that computes the method. Raises ModuleNotFoundError where there is none (`msoko check` says so)."""
    module: Computation = import_module(f"{__name__}.methods.{method.computes}")
    return module


def computed(method: Method, panel: Panel, parameters: Parameters) -> Outcome:
    """What the method says of the years of the panel that it looks at.

    Where that is nothing at all the reason is added: an empty answer looks like a good one.
    """
    outcome = computation_of(method).compute(panel.of_last(method.years), parameters)
    if outcome.results or outcome.few_data or outcome.procedures or outcome.not_computed:
        return outcome
    reason = f"за {panel.year}{NBSP}г. в{NBSP}системе нет того, о{NBSP}чём спрошено и{NBSP}что считает методика"
    return replace(outcome, not_computed=(NotComputed(None, reason),))
