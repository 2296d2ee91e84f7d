"""Contradictions in tables that somebody typed: what they say against themselves and against each other.

`find(tables, parameters)` is all that a caller needs; tables come from accepted facts (`from_facts`), from any sheet
(`from_sheets`) or from JSON (`from_json`).
"""

from msoko.core.analysis.contradictions.contradiction import Contradiction, Place, Severity
from msoko.core.analysis.contradictions.finding import all_rules, find
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.tables import StatedTable

__all__ = ["Contradiction", "Parameters", "Place", "Severity", "StatedTable", "all_rules", "find"]
