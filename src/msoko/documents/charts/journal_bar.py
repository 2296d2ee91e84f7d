"""Mark of the procedure against the journal mark: lowered, confirmed, raised, a bar a row."""

from collections.abc import Sequence

from msoko.documents.charts import look, stacked
from msoko.documents.charts.chart import Chart

TITLE = "Отметка за работу и отметка по журналу"
PARTS = (
    stacked.Part("lowered", "понизили", look.BELOW, "white"),
    stacked.Part("confirmed", "подтвердили", look.GRID),
    stacked.Part("raised", "повысили", look.ABOVE, "white"),
)


def chart(rows: Sequence[tuple[str, int, int, int]], title: str = TITLE) -> Chart:
    """`rows`: (label, lowered, confirmed, raised), drawn in the order given."""
    keys = [part.key for part in PARTS]
    lines = [(label, dict(zip(keys, counts, strict=True))) for label, *counts in rows]
    return Chart(
        title=title,
        alt=f"{title}: {stacked.sentence(lines, PARTS)}",
        data_table=stacked.table(title, "Организация", lines, PARTS),
        drawing=lambda: stacked.drawing(lines, PARTS),
        whole_names=stacked.whole_names(lines),
    )
