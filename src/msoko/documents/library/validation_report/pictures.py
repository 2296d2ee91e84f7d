"""Pictures of the report on signals: how well the fitting signals and the published rules see, by size of school."""

from msoko.core.definitions.validation import Validation
from msoko.core.vocabulary.russian import nbsp
from msoko.documents.blocks import Picture
from msoko.documents.charts import roc_bars
from msoko.documents.charts.roc_bars import Quality
from msoko.documents.library.validation_report.tables import Methods, in_order_of_area
from msoko.documents.library.validation_report.wording import MANIPULATIONS, SIZES, SOURCES

OURS = 3
"""Signals of ours that are shown: those that see the manipulation best."""
PUBLISHED = ("objectivity.markers_2021", "objectivity.inflated_mean")
"""The published rules beside which they are held: all markers together, and the one that raised scores touch."""

SHORT = {
    "objectivity.markers_2021": "14 маркеров методики",
    "objectivity.person_fit": "Необычные ответы в классе",
}
"""Titles too long to stand beside a picture."""


def of_manipulation(validation: Validation, manipulation: str, source: str, methods: Methods) -> Picture | None:
    """None where nothing was measured."""
    rows = [
        Quality(SHORT.get(signal, methods[signal].title), words, one.auc.value, one.auc.low, one.auc.high)
        for signal in shown(validation, manipulation, source, methods)
        for size, words in SIZES.items()
        if (one := validation.of(signal, manipulation, source, size)) is not None and one.auc is not None
    ]
    if not rows:
        return None
    title = f"{MANIPULATIONS[manipulation]} ({SOURCES[source]})"
    caption = f"{MANIPULATIONS[manipulation]} ({SOURCES[source]}): сигналы по числу участников в школе"
    return Picture(roc_bars.chart(rows, title=title), nbsp(caption))


def shown(validation: Validation, manipulation: str, source: str, methods: Methods) -> list[str]:
    """Ours in the order of how well they see, then the published rules."""
    found = [one.signal for one in in_order_of_area(validation, manipulation, source)]
    ours = [signal for signal in found if methods[signal].source.scope == "ours"]
    return ours[:OURS] + [signal for signal in PUBLISHED if signal in found]
