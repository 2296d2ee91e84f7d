"""Who approved a document, when and under which number: its own order, a stamp, or «Приложение к приказу …»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, takewhile

from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.passport_dates import dates_in
from msoko.core.roadmap.reading.passport_field import PassportField
from msoko.core.roadmap.reading.passport_heading import prose_of
from msoko.core.vocabulary.russian import short_date

LOOKED_THROUGH = 200  # paragraphs from the beginning
NEAR = 8  # paragraphs below «ПРИКАЗ» or «Утверждено» with the date and the number
LONGEST = 160  # signs of such a paragraph; longer ones are the text of the order
LONGEST_STAMP = 300

OWN_ORDER = re.compile(r"(приказ|постановление|распоряжение|решение)\b.{0,40}$", re.IGNORECASE)
STAMP = re.compile(r"«?утвержд(?:[её]н[аоы]?|аю)\b»?", re.IGNORECASE)
ENCLOSURE = re.compile(r"приложение\b.{0,20}?\bк\s+((?:приказу|постановлению|распоряжению|решению)\b.*)", re.IGNORECASE)
GROUNDS = re.compile(
    r"(?:на основании|в соответствии|в целях|во исполнение|руководствуясь|с целью|согласно)\b", re.IGNORECASE
)
NUMBER = re.compile(r"№\s*(\d[\w/.-]*(?:\s?[-–]?\s?(?:о/д|[опр]д?|осн|ахд|пр)\b)?)", re.IGNORECASE)
ACT = re.compile(r"(приказ|постановлени|распоряжени|решени)\w*", re.IGNORECASE)
BASE_FORM = {"приказ": "приказ", "постановлени": "постановление", "распоряжени": "распоряжение", "решени": "решение"}
BEFORE_DATE = re.compile(r"\bот\b|№|\d{1,2}\.\d{1,2}\.")
PLACE = re.compile(r"^(?:г|с|п|пос|пгт|д|ст|р\.\s?п)\.\s?[А-ЯЁ][\w-]*\s*")
BEFORE_SIGNATURE = re.compile(r"_{2,}|«?\d|«\s?_")
YEAR_OR_BLANK = re.compile(r"20\d\d|_{3}")
PLACES_OF_NAMES = re.compile(r"<\w+>")


@dataclass(frozen=True)
class _Approval:
    line: int
    words: str
    on: str | None
    number: str | None
    confidence: float

    @property
    def worth(self) -> tuple[int, float]:
        return (self.on is not None) + (self.number is not None), self.confidence


def approval_of(lines: Sequence[Line]) -> dict[str, PassportField]:
    """approved_by («приказ … от 10.11.2023 № 115»), approved_on (ISO) and approved_number, as far as they are there."""
    prose = list(prose_of(list(_column_by_column(lines))))[:LOOKED_THROUGH]
    found = [one for place in range(len(prose)) if (one := _approval_at(prose, place)) is not None]
    best = max(found, key=lambda one: one.worth, default=None)
    if best is None:
        return {}
    said = {"approved_by": best.words, "approved_on": best.on, "approved_number": best.number}
    return {name: PassportField(value, best.line, best.confidence) for name, value in said.items() if value}


def _column_by_column(lines: Sequence[Line]) -> Iterator[Line]:
    """Stamps often stand beside each other in a table without lines: its cells one below the other."""
    for table, group in groupby(lines, key=lambda line: line.table):
        rows = list(group)
        if table is None or max(len(row.cells) for row in rows) > 3:
            yield from rows
            continue
        for column in range(3):
            for row in rows:
                for text in row.cells[column].split("\n") if column < len(row.cells) else ():
                    yield Line(row.number, (text,))


def _approval_at(prose: Sequence[tuple[Line, str]], place: int) -> _Approval | None:
    line, text = prose[place]
    enclosure = ENCLOSURE.match(text)
    if enclosure is not None:
        return _approval(line, [enclosure[1], *_below(prose, place)], 0.8)
    stamp = STAMP.match(text)
    if stamp is not None:
        return _approval(line, [text[stamp.end() :], *_below(prose, place)], 0.75)
    if OWN_ORDER.match(text) and len(text) < LONGEST:
        return _own_order(line, [text, *_above(prose, place), *_below(prose, place)])
    return None


def _below(prose: Sequence[tuple[Line, str]], place: int) -> Iterator[str]:
    for _, text in prose[place + 1 : place + 1 + NEAR]:
        if GROUNDS.match(text) or len(text) > LONGEST:
            return
        yield text


def _above(prose: Sequence[tuple[Line, str]], place: int) -> Iterator[str]:
    """A date that stands alone above the word «ПРИКАЗ»."""
    return (text for _, text in prose[max(0, place - 2) : place] if dates_in(text) and len(text) < 40)


def _own_order(line: Line, said: Sequence[str]) -> _Approval | None:
    found = _approval(line, said, 0.85)
    return found if found is not None and found.worth[0] else None


def _approval(line: Line, said: Sequence[str], confidence: float) -> _Approval | None:
    """By an act with its date and number; by a person, where no act is named."""
    words = " ".join(said)
    dates = dates_in(words)
    number = NUMBER.search(words)
    act = ACT.search(words)
    on = dates[0].isoformat() if dates else None
    if act is not None and (dates or number):
        numbered = number[1].rstrip(".") if number else None
        return _Approval(line.number, _act_in_words(act, words, dates, numbered), on, numbered, confidence)
    names = takewhile(lambda text: not YEAR_OR_BLANK.search(text) and not text.isupper(), said)
    before_date = list(names) or [BEFORE_SIGNATURE.split(said[0], maxsplit=1)[0]]
    who = " ".join(PLACES_OF_NAMES.sub("", " ".join(before_date)).split()).strip(" :.,_")[:LONGEST_STAMP]
    return _Approval(line.number, who, on, None, 0.5) if who else None


def _act_in_words(act: re.Match[str], words: str, dates: Sequence[date], number: str | None) -> str:
    """«постановление администрации района от 10.11.2023 № 115»."""
    after = BEFORE_DATE.split(words[act.end() :], maxsplit=1)[0].strip(" .,:«")
    after = PLACE.sub("", after)
    whose = f" {after}" if after and len(after) < LONGEST and not after[:1].isdigit() else ""
    on = f" от {short_date(dates[0])}" if dates else ""
    return f"{BASE_FORM[act[1].lower()]}{whose}{on}{f' № {number}' if number else ''}"
