"""What is different between two editions of a programme, as Russian sentences with their places."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from msoko.core.definitions.programme_kinds import MUNICIPALITY, SCHOOL, SWOT_LISTS
from msoko.core.roadmap.change import OTHER_ORDER, Change, ChangeKind, arrow, list_changes, text_changes
from msoko.core.roadmap.passport import Passport
from msoko.core.roadmap.passport_changes import passport_changes
from msoko.core.vocabulary.russian import quote, short_date
from msoko.core.vocabulary.words import normal

SWOT_NAMES = dict(zip(SWOT_LISTS, ("сильные стороны", "слабые стороны", "возможности", "угрозы"), strict=True))
LEVEL_NAMES = {MUNICIPALITY: "муниципалитет", SCHOOL: "школа"}
# Field of an activity → its name, in the order of a table's columns.
FIELDS = {
    "title": "название",
    "deadline": "срок",
    "own_dates": "даты",
    "executors": "исполнители",
    "result": "результат",
    "indicator": "показатель",
    "level": "уровень",
    "addressees": "кому адресовано",
    "evidence": "что представить",
}
LONGEST_TITLE = 80


@dataclass(frozen=True)
class ActivityText:
    """What was signed of an activity. `key` names it in its edition, `descends_from` in the edition before.

    `own_dates` are those that a person has entered beside the words, () where the words speak.
    """

    key: int
    title: str
    descends_from: int | None = None
    number: str = ""
    deadline: str = ""
    own_dates: tuple[tuple[date, date], ...] = ()
    executors: str = ""
    result: str = ""
    indicator: str = ""
    level: str = MUNICIPALITY
    addressees: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionText:
    title: str
    activities: tuple[ActivityText, ...] = ()


@dataclass(frozen=True)
class RoadmapText:
    title: str
    sections: tuple[SectionText, ...] = ()
    direction: str = ""

    @property
    def activities(self) -> tuple[ActivityText, ...]:
        return tuple(activity for section in self.sections for activity in section.activities)


@dataclass(frozen=True)
class ProgrammeText:
    """All texts of an edition. `swot`: one of SWOT_LISTS → its lines."""

    title: str
    begins: date
    ends: date
    passport: Passport = field(default_factory=Passport)
    principles: tuple[str, ...] = ()
    swot: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roadmaps: tuple[RoadmapText, ...] = ()


def differences(old: ProgrammeText, new: ProgrammeText) -> list[Change]:
    """Nothing where the texts are the same; else in the order of the document: title and period, passport, SWOT,
    principles, roadmaps."""
    return [
        *text_changes("название", old.title, new.title),
        *text_changes("срок реализации", _period(old), _period(new)),
        *passport_changes(old.passport, new.passport),
        *_swot_changes(old, new),
        *list_changes("принципы", old.principles, new.principles),
        *Comparison(old, new).changes(),
    ]


def _period(programme: ProgrammeText) -> str:
    return f"{short_date(programme.begins)}–{short_date(programme.ends)}"


def _swot_changes(old: ProgrammeText, new: ProgrammeText) -> Iterator[Change]:
    for name, title in SWOT_NAMES.items():
        yield from list_changes(f"SWOT-анализ, {title}", old.swot.get(name, ()), new.swot.get(name, ()))


@dataclass(frozen=True)
class Place:
    """Where an activity stands: positions of its roadmap, of its section in it, of itself in that."""

    activity: ActivityText
    roadmap: int
    section: int
    position: int


class Comparison:
    """The roadmaps of two editions side by side: what is the same thing in both, and what is different about it."""

    def __init__(self, old: ProgrammeText, new: ProgrammeText) -> None:
        self.old, self.new = old.roadmaps, new.roadmaps
        self.is_one = max(len(old.roadmaps), len(new.roadmaps)) < 2
        self.old_places, self.new_places = _places(old), _places(new)
        self.same = _same_activities(self.old_places, self.new_places)
        shared = Counter((self.same[one.activity.key].roadmap, one.roadmap) for one in self._kept())
        self.roadmaps = _pairs([one.title for one in self.old], [one.title for one in self.new], shared)
        self.sections = {
            (new_index, index): (old_index, other)
            for new_index, old_index in self.roadmaps.items()
            for index, other in self._sections(old_index, new_index).items()
        }

    def _kept(self) -> list[Place]:
        """Places in the new edition of activities that the old one has too."""
        return [one for one in self.new_places if one.activity.key in self.same]

    def _sections(self, old_index: int, new_index: int) -> dict[int, int]:
        both = ((self.same[one.activity.key], one) for one in self._kept() if one.roadmap == new_index)
        shared = Counter((old.section, new.section) for old, new in both if old.roadmap == old_index)
        old, new = self.old[old_index].sections, self.new[new_index].sections
        return _pairs([one.title for one in old], [one.title for one in new], shared)

    def changes(self) -> Iterator[Change]:
        for index, roadmap in enumerate(self.new):
            if index in self.roadmaps:
                yield from self._of_roadmap(self.roadmaps[index], index)
            else:
                yield Change(ChangeKind.ADDED, "", f"добавлена {_named(roadmap)}")
            yield from self._of_activities(index)
        for index, roadmap in enumerate(self.old):
            if index not in self.roadmaps.values():
                yield Change(ChangeKind.REMOVED, "", f"исключена {_named(roadmap)}")
                yield from self._gone(index)
        if not _is_rising(self.roadmaps.values()):
            yield Change(ChangeKind.MOVED, "дорожные карты", OTHER_ORDER)

    def _of_roadmap(self, old_index: int, new_index: int) -> Iterator[Change]:
        old, new, place = self.old[old_index], self.new[new_index], _named(self.new[new_index])
        if old.title != new.title:
            yield Change(ChangeKind.CHANGED, place, arrow("название", old.title, new.title))
        if old.direction != new.direction:
            yield Change(ChangeKind.CHANGED, place, arrow("направление", old.direction, new.direction))
        pairs = {index: other for (road, index), (_, other) in self.sections.items() if road == new_index}
        for index, section in enumerate(old.sections):
            if index not in pairs.values():
                yield Change(ChangeKind.REMOVED, place, f"исключён {_called('раздел', section.title)}")
        for index, section in enumerate(new.sections):
            if index not in pairs:
                yield Change(ChangeKind.ADDED, place, f"добавлен {_called('раздел', section.title)}")
            elif (before := old.sections[pairs[index]].title) != section.title:
                yield Change(ChangeKind.CHANGED, place, arrow("название раздела", before, section.title))
        if not _is_rising(pairs.values()):
            yield Change(ChangeKind.MOVED, place, f"{OTHER_ORDER} разделов")

    def _of_activities(self, index: int) -> Iterator[Change]:
        """Of one roadmap of the new edition: what stays with other words, what is new, what is gone, other numbers."""
        for one in (place for place in self.new_places if place.roadmap == index):
            before = self.same.get(one.activity.key)
            if before is None:
                yield self._change(ChangeKind.ADDED, one, f"добавлено {quote(one.activity.title)}")
            else:
                yield from self._of_activity(before, one)
        if index in self.roadmaps:
            yield from self._gone(self.roadmaps[index])
        yield from self._other_order(index)
        yield from self._other_numbers(index)

    def _of_activity(self, old: Place, new: Place) -> Iterator[Change]:
        for name, title in FIELDS.items():
            before, after = (_shown(name, one.activity) for one in (old, new))
            if before != after:
                yield self._change(ChangeKind.CHANGED, new, arrow(title, before, after), old)
        if self.roadmaps.get(new.roadmap) != old.roadmap:
            before, after = self.old[old.roadmap].title, self.new[new.roadmap].title
            words = f"перенесено из дорожной карты {quote(before)} в дорожную карту {quote(after)}"
            yield self._change(ChangeKind.MOVED, new, words, old)
        elif self.sections.get((new.roadmap, new.section)) != (old.roadmap, old.section):
            before = self.old[old.roadmap].sections[old.section].title
            after = self.new[new.roadmap].sections[new.section].title
            words = f"перенесено из {_called('раздела', before)} в {_called('раздел', after)}"
            yield self._change(ChangeKind.MOVED, new, words, old)

    def _gone(self, old_index: int) -> Iterator[Change]:
        kept = {one.activity.key for one in self.same.values()}
        for one in self.old_places:
            if one.roadmap == old_index and one.activity.key not in kept:
                yield self._change(ChangeKind.REMOVED, one, f"исключено {quote(one.activity.title)}", one)

    def _other_order(self, index: int) -> Iterator[Change]:
        """Activities that stayed in their section, one behind another otherwise than before."""
        for number, section in enumerate(self.new[index].sections):
            before = [
                self.same[one.activity.key].position
                for one in self._kept()
                if (one.roadmap, one.section) == (index, number) and self._stayed(one)
            ]
            if not _is_rising(before):
                place = f"{_named(self.new[index])}, {_called('раздел', section.title)}"
                yield Change(ChangeKind.MOVED, place, f"{OTHER_ORDER} мероприятий")

    def _stayed(self, new: Place) -> bool:
        old = self.same[new.activity.key]
        return self.sections.get((new.roadmap, new.section)) == (old.roadmap, old.section)

    def _other_numbers(self, index: int) -> Iterator[Change]:
        pairs = [
            f"{before} → {one.activity.number or NO_NUMBER}"
            for one in self._kept()
            if one.roadmap == index
            and (before := self.same[one.activity.key].activity.number or NO_NUMBER)
            != (one.activity.number or NO_NUMBER)
        ]
        if pairs:
            yield Change(ChangeKind.CHANGED, _named(self.new[index]), f"изменены номера: {', '.join(pairs)}")

    def _change(self, kind: ChangeKind, of: Place, text: str, old: Place | None = None) -> Change:
        """At the place that the signed document has: the old number of what was there, the new one of what is new."""
        here = old or of
        roadmaps, places = (self.old, self.old_places) if old else (self.new, self.new_places)
        within = "" if self.is_one else f"{_named(roadmaps[here.roadmap])}, "
        return Change(kind, f"{within}{_activity_named(here, places)}", text, of.activity.title)


NO_NUMBER = "без номера"


def _named(roadmap: RoadmapText) -> str:
    return f"дорожная карта {quote(roadmap.title)}"


def _called(word: str, title: str) -> str:
    return f"{word} {quote(title)}" if title else f"{word} без названия"


def _activity_named(place: Place, places: Sequence[Place]) -> str:
    """«мероприятие 2.3»; with the title where the number is missing or not the only one of its roadmap."""
    number, title = place.activity.number, place.activity.title
    alike = sum(1 for one in places if one.roadmap == place.roadmap and one.activity.number == number)
    short = title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"
    return " ".join(filter(None, ("мероприятие", number, quote(short) if not number or alike > 1 else "")))


def _shown(name: str, activity: ActivityText) -> str:
    if name == "level":
        return LEVEL_NAMES.get(activity.level, activity.level)
    if name == "own_dates":
        return ", ".join(f"{short_date(begins)}–{short_date(ends)}" for begins, ends in activity.own_dates)
    value = getattr(activity, name)
    return value if isinstance(value, str) else ", ".join(value)


def _is_rising(positions: Iterable[int]) -> bool:
    listed = list(positions)
    return listed == sorted(listed)


def _places(programme: ProgrammeText) -> list[Place]:
    return [
        Place(activity, roadmap, section, position)
        for roadmap, one in enumerate(programme.roadmaps)
        for section, part in enumerate(one.sections)
        for position, activity in enumerate(part.activities)
    ]


def _same_activities(old: Sequence[Place], new: Sequence[Place]) -> dict[int, Place]:
    """Key of an activity of the new edition → the place of the same one in the old.

    By what it descends from; else by the very title, the first of several called alike with the first.
    """
    left = {one.activity.key: one for one in old}
    same: dict[int, Place] = {}
    for one in new:
        before = left.pop(one.activity.descends_from, None) if one.activity.descends_from is not None else None
        if before is not None:
            same[one.activity.key] = before
    by_title: dict[str, list[Place]] = {}
    for one in left.values():
        by_title.setdefault(normal(one.activity.title), []).append(one)
    for one in new:
        alike = by_title.get(normal(one.activity.title))
        if alike and one.activity.key not in same:
            same[one.activity.key] = alike.pop(0)
    return same


def _pairs(old: Sequence[str], new: Sequence[str], shared: Counter[tuple[int, int]]) -> dict[int, int]:
    """Index in the new edition → index in the old, in the order of the new: by the same title, the first of several
    alike with the first; then those that share most activities."""
    pairs: dict[int, int] = {}
    for index, title in enumerate(new):
        other = next((i for i, one in enumerate(old) if one == title and i not in pairs.values()), None)
        if other is not None:
            pairs[index] = other
    for (other, index), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        if index not in pairs and other not in pairs.values():
            pairs[index] = other
    return dict(sorted(pairs.items()))
