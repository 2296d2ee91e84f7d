"""A draft is edited: title and period, passport, principles, SWOT. Roadmaps and activities are in `contents`."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from msoko.core.roadmap.passport import NAMES, from_json
from msoko.core.vocabulary.russian import nbsp
from msoko.web.analysis.models import Finding
from msoko.web.people.models import User
from msoko.web.people.services import audit
from msoko.web.roadmap.edited_texts import passport_field_of, principles_of, swot_of, title_of
from msoko.web.roadmap.models import Programme, SwotEntry
from msoko.web.roadmap.services.drafts import CannotChange, draft_of, locked_draft, moved, put_in_order
from msoko.web.roadmap.services.seen import name_of_part, refuse_changed
from msoko.web.roadmap.services.understanding import understand_all

NAMELESS = nbsp("Назовите программу: под этим названием её будут искать и утверждать.")
BACKWARDS = nbsp("Программа кончается раньше, чем начинается: поправьте даты.")
MOST_YEARS = 15
TOO_LONG = nbsp(f"Срок программы больше {MOST_YEARS} лет: проверьте годы.")
SILENT = "Напишите текст строки."


def checked_period(begins: date, ends: date) -> None:
    """Raises CannotChange for days that no programme has."""
    if ends < begins:
        raise CannotChange(BACKWARDS)
    if ends.year - begins.year > MOST_YEARS:
        raise CannotChange(TOO_LONG)


@transaction.atomic
def describe(
    programme: Programme, who: User | None, *, title: str, begins: date, ends: date, seen: str = ""
) -> Programme:
    """Title and period; with another period all deadlines are read anew. Raises CannotChange.

    Here and below `seen` is the fingerprint of what the form began with (services.seen): ChangedMeanwhile is raised
    where somebody has saved something else since.
    """
    draft = locked_draft(programme)
    refuse_changed(title_of(draft), seen)
    if not title.strip():
        raise CannotChange(NAMELESS)
    checked_period(begins, ends)
    same_period = (draft.begins, draft.ends) == (begins, ends)
    draft.title, draft.begins, draft.ends = title.strip(), begins, ends
    draft.save(update_fields=["title", "begins", "ends"])
    if not same_period:
        understand_all(draft)
    _tell(draft, who, "название и срок", part="title")
    return draft


@transaction.atomic
def set_passport_field(programme: Programme, who: User | None, field: str, value: Any, seen: str = "") -> Programme:
    """`value` as JSON keeps it (core.roadmap.passport); an empty one takes the field away. Raises CannotChange,
    KeyError for a field that no passport has and ValueError for what the field can't hold."""
    name = NAMES[field]
    draft = locked_draft(programme)
    refuse_changed(passport_field_of(draft, field), seen)
    draft.passport = from_json({**draft.passport, field: value}).to_json()
    draft.save(update_fields=["passport"])
    _tell(draft, who, f"паспорт: {name}", part=f"passport-{field}")
    return draft


@transaction.atomic
def set_principles(programme: Programme, who: User | None, lines: Iterable[str], seen: str = "") -> Programme:
    """Raises CannotChange."""
    draft = locked_draft(programme)
    refuse_changed(principles_of(draft), seen)
    draft.principles = [stripped for line in lines if (stripped := line.strip())]
    draft.save(update_fields=["principles"])
    _tell(draft, who, "принципы", part="principles")
    return draft


@transaction.atomic
def discard(programme: Programme, who: User | None) -> None:
    """Throw a draft away; what was approved stays for ever. Raises CannotChange, also where a school's own programme
    descends from it."""
    draft = locked_draft(programme)
    if draft.descendants.exists():
        raise CannotChange(nbsp("Из этого проекта выведены программы школ: сначала удалите их проекты."))
    audit(who, "programme_discarded", draft, draft.organisation, name=draft.title)
    draft.delete()


# ---- SWOT


@transaction.atomic
def add_swot(
    programme: Programme, who: User | None, list_: str, text: str, finding: Finding | None = None
) -> SwotEntry:
    """One more line at the end of the list. Raises CannotChange."""
    draft = locked_draft(programme)
    (entry,) = _added(draft, [(list_, text, finding)])
    _tell(draft, who, "SWOT-анализ")
    return entry


@transaction.atomic
def add_findings(programme: Programme, who: User | None, rows: Sequence[tuple[str, str, Finding]]) -> int:
    """Lines from findings, as (list, text, finding); how many there are now that were not. A finding that a line
    names already is passed over. Raises CannotChange."""
    draft = locked_draft(programme)
    named = set(draft.swot.exclude(finding=None).values_list("finding", flat=True))
    fresh = [row for row in rows if row[2].pk not in named]
    _added(draft, fresh)
    if fresh:
        _tell(draft, who, "SWOT-анализ: подтверждённые выводы", count=len(fresh))
    return len(fresh)


def _added(draft: Programme, rows: Sequence[tuple[str, str, Finding | None]]) -> list[SwotEntry]:
    if not all(text.strip() for _, text, _ in rows):
        raise CannotChange(SILENT)
    order = draft.swot.count()
    return SwotEntry.objects.bulk_create(
        SwotEntry(programme=draft, list=SwotEntry.List(list_), text=text.strip(), finding=finding, order=order + number)
        for number, (list_, text, finding) in enumerate(rows)
    )


@transaction.atomic
def edit_swot(
    entry: SwotEntry, who: User | None, list_: str, text: str, finding: Finding | None = None, seen: str = ""
) -> SwotEntry:
    """Raises CannotChange."""
    draft = draft_of(entry)
    refuse_changed(swot_of(entry), seen)
    if not text.strip():
        raise CannotChange(SILENT)
    entry.list, entry.text, entry.finding = SwotEntry.List(list_), text.strip(), finding
    entry.save(update_fields=["list", "text", "finding"])
    _tell(draft, who, "SWOT-анализ", part=name_of_part(entry))
    return entry


@transaction.atomic
def move_swot(entry: SwotEntry, who: User | None, by: int) -> None:
    """Within its list. Raises CannotChange."""
    draft = draft_of(entry)
    put_in_order(moved(list(draft.swot.filter(list=entry.list)), entry, by))
    _tell(draft, who, "SWOT-анализ: порядок")


@transaction.atomic
def remove_swot(entry: SwotEntry, who: User | None) -> None:
    """Raises CannotChange."""
    draft = draft_of(entry)
    _tell(draft, who, "SWOT-анализ: строка удалена", before=entry.text)
    entry.delete()


def _tell(draft: Programme, who: User | None, what: str, **details: Any) -> None:
    audit(who, "programme_edited", draft, draft.organisation, name=draft.title, what=what, **details)
