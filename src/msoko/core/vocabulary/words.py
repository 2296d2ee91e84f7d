"""Words of headers, file names and definitions in a form in which they can be compared."""

import re

LATIN_TO_CYRILLIC = str.maketrans("abcehkmoptxy", "авсенкмортху")


def normal(said: str) -> str:
    """Lower case, «ё» as «е», any run of blanks as one: «Код  участника » and «код участника» are one header."""
    return " ".join(said.lower().replace("ё", "е").split())


def look_alike(said: str) -> str:
    """The normal form with Latin letters that look Cyrillic made Cyrillic: «MA» typed on the other keyboard is «ма»."""
    return normal(said).translate(LATIN_TO_CYRILLIC)


def natural_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts «2» before «10» and «2К1» between «2» and «3»."""
    parts = re.findall(r"\d{1,9}|\D+", number)
    return tuple((0, int(part), "") if part[0].isdecimal() else (1, 0, part.lower()) for part in parts)


def begins_a_word(said: str, stem: str) -> bool:
    """Whether a word of the text begins with the stem; «_» parts words, as it does in names of files."""
    return re.search(rf"(?<![^\W_]){re.escape(stem)}", said) is not None
