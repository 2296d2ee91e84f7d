"""Putting the rows of a document right: edit, join, split, drop, restore, move, add, check.

Each order is one transaction on a document under review (`under_review`) and leaves an entry in the audit. Nothing
is deleted: what is dropped stays among the dropped rows and can be restored.
"""

from collections.abc import Iterable, Mapping, Sequence

from msoko.core.vocabulary.russian import quote
from msoko.web.people.models import User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.services.import_texts import FIELDS, as_kept, joined
from msoko.web.roadmap.services.importing import CannotImport, under_review
from msoko.web.roadmap.services.importing_evidence import kinds_said
from msoko.web.roadmap.services.seen import MEANWHILE, fingerprint_of, name_of_part

LONGEST_QUOTED = 80
JOINED = "Соединено из двух строк: проверьте, что текст читается."
Said = Mapping[str, str]


class RowChanged(CannotImport):
    """Somebody else has changed the row since it was shown; `now` is what it says."""

    def __init__(self, row: ImportedRow) -> None:
        super().__init__(MEANWHILE)
        self.now = said_of(row)


def said_of(row: ImportedRow) -> dict[str, str | bool]:
    """What the form of the row begins with; its fingerprint (services.seen) tells when somebody has changed it."""
    more = {"evidence": "\n".join(row.evidence), "is_dropped": row.is_dropped}
    return {**{name: getattr(row, name) for name in FIELDS}, **more}


def edit_row(document: RoadmapImport, pk: int, who: User | None, said: Said, seen: str = "") -> ImportedRow:
    """The fields as the person says them; the row is then checked. `seen` is the fingerprint of what he was shown.

    Raises CannotImport, RowChanged.
    """
    with under_review(document) as fresh:
        row = _row(fresh, pk, seen)
        _put(row, said)
        row.is_checked = True
        row.save()
        _audit(who, "imported_row_edited", fresh, row)
    return row


def merge_into_above(document: RoadmapImport, pk: int, who: User | None) -> ImportedRow:
    """A row broken over pages becomes one with the row above it in the same roadmap; returns that one."""
    with under_review(document) as fresh:
        row = _row(fresh, pk)
        if row.is_dropped:
            raise CannotImport("Строка исключена: сначала верните её.")
        above = _above(row)
        for name in ("title", "deadline", "executors", "result", "indicator"):
            setattr(above, name, as_kept(name, joined([getattr(above, name), getattr(row, name)])))
        above.number = above.number or row.number
        above.evidence = kinds_said([*row.evidence, *above.evidence])
        above.source = sorted({*above.source, *row.source})
        above.doubts = [*above.doubts, *(doubt for doubt in [JOINED] if doubt not in above.doubts)]
        above.is_checked = False
        above.save()
        row.is_dropped = True
        row.doubts = [*row.doubts, f"Соединена со строкой {quote(_beginning(above))}."]
        row.save(update_fields=["is_dropped", "doubts"])
        _audit(who, "imported_rows_merged", fresh, above)
    return above


def split_row(
    document: RoadmapImport, pk: int, who: User | None, first: Said, second: Said, seen: str = ""
) -> tuple[ImportedRow, ImportedRow]:
    """One row becomes two as the person says them, both checked; the second stands right below the first."""
    with under_review(document) as fresh:
        row = _row(fresh, pk, seen)
        below = ImportedRow(
            document=fresh, order=_order_below(row), confidence=row.confidence, source=row.source, is_checked=True
        )
        _put(row, first)
        _put(below, second)
        row.is_checked = True
        row.save()
        below.save()
        _audit(who, "imported_row_split", fresh, row)
    return row, below


def add_row(document: RoadmapImport, who: User | None, said: Said, line: int | None = None) -> ImportedRow:
    """An activity that was missed, from the given line of the document (None: from none); checked at once."""
    with under_review(document) as fresh:
        row = ImportedRow(document=fresh, order=_order_of_line(fresh, line), is_checked=True)
        row.source = [line] if line is not None else []
        _put(row, said)
        row.save()
        _audit(who, "imported_row_added", fresh, row)
    return row


def drop_rows(document: RoadmapImport, pks: Iterable[int], who: User | None) -> int:
    """They are no activities. Returns how many were dropped."""
    return _mark(document, pks, who, "imported_rows_dropped", is_dropped=True)


def restore_rows(document: RoadmapImport, pks: Iterable[int], who: User | None) -> int:
    return _mark(document, pks, who, "imported_rows_restored", is_dropped=False)


def check_rows(document: RoadmapImport, pks: Iterable[int], who: User | None) -> int:
    """A person has held them against the document."""
    return _mark(document, pks, who, "imported_rows_checked", is_checked=True)


