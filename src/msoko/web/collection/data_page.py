"""«Данные»: batches of the person's territories, and the matrix school × procedure."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.urls import reverse

from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import counted
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.collection.models import Batch, BatchSchool, Procedure
from msoko.web.collection.presenting import subject_name
from msoko.web.collection.queries import visible_batches
from msoko.web.definitions import definitions
from msoko.web.people.models import ExternalKey, Organisation, SchoolType
from msoko.web.people.sight import Sight

MOST_BATCHES = 300  # the list is for finding a recent file; older ones are found by their procedure
UNRECOGNISED = "не распознан"
WAITING = (Batch.State.RECEIVED, Batch.State.READING, Batch.State.PREVIEW, Batch.State.REFUSED)
LEVEL_WORDS = {"": "—", "PASS": "годен", "WARNING": "замечания", "FAIL": "отказ"}  # the gravest last
LAST_GRADES: dict[str, int] = {SchoolType.PRIMARY: 4, SchoolType.BASIC: 9}


def short_title(procedure: Procedure) -> str:
    subject = definitions().subjects.get(procedure.subject)
    code = subject.code if subject else procedure.subject
    return f"{kind_name(procedure.kind)} {code} {procedure.grade}"


@dataclass(frozen=True)
class DataPage:
    sight: Sight

    @cached_property
    def _batches(self) -> list[Batch]:
        shown = visible_batches(self.sight).exclude(state=Batch.State.DISCARDED)
        return list(shown.select_related("upload", "procedure").defer("complaints", "schools")[:MOST_BATCHES])

    @property
    def waiting(self) -> list[Batch]:
        """What needs a decision or is being read, oldest first."""
        return [batch for batch in reversed(self._batches) if batch.state in WAITING]

    @property
    def has_batches(self) -> bool:
        return bool(self._batches)

    @property
    def may_hand_in(self) -> bool:
        return self.sight.may("hand_in", self.sight.territory)

    def batches_table(self) -> Table:
        columns = (
            Column("file", "Файл", kind="link"),
            Column("what", "Что это"),
            Column("rows", "Строк", kind="count"),
            Column("level", "Проверка", kind="badge"),
            Column("state", "Состояние", kind="badge"),
            Column("when", "Загружен", kind="date"),
        )
        done = [batch for batch in self._batches if batch.state not in WAITING]
        files: dict[tuple[int, str], list[Batch]] = {}
        for batch in done:
            files.setdefault((batch.upload_id, batch.state), []).append(batch)
        return Table("Принятые и отозванные", columns, [Row(_cells(parts)) for parts in files.values()])

    @cached_property
    def matrix(self) -> Table | None:
        """Who has handed in what: schools of the territory × procedures of the last year with any protocol."""
        territory = self.sight.territory
        if territory is None:
            return None
        schools = list(Organisation.objects.within(territory).schools().filter(status="open"))
        if not schools:
            return None
        procedures = self._procedures_of_the_last_year(territory)
        if not procedures:
            return None
        return _matrix(schools, procedures, _handed_in(territory, procedures))

    def _procedures_of_the_last_year(self, territory: Organisation) -> list[Procedure]:
        keys = ExternalKey.objects.filter(organisation__path__startswith=territory.path).values("key")
        held = Q(batches__state=Batch.State.ACCEPTED, batches__batch_schools__key__in=keys)
        found = Procedure.objects.filter(held).distinct()
        chosen = self.sight.year or found.order_by("-year").values_list("year", flat=True).first()
        return sorted(found.filter(year=chosen), key=_in_order_of_grades) if chosen else []


def _in_order_of_grades(procedure: Procedure) -> tuple[int, str, str]:
    return procedure.grade, procedure.kind, procedure.subject


def _cells(parts: list[Batch]) -> dict[str, Cell]:
    """A line a file: a file with many procedures says how many, its parts are listed on its page."""
    batch = min(parts, key=lambda part: part.part)
    what = what_it_is(batch) if len(parts) == 1 else counted(len(parts), "процедура", "процедуры", "процедур")
    level = max((part.level for part in parts), key=list(LEVEL_WORDS).index)
    return {
        "file": Text(batch.name, reverse("collection:batch", args=[batch.pk])),
        "what": what,
        "rows": sum(part.rows for part in parts),
        "level": Text(LEVEL_WORDS[level], tone=level or "plain"),
        "state": Text(batch.get_state_display(), tone="PASS" if batch.state == Batch.State.ACCEPTED else "plain"),
        "when": batch.handed_in_at.date(),
    }


def what_it_is(batch: Batch) -> str:
    """«ВПР · математика · 5 класс · 2021», or the title of the form."""
    naming = batch.naming
    if naming.get("subject") and naming.get("grade") and naming.get("year"):
        subject = subject_name(naming["subject"]) or naming["subject"]
        parts = [kind_name(naming["procedure"]), subject, f"{naming['grade']}\u00a0класс", str(naming["year"])]
        return " · ".join(parts + ([naming["label"]] if naming.get("label") else []))
    source = definitions().sources.get(batch.source)
    return source.title if source else UNRECOGNISED


def _handed_in(territory: Organisation, procedures: list[Procedure]) -> dict[tuple[int, int], int]:
    """(organisation, procedure) → rows in accepted batches; one query for keys, one for rows."""
    keys = dict(
        ExternalKey.objects.filter(organisation__path__startswith=territory.path).values_list("key", "organisation_id")
    )
    found = BatchSchool.objects.filter(
        batch__procedure__in=procedures, batch__state=Batch.State.ACCEPTED, batch__grain="pupils"
    ).values_list("key", "batch__procedure_id", "rows")
    handed: dict[tuple[int, int], int] = {}
    for key, procedure, rows in found:
        if key in keys:
            place = (keys[key], procedure)
            handed[place] = handed.get(place, 0) + rows
    return handed


def _why_none(school: Organisation, procedure: Procedure) -> Unknown:
    """A primary school has no ninth grade: there is nothing to wait for."""
    last_grade = LAST_GRADES.get(school.school_type)
    return Unknown.NOT_APPLICABLE if last_grade and procedure.grade > last_grade else Unknown.MISSING


def _matrix(schools: list[Organisation], procedures: list[Procedure], handed: dict[tuple[int, int], int]) -> Table:
    columns = [Column("name", "Школа", kind="link")]
    columns += [Column(f"p{one.pk}", short_title(one), kind="count") for one in procedures]
    rows = []
    for school in schools:
        cells: dict[str, Cell] = {"name": Text(school.name, reverse("monitoring:school", args=[school.pk]))}
        cells |= {f"p{one.pk}": handed.get((school.pk, one.pk), _why_none(school, one)) for one in procedures}
        rows.append(Row(cells))
    year = procedures[0].year
    note = (
        f"Строк в принятых протоколах {year} года; «нет данных» — протокола этой школы нет, "
        "«—» — такого класса в школе не бывает."
    )
    return Table(f"Кто сдал: {counted(len(schools), 'школа', 'школы', 'школ')}", columns, rows, note=note)
