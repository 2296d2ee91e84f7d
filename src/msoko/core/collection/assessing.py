"""The worth of each row: its status, its populations, what is odd about it. No row's defect raises."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from msoko.core.collection import oddities
from msoko.core.collection.complaints import Complaint, Complaints
from msoko.core.collection.linking import LINK_COLUMN
from msoko.core.collection.maxima import Maxima, maxima_of
from msoko.core.collection.reading import Naming, Pupils
from msoko.core.collection.rows import Rows, rows_of
from msoko.core.collection.scores import Codes, coded, number_code
from msoko.core.definitions.kinds import Scale, WorkItem
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.classes import normal_class
from msoko.core.vocabulary.statuses import RowStatus

STATUSES = tuple(RowStatus)
SEXES = {"м": "м", "муж": "м", "мужской": "м", "m": "м", "ж": "ж", "жен": "ж", "женский": "ж", "f": "ж"}


@dataclass(frozen=True)
class Assessed:
    """`table`: the columns of docs/architecture.md, «Rows». `counts`: rows by status, all five keys.

    `scale`: the one that turns scores into marks, None where none is known. `sum_mismatch`: rows whose printed total is
    not the sum of their items.
    """

    table: pa.Table
    counts: dict[RowStatus, int]
    sum_mismatch: int
    maxima: Maxima
    scale: Scale | None
    complaints: list[Complaint] = field(default_factory=list)

    @property
    def items(self) -> tuple[WorkItem, ...]:
        return self.maxima.items


def assess(pupils: Pupils, naming: Naming, definitions: Definitions) -> Assessed:
    """Judges every row by the rules of statuses and populations; whatever is odd becomes a complaint."""
    rows = rows_of(pupils)
    maxima = maxima_of(pupils, rows.items, ~rows.absent, naming, definitions)
    scale = scale_of(naming, maxima, definitions)
    status = status_of(rows, maxima.total)
    complaints = Complaints()
    mismatch = oddities.complain(rows, status, maxima, scale, naming, complaints)
    return Assessed(
        table=_table(rows, status, maxima, naming),
        counts={name: int((status == place).sum()) for place, name in enumerate(STATUSES)},
        sum_mismatch=mismatch,
        maxima=maxima,
        scale=scale,
        complaints=[maxima.complaint, *complaints.all()],
    )


def scale_of(naming: Naming, maxima: Maxima, definitions: Definitions) -> Scale | None:
    if naming.subject is None or naming.grade is None or naming.year is None:
        return None
    return definitions.scale_for(naming.procedure, naming.subject, naming.grade, naming.year, maxima.total)


def status_of(rows: Rows, maximum: int | None) -> np.ndarray:
    """The place of each row's status among STATUSES; they exclude each other in that order."""
    most = np.iinfo(np.int64).max if maximum is None else maximum
    conditions = [rows.absent, rows.part_absent, rows.total < 0, rows.total > most]
    return np.select(conditions, [0, 1, 2, 3], 4)


def _table(rows: Rows, status: np.ndarray, maxima: Maxima, naming: Naming) -> pa.Table:
    pupils = rows.pupils
    sat = status >= STATUSES.index(RowStatus.NO_TOTAL)
    in_items = sat & ~rows.all_blank & ~rows.above_maximum(maxima.items) & ~rows.unreadable
    present = ~rows.absent
    columns = {
        "login": _texts(pupils.login),
        "code": _texts(pupils.code),
        "class_name": _texts(_class_names(pupils, naming)),
        "sex": _texts([SEXES.get(said.lower(), "") for said in pupils.sex]),
        "variant": _texts(pupils.variant),
        "journal_mark": _numbers(rows.journal_mark, rows.journal_mark > 0, pa.int8()),
        "printed_mark": _numbers(rows.printed_mark, rows.printed_mark > 0, pa.int8()),
        "test_score": _test_scores(pupils),
        "printed_total": _numbers(rows.total, rows.total >= 0, pa.int16()),
        "items_total": _numbers(rows.items_total, present, pa.int16()),
        "status": _texts([str(STATUSES[place]) for place in status.tolist()]),
        "in_printed": pa.array(status == STATUSES.index(RowStatus.VALID)),
        "in_items": pa.array(in_items),
        "row_number": pa.array(pupils.row_numbers, pa.int32()),
    }
    if pupils.link is not None:
        columns[LINK_COLUMN] = pa.array([said or None for said in pupils.link], pa.string())
    for number, column in enumerate(rows.items, 1):
        columns[f"item_{number}"] = _numbers(column.codes, column.codes >= 0, pa.int16())
    return pa.table(columns)


def _texts(column: list[str]) -> pa.Array:
    return pa.array(column, pa.string())


def _numbers(values: np.ndarray, known: np.ndarray, kind: pa.DataType) -> pa.Array:
    return pa.array(np.minimum(values, np.iinfo(np.int16).max), kind, mask=~known)


def _test_scores(pupils: Pupils) -> pa.Array:
    if pupils.test_score is None:
        return pa.nulls(len(pupils), pa.int16())
    scores = coded(pupils.test_score, Codes(number_code))
    return _numbers(scores, scores >= 0, pa.int16())


def _class_names(pupils: Pupils, naming: Naming) -> list[str]:
    """The labels' normal forms; of pupils a grade above their work, either grade may stand before the letter."""
    grades = [grade for grade in (naming.pupils_grade, naming.grade) if grade is not None]
    forms = {label: normal_class(label, *grades) for label in set(pupils.class_label)}
    return list(map(forms.__getitem__, pupils.class_label))
