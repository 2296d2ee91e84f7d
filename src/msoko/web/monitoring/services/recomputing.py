"""Recomputing the stored values of one procedure from the summaries of its accepted batches."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from msoko.core.collection.reading import Grain
from msoko.core.definitions.kinds import Scale
from msoko.core.facts.summary import Summary, read_summary
from msoko.core.monitoring.describing import describe
from msoko.core.monitoring.exam_scores import PERFECT
from msoko.core.monitoring.tally import Tally, add_up, latest_speaks, tallies
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.queries import speaking
from msoko.web.monitoring.services.aggregates import records_from_aggregates
from msoko.web.monitoring.services.places import Place, places_by_key
from msoko.web.monitoring.services.scales import scale_of
from msoko.web.monitoring.services.storing import Columns, Record, replace_values, stored_columns

# The largest procedure takes about a second: a claim this old belongs to the dead. Were its holder alive after all,
# he would find his claim gone and write nothing.
SILENCE = timedelta(seconds=20)
REST = timedelta(minutes=5)  # before values that could not be computed are tried again
PAUSE = 0.1  # seconds between looks at what others are computing
BASES = ("items", "printed", "test")


Cells = dict[tuple[int, str], Tally]  # (organisation, class) → tally


def claim_stale(only: int | None = None) -> Procedure | None:
    """Take one procedure whose values are stale (`only` this one), so that no other worker does it at the same time."""
    now = timezone.now()
    waiting = Q(values_state=Procedure.Values.STALE) | Q(
        values_state=Procedure.Values.COMPUTING, values_claimed_at__lt=now - SILENCE
    )
    if only is not None:
        waiting &= Q(pk=only)
    for procedure in Procedure.objects.filter(waiting).order_by("pk")[:5]:
        mine = Procedure.objects.filter(waiting, pk=procedure.pk).update(
            values_state=Procedure.Values.COMPUTING, values_claimed_at=now
        )
        if mine:
            procedure.values_state, procedure.values_claimed_at = Procedure.Values.COMPUTING, now
            return procedure
    return None


def recompute_stale(only: int | None = None) -> int:
    """Recompute until nothing is stale (or `only` this procedure is not); returns how many times that took.

    Waits for what another process is computing: whoever calls may read values afterwards.
    """
    done = 0
    while True:
        procedure = claim_stale(only)
        if procedure is not None:
            recompute(procedure)
            done += 1
        elif _are_being_computed(only):
            time.sleep(PAUSE)
        else:
            return done


def _are_being_computed(only: int | None) -> bool:
    """Or were when their worker died; those that have been put off are not waited for."""
    busy = Procedure.objects.exclude(values_state=Procedure.Values.FRESH).exclude(values_claimed_at__gt=timezone.now())
    return (busy if only is None else busy.filter(pk=only)).exists()


def put_off(procedure: Procedure) -> None:
    """Its values could not be computed: others go first, and it is tried again after a rest."""
    Procedure.objects.filter(pk=procedure.pk, values_state=Procedure.Values.COMPUTING).update(
        values_claimed_at=timezone.now() + REST
    )


def recompute(procedure: Procedure) -> bool:
    """Replace the values of a claimed procedure in one transaction.

    False, with nothing written, where the claim is another's by now or the procedure has become stale again: the
    values would be of yesterday's batches.
    """
    batches = list(speaking(procedure.pk))
    scale = scale_of(procedure)
    inputs = inputs_hash(batches, scale)
    # A territory's table goes before its incomplete rows: later records of one place replace earlier ones.
    records = {record.place: record for record in records_of(procedure, batches, scale)}
    mine = Procedure.objects.filter(
        pk=procedure.pk, values_state=Procedure.Values.COMPUTING, values_claimed_at=procedure.values_claimed_at
    )
    with transaction.atomic():
        done = mine.update(
            values_state=Procedure.Values.FRESH,
            values_hash=inputs,
            values_computed_at=timezone.now(),
            values_claimed_at=None,
        )
        if done:
            replace_values(procedure, records.values(), inputs)
    return bool(done)


def inputs_hash(batches: list[Batch], scale: Scale | None) -> str:
    """What the values follow from: the facts in the order in which they speak, and the scale."""
    said = [f"{batch.facts} {batch.source_hash}" for batch in batches] + [repr(scale)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def records_of(procedure: Procedure, batches: list[Batch], scale: Scale | None) -> Iterator[Record]:
    """Every value that follows from the batches (the one that speaks first stands first), wholes after their parts."""
    places = places_by_key(batches)
    summaries = [_summary(batch) for batch in batches if batch.grain == Grain.PUPILS]
    primary, test = _ColumnsOfTallies(procedure.maximum, scale), _ColumnsOfTallies(PERFECT, None)
    participants: dict[int, int] = {}
    for basis in BASES:
        columns = test if basis == "test" else primary
        cells = cells_of(summaries, basis, places)
        wholes = roll_up(cells, places)
        if not any(tally.participants for tally in wholes.values()) and basis != BASES[0]:
            continue  # the procedure has no score of this basis at all
        participants |= {pk: max(n, participants.get(pk, 0)) for pk, n in _participants(wholes)}
        for (organisation, class_name), tally in cells.items():
            yield Record(organisation, class_name, False, basis, "pupils", columns.of(organisation, tally))
        for organisation, tally in wholes.items():
            yield Record(organisation, "", True, basis, "pupils", columns.of(organisation, tally))
    others = [batch for batch in batches if batch.grain == Grain.AGGREGATES]
    yield from records_from_aggregates(others, places, participants)


def _summary(batch: Batch) -> Summary:
    return read_summary(Path(settings.FACTS), batch.summary)


class _ColumnsOfTallies:
    """What is stored of a tally, computed once for equal tallies of an organisation.

    The only class of a school is the school, and most printed totals are the sums of the items: half of all values
    are equal to one that is known already.
    """

    def __init__(self, maximum: int | None, scale: Scale | None) -> None:
        self._maximum, self._scale = maximum, scale
        self._known: dict[int, list[tuple[Tally, Columns]]] = {}

    def of(self, organisation: int, tally: Tally) -> Columns:
        known = self._known.setdefault(organisation, [])
        for other, columns in known:
            if other == tally:
                return columns
        figures = describe(tally, self._maximum, self._scale, with_items=False)
        known.append((tally, stored_columns(figures, tally.as_plain())))
        return known[-1][1]


def _participants(wholes: Mapping[int, Tally]) -> Iterator[tuple[int, int]]:
    """Everybody who sat the work, also those whose row has a defect: a table of the same school counts them, too."""
    return ((organisation, sum(tally.statuses.values()) - tally.absent) for organisation, tally in wholes.items())


def cells_of(summaries: list[Summary], basis: str, places: Mapping[str, Place]) -> Cells:
    """Tallies by organisation and class; of several summaries with the same school the first given goes first."""
    return latest_speaks(_by_organisation(tallies(summary, _told(summary, basis)), places) for summary in summaries)


def _told(summary: Summary, basis: str) -> str:
    """A protocol without scores of tasks knows one score, which then stands on either basis."""
    return "printed" if basis == "items" and not summary.items.num_rows else basis


def _by_organisation(by_key: Mapping[tuple[str, str], Tally], places: Mapping[str, Place]) -> Cells:
    """A school may stand in one file under several logins."""
    cells: Cells = {}
    for (key, class_name), tally in by_key.items():
        place = (places[key].organisation, class_name)
        cells[place] = cells[place] + tally if place in cells else tally
    return cells


def roll_up(cells: Cells, places: Mapping[str, Place]) -> dict[int, Tally]:
    """Classes into schools, schools into municipalities and regions: sums, so every ratio is a ratio of sums."""
    ancestors = {place.organisation: place.ancestors for place in places.values()}
    schools = _added_up((organisation, tally) for (organisation, _), tally in cells.items())
    above = ((place, tally) for organisation, tally in schools.items() for place in ancestors[organisation])
    return _added_up(chain(schools.items(), above))


def _added_up(parts: Iterable[tuple[int, Tally]]) -> dict[int, Tally]:
    grouped: dict[int, list[Tally]] = {}
    for place, tally in parts:
        grouped.setdefault(place, []).append(tally)
    return {place: add_up(members) for place, members in grouped.items()}
