"""What a file does to the description of items, in sentences: before it is accepted and afterwards."""

from collections.abc import Iterator

from django.db.models import QuerySet

from msoko.core.collection.describing import ITEMS, MOST_NAMED, TOLD, Added, Items, item_of, of_items
from msoko.core.collection.reading import Grain
from msoko.core.vocabulary.russian import NBSP, counted, join_with_and, number, plural, quote
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.queries import DESCRIPTION, like_but_for_label, procedures_described
from msoko.web.collection.services.describing import assembled, items_of

NO_PROTOCOL = f"Протокола этой работы с{NBSP}баллами за{NBSP}задания в{NBSP}системе нет: описание его дождётся."
NOTHING_NEW = "О заданиях этот файл ничего не добавляет к тому, что уже описано."


def will_describe(batch: Batch) -> list[str]:
    """What accepting a description or a table of ФИС ОКО will do to the items of its work."""
    if not _may_describe(batch):
        return []
    said: list[str] = []
    for procedure in _procedures(batch):
        said += _of_procedure(procedure, batch)
    return said or (_waits(batch) if batch.source == DESCRIPTION else [])


def has_described(batch: Batch) -> list[str]:
    """What an accepted file has brought, and what of it did not fit."""
    if batch.state != Batch.State.ACCEPTED or not _may_describe(batch):
        return []
    procedures = [one for one in procedures_described(batch) if one.items]
    said = [line for one in procedures for line in _brought(one, batch)]
    if said or batch.source != DESCRIPTION:
        return said
    return [NOTHING_NEW] if procedures else _waits(batch)


def _waits(batch: Batch) -> list[str]:
    """That the work is not there, and under which labels it is, where the form names another one."""
    labels = sorted(like_but_for_label(batch).values_list("label", flat=True)) if batch.naming["label"] else []
    named = [quote(label) if label else "без пометки" for label in labels[:MOST_NAMED]]
    if not named:
        return [NO_PROTOCOL]
    return [NO_PROTOCOL, f"Есть такая работа {join_with_and(named)}: проверьте столбец «Пометка»."]


def _may_describe(batch: Batch) -> bool:
    """Protocols bring items of their own; it is tables and descriptions that add to them."""
    return batch.grain != Grain.PUPILS and bool(items_of(batch.report))


def _procedures(batch: Batch) -> QuerySet[Procedure]:
    """With items. A table that is not accepted yet has no procedure, but a name."""
    found = procedures_described(batch)
    if batch.source != DESCRIPTION:
        naming = batch.naming
        found = Procedure.objects.filter(
            kind=naming["procedure"],
            subject=naming["subject"],
            grade=naming["grade"],
            year=naming["year"],
            label=naming.get("label") or "",
        )
    return found.exclude(items=[])


def _of_procedure(procedure: Procedure, batch: Batch) -> Iterator[str]:
    before = tuple(map(item_of, procedure.items))
    found = assembled(procedure, batch)
    added = next((told for one, told in found.sources if one.pk == batch.pk), Added())
    where = f" ({procedure.label})" if procedure.label else ""
    if added.items:
        get = plural(len(added.items), "получит", "получат", "получат")
        yield f"Описание {get} {counted(len(added.items), *ITEMS)} из{NBSP}{number(len(before))}{where}."
    else:
        yield NOTHING_NEW
    changed = _changed(before, found.items)
    if changed:
        yield f"Сменится прежнее описание {of_items(changed)}: его дал другой файл."
    yield from added.doubts


def _changed(before: Items, after: Items) -> list[str]:
    """Numbers of items of which something else was said."""
    pairs = zip(before, after, strict=True)
    return [
        was.number
        for was, now in pairs
        if any(getattr(was, key) and getattr(was, key) != getattr(now, key) for key in TOLD)
    ]


def _brought(procedure: Procedure, batch: Batch) -> Iterator[str]:
    for source in procedure.description:
        if source["batch"] == batch.pk:
            if source["items"]:
                described = counted(len(source["items"]), *ITEMS)
                yield f"Описано {described} из{NBSP}{number(len(procedure.items))}."
            yield from source["doubts"]
