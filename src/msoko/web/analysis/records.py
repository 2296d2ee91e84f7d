"""Rows of our own forms and of official lists, each with the school it is about."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from msoko.core.analysis.panel import School
from msoko.core.collection.reading import Grain
from msoko.core.facts import store
from msoko.core.vocabulary.unknowns import Unknown
from msoko.web.collection.models import Batch
from msoko.web.collection.queries import DESCRIPTION, REGISTER
from msoko.web.people.models import Organisation
from msoko.web.people.school_finder import SchoolFinder

# What a cell says instead of a number; a column that the file does not have says nothing.
UNKNOWN_BY_SIGN: dict[object, Unknown] = {**{unknown.sign: unknown for unknown in Unknown}, None: Unknown.MISSING}
OFFICIAL_OBJECTIVITY = "official_objectivity_list"
FORM_OF = {"objectivity_list": OFFICIAL_OBJECTIVITY}  # what a batch of an official list is called by methods

Row = dict[str, Any]


def records_of_region(region: Organisation | None, schools: Mapping[int, School]) -> dict[str, list[Row]]:
    """Form → rows of schools of the region, newest batch first; each row has `organisation` beside its columns.

    A row whose school nobody knows has `organisation` None: it is told by name, never lost. A batch speaks only for
    schools of the territory in which it was handed in.
    """
    found: dict[str, list[Row]] = {}
    batches = accepted_records()
    if not batches:
        return found
    finder = SchoolFinder(Organisation.objects.schools().filter(region=region))
    for batch in batches:
        rows = found.setdefault(FORM_OF.get(batch.naming["procedure"], batch.naming["procedure"]), [])
        rows += [row for row in _rows(batch, finder) if row["organisation"] is None or row["organisation"] in schools]
    return found


def accepted_records() -> list[Batch]:
    """Accepted batches of our own forms, the one accepted last first.

    The register is no fact about results, and what describes the items of a work stands in its procedure.
    """
    batches = Batch.objects.filter(state=Batch.State.ACCEPTED, grain=Grain.RECORDS).select_related("territory")
    batches = batches.exclude(source=DESCRIPTION)
    return [one for one in batches.order_by("-accepted_at", "-pk") if one.naming.get("procedure") != REGISTER]


def _rows(batch: Batch, finder: SchoolFinder) -> Iterator[Row]:
    for row in store.read(Path(settings.FACTS), batch.facts).to_pylist():
        told = {name: UNKNOWN_BY_SIGN.get(value, value) for name, value in row.items()}
        organisation = finder.school_of(row)
        if finder.is_elsewhere(row) or (organisation and batch.territory and not batch.territory.holds(organisation)):
            continue
        yield {**told, "organisation": organisation.pk if organisation else None, "batch": batch.pk}
