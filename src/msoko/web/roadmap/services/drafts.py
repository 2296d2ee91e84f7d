"""Only a draft is edited. Every order that changes texts asks here first."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import models

from msoko.core.vocabulary.russian import NBSP, nbsp
from msoko.web.roadmap.models import Activity, Programme, Roadmap, Section, SwotEntry

Sibling = TypeVar("Sibling", bound=models.Model)


class CannotChange(Exception):
    """Why the programme can't be changed so, in Russian; `reasons` are all that stands in the way."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


FROZEN = {
    Programme.State.APPROVED: nbsp("Программа утверждена, её текст не меняется. Чтобы изменить его, внесите изменения: "
                                   "появится проект новой редакции."),
    Programme.State.SUPERSEDED: nbsp("Это прежняя редакция: её заменила новая. Текст прежней не меняется."),
    Programme.State.CLOSED: nbsp("Программа завершена, её текст не меняется."),
}  # fmt: skip
GONE = f"Этого проекта больше нет: его удалили, пока страница была{NBSP}открыта."
PART_GONE = f"Этой строки больше нет: её удалили, пока страница была{NBSP}открыта."


def locked(programme: Programme) -> Programme:
    """The same record as it is now, locked until the transaction ends. Raises CannotChange where it is gone."""
    found = Programme.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=programme.pk)
    fresh = found.first()
    if fresh is None:
        raise CannotChange(GONE)
    return fresh


def locked_draft(programme: Programme) -> Programme:
    """The same, for changing its texts. Raises CannotChange where it is no draft, or gone."""
    fresh = locked(programme)
    if not fresh.is_draft:
        raise CannotChange(FROZEN[Programme.State(fresh.state)])
    return fresh


def draft_of(part: Roadmap | Section | Activity | SwotEntry) -> Programme:
    """The locked draft that the part belongs to; the part becomes what it is now. Raises CannotChange where the
    programme is frozen or the part is gone."""
    programme = locked_draft(_programme_of(part))
    try:
        part.refresh_from_db()
    except type(part).DoesNotExist as gone:
        raise CannotChange(PART_GONE) from gone
    return programme


def _programme_of(part: Roadmap | Section | Activity | SwotEntry) -> Programme:
    return part.programme if isinstance(part, Roadmap | SwotEntry) else part.roadmap.programme


def moved(siblings: Sequence[Sibling], one: Sibling, by: int) -> list[Sibling]:
    """The siblings with one of them so many places further (negative: nearer to the beginning), within the bounds."""
    others = [each for each in siblings if each.pk != one.pk]
    place = next(index for index, each in enumerate(siblings) if each.pk == one.pk)
    others.insert(min(max(place + by, 0), len(others)), one)
    return others


def put_in_order(siblings: Iterable[Sibling]) -> None:
    """Their `order` becomes 0, 1, 2…; only what is different is written."""
    changed = []
    for order, one in enumerate(siblings):
        if one.order != order:  # type: ignore[attr-defined]
            one.order = order  # type: ignore[attr-defined]
            changed.append(one)
    if changed:
        type(changed[0])._default_manager.bulk_update(changed, ["order"], batch_size=500)
