"""The passport of a programme as data: what the record keeps as JSON, what a page and a document show.

The keys are those of a template's passport (core.definitions.programme_kinds.Passport); a template counts months and
years from the beginning, a programme has days and calendar years.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from math import isfinite
from typing import Any, TypeVar

from msoko.core.definitions import programme_kinds as templates
from msoko.core.definitions.filling import dates_of
from msoko.core.vocabulary.russian import number

Row = TypeVar("Row")
Json = dict[str, Any]

NAMES: dict[str, str] = {
    "grounds": "Основания для разработки",
    "developer": "Разработчик",
    "executors": "Исполнители",
    "goal": "Цель",
    "tasks": "Задачи",
    "stages": "Этапы реализации",
    "indicators": "Целевые показатели",
    "expected_results": "Ожидаемые результаты",
    "control": "Контроль исполнения",
    "resources": "Ресурсы и источники финансирования",
    "participants": "Участники и их функции",
    "risks": "Риски и меры по их снижению",
}
"""Field → its name on the screen and in documents, in the order of a signed passport."""
TEXTS = ("developer", "goal", "control")
LISTS = ("grounds", "executors", "tasks", "expected_results")
TABLES = ("stages", "indicators", "resources", "participants", "risks")


@dataclass(frozen=True)
class Stage:
    """Both days belong to the stage; None where the document does not tell."""

    title: str
    begins: date | None = None
    ends: date | None = None
    content: str = ""


@dataclass(frozen=True)
class Indicator:
    """`targets`: year in which the programme's year begins → value; None where the year's target is left open.

    `comparator` is one of programme_kinds.COMPARATORS; `how`: from what it is computed; `direction` may be ''.
    """

    name: str
    unit: str = ""
    comparator: str = ""
    how: str = ""
    base: float | None = None
    targets: Mapping[int, float | None] = field(default_factory=dict)
    direction: str = ""


@dataclass(frozen=True)
class Resource:
    kind: str
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Participant:
    who: str
    functions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Risk:
    risk: str
    consequence: str = ""
    mitigation: str = ""


@dataclass(frozen=True)
class Passport:
    grounds: tuple[str, ...] = ()
    developer: str = ""
    executors: tuple[str, ...] = ()
    goal: str = ""
    tasks: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    expected_results: tuple[str, ...] = ()
    control: str = ""
    resources: tuple[Resource, ...] = ()
    participants: tuple[Participant, ...] = ()
    risks: tuple[Risk, ...] = ()

    @property
    def empty_fields(self) -> tuple[str, ...]:
        """Fields of which nothing is said, in their order."""
        return tuple(name for name in NAMES if not getattr(self, name))

    def to_json(self) -> Json:
        """Days as ISO text, years as text, tuples as lists: what JSON can hold. Empty fields are left out."""
        return {name: _plain(value) for name in NAMES if (value := getattr(self, name))}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if type(value) in _ROWS:
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value


def from_json(data: Mapping[str, Any]) -> Passport:
    """The passport that the record keeps; what is not there is empty.

    A plain text stands for a list of its lines, and a text in place of a row for the row's first word, as an imported
    document leaves them. Raises ValueError for anything else that no passport holds, and names the field.
    """
    read: Json = {name: _text(name, data.get(name)) for name in TEXTS}
    read |= {name: _lines(name, data.get(name)) for name in LISTS}
    read |= {name: _rows(name, data.get(name)) for name in TABLES}
    return Passport(**read)


def _text(name: str, said: Any) -> str:
    if isinstance(said, list | tuple):
        return "\n".join(_lines(name, said))
    if not isinstance(said, str | None):
        raise _bad(name, said)
    return (said or "").strip()


def _lines(name: str, said: Any) -> tuple[str, ...]:
    pieces = said.splitlines() if isinstance(said, str) else ([] if said is None else said)
    if not isinstance(pieces, list | tuple) or not all(isinstance(piece, str) for piece in pieces):
        raise _bad(name, said)
    return tuple(stripped for piece in pieces if (stripped := piece.strip()))


def _rows(name: str, said: Any) -> tuple[Any, ...]:
    if isinstance(said, str) or said is None:
        return tuple(_READERS[name]({_FIRST[name]: line}) for line in _lines(name, said))
    if not isinstance(said, list | tuple):
        raise _bad(name, said)
    rows = [{_FIRST[name]: one} if isinstance(one, str) else one for one in said]
    if not all(isinstance(one, Mapping) for one in rows):
        raise _bad(name, said)
    try:
        return tuple(_READERS[name](one) for one in rows)
    except (TypeError, ValueError) as problem:
        raise _bad(name, said) from problem


def _bad(name: str, said: Any) -> ValueError:
    return ValueError(f"Паспорт, «{NAMES[name]}»: не читается значение {said!r:.200}.")


def _stage(row: Mapping[str, Any]) -> Stage:
    return Stage(_word(row, "title"), _day(row.get("begins")), _day(row.get("ends")), _word(row, "content"))


def _day(said: Any) -> date | None:
    return date.fromisoformat(said) if said else None


def _indicator(row: Mapping[str, Any]) -> Indicator:
    return Indicator(
        **{name: _word(row, name) for name in ("name", "unit", "comparator", "how", "direction")},
        base=_value(row.get("base")),
        targets={int(year): _value(value) for year, value in sorted((row.get("targets") or {}).items())},
    )


def _value(said: Any) -> float | None:
    if said is None:
        return None
    value = float(said)
    if not isfinite(value):
        raise ValueError(f"{value} is not a number that can be reached")
    return value


def _resource(row: Mapping[str, Any]) -> Resource:
    return Resource(_word(row, "kind"), _word(row, "source"), _word(row, "note"))


def _participant(row: Mapping[str, Any]) -> Participant:
    return Participant(_word(row, "who"), _lines("participants", row.get("functions")))


def _risk(row: Mapping[str, Any]) -> Risk:
    return Risk(_word(row, "risk"), _word(row, "consequence"), _word(row, "mitigation"))


def _word(row: Mapping[str, Any], key: str) -> str:
    return str(row.get(key) or "").strip()


_READERS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "stages": _stage,
    "indicators": _indicator,
    "resources": _resource,
    "participants": _participant,
    "risks": _risk,
}
_FIRST = {"stages": "title", "indicators": "name", "resources": "kind", "participants": "who", "risks": "risk"}
_ROWS = (Stage, Indicator, Resource, Participant, Risk)


# ---- from a template


def from_template(passport: templates.Passport, begins: date) -> Passport:
    """The passport of a programme that begins on this day; placeholders in the texts are filled in already."""
    return Passport(
        grounds=passport.grounds,
        developer=passport.developer,
        executors=passport.executors,
        goal=passport.goal,
        tasks=passport.tasks,
        stages=tuple(Stage(one.title, *dates_of(one, begins), one.content) for one in passport.stages),
        indicators=tuple(_of_years(one, begins.year) for one in passport.indicators),
        expected_results=passport.expected_results,
        control=passport.control,
        resources=tuple(Resource(one.kind, one.source, one.note) for one in passport.resources),
        participants=tuple(Participant(one.who, one.functions) for one in passport.participants),
        risks=tuple(Risk(one.risk, one.consequence, one.mitigation) for one in passport.risks),
    )


def _of_years(one: templates.IndicatorTemplate, first_year: int) -> Indicator:
    targets = {first_year + year - 1: value for year, value in sorted(one.targets.items())}
    return Indicator(one.name, one.unit, one.comparator, one.how, one.base, targets, one.direction)


# ---- in words


def years_of(begins: date, ends: date) -> list[int]:
    """Years in which the programme's years begin: calendar ones, or school years where it begins after June."""
    last = ends.year if begins.month <= LAST_MONTH_OF_CALENDAR_YEAR or ends.month > SCHOOL_YEAR_ENDS else ends.year - 1
    return list(range(begins.year, max(last, begins.year) + 1))


