"""Academic years: 1 September – 31 August, named by the calendar year they begin in."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class AcademicYear:
    start: int

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @property
    def first_day(self) -> date:
        return date(self.start, 9, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 8, 31)

    @classmethod
    def of(cls, day: date) -> "AcademicYear":
        return cls(day.year if day.month >= 9 else day.year - 1)
