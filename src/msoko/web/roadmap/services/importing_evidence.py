"""What has to be handed in with the reports on a document's activities: a person says it of many at once, or accepts
what the words of the expected results suggest. A suggestion is nowhere in force until then."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from msoko.core.roadmap.evidence import name_of, suggested
from msoko.core.vocabulary.russian import NBSP, quote
from msoko.web.people.models import User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import Evidence, ImportedRow, RoadmapImport
from msoko.web.roadmap.services.import_texts import as_line
from msoko.web.roadmap.services.importing import CannotImport, under_review

LONGEST_KIND = Evidence._meta.get_field("about").max_length or 0
MOST_KINDS = 20
"""Of one activity; whoever has to hand in more hands in nothing."""
NOTHING_SAID = "Отметьте, что приложить к отчёту, или напишите своё."
TOO_MANY = f"К{NBSP}одному отчёту{NBSP}— не{NBSP}больше {MOST_KINDS} подтверждений."

_suggested = lru_cache(maxsize=4096)(suggested)


def kinds_said(said: Iterable[str]) -> list[str]:
    """As they are kept, each once: of «протокол» and «протокол × 2» the later goes before. Raises CannotImport."""
    kept: dict[str, str] = {}
    for one in said:
        line = as_line(one)
        if len(line) > LONGEST_KIND:
            raise CannotImport(f"{quote(line[:60])}…{NBSP}— длиннее {LONGEST_KIND} знаков: назовите короче.")
        if line:
            kept[name_of(line).casefold()] = line
    if len(kept) > MOST_KINDS:
        raise CannotImport(TOO_MANY)
    return list(kept.values())


def suggestions_of(row: ImportedRow) -> tuple[str, ...]:
    """Nothing where a person has said already what is to be handed in, or the row is no activity."""
    return () if row.evidence or row.is_dropped else _suggested(row.result)


def require(document: RoadmapImport, pks: Iterable[int], who: User | None, kinds: Sequence[str]) -> int:
    """These, beside what is required already; how many rows have changed. Raises CannotImport."""
    wanted = kinds_said(kinds)
    if not wanted:
        raise CannotImport(NOTHING_SAID)
    return _change(document, who, lambda row: kinds_said([*row.evidence, *wanted]), pks)


def require_nothing(document: RoadmapImport, pks: Iterable[int], who: User | None) -> int:
    """But the text of the report."""
    return _change(document, who, lambda row: [], pks)


def accept_suggestions(document: RoadmapImport, who: User | None, pks: Iterable[int] | None = None) -> int:
    """Of these rows, or of all."""
    return _change(document, who, lambda row: list(suggestions_of(row)) or row.evidence, pks)


def _change(
    document: RoadmapImport,
    who: User | None,
    evidence: Callable[[ImportedRow], list[str]],
    pks: Iterable[int] | None,
) -> int:
    with under_review(document) as fresh:
        rows = fresh.rows.filter(is_dropped=False)
        changed, kinds = [], dict[str, None]()
        for row in rows if pks is None else rows.filter(pk__in=list(pks)):
            now = evidence(row)
            if now != row.evidence:
                row.evidence = now
                changed.append(row)
                kinds |= dict.fromkeys(now)
        ImportedRow.objects.bulk_update(changed, ["evidence"], batch_size=500)
        if changed:
            told = {"path": fresh.file_name, "count": len(changed), "name": list(kinds)}
            audit(who, "imported_rows_evidence", fresh, fresh.organisation, **told)
    return len(changed)
