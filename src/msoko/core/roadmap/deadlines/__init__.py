"""Deadlines in Russian words: «ежегодно, сентябрь», «до 1 марта года, следующего за отчётным», «по плану УО».

`understand(words, begins, ends)` gives the dated windows within a period, or says what it did not understand.
"""

from msoko.core.roadmap.deadlines.calendar import SCHOOL_CALENDAR, Calendar
from msoko.core.roadmap.deadlines.deadline import Deadline, Kind, Window
from msoko.core.roadmap.deadlines.understanding import understand
from msoko.core.roadmap.deadlines.wording import in_words, to_json

__all__ = ["SCHOOL_CALENDAR", "Calendar", "Deadline", "Kind", "Window", "in_words", "to_json", "understand"]
