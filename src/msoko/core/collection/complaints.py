"""A complaint names the place, the value, what is wrong and what to do; complaints of one kind are grouped."""

from dataclasses import dataclass, field

from msoko.core.vocabulary.statuses import Level


@dataclass(frozen=True)
class Place:
    """Where it was seen: sheet, row (from 1, as the spreadsheet shows it), column header, and the value as text."""

    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""


@dataclass
class Complaint:
    """`message` says in Russian what is wrong, `advice` what to do. `places` holds the first few of `count`."""

    level: Level
    code: str
    message: str
    advice: str = ""
    count: int = 1
    places: list[Place] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        first = self.places[0] if self.places else Place()
        return {
            "level": str(self.level),
            "code": self.code,
            "count": self.count,
            "sheet": first.sheet or None,
            "row": first.row,
            "column": first.column or None,
            "value": first.value or None,
            "message": " ".join(part for part in (self.message, self.advice) if part),
            "places": [vars(place) for place in self.places],
        }


MOST_PLACES = 5  # enough to recognise a pattern, few enough to read


class Complaints:
    """Collects complaints by code in the order they first came."""

    def __init__(self) -> None:
        self._by_code: dict[str, Complaint] = {}

    def add(
        self, level: Level, code: str, message: str, advice: str = "", place: Place | None = None, count: int = 1
    ) -> None:
        known = self._by_code.get(code)
        if known is None:
            self._by_code[code] = Complaint(level, code, message, advice, count, [place] if place else [])
            return
        known.count += count
        if place and len(known.places) < MOST_PLACES:
            known.places.append(place)

    def all(self) -> list[Complaint]:
        return list(self._by_code.values())
