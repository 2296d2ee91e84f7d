"""What each form of a programme edits, by the names of its fields: the form begins with it, and is held against it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from msoko.core.roadmap.passport import from_json
from msoko.web.roadmap.edition_texts import own_dates, text_of
from msoko.web.roadmap.models import Activity, Executor, Programme, Roadmap, Section, SwotEntry

WORDS_OF_ACTIVITY = (
    *("number", "title", "deadline", "executors_words", "result", "indicator", "level", "addressees", "evidence"),
)


def title_of(programme: Programme) -> dict[str, Any]:
    return {"title": programme.title, "begins": programme.begins, "ends": programme.ends}


def whole_of(programme: Programme) -> dict[str, Any]:
    """Everything that is signed when the draft is approved. Four queries, however long the programme."""
    return {"text": text_of(programme)}


def passport_field_of(programme: Programme, field: str) -> dict[str, Any]:
    """`value` as core.roadmap.passport has it: a text, a list of lines, or rows."""
    return {"value": getattr(from_json(programme.passport), field)}


def principles_of(programme: Programme) -> dict[str, Any]:
    return {"lines": list(programme.principles)}


def swot_of(entry: SwotEntry) -> dict[str, Any]:
    return {"list": entry.list, "text": entry.text, "finding": entry.finding_id or ""}


def roadmap_of(roadmap: Roadmap) -> dict[str, Any]:
    return {"title": roadmap.title, "direction": roadmap.direction}


def section_of(section: Section) -> dict[str, Any]:
    return {"title": section.title}


def activity_of(activity: Activity) -> dict[str, Any]:
    return {
        **{name: getattr(activity, name) for name in WORDS_OF_ACTIVITY},
        "section": activity.section_id,
        "own_dates": own_dates(activity),
        "finding": activity.finding_id or "",
    }


def dates_of(activity: Activity) -> dict[str, Any]:
    """Whoever said them: a person's dates and those of the words are corrected alike."""
    return {"dates": [(date.fromisoformat(begins), date.fromisoformat(ends)) for begins, ends in activity.windows]}


def executor_of(rows: Iterable[Executor]) -> dict[str, Any]:
    """`rows` are those of one executor of the document: several where a person has named several schools."""
    found = list(rows)
    return {"kind": found[0].kind, "organisations": sorted(str(r.organisation_id) for r in found if r.organisation_id)}
