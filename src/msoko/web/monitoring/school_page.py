"""One school: its results against its municipality, in one reading."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import counted, number
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import small_multiples
from msoko.documents.charts.chart import Chart
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.procedure_page import FEW
from msoko.web.monitoring.queries import procedures_seen_from, same_procedures
from msoko.web.monitoring.tables import MARKS, NOTE_FEW, SCORES, marks_of, scores_of
from msoko.web.monitoring.titles import subject_of
from msoko.web.people.models import Organisation

COLUMNS = (
    Column("procedure", "Процедура", kind="link"),
    Column("year", "Год"),
    *SCORES,
    Column("municipality", "Муниципалитет", "% от макс.", kind="number", digits=1),
    Column("difference", "Разница", "п. п.", kind="number", digits=1),
    *MARKS,
)


@dataclass(frozen=True)
class SchoolPage:
    school: Organisation

    @cached_property
    def values(self) -> list[Value]:
        return list(procedures_seen_from(self.school))

    @cached_property
    def _of_municipality(self) -> dict[int, Value]:
        return same_procedures([value.procedure_id for value in self.values], self.school.municipality_id)

    def of_municipality(self, value: Value) -> Value | None:
        """The municipality in the same procedure."""
        return self._of_municipality.get(value.procedure_id)

    def results_table(self) -> Table:
        rows = [Row(self._cells(value), "pale" if (value.participants or 0) < FEW else "") for value in self.values]
        return Table("Результаты школы", COLUMNS, rows, note=NOTE_FEW)

    def _cells(self, value: Value) -> dict[str, Cell]:
        procedure, other = value.procedure, self._of_municipality.get(value.procedure_id)
        address = f"{reverse('monitoring:procedure', args=[procedure.pk])}?territory={self.school.pk}"
        title = f"{kind_name(procedure.kind)} · {subject_of(procedure)} · {procedure.grade}\u00a0класс"
        difference = _difference(value, other)
        return {
            "procedure": Text(title, address),
            "year": str(procedure.year),
            **scores_of(value),
            "municipality": other.mean_percent if other and other.mean_percent is not None else Unknown.MISSING,
            "difference": Unknown.MISSING if difference is None else difference,
            **marks_of(value),
        }

    def main_things(self) -> list[str]:
        """Two or three sentences of the last year: how many works, where clearly below and above the municipality."""
        if not self.values:
            return []
        last = max(value.procedure.year for value in self.values)
        latest = [value for value in self.values if value.procedure.year == last]
        works = counted(len(latest), "работе", "работах", "работах")
        sentences = [f"В {last} году школа участвовала в {works}."]
        for words, sign in (("ниже", -1), ("выше", 1)):
            clear = [value for value in latest if self._stands_apart(value) == sign]
            if clear:
                names = ", ".join(self._named(value) for value in clear[:4])
                more = f" и ещё в {len(clear) - 4}" if len(clear) > 4 else ""
                sentences.append(f"Уверенно {words} муниципалитета: {names}{more}.")
        if len(sentences) == 1:
            sentences.append("От муниципалитета результаты уверенно не отличаются ни в одной работе.")
        return sentences

    def _named(self, value: Value) -> str:
        difference = _difference(value, self._of_municipality[value.procedure_id]) or 0.0
        sign = "+" if difference > 0 else "−"
        points = f"{sign}{number(abs(difference), 0)}\u00a0п.\u00a0п."
        return f"{subject_of(value.procedure)}, {value.procedure.grade}\u00a0класс ({points})"

    def _stands_apart(self, value: Value) -> int:
        """1 or −1 where the municipality's mean lies outside the interval of the school's mean, 0 otherwise."""
        other = self._of_municipality.get(value.procedure_id)
        if other is None or other.mean is None or value.mean_low is None or value.mean_high is None:
            return 0
        if (value.participants or 0) < FEW:
            return 0
        return int(value.mean_low > other.mean) - int(value.mean_high < other.mean)

    def subjects_picture(self) -> Chart | None:
        """Mean per cent of the maximum by subject, grade and year, the municipality beside it."""
        cells = [
            small_multiples.Cell(
                subject_of(value.procedure).capitalize(),
                value.procedure.grade,
                value.procedure.year,
                value.mean_percent,
                other.mean_percent if (other := self._of_municipality.get(value.procedure_id)) else None,
            )
            for value in reversed(self.values)
            if value.procedure.kind == "vpr" and value.mean_percent is not None
        ]
        if not cells:
            return None
        return small_multiples.chart(
            cells, "Средний процент от максимума", own_name="Школа", territory_name="Муниципалитет"
        )


def _difference(value: Value, other: Value | None) -> float | None:
    if other is None or other.mean_percent is None or value.mean_percent is None:
        return None
    return value.mean_percent - other.mean_percent
