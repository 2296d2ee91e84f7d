"""A procedure's stored values as figures: for pages, documents, the shell and the API."""

from django.db.models import QuerySet

from msoko.core.definitions.kinds import Scale
from msoko.core.monitoring.describing import Figures, describe
from msoko.core.monitoring.exam_scores import PERFECT
from msoko.core.monitoring.tally import Tally
from msoko.core.vocabulary.shares import Share
from msoko.web.collection.models import Procedure
from msoko.web.collection.presenting import subject_name
from msoko.web.monitoring.aggregated import figures_from
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.services.scales import scale_of
from msoko.web.people.models import Kind, Organisation

KINDS = {
    "school": (Kind.SCHOOL, Kind.BRANCH),
    "class": (Kind.SCHOOL, Kind.BRANCH),
    "municipality": (Kind.MUNICIPALITY,),
    "region": (Kind.REGION,),
}


def stored(procedure: Procedure, score: str, by: str, within: Organisation | None = None) -> QuerySet[Value]:
    """Stored values of a level, in the order of names; one query with its organisations."""
    values = Value.objects.filter(procedure=procedure, score=score, whole=by != "class")
    values = values.filter(organisation__kind__in=KINDS[by])
    if within is not None:
        values = values.filter(organisation__path__startswith=within.path)
    return values.select_related("organisation").order_by("organisation__sort_key", "organisation_id", "class_name")


# Everything but what makes up nine tenths of a value, and of its organisation the name.
_LISTED = [field.name for field in Value._meta.concrete_fields if field.name not in ("tally", "inputs")]


def listed(procedure: Procedure, score: str, by: str, within: Organisation) -> list[Value]:
    """Stored values as lists show them, in the order of names."""
    return list(stored(procedure, score, by, within).only(*_LISTED, "organisation__name"))


def figures_of(value: Value, procedure: Procedure, scale: Scale | None) -> Figures:
    """Everything that follows from the value's tally; lists read the value's own columns instead."""
    if "aggregate" in value.tally:
        return figures_from(value.tally["aggregate"])
    if value.score == "test":
        return describe(Tally.from_plain(value.tally), PERFECT)
    maxima = {number: item["maximum"] for number, item in enumerate(procedure.items, 1)}
    return describe(Tally.from_plain(value.tally), procedure.maximum, scale, maxima)


def described(procedure: Procedure, score: str, by: str) -> dict[str, object]:
    """The stable answer of `msoko describe --json`: rates and shares in per cent, unknown is null."""
    scale = scale_of(procedure)
    values = stored(procedure, score, by).prefetch_related("organisation__keys")
    return {
        "procedure": procedure_as_json(procedure),
        "score": score,
        "scale": scale_as_json(scale),
        "rows": [_row(value) for value in values.defer("tally")],
    }


def procedure_as_json(procedure: Procedure) -> dict[str, object]:
    return {
        "id": procedure.pk,
        "kind": procedure.kind,
        "subject": subject_name(procedure.subject),
        "grade": procedure.grade,
        "year": procedure.year,
        "label": procedure.label or None,
        "pupils_grade": procedure.pupils_grade,
        "academic_year": procedure.academic_year,
        "maximum": procedure.maximum,
        "items": procedure.items,
        "values_state": procedure.values_state,
    }


def scale_as_json(scale: Scale | None) -> dict[str, object]:
    if scale is None:
        return {"status": "none", "source": None, "bounds": None}
    return {"status": scale.status, "source": scale.source, "bounds": list(scale.bounds)}


def _row(value: Value) -> dict[str, object]:
    marks, passed, good = value.marks, value.passed, value.good
    return {
        "organisation": value.organisation.as_json(),
        "class": None if value.whole else value.class_name,
        "origin": value.origin,
        "participants": value.participants,
        "absent": value.absent,
        "mean_primary": value.mean,
        "sd_primary": value.sd,
        "mean_percent": value.mean_percent,
        "mean_mark": value.mean_mark,
        "marks": None if marks is None else {str(mark): n for mark, n in marks.items()},
        "pass_rate": _percent(passed),
        "quality_rate": _percent(good),
        "journal": _journal(value),
        "not_computed": value.not_computed,
    }


def _percent(share: Share | None) -> float | None:
    return 100 * share.k / share.n if share is not None and share.n else None


def _journal(value: Value) -> dict[str, int | None] | None:
    if value.confirmed is None:
        return None
    return {"lowered": value.lowered, "confirmed": value.confirmed, "raised": value.raised}
