"""What methods are given: stored values and accepted facts of one region, as a panel."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from msoko.core.analysis.panel import Group, NoReference, Panel, People, Procedure, Pupils, School
from msoko.core.definitions.kinds import Subject, WorkItem
from msoko.web.analysis.people import people_of
from msoko.web.analysis.pupils import pupils_of
from msoko.web.analysis.records import records_of_region
from msoko.web.collection.models import Procedure as StoredProcedure
from msoko.web.definitions import definitions
from msoko.web.monitoring.aggregated import figures_from
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.services.scales import minimum_of, scale_of
from msoko.web.people.models import Kind, Organisation

SCHOOL_KINDS = (Kind.SCHOOL, Kind.BRANCH)
TEST = "test"
MANY_SCHOOLS = 100
"""Schools of which nobody has said the municipality count as a region from so many on: no municipality has more but
the largest cities, and those have a register."""

NO_REGION = "результатов региона в системе нет"
ONE_MUNICIPALITY = "в системе результаты одного муниципалитета, а региона нет: сравнивать не с чем"

T = TypeVar("T")


@dataclass
class ReadWhenAsked(Mapping[int, T], Generic[T]):
    """Procedure → what `read` gives for it, read once and only for the procedures that a method looks at."""

    keys_known: tuple[int, ...]
    read: Callable[[int], T]
    _known: dict[int, T] = field(default_factory=dict)

    def __getitem__(self, key: int) -> T:
        if key not in self.keys_known:
            raise KeyError(key)
        if key not in self._known:
            self._known[key] = self.read(key)
        return self._known[key]

    def __iter__(self) -> Iterator[int]:
        return iter(self.keys_known)

    def __len__(self) -> int:
        return len(self.keys_known)


def regions() -> list[Organisation | None]:
    """Every region that has schools; None stands for schools that are in none."""
    found: list[Organisation | None] = list(Organisation.objects.filter(kind=Kind.REGION).order_by("pk"))
    without = Organisation.objects.schools().filter(region=None).exists()
    return [*found, None] if without else found


def years_of(region: Organisation | None) -> list[int]:
    """The years in which the region's schools have values, and those of our own forms are not asked about."""
    values = Value.objects.filter(whole=True, organisation__kind__in=SCHOOL_KINDS, organisation__region=region)
    return sorted(values.order_by().values_list("procedure__year", flat=True).distinct())


def gather(region: Organisation | None, year: int, years: int, score: str = "items") -> Panel:
    """The panel of a region for `year` and the `years − 1` before it, on one score basis (exams: the test score)."""
    stored = list(StoredProcedure.objects.filter(year__gt=year - years, year__lte=year).order_by("pk"))
    tested = _with_test_scores(stored)
    procedures = tuple(_procedure(one, one.pk in tested) for one in stored)
    keys = tuple(one.key for one in procedures)
    wholes = _Wholes(region, procedures, score)
    schools = _schools(region)
    return Panel(
        year=year,
        procedures=procedures,
        organisations=schools,
        schools=wholes.schools,
        municipalities=wholes.municipalities,
        region=wholes.region,
        classes=ReadWhenAsked(keys, lambda key: _classes(region, key, wholes.basis[key])),
        records=records_of_region(region, schools),
        pupils=ReadWhenAsked(keys, lambda key: _pupils(key, score, schools)),
        people=ReadWhenAsked(keys, lambda key: _people(key, wholes.basis[key], schools)),
    )


def as_in_panel(one: StoredProcedure) -> Procedure:
    """One procedure of the catalogue as methods are given it."""
    return _procedure(one, one.pk in _with_test_scores([one]))


def score_basis(one: StoredProcedure, score: str) -> str:
    """The basis on which the values of a procedure are read, where `score` is asked for."""
    return TEST if one.pk in _with_test_scores([one]) else score


def _with_test_scores(procedures: list[StoredProcedure]) -> set[int]:
    """Exams of which test scores are known; the basic mathematics of ЕГЭ has marks instead."""
    exams = [one.pk for one in procedures if one.kind == "ege"]
    found = Value.objects.filter(procedure__in=exams, score=TEST, whole=True)
    return set(found.order_by().values_list("procedure", flat=True).distinct())


def _procedure(one: StoredProcedure, has_test_scores: bool) -> Procedure:
    subject = definitions().subjects.get(one.subject) or Subject(one.subject, one.subject, "", one.subject, "", ())
    minimum = minimum_of(one)
    return Procedure(
        key=one.pk,
        kind=one.kind,
        subject=one.subject,
        grade=one.grade,
        year=one.year,
        subject_name=subject.name,
        subject_by=subject.by,
        code=subject.code,
        label=one.label,
        pupils_grade=one.pupils_grade or one.grade,
        academic_year=one.year - 1 if one.academic_year is None else one.academic_year,
        maximum=one.maximum,
        scale=scale_of(one),
        minimum=minimum.score if minimum else None,
        items=tuple(_item(item) for item in one.items),
        has_test_scores=has_test_scores,
    )


def _item(said: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        str(said.get("number") or ""),
        said.get("maximum"),
        said.get("level") or "",
        said.get("content_element") or "",
        said.get("planned_outcome") or "",
    )


