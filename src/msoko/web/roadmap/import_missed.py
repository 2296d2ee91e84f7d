"""A line of the document that became no row, as fields to begin a row with."""

import re
from collections.abc import Sequence

from msoko.core.roadmap.reading.like_deadlines import like_a_deadline
from msoko.core.roadmap.reading.like_executors import like_executors

NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
LIKELY = 0.6


def fields_of_cells(cells: Sequence[str]) -> dict[str, str]:
    """Number, deadline and executors by their words, the first of the rest is the title and what follows the result.

    A guess to be put right: a person sees the cells beside it.
    """
    rest = [cell for cell in cells if cell.strip()]
    found = {}
    if len(rest) > 1 and NUMBER.fullmatch(rest[0].strip()):
        found["number"] = rest.pop(0).strip().rstrip(".")
    for field, likeness in (("deadline", like_a_deadline), ("executors", like_executors)):
        best = max(rest[1:], key=likeness, default="")
        if best and likeness(best) >= LIKELY:
            found[field] = best
            rest.remove(best)
    found["title"] = rest[0] if rest else ""
    found["result"] = "\n".join(rest[1:])
    return found
