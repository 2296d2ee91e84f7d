"""Records of the room: what was planned, what has to be done and was done, what arrives as a signed document."""

from msoko.web.roadmap.models.doing import (
    Assignment,
    Body,
    Evidence,
    Occurrence,
    Postponement,
    Report,
    ReportDraft,
    Verification,
)
from msoko.web.roadmap.models.importing import ImportedRow, RoadmapImport
from msoko.web.roadmap.models.planning import Activity, Executor, Level, Programme, Roadmap, Section, SwotEntry
from msoko.web.roadmap.models.reminding import CalendarLink, Digest, Reminding

__all__ = [
    "Activity",
    "Assignment",
    "Body",
    "CalendarLink",
    "Digest",
    "Evidence",
    "Executor",
    "ImportedRow",
    "Level",
    "Occurrence",
    "Postponement",
    "Programme",
    "Reminding",
    "Report",
    "ReportDraft",
    "Roadmap",
    "RoadmapImport",
    "Section",
    "SwotEntry",
    "Verification",
]
