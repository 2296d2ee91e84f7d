"""What a row of a table of activities is: a heading, the rest of the row above, an activity, or something else."""

import re
from collections.abc import Sequence

from msoko.core.roadmap.reading.columns import Placed
from msoko.core.roadmap.reading.drafts import Draft
from msoko.core.roadmap.reading.headers import Header, Role
from msoko.core.roadmap.reading.joining import is_chopped
from msoko.core.roadmap.reading.like_deadlines import like_a_deadline
from msoko.core.roadmap.reading.like_executors import like_executors, names_a_person
from msoko.core.roadmap.reading.sections import Heading, heading_of, is_roman
from msoko.core.roadmap.reading.sentences import (
    begins_in_the_middle,
    glued_number,
    hangs,
    is_a_bullet,
    number_and_words,
    number_of,
)

_ABBREVIATION = re.compile(r"[«\"]?[А-ЯЁA-Z]{2,}(?![^\W\d_])|[А-ЯЁ][а-я]?[А-ЯЁ]{2,}")
_QUOTES = re.compile(r"[«\"“„]")
LONGEST_NUMBER = 4  # signs of what may number a row and is no number: «а)», «1а.»
MOST_LOST = 3  # numbers that may be skipped between a row and the next one
LOOKED_AHEAD = 6  # rows in which the next number is looked for
_TOTAL = re.compile(r"(?:итого|всего)(?![^\W_])", re.IGNORECASE)
_NOTE = re.compile(r"(?:примечани[ея]|сноск[аи]|\*+\s|<\*>)", re.IGNORECASE)
_HEADING_WORDS = re.compile(r"(?:раздел|направлени[ея]|блок|модуль|этап|[IVX]{1,5}\.)(?![^\W_])", re.IGNORECASE)
_POSITION = re.compile(
    r"(?:\w+\s)?(?:начальник|директор|заведующ|заместител|глава|руководител|исполнитель|специалист)", re.IGNORECASE
)


class Cells:
    """The cells of a placed row by what their columns are for."""

    def __init__(self, header: Header, placed: Placed) -> None:
        self.placed = placed
        self._header = header
        self.number = self.of(Role.NUMBER)
        self.title = self.of(Role.TITLE)
        both = self.of(Role.BOTH)
        self.deadline = self.of(Role.DEADLINE) or both or header.marked_periods(placed.texts)
        self.executors = self.of(Role.EXECUTORS) or both
        numbers = header.places(Role.NUMBER)
        self.rest = {place: text for place, text in sorted(placed.texts.items()) if place not in numbers}
        self.counted, self.words = _counted(self.number, self.title)

    def of(self, role: Role) -> str:
        places = self._header.places(role)
        return "\n".join(self.placed.texts[place] for place in places if place in self.placed.texts)

    @property
    def goes_on_by_merging(self) -> bool:
        """No title of its own, because that of the row above is merged downwards over it."""
        return not self.title and any(place in self.placed.merged for place in self._header.places(Role.TITLE))

    @property
    def only(self) -> tuple[int, str] | None:
        """The single cell beside that of the number."""
        return next(iter(self.rest.items())) if len(self.rest) == 1 else None

    @property
    def is_full(self) -> bool:
        """A deadline that looks like one and somebody to keep it."""
        return bool(self.executors) and like_a_deadline(self.deadline) >= 0.5


def _counted(number: str, title: str) -> tuple[str | None, str]:
    """The number of the row and the words of its title, wherever a narrow column has put them."""
    if own := number_of(number):
        return own, title
    together = number_and_words(number) if number and not title else None
    found = together or (None if number else glued_number(title))
    return found or (None, title)


def aside(cells: Cells, following: Sequence[Placed]) -> str | None:
    """«total», «note», «signature»: rows of a table that are no activities."""
    said = next(iter(cells.rest.values()), cells.number)
    if _TOTAL.match(said) or _TOTAL.match(cells.number):
        return "total"
    if _NOTE.match(said) and len(cells.rest) <= 1:
        return "note"
    is_last = not following and cells.counted is None and len(cells.rest) <= 3 and like_a_deadline(cells.deadline) < 0.5
    first, *others = cells.placed.texts.values()  # the position may stand in the column of numbers
    if is_last and _POSITION.match(first) and any(names_a_person(text) and len(text) < 40 for text in others):
        return "signature"
    return None


def heading_in(header: Header, cells: Cells, following: Sequence[Cells], last: Draft | None) -> Heading | None:
    """The heading that the row is, if it is one. `last` is the activity above it under the same heading."""
    placed = cells.placed
    if placed.merged or placed.shared:
        return None
    if placed.spans:
        words = list(placed.texts.values())[-1]
        return heading_of(words, "" if words == cells.number else cells.number)
    pieces = list(placed.texts.values())
    if is_cut_by_the_grid(cells) and not begins_in_the_middle(pieces[0]) and not _ends_cells_of(last, placed):
        return heading_of(" ".join(pieces))
    if not cells.rest:
        return _in_the_cell_of_the_number(cells, following)
    if cells.only is None:
        return _with_executors(cells, following)
    place, text = cells.only
    if not _may_hold_a_heading(header, place, text):
        return None
    if cells.counted is not None:
        return _numbered(cells, following)
    if is_roman(cells.number):
        return heading_of(text, cells.number)
    if len(cells.number) > LONGEST_NUMBER or (text[0].isdigit() and like_a_deadline(text) >= 0.5):
        return None
    if begins_in_the_middle(text) or (last is not None and _completes(text, cells, following, last)):
        return None
    return heading_of(text)


