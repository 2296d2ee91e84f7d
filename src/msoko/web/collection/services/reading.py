"""From kept bytes to previews: every procedure found in the file becomes a batch that waits for a decision."""

import logging
import traceback
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from msoko.core.collection import Refused, judge, read
from msoko.core.collection.assessing import Assessed
from msoko.core.collection.complaints import Complaint
from msoko.core.collection.describing import items_of_rows
from msoko.core.collection.reading import Grain, Hints, Reading
from msoko.core.engines import get_engine
from msoko.core.facts import store
from msoko.core.facts.schema import aggregate_table, record_table
from msoko.core.facts.summary import write_summary
from msoko.core.vocabulary.statuses import Level
from msoko.core.vocabulary.unknowns import Unknown
from msoko.web.collection.link_key import link_key
from msoko.web.collection.models import Batch
from msoko.web.collection.services.forgetting import forget_personal
from msoko.web.collection.services.limits import within_limits
from msoko.web.collection.services.uploading import kept
from msoko.web.definitions import definitions

log = logging.getLogger("msoko.collection")
Fields = dict[str, object]
INTERNAL_ERROR = Complaint(
    Level.FAIL,
    "internal_error",
    "Файл не удалось прочитать из-за ошибки программы. Ничего не принято и не потеряно.",
    "Сообщите администратору имя файла и время.",
)


class TakenOver(Exception):
    """Somebody else reads the file by now: whoever was silent for too long has lost it."""


def read_received(batch: Batch) -> list[Batch]:
    """Read the upload of a batch in the line; returns its batches, previews or refused, in the order of the file.

    Facts and summaries are written before the catalogue names them: a crash leaves at most unnamed files. Uploads
    with personal columns are removed once the batches stand; so are those whose columns nobody could tell.
    An error of the program becomes a refusal, never silence. Raises TakenOver where somebody else has the batch.
    """
    if batch.state != Batch.State.READING and not claim(batch, Q(state=Batch.State.RECEIVED)):
        raise TakenOver(f"Файл «{batch.path}» уже читает другой процесс.")
    try:
        found = _found(batch)
    except Refused as refused:
        found = [_refusal(refused.complaints)]
    except (DatabaseError, TakenOver):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a reader does, the person gets an answer
        _log_without_values(batch, error)
        found = [_refusal([INTERNAL_ERROR])]
    batches = _save_all(batch, found)
    forget_personal(batch.upload)
    return batches


def claim(batch: Batch, waiting: Q) -> bool:
    """Compare-and-set: of two readers one gets the batch."""
    batch.state, batch.claimed_at = Batch.State.READING, timezone.now()
    mine = Batch.objects.filter(waiting, pk=batch.pk)
    return bool(mine.update(state=batch.state, claimed_at=batch.claimed_at))


def _found(batch: Batch) -> list[Fields]:
    _tell(batch, 0, 1, "читаем файл")
    readings = read(kept(batch.upload.sha256), batch.path, _hints(batch), definitions(), link_key())
    found = []
    for part, reading in enumerate(readings):
        _tell(batch, 1 + part, 1 + len(readings), "проверяем строки")
        found.append(_outcome(within_limits(reading)))
    return found


def _tell(batch: Batch, done: int, total: int, what: str) -> None:
    """Progress for those who watch, and a sign of life. Raises TakenOver where the batch is another's by now."""
    now = timezone.now()
    mine = _held(batch).update(progress={"done": done, "total": total, "what": what}, claimed_at=now)
    if not mine:
        raise TakenOver(f"Файл «{batch.path}» уже читает другой процесс.")
    batch.claimed_at = now


def _held(batch: Batch) -> QuerySet[Batch]:
    """The batch as long as it is still ours: the moment of the claim tells one holder from another."""
    return Batch.objects.filter(pk=batch.pk, state=Batch.State.READING, claimed_at=batch.claimed_at)


def _log_without_values(batch: Batch, error: Exception) -> None:
    """Where it happened and what kind of error it is; its words may quote a cell, and a cell may name a person."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    log.error("Reading of batch %s failed: %s at %s", batch.pk, type(error).__name__, where)


def _hints(batch: Batch) -> Hints:
    said = batch.hints
    return Hints(path=batch.path, year=said.get("year"), grade=said.get("grade"), subject=said.get("subject"))


def _refusal(complaints: list[Complaint]) -> Fields:
    return {"state": Batch.State.REFUSED, "level": Level.FAIL, "complaints": [c.as_json() for c in complaints]}


def _outcome(reading: Reading) -> Fields:
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


def _common(reading: Reading) -> Fields:
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


def _of_pupils(reading: Reading, assessed: Assessed) -> Fields:
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


def _report(counts: list[dict], assessed: Assessed) -> Fields:
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


def _schools(reading: Reading, counts: list[dict]) -> list[Fields]:
    rows: Counter[str] = Counter()
    valid: Counter[str] = Counter()
    classes: dict[str, set[str]] = {}
    for cell in counts:
        rows[cell["login"]] += cell["n"]
        classes.setdefault(cell["login"], set()).add(cell["class_name"])
        valid[cell["login"]] += cell["n"] if cell["status"] == "valid" else 0
    claims = {claim.key: asdict(claim) for claim in reading.schools}
    return [
        claims.get(key, {"key": key}) | {"rows": n, "valid": valid[key], "classes": sorted(classes[key])}
        for key, n in sorted(rows.items())
    ]


def _of_rows(reading: Reading) -> Fields:
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
        "report": {"statuses": {}, "items": [asdict(item) for item in items_of_rows(reading.rows)]},
        "schools": [claims[key] | {"rows": n, "valid": n} for key, n in sorted(rows.items()) if key in claims]
        if aggregates
        else [],
    }


def _flat(rows: list[Fields]) -> list[Fields]:
    return [{name: _as_in_a_cell(value) for name, value in row.items()} for row in rows]


def _as_in_a_cell(value: object) -> object:
    """Lists (logins of a school) with semicolons; what is missing as nothing, the other unknowns by their signs."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return None if value is Unknown.MISSING else value


@transaction.atomic
def _save_all(batch: Batch, found: list[Fields]) -> list[Batch]:
    if not _held(batch).update(claimed_at=None):
        raise TakenOver(f"Файл «{batch.path}» уже прочитан другим процессом.")
    return [_save(batch, part, fields) for part, fields in enumerate(found)]


def _beside(first: Batch, part: int) -> Batch:
    return Batch(
        upload=first.upload,
        path=first.path,
        hints=first.hints,
        part=part,
        handed_in_by=first.handed_in_by,
        territory=first.territory,
    )


def _save(first: Batch, part: int, fields: Fields) -> Batch:
    """Part 0 is the batch that stood in the line; further parts are new rows beside it."""
    batch = first if part == 0 else _beside(first, part)
    for name, value in fields.items():
        setattr(batch, name, value)
    batch.read_at, batch.progress, batch.claimed_at = timezone.now(), {}, None
    batch.save()
    return batch
