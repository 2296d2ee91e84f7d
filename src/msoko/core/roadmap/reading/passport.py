"""What a programme says of itself: its title, who approved it, goal, tasks, period … with the line it stands in.

Fields: title, approved_by, approved_on, approved_number, grounds, customer, developer, coordinator, executors,
participants, goal, tasks, period (words), begins, ends (ISO dates), stages, indicators, expected_results, control,
resources, directions, risks, other («Название поля: значение» of fields that have no place of their own).
"""

from collections.abc import Mapping, Sequence
from datetime import date

from msoko.core.roadmap.reading.cleaning import clean, flat
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.passport_approval import approval_of
from msoko.core.roadmap.reading.passport_field import PassportField
from msoko.core.roadmap.reading.passport_heading import title_of
from msoko.core.roadmap.reading.passport_items import items_of, parties_of, stages_of
from msoko.core.roadmap.reading.passport_labels import LISTS, label_of
from msoko.core.roadmap.reading.passport_period import period_fields
from msoko.core.roadmap.reading.passport_prose import entries_in_prose, stages_in_prose
from msoko.core.roadmap.reading.passport_table import Entry, entries_of

__all__ = ["PassportField", "passport_of", "period_of"]

IN_TABLE, IN_PROSE, UNNAMED = 0.9, 0.65, 0.5
Passport = dict[str, PassportField]


def passport_of(lines: Sequence[Line]) -> Passport:
    """Field → what the document says; a field that was not found is absent. Never raises."""
    passport: Passport = {}
    for entry in entries_of(lines):
        _take(passport, entry, IN_TABLE)
    for entry in entries_in_prose(lines):
        if label_of(entry.label) not in passport:
            _take(passport, entry, IN_PROSE)
    title = title_of(lines)
    if title is not None:
        passport.setdefault("title", title)
    if "stages" not in passport:
        _take_stages(passport, lines)
    passport.update(approval_of(lines))
    passport.update(period_fields(passport, lines))
    return passport


def period_of(passport: Mapping[str, PassportField]) -> tuple[date, date] | None:
    """The first and the last day of the programme; None where the document does not say both."""
    begins, ends = passport.get("begins"), passport.get("ends")
    if begins is None or ends is None:
        return None
    return date.fromisoformat(begins.words), date.fromisoformat(ends.words)


def _take(passport: Passport, entry: Entry, confidence: float) -> None:
    """Puts the field in; of a field that is there already, a list becomes longer and a text the first one stays."""
    field = label_of(entry.label)
    if not clean(entry.text):
        return
    if field is None:
        other = (f"{entry.label}: {flat(clean(entry.text))}",)
        _put(passport, "other", PassportField(other, entry.line, UNNAMED))
    elif field in LISTS:
        _put(passport, field, PassportField(_items(field, entry.text), entry.line, confidence))
    else:
        _put(passport, field, PassportField(flat(clean(entry.text)), entry.line, confidence))


def _items(field: str, text: str) -> tuple[str, ...]:
    if field in ("executors", "participants"):
        return parties_of(text)
    return (stages_of(text) if field == "stages" else ()) or items_of(text)


def _put(passport: Passport, field: str, new: PassportField) -> None:
    old = passport.get(field)
    if old is None:
        passport[field] = new
    elif isinstance(old.value, tuple) and isinstance(new.value, tuple):
        more = tuple(item for item in new.value if item not in old.value)
        passport[field] = PassportField((*old.value, *more), old.line, min(old.confidence, new.confidence))


def _take_stages(passport: Passport, lines: Sequence[Line]) -> None:
    """«Сроки и этапы реализации» is one field: its stages stand in the words of the period. Else they are prose."""
    period, prose = passport.get("period"), stages_in_prose(lines)
    stages = stages_of(period.words) if period is not None else ()
    if period is not None and stages:
        passport["stages"] = PassportField(stages, period.line, period.confidence)
    elif prose is not None:
        passport["stages"] = PassportField(tuple(flat(value) for value in prose.values), prose.line, IN_PROSE)
