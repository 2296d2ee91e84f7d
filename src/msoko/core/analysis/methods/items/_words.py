"""Words about items that sentences of several methods share."""

from collections.abc import Sequence

from msoko.core.vocabulary.russian import NBSP, join_with_and

MOST_NAMED = 5
"""Items named in one sentence; the figure and the picture have them all."""


def tasks(n: int, one: str, many: str) -> str:
    """«выполнено задание» or «выполнены задания»."""
    return f"{one} задание" if n == 1 else f"{many} задания"


def named(said: Sequence[str], most: int = MOST_NAMED) -> str:
    """«3, 7 и 12»; of more than `most` the rest is counted: «3, 7, 8, 9, 12 и ещё 2»."""
    if len(said) <= most:
        return join_with_and(list(said))
    return f"{', '.join(said[:most])} и{NBSP}ещё{NBSP}{len(said) - most}"
