"""The normal form of a class label: «5 «А»», «5a» and «А класс» are one class."""

import re

LOOK_ALIKE = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
NOISE = re.compile(r"""[\s"'«»“”„.,\-–—_()]""")


def normal_class(said: str, *pupils_grades: int) -> str:
    """Upper case, look-alike Latin letters made Cyrillic, signs dropped, one leading grade number dropped.

    `pupils_grades` are the numbers that may stand before the letter, the likeliest first. «нет» and nothing
    both become '': the only class of its grade.
    """
    label = NOISE.sub("", said.upper().translate(LOOK_ALIKE))
    for grade in pupils_grades:
        shorter = re.sub(rf"^0?{grade}(?!\d)", "", label)
        if shorter != label:
            label = shorter
            break
    label = label.replace("КЛАСС", "")
    return "" if label == "НЕТ" else label
