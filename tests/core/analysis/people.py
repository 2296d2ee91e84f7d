"""Rows of pupils drawn by hand, to be put together by person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from msoko.core.analysis.panel import Panel, People, Procedure
from tests.core.analysis.panels import panel_of


@dataclass(frozen=True)
class Sat:
    """One pupil's row of a work."""

    school: int
    person: str
    score: int
    class_name: str = "5А"
    sex: str = ""
    code: str = ""
    mark: int = 0


def people_of(rows: Iterable[Sat]) -> People:
    found = list(rows)
    return People(
        organisation=np.array([one.school for one in found], np.int64),
        person=np.array([one.person for one in found], dtype=str),
        class_name=np.array([one.class_name for one in found], dtype=str),
        code=np.array([one.code or one.person for one in found], dtype=str),
        sex=np.array([one.sex for one in found], dtype=str),
        score=np.array([one.score for one in found], np.int32),
        printed_mark=np.array([one.mark for one in found], np.int8),
    )


def panel_of_people(works: Mapping[Procedure, Iterable[Sat]]) -> Panel:
    """A panel of works with the rows of their pupils."""
    rows = {work: list(found) for work, found in works.items()}
    schools = {
        work: {key: [one.score for one in found if one.school == key] for key in {one.school for one in found}}
        for work, found in rows.items()
    }
    return replace(panel_of(schools), people={work.key: people_of(found) for work, found in rows.items()})
