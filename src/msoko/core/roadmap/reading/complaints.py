"""What the reading of a document complains about: where, what is wrong, what to do."""

from dataclasses import dataclass

SHOWN_WORDS = 160  # of a long row the beginning is enough to find it


@dataclass(frozen=True)
class Complaint:
    """`line` is the number of the line of the document (None: the document as a whole), `words` what stands there.

    `message` says in Russian what is wrong, `advice` what to do; `code` is for programs.
    """

    code: str
    message: str
    advice: str = ""
    line: int | None = None
    page: int | None = None
    words: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "line": self.line,
            "page": self.page,
            "words": self.words or None,
            "message": " ".join(part for part in (self.message, self.advice) if part),
        }


def shortened(words: str) -> str:
    """One line, cut at a blank where it is long."""
    said = " ".join(words.split())
    return said if len(said) <= SHOWN_WORDS else said[:SHOWN_WORDS].rsplit(" ", 1)[0] + "…"
