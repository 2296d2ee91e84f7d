"""What a document came to: roadmaps with activities, each with the confidence of its reading, and complaints."""

from dataclasses import dataclass

from msoko.core.roadmap.reading.complaints import Complaint


@dataclass(frozen=True)
class ParsedActivity:
    """One activity as the document words it; None where the document says nothing.

    `sections` are the headings above it from the outermost on, without their numbers. `executors` are
    `executors_words` cut at its separators. `other` are the cells of columns of no known kind, with the words of their
    headers. `confidence` is 0 … 1, `doubts` say in Russian why it is not 1. `lines` are numbers of lines.
    """

    sections: tuple[str, ...]
    number: str | None
    title: str
    deadline: str | None
    executors: tuple[str, ...]
    executors_words: str
    result: str | None
    indicator: str | None
    confidence: float
    doubts: tuple[str, ...]
    lines: tuple[int, ...]
    page: int | None = None
    other: tuple[tuple[str, str], ...] = ()

    @property
    def section(self) -> str | None:
        """All headings above it as one."""
        return " / ".join(self.sections) or None

    def as_json(self) -> dict[str, object]:
        """`result` is what the document promises: its result, or its indicator where it names no result."""
        return {
            "section": self.section,
            "sections": list(self.sections),
            "number": self.number,
            "title": self.title,
            "deadline": self.deadline,
            "executors": list(self.executors),
            "executors_words": self.executors_words or None,
            "result": self.result or self.indicator,
            "indicator": self.indicator,
            "other": [{"column": column, "words": words} for column, words in self.other],
            "confidence": self.confidence,
            "doubts": list(self.doubts),
            "lines": list(self.lines),
            "page": self.page,
        }


@dataclass(frozen=True)
class ParsedRoadmap:
    """A table of activities (over one or more pages); `lines` are those of its title, () when it has none."""

    title: str
    activities: tuple[ParsedActivity, ...]
    lines: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "title": self.title,
            "lines": list(self.lines),
            "activities": [activity.as_json() for activity in self.activities],
        }


@dataclass(frozen=True)
class Parsed:
    """All roadmaps of a document in its order, and what the reader is not sure of."""

    roadmaps: tuple[ParsedRoadmap, ...]
    complaints: tuple[Complaint, ...]

    @property
    def activities(self) -> tuple[ParsedActivity, ...]:
        return tuple(activity for roadmap in self.roadmaps for activity in roadmap.activities)

    def as_json(self) -> dict[str, object]:
        return {
            "roadmaps": [roadmap.as_json() for roadmap in self.roadmaps],
            "complaints": [complaint.as_json() for complaint in self.complaints],
        }