def _completes(text: str, cells: Cells, following: Sequence[Cells], last: Draft) -> bool:
    """«Анализ результатов» | «ВПР в пятых классах»: a page broke the title before a capital letter.

    It could be a heading as well, unless the title above cannot end so; an abbreviation, and numbers that count on
    below, speak for the rest of a title.
    """
    above = last.text(Role.TITLE).rstrip()
    if not cells.placed.row.after_gap or above.endswith((".", ":", ";")):
        return False
    after = _next_number(following)
    counts_on = bool(last.number and after) and _is_next(last.number or "", after)
    if hangs(above) or _is_broken_before_a_name(cells, text):
        return True
    return counts_on and _ABBREVIATION.match(text) is not None


def _is_broken_before_a_name(cells: Cells, text: str) -> bool:
    """«Семинар по теме» | «Чтение» at the head of a page."""
    return cells.placed.row.after_gap and cells.placed.row.page is not None and _QUOTES.match(text) is not None


def is_cut_by_the_grid(cells: Cells) -> bool:
    """One text in several cells, cut in the middle of words, and nothing that looks like a deadline or people."""
    if cells.counted is not None or like_a_deadline(cells.deadline) >= 0.5 or like_executors(cells.executors) >= 0.6:
        return False
    places, pieces = list(cells.placed.texts), list(cells.placed.texts.values())
    side_by_side = len(places) > 2 or (len(places) == 2 and places[1] - places[0] == 1)
    return side_by_side and is_chopped(pieces)


def _ends_cells_of(last: Draft | None, placed: Placed) -> bool:
    """Whether a cell stands below one that cannot end so: then it is the end of that."""
    return last is not None and any(hangs(last.texts.get(place, "")) for place in placed.texts)


def _may_hold_a_heading(header: Header, place: int, text: str) -> bool:
    """The column of the title or of sections, the first one of words, or words that only headings have."""
    roles = [column.role for column in header.columns]
    first = next((k for k, role in enumerate(roles) if role is not Role.NUMBER), 0)
    return roles[place] in (Role.TITLE, Role.SECTION) or place == first or _HEADING_WORDS.match(text) is not None


def _in_the_cell_of_the_number(cells: Cells, following: Sequence[Cells]) -> Heading | None:
    """«2. Организационные мероприятия» in the first cell, or a number whose heading is lost: «5.2 | | |»."""
    if cells.counted is not None and not cells.words:
        holds = _next_number(following).startswith(cells.counted + ".")
        return _inline("", cells.counted) if holds else None
    text = cells.number
    return heading_of(text) if text and not begins_in_the_middle(text) else None


def _numbered(cells: Cells, following: Sequence[Cells]) -> Heading | None:
    """«5 | Проведение мероприятий, включая: | | |»: the rows below are numbered 5.1, or anew, or not at all."""
    number, after = cells.counted or "", _next_number(following)
    if after.startswith(number + "."):
        return _inline(cells.words, number)
    if cells.words.rstrip().endswith(":") and following:
        return _inline(cells.words, number)
    if not following:
        return None
    if following[0].counted is None and following[0].title and following[0].is_full:
        return heading_of(cells.words, number)
    return None if after and _is_next(number, after) else heading_of(cells.words, number)


def _with_executors(cells: Cells, following: Sequence[Cells]) -> Heading | None:
    """A heading that says who executes all that stands below it."""
    only_two = set(cells.rest.values()) == {cells.title, cells.executors} and cells.executors
    if not only_two or not cells.words.rstrip().endswith(":") or not following:
        return None
    below = following[0]
    if below.counted is None or below.counted.startswith(f"{cells.counted}."):
        return _inline(cells.words, cells.counted) if cells.counted else heading_of(cells.words)
    return None


def _inline(title: str, number: str) -> Heading:
    depth = number.count(".") + 1
    return Heading(" ".join(title.split()), f"row {depth}", 10 + depth, number)


def _next_number(following: Sequence[Cells]) -> str:
    return next((cells.counted for cells in following[:LOOKED_AHEAD] if cells.counted), "")


def _is_next(number: str, after: str) -> bool:
    """«6» or «7» after «5», «5.3» after «5.2»: the row between was an activity that lost its cells."""
    own, other = number.split("."), after.split(".")
    depth = len(own) - 1
    if len(other) <= depth or own[:depth] != other[:depth]:
        return False
    return 0 < int(other[depth]) - int(own[depth]) <= MOST_LOST


def goes_on(cells: Cells, last: Draft, table_counts: bool) -> bool:
    """Whether the row is the rest of the activity above. `table_counts`: rows of the table have numbers."""
    if cells.counted is not None:
        return cells.counted == last.number and begins_in_the_middle(cells.words) and not cells.is_full
    if cells.number and not begins_in_the_middle(cells.number):
        return False
    if not cells.title:
        return True
    if begins_in_the_middle(cells.title):
        return not (is_a_bullet(cells.title) and cells.is_full)
    broken, above = cells.placed.row.after_gap, last.text(Role.TITLE)
    if hangs(above) and not cells.is_full:
        return True
    if _is_broken_before_a_name(cells, cells.title) and (table_counts or not cells.is_full):
        return True
    if cells.is_full or cells.placed.shared or not table_counts:
        return False
    others = [text for text in cells.rest.values() if text != cells.title]
    return (broken and any(map(begins_in_the_middle, others))) or not (cells.deadline or cells.executors)
