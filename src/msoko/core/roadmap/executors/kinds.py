"""What the words of an executor can mean."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Whom an executor names. UNKNOWN is for the user to say: not understood, or known to the authors only."""

    ALL_SCHOOLS = "all_schools"
    LOW_RESULTS = "low_results"  # ШНОР, ШНРО, ШФНСУ: the current confirmed list
    RISK = "risk"
    OBJECTIVITY = "objectivity"  # школы с признаками необъективности: the current confirmed signals
    DEPARTMENT = "department"
    METHODIST = "methodist"
    ASSOCIATIONS = "associations"
    CURATORS = "curators"
    COORDINATOR = "coordinator"
    LEADER_SCHOOLS = "leader_schools"
    PRESCHOOLS = "preschools"
    EXTRA_SCHOOLS = "extra_schools"
    NAMED = "named"
    EXTERNAL = "external"
    PERSON = "person"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Executor:
    """One executor of an activity.

    `words` as written; `canonical` one name a thing («УО» of «Управление образования»); `role` within the
    organisation («» — the organisation itself, else a key of `roles.ROLES`); `condition` what limits it («не менее
    2 школ», «по согласованию»); `name` the name to be matched (of an organisation for NAMED, else of a person).
    """

    words: str
    kind: Kind
    canonical: str
    role: str = ""
    condition: str | None = None
    name: str = ""
