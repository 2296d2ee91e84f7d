"""What is different between two passports, in Russian sentences with their places."""

from collections.abc import Iterator, Sequence
from datetime import date

from msoko.core.roadmap.change import OTHER_ORDER, Change, ChangeKind, arrow, list_changes, text_changes
from msoko.core.roadmap.passport import (
    LISTS,
    NAMES,
    TEXTS,
    Indicator,
    Participant,
    Passport,
    Resource,
    Risk,
    Stage,
    amount,
)
from msoko.core.vocabulary.russian import quote, short_date

# Column of a row → its name; the first column names the row.
COLUMNS: dict[str, dict[str, str]] = {
    "stages": {"title": "этап", "begins": "начало", "ends": "окончание", "content": "содержание"},
    "indicators": {
        "name": "показатель", "unit": "единица", "comparator": "сравнение", "how": "как считается",
        "base": "исходное значение", "direction": "направление",
    },
    "resources": {"kind": "вид", "source": "источник", "note": "примечание"},
    "participants": {"who": "участник"},
    "risks": {"risk": "риск", "consequence": "последствие", "mitigation": "меры"},
}  # fmt: skip
Row = Stage | Indicator | Resource | Participant | Risk


def passport_changes(old: Passport, new: Passport) -> Iterator[Change]:
    """In the order of the fields. A target left open and no target are the same."""
    for name, title in NAMES.items():
        place = f"паспорт, {title[:1].lower()}{title[1:]}"
        before, after = getattr(old, name), getattr(new, name)
        if name in TEXTS:
            yield from text_changes(place, before, after)
        elif name in LISTS:
            yield from list_changes(place, before, after)
        else:
            yield from _row_changes(name, place, before, after)


def _row_changes(field: str, place: str, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
    """Rows are the same by their first column; of rows called alike the first is the first's."""
    pairs, gone, fresh = _paired(field, old, new)
    for row in gone:
        yield Change(ChangeKind.REMOVED, place, f"исключено {quote(_name(field, row))}")
    for _, before, after in pairs:
        yield from _of_one_row(field, f"{place}, {quote(_name(field, after))}", before, after)
    for row in fresh:
        yield Change(ChangeKind.ADDED, place, f"добавлено {quote(_name(field, row))}")
    order = [index for index, _, _ in pairs]
    if order != sorted(order):
        yield Change(ChangeKind.MOVED, place, OTHER_ORDER)


def _paired(
    field: str, old: Sequence[Row], new: Sequence[Row]
) -> tuple[list[tuple[int, Row, Row]], list[Row], list[Row]]:
    """Pairs in the order of the new rows, each with its place among the old; then what has no pair on either side."""
    left = dict(enumerate(old))
    pairs, fresh = [], []
    for row in new:
        index = next((index for index, one in left.items() if _name(field, one) == _name(field, row)), None)
        if index is None:
            fresh.append(row)
        else:
            pairs.append((index, left.pop(index), row))
    return pairs, list(left.values()), fresh


def _name(field: str, row: Row) -> str:
    return str(getattr(row, next(iter(COLUMNS[field]))))


def _of_one_row(field: str, place: str, old: Row, new: Row) -> Iterator[Change]:
    for column, name in COLUMNS[field].items():
        before, after = getattr(old, column), getattr(new, column)
        if before != after:
            yield Change(ChangeKind.CHANGED, place, arrow(name, _shown(before), _shown(after)))
    if isinstance(old, Participant) and isinstance(new, Participant):
        yield from list_changes(f"{place}, функции", old.functions, new.functions)
    if isinstance(old, Indicator) and isinstance(new, Indicator):
        yield from _target_changes(place, old, new)


def _target_changes(place: str, old: Indicator, new: Indicator) -> Iterator[Change]:
    for year in sorted({*old.targets, *new.targets}):
        before, after = old.targets.get(year), new.targets.get(year)
        if before != after:
            yield Change(ChangeKind.CHANGED, place, arrow(f"цель на {year} год", _shown(before), _shown(after)))


def _shown(value: str | float | date | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return short_date(value) if isinstance(value, date) else amount(value)
