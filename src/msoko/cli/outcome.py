"""What a command has to say: the same thing for a program (`data`) and for a person (`text`)."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """`data` is what --json prints; `reasons` are told on stderr."""

    data: dict[str, object] = field(default_factory=dict)
    text: str = ""
    reasons: list[str] = field(default_factory=list)


class Refused(Exception):
    """Understood and refused, with reasons (exit code 1)."""

    def __init__(self, *reasons: str, data: dict[str, object] | None = None, text: str = "") -> None:
        super().__init__("; ".join(reasons))
        refusal: dict[str, object] = {"refused": list(reasons)} if data is None else data
        self.outcome = Outcome(refusal, text, list(reasons))


class WrongCall(Exception):
    """The words of the call can't be understood (exit code 2)."""
