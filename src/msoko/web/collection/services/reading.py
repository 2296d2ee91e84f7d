"""From kept bytes to previews: every procedure found in the file becomes a batch that waits for a decision."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from msoko.core.collection import Refused, judge, read
from msoko.core.collection.assessing import Assessed
from msoko.core.collection.complaints import Complaint
from msoko.core.collection.reading import Grain, Hints, Reading
from msoko.core.engines import get_engine
from msoko.core.facts import store
from msoko.core.facts.schema import aggregate_table, record_table
from msoko.core.facts.summary import write_summary
from msoko.core.vocabulary.statuses import Level
from msoko.web.collection.models import Batch
from msoko.web.collection.services.uploading import kept
from msoko.web.definitions import definitions

Progress = Callable[[int, int, str], None]


def silent(done: int, total: int, what: str) -> None:
    """For callers who don't watch."""


def read_received(batch: Batch, progress: Progress = silent) -> list[Batch]:
    """Read the upload of a received batch; returns its batches, previews or refused, in the order of the file.

    Facts and summaries are written before the catalogue names them: a crash leaves at most unnamed files.
    """
    known = definitions()
    progress(0, 3, "читаем файл")
    try:
        readings = read(kept(batch.upload.sha256), batch.path, _hints(batch), known)
    except Refused as refused:
        return [_save(batch, 0, _refusal(refused.complaints))]
    found = []
    for part, reading in enumerate(readings):
        progress(1 + part, 1 + len(readings), "проверяем строки")
        found.append(_outcome(reading))
    return _save_all(batch, found)


def _hints(batch: Batch) -> Hints:
    said = batch.hints
    return Hints(path=batch.path, year=said.get("year"), grade=said.get("grade"), subject=said.get("subject"))


def _refusal(complaints: list[Complaint]) -> dict[str, object]:
    return {"state": Batch.State.REFUSED, "level": Level.FAIL, "complaints": [c.as_json() for c in complaints]}


def _outcome(reading: Reading) -> dict[str, object]:
    """The fields of the batch that this reading becomes."""
    fields = _common(reading)
    complaints = list(reading.complaints)
    if reading.pupils is not None and not any(c.level == Level.FAIL for c in complaints):
        assessed = judge(reading, definitions())
        complaints += assessed.complaints
        fields |= _of_pupils(reading, assessed)
    else:
        fields |= _of_rows(reading)
    level = worst(complaints)
    return fields | {
        "complaints": [complaint.as_json() for complaint in complaints],
        "level": level,
        "state": Batch.State.REFUSED if level == Level.FAIL else Batch.State.PREVIEW,
    }


def worst(complaints: list[Complaint]) -> Level:
    levels = {complaint.level for complaint in complaints}
    return next((level for level in (Level.FAIL, Level.WARNING) if level in levels), Level.PASS)


def _common(reading: Reading) -> dict[str, object]:
    return {
        "source": reading.source,
        "source_hash": _version(reading.source),
        "grain": reading.grain,
        "naming": asdict(reading.naming),
        "dropped": reading.dropped_columns,
    }


def _version(source: str) -> str:
    """The hash of the definition by which the file was read: of a form of ours or of an official one."""
    kind, _, slug = source.partition("/")
    return definitions().hash_of("layouts", slug) if kind == "layouts" else definitions().hash_of("sources", source)


def _of_pupils(reading: Reading, assessed: Assessed) -> dict[str, object]:
    summary = get_engine("duckdb").summarise(assessed.table)
    counts = summary.counts.to_pylist()
    facts = Path(settings.FACTS)
    return {
        "facts": store.write(assessed.table, facts),
        "summary": write_summary(summary, facts),
        "rows": assessed.table.num_rows,
        "report": _report(counts, assessed),
        "schools": _schools(reading, counts),
    }


def _report(counts: list[dict], assessed: Assessed) -> dict[str, object]:
    statuses: Counter[str] = Counter()
    for cell in counts:
        statuses[cell["status"]] += cell["n"]
    valid = [cell for cell in counts if cell["status"] == "valid" and cell["n"]]
    return {
        "statuses": {s: statuses.get(s, 0) for s in ("valid", "absent", "part_absent", "no_total", "total_above_max")},
        "schools_any_row": len({cell["login"] for cell in counts}),
        "schools_valid": len({cell["login"] for cell in valid}),
        "classes_valid": len({(cell["login"], cell["class_name"]) for cell in valid}),
        "sum_mismatch": assessed.sum_mismatch,
        "items": [asdict(item) for item in assessed.items],
        "maximum": assessed.maxima.total,
    }


def _schools(reading: Reading, counts: list[dict]) -> list[dict[str, object]]:
    rows: Counter[str] = Counter()
    valid: Counter[str] = Counter()
    for cell in counts:
        rows[cell["login"]] += cell["n"]
        valid[cell["login"]] += cell["n"] if cell["status"] == "valid" else 0
    claims = {claim.key: asdict(claim) for claim in reading.schools}
    return [claims.get(key, {"key": key}) | {"rows": n, "valid": valid[key]} for key, n in sorted(rows.items())]


def _of_rows(reading: Reading) -> dict[str, object]:
    """Aggregates and records: their rows are facts of their own kind, kept apart from those of pupils."""
    if not reading.rows:
        return {"rows": len(reading.pupils or [])}
    rows: Counter[str] = Counter(str(row.get("key") or "") for row in reading.rows)
    rows.pop("", None)
    claims = {claim.key: asdict(claim) for claim in reading.schools}
    aggregates = reading.grain == Grain.AGGREGATES
    rows_of = reading.rows if aggregates else _flat(reading.rows)
    table = (aggregate_table if aggregates else record_table)(rows_of, reading.source)
    return {
        "facts": store.write(table, Path(settings.FACTS)),
        "rows": len(reading.rows),
        "report": {"statuses": {}},
        "schools": [claims[key] | {"rows": n, "valid": n} for key, n in sorted(rows.items()) if key in claims]
        if aggregates
        else [],
    }


def _flat(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Lists (logins of a school) as they stand in a cell: with semicolons."""
    return [
        {name: "; ".join(map(str, value)) if isinstance(value, list | tuple) else value for name, value in row.items()}
        for row in rows
    ]


@transaction.atomic
def _save_all(batch: Batch, found: list[dict[str, object]]) -> list[Batch]:
    return [_save(batch, part, fields) for part, fields in enumerate(found)]


def _save(first: Batch, part: int, fields: dict[str, object]) -> Batch:
    """Part 0 is the batch that stood in the line; further parts are new rows beside it."""
    batch = first if part == 0 else Batch(upload=first.upload, path=first.path, hints=first.hints, part=part)
    for name, value in fields.items():
        setattr(batch, name, value)
    batch.read_at, batch.progress, batch.claimed_at = timezone.now(), {}, None
    batch.save()
    return batch
