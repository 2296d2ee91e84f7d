"""What tests do with files again and again: receive, read, accept, compute."""

from msoko.core.collection.reading import Hints
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.services import accept, read_received, receive
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people.models import Organisation
from tests.web.collection.protocols import NAME


def read_in(content: bytes, name: str = NAME, hints: Hints | None = None) -> list[Batch]:
    """Batches of the file: previews or refused."""
    return [batch for received in receive([content], name, hints or Hints()) for batch in read_received(received)]


def taken(content: bytes, name: str = NAME, hints: Hints | None = None) -> Batch:
    """The only batch of the file, accepted with all its schools."""
    (batch,) = read_in(content, name, hints)
    return accept(batch, None, create_missing=True)


def values(score: str = "items") -> dict[tuple[str, str, bool], tuple[object, ...]]:
    """(organisation, class, whole) → participants, absent, mean, origin; after everything stale is computed."""
    recompute_stale()
    found = Value.objects.filter(score=score).select_related("organisation")
    return {
        (one.organisation.name, one.class_name, one.whole): (one.participants, one.absent, one.mean, one.origin)
        for one in found
    }


def whole(organisation: str, score: str = "items") -> tuple[object, ...] | None:
    """The value of a whole organisation by its name."""
    return values(score).get((organisation, "", True))


def stale() -> bool:
    return Procedure.objects.exclude(values_state=Procedure.Values.FRESH).exists()


def school(login: str) -> Organisation:
    return Organisation.objects.get(keys__key=login)
