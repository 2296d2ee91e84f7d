"""What the note is written from: plain figures, already computed. Nothing here reads a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from msoko.core.monitoring.intervals import mean_interval
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown

Kind = Literal["municipality", "school"]
ScaleStatus = Literal["official", "transferred", "unofficial", "to_check", "none"]
Basis = Literal["items", "printed"]


@dataclass(frozen=True)
class Subject:
    """Forms from the definitions: «математика», «математики», «математике» (по математике)."""

    nominative: str
    genitive: str
    dative: str


@dataclass(frozen=True)
class Journal:
    """The mark of the work against the journal mark; only participants who have both."""

    lowered: int
    confirmed: int
    raised: int

    @property
    def total(self) -> int:
        return self.lowered + self.confirmed + self.raised


@dataclass(frozen=True)
class Figures:
    """One organisation in one procedure. `sd` with n − 1; `mean_percent` 0–100; `marks`: mark → n, or None."""

    participants: int
    absent: int | Unknown = Unknown.MISSING
    mean: float | Unknown = Unknown.MISSING
    sd: float | Unknown = Unknown.MISSING
    mean_percent: float | Unknown = Unknown.MISSING
    marks: Mapping[int, int] | None = None
    passed: Share | Unknown = Unknown.NOT_APPLICABLE
    quality: Share | Unknown = Unknown.NOT_APPLICABLE
    journal: Journal | Unknown = Unknown.MISSING

    def percent_interval(self, maximum: int) -> tuple[float, float] | Unknown:
        """95 % interval of the mean in per cent of the maximum: the very interval of the pages, kept within 0–100.

        Not applicable below two participants or where all scores are equal: there is no spread to judge by.
        """
        if isinstance(self.mean, Unknown) or isinstance(self.sd, Unknown):
            return Unknown.MISSING
        if self.participants < 2 or self.sd == 0:
            return Unknown.NOT_APPLICABLE
        low, high = mean_interval(self.mean, self.sd, self.participants, maximum)
        return 100 * low / maximum, 100 * high / maximum


@dataclass(frozen=True)
class Unit:
    """A school of the municipality, or a class of the school."""

    name: str
    figures: Figures


@dataclass(frozen=True)
class Comparison:
    """A larger territory. `name` stands alone in tables («Регион»), `locative` in sentences («в регионе»)."""

    name: str
    locative: str
    figures: Figures
    histogram: Mapping[int, int] | None = None


@dataclass(frozen=True)
class Scale:
    """`bounds`: (mark, its highest primary score), ascending; `source` says where the scale comes from."""

    status: ScaleStatus
    source: str = ""
    bounds: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Item:
    """`facility`: mean in per cent of the maximum, with its interval where it could be computed."""

    number: str
    maximum: int
    facility: float
    participants: int
    territory_facility: float | Unknown = Unknown.MISSING
    low: float | Unknown = Unknown.MISSING
    high: float | Unknown = Unknown.MISSING
    level: str | Unknown = Unknown.MISSING
    content: str = ""


@dataclass(frozen=True)
class YearFigures:
    """The same subject and grade in another year; `maximum` of that year's work."""

    year: int
    figures: Figures
    maximum: int
    territory_mean_percent: float | Unknown = Unknown.MISSING


@dataclass(frozen=True)
class SourceBatch:
    """One uploaded file."""

    file_name: str
    accepted_on: date
    rows: int


@dataclass(frozen=True)
class ProcedureNoteData:
    """`comparisons` go from the nearest territory to the largest; pictures compare with the first.

    `previous` holds other years, without this one. `not_computed` are whole sentences, shown as they are.
    """

    organisation: str
    kind: Kind
    procedure: str
    year: int
    grade: int
    subject: Subject
    maximum: int
    scale: Scale
    basis: Basis
    own: Figures
    units: tuple[Unit, ...]
    histogram: Mapping[int, int]
    data_date: date
    comparisons: tuple[Comparison, ...] = ()
    journal_matrix: Mapping[tuple[int, int], int] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    previous: tuple[YearFigures, ...] = ()
    not_computed: tuple[str, ...] = ()
    sources: tuple[SourceBatch, ...] = ()
    method_version: str = ""
    author: str = ""
    minimum_n: int = 10
    demonstration: bool = False

    @property
    def first_comparison(self) -> Comparison | None:
        return self.comparisons[0] if self.comparisons else None

    @property
    def unit_words(self) -> tuple[str, str, str]:
        """«школа, школы, школ» of a municipality, «класс, класса, классов» of a school."""
        return ("школа", "школы", "школ") if self.kind == "municipality" else ("класс", "класса", "классов")
