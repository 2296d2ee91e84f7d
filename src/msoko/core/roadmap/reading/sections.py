"""Headings inside a table: their numbers, and which stand under which."""

import re
from dataclasses import dataclass, field, replace

_ROMAN = re.compile(r"[IVXLХ]{1,6}(?=\s*[.)])|[IVX]{1,5}$")
_WORD = re.compile(
    r"(раздел|направление|блок|модуль|этап|задача|цель|часть|глава|подраздел|тема)\b\s*(?:№\s*)?(?:\d+|[IVX]+)?", re.I
)
_DIGITS = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)]?(?=\s|[А-ЯЁ«]|$)")
# «Направление 2. Кадры» keeps its words: they tell what kind of heading it is. «Раздел 2.» and «II.» only count.
_COUNTS = re.compile(
    r"(?:(?i:(?:под)?раздел)\s+(?:№\s*)?(?:\d+|[IVX]+)\s*[.:)]*|[IVXLХ]{1,6}\s*[.)]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}(?:[.)]+|\s(?=[А-ЯЁ])))\s*"
)
# The outer kinds first: a «раздел» holds what is numbered by Roman numbers, that what is numbered «1.», that «1.1.».
_WORD_RANK, _ROMAN_RANK, _DIGIT_RANK, _PLAIN_RANK = 0, 1, 2, 9


@dataclass(frozen=True)
class Heading:
    """`number` is that of a numbered row («5.1»), whose heading holds only the rows numbered below it («5.1.2»).

    `count` is the number that stands before the words: «2» of «2. Кадры».
    """

    title: str
    style: str
    rank: int
    number: str | None = None
    count: str = ""


@dataclass
class Headings:
    """The headings above the next activity, the outermost first."""

    path: list[Heading] = field(default_factory=list)
    _fresh: bool = False  # no activity has come since the last heading
    _depths: dict[str, int] = field(default_factory=dict)  # how many headings stood above each one so far
    _last_number: str = ""  # of the activity above

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(heading.title for heading in self.path if heading.title)

    def add(self, heading: Heading) -> None:
        if any(known.title == heading.title and heading.title for known in self.path):
            while self.path[-1].title != heading.title:  # repeated on the next page: whatever stood below it is over
                self.path.pop()
            return
        depth = self._depths.get(heading.title)
        if self._fresh and depth and len(self.path) > depth:
            self.path = [*self.path[: depth - 1], self.path[-1]]  # «Школы» stood under «Кадры», now «Контроль» is above
        elif heading.number is not None:
            self._leave_numbered(heading.number)
            if self._last_number.count(".") > heading.number.count("."):
                # «1.4» was under the heading before, «2» begins the next one.
                self.path = [one for one in self.path if one.number is not None]
        elif any(known.style == heading.style for known in self.path) and not self._nests_plain(heading):
            while self.path.pop().style != heading.style:
                pass
        elif not self._fresh and self.path:
            self.path.pop()
            while self.path and self.path[-1].rank >= heading.rank:
                self.path.pop()
        self._depths.setdefault(heading.title, len(self.path))
        self.path.append(heading)
        self._fresh = True

    def _nests_plain(self, heading: Heading) -> bool:
        """Two headings without numbers and nothing between them: the first is above the second."""
        return self._fresh and heading.rank == _PLAIN_RANK and len(self.path) == 1

    def _leave_numbered(self, number: str) -> None:
        while self.path and self.path[-1].number is not None and not number.startswith(self.path[-1].number + "."):
            self.path.pop()

    def take_activity(self, number: str | None) -> None:
        """An activity comes: headings of numbered rows that do not hold its number are over."""
        if number is not None and number[0].isdigit():
            self._leave_numbered(number)
            if "." in number:
                self.path = [one for one in self.path if not one.count or _holds(one.count, number)]
        self._fresh, self._last_number = False, number or ""

    def lengthen_last(self, words: str) -> None:
        """The heading went on in the next row."""
        last = self.path[-1]
        self.path[-1] = replace(last, title=words)


def _holds(count: str, number: str) -> bool:
    """«2. Кадры» holds «2.1» and not «3.1»; of different depths nothing is known."""
    return number.count(".") <= count.count(".") or number.startswith(count + ".")


def heading_of(text: str, number: str = "") -> Heading:
    """A heading by its words; `number` is what stands in the cell of the number, if anything: «II.», «2»."""
    said = " ".join(text.split())
    counted = f"{number} {said}".strip() if number else said
    if word := _WORD.match(counted):
        style, rank = word[1].lower(), _WORD_RANK
    elif _ROMAN.match(counted) and (number or _COUNTS.match(counted)):
        style, rank = "roman", _ROMAN_RANK
    elif (digits := _DIGITS.match(counted)) and (number or _COUNTS.match(counted)):
        depth = digits[1].count(".") + 1
        return Heading(without_count(said), f"digits {depth}", _DIGIT_RANK + depth, count=digits[1])
    else:
        style, rank = "plain", _PLAIN_RANK
    return Heading(without_count(said), style, rank)


def without_count(text: str) -> str:
    """«Раздел 2. Кадры», «II. Кадры», «2. Кадры» → «Кадры»; a heading that is only a number stays."""
    found = _COUNTS.match(text)
    return text[found.end() :].strip() or text if found else text


def is_roman(text: str) -> bool:
    return re.fullmatch(r"[IVXLХ]{1,6}\s*[.)]?", text.strip()) is not None
