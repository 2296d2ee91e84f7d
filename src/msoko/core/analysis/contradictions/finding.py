"""All contradictions of some tables: every rule of the folder in turn."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from msoko.core.analysis.contradictions import rules
from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.tables import StatedTable, Statements
from msoko.core.vocabulary.russian import nbsp

Rule = Callable[[Statements, Parameters], Iterator[Contradiction]]
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

    return sorted(found, key=key)


def _glued(one: Contradiction) -> Contradiction:
    return replace(one, sentence=nbsp(one.sentence))
