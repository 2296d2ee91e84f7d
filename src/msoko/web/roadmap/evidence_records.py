"""Records of the platform itself that may confirm execution: which a person may point at, and where they are shown.

The name is read by everybody who sees the assignment, so it tells no more than that there is such a thing: a finding
is named by its method and year, never by its sentence, which may be of one class.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from msoko.core.vocabulary.russian import NBSP, quote
from msoko.web.analysis.models import Finding
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.queries import visible_batches
from msoko.web.definitions import definitions
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.titles import title_of
from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import Evidence

LONGEST_KEY = 18


@dataclass(frozen=True)
class RecordType:
    """`named` gives the name of a record that the person sees, None where there is none; `address` shows it."""

    words: str
    address: str
    named: Callable[[Sight, int], str | None]


def _finding(sight: Sight, key: int) -> str | None:
    found = Finding.objects.filter(pk=key, organisation__in=sight.organisations).first()
    if found is None:
        return None
    method = definitions().methods.get(found.method)
    return f"Вывод: {quote(method.title if method else found.method)}, {found.year}"


def _batch(sight: Sight, key: int) -> str | None:
    found = visible_batches(sight).filter(pk=key, state=Batch.State.ACCEPTED).first()
    return f"Протокол: {found.name}" if found else None


def _procedure(sight: Sight, key: int) -> str | None:
    """One whose results the person sees of at least one organisation."""
    seen = Value.objects.filter(procedure=key, organisation__in=sight.organisations)
    found = Procedure.objects.filter(pk=key).first() if seen.exists() else None
    return f"Результаты: {title_of(found)}" if found else None


RECORDS = {
    "analysis.finding": RecordType("вывод", "analysis:finding", _finding),
    "collection.batch": RecordType("протокол", "collection:batch", _batch),
    "collection.procedure": RecordType("процедура", "monitoring:procedure", _procedure),
}
NO_SUCH = f"Такой записи в{NBSP}системе нет или вы её не{NBSP}видите."


def name_of(sight: Sight, record_type: str, record_id: str) -> str | None:
    """None where there is no such record, or it is out of the person's sight."""
    kind = RECORDS.get(record_type)
    if kind is None or not (record_id.isascii() and record_id.isdecimal()) or len(record_id) > LONGEST_KEY:
        return None
    return kind.named(sight, int(record_id))


def address_of(evidence: Evidence) -> str:
    """Of a record's page, which lets in only those who may see it; '' where it is no record of a known type."""
    kind = RECORDS.get(evidence.record_type)
    return reverse(kind.address, args=[int(evidence.record_id)]) if kind else ""
