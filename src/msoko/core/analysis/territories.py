"""What a school is compared with: its region, else its municipality, always said which."""

from collections.abc import Iterator

from msoko.core.analysis.panel import Group, Panel, Procedure, School
from msoko.core.vocabulary.russian import NBSP

REGION, MUNICIPALITY = "region", "municipality"
BY_TERRITORY = {REGION: f"по{NBSP}региону", MUNICIPALITY: f"по{NBSP}муниципалитету"}


def territories_of(panel: Panel, procedure: Procedure, school: School) -> Iterator[tuple[str, Group]]:
    """The kinds and groups of the territories whose results are in the system, the widest first."""
    region = panel.reference(procedure)
    if isinstance(region, Group):
        yield REGION, region
    if school.municipality is not None:
        municipality = panel.municipalities.get(procedure.key, {}).get(school.municipality)
        if municipality is not None:
            yield MUNICIPALITY, municipality
