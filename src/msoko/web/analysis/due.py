"""Due work of this room: findings that no longer follow from the values and the parameters in force, and accepted
tables that have not been held against each other."""

import logging

from msoko.web.analysis.services.calculating import calculate, claim_due
from msoko.web.analysis.services.checking_tables import check_tables, claim_table_check

log = logging.getLogger("msoko.analysis")


def do_one() -> bool:
    """Calculate one region and year; where none is due, check the tables."""
    return _calculate_one() or _check_tables()


def _calculate_one() -> bool:
    calculation = claim_due()
    if calculation is None:
        return False
    try:
        calculate(calculation)
    except Exception:  # the worker must outlive a fault; the claim goes stale and is taken up again
        log.exception("Findings of calculation %s could not be computed", calculation.pk)
    return True


def _check_tables() -> bool:
    check = claim_table_check()
    if check is None:
        return False
    try:
        check_tables(check)
    except Exception:  # the worker must outlive a fault; the claim goes stale and is taken up again
        log.exception("Accepted tables could not be checked")
    return True
