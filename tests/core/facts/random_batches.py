"""Random batches for laws that must hold on any batch."""

import pyarrow as pa
from hypothesis import strategies as st

from msoko.core.facts.schema import pupil_table
from msoko.core.vocabulary.statuses import RowStatus

MAY_BE_MARK = st.none() | st.integers(2, 5)
MAY_BE_SCORE = st.none() | st.integers(0, 120)


@st.composite
def pupils(draw, items: int) -> dict[str, object]:
    return {
        "login": draw(st.sampled_from(["edu1", "edu2", "sch10"])),
        "code": draw(st.sampled_from(["", "4001"])),
        "class_name": draw(st.sampled_from(["", "А", "Б"])),
        "sex": "",
        "variant": "1",
        "journal_mark": draw(MAY_BE_MARK),
        "printed_mark": draw(MAY_BE_MARK),
        "test_score": draw(MAY_BE_SCORE),
        "printed_total": draw(MAY_BE_SCORE),
        "items_total": draw(MAY_BE_SCORE),
        "status": draw(st.sampled_from(list(RowStatus))).value,
        "in_printed": draw(st.booleans()),
        "in_items": draw(st.booleans()),
        "row_number": draw(st.integers(2, 60_000)),
        "items": draw(st.lists(st.none() | st.integers(0, 9), min_size=items, max_size=items)),
    }


@st.composite
def batches(draw, most_rows: int = 25) -> pa.Table:
    """Any mixture of statuses, populations and nulls, more than a reader would ever give; no row at all, too."""
    items = draw(st.integers(0, 4))
    rows = draw(st.lists(pupils(items), max_size=most_rows))
    columns = {name: [row[name] for row in rows] for name in NOTHING}
    return pupil_table(columns, [[row["items"][i] for row in rows] for i in range(items)])


NOTHING: dict[str, list[object]] = {
    name: []
    for name in (
        *("login", "code", "class_name", "sex", "variant", "journal_mark", "printed_mark", "test_score"),
        *("printed_total", "items_total", "status", "in_printed", "in_items", "row_number"),
    )
}


def one_pupil(**said: object) -> dict[str, list[object]]:
    """Columns of a batch of one valid participant with 5 points, changed as said."""
    usual = {"login": "edu1", "code": "1", "class_name": "А", "sex": "", "variant": "1", "journal_mark": 4}
    usual |= {"printed_mark": None, "test_score": None, "printed_total": 5, "items_total": 5, "status": "valid"}
    usual |= {"in_printed": True, "in_items": True, "row_number": 2}
    return {name: [value] for name, value in (usual | said).items()}
