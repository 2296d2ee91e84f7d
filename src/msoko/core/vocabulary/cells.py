"""What a cell of an uploaded sheet says, whatever type the spreadsheet program gave it."""

import re
from functools import lru_cache

Cell = str | int | float | bool | None

BLANKS = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\t": " ", "\r": " ", "\n": " "})
WHOLE_NUMBER = re.compile(r"(\d{1,18})(?:[.,]0+)?")  # longer ones are no scores, and int() refuses them
NOT_ATTEMPTED = frozenset({"", "X", "x", "Х", "х", "-", "–", "—"})


def text(cell: object) -> str:
    """The cell as text: '' for nothing, '4' for 4.0, odd blanks made plain, stripped."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        if cell != cell:
            return ""
        return str(int(cell)) if cell.is_integer() else str(cell)
    return str(cell).translate(BLANKS).strip()


@lru_cache(10_000)
def whole_number(said: str) -> int | None:
    """The number that the text is ('7', '7.0', '7,00'), None where it is anything else, negative included."""
    found = WHOLE_NUMBER.fullmatch(said)
    return int(found[1]) if found else None


def is_not_attempted(said: str) -> bool:
    """X in either alphabet, a dash, nothing, or «не пройд…» (the topic was not taught): the item brings 0."""
    return said in NOT_ATTEMPTED or said.lower().startswith("не пройд")


def says_absent(said: str) -> bool:
    return said.lower().startswith("отсутств")
