"""The most points an item and the whole work can bring, and where that was learnt."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from msoko.core.collection.complaints import Complaint
from msoko.core.collection.reading import Naming, Pupils
from msoko.core.collection.scores import Column
from msoko.core.definitions.kinds import Scale, WorkItem
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.russian import join_with_and
from msoko.core.vocabulary.statuses import Level

ENOUGH_ROWS = 1000  # below it three rows make up 0.3 %, and three slips of the pen are nothing rare
LEAST_SHARE = 0.003  # the share of cells from which the largest score is no slip; holds for every known work of 2021


class MaximaOrigin(StrEnum):
    HEADER = "header"
    WORK = "work"
    INFERRED = "inferred"
    SCALE = "scale"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Maxima:
    """`items`: the items of the protocol, in order, with what is known of each; `total` None where unknown."""

    items: tuple[WorkItem, ...]
    total: int | None
    origin: MaximaOrigin
    complaint: Complaint

    @property
    def known(self) -> bool:
        return self.origin in (MaximaOrigin.HEADER, MaximaOrigin.WORK, MaximaOrigin.INFERRED)


def maxima_of(
    pupils: Pupils, scores: list[Column], present: np.ndarray, naming: Naming, definitions: Definitions
) -> Maxima:
    """By the header, else a definition of the work, else the scores themselves, else the year's scale (total only).

    `scores`: the item columns read as numbers; `present`: bool a row, False for the absent.
    """
    headers = tuple(pupils.item_headers)
    return (
        _by_header(headers)
        or _by_work(headers, naming, definitions)
        or _by_scores(headers, scores, present, naming, definitions)
        or _by_scale(headers, naming, definitions)
    )


def _by_header(headers: tuple[WorkItem, ...]) -> Maxima | None:
    total = _sum(headers)
    if total is None or not headers:
        return None
    message = f"Максимальные баллы за задания взяты из заголовков, в сумме {total}."
    return Maxima(headers, total, MaximaOrigin.HEADER, Complaint(Level.PASS, "maxima_by_header", message))


def _by_work(headers: tuple[WorkItem, ...], naming: Naming, definitions: Definitions) -> Maxima | None:
    if naming.subject is None or naming.grade is None or naming.year is None:
        return None
    work = definitions.work_for(naming.procedure, naming.subject, naming.grade, naming.year, len(headers))
    if work is None or work.maximum is None:
        return None
    items = tuple(_joined(header, known) for header, known in zip(headers, work.items, strict=True))
    message = f"Максимальные баллы за задания взяты из описания работы {work.year} года, в сумме {work.maximum}."
    same_year = work.year == naming.year
    advice = "" if same_year else f"Проверьте, не изменились ли задания в {naming.year} году."
    level = Level.PASS if same_year else Level.WARNING
    return Maxima(items, work.maximum, MaximaOrigin.WORK, Complaint(level, "maxima_by_work", message, advice))


def _joined(header: WorkItem, known: WorkItem) -> WorkItem:
    """What the definition knows of the item; its number as the file writes it, if the file writes one."""
    return replace(known, number=header.number or known.number, level=header.level or known.level)


def _by_scores(
    headers: tuple[WorkItem, ...], scores: list[Column], present: np.ndarray, naming: Naming, definitions: Definitions
) -> Maxima | None:
    rows = int(present.sum())
    scale_maxima = {scale.maximum for scale in _scales(naming, definitions)}
    if rows < ENOUGH_ROWS or not headers or not scale_maxima:
        return None
    largest = [_largest_usual(column.scores[present], rows) for column in scores]
    if sum(largest) not in scale_maxima:
        return None
    items = tuple(replace(header, maximum=most) for header, most in zip(headers, largest, strict=True))
    message = (
        f"Максимальные баллы за задания выведены из самих результатов: в сумме {sum(largest)}, "
        "столько же, сколько в известной шкале."
    )
    advice = "Сверьте их с описанием работы."
    return Maxima(
        items, sum(largest), MaximaOrigin.INFERRED, Complaint(Level.WARNING, "maxima_inferred", message, advice)
    )


def _largest_usual(scores: np.ndarray, rows: int) -> int:
    counts = np.bincount(scores[scores >= 0])
    usual = np.flatnonzero(counts >= LEAST_SHARE * rows)
    return int(usual[-1]) if usual.size else 0


def _by_scale(headers: tuple[WorkItem, ...], naming: Naming, definitions: Definitions) -> Maxima:
    totals = {scale.maximum for scale in _scales(naming, definitions) if scale.year == naming.year}
    total = totals.pop() if len(totals) == 1 else None
    unknown = [header.number for header in headers if header.maximum is None]
    which = f" ({join_with_and(unknown)})" if 0 < len(unknown) < len(headers) else ""
    if total is not None:
        message = f"Максимальные баллы за задания{which} неизвестны; за всю работу — {total}, по шкале."
    else:
        message = f"Максимальные баллы за задания{which} и за всю работу неизвестны: баллы сверх максимума не отловить."
    advice = "Загрузите форму «Описание работы» или добавьте описание в папку определений (works)."
    origin = MaximaOrigin.UNKNOWN if total is None else MaximaOrigin.SCALE
    return Maxima(headers, total, origin, Complaint(Level.WARNING, "maxima_unknown", message, advice))


def _scales(naming: Naming, definitions: Definitions) -> list[Scale]:
    if naming.subject is None or naming.grade is None:
        return []
    return definitions.scales_of(naming.procedure, naming.subject, naming.grade)


def _sum(items: tuple[WorkItem, ...]) -> int | None:
    known = [item.maximum for item in items if item.maximum is not None]
    return sum(known) if len(known) == len(items) else None
