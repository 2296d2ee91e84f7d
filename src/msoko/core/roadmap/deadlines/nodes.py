"""What the phrases of a deadline say, before it is known on which days that falls."""

from dataclasses import dataclass
from enum import Enum, auto

from msoko.core.roadmap.deadlines.spans import Every, Unit
from msoko.core.roadmap.deadlines.stretches import OfYear


class Role(Enum):
    """«В мае», «до мая», «не позднее мая», «с мая», «после мая»."""

    IN = auto()
    BEFORE = auto()
    BY = auto()
    SINCE = auto()
    AFTER = auto()


@dataclass(frozen=True)
class Time:
    """A part of the year. `year` is that of its begin, `end_year` that of its end where both are said.

    With `of_school_year` the year is the first of a school year. `in_calendar_year` is what is meant where a calendar
    year is named: «1 полугодие» is September to December, «1 полугодие 2022 года» January to June.
    `is_school_unit`: четверть, триместр, полугодие.
    `closes`: «до конца мая» is the end of May, «до мая» the day before May. `due` is the last day of what is named
    where that is not the end of the part: «в конце учебного года» is May, «до конца учебного года» is 31 August.
    `remark_when_due` is told of «до» and «к» instead of `remark`.
    `names_start`: «до начала учебного года» needs no remark on what «до» means.
    `is_unclear`: «зима 2021».
    `only_then`: «ежегодно» does not repeat it in later years, since all its years are named. `year_is_shared`: the
    year was named once for several parts.
    """

    part: OfYear
    role: Role = Role.IN
    year: int | None = None
    end_year: int | None = None
    of_school_year: bool = False
    in_calendar_year: OfYear | None = None
    is_days: bool = False
    is_range: bool = False
    closes: bool = False
    due: OfYear | None = None
    year_after: bool = False
    during: bool = False
    names_start: bool = False
    is_unclear: bool = False
    only_then: bool = False
    is_school_unit: bool = False
    year_is_shared: bool = False
    text: str = ""
    remark: str | None = None
    remark_when_due: str | None = None

    @property
    def is_due_before(self) -> bool:
        """«До мая»: due on the day before May begins."""
        return self.role is Role.BEFORE and not self.closes and not self.is_days


@dataclass(frozen=True)
class Years:
    """«2021», «2020–2022 гг.», «2023/24 учебный год»: the first and the last one, by their first calendar year.

    `are_over`: «по итогам 2021–2023 годов» is once, when they are over. `may_be_school`: «2022–2023» without «гг.».
    """

    first: int
    last: int
    of_school: bool = False
    role: Role = Role.IN
    during: bool = False
    are_over: bool = False
    may_be_school: bool = False
    remark: str | None = None


@dataclass(frozen=True)
class Each:
    """A frequency: `times` within every one of the units; 0 times where it is not said exactly how often.

    `is_listed`: «по четвертям и году» is all of them; otherwise the finer one says more than «ежегодно».
    """

    every: Every
    times: int = 1
    text: str = ""
    is_listed: bool = False


@dataclass(frozen=True)
class EachWeekday:
    """Days of every week, or with `nth` of every month; not `of_each`: only beside «ежемесячно»."""

    weekdays: tuple[int, ...]
    nth: int | None = None
    text: str = ""
    of_each: bool = True


@dataclass(frozen=True)
class EachPart:
    """«В конце каждой четверти», «последняя неделя месяца», «пятый рабочий день месяца, следующего за отчётным».

    Not `of_each`: «до конца месяца» is of each month only beside «ежемесячно». `is_next`: of the month behind the unit.
    """

    every: Every
    part: str
    text: str
    nth: int = 1
    role: Role = Role.IN
    of_each: bool = True
    is_next: bool = False


@dataclass(frozen=True)
class Except:
    """«Кроме июля и августа», «за исключением 2022 года»: on these days nothing is due."""

    parts: "tuple[Time | Years, ...]"
    text: str


class Months(Enum):
    """Of which month a day is: «до 10 числа каждого месяца», «… месяца, следующего за отчётным», «… первого месяца»."""

    THIS = auto()
    NEXT = auto()


@dataclass(frozen=True)
class DaysOfMonth:
    """«До 25 числа», «с 1 по 5 число», «1 и 15 числа»; of the nth month of the unit, or of those after it.

    `every` is None where the words do not say of which months.
    """

    days: tuple[tuple[int, int], ...]
    until: bool
    text: str
    of: Months = Months.THIS
    every: Every | None = None
    nth: int = 1


@dataclass(frozen=True)
class Always:
    """«Постоянно»."""


@dataclass(frozen=True)
class WholePeriod:
    """«Весь период реализации программы»; `times`: «1 раз за период», None where it goes on all the time."""

    times: int | None = None
    text: str = ""


@dataclass(frozen=True)
class During:
    """«В течение года», «в течение учебного года»."""

    unit: Unit


class Source(Enum):
    """What a condition is: where a date is taken from, an event it depends on, whom it concerns, what it excepts."""

    DOCUMENT = auto()
    EVENT = auto()
    AGREEMENT = auto()
    HOLIDAYS = auto()
    FREQUENCY = auto()
    PLACE = auto()
    UNCLEAR = auto()
    ADDRESSEE = auto()
    EXCEPTION = auto()
    LABEL = auto()
    OUTCOME = auto()
    UNIT = auto()
    LENGTH = auto()
    PURPOSE = auto()


@dataclass(frozen=True)
class Condition:
    text: str
    source: Source


@dataclass(frozen=True)
class Outcome:
    """«По итогам четверти», «по итогам 2022 года», «за 1 полугодие»: a date only where nothing else gives one."""

    text: str
    units: tuple[Every, ...] = ()
    dated: "tuple[Time | Years, ...]" = ()

    @property
    def is_plain(self) -> bool:
        """«На 2022 год» is a condition only beside another date."""
        return self.text.lower().startswith("на ")

    @property
    def is_purpose(self) -> bool:
        """«За 2021 год», «на 1 полугодие» say for what, not from when."""
        return self.text.lower().startswith(("на ", "за "))


@dataclass(frozen=True)
class Undated:
    """A unit without its number and year: «квартал»."""

    text: str


@dataclass(frozen=True)
class Then:
    """«Далее», «затем»: what follows begins when the deadline before is over, «в последующие годы» in the next year."""

    next_year: bool = False


@dataclass(frozen=True)
class Label:
    """«Подготовка — сентябрь, проведение — октябрь»: of what a date is."""

    text: str
    keeps_up: bool = False


@dataclass(frozen=True)
class NotUnderstood:
    """Words that say nothing here; `is_impossible`: a day that no calendar has."""

    text: str
    is_impossible: bool = False


@dataclass(frozen=True)
class Separator:
    tag: str


Node = (
    Time | Years | Except | Each | EachWeekday | EachPart | DaysOfMonth | Always | WholePeriod | During | Condition
    | Outcome | Undated | Then | Label | NotUnderstood | Separator
)  # fmt: skip
