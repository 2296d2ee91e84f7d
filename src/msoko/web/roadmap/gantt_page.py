"""Gantt: activities down, quarters of calendar years across, what is to be done when and how it stands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from msoko.core.vocabulary.russian import short_date
from msoko.web.roadmap.activity_rows import ActivityRow
from msoko.web.roadmap.plan_dates import window_in_words
from msoko.web.roadmap.roadmap_forms import shortened
from msoko.web.roadmap.roadmap_page import RoadmapPage
from msoko.web.roadmap.standing import NOTHING, Standing, standings_by

ROMAN = ("I", "II", "III", "IV")
MONTHS_OF_QUARTERS = ("янв–мар", "апр–июн", "июл–сен", "окт–дек")
WIDTHS = ((4, 140), (8, 72), (12, 50))
NARROW = 28
"""Units a quarter is wide, by how many quarters there are at most: five years still fit a screen and a page."""
RADIUS = 6
LONGEST_TITLE, LONGEST_WORDS = 70, 400  # letters
SHORT = timedelta(days=6)
"""A window not longer than this is a point: its bar would be thinner than its border."""


class Quarter(NamedTuple):
    year: int
    number: int
    x: int
    middle: int

    @property
    def title(self) -> str:
        return ROMAN[self.number]

    @property
    def months(self) -> str:
        return MONTHS_OF_QUARTERS[self.number]


class Year(NamedTuple):
    year: int
    x: int
    middle: int


class Mark(NamedTuple):
    """A window drawn: a bar, or a point where it is a day or a few. `state` is its look and its word."""

    is_point: bool
    x: float
    width: float
    centre: float
    state: str
    sign: str
    words: str


@dataclass(frozen=True)
class Look:
    """How a state is drawn: its word in the legend, and the sign that says it without colour."""

    words: str
    sign: str


LOOKS: Mapping[str, Look] = {
    "accepted": Look("всё принято", "✓"),
    "overdue": Look("есть просроченные", "!"),
    "waiting": Look("есть отчёты на проверке или возвращённые", "?"),
    "ahead": Look("роздано, срок впереди", ""),
    "untracked": Look("не отслеживается", "–"),
    "planned": Look("ещё не роздано", ""),
}


@dataclass(frozen=True)
class Scale:
    """Days to units. From the first day of a quarter to the last day of one."""

    first: date
    last: date

    @cached_property
    def quarters(self) -> list[Quarter]:
        years = range(self.first.year, self.last.year + 1)
        starts = [(year, number) for year in years for number in range(4)
                  if self.first <= date(year, 3 * number + 1, 1) <= self.last]  # fmt: skip
        return [
            Quarter(year, number, place * self._wide(len(starts)), round((place + 0.5) * self._wide(len(starts))))
            for place, (year, number) in enumerate(starts)
        ]

    @staticmethod
    def _wide(count: int) -> int:
        return next((width for most, width in WIDTHS if count <= most), NARROW)

    @property
    def width(self) -> int:
        return len(self.quarters) * self._wide(len(self.quarters))

    @property
    def years(self) -> list[Year]:
        places: dict[int, list[int]] = defaultdict(list)
        for one in self.quarters:
            places[one.year].append(one.x)
        wide = self._wide(len(self.quarters))
        return [Year(year, xs[0], (xs[0] + xs[-1] + wide) // 2) for year, xs in places.items()]

    @property
    def are_months_named(self) -> bool:
        """There is room for them."""
        return self._wide(len(self.quarters)) > NARROW

    @property
    def radius(self) -> int:
        """Of a point: the due dates of two months next to each other stay two."""
        return RADIUS if self.are_months_named else RADIUS - 2

    def place(self, day: date) -> float:
        """Within its quarter, so that all quarters are equally wide; days outside stand at the edge."""
        clamped = min(max(day, self.first), self.last)
        quarter = (clamped.year - self.first.year) * 4 + (clamped.month - 1) // 3 - (self.first.month - 1) // 3
        begins = _quarter_of(clamped)
        whole = (_next_quarter(begins) - begins).days
        return round((quarter + (clamped - begins).days / whole) * self._wide(len(self.quarters)), 1)

    @classmethod
    def of(cls, begins: date, ends: date) -> "Scale":
        return cls(_quarter_of(begins), _next_quarter(_quarter_of(ends)) - timedelta(days=1))


def _quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _next_quarter(begins: date) -> date:
    return date(begins.year + begins.month // 10, (begins.month + 2) % 12 + 1, 1)


class GanttRow(NamedTuple):
    """`drawing`: the marks as SVG, written here: a page has hundreds of them, and a template takes thrice the time."""

    row: ActivityRow
    marks: list[Mark]
    drawing: SafeString

    @property
    def title(self) -> str:
        return shortened(f"{self.row.activity.number} {self.row.activity.title}".strip(), LONGEST_TITLE)

    @property
    def words(self) -> str:
        """For those who do not see the drawing."""
        return shortened("; ".join(mark.words for mark in self.marks), LONGEST_WORDS)


@dataclass(frozen=True)
class GanttTable(RoadmapPage):
    """The table counted by windows; what stands of an activity is the sum of its windows."""

    @cached_property
    def by_window(self) -> Mapping[tuple[int, date, date], Standing]:
        """(activity, first day, last day) → how what was given out under it stands."""
        keys = ("occurrence__activity", "occurrence__begins", "occurrence__due")
        return standings_by(self.assignments, self.today, *keys)

    @cached_property
    def standings(self) -> Mapping[int, Standing]:
        found: dict[int, Standing] = {}
        for (activity, _, _), standing in self.by_window.items():
            found[activity] = found.get(activity, NOTHING) + standing
        return found


@dataclass(frozen=True)
class GanttPage:
    """Drawn from the rows of the table, so the filters are the same."""

    table: GanttTable

    @cached_property
    def scale(self) -> Scale:
        programme = self.table.roadmap.programme
        return Scale.of(programme.begins, programme.ends)

    @property
    def today(self) -> float | None:
        """Where the line of today stands; None outside the programme's quarters."""
        day = self.table.today
        return self.scale.place(day) if self.scale.first <= day <= self.scale.last else None

    @property
    def today_words(self) -> str:
        return f"сегодня, {short_date(self.table.today)}"

    def drawn(self, rows: Sequence[ActivityRow]) -> list[GanttRow]:
        return [self._row(row, [self._mark(row, *pair) for pair in self._windows(row)]) for row in rows]

    def _row(self, row: ActivityRow, marks: list[Mark]) -> GanttRow:
        return GanttRow(row, marks, format_html_join("", "{}", ((_drawn(one, self.scale.radius),) for one in marks)))

    def _windows(self, row: ActivityRow) -> Iterator[tuple[date, date]]:
        for begins, ends in row.activity.windows:
            yield date.fromisoformat(begins), date.fromisoformat(ends)

    def _mark(self, row: ActivityRow, begins: date, ends: date) -> Mark:
        standing = self.table.by_window.get((row.activity.pk, begins, ends), NOTHING)
        state = state_of(standing)
        left, right = self.scale.place(begins), self.scale.place(min(ends + timedelta(days=1), self.scale.last))
        look = LOOKS[state]
        told = standing.in_words() if standing.is_given else look.words
        return Mark(
            is_point=ends - begins <= SHORT,
            x=left,
            width=max(round(right - left, 1), 4),
            centre=round((left + right) / 2, 1),
            state=state,
            sign=look.sign,
            words=f"{window_in_words(begins, ends)}: {told}",
        )


def _drawn(mark: Mark, radius: int) -> SafeString:
    look, place = f"gantt-bar gantt-{mark.state}", mark.centre
    if mark.is_point:
        shape = format_html('<circle class="{}" cx="{}" cy="11" r="{}"/>', look, place, radius)
    else:
        shape = format_html('<rect class="{}" x="{}" y="6" width="{}" height="10" rx="2"/>', look, mark.x, mark.width)
    sign = format_html('<text class="gantt-sign gantt-sign-{}" x="{}" y="15">{}</text>', mark.state, place, mark.sign)
    return format_html("<g><title>{}</title>{}{}</g>", mark.words, shape, sign if mark.sign else "")


def state_of(standing: Standing) -> str:
    """The one state that a mark shows: what presses goes first."""
    if not standing.total:
        return "untracked" if standing.untracked else "planned"
    if standing.overdue:
        return "overdue"
    if standing.reported or standing.returned:
        return "waiting"
    return "accepted" if standing.is_accepted else "ahead"
