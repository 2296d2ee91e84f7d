"""The words of a cell without what copying, OCR and HTML left in them."""

import html
import re
from unicodedata import normalize

TAG = re.compile(r"<[/!]?[a-zA-Z][^<>]{0,200}>")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
DASHES = "‐‑‒–—―−﹘﹣－~"
QUOTES = "«»„“”‟″\"'’‘`"
LATIN = str.maketrans("abcehkmoptxyru", "авсенкмортхуги")
# Ukrainian and Greek letters that stand for a Roman I or a Cyrillic letter.
ALIKE = str.maketrans(
    {"ё": "е", "і": "i", "ι": "i", "ν": "v", **dict.fromkeys(DASHES, "-"), **dict.fromkeys(QUOTES, '"')}
)
DIGITS_OF_LETTERS = str.maketrans("oоз", "003")
# A number with a letter in it that OCR took for a digit: «2О21», «О1.09.2021», «З0.09».
NUMBER_WITH_LETTERS = re.compile(r"(?<![а-яa-z])[0-9oоз.]*[0-9][0-9oоз.]*(?![а-яa-z])")

# «Уч/год», «у/г».
SCHOOL_YEAR_CUT = re.compile(r"(?<![а-я])(у|уч)/(?=г)")
# «1) сентябрь; 2) октябрь» numbers the deadlines; «май (9)» does not.
NUMBER_OF_ITEM = re.compile(r"(?:(?<=^)|(?<=[;,.] ))[0-9]\)(?= )")

DASHES_IN_A_ROW = re.compile(r"-(?: ?-)+")

# «Сентябрь … май», «сентябрь...май» is a range; dots at the end are not.
DOTS_BETWEEN = re.compile(r"(?<=[а-я0-9)])\.?[ ]?(?:\.\.\.|…)[ ]?(?=[а-я0-9])")


def cleaned(words: str) -> str:
    """Without tags, invisible signs and repeated blanks: what is shown as a condition is cut out of this."""
    text = INVISIBLE.sub("", normalize("NFC", TAG.sub(" ", html.unescape(words))))
    return " ".join(text.split())


def folded(clean: str) -> str:
    """The same text, sign by sign, in the form that is read: small letters, «е» for «ё», one kind of dash."""
    small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in clean).translate(ALIKE)
    small = SCHOOL_YEAR_CUT.sub(r"\1 ", small)
    small = small if "(" in small else NUMBER_OF_ITEM.sub("  ", small)
    small = DASHES_IN_A_ROW.sub(lambda found: "-".ljust(len(found.group())), small)
    small = DOTS_BETWEEN.sub(lambda found: "-".center(len(found.group())), small)
    return NUMBER_WITH_LETTERS.sub(lambda found: found.group().translate(DIGITS_OF_LETTERS), small)