def uncheck_rows(document: RoadmapImport, pks: Iterable[int], who: User | None) -> int:
    return _mark(document, pks, who, "imported_rows_unchecked", is_checked=False)


def move_rows(document: RoadmapImport, pks: Iterable[int], who: User | None, roadmap: str, section: str) -> int:
    """Into another roadmap or section; new names make new ones."""
    place = {"roadmap": as_kept("roadmap", roadmap), "section": as_kept("section", section)}
    return _mark(document, pks, who, "imported_rows_moved", **place)


def rename(document: RoadmapImport, who: User | None, roadmap: str, section: str | None, name: str) -> int:
    """Another name for a roadmap (`section` None) or for one of its sections, in all its rows, dropped ones too.

    A name that another one has already makes one of the two. Returns the number of rows.
    """
    field = "roadmap" if section is None else "section"
    now = as_kept(field, name)
    with under_review(document) as fresh:
        rows = (
            fresh.rows.filter(roadmap=roadmap)
            if section is None
            else fresh.rows.filter(roadmap=roadmap, section=section)
        )
        changed = rows.update(**{field: now})
        if not changed:
            raise CannotImport("Такого раздела в документе уже нет: обновите страницу.")
        before = roadmap if section is None else section
        audit(who, "imported_group_renamed", fresh, fresh.organisation, path=fresh.file_name, before=before, now=now)
    return changed


def _mark(document: RoadmapImport, pks: Iterable[int], who: User | None, action: str, **fields: bool | str) -> int:
    with under_review(document) as fresh:
        rows = ImportedRow.objects.filter(document=fresh, pk__in=list(pks)).exclude(**fields)
        titles = [_beginning(row) for row in rows[:5]]
        changed = rows.update(**fields)
        if changed:
            said = {"path": fresh.file_name, "count": changed, "name": titles}
            audit(who, action, fresh, fresh.organisation, **said)
    return changed


def _row(document: RoadmapImport, pk: int, seen: str = "") -> ImportedRow:
    row = ImportedRow.objects.filter(document=document, pk=pk).first()
    if row is None:
        raise CannotImport("Такой строки в документе нет.")
    if seen and fingerprint_of(said_of(row)) != seen:
        raise RowChanged(row)
    return row


def _put(row: ImportedRow, said: Said) -> None:
    """Fields of the document, and «evidence», a thing to be handed in a line."""
    if "evidence" in said:
        row.evidence = kinds_said(said["evidence"].splitlines())
    for name in FIELDS:
        if name in said:
            setattr(row, name, as_kept(name, said[name]))
    if not row.title:
        raise CannotImport("Напишите, что за мероприятие: без названия строка не сохраняется.")


def in_places(rows: Iterable[ImportedRow]) -> list[ImportedRow]:
    """In the order of the programme: roadmaps and sections as they first occur, a moved row with those of its new
    place."""
    ordered = list(rows)
    roadmaps: dict[str, int] = {}
    sections: dict[tuple[str, str], int] = {}
    for row in ordered:
        roadmaps.setdefault(row.roadmap, len(roadmaps))
        sections.setdefault((row.roadmap, row.section), len(sections))
    return sorted(ordered, key=lambda row: (roadmaps[row.roadmap], sections[row.roadmap, row.section]))


def _above(row: ImportedRow) -> ImportedRow:
    rows = in_places(ImportedRow.objects.filter(document=row.document_id, is_dropped=False))
    place = next(place for place, one in enumerate(rows) if one.pk == row.pk)
    if place == 0 or rows[place - 1].roadmap != row.roadmap:
        raise CannotImport("Выше в этой дорожной карте строк нет: соединять не с чем.")
    return rows[place - 1]


def _order_below(row: ImportedRow) -> float:
    """Between the row and the next one."""
    after = ImportedRow.objects.filter(document=row.document_id, order__gt=row.order).first()
    return (row.order + after.order) / 2 if after else row.order + 1


def _order_of_line(document: RoadmapImport, line: int | None) -> float:
    """Below the last row that begins above the line."""
    rows: Sequence[ImportedRow] = list(document.rows.only("order", "source"))
    above = [row for row in rows if line is None or (row.source and row.source[0] < line)]
    if not rows:
        return 1
    if not above:
        return rows[0].order - 1
    last = above[-1]
    after = next((row for row in rows if row.order > last.order), None)
    return (last.order + after.order) / 2 if after else last.order + 1


def _beginning(row: ImportedRow) -> str:
    return row.title if len(row.title) <= LONGEST_QUOTED else row.title[:LONGEST_QUOTED].rsplit(" ", 1)[0] + "…"


def _audit(who: User | None, action: str, document: RoadmapImport, row: ImportedRow) -> None:
    told = {"path": document.file_name, "name": _beginning(row), "part": name_of_part(row)}
    audit(who, action, document, document.organisation, **told)
