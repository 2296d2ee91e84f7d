"""What reading a file gives: plain columns as the file says them, before anything is judged."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from msoko.core.collection.complaints import Complaint
from msoko.core.definitions.kinds import WorkItem


class Grain(StrEnum):
    PUPILS = "pupils"  # one row a participant
    AGGREGATES = "aggregates"  # one row a territory or school
    RECORDS = "records"  # rows of a layout of our own (register, social passport, …)


class Origin(StrEnum):
    """Where year, grade or subject was learnt; all but CONTENT and USER are shown for confirmation.

    LAYOUT is the last resort: the year in which files of this layout are known to have come.
    """

    CONTENT = "content"
    FILE_NAME = "file_name"
    FOLDER = "folder"
    USER = "user"
    LAYOUT = "layout"


@dataclass(frozen=True)
class Hints:
    """What is known besides the content: the path as given by the user, and his own words."""

    path: str = ""
    year: int | None = None
    grade: int | None = None
    subject: str | None = None  # slug


@dataclass(frozen=True)
class Naming:
    """Which procedure it is. `year` is the edition year of the work, `grade` the grade it is written for.

    `pupils_grade` and `academic_year` (its first calendar year) tell who sat it and when: the works of 2020 were
    sat in autumn by pupils one grade higher. `label` tells apart procedures alike in all else (wave, date, form).
    """

    procedure: str
    year: int | None = None
    grade: int | None = None
    subject: str | None = None
    label: str = ""
    origins: dict[str, Origin] = field(default_factory=dict)
    pupils_grade: int | None = None
    academic_year: int | None = None

    @property
    def missing(self) -> list[str]:
        return [what for what in ("year", "grade", "subject") if getattr(self, what) is None]

    def with_(self, **changes: object) -> "Naming":
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class SchoolClaim:
    """A school as a file names it. `key`: its login in lower case, or 'oo:<code>', or 'name:<municipality>|<name>'."""

    key: str
    name: str = ""
    municipality: str = ""
    municipality_code: str = ""
    region: str = ""


@dataclass
class Pupils:
    """One list a column, one entry a participant, every cell as `cells.text` gives it ('' for nothing).

    `items` holds one list an item column, `item_headers` the items as the header tells them (maximum None where it
    does not say). `outside` tells whether the row has cells outside the known columns. `row_numbers` count from 1 in
    `sheet`. `identity` is whose row it is, '' where the file does not say: plain text that lives until
    `collection.read` puts its keyed hash into `link` and forgets it.
    """

    sheet: str
    row_numbers: list[int]
    login: list[str]
    code: list[str]
    class_label: list[str]
    sex: list[str]
    variant: list[str]
    journal_mark: list[str]
    total: list[str]
    items: list[list[str]]
    item_headers: list[WorkItem]
    item_columns: list[str]  # header texts, for complaints
    second_variant: list[str] | None = None
    printed_mark: list[str] | None = None
    test_score: list[str] | None = None
    outside: list[bool] | None = None
    identity: list[str] | None = field(default=None, repr=False)
    link: list[str] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.row_numbers)


@dataclass
class Reading:
    """One procedure (or one register) found in a file. A file may hold several."""

    source: str
    grain: Grain
    naming: Naming
    complaints: list[Complaint] = field(default_factory=list)
    dropped_columns: list[str] = field(default_factory=list)
    schools: list[SchoolClaim] = field(default_factory=list)
    pupils: Pupils | None = None
    rows: list[dict[str, object]] = field(default_factory=list)  # aggregates and records: key → value
    title: str = ""
