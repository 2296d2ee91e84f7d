"""Orders of this room: calculate, confirm or dismiss a finding, set a method's parameters, check accepted tables."""

from msoko.web.analysis.services.calculating import calculate_due
from msoko.web.analysis.services.checking_tables import check_tables_due
from msoko.web.analysis.services.deciding import confirm, dismiss, reopen
from msoko.web.analysis.services.setting import set_parameters, withdraw_parameters

__all__ = ["calculate_due", "check_tables_due", "confirm", "dismiss", "reopen", "set_parameters", "withdraw_parameters"]
