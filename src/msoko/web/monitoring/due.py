"""Due work of this room: procedures whose values no longer follow from what is accepted."""

import logging

from msoko.web.monitoring.services.outdated import mark_outdated_after_a_change
from msoko.web.monitoring.services.recomputing import claim_stale, put_off, recompute

log = logging.getLogger("msoko.monitoring")


def do_one() -> bool:
    """Recompute one procedure. Where that fails the others go on; it is tried again after a rest."""
    mark_outdated_after_a_change()
    procedure = claim_stale()
    if procedure is None:
        return False
    try:
        recompute(procedure)
    except Exception:  # the worker must outlive a fault in one procedure; the fault is logged
        log.exception("Values of procedure %s could not be computed", procedure.pk)
        put_off(procedure)
    return True
