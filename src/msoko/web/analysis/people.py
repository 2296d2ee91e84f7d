"""Rows that may be put together with those of other works: by the code where it is one pupil's, else by a hash."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from msoko.core.analysis.linking import NO_ROWS
from msoko.core.analysis.panel import COLUMNS, People
from msoko.core.collection.linking import LINK_COLUMN
from msoko.core.collection.reading import Grain
from msoko.web.analysis.pupils import score_column, spoken_rows, texts
from msoko.web.collection.link_key import mark_in_use
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.queries import speaking
from msoko.web.definitions import definitions

NO_IDENTITY = (
    "в протоколе нет того, по чему узнать одного человека в разных предметах: код участника в каждом может быть своим"
)
NO_KEY = "ключ связи не задан: администратор создаёт его командой msoko linkkey, затем протокол загружают снова"
READ_WITHOUT_KEY = "протокол прочитан, когда ключа связи не было: отзовите его и загрузите файл снова"
OTHER_KEY = "протокол прочитан с другим ключом связи: отзовите его и загрузите файл снова"


def people_of(procedure: Procedure, score: str, organisations: set[int]) -> People | str:
    """Participants of these organisations whose person is known, or why there are none of any.

    `score`: items, printed, or test. Where several batches hold a school, the same speaks as for its values.
    """
    batches = [batch for batch in speaking(procedure.pk) if batch.grain == Grain.PUPILS]
    parts: list[People] = []
    why_not: dict[int, str] = {}
    for batch, table, places, spoken in spoken_rows(batches, score, organisations):
        persons = _persons(batch, table)
        if isinstance(persons, str):
            why_not |= dict.fromkeys(places[spoken].tolist(), persons)
        else:
            parts.append(_part(table, places, persons, spoken & (persons != ""), score))
    if not parts:
        return next(iter(why_not.values()), NO_ROWS)
    return People(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS}, why_not=why_not
    )


def _persons(batch: Batch, table: pa.Table) -> NDArray[np.str_] | str:
    """Whose row each is ('' where nobody knows), or why the batch does not say it of any."""
    source = definitions().sources.get(batch.source)
    if source is not None and source.linked_by:
        return texts(table[source.linked_by])
    mark = mark_in_use()
    if LINK_COLUMN in table.column_names:
        links = texts(table[LINK_COLUMN].fill_null(""))
        of_this_key = np.char.startswith(links, mark) if mark else np.zeros(len(links), bool)
        return np.where(of_this_key, links, "") if of_this_key.any() else OTHER_KEY if mark else NO_KEY
    has_identity = source is not None and source.identity and batch.dropped
    return NO_IDENTITY if not has_identity else READ_WITHOUT_KEY if mark else NO_KEY


def _part(
    table: pa.Table, places: NDArray[np.int64], persons: NDArray[np.str_], chosen: NDArray[np.bool_], score: str
) -> People:
    rows = table.filter(pa.array(chosen))
    return People(
        organisation=places[chosen],
        person=persons[chosen],
        class_name=texts(rows["class_name"]),
        code=texts(rows["code"]),
        sex=texts(rows["sex"]),
        score=rows[score_column(table, score)].to_numpy().astype(np.int32),
        printed_mark=rows["printed_mark"].fill_null(0).to_numpy().astype(np.int8),
    )
