"""Which schools are alike: of one type, in town or country, in conditions as good or as bad."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from msoko.core.analysis.methods.context._conditions import Conditions, conditions
from msoko.core.analysis.panel import Panel, School

CONDITIONS = {
    "index": "weighted",
    "least_known": 50,
    "oldest_passport": 2,
    "weights": {
        "both_parents_higher": 2,
        "one_parent_higher": 0,
        "single_parent": -1,
        "low_income": -1,
        "large_family": -1,
        "unemployed_parents": -1,
        "foster_care": -1,
        "migrants": -1,
        "russian_not_native": -1,
        "special_needs": -1,
        "disabled": 0,
        "school_record": -1,
        "police_record": -1,
    },
}
"""The index of conditions as the method context.index makes it by default."""

TYPES = {
    "secondary": "средние школы",
    "basic": "основные школы",
    "primary": "начальные школы",
    "evening": "вечерние школы",
    "gymnasium": "гимназии",
    "lyceum": "лицеи",
    "cadet": "кадетские школы",
    "boarding": "интернаты",
    "special": "коррекционные школы",
    "": "школы, тип которых не указан",
}
AREAS = {"urban": "городские ", "rural": "сельские ", "": ""}
THIRDS = (" с тяжёлыми условиями", " со средними условиями", " с благополучными условиями")


@dataclass(frozen=True)
class Kin:
    """A group of schools: what its members share, and its name in Russian in the plural."""

    key: tuple[str, ...]
    name: str


def kin_of_schools(panel: Panel, with_conditions: bool) -> dict[int, tuple[Kin, ...]]:
    """School → the groups that it belongs to, the narrowest first; the widest is all schools of its type.

    Schools of different types are never put together: what a secondary school has says nothing of an evening school.
    """
    thirds = _thirds(conditions(panel, panel.year, CONDITIONS)) if with_conditions else {}
    return {key: tuple(_kin(school, thirds.get(key))) for key, school in sorted(panel.organisations.items())}


def _kin(school: School, third: int | None) -> list[Kin]:
    kind = TYPES.get(school.school_type, school.school_type)
    area = AREAS.get(school.area, "")
    groups = [Kin((school.school_type,), kind)]
    if area:
        groups.insert(0, Kin((school.school_type, school.area), area + kind))
    if third is not None:
        groups.insert(0, Kin((school.school_type, school.area, str(third)), area + kind + THIRDS[third]))
    return groups


def _thirds(found: Conditions | str) -> Mapping[int, int]:
    """School → 0 (hardest conditions), 1 or 2, by thirds of the schools with an index; {} where there is no index."""
    if isinstance(found, str):
        return {}
    known = found.by_school
    if not known:
        return {}
    borders = np.quantile(list(known.values()), (1 / 3, 2 / 3))
    return {key: int(np.searchsorted(borders, index)) for key, index in known.items()}
