"""Due work of this room: procedures whose values no longer follow from what is accepted."""

import logging

from msoko.web.monitoring.services.recomputing import claim_stale, recompute

log = logging.getLogger("msoko.monitoring")


def do_one() -> bool:
    """Recompute one procedure. Where that fails the others go on; it is tried again when its claim has grown old."""
    procedure = claim_stale()
    if procedure is None:
        return False
    try:
        recompute(procedure)
    except Exception:
        log.exception("Values of procedure %s could not be computed", procedure.pk)
    return True
