"""Orders of this room: recompute the values of a procedure, enter a scale."""

from msoko.web.monitoring.services.recomputing import recompute, recompute_stale
from msoko.web.monitoring.services.scales import enter_scale, scale_of, withdraw_scale

__all__ = ["enter_scale", "recompute", "recompute_stale", "scale_of", "withdraw_scale"]
