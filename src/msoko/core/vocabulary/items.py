"""Numbers of items as different forms write them: «9.1», «9(1)»; «2К1», «2K1», «2 (к1)»."""

import re

from msoko.core.vocabulary.words import look_alike

WORDS = re.compile(r"^(?:№|n|задание|задания|зад)[.\s]*(?=[\dа-я])")
SEVERAL = re.compile(r"\d\s*[–—-]\s*\d|[;,]\s|[;,].*[;,]|\d,\s*[а-яa-z]")
PARTS = re.compile(r"\d{1,9}|[^\W\d_]+")


def normal_item(said: str) -> str:
    """The form in which numbers are compared: «9(1)» and «9.1» are «9.1», «2K1» in Latin letters is «2К1».

    '' where it is not the number of one item: no digit, or several numbers («1–3», «1, 2»).
    """
    bare = WORDS.sub("", look_alike(said))
    parts = PARTS.findall(bare)
    if SEVERAL.search(bare) or not any(part.isdecimal() for part in parts):
        return ""
    number = ""
    for part in parts:
        shown = str(int(part)) if part.isdecimal() else part.upper()
        number += f".{shown}" if number[-1:].isdecimal() and shown.isdecimal() else shown
    return number
