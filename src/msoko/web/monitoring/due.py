"""Due work of this room: procedures whose values no longer follow from what is accepted."""

from msoko.web.monitoring.services.recomputing import claim_stale, recompute


def do_one() -> bool:
    procedure = claim_stale()
    if procedure is None:
        return False
    recompute(procedure)
    return True
