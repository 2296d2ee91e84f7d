"""Which schools have handed in what, and the matrix of it: a line a school, in a wide region a line a municipality."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.urls import reverse

from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import counted
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.collection.models import Batch, BatchSchool, Procedure
from msoko.web.definitions import definitions
from msoko.web.people.models import ExternalKey, Organisation, SchoolType
from msoko.web.people.names import sortable
from msoko.web.people.sight import Sight

MOST_SCHOOLS = 300  # a matrix of more is read by municipalities
LAST_GRADES: dict[str, int] = {SchoolType.PRIMARY: 4, SchoolType.BASIC: 9}


@dataclass(frozen=True)
class HandedIn:
    """Open schools of a territory, procedures of a year, and (school, procedure) → rows in accepted protocols."""

    schools: list[Organisation]
    procedures: list[Procedure]
    rows: dict[tuple[int, int], int]

    @property
    def year(self) -> int:
        return self.procedures[0].year

    @cached_property
    def givers(self) -> set[int]:
        """Schools with a protocol of any work."""
        return {school for school, _ in self.rows}

    @property
    def silent(self) -> list[Organisation]:
        """Schools without a single protocol."""
        return [school for school in self.schools if school.pk not in self.givers]


def handed_in(sight: Sight) -> HandedIn | None:
    """What the territory looked at has handed in for the year; None where there are no schools or no protocols."""
    territory = sight.territory
    if territory is None:
        return None
    schools = Organisation.objects.within(territory).schools().filter(status="open").select_related("municipality")
    known = list(schools.only("name", "kind", "school_type", "municipality__name"))
    procedures = _procedures_of_the_last_year(territory, sight.year) if known else []
    return HandedIn(known, procedures, _rows(known, territory, procedures)) if procedures else None


def _procedures_of_the_last_year(territory: Organisation, year: int | None) -> list[Procedure]:
    keys = ExternalKey.objects.filter(organisation__path__startswith=territory.path, key=OuterRef("key"))
    held = BatchSchool.objects.filter(Exists(keys), batch__procedure=OuterRef("pk"), batch__state=Batch.State.ACCEPTED)
    found = list(Procedure.objects.filter(Exists(held)))
    chosen = year or max((one.year for one in found), default=None)
    return sorted((one for one in found if one.year == chosen), key=_in_order_of_grades)


def _in_order_of_grades(procedure: Procedure) -> tuple[int, str, str]:
    return procedure.grade, procedure.kind, procedure.subject


def _rows(
    schools: list[Organisation], territory: Organisation, procedures: list[Procedure]
) -> dict[tuple[int, int], int]:
    """One query for keys, one for rows."""
    known = {school.pk for school in schools}
    keys = dict(
        ExternalKey.objects.filter(organisation__path__startswith=territory.path).values_list("key", "organisation_id")
    )
    found = BatchSchool.objects.filter(
        batch__procedure__in=procedures, batch__state=Batch.State.ACCEPTED, batch__grain="pupils"
    ).values_list("key", "batch__procedure_id", "rows")
    rows: Counter[tuple[int, int]] = Counter()
    for key, procedure, n in found:
        school = keys.get(key)
        if school in known:
            rows[school, procedure] += n
    return dict(rows)


def matrix_of(handed: HandedIn) -> Table:
    """Table(schools or municipalities × procedures)."""
    wide = len(handed.schools) > MOST_SCHOOLS
    first = [Column("name", "Муниципалитет"), Column("schools", "Школ", kind="count")]
    columns = first if wide else [Column("name", "Школа", kind="link")]
    columns += [Column(f"p{one.pk}", _short_title(one), kind="count") for one in handed.procedures]
    year, schools = handed.year, counted(len(handed.schools), "школа", "школы", "школ")
    if wide:
        note = (
            f"Сколько школ муниципалитета есть в принятых протоколах {year} года; "
            "«—» — таких классов в его школах не бывает."
        )
        return Table(f"Кто сдал: {schools}", columns, _lines_of_municipalities(handed), note=note)
    note = (
        f"Строк в принятых протоколах {year} года; «нет данных» — протокола этой школы нет, "
        "«—» — такого класса в школе не бывает."
    )
    return Table(f"Кто сдал: {schools}", columns, [_line(school, handed) for school in handed.schools], note=note)


def _short_title(procedure: Procedure) -> str:
    subject = definitions().subjects.get(procedure.subject)
    code = subject.code if subject else procedure.subject
    return f"{kind_name(procedure.kind)} {code} {procedure.grade}"


def _line(school: Organisation, handed: HandedIn) -> Row:
    cells: dict[str, Cell] = {"name": Text(school.name, reverse("analysis:school", args=[school.pk]))}
    for one in handed.procedures:
        cells[f"p{one.pk}"] = handed.rows.get((school.pk, one.pk), _why_none(school, one))
    return Row(cells)


def _why_none(school: Organisation, procedure: Procedure) -> Unknown:
    """A primary school has no ninth grade: there is nothing to wait for."""
    return Unknown.MISSING if _may_write(school, procedure) else Unknown.NOT_APPLICABLE


def _may_write(school: Organisation, procedure: Procedure) -> bool:
    return procedure.grade <= LAST_GRADES.get(school.school_type, procedure.grade)


def _lines_of_municipalities(handed: HandedIn) -> list[Row]:
    groups: dict[str, list[Organisation]] = {}
    for school in handed.schools:
        groups.setdefault(school.municipality.name if school.municipality else "без муниципалитета", []).append(school)
    return [_line_of_group(name, schools, handed) for name, schools in sorted(groups.items(), key=_by_name)]


def _by_name(group: tuple[str, list[Organisation]]) -> str:
    return sortable(group[0])


def _line_of_group(name: str, schools: list[Organisation], handed: HandedIn) -> Row:
    cells: dict[str, Cell] = {"name": name, "schools": len(schools)}
    for one in handed.procedures:
        asked = [school for school in schools if _may_write(school, one)]
        gave = sum((school.pk, one.pk) in handed.rows for school in asked)
        cells[f"p{one.pk}"] = gave if asked else Unknown.NOT_APPLICABLE
    return Row(cells)
