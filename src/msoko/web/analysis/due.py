"""Due work of this room: findings that no longer follow from the values and the parameters in force."""

import logging

from msoko.web.analysis.services.calculating import calculate, claim_due

log = logging.getLogger("msoko.analysis")


def do_one() -> bool:
    """Calculate one region and year."""
    calculation = claim_due()
    if calculation is None:
        return False
    try:
        calculate(calculation)
    except Exception:  # the worker must outlive a fault; the claim goes stale and is taken up again
        log.exception("Findings of calculation %s could not be computed", calculation.pk)
    return True
