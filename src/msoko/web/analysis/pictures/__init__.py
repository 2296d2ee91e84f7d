"""Pictures of findings, found by the name of the method: `pictures/<family>/<method>.py`.

A module has `draw(reading) -> dict[str, Chart]`: name in the address → picture, the most telling first. It may have
`strength(parameters) -> Strength`: on which scale the method's findings are ordered. Modules that begin with `_` are
shared.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol, cast

from msoko.core.definitions.kinds import Method
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.models import Finding
from msoko.web.analysis.pictures._reading import Reading
from msoko.web.analysis.pictures._strength import Strength
from msoko.web.definitions import definitions
from msoko.web.people.sight import Sight

__all__ = ["Strength", "has_pictures", "pictures_of", "strength_of"]


class _Drawing(Protocol):
    def draw(self, reading: Reading) -> dict[str, Chart]: ...


def pictures_of(finding: Finding, sight: Sight) -> dict[str, Chart]:
    """Name → picture; {} where the method has none, of what newer data have replaced, and where the reader may not know
    the class.

    Pictures are drawn from values as they stand now: beside an old finding they would contradict it.
    """
    if finding.is_veiled or not finding.is_current:
        return {}
    method = definitions().methods.get(finding.method)
    module = _module_of(method.computes) if method else None
    return module.draw(Reading(finding, sight)) if module else {}


def has_pictures(method: Method) -> bool:
    return _module_of(method.computes) is not None


def strength_of(method: Method, parameters: Mapping[str, Any]) -> Strength:
    """What the strength of the method's findings is, and from where its verdicts begin; a failed run has no
    parameters, and then there are no lines."""
    told = getattr(_module_of(method.computes), "strength", None)
    return cast(Strength, told(parameters)) if told else Strength()


@cache
def _module_of(computes: str) -> _Drawing | None:
    name = f"{__name__}.{computes}"
    family = name.rpartition(".")[0]
    if find_spec(family) is None or find_spec(name) is None:
        return None
    return cast(_Drawing, import_module(name))
