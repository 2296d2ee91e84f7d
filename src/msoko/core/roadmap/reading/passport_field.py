"""One field of a passport as it was found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PassportField:
    """`value` is the text, or the items of a list; `line` the number of the line it begins in; `confidence` 0 … 1."""

    value: str | tuple[str, ...]
    line: int
    confidence: float

    @property
    def words(self) -> str:
        """The value as one text, an item a line."""
        return self.value if isinstance(self.value, str) else "\n".join(self.value)
