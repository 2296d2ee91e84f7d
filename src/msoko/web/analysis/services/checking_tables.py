"""Holds the accepted tables against each other in the worker, and keeps what they say against themselves.

A number is compared with others of its row, of its table and of other tables, so what one more batch brings can only
be found by looking at all; the worker does it once the files that came together are read and their values computed.
"""

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from msoko.core.analysis import contradictions
from msoko.core.analysis.contradictions import Place, StatedTable, find
from msoko.web.analysis.models import Contradiction, TableCheck
from msoko.web.analysis.stated_tables import GRAINS, stated_by_batch
from msoko.web.collection.models import Batch, Procedure
from msoko.web.definitions import definitions

SILENCE = timedelta(minutes=5)  # a claim this old belongs to the dead
PAUSE = 0.1
AT_ONCE = 500
MOST_PLACES = 40
"""Cells kept of one contradiction: of a whole column that is rounded in its own way nobody looks at more."""


def check_tables_due() -> int:
    """Check until nothing is due; returns how often that was done."""
    done = 0
    while True:
        check = claim_table_check()
        if check is not None:
            check_tables(check)
            done += 1
        elif TableCheck.objects.filter(_is_being_done()).exists():
            time.sleep(PAUSE)
        else:
            return done


def claim_table_check() -> TableCheck | None:
    """The check, where tables or rules are not what was checked last, taken so that no other worker does it.

    None while files are read or values are stale: more will come.
    """
    waiting = Batch.objects.filter(state__in=(Batch.State.RECEIVED, Batch.State.READING))
    if waiting.exists() or Procedure.objects.exclude(values_state=Procedure.Values.FRESH).exists():
        return None
    now, fingerprint = timezone.now(), fingerprint_of_tables()
    check, created = TableCheck.objects.get_or_create(defaults={"claimed_at": now, "inputs": fingerprint})
    if created:
        return check
    due = Q(state=TableCheck.State.FRESH) & ~Q(inputs=fingerprint)
    abandoned = Q(state=TableCheck.State.CHECKING) & ~_is_being_done()
    mine = TableCheck.objects.filter(due | abandoned, pk=check.pk)
    if not mine.update(state=TableCheck.State.CHECKING, claimed_at=now, inputs=fingerprint):
        return None
    check.refresh_from_db()
    return check


def _is_being_done() -> Q:
    return Q(state=TableCheck.State.CHECKING, claimed_at__gt=timezone.now() - SILENCE)


def fingerprint_of_tables() -> str:
    """Of all that contradictions follow from: the accepted tables, our forms, the rules."""
    accepted = Batch.objects.filter(state=Batch.State.ACCEPTED, grain__in=GRAINS).order_by("pk")
    said = [*map(str, accepted.values_list("pk", "facts")), definitions().hash, _fingerprint_of_rules()]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@lru_cache(maxsize=1)
def _fingerprint_of_rules() -> str:
    folder = Path(contradictions.__file__).parent
    sources = sorted(folder.rglob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def check_tables(check: TableCheck) -> None:
    """Find everything anew and put it in the place of what was found before, in one transaction.

    Raises FileNotFoundError where the facts of an accepted batch are not in the folder.
    """
    stated = stated_by_batch(Batch.objects.all())
    found = find(table for _, table in stated)
    batch_of = _batches_of_places(stated, {place for one in found for place in one.places})
    with transaction.atomic():
        mine = TableCheck.objects.filter(pk=check.pk, state=TableCheck.State.CHECKING, claimed_at=check.claimed_at)
        now = timezone.now()
        if mine.update(state=TableCheck.State.FRESH, checked_at=now, claimed_at=None, tables=len(stated)):
            _replace(found, batch_of)


def _batches_of_places(stated: Iterable[tuple[int, StatedTable]], wanted: set[Place]) -> Mapping[Place, int]:
    """Place → the batch in whose table the cell stands; a bound that no table states is in none."""
    documents = {place.document for place in wanted}
    found: dict[Place, int] = {}
    for batch, table in stated:
        if table.document in documents:
            cells = (table.place(row, column) for row in table.rows for column in table.columns)
            for place in cells:
                if place in wanted:
                    found.setdefault(place, batch)
    return found


def _replace(found: Sequence[contradictions.Contradiction], batch_of: Mapping[Place, int]) -> None:
    Contradiction.objects.all().delete()
    records = Contradiction.objects.bulk_create(
        (_record(one, position, batch_of) for position, one in enumerate(found)), batch_size=AT_ONCE
    )
    through = Contradiction.batches.through
    links = [
        through(contradiction_id=record.pk, batch_id=batch)
        for record, one in zip(records, found, strict=True)
        for batch in {batch_of[place] for place in one.places if place in batch_of}
    ]
    through.objects.bulk_create(links, batch_size=AT_ONCE)


def _record(one: contradictions.Contradiction, position: int, batch_of: Mapping[Place, int]) -> Contradiction:
    return Contradiction(
        rule=one.rule,
        severity=one.severity.value,
        places=[_place(place, batch_of.get(place)) for place in one.places[:MOST_PLACES]],
        stated=one.stated,
        recomputed=one.recomputed,
        tolerance=one.tolerance,
        arithmetic=one.arithmetic,
        sentence=one.sentence,
        position=position,
    )


def _place(place: Place, batch: int | None) -> dict[str, Any]:
    return {**place.as_json(), "batch": batch}