LAST_MONTH_OF_CALENDAR_YEAR = 6
SCHOOL_YEAR_ENDS = 8


def year_in_words(year: int, begins: date) -> str:
    """«2024», or «2024/25» of a programme that goes by school years."""
    return str(year) if begins.month <= LAST_MONTH_OF_CALENDAR_YEAR else f"{year}/{(year + 1) % 100:02}"


MOST_DECIMALS = 3


def amount(value: float) -> str:
    """As few decimals as the value has, three at most: «80», «4,5»."""
    shown = round(value, MOST_DECIMALS)
    digits = next(digits for digits in range(MOST_DECIMALS + 1) if round(shown, digits) == shown)
    return number(shown, digits)


def in_units(indicator: Indicator, value: float) -> str:
    """«80 %»."""
    return f"{amount(value)}\u00a0{indicator.unit}".strip()


def target_in_words(indicator: Indicator, value: float | None) -> str:
    """«≥ 80 %», «рост»; «не задано» where the year's target is left open."""
    comparator = indicator.comparator
    if value is None:
        return comparator if comparator in templates.WITHOUT_A_NUMBER else "не задано"
    before = f"{comparator} до" if comparator in templates.WITHOUT_A_NUMBER else comparator
    return f"{before}\u00a0{in_units(indicator, value)}".strip()
