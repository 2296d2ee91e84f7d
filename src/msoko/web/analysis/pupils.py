"""Rows of participants for the few methods that need them: from the facts of the accepted batches."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from numpy.typing import NDArray

from msoko.core.analysis.panel import Pupils
from msoko.core.collection.reading import Grain
from msoko.core.facts import store
from msoko.core.facts.schema import item_numbers
from msoko.core.monitoring.tally import are_different_classes
from msoko.core.vocabulary.statuses import RowStatus, ScoreBasis
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.queries import speaking
from msoko.web.monitoring.services.places import places_by_key

NOT_ATTEMPTED = -1
SAT = pa.array([RowStatus.VALID.value, RowStatus.NO_TOTAL.value])

Spoken = tuple[Batch, pa.Table, NDArray[np.int64], NDArray[np.bool_]]


def pupils_of(procedure: Procedure, score: str, organisations: set[int]) -> Pupils:
    """Participants of these organisations; where several batches hold a school, the same speaks as for its values."""
    batches = [batch for batch in speaking(procedure.pk) if batch.grain == Grain.PUPILS]
    spoken = spoken_rows(batches, score, organisations)
    return _joined([_part(table, places, rows, score) for _, table, places, rows in spoken], len(procedure.items))


def spoken_rows(batches: list[Batch], score: str, organisations: set[int]) -> Iterator[Spoken]:
    """Each batch with its rows of the population, the organisation of each row (0 = none), and which rows speak: those
    of the organisations asked for of which no batch accepted later has spoken."""
    said: dict[int, set[str]] = {}
    for batch, table, places in _tables(batches, score):
        yield batch, table, places, _heard(table, places, said) & np.isin(places, list(organisations))


def _tables(batches: list[Batch], score: str) -> Iterator[tuple[Batch, pa.Table, NDArray[np.int64]]]:
    known = places_by_key(batches)
    for batch in batches:
        table = store.read(Path(settings.FACTS), batch.facts)
        table = table.filter(_population(table, score))
        keys = table["login"].combine_chunks().dictionary_encode()
        of_key = np.array([known[key].organisation if key in known else 0 for key in keys.dictionary.to_pylist()] + [0])
        yield batch, table, of_key[keys.indices.to_numpy(zero_copy_only=False)]


def _population(table: pa.Table, score: str) -> pa.ChunkedArray:
    """Which rows have that score."""
    if score == ScoreBasis.TEST:
        return pc.and_(pc.is_in(table["status"], SAT), pc.is_valid(table["test_score"]))
    return table["in_items" if score_column(table, score) == "items_total" else "in_printed"]


def score_column(table: pa.Table, score: str) -> str:
    """A protocol without scores of tasks knows one score, which then stands on either basis."""
    if score == ScoreBasis.TEST:
        return "test_score"
    return "items_total" if score == ScoreBasis.ITEMS and item_numbers(table) else "printed_total"


def _heard(table: pa.Table, places: NDArray[np.int64], said: dict[int, set[str]]) -> NDArray[np.bool_]:
    """Which rows speak: those of schools of whose classes no batch accepted later has spoken."""
    classes: dict[int, set[str]] = {}
    for place, name in set(zip(places.tolist(), table["class_name"].to_pylist(), strict=True)):
        classes.setdefault(place, set()).add(name)
    heard = {place for place, names in classes.items() if are_different_classes(names, said.get(place, set()))}
    for place in heard:
        said.setdefault(place, set()).update(classes[place])
    return np.isin(places, list(heard))


def _part(table: pa.Table, places: NDArray[np.int64], chosen: NDArray[np.bool_], score: str) -> Pupils:
    rows = table.filter(pa.array(chosen))
    items = [rows[f"item_{number}"].fill_null(NOT_ATTEMPTED).to_numpy() for number in item_numbers(rows)]
    return Pupils(
        organisation=places[chosen],
        class_name=texts(rows["class_name"]),
        code=texts(rows["code"]),
        items=np.column_stack(items).astype(np.int16) if items else np.empty((rows.num_rows, 0), np.int16),
        total=rows[score_column(table, score)].to_numpy().astype(np.int32),
    )


def texts(column: pa.ChunkedArray) -> NDArray[np.str_]:
    return np.array(column.to_pylist(), dtype=str)


def _joined(parts: list[Pupils], items: int) -> Pupils:
    """Batches of one procedure below one another; those known only by totals have no items to join."""
    same = [part for part in parts if part.items.shape[1] == items]
    if not same:
        return Pupils(np.empty(0, np.int64), _none(), _none(), np.empty((0, items), np.int16), np.empty(0, np.int32))
    return Pupils(*(np.concatenate([getattr(part, name) for part in same]) for name in Pupils.__dataclass_fields__))


def _none() -> NDArray[np.str_]:
    return np.empty(0, dtype=str)
