"""Marks 2, 3, 4 and 5 as parts of a hundred per cent, a bar a row."""

from collections.abc import Mapping, Sequence

from msoko.documents.charts import look, stacked
from msoko.documents.charts.chart import Chart

TITLE = "Отметки"
PARTS = (
    stacked.Part("2", "«2»", look.BELOW, "white"),
    stacked.Part("3", "«3»", look.SOFT),
    stacked.Part("4", "«4»", look.SKY),
    stacked.Part("5", "«5»", look.OWN, "white"),
)


def chart(rows: Sequence[tuple[str, Mapping[int, int]]], title: str = TITLE) -> Chart:
    """`rows`: (label, mark → number of participants), drawn in the order given."""
    lines = [(label, {str(mark): n for mark, n in counts.items()}) for label, counts in rows]
    return Chart(
        title=title,
        alt=f"{title}: {stacked.sentence(lines, PARTS)}",
        data_table=stacked.table(title, "Организация", lines, PARTS),
        drawing=lambda: stacked.drawing(lines, PARTS),
        whole_names=stacked.whole_names(lines),
    )
