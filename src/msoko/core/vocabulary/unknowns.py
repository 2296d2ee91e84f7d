"""The states of a cell that has no number. Zero is not one of them: zero is simply 0."""

from enum import Enum


class Unknown(Enum):
    """Why there is no number. A bare None never reaches a reader: it would not say which of the three it is."""

    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"

    @property
    def sign(self) -> str:
        """What stands in the cell: «нет данных», «—» or «•»."""
        return _SIGNS[self]

    @property
    def meaning(self) -> str:
        """The sign in words, for a legend, a tooltip or a screen reader."""
        return _MEANINGS[self]

    def __str__(self) -> str:
        return self.sign


_SIGNS = {
    Unknown.MISSING: "нет\u00a0данных",
    Unknown.NOT_APPLICABLE: "—",
    Unknown.SUPPRESSED: "•",
}
_MEANINGS = {
    Unknown.MISSING: "данные не поступили",
    Unknown.NOT_APPLICABLE: "показатель здесь не применяется",
    Unknown.SUPPRESSED: "скрыто: слишком мало участников",
}
