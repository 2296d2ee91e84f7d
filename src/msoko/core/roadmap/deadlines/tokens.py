"""A text as tokens: dates, numbers, ordinals, words, signs, each with its place in the cleaned text."""

import re
from dataclasses import dataclass, replace
from datetime import date

from msoko.core.roadmap.deadlines.cleaning import folded
from msoko.core.roadmap.deadlines.mending import corrected, parted
from msoko.core.roadmap.deadlines.words import CLOSED, TAGS, UNKNOWN, look_up

YEARS = range(1990, 2100)
CENTURY = 2000
SMALL = 100  # «num» is what can be a day, a number of a quarter, a year of two digits
ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
# Cyrillic letters that typists take for Roman numbers; only before the word that the number counts.
LOOK_ROMAN = {
    "п": 2,
    "пп": 2,
    "ш": 3,
    "iу": 4,
    "iy": 4,
    "1у": 4,
    "1v": 4,
    "lv": 4,
    "l": 1,
    "ll": 2,
    "lll": 3,
    "1i": 2,
    "1ii": 3,
}
SHORTEST_TORN = 5
COUNTED = r"(?:квартал|кв[ .-]|полугод|четверт|четв\.|триместр|декад)"
ENDING = r"(?:ти|мя|ого|его|ему|ому|ый|ий|ой|ая|яя|ое|ые|ых|го|му|ми|ом|ем|ю|ую|я|й|е|м|х)"
HOUR = "ч(?:ас[а-я]*)?(?![а-я])"
TOKEN = re.compile(
    rf"""
      (?P<iso>(?<![0-9.])(?P<iso_y>[0-9]{{4}})(?:-(?P<iso_m>[0-9]{{2}})-(?P<iso_d>[0-9]{{2}})
              |\.(?P<iso_m2>[0-9]{{2}})\.(?P<iso_d2>[0-9]{{2}}))(?![0-9]))
    | (?P<clock>(?<![0-9.])[0-2]?[0-9](?::[0-5][0-9]|[.-][0-5][0-9](?=[ ]?{HOUR}))(?![0-9])(?:[ ]?{HOUR})?)
    | (?P<full>(?P<d>[0-9]{{1,2}})[ ]?
              (?:\.[ ]?(?P<m>[0-9]{{1,2}})[ ]?\.[ ]?|/(?P<m2>[0-9]{{1,2}})/|-(?P<m3>[0-9]{{2}})-)
              (?P<y>[0-9]{{4}}|[0-9]{{2}})(?![0-9]))
    | (?P<monthyear>(?P<m4>[0-9]{{1,2}})(?:\.|(?<=[0-9]{{2}})/)(?P<y4>[0-9]{{4}})(?![0-9]))
    | (?P<daymonth>(?P<d5>[0-9]{{1,2}})\.(?P<m5>[0-9]{{2}})(?![0-9]))
    | (?P<look_roman>(?<![а-яa-z0-9])(?:пп?|ш|iу|iy|1у|1v|l{{1,3}}|lv|1ii?)(?=[ ]?(?:-[ ]?{ENDING}[ ])?[ ]?{COUNTED}))
    | (?P<roman>(?<![а-яa-z])[ivx]+(?:[ ]?-[ ]?{ENDING}(?![а-яa-z])|(?![а-яa-z])|(?={COUNTED})))
    | (?P<ordinal>[0-9]{{1,2}}(?:[ ]?-[ ]?{ENDING}|(?:го|й|ый|ой|ая|ое|му|х))(?![а-яa-z0-9]))
    | (?P<number>[0-9]{{4}}-(?:го|й|ый|м|му|ом)(?![а-яa-z])|[0-9]+)
    | (?P<word>кв-л[а-я]?|п/г|(?<![а-яa-z])[гтс]\.[ ]?г(?![а-яa-z])|[а-яa-z]+)
    | (?P<blank>\s+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
SIGNS = {"-": "dash", ",": "comma", ";": "semi", "(": "open", ")": "close", "[": "open", "]": "close", "/": "slash",
         "\\": "slash", ":": "colon", "№": "number_sign"}  # fmt: skip
DROPPED = '."…•·▪*'  # full stops and quotation marks part nothing that a deadline needs parted
OTHER_TAGS = {
    "clock",
    "fulldate",
    "daymonth",
    "monthyear",
    "impossible",
    "num",
    "ord",
    "year",
    "number",
    "other",
    *SIGNS.values(),
}
OPENING, CLOSING = '«"', '»"”'
ALL_TAGS = TAGS | OTHER_TAGS | set(SIGNS.values())


@dataclass(frozen=True)
class Token:
    """`start` and `end` are places in the cleaned text; `day` (year, month, day) has 0 for what is not said."""

    tag: str
    text: str
    start: int
    end: int
    value: int = 0
    day: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True)
class Tokens:
    clean: str
    tokens: tuple[Token, ...]
    corrections: tuple[tuple[str, str], ...]  # what was written, what it was read as

    def text(self, first: int, last: int) -> str:
        """The cleaned text of the tokens from first up to last, last not included; quotation marks are whole."""
        if first >= last:
            return ""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        text = self.clean[start:end]
        if start and self.clean[start - 1] in OPENING and _lacks_opening(text):
            start -= 1
        while end < len(self.clean) and self.clean[end] in CLOSING and _lacks_closing(self.clean[start:end]):
            end += 1
        return self.clean[start:end]


def _lacks_opening(text: str) -> bool:
    return text.count("»") > text.count("«") or text.count('"') % 2 == 1


def _lacks_closing(text: str) -> bool:
    return text.count("«") > text.count("»") or text.count("“") > text.count("”") or text.count('"') % 2 == 1


def tokenised(clean: str) -> Tokens:
    """All tokens of a cleaned text; torn words are put together, slips of the pen in long words are mended."""
    small = folded(clean)
    found = [token for match in TOKEN.finditer(small) if (token := _token(match)) is not None]
    whole = _put_together(_without_bullet(found), small)
    return _corrected(clean, [part for token in whole for part in _parted(token)])


def _token(match: "re.Match[str]") -> Token | None:
    kind, text = str(match.lastgroup), match.group()
    if kind == "blank" or text in DROPPED:
        return None
    tag, value, day = _READERS[kind](match, text)
    return Token(tag, text, match.start(), match.end(), value, day)


_Read = tuple[str, int, tuple[int, int, int]]
NO_DAY = (0, 0, 0)


def _date(match: "re.Match[str]", _: str) -> _Read:
    said = {name[0]: int(value) for name, value in match.groupdict().items() if value and len(name) < 3}
    said |= {name[4]: int(value) for name, value in match.groupdict().items() if value and name.startswith("iso_")}
    year, month, day = said.get("y", 0), said.get("m", 0), said.get("d", 0)
    year += CENTURY if 0 < year < SMALL else 0
    tag = {"full": "fulldate", "iso": "fulldate"}.get(str(match.lastgroup), str(match.lastgroup))
    return (tag, 0, (year, month, day)) if _exists(year, month, day) else ("impossible", 0, NO_DAY)


def _exists(year: int, month: int, day: int) -> bool:
    if year and year not in YEARS:
        return False
    try:
        date(year or 2024, month, day or 1)  # without a year the 29th of February may be right
    except ValueError:
        return False
    return True


def _ordinal(match: "re.Match[str]", text: str) -> _Read:
    return "ord", int(re.match("[0-9]+", text).group()), NO_DAY  # type: ignore[union-attr]


def _roman(match: "re.Match[str]", text: str) -> _Read:
    number = ROMAN.get(re.split("[ -]", text)[0])
    return ("ord", number, NO_DAY) if number else _word(match, text)


def _number(match: "re.Match[str]", text: str) -> _Read:
    text = text.split("-")[0]  # «2021-й»
    if len(text) > 4:
        return "number", 0, NO_DAY
    value = int(text)
    return ("num" if value < SMALL and len(text) < 3 else "year" if value in YEARS else "number"), value, NO_DAY


def _word(_: "re.Match[str]", text: str) -> _Read:
    return *look_up(text), NO_DAY


_READERS = {
    "clock": lambda *_: ("clock", 0, NO_DAY),
    "iso": _date,
    "full": _date,
    "monthyear": _date,
    "daymonth": _date,
    "look_roman": lambda _, text: ("ord", LOOK_ROMAN[text], NO_DAY),
    "roman": _roman,
    "ordinal": _ordinal,
    "number": _number,
    "word": _word,
    "sign": lambda _, text: (SIGNS.get(text, "other"), 0, NO_DAY),
}


def _without_bullet(tokens: list[Token]) -> list[Token]:
    """A dash before the first word is the mark of a list; one after the last word is a scrap."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].tag in ("dash", "comma", "semi", "colon"):
        first += 1
    while last > first and tokens[last - 1].tag in ("dash", "comma", "semi", "colon"):
        last -= 1
    return tokens[first:last]


def _put_together(tokens: list[Token], small: str) -> list[Token]:
    """«Сен- тябрь» and «ежегод но» are one word if the two parts are not words by themselves."""
    whole: list[Token] = []
    for token in tokens:
        whole.append(token)
        for parts in (3, 2):
            if (joined := _joined(whole[-parts:], parts, small)) is not None:
                whole[-parts:] = [joined]
                break
    return whole


def _joined(tokens: list[Token], parts: int, small: str) -> Token | None:
    if len(tokens) < parts or not tokens[0].text.isalpha() or not tokens[-1].text.isalpha():
        return None
    first, last = tokens[0], tokens[-1]
    if parts == 3 and (tokens[1].tag != "dash" or small[tokens[1].start - 1] == " "):
        return None
    if UNKNOWN not in (first.tag, last.tag) and first.tag != "abbr":
        return None
    word = first.text + last.text
    tag, value = look_up(word)
    if tag not in CLOSED or len(word) < SHORTEST_TORN or (first.tag == "abbr" and last.tag != UNKNOWN):
        return None
    return Token(tag, word, first.start, last.end, value)


def _parted(token: Token) -> list[Token]:
    place = parted(token.text) if token.tag == UNKNOWN else 0
    if not place:
        return [token]
    middle = token.start + place
    left, right = token.text[:place], token.text[place:]
    return [
        Token(look_up(left)[0], left, token.start, middle, look_up(left)[1]),
        Token(look_up(right)[0], right, middle, token.end, look_up(right)[1]),
    ]


def _corrected(clean: str, tokens: list[Token]) -> Tokens:
    corrections, mended = [], []
    for token in tokens:
        if token.tag == UNKNOWN and (word := corrected(token.text)) is not None:
            corrections.append((clean[token.start : token.end], word.form))
            token = replace(token, tag=word.tag, value=word.value)
        mended.append(token)
    return Tokens(clean, tuple(_with_years_of_names(mended, clean)), tuple(corrections))


LONGEST_DASH = 3
"""With a blank on either side."""


def _with_years_of_names(tokens: list[Token], clean: str) -> list[Token]:
    """«ВПР-2020» is one name, in capitals, with nothing between it and the year; «ЕГЭ - 2020» is an examination's."""
    whole: list[Token] = []
    for token in tokens:
        name, dash = whole[-2:] if len(whole) > 1 else (token, token)
        is_name = name.tag in (UNKNOWN, "event") and clean[name.start : name.end].isupper() and len(name.text) > 1
        is_glued = token.start - name.end <= (LONGEST_DASH if name.tag == "event" else 1)
        if token.tag == "year" and is_name and dash.tag == "dash" and is_glued:
            whole[-2:] = [replace(name, end=token.end)]
        else:
            whole.append(token)
    return whole
