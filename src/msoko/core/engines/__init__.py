"""What summarises the rows of a batch. One module an engine, found by folder; all give equal summaries."""

import pkgutil
from importlib import import_module
from typing import Protocol

import pyarrow as pa

from msoko.core.facts.summary import Summary


class Engine(Protocol):
    """A module of this folder has `summarise`; a pupil-level table (core.facts.schema) goes in."""

    def summarise(self, table: pa.Table) -> Summary: ...


def engine_names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def get_engine(name: str = "duckdb") -> Engine:
    """Raises ValueError for a name that no module of this folder has."""
    if name not in engine_names():
        raise ValueError(f"there is no engine «{name}»; there are: {', '.join(engine_names())}")
    engine: Engine = import_module(f"{__name__}.{name}")
    return engine
