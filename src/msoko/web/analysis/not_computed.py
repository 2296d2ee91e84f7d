"""Of whom a method says nothing, and why: by name, one line a school and reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from msoko.core.vocabulary.russian import capitalised, join_with_and, nbsp
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Column, Table, Text
from msoko.web.analysis.models import MethodRun
from msoko.web.analysis.queries import School, procedures_named
from msoko.web.monitoring.titles import title_of


@dataclass(frozen=True)
class Silence:
    """`school` is None where it is so of all schools; `procedures` are those of which it is said, by key."""

    school: School | None
    reason: str
    procedures: tuple[int, ...]


def silences(runs: Sequence[MethodRun], speaking: MethodRun | None, schools: Mapping[int, School]) -> list[Silence]:
    """`runs`: of one method in one year, the common one and those of municipalities with parameters of their own;
    `speaking` is the one that holds for the territory as a whole. Schools are those of the territory."""
    municipalities = {run.territory_id for run in runs}
    said: dict[tuple[int | None, str], list[int]] = {}
    for run in runs:
        for one in run.not_computed:
            school = one["organisation"]
            if school is None:
                is_told = speaking is not None and run.territory_id == speaking.territory_id
            else:
                is_told = school in schools and _speaks_of(run, schools[school], municipalities)
            if is_told:
                said.setdefault((school, one["reason"]), []).append(one["procedure"])
    return [
        Silence(schools[key] if key else None, reason, tuple(one for one in procedures if one))
        for (key, reason), procedures in said.items()
    ]


def _speaks_of(run: MethodRun, school: School, municipalities: Collection[int | None]) -> bool:
    """A run is over the whole region; a municipality with parameters of its own is spoken of by its own run."""
    own = school.municipality_id
    return run.territory_id == (own if own in municipalities else None)


def table_of(said: Sequence[Silence], title: str) -> Table:
    titles = {one.pk: title_of(one) for one in procedures_named({key for one in said for key in one.procedures})}
    rows = [
        {
            "school": _school(one.school),
            "reason": capitalised(nbsp(one.reason)),
            "procedures": join_with_and([titles.get(key, "") for key in one.procedures]) or Unknown.NOT_APPLICABLE,
        }
        for one in said
    ]
    columns = (Column("school", "Школа", kind="link"), Column("reason", "Почему"), Column("procedures", "Где"))
    return Table(title, columns, rows)


def _school(school: School | None) -> Text | str:
    return Text(school.name, reverse("analysis:school", args=[school.pk])) if school else "Все школы"
