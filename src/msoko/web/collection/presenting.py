"""How a batch is told to the shell and the API (a stable contract)."""

from msoko.web.collection.models import Batch
from msoko.web.definitions import definitions

STATUSES = ("valid", "absent", "part_absent", "no_total", "total_above_max")


def batch_as_json(batch: Batch, file: str, reasons: tuple[str, ...] = ()) -> dict[str, object]:
    """Counts are integers; what is not known is null. `reasons` says why a readable file was not accepted."""
    report, naming = batch.report, batch.naming
    statuses = report.get("statuses") or {}
    said = {status: statuses.get(status) for status in STATUSES}
    return {
        "file": file,
        "sha256": batch.upload.sha256,
        "source": batch.source or None,
        "year": naming.get("year"),
        "grade": naming.get("grade"),
        "subject": subject_name(naming.get("subject")),
        "label": naming.get("label") or None,
        "state": "not_accepted" if reasons else batch.state,
        "state_words": "не принят" if reasons else batch.get_state_display(),
        "rows": batch.rows if batch.source else None,
        "statuses": said,
        "absent": said["absent"],
        "participants": said["valid"],
        "schools_any_row": report.get("schools_any_row"),
        "schools_valid": report.get("schools_valid"),
        "classes_valid": report.get("classes_valid"),
        "sum_mismatch": report.get("sum_mismatch"),
        "dropped_columns": batch.dropped,
        "complaints": batch.complaints,
        "reasons": list(reasons) or [c["message"] for c in batch.complaints if c["level"] == "FAIL"],
    }


def refused_as_json(file: str, *why: str) -> dict[str, object]:
    """A file that could not even be opened: nothing is known of it but the reasons."""
    complaint = {"level": "FAIL", "code": "unreadable", "count": 1, "sheet": None, "row": None, "column": None}
    return {
        "file": file,
        "sha256": None,
        "source": None,
        "year": None,
        "grade": None,
        "subject": None,
        "label": None,
        "state": "refused",
        "state_words": "отказано",
        "rows": None,
        "statuses": dict.fromkeys(STATUSES),
        "absent": None,
        "participants": None,
        "schools_any_row": None,
        "schools_valid": None,
        "classes_valid": None,
        "sum_mismatch": None,
        "dropped_columns": [],
        "complaints": [complaint | {"value": None, "message": reason, "places": []} for reason in why],
        "reasons": list(why),
    }


def subject_name(slug: str | None) -> str | None:
    subject = definitions().subjects.get(slug) if slug else None
    return subject.name if subject else None
