"""What a page has shown of a record that people decide about: its state and the moment of the last decision.

Two decisions may lead to the same state; the moment tells them apart to the microsecond.
"""

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_VERSION = re.compile(r"([a-z_]{1,20})(?:-([0-9]{1,16}))?")


class Shown(NamedTuple):
    """`at` is None where there was no decision yet."""

    state: str
    at: datetime | None


def version_of(shown: Shown) -> str:
    """«planned-1789…»: for a hidden field or a button."""
    return f"{shown.state}-{(shown.at - EPOCH) // MICROSECOND if shown.at else 0}"


def shown_as(version: str, states: Collection[str]) -> Shown | None:
    """None for what is no version of such a record. Without a moment only the state is told."""
    found = _VERSION.fullmatch(version)
    if found is None or found[1] not in states:
        return None
    return Shown(found[1], EPOCH + int(found[2]) * MICROSECOND if int(found[2] or 0) else None)
