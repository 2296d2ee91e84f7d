"""Figures of a group: from a tally, or from what an aggregate table says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt
from typing import Any

from msoko.core.definitions.kinds import Scale
from msoko.core.monitoring import marking
from msoko.core.monitoring.intervals import mean_interval
from msoko.core.monitoring.item_figures import NO_ITEMS, ItemFigures, alpha, describe_items
from msoko.core.monitoring.marking import SOU_NOT_ASSESSED, JournalComparison, MarksFrom
from msoko.core.monitoring.tally import Tally
from msoko.core.vocabulary.shares import Share

NOBODY = "нет участников с этим баллом"
ONE_PARTICIPANT = "участник один: разброс не определён"
ALL_ALIKE = "у всех одинаковый балл: интервал не определён"
NO_MAXIMUM = "максимальный балл работы не указан"
NO_SCALE = "нет шкалы перевода баллов в отметки, и файл отметок не содержит"
OUTSIDE_SCALE = "все баллы вне шкалы"
NO_JOURNAL = "нет отметок по журналу"


class FiguresFrom(StrEnum):
    PUPILS = "pupils"
    AGGREGATE = "aggregate"


@dataclass(frozen=True)
class Figures:
    """What is known of a group of participants. Whatever is None has its reason, in Russian, in `not_computed`.

    Scores: `participants` (in no share are the absent), `absent`, `mean` and its 95 % `mean_interval`, `sd` (n − 1),
    `mean_percent` of `possible` (the maximum of the work), `lowest`, `highest`, `histogram` score → participants,
    `score_shares` score → per cent.
    Marks: `marks` 2…5 → participants, `unmarked`, `pass_rate`, `quality_rate`, `mean_mark`, `sou` (per cent),
    `marks_from`; `marks_disagree` counts printed marks that are not the scale's.
    `approximate`: counts were restored from rounded per cents of an aggregate table.
    """

    origin: FiguresFrom
    participants: int | None
    absent: int | None
    possible: int | None = None
    mean: float | None = None
    mean_interval: tuple[float, float] | None = None
    sd: float | None = None
    mean_percent: float | None = None
    lowest: int | None = None
    highest: int | None = None
    histogram: dict[int, int] | None = None
    score_shares: dict[int, float] | None = None
    marks: dict[int, int] | None = None
    marks_from: MarksFrom | None = None
    unmarked: int = 0
    marks_disagree: int = 0
    pass_rate: Share | None = None
    quality_rate: Share | None = None
    mean_mark: float | None = None
    sou: float | None = None
    journal: JournalComparison | None = None
    items: tuple[ItemFigures, ...] | None = None
    alpha: float | None = None
    approximate: bool = False
    not_computed: dict[str, str] = field(default_factory=dict)


@dataclass
class Draft:
    """Figures in the making: fields that are known, and reasons for those that are not."""

    known: dict[str, Any] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def lacks(self, reason: str, *names: str) -> None:
        self.reasons |= dict.fromkeys(names, reason)


def describe(
    tally: Tally,
    maximum: int | None,
    scale: Scale | None = None,
    item_maxima: Mapping[int, int | None] | None = None,
    sou_not_assessed: int = SOU_NOT_ASSESSED,
    with_items: bool = True,
) -> Figures:
    """Figures of a tally of one score basis.

    `maximum` is the highest possible score; `item_maxima`: item number → maximum.
    `sou_not_assessed` is the weight, in СОУ, of participants whom the file gives no mark. Without `with_items`
    nothing is said of items and of alpha, which take two thirds of the time.
    """
    draft = Draft({"participants": tally.participants, "absent": tally.absent, "possible": maximum})
    _scores(draft, tally, maximum)
    _marks(draft, tally, scale, sou_not_assessed)
    if with_items:
        _items(draft, tally, item_maxima or {})
    return Figures(FiguresFrom.PUPILS, **draft.known, not_computed=draft.reasons)


def _scores(draft: Draft, tally: Tally, maximum: int | None) -> None:
    n, histogram = tally.participants, tally.histogram
    draft.known["histogram"] = histogram
    if n == 0:
        draft.lacks(NOBODY, "mean", "mean_interval", "sd", "mean_percent", "lowest", "highest", "score_shares")
        return
    mean = tally.total / n
    draft.known |= {"mean": mean, "lowest": min(histogram), "highest": max(histogram)}
    draft.known["score_shares"] = {score: 100 * k / n for score, k in histogram.items()}
    per_cent_of_maximum(draft, mean, maximum)
    _spread(draft, tally, mean, maximum)


def per_cent_of_maximum(draft: Draft, mean: float, maximum: int | None) -> None:
    if maximum:
        draft.known["mean_percent"] = 100 * mean / maximum
    else:
        draft.lacks(NO_MAXIMUM, "mean_percent")


def _spread(draft: Draft, tally: Tally, mean: float, maximum: int | None) -> None:
    n = tally.participants
    if n < 2:
        draft.lacks(ONE_PARTICIPANT, "sd", "mean_interval")
        return
    spread = n * tally.squares - tally.total**2  # whole numbers, so that «all alike» is exactly 0
    sd = draft.known["sd"] = sqrt(spread / (n * (n - 1)))
    if spread:
        draft.known["mean_interval"] = mean_interval(mean, sd, n, maximum)
    else:
        draft.lacks(ALL_ALIKE, "mean_interval")


def _marks(draft: Draft, tally: Tally, scale: Scale | None, sou_not_assessed: int) -> None:
    marked = marking.mark_by(tally, scale)
    if tally.participants == 0 or marked is None:
        reason = NO_SCALE if tally.participants else NOBODY
        draft.lacks(reason, "marks", "pass_rate", "quality_rate", "mean_mark", "sou", "journal")
        return
    draft.known |= {"marks_from": marked.source, "unmarked": marked.unmarked, "marks_disagree": marked.disagree}
    not_assessed = marked.unmarked if marked.source is MarksFrom.PRINTED else 0
    rates(draft, marked.marks, not_assessed, sou_not_assessed)
    if marked.pairs:
        draft.known["journal"] = marking.compare_with_journal(marked.pairs)
    else:
        draft.lacks(NO_JOURNAL if marked.marked else OUTSIDE_SCALE, "journal")


def rates(draft: Draft, marks: dict[int, int], not_assessed: int = 0, weight: int = SOU_NOT_ASSESSED) -> None:
    """Marks and all that follows from their counts."""
    draft.known["marks"] = marks
    if not any(marks.values()):
        draft.lacks(OUTSIDE_SCALE, "pass_rate", "quality_rate", "mean_mark", "sou")
        return
    draft.known["pass_rate"] = marking.pass_rate(marks)
    draft.known["quality_rate"] = marking.quality_rate(marks)
    draft.known["mean_mark"] = marking.mean_mark(marks)
    draft.known["sou"] = marking.sou(marks, not_assessed, weight)


def _items(draft: Draft, tally: Tally, maxima: Mapping[int, int | None]) -> None:
    if not tally.items:
        draft.lacks(NO_ITEMS if tally.participants else NOBODY, "items", "alpha")
        return
    draft.known["items"] = describe_items(tally, maxima)
    computed = alpha(tally)
    if isinstance(computed, str):
        draft.lacks(computed, "alpha")
    else:
        draft.known["alpha"] = computed
