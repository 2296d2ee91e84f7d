"""The statistic of a finding as tables: what was counted, in words. What only a picture needs is left to it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import NBSP, interval, number, share_in_words
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.web.analysis.terms import term, word

OF_A_WORK = frozenset({"procedure", "kind", "subject", "name", "by", "grade", "year"})
"""What `Procedure.told()` keeps of a work: it is told as its title."""
WORK, SHARE = "Работа", "Доля"
MOST_NUMBERS = 12
"""Numbers in a row that a person still reads; more of them are for the picture."""

Address = Callable[[int], str]


@dataclass(frozen=True)
class Head:
    """What a row is of; `href` is '' where there is no page of it."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Listing:
    """A list inside a statistic (works, tasks, years) as a table."""

    title: str
    columns: list[str]
    rows: list[tuple[Head, list[str]]]


def facts_of(statistic: Mapping[str, Any], share_of: str = SHARE) -> list[tuple[str, str]]:
    """(what, how much) of everything that is no list; `share_of` says what k of n are."""
    return list(_facts({key: value for key, value in statistic.items() if not _is_listing(value)}, share_of))


def _facts(told: Mapping[str, Any], share_of: str, within: str = "") -> Iterator[tuple[str, str]]:
    """What stands inside something is told after its name: «Регион: среднее»."""
    prefix = f"{within}: " if within else ""
    if is_of_a_work(told):
        yield within or WORK, title_of_work(told)
    for key, value in _told(told, share_of):
        name = key if key == share_of else term(key)
        words = prefix + (lowered(name) if within else name)
        if isinstance(value, Mapping) and not within:
            yield from _facts(value, share_of, words)
        elif _is_read(value):
            yield words, in_words(value)


def lowered(name: str) -> str:
    """The first letter small, unless the word is an abbreviation or a letter by itself."""
    return name if name[1:2].isupper() or len(name) == 1 else name[:1].lower() + name[1:]


def listings_of(statistic: Mapping[str, Any], address: Address, share_of: str = SHARE) -> list[Listing]:
    return [_listing(key, value, address, share_of) for key, value in statistic.items() if _is_listing(value)]


def _listing(key: str, rows: Sequence[Mapping[str, Any]], address: Address, share_of: str) -> Listing:
    told = [dict(_told(row, share_of)) for row in rows]
    read = {key: _is_listing(value) for one in told for key, value in one.items() if _fits_a_cell(value)}
    columns = [column if column == share_of else term(column, is_list) for column, is_list in read.items()]
    if all(is_of_a_work(row) for row in rows):
        heads = [Head(title_of_work(row), address(row["procedure"])) for row in rows]
        return Listing(term(key, is_list=True), [WORK, *columns], _rows(heads, told, list(read)))
    first, *rest = read
    heads = [Head(in_words(one.get(first, ""))) for one in told]
    return Listing(term(key, is_list=True), columns, _rows(heads, told, rest))


def _rows(heads: list[Head], told: list[dict[str, Any]], keys: Sequence[str]) -> list[tuple[Head, list[str]]]:
    cells = [[in_words(one[key]) if key in one else Unknown.NOT_APPLICABLE.sign for key in keys] for one in told]
    return list(zip(heads, cells, strict=True))


def title_of_work(told: Mapping[str, Any]) -> str:
    """«ВПР · математика · 5 класс · 2021»."""
    return " · ".join([kind_name(told["kind"]), told["name"], f"{told['grade']}{NBSP}класс", str(told["year"])])


def _told(statistic: Mapping[str, Any], share_of: str) -> Iterator[tuple[str, Any]]:
    """Without keys of records and what is told as the title of a work; k of n is one share, not two numbers."""
    if is_of_a_work(statistic):
        statistic = {key: value for key, value in statistic.items() if key not in OF_A_WORK}
    k, n = statistic.get("k"), statistic.get("n")
    if isinstance(k, int) and isinstance(n, int) and 0 <= k <= n:
        yield share_of, Share(k, n)
        statistic = {key: value for key, value in statistic.items() if key not in ("k", "n")}
    for key, value in statistic.items():
        if key != "procedure":
            yield key, _bounds(*value) if key == "interval" and value else value


def is_of_a_work(told: Mapping[str, Any]) -> bool:
    return told.keys() >= OF_A_WORK


def _bounds(low: float, high: float) -> str:
    return interval(low, high, digits=1, unit="")


def _is_listing(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and one for one in value)


def _is_read(value: Any) -> bool:
    """A long row of numbers is what a picture is drawn from; an empty word says nothing."""
    if _is_listing(value) or value == "":
        return value != ""
    return not isinstance(value, list | dict) or (
        0 < len(value) <= MOST_NUMBERS and not any(map(_is_row, _parts(value)))
    )


def _fits_a_cell(value: Any) -> bool:
    """A table of a table's cell would be read by nobody; a share is one thing."""
    return _is_read(value) and (not isinstance(value, Mapping) or _is_share(value))


def _is_share(value: Mapping[str, Any]) -> bool:
    return value.keys() == {"k", "n"} and 0 <= value["k"] <= value["n"]


def _parts(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value


def _is_row(value: Any) -> bool:
    return isinstance(value, list | dict)


def in_words(value: Any) -> str:
    if isinstance(value, Share):
        return share_in_words(value)
    if value is None:
        return Unknown.MISSING.sign
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, int):
        return number(value) if abs(value) < 1900 or abs(value) > 2100 else str(value)
    if isinstance(value, float):
        return _fraction(value)
    if _is_listing(value):
        return number(len(value))  # the heading says of what
    if isinstance(value, Mapping) and _is_share(value):
        return share_in_words(Share(value["k"], value["n"]))
    if isinstance(value, Mapping):
        return "; ".join(f"{term(str(key))}{NBSP}— {in_words(one)}" for key, one in value.items())
    return "; ".join(map(in_words, value)) if isinstance(value, list) else word(str(value))


def _fraction(value: float) -> str:
    """Three digits that say something; what lies nearer to 0 or 1 than that is said to lie there."""
    if 0.999 < value < 1:
        return f"больше{NBSP}0,999"
    if 0 < value < 0.001:
        return f"меньше{NBSP}0,001"
    size = abs(value)
    return number(value, 0 if value.is_integer() or size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3)
