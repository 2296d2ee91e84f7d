"""Which columns the table of a roadmap has: chosen in the address, kept until the person chooses anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict

from msoko.core.vocabulary.russian import join_with_and
from msoko.documents.tables import Row, Table
from msoko.web.roadmap.activity_rows import COUNTS_OF_STANDING
from msoko.web.roadmap.models import Activity

PARAMETER = "show"
KEPT = "columns_of_roadmaps"
USUAL = ("number", "deadline", "executors", "state")
OFFERED: Mapping[str, str] = {
    "number": "№",
    "deadline": "Срок",
    "executors": "Исполнители",
    "result": "Ожидаемый результат",
    "indicator": "Показатель",
    "evidence": "Что представить",
    "addressees": "Кому адресовано",
    "level": "Уровень",
    "state": "Исполнение",
}
"""In the order of the table. What is to be done stands always: a row without it says nothing."""
TEXTS: Mapping[str, Callable[[Activity], str]] = {
    "result": lambda activity: activity.result,
    "indicator": lambda activity: activity.indicator,
    "evidence": lambda activity: join_with_and([str(one) for one in activity.evidence]),
    "addressees": lambda activity: activity.addressees,
    "level": lambda activity: activity.get_level_display(),
}
"""Columns that are words of the activity alone."""
IN_A_FILE: Mapping[str, tuple[str, ...]] = {
    "deadline": ("deadline", "dates", "next"),
    "executors": ("executors", "resolved"),
    "state": COUNTS_OF_STANDING,
}
"""Columns that are several in a spreadsheet."""
ALWAYS_IN_A_FILE = ("section", "title")


@dataclass(frozen=True)
class Columns:
    """`keys` in the order of OFFERED; `is_own`: the person has chosen them."""

    keys: tuple[str, ...] = USUAL
    is_own: bool = False

    @property
    def offered(self) -> list[tuple[str, str, bool]]:
        """(key, title, is it shown)."""
        return [(key, title, key in self.keys) for key, title in OFFERED.items()]

    @property
    def shows(self) -> dict[str, bool]:
        return {key: key in self.keys for key in USUAL}

    @property
    def extra(self) -> dict[str, str]:
        """Key → title of the columns beyond the usual ones."""
        return {key: OFFERED[key] for key in self.keys if key in TEXTS}

    @property
    def count(self) -> int:
        return len(self.keys) + 1

    @property
    def are_many(self) -> bool:
        """They do not fit an upright page."""
        return len(self.keys) > len(USUAL)

    def texts(self, activity: Activity) -> list[tuple[str, str]]:
        """(title, words) of the columns beyond the usual ones."""
        return [(title, TEXTS[key](activity)) for key, title in self.extra.items()]

    def cut(self, table: Table) -> Table:
        """A spreadsheet holds what was chosen, and everything where nothing was."""
        if not self.is_own:
            return table
        kept = {*ALWAYS_IN_A_FILE, *(name for key in self.keys for name in IN_A_FILE.get(key, (key,)))}
        columns = [one for one in table.columns if one.key in kept]
        rows = [Row({one.key: row.cells[one.key] for one in columns}, row.tone) for row in table.lines]
        return Table(table.title, columns, rows, table.caption, table.note)


def columns_of(query: QueryDict, session: SessionBase) -> Columns:
    """As the address says, else as the person chose last; an empty choice brings the usual ones back."""
    if PARAMETER in query:
        wished = [key for key in OFFERED if key in query.getlist(PARAMETER)]
        if wished != session.get(KEPT, []):
            session[KEPT] = wished
    kept = session.get(KEPT, [])
    keys = tuple(key for key in OFFERED if key in kept)
    return Columns(keys, is_own=True) if keys else Columns()
