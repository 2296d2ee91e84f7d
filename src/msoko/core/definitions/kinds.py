"""What a definition of each kind holds. One YAML file is one definition (a file of scales holds a year of them)."""

from bisect import bisect_left
from dataclasses import dataclass, field

PARTS_OF_IDENTITY = ("full_name", "surname", "name", "patronymic", "document", "series", "number")
"""`document` holds a number that is one by itself; `number` is one only beside a `series`: else it may count rows."""


@dataclass(frozen=True)
class Subject:
    """A school subject. `code` is the short form of official tables («РУ»), `by` reads «по русскому языку»."""

    slug: str
    name: str
    code: str
    by: str
    genitive: str
    stems: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    scale_subject: str = ""  # whose scales and works it shares (German → foreign_language)


@dataclass(frozen=True)
class Source:
    """A form or examination file. `slug` is its path below sources/ («vpr_pupils/2021»); `reader` names its module.

    `recognised_by`: headers that must all stand in one row of one sheet; `unless`: headers that must not.
    `columns`: field → headers that may name it. `personal`: headers whose columns are dropped on reading. `identity`:
    what of a person (core.collection.identity) → headers that may name it; these columns are personal, too. `linked_by`
    is «code» where one code is one pupil in all works of a school, grade and year, '' where codes say nothing of that.
    """

    slug: str
    title: str
    reader: str
    grain: str
    procedure: str
    recognised_by: tuple[str, ...]
    checked: str
    why: str
    unless: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    personal: tuple[str, ...] = ()
    identity: dict[str, tuple[str, ...]] = field(default_factory=dict)
    linked_by: str = ""
    year: int | None = None
    options: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Condition:
    """What a scale asks besides the total: at least `at_least` points in `items` for `mark` and above."""

    name: str
    items: tuple[str, ...]  # numbers of items; empty where the file says only the total
    at_least: int
    mark: int


@dataclass(frozen=True)
class Scale:
    """Primary score → mark: `bounds` holds the inclusive upper score of marks 2, 3, 4 and 5.

    `status`: official, unofficial, to_check (second-hand), or transferred – given by `Definitions.scale_for` to a scale
    of another year; it is never written in a file.
    """

    procedure: str
    year: int
    subject: str
    grade: int
    bounds: tuple[int, int, int, int]
    status: str
    source: str
    region: str = ""
    conditions: tuple[Condition, ...] = ()

    @property
    def maximum(self) -> int:
        return self.bounds[3]

    def mark(self, score: int) -> int | None:
        """The mark 2…5 of a primary score; None above the maximum or below zero."""
        if not 0 <= score <= self.maximum:
            return None
        return 2 + bisect_left(self.bounds, score)


@dataclass(frozen=True)
class Minimum:
    """The least test score that counts as passed. `purpose`: '' (both), certificate or university."""

    procedure: str
    year: int
    subject: str
    score: int
    status: str
    source: str
    purpose: str = ""
    region: str = ""


@dataclass(frozen=True)
class WorkItem:
    number: str
    maximum: int | None
    level: str = ""  # Б | П | В
    content_element: str = ""
    planned_outcome: str = ""


@dataclass(frozen=True)
class Work:
    """The items of one edition of a work, in the order of the protocol's columns."""

    procedure: str
    year: int
    subject: str
    grade: int
    items: tuple[WorkItem, ...]
    source: str

    @property
    def maximum(self) -> int | None:
        known = [item.maximum for item in self.items if item.maximum is not None]
        return sum(known) if len(known) == len(self.items) else None


@dataclass(frozen=True)
class LayoutColumn:
    key: str
    title: str
    kind: str  # text | choice | count | number | percent | date | year | grade | login | logins
    explanation: str
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""
    aliases: tuple[str, ...] = ()  # other headers under which a region's own file may bring it
    not_above: str = ""  # key of the column of which this one is a part
    sum_of: tuple[str, ...] = ()  # keys of the columns that must add up to this one


@dataclass(frozen=True)
class Layout:
    """A form of our own (XLSX) where no official one exists. `reader` names the module that reads it back.

    Kinds of columns: `login` is one login, `logins` several with semicolons between; `count` an integer not below zero.
    """

    slug: str
    title: str
    sheet: str
    explanation: str
    columns: tuple[LayoutColumn, ...]
    reader: str = "layout"


@dataclass(frozen=True)
class Parameter:
    """A number or a choice that a method depends on; a municipality may set its own.

    `kind`: percent (0–100) | probability (0–1) | count | number | choice | procedures | subjects | weights | flag.
    `lowest` and `highest` bound numbers, both inclusive. `procedures` is a list of words such as «vpr/5» (see
    core.analysis.choosing), `weights` maps names to numbers.
    """

    key: str
    title: str
    kind: str
    default: object
    explanation: str
    lowest: float | None = None
    highest: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Citation:
    """Where a rule comes from. `scope`: federal, regional, municipal or ours."""

    document: str
    edition: str
    scope: str
    page: str = ""


@dataclass(frozen=True)
class Method:
    """A rule of analysis. `slug` is its path below methods/ («low_results/share_30»), `name` what people call it by.

    Another version of a rule lives beside it as «share_30@2021». `computes` names the module of
    core/analysis/methods that computes it. `gives`: findings (somebody is to decide) or figures. `needs`: what beside
    the results of schools it reads – classes, pupils, or slugs of our own forms. `years`: how many years it looks at.
    """

    slug: str
    title: str
    rule: str
    computes: str
    gives: str
    source: Citation
    tells: str
    does_not_tell: str
    parameters: tuple[Parameter, ...]
    checked: str
    why: str
    needs: tuple[str, ...] = ()
    years: int = 1
    to_check: tuple[str, ...] = ()  # what a person looks at before confirming

    @property
    def name(self) -> str:
        """«low_results.share_30»."""
        return self.slug.replace("/", ".")

    @property
    def defaults(self) -> dict[str, object]:
        return {parameter.key: parameter.default for parameter in self.parameters}


@dataclass(frozen=True)
class MethodSetting:
    """Values of a method's parameters that a municipality's folder puts instead of the method's own."""

    method: str  # name of the method
    values: dict[str, object]
    why: str
    source: str
