"""Records of the system that can confirm execution: findings and results of the organisation, protocols handed in."""

from collections.abc import Iterator

from msoko.web.analysis.class_rights import all_as_read_by
from msoko.web.analysis.models import Finding
from msoko.web.collection.models import Batch
from msoko.web.collection.queries import visible_batches
from msoko.web.monitoring.queries import procedures_seen_from
from msoko.web.monitoring.titles import title_of
from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import Assignment

MOST = 40
"""Of a kind: a select of more is no choice."""
LONGEST = 110
Choice = tuple[str, str]


def records_for(sight: Sight, assignment: Assignment) -> list[tuple[str, list[Choice]]]:
    """Groups of (kind:key, words), the newest first. Four queries."""
    groups = (
        ("Результаты", _procedures(assignment)),
        ("Выводы", _findings(sight, assignment)),
        ("Протоколы", _batches(sight, assignment)),
    )
    found = [(title, list(choices)) for title, choices in groups]
    return [(title, choices) for title, choices in found if choices]


def _procedures(assignment: Assignment) -> Iterator[Choice]:
    for value in procedures_seen_from(assignment.organisation)[:MOST]:
        yield f"collection.procedure:{value.procedure_id}", title_of(value.procedure)


def _findings(sight: Sight, assignment: Assignment) -> Iterator[Choice]:
    current = Finding.objects.filter(organisation=assignment.organisation, superseded_at=None)
    found = current.select_related("organisation").defer("inputs").order_by("-year", "-pk")[:MOST]
    for one in all_as_read_by(sight, found):
        yield f"analysis.finding:{one.pk}", _short(f"{one.year}: {one.sentence}")


def _batches(sight: Sight, assignment: Assignment) -> Iterator[Choice]:
    own = visible_batches(sight).filter(
        state=Batch.State.ACCEPTED, territory__path__startswith=assignment.organisation.path
    )
    for one in own.only("pk", "path", "accepted_at").order_by("-accepted_at", "-pk")[:MOST]:
        yield f"collection.batch:{one.pk}", _short(one.name)


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1].rstrip()}…"
