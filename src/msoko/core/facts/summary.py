"""The summary of a batch: sufficient statistics by school and class, three tidy tables of integers.

Marks are never here: a scale may be entered later, and the marks follow from the scores. Only the mark that the
file itself prints is kept beside its score, for procedures that have no scale.
"""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from msoko.core.facts import store

ENDING = ".summary.parquet"


def _schema(**columns: pa.DataType) -> pa.Schema:
    optional = {"journal_mark", "printed_mark"}
    return pa.schema([pa.field(name, kind, nullable=name in optional) for name, kind in columns.items()])


TEXT, WHOLE, MARK = pa.string(), pa.int64(), pa.int8()
COUNTS = _schema(login=TEXT, class_name=TEXT, status=TEXT, n=WHOLE)
SCORES = _schema(login=TEXT, class_name=TEXT, basis=TEXT, score=WHOLE, journal_mark=MARK, printed_mark=MARK, n=WHOLE)
ITEMS = _schema(
    login=TEXT,
    class_name=TEXT,
    basis=TEXT,
    item=WHOLE,
    attempted=WHOLE,
    not_attempted=WHOLE,
    total=WHOLE,
    squares=WHOLE,
    with_score=WHOLE,
)
PARTS = {"counts": COUNTS, "scores": SCORES, "items": ITEMS}
MEASURES = {"n", "attempted", "not_attempted", "total", "squares", "with_score"}


@dataclass(frozen=True)
class Summary:
    """`counts`: rows by status. `scores`: participants of a basis by score, journal mark and printed mark. `items`: by
    item (column number from 1) – attempted, not attempted, Σ score, Σ score², Σ score·total.

    Every table is sorted by its keys (null last), has no empty groups, and is equal whichever engine made it.
    """

    counts: pa.Table
    scores: pa.Table
    items: pa.Table

    @classmethod
    def of(cls, counts: pa.Table, scores: pa.Table, items: pa.Table) -> "Summary":
        """Brings what an engine gives into the one form: types, order of columns and of rows."""
        return cls(_tidy(counts, COUNTS), _tidy(scores, SCORES), _tidy(items, ITEMS))


def write_summary(summary: Summary, folder: Path) -> str:
    """One Parquet file for the three tables, told apart by the column `part`; returns its name."""
    parts = [_with_part(getattr(summary, name), name) for name in PARTS]
    return store.write(pa.concat_tables(parts, promote_options="default"), folder, ENDING)


def read_summary(folder: Path, name: str) -> Summary:
    """Raises FileNotFoundError where there is no such file."""
    table = store.read(folder, name)
    return Summary.of(
        **{part: table.filter(pa.compute.equal(table["part"], part)).select(PARTS[part].names) for part in PARTS}
    )


def _with_part(table: pa.Table, part: str) -> pa.Table:
    """Columns of the other parts will be null in these rows, so none may be required any longer."""
    optional = pa.schema([field.with_nullable(True) for field in table.schema])
    return table.cast(optional).append_column("part", pa.repeat(part, table.num_rows))


def _tidy(table: pa.Table, schema: pa.Schema) -> pa.Table:
    keys = [(name, "ascending") for name in schema.names if name not in MEASURES]
    return table.select(schema.names).cast(schema).sort_by(keys).combine_chunks()
