"""A cell of deadlines that has an address in it: no date is there to be understood, and that is said."""

from collections.abc import Sequence

from msoko.core.roadmap.deadlines.nodes import Condition, Node, NotUnderstood, Separator, Source
from msoko.core.roadmap.deadlines.patterns import SIGN_OF, Line


def place_in(line: Line, nodes: Sequence[Node]) -> Condition | None:
    """The whole text as a place, if a street, a room or the like is named and nothing says when."""
    if SIGN_OF["address"] not in line.signs or not all(isinstance(node, NotUnderstood | Separator) for node in nodes):
        return None
    return Condition(f"место проведения: {line.tokens.clean}", Source.PLACE)
