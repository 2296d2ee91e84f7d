"""What the signals are to reach on real files with manipulation in them, and whether they do."""

from dataclasses import dataclass

from msoko.core.definitions.validation import REAL, SIMULATED, Estimate, Measured, Validation

AUC, PRECISION = "auc", "precision_5"


@dataclass(frozen=True)
class Target:
    """`measure` of the signal against the manipulation is to be at least so much, 0–1."""

    signal: str
    manipulation: str
    measure: str
    least: float


TARGETS = (
    Target("objectivity.bunching", "lifted_two", AUC, 0.95),
    Target("objectivity.bunching", "lifted_two", PRECISION, 0.80),
    Target("objectivity.bunching", "lifted_one", AUC, 0.90),
    Target("objectivity.corrected_answers", "corrected_in_all", AUC, 0.85),
    Target("objectivity.corrected_answers", "corrected_in_one", AUC, 0.85),
)


@dataclass(frozen=True)
class Reached:
    """A target beside what was measured; `estimate` None where it was not. `source`: on which data."""

    target: Target
    source: str
    estimate: Estimate | None

    @property
    def is_reached(self) -> bool:
        return self.estimate is not None and self.estimate.value >= self.target.least


def held_against_targets(validation: Validation) -> list[Reached]:
    """On real files where there are some, else on invented regions."""
    source = REAL if validation.source(REAL) else SIMULATED
    return [Reached(one, source, _measure(validation, one, source)) for one in TARGETS]


def _measure(validation: Validation, target: Target, source: str) -> Estimate | None:
    found: Measured | None = validation.of(target.signal, target.manipulation, source)
    if found is None:
        return None
    return found.auc if target.measure == AUC else found.precision_5
