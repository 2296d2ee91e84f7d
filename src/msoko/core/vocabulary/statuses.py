"""What a row of a protocol is worth (exclusive, in this order of precedence)."""

from enum import StrEnum


class RowStatus(StrEnum):
    ABSENT = "absent"
    PART_ABSENT = "part_absent"
    NO_TOTAL = "no_total"
    TOTAL_ABOVE_MAX = "total_above_max"
    VALID = "valid"


class Level(StrEnum):
    """How grave a complaint is. A FAIL keeps a file from being accepted; a WARNING never does."""

    PASS = "PASS"
    WARNING = "WARNING"
    FAIL = "FAIL"


class ScoreBasis(StrEnum):
    """Which of a participant's scores is meant: the sum of the items, the printed total, or the test score (ЕГЭ)."""

    ITEMS = "items"
    PRINTED = "printed"
    TEST = "test"
