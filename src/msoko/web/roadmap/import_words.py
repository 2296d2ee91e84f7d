"""What the words of a row mean, and how surely it was read, in Russian and with a sign that is not only a colour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from msoko.core.roadmap import deadlines
from msoko.core.roadmap import executors as core
from msoko.core.roadmap.deadlines import Deadline
from msoko.core.vocabulary.russian import counted, number
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight
from msoko.web.roadmap.executor_words import Tellers, ToldExecutor
from msoko.web.roadmap.models import Executor, ImportedRow, Programme, RoadmapImport
from msoko.web.roadmap.services.importing_evidence import suggestions_of
from msoko.web.roadmap.services.importing_live import SURE

DOUBTFUL = 0.7
"""Below this most rows need a change, between this and SURE most are right."""


@dataclass(frozen=True)
class Sureness:
    """`badge` is a kind of look's badges: each has a shape of its own."""

    badge: str
    words: str


SURELY = Sureness("pass", "уверенно")
CHECK = Sureness("few", "проверьте")
DOUBT = Sureness("warning", "сомнительно")
CHECKED = Sureness("steady", "проверено")


def sureness_of(row: ImportedRow) -> Sureness:
    if row.is_checked:
        return CHECKED
    return SURELY if row.confidence >= SURE else CHECK if row.confidence >= DOUBTFUL else DOUBT


def is_doubtful(row: ImportedRow) -> bool:
    """Somebody should look at it before it becomes an activity."""
    return not row.is_checked and row.confidence < SURE


@dataclass(frozen=True)
class DeadlineShown:
    """`icon` and `tone` say the same as the words: understood, a date is needed, not understood."""

    words: str
    icon: str
    tone: str


@lru_cache(maxsize=4096)
def _understood(words: str, begins: date, ends: date) -> Deadline:
    return deadlines.understand(words, begins, ends)


def dues_of(words: str, begins: date, ends: date) -> list[date]:
    """The last day of every window that the words name within the period."""
    return [one.ends for one in _understood(words, begins, ends).windows] if words else []


def deadline_in_words(words: str, begins: date | None, ends: date | None) -> DeadlineShown:
    """What the dates are within the period; without one only that it is lacking."""
    if not words:
        return DeadlineShown("срок не указан: дату нужно будет назначить", "warning", "below")
    if begins is None or ends is None:
        return DeadlineShown("даты появятся, когда будет указан период программы", "clock", "faint")
    deadline = _understood(words, begins, ends)
    said = deadlines.in_words(deadline)
    if not deadline.understood:
        return DeadlineShown(said, "refuse", "refuse")
    if not deadline.windows:
        return DeadlineShown(said, "warning", "below")
    return DeadlineShown(f"понято как: {said}", "check", "soft")


@lru_cache(maxsize=4096)
def _executors(cell: str, department_is_oo: bool) -> tuple[core.Executor, ...]:
    return core.understand_all(cell, department_is_oo)


@dataclass(frozen=True)
class Schools:
    """The schools that a name of the document can mean, and what «ОО» is in it. Each cell is read once."""

    tellers: Tellers
    known: Mapping[int, Organisation]
    department_is_oo: bool
    _told: dict[str, list[ToldExecutor]] = field(default_factory=dict)
    _matched: dict[core.Executor, Organisation | None] = field(default_factory=dict)

    def executors(self, cell: str) -> list[ToldExecutor]:
        if cell not in self._told:
            rows = [self._row(one) for one in _executors(cell, self.department_is_oo)]
            self._told[cell] = self.tellers.told(rows)
        return self._told[cell]

    def _row(self, one: core.Executor) -> Executor:
        """As the programme will have it; a condition stands with the words."""
        words = f"{one.words} ({one.condition})" if one.condition and one.condition not in one.words else one.words
        school = self._school(one) if one.kind is core.Kind.NAMED else None
        return Executor(words=words, kind=one.kind.value, role=one.role, organisation=school)

    def _school(self, one: core.Executor) -> Organisation | None:
        """Matched once however many rows name it: every name of the territory is looked at."""
        if one not in self._matched:
            short = {pk: school.name for pk, school in self.known.items()}
            full = {pk: school.full_name or school.name for pk, school in self.known.items()}
            found = core.match_organisation(one, short) or core.match_organisation(one, full)
            self._matched[one] = self.known[found[0]] if len(found) == 1 else None
        return self._matched[one]


def schools_known(document: RoadmapImport, cells: Iterable[str], sight: Sight) -> Schools:
    """Three queries, however many rows and schools."""
    territory = document.organisation.municipality or document.organisation
    schools = {school.pk: school for school in Organisation.objects.schools().within(territory)}
    tellers = Tellers.of(Programme(organisation=document.organisation), sight)
    return Schools(tellers, schools, core.department_is_oo(cells))


@dataclass(frozen=True)
class RowShown:
    """A row as its card says it."""

    row: ImportedRow
    schools: Schools
    begins: date | None
    ends: date | None
    is_ticked: bool = False

    @property
    def sureness(self) -> Sureness:
        return sureness_of(self.row)

    @cached_property
    def deadline(self) -> DeadlineShown:
        return deadline_in_words(self.row.deadline, self.begins, self.ends)

    @cached_property
    def executors(self) -> list[ToldExecutor]:
        return self.schools.executors(self.row.executors)

    @property
    def suggested(self) -> tuple[str, ...]:
        """What might be handed in, while nobody has said what."""
        return suggestions_of(self.row)

    @property
    def first_line(self) -> int | None:
        return self.row.source[0] if self.row.source else None

    @property
    def lines_in_words(self) -> str:
        return lines_in_words(self.row.source)


def lines_in_words(lines: list[int]) -> str:
    """«строки 34–36», «строки 34, 40», «внесена вручную»."""
    if not lines:
        return "внесена вручную"
    if len(lines) == 1:
        return f"строка\u00a0{lines[0]}"
    whole = lines[-1] - lines[0] == len(lines) - 1
    return f"строки\u00a0{lines[0]}–{lines[-1]}" if whole else f"строки\u00a0{', '.join(map(str, lines))}"


def found_in_words(rows: int, roadmaps: int) -> str:
    """«84 мероприятия в 3 дорожных картах»"""
    found = counted(rows, "мероприятие", "мероприятия", "мероприятий")
    if roadmaps < 2:
        return found
    maps = "дорожной карте" if roadmaps % 10 == 1 and roadmaps % 100 != 11 else "дорожных картах"
    return f"{found} в\u00a0{number(roadmaps)}\u00a0{maps}"


def confidence_in_words(confidence: float) -> Sureness:
    """Of a field of the passport."""
    if confidence >= 1:
        return CHECKED
    return SURELY if confidence >= 0.8 else CHECK if confidence >= 0.6 else DOUBT
