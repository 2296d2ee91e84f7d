"""Numbers of rows, and sentences that end too early or begin in the middle."""

import re

_NUMBER = re.compile(r"(?:№|п\.|N)?\s*(\d{1,3}(?:\s?[.,]\s?\d{1,3}){0,4})\s?[.)]{0,2}")
_GLUED_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4}[.)]|\d{1,3}(?:\.\d{1,3}){1,4})\s*(?=[А-ЯЁA-Z«\"“])")
_NUMBER_AND_WORDS = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})[.)]*\s+(?=[А-ЯЁA-Z«\"“])")
_HANGING_WORDS = (
    *("и", "или", "либо", "а", "но", "в", "во", "на", "с", "со", "к", "ко", "по", "о", "об", "от", "до", "для", "при"),
    *(
        "из",
        "у",
        "за",
        "под",
        "над",
        "через",
        "между",
        "без",
        "про",
        "не",
        "ни",
        "как",
        "что",
        "чтобы",
        "их",
        "его",
        "её",
    ),
    *("также", "том", "том числе", "№", "им", "г", "ул", "т", "целью", "рамках", "вопросам", "вопросу", "течение"),
)
_HANGS = re.compile(rf"(?:[,:;(«–—-]|(?<![^\W_])(?:{'|'.join(_HANGING_WORDS)}))$", re.IGNORECASE)
_IN_THE_MIDDLE = re.compile(r"[\"«(]?[а-яёa-z]|[-–—•*,;:.)»%/]|\d{1,2}\)")
_A_BULLET = re.compile(r"[-–—•*]|\d{1,2}\)|[а-я]\)")


def number_of(text: str) -> str | None:
    """«2.10.» → «2.10», «№ 3)» → «3»; None for what is no number of a row."""
    found = _NUMBER.fullmatch(text.strip())
    return re.sub(r"\s", "", found[1]).replace(",", ".") if found else None


def glued_number(text: str) -> tuple[str, str] | None:
    """«1.2. Провести» → («1.2», «Провести»): the number stands in the cell of the title."""
    found = _GLUED_NUMBER.match(text)
    return (found[1].rstrip(".)"), text[found.end() :].strip()) if found else None


def number_and_words(text: str) -> tuple[str, str] | None:
    """What stands in a cell of numbers: «4 Провести сбор» → («4», «Провести сбор»); None without both."""
    found = _NUMBER_AND_WORDS.match(text)
    return (found[1].rstrip(".)"), text[found.end() :].strip()) if found else None


def hangs(text: str) -> bool:
    """The sentence cannot end here: a hanging comma or preposition, a bracket that is not closed."""
    said = text.rstrip()
    if not said:
        return False
    return _HANGS.search(said) is not None or said.count("(") > said.count(")") or said.count("«") > said.count("»")


def begins_in_the_middle(text: str) -> bool:
    """A small letter, a dash, a comma: it goes on with what was said before."""
    return _IN_THE_MIDDLE.match(text) is not None


def is_a_bullet(text: str) -> bool:
    return _A_BULLET.match(text) is not None
