"""A contradiction of typed tables: where it stands, what was stated, what the arithmetic says."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """firm: the numbers cannot all be right; suspicious: they can, but it asks for a look; rounding: the last digit."""

    FIRM = "firm"
    SUSPICIOUS = "suspicious"
    ROUNDING = "rounding"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Severity.FIRM: "числа не сходятся",
    Severity.SUSPICIOUS: "повод проверить",
    Severity.ROUNDING: "округление",
}


@dataclass(frozen=True)
class Place:
    """A cell as a reader finds it: document, table, sheet, row (its number where known, its label), column, value.

    `year` is that of which the number is said, None where it is not known.
    A bound that no table states (the top of a scale, 100 %) is a place too: its table is the name of the rule.
    """

    document: str = ""
    table: str = ""
    sheet: str = ""
    row: int | None = None
    label: str = ""
    column: str = ""
    value: str = ""
    year: int | None = None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Contradiction:
    """`places`: at least two cells, the one in doubt first. `stated`, `recomputed` and `tolerance` as a Russian reads
    them; `arithmetic` is the computation itself («116 / 409 = 28,36 %»), `sentence` says all of it to a methodist.
    """

    rule: str
    severity: Severity
    places: tuple[Place, ...]
    stated: str
    recomputed: str
    arithmetic: str
    sentence: str
    tolerance: str = ""

    def as_json(self) -> Mapping[str, object]:
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "places": [place.as_json() for place in self.places],
            "stated": self.stated,
            "recomputed": self.recomputed,
            "tolerance": self.tolerance,
            "arithmetic": self.arithmetic,
            "sentence": self.sentence,
        }
