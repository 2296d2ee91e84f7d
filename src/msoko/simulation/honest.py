"""An honest region as arrays: nothing is planted, so whatever a method marks there is a false alarm."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from msoko.core.analysis.panel import Group, Procedure
from msoko.core.analysis.validation.panels import regions_of
from msoko.core.analysis.validation.protocols import GRADES, SUBJECTS, Chosen
from msoko.core.analysis.validation.rows import WorkRows
from msoko.core.definitions.kinds import Scale, Subject, WorkItem
from msoko.core.definitions.loading import Definitions
from msoko.simulation.pupils import LETTERS
from msoko.simulation.schools import SCHOOLS_IN_A_MUNICIPALITY
from msoko.simulation.sittings import District, Sitting, build_district, planned, sit
from msoko.simulation.works import Work

YEAR = 2025


def honest_region(seed: int, schools: int, definitions: Definitions) -> Chosen:
    """Russian and maths of grades 4 and 5 in YEAR and the year before.

    The demonstration district, each school of which has a story, is left out: `schools` are drawn by lot.
    """
    subjects = {definitions.subjects[slug].code: definitions.subjects[slug] for slug in SUBJECTS}
    district = build_district(
        seed,
        SCHOOLS_IN_A_MUNICIPALITY + schools,
        years=(YEAR - 1, YEAR),
        subjects=tuple(subjects),
        kinds=("ВПР",),
        grades=GRADES,
    )
    works = [
        _rows(district, sit(district, work, year), _procedure(number, work, year, subjects[work.subject]))
        for number, (work, year) in enumerate(planned(district), 1)
    ]
    now, before = ([one for one in works if one.procedure.year == year] for year in (YEAR, YEAR - 1))
    return Chosen(YEAR, tuple(now), tuple(before))


def districts_of(region: Chosen) -> list[Chosen]:
    """Every whole municipality of an honest region by itself, with the region known as a sum: what a district has."""
    groups = regions_of((*region.works, *region.earlier))
    numbers, schools = np.unique(
        np.unique(region.works[0].organisation) // SCHOOLS_IN_A_MUNICIPALITY, return_counts=True
    )
    whole = numbers[schools == SCHOOLS_IN_A_MUNICIPALITY].tolist()
    return [_district(region, number, groups) for number in whole]


def _district(region: Chosen, number: int, groups: Mapping[int, Group]) -> Chosen:
    now, before = ([_of_district(work, number) for work in works] for works in (region.works, region.earlier))
    return Chosen(region.year, tuple(now), tuple(before), groups)


def _of_district(work: WorkRows, number: int) -> WorkRows:
    return work.take(work.organisation // SCHOOLS_IN_A_MUNICIPALITY == number)


def _procedure(key: int, work: Work, year: int, subject: Subject) -> Procedure:
    scale = Scale("vpr", year, subject.slug, work.grade, (*work.borders, work.maximum), "official", "invented")
    return Procedure(
        key=key,
        kind="vpr",
        subject=subject.slug,
        grade=work.grade,
        year=year,
        subject_name=subject.name,
        subject_by=subject.by,
        code=subject.code,
        pupils_grade=work.grade,
        academic_year=year - 1,
        maximum=work.maximum,
        scale=scale,
        items=tuple(WorkItem(item.number, item.maximum) for item in work.items),
    )


def _rows(district: District, sitting: Sitting, procedure: Procedure) -> WorkRows:
    municipality = np.array([school.municipality for school in district.schools])
    drawn = sitting.take(municipality[sitting.school] > 0)
    return WorkRows(
        procedure=procedure,
        organisation=drawn.school.astype(np.int64),
        class_name=np.array(list(LETTERS))[drawn.letter],
        items=drawn.items.astype(np.int16),
        journal=drawn.journal,
        is_absent=drawn.is_absent,
    )
