"""«Сравнение отметок с отметками по журналу»: lowered, confirmed, raised; number and per cent.

Wide form: a row a group, columns for the three outcomes. Long form: below each group three rows, one an outcome.
Rows: level, key, name, municipality, sheet, row, n, lowered, confirmed, raised (numbers of participants)
and percent_lowered, percent_confirmed, percent_raised; each kind only where the form has it.
"""

from dataclasses import dataclass, field

from msoko.core.collection.complaints import Place
from msoko.core.collection.grid import Workbook
from msoko.core.collection.readers._aggregates import (
    Draft,
    Drafts,
    check_parts_against_wholes,
    check_percents,
    counts_of,
    group_of,
    group_row,
    titled_tables,
)
from msoko.core.collection.readers._groups import Group
from msoko.core.collection.readers._tables import Table, count_of, number_of, plain
from msoko.core.collection.reading import Hints, Reading
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions

OUTCOMES = {"lowered": "понизили", "confirmed": "подтвердили", "raised": "повысили"}
TOTAL = "всего"
SAID = "«Понизили», «Подтвердили» и «Повысили»"


@dataclass
class Comparison:
    """One group's cells: outcome → place of its number and of its per cent, where the form has them."""

    group: Group
    place: Place
    n: int | None
    counts: dict[str, Place] = field(default_factory=dict)
    percents: dict[str, Place] = field(default_factory=dict)


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One Reading a procedure named above a table."""
    drafts = Drafts(workbook, source, hints, definitions)
    for table, draft in titled_tables(drafts):
        is_long = "n" in table.columns and not _outcome_columns(table)
        for comparison in _long(draft, table) if is_long else _wide(draft, table):
            _keep(draft, comparison)
    for draft in drafts.all():
        check_parts_against_wholes(draft)
    return [draft.finished() for draft in drafts.all()]


def _long(draft: Draft, table: Table) -> list[Comparison]:
    found: list[Comparison] = []
    for row in table.rows:
        said, place = table.said(row, "group"), table.place(row, "group")
        outcome = _outcome_in(said)
        if not outcome and plain(said) != TOTAL:
            if said:
                found.append(Comparison(group_of(draft, place, said), place, count_of(table.said(row, "n"))))
            else:
                draft.warn(
                    "no_group",
                    "В строке нет названия группы, строка пропущена.",
                    "Проверьте её.",
                    table.place(row, "n"),
                )
        elif not found:
            draft.warn("no_group", "Строка стоит раньше своей группы и пропущена.", "Добавьте строку с группой.", place)
        elif outcome:
            found[-1].counts[outcome] = table.place(row, "n")
            found[-1].percents[outcome] = table.place(row, "percent")
        else:
            found[-1].n = count_of(table.said(row, "n"))
    return found


def _wide(draft: Draft, table: Table) -> list[Comparison]:
    columns = _outcome_columns(table)
    found = []
    for row in table.rows:
        if not table.said(row, "group") and not any(count_of(cell) is not None for cell in row.filled):
            continue  # the second row of the header: «Кол-во», «%»
        known = group_row(draft, table, row)
        if known:
            comparison = Comparison(known[0], table.place(row, "group"), known[1])
            for (outcome, is_percent), column in columns.items():
                kept = comparison.percents if is_percent else comparison.counts
                kept[outcome] = table.place(row, column)
            found.append(comparison)
    return found


def _outcome_columns(table: Table) -> dict[tuple[str, bool], int]:
    """(outcome, whether per cent) → column. A merged header leaves blanks or bare signs right of its outcome."""
    columns: dict[tuple[str, bool], int] = {}
    below = table.rows[0] if table.rows and not table.said(table.rows[0], "group") else None
    outcome = ""
    for column, header in enumerate(table.header.cells):
        named = _outcome_in(header)
        outcome = named or (outcome if _is_unit(header) else "")
        if outcome:
            unit = below.said(column) if below else header
            is_percent = "%" in unit or (not named and not below)
            columns.setdefault((outcome, is_percent), column)
    return columns


def _is_unit(header: str) -> bool:
    return plain(header) in ("", "%", "кол-во", "количество", "чел", "доля, %", "кол-во участников")


def _outcome_in(said: str) -> str:
    return next((outcome for outcome, stem in OUTCOMES.items() if plain(said).startswith(stem)), "")


def _keep(draft: Draft, said: Comparison) -> None:
    if not said.counts and not said.percents:
        draft.note("row_without_numbers", f"У группы нет строк {SAID}, она пропущена.", place=said.place)
        return
    if not _is_complete(draft, said):
        return
    counts = {outcome: count_of(place.value) for outcome, place in said.counts.items()}
    percents = {outcome: number_of(place.value) for outcome, place in said.percents.items()}
    known = {outcome: value for outcome, value in counts.items() if value is not None}
    shares = {outcome: value for outcome, value in percents.items() if value is not None}
    n = said.n if said.n is not None else sum(known.values()) if known else None
    if n is None:
        advice = "Нужно целое число не меньше нуля."
        draft.warn("unreadable_count", "Число участников не указано, группа пропущена.", advice, said.place)
        return
    known = known or _counts_behind(shares, n)
    _check(draft, said, n, known, shares)
    draft.add(said.group, said.place, n=n, **known, **{f"percent_{name}": value for name, value in shares.items()})


def _is_complete(draft: Draft, said: Comparison) -> bool:
    """Whether all three outcomes are there and readable, in each of the kinds of cells that the form has."""
    for places in (said.counts, said.percents):
        if places and len(places) < len(OUTCOMES):
            message = f"У группы есть не все три строки: {SAID}; она пропущена."
            draft.warn("outcome_missing", message, "Допишите недостающие.", next(iter(places.values())))
            return False
    odd_counts = [place for place in said.counts.values() if count_of(place.value) is None]
    odd_percents = [place for place in said.percents.values() if not 0 <= (number_of(place.value) or 0) <= 100]
    odd_percents += [place for place in said.percents.values() if number_of(place.value) is None]
    advice = "Исправьте ячейку; возможно, строка сдвинута по столбцам."
    for place in odd_counts:
        draft.warn("unreadable_count", "В ячейке не число участников, группа пропущена.", advice, place)
    for place in odd_percents:
        draft.warn("unreadable_percent", "В ячейке не процент от 0 до 100, группа пропущена.", advice, place)
    return not odd_counts and not odd_percents


def _counts_behind(percents: dict[str, float], n: int) -> dict[str, int]:
    counts = counts_of([percents[outcome] for outcome in OUTCOMES], n)
    return dict(zip(OUTCOMES, counts, strict=True)) if counts else {}


def _check(draft: Draft, said: Comparison, n: int, counts: dict[str, int], percents: dict[str, float]) -> None:
    if counts and sum(counts.values()) != n:
        draft.warn(
            "counts_not_n",
            f"Сумма строк {SAID} не равна числу участников.",
            "Участники без отметки в журнале в сравнение не входят; иначе сверьте строку с исходным отчётом.",
            said.place,
        )
        n = sum(counts.values())
    if percents:
        ordered = [said.percents[outcome] for outcome in OUTCOMES]
        check_percents(draft, ordered, [percents[outcome] for outcome in OUTCOMES], n)
    _check_pairs(draft, said, n, counts, percents)


def _check_pairs(draft: Draft, said: Comparison, n: int, counts: dict[str, int], percents: dict[str, float]) -> None:
    """The printed per cent is that of the printed number."""
    for outcome, place in said.counts.items():
        if n and outcome in percents and abs(100 * counts[outcome] / n - percents[outcome]) > 1:
            draft.warn(
                "percent_not_of_count",
                "Процент не соответствует числу участников в той же строке.",
                "Сверьте число и процент с исходным отчётом.",
                place,
            )
