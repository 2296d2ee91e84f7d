"""Whose row it is: what a file tells of a person, made one text that is the same in all protocols of a year.

A participant's code is no identity: at examinations each exam gives a code of its own. The name with the number of the
document is; the name alone is one only within a school, where namesakes show themselves by standing twice in a work.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain

from msoko.core.collection.readers._tables import column_of, names
from msoko.core.definitions.kinds import PARTS_OF_IDENTITY, Source
from msoko.core.vocabulary.words import look_alike

NAME = ("full_name", "surname", "name", "patronymic")
FEWEST_DIGITS = 5  # of a document: what has fewer is a word («паспорт») or a mark of the clerk, and no number
LENGTH_OF_SERIES, LENGTH_OF_NUMBER = 4, 6  # of a passport; a spreadsheet loses the zeros that either begins with


def names_a_person(header: str, source: Source) -> bool:
    """Whether the source says that the column of this header tells who the participant is."""
    return any(names(header, wanted) for wanted in chain(*source.identity.values()))


def identity_columns(headers: Sequence[str], source: Source) -> dict[str, int]:
    """Part of an identity → its column, where the header has it, a column being one part only.

    A «Номер» without a series may count rows.
    """
    found: dict[str, int] = {}
    for part in PARTS_OF_IDENTITY:
        free = ["" if place in found.values() else header for place, header in enumerate(headers)]
        place = column_of(free, source.identity.get(part, ()))
        if place is not None:
            found[part] = place
    return {part: place for part, place in found.items() if part != "number" or "series" in found}


def identities(said: Mapping[str, Sequence[str]], schools: Sequence[str]) -> list[str]:
    """One identity a row; `said` has a list a part, `schools` the school of each row."""
    columns = [said.get(part) or [""] * len(schools) for part in PARTS_OF_IDENTITY]
    return [
        identity_of(dict(zip(PARTS_OF_IDENTITY, row, strict=True)), school)
        for school, *row in zip(schools, *columns, strict=True)
    ]


def identity_of(said: Mapping[str, str], school: str) -> str:
    """The name with the document, the document alone, or the name within its school; '' where that is not enough."""
    name = _words(" ".join(said.get(part, "") for part in NAME))
    document = _document(said)
    if document:
        return f"{name}|{document}"
    return f"{name}|{school}" if " " in name and school else ""


def _words(said: str) -> str:
    """«ЁЖИКОВА-Вишня  Анна» and «Ежикова - Вишня анна» are one name."""
    return " ".join(re.findall(r"[^\W\d_]+", look_alike(said)))


def _document(said: Mapping[str, str]) -> str:
    """Series and number as signs alone; '' for what is too short or all alike («000000», «—»)."""
    series, number = _signs(said.get("series", "")), _signs(said.get("number", "") or said.get("document", ""))
    if not series and number.isdigit() and len(number) == LENGTH_OF_SERIES + LENGTH_OF_NUMBER:
        series, number = number[:LENGTH_OF_SERIES], number[LENGTH_OF_SERIES:]
    if sum(map(str.isdigit, series + number)) < FEWEST_DIGITS or len(set(number)) < 2:
        return ""
    if series.isdigit():
        series = series.zfill(LENGTH_OF_SERIES)
    if number.isdigit():
        number = number.zfill(LENGTH_OF_NUMBER)
    return series + number


def _signs(said: str) -> str:
    return "".join(re.findall(r"[^\W_]+", look_alike(said)))
