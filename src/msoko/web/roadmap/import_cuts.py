"""Where one row can be cut into two: at ends of lines and sentences, before numbers of items, between any words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msoko.web.roadmap.models import ImportedRow
from msoko.web.roadmap.services.import_texts import FIELDS

# After «.» «;» «:», at an end of a line, before «2)» «1.3.», before a capital letter that nothing announces.
BETTER = re.compile(r"(?<=[.;:!?])\s+|\n+|\s+(?=\d{1,2}(?:\.\d{1,2})*[.)]\s)|(?<=[а-яё)»])\s+(?=[А-ЯЁ][а-яё])")
BLANK = re.compile(r"\s+")
MOST_CUTS = 400
SHOWN = 40  # letters on each side of a cut


@dataclass(frozen=True)
class Cut:
    """`at` is the letter of the title before which the second part begins."""

    at: int
    left: str
    right: str


def cuts_of(title: str) -> tuple[list[Cut], list[Cut]]:
    """Likely places, and all others."""
    likely = list(_cuts(title, BETTER))
    taken = {cut.at for cut in likely}
    others = [cut for cut in _cuts(title, BLANK) if cut.at not in taken]
    return likely[:MOST_CUTS], others[:MOST_CUTS]


def _cuts(title: str, pattern: re.Pattern[str]) -> Iterator[Cut]:
    for found in pattern.finditer(title):
        at = found.end()
        left, right = title[: found.start()].strip(), title[at:].strip()
        if left and right:
            yield Cut(at, _end_of(left), _beginning_of(right))


def _end_of(text: str) -> str:
    return text if len(text) <= SHOWN else "…" + text[-SHOWN:]


def _beginning_of(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def halves_of(row: ImportedRow, at: int) -> tuple[dict[str, str], dict[str, str]]:
    """Fields of both rows to begin with: the title is cut, the rest is the same in both until the person says."""
    first = {name: getattr(row, name) for name in FIELDS} | {"evidence": "\n".join(row.evidence)}
    second = dict(first)
    first["title"], second["title"] = row.title[:at].strip(), row.title[at:].strip()
    second["number"] = ""
    return first, second
