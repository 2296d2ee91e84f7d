"""What a deadline in words comes to: its kind and its dated windows, or what it lacks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """By the wording, not by the number of windows: «1 раз в 3 года» recurs also where three years hold one window."""

    ONCE = "once"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    BY_SCHEDULE = "by_schedule"


@dataclass(frozen=True)
class Window:
    """Both days belong to the window; the last one is the due date."""

    begins: date
    ends: date


@dataclass(frozen=True)
class Deadline:
    """The words of a deadline and what was understood of them within a period.

    `kind` is None and `windows` are empty where something was not understood: then `not_understood` has the pieces
    of the words (none of them where nothing is written). `condition` is what the words add to the dates, as they say
    it («по плану УО», «после получения результатов»); `needs_date_from` tells in Russian where the exact date is to be
    taken from. `remarks` are Russian sentences on how the words were read where they can be read in several ways, and
    on dates outside the period.
    """

    words: str
    kind: Kind | None
    windows: tuple[Window, ...]
    condition: str | None
    understood: bool
    not_understood: tuple[str, ...]
    needs_date_from: str | None
    remarks: tuple[str, ...] = ()
