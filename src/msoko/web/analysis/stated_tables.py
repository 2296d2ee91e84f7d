"""Accepted aggregate tables and rows of our own forms, as tables whose numbers can be held against each other."""

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from msoko.core.analysis.contradictions.from_facts import About, table_of_facts
from msoko.core.analysis.contradictions.tables import StatedTable
from msoko.core.collection.reading import Grain
from msoko.core.facts import store
from msoko.web.collection.models import Batch
from msoko.web.collection.queries import DESCRIPTION
from msoko.web.definitions import definitions

GRAINS = (Grain.AGGREGATES.value, Grain.RECORDS.value)


def stated_tables(batches: QuerySet[Batch]) -> list[StatedTable]:
    """The tables of those of the batches that are accepted and state numbers, in the order they came.

    Raises FileNotFoundError where the facts of an accepted batch are not in the folder.
    """
    return [table for _, table in stated_by_batch(batches)]


def stated_by_batch(batches: QuerySet[Batch]) -> list[tuple[int, StatedTable]]:
    """The same, each with the key of its batch."""
    accepted = batches.filter(state=Batch.State.ACCEPTED, grain__in=GRAINS).exclude(facts="")
    accepted = accepted.exclude(source=DESCRIPTION)  # maxima of items are no results
    read = ((batch.pk, _table(batch)) for batch in accepted.select_related("procedure").order_by("pk"))
    return [(key, table) for key, table in read if table is not None]


def _table(batch: Batch) -> StatedTable | None:
    facts = store.read(Path(settings.FACTS), batch.facts)
    return table_of_facts(facts, _about(batch), definitions())


def _about(batch: Batch) -> About:
    procedure = batch.procedure
    if procedure is None:
        return About(document=batch.path)
    return About(
        document=batch.path,
        procedure=procedure.kind,
        subject=procedure.subject,
        grade=procedure.grade,
        year=procedure.year,
    )
