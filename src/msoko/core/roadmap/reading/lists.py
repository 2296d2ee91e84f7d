"""Activities that stand in no table: «1. Провести семинар. Срок: май. Ответственный: РМК», or one card each."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from msoko.core.roadmap.reading.drafts import FROM_LIST, Draft
from msoko.core.roadmap.reading.headers import Column, Header, Role, role_of
from msoko.core.roadmap.reading.rows import Prose, Row
from msoko.core.roadmap.reading.sections import Headings, heading_of
from msoko.core.roadmap.reading.titles import Caption, captions

FEWEST = 2  # activities of a list
MOSTLY = 0.5  # of them must name both a deadline and executors: else it is an order or a report
LONGEST_LABEL = 60
HEADER = Header(
    (Column(Role.TITLE, "", 0), Column(Role.DEADLINE, "", 1), Column(Role.EXECUTORS, "", 2), Column(Role.RESULT, "", 3))
)
_PLACES = {Role.TITLE: 0, Role.DEADLINE: 1, Role.EXECUTORS: 2, Role.RESULT: 3, Role.INDICATOR: 3, Role.DOCUMENT: 3}
_LABEL = re.compile(
    r"(?:^|(?-i:(?<=\s)(?=[А-ЯЁ]))|(?<=[.;,(\n])|(?<=[.;,(\n]\s)|(?<=[–—-]\s))\s{0,8}"
    r"(?P<name>(?:срок|дата|период|ответственн|отв\.|исполнител|соисполнител|организатор|ожидаем|планируем|предполагаем|результат"
    r"|форма\sотч|итог|показател|индикатор)\w*(?:\s[^\s:–—(),;.-]+){0,4}?)\s*(?::|\s[–—-](?=\s))\s*",
    re.IGNORECASE,
)
_WITHIN = re.compile(r",?\s+в\s+срок\s*[:–—-]?\s*((?:до|не\s+позднее|с)\s[^.;()]+?(?:\sг\.)?)\s*[.;]?$", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:(?:мероприятие|пункт|п\.)\s*)?(?:№\s*)?(\d{1,3}(?:\.\d{1,3}){0,4})(?:[.)]+\s*|\s+|$)", re.IGNORECASE
)
_A_STOP_OF_ITS_OWN = re.compile(r"(?:(?<!\w)(?:г|гг|др|пр|т\.\s?д)|(?<!\w)[А-ЯЁ])\.$")


@dataclass
class _Item:
    """An activity being read; `words` are what its columns say."""

    number: str | None
    sections: tuple[str, ...]
    words: dict[Role, str]
    lines: list[int]
    page: int | None


@dataclass
class Listed:
    """The activities of the text, and what stands above the first of them."""

    drafts: list[Draft]
    title: Caption | None


def listed(items: Iterable[Prose | Row]) -> Listed | None:
    """None where the text has no activities with deadlines and executors."""
    reader = _Reader()
    for item in items:
        reader.take(item)
    drafts = [_draft(one) for one in reader.finished()]
    whole = sum(bool(draft.text(Role.DEADLINE) and draft.text(Role.EXECUTORS)) for draft in drafts)
    if len(drafts) < FEWEST or whole < MOSTLY * len(drafts):
        return None
    return Listed(drafts, reader.title)


def _draft(item: _Item) -> Draft:
    texts = {_PLACES[role]: text for role, text in item.words.items()}
    draft = Draft(HEADER, item.sections, item.number, texts, item.lines, item.page)
    draft.doubt(FROM_LIST)
    return draft


@dataclass
class _Reader:
    """Takes paragraphs and rows one by one; those that no label has followed yet wait."""

    title: Caption | None = None
    _items: list[_Item] = field(default_factory=list)
    _waiting: list[Prose] = field(default_factory=list)
    _headings: Headings = field(default_factory=Headings)

    def finished(self) -> list[_Item]:
        return [item for item in self._items if item.words.get(Role.TITLE) and len(item.words) > 1]

    def take(self, item: Prose | Row) -> None:
        if isinstance(item, Row):
            self._take_row(item)
            return
        before, said = _by_labels(item.text)
        if not said:
            self._waiting.append(item)
            return
        if before:
            self._begin(before, item)
        elif self._waiting and _is_next(self._items, said):
            title = self._waiting.pop()
            self._begin(title.text, title)
        self._say(said, item.line)

    def _take_row(self, row: Row) -> None:
        """«Срок | май»: a row of a card."""
        if len(row.filled) != 2 or (role := role_of(row.cells[row.filled[0]])) is None:
            return
        text = row.cells[row.filled[1]]
        if role is Role.TITLE:
            self._begin(text, Prose(text, row.lines[0], row.page), number_above=True)
        elif role in _PLACES:
            self._say({role: text}, row.lines[0])

    def _begin(self, said: str, prose: Prose, number_above: bool = False) -> None:
        number = None
        if number_above and self._waiting and (found := _NUMBER.fullmatch(self._waiting[-1].text)):
            number = found[1]
            self._waiting.pop()
        elif found := _NUMBER.match(said):
            number, said = found[1], said[found.end() :]
        self._take_what_waits()
        self._headings.take_activity(number)
        words = {Role.TITLE: _without_end(said)}
        if found := _WITHIN.search(words[Role.TITLE]):
            words = {Role.TITLE: words[Role.TITLE][: found.start()], Role.DEADLINE: _without_end(found[1])}
        self._items.append(_Item(number, self._headings.titles, words, [prose.line], prose.page))

    def _take_what_waits(self) -> None:
        """What stands above the first activity calls the list, what stands between two is the heading of a section."""
        title, section = captions(self._waiting)
        if not self._items:
            self.title = title
        if section is not None and (self._items or title is not None):
            self._headings.add(heading_of(section.text))
        self._waiting = []

    def _say(self, said: dict[Role, str], line: int) -> None:
        if not self._items:
            return
        item = self._items[-1]
        item.words = said | item.words
        item.lines += [line] if line not in item.lines else []


def _is_next(items: Sequence[_Item], said: Collection[Role]) -> bool:
    """Whether the labels begin another activity: the last one has said them already, or there is none."""
    return not items or any(role in items[-1].words for role in said) or len(items[-1].words) > 1


def _by_labels(text: str) -> tuple[str, dict[Role, str]]:
    """What stands before the first label, and what the labels say."""
    found = [(one, role) for one in _LABEL.finditer(text) if (role := _role(one["name"])) is not None]
    if not found:
        return text, {}
    ends = [one.start() for one, _ in found[1:]] + [len(text)]
    said: dict[Role, str] = {}
    for (one, role), end in zip(found, ends, strict=True):
        said.setdefault(role, _without_end(text[one.end() : end]))
    return text[: found[0][0].start()].strip(" (—–-"), {role: words for role, words in said.items() if words}


def _role(name: str) -> Role | None:
    if name.lower().startswith("отв"):
        return Role.EXECUTORS
    role = role_of(name) if len(name) <= LONGEST_LABEL else None
    if role in (Role.INDICATOR, Role.DOCUMENT):
        return Role.RESULT
    return role if role in (Role.DEADLINE, Role.EXECUTORS, Role.RESULT) else None


def _without_end(text: str) -> str:
    """Without the stops that part it from what follows; that of «2031 г.» and «И. И.» is its own."""
    said = " ".join(text.split()).strip(" ,;(")
    if said.count(")") > said.count("("):
        said = said.rstrip(" .;").removesuffix(")")
    said = said.rstrip(" ,;")
    while said.endswith(".") and not _A_STOP_OF_ITS_OWN.search(said):
        said = said[:-1].rstrip(" ,;")
    return said
