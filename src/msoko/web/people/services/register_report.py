"""What an import of a register came to: counts for the shell, rows and sentences for the screen."""

from dataclasses import dataclass, field

from msoko.web.people.register_lines import Line


@dataclass(frozen=True)
class Outcome:
    """What a row came to: «created», «changed», «unchanged»; `changes`: field → (before, now)."""

    line: Line
    outcome: str
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class RegisterReport:
    """Counts of rows; `placed` of them stood elsewhere before. Rows named in `conflicts` were not taken."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    placed: int = 0
    territories_created: int = 0  # named in rows of schools, without rows of their own
    complaints: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "placed": self.placed,
            "territories_created": self.territories_created,
            "complaints": self.complaints,
            "conflicts": self.conflicts,
        }

    def note(self, line: Line, outcome: str, changes: dict[str, tuple[str, str]] | None = None) -> None:
        self.outcomes.append(Outcome(line, outcome, changes or {}))
        setattr(self, outcome, getattr(self, outcome) + 1)
