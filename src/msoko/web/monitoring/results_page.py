"""The list of procedures with the territory's figures beside the region's."""

from django.db.models import QuerySet
from django.urls import reverse

from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.collection.models import Procedure
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.queries import same_procedures
from msoko.web.monitoring.tables import MARKS, SCORES, marks_of, scores_of
from msoko.web.monitoring.titles import subject_of
from msoko.web.people.models import Kind, Organisation

COLUMNS = (
    Column("procedure", "Процедура", kind="link"),
    Column("year", "Год"),
    *SCORES,
    *MARKS,
    Column("region", "Средний по региону", "% от макс.", kind="number", digits=1),
    Column("state", "Значения", kind="badge"),
)


def results_table(values: QuerySet[Value], organisation: Organisation | None) -> Table:
    shown = list(values)
    region = organisation.region_id if organisation and organisation.kind != Kind.REGION else None
    of_region = same_procedures([value.procedure_id for value in shown], region)
    rows = [Row(_cells(value, of_region.get(value.procedure_id))) for value in shown]
    return Table("Процедуры", COLUMNS, rows)


def _cells(value: Value, region: Value | None) -> dict[str, Cell]:
    procedure = value.procedure
    title = f"{kind_name(procedure.kind)} · {subject_of(procedure)} · {procedure.grade}\u00a0класс"
    if procedure.label:
        title += f" · {procedure.label}"
    # The region is known only where more participants are in the system than the municipality's own.
    fuller = region if region and (region.participants or 0) > (value.participants or 0) else None
    return {
        "procedure": Text(title, reverse("monitoring:procedure", args=[procedure.pk])),
        "year": str(procedure.year),
        **scores_of(value),
        **marks_of(value),
        "region": fuller.mean_percent if fuller and fuller.mean_percent is not None else Unknown.MISSING,
        "state": _state(procedure),
    }


def _state(procedure: Procedure) -> Text:
    if procedure.values_state == Procedure.Values.FRESH:
        return Text("посчитаны", tone="PASS")
    return Text("пересчитываются", tone="WARNING")
