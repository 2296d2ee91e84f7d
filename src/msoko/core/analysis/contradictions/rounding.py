"""How far rounding may have carried a stated per cent or mean from the true one."""

from fractions import Fraction

from msoko.core.analysis.contradictions.roles import MARK_PERCENTS, OUTCOME_PERCENTS, Kind, Role
from msoko.core.analysis.contradictions.tables import Record, Stated

ROUNDED = (Kind.PERCENT, Kind.MEAN)


def family_of(role: Role) -> tuple[Role, ...]:
    """The per cents that make 100 together with that of the role; none for other roles."""
    return next((roles for roles in (MARK_PERCENTS, OUTCOME_PERCENTS) if role in roles), ())


def slack_of(record: Record, stated: Stated) -> Fraction:
    """Half a unit of the last digit; where parts were adjusted to 100, one of them took the rounding of all."""
    if stated.role.kind not in ROUNDED:
        return Fraction()
    parts = [record.said[role].exact for role in family_of(stated.role) if role in record.said]
    return stated.half * (len(parts) if len(parts) > 1 and sum(parts) == 100 else 1)