def _schools(region: Organisation | None) -> dict[int, School]:
    found = Organisation.objects.schools().filter(region=region).order_by("pk")
    rows = found.values_list("pk", "name", "municipality_id", "region_id", "school_type", "area")
    return {row[0]: School(*row) for row in rows}


COLUMNS = (
    *("procedure_id", "organisation_id", "organisation__kind", "organisation__is_placeholder", "participants"),
    *("class_name", "absent", "mean", "sd", "mean_percent", "mark_2", "mark_3", "mark_4", "mark_5"),
    *("lowered", "confirmed", "raised", "origin", "packed"),
)


def _rows(values: QuerySet[Value]) -> Iterator[dict[str, Any]]:
    """Values as plain columns; the tally stays packed, for most methods never look into it."""
    found = values.annotate(packed=Cast("tally", TextField())).values_list(*COLUMNS)
    for row in found.order_by("procedure_id", "organisation_id", "class_name").iterator(chunk_size=2000):
        yield dict(zip(COLUMNS, row, strict=True))


def _group(row: Mapping[str, Any]) -> Group:
    marks = {mark: row[f"mark_{mark}"] for mark in (2, 3, 4, 5)}
    journal = (row["lowered"], row["confirmed"], row["raised"])
    is_aggregate = row["origin"] == "aggregate"
    return Group(
        organisation=row["organisation_id"],
        procedure=row["procedure_id"],
        n=row["participants"],
        inputs=_content_of(row, marks),
        class_name=row["class_name"],
        absent=row["absent"],
        mean=row["mean"],
        sd=row["sd"],
        mean_percent=row["mean_percent"],
        marks=None if None in marks.values() else marks,
        journal=None if None in journal else journal,
        is_aggregate=is_aggregate,
        packed_tally=None if is_aggregate else row["packed"],
        table_histogram=_histogram_of_table(row["packed"]) if is_aggregate else None,
    )


def _content_of(row: Mapping[str, Any], marks: Mapping[int, int | None]) -> str:
    """A hash of what the value says of its own place: another school's protocol does not change it, a scale does."""
    said = f"{row['origin']} {marks} {row['packed']}"
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def _histogram_of_table(packed: str) -> Mapping[int, int] | None:
    return figures_from(json.loads(packed)["aggregate"]).histogram


class _Wholes:
    """Values of whole organisations: schools, municipalities and the region, by procedure."""

    def __init__(self, region: Organisation | None, procedures: tuple[Procedure, ...], score: str) -> None:
        self.basis = {one.key: TEST if one.is_exam else score for one in procedures}
        self.schools: dict[int, dict[int, Group]] = {one.key: {} for one in procedures}
        self.municipalities: dict[int, dict[int, Group]] = {one.key: {} for one in procedures}
        self._placeholders: set[int] = set()
        whole_region: dict[int, Group] = {}
        for row in _rows(self._values(region, procedures, score)):
            kind, group = row["organisation__kind"], _group(row)
            if kind in SCHOOL_KINDS:
                self.schools[group.procedure][group.organisation] = group
            elif kind == Kind.MUNICIPALITY:
                self.municipalities[group.procedure][group.organisation] = group
                self._placeholders |= {group.organisation} if row["organisation__is_placeholder"] else set()
            else:
                whole_region[group.procedure] = group
        self.region: dict[int, Group | NoReference] = {
            one.key: self._reference(one.key, whole_region.get(one.key)) for one in procedures
        }

    def _values(self, region: Organisation | None, procedures: tuple[Procedure, ...], score: str) -> QuerySet[Value]:
        exams = [one.key for one in procedures if one.is_exam]
        others = [one.key for one in procedures if not one.is_exam]
        below = Q(organisation__region=region, organisation__kind__in=(*SCHOOL_KINDS, Kind.MUNICIPALITY))
        here = below if region is None else below | Q(organisation=region)
        bases = Q(procedure__in=exams, score=TEST) | Q(procedure__in=others, score=score)
        return Value.objects.filter(here, bases, whole=True, organisation__merged_into=None)

    def _reference(self, procedure: int, region: Group | None) -> Group | NoReference:
        """The region's own group, unless its rows are those of one municipality alone."""
        if region is None or not region.n:
            return NoReference(NO_REGION)
        if region.is_aggregate:
            return region
        municipalities = self.municipalities[procedure]
        only = next(iter(municipalities)) if len(municipalities) == 1 else None
        unplaced = only in self._placeholders and len(self.schools[procedure]) >= MANY_SCHOOLS
        return NoReference(ONE_MUNICIPALITY) if only is not None and not unplaced else region


def _classes(region: Organisation | None, procedure: int, score: str) -> list[Group]:
    values = Value.objects.filter(
        procedure=procedure,
        score=score,
        whole=False,
        organisation__region=region,
        organisation__kind__in=SCHOOL_KINDS,
        organisation__merged_into=None,
    )
    return [_group(row) for row in _rows(values)]


def _people(procedure: int, score: str, schools: Mapping[int, School]) -> People | str:
    return people_of(StoredProcedure.objects.get(pk=procedure), score, set(schools))


def _pupils(procedure: int, score: str, schools: Mapping[int, School]) -> Pupils:
    return pupils_of(StoredProcedure.objects.get(pk=procedure), score, set(schools))
