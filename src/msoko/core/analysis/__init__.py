"""Methods of analysis: results of a region go in, findings with their uncertainty and figures come out.

A method is a definition (definitions/methods/) and a module of `methods/` with `compute(panel, parameters) -> Outcome`
and `sentence(told) -> str`; both are found by the name, nothing is registered.
"""

from importlib import import_module
from typing import Protocol

from msoko.core.analysis.outcome import Outcome, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.definitions.kinds import Method


class Computation(Protocol):
    """What a module of `methods/` has."""

    def compute(self, panel: Panel, parameters: Parameters) -> Outcome: ...

    def sentence(self, told: Told) -> str: ...


def computation_of(method: Method) -> Computation:
    """The module that computes the method. Raises ModuleNotFoundError where there is none (`msoko check` says so)."""
    module: Computation = import_module(f"{__name__}.methods.{method.computes}")
    return module
