"""All contradictions of some tables: every rule of the folder in turn."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from msoko.core.analysis.contradictions import rules
from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.tables import StatedTable, Statements
from msoko.core.vocabulary.russian import counted, nbsp, quote

Rule = Callable[[Statements, Parameters], Iterator[Contradiction]]
MOST_ROUNDINGS = 5  # more of one kind in one table are a habit of the typist, not so many slips
ORDER = {severity: position for position, severity in enumerate(Severity)}


@lru_cache(maxsize=1)
def all_rules() -> dict[str, Rule]:
    """Name → rule, by folder: a new rule is a new file."""
    names = [module.name for module in iter_modules(rules.__path__)]
    return {name: import_module(f"{rules.__name__}.{name}").contradictions for name in names}


def find(tables: Iterable[StatedTable], parameters: Parameters | None = None) -> list[Contradiction]:
    """What the tables say against themselves and each other: firm first, then in the order of tables and rows."""
    statements = Statements(tuple(tables))
    found = [_glued(one) for rule in all_rules().values() for one in rule(statements, parameters or Parameters())]
    order = {(table.document, table.title): position for position, table in enumerate(statements.tables)}

    def key(one: Contradiction) -> tuple[object, ...]:
        first = one.places[0]
        return ORDER[one.severity], order.get((first.document, first.table), -1), first.row or 0, one.rule, first.column

    return sorted(_gathered(found), key=key)


def _gathered(found: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """Who cuts numbers off instead of rounding them does so in dozens of cells of a table: they are told at once."""
    rounding: dict[tuple[str, str, str], list[Contradiction]] = defaultdict(list)
    for one in found:
        if one.severity is Severity.ROUNDING:
            rounding[one.rule, one.places[0].document, one.places[0].table].append(one)
        else:
            yield one
    for (_, _, table), alike in rounding.items():
        yield from alike if len(alike) <= MOST_ROUNDINGS else [_together(table, alike)]


def _together(table: str, alike: list[Contradiction]) -> Contradiction:
    first = alike[0]
    sentence = (
        f"Таблица {quote(table)}: числа округлены не по правилам в {counted(len(alike), 'месте', 'местах', 'местах')}. "
        f"Например, {first.sentence}"
    )
    places = dict.fromkeys(place for one in alike for place in one.places)
    return replace(first, places=tuple(places), sentence=sentence)


def _glued(one: Contradiction) -> Contradiction:
    return replace(one, sentence=nbsp(one.sentence))
