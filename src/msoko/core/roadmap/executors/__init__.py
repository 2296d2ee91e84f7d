"""Who executes an activity: the words of a cell, cut into executors and understood.

`split` cuts a cell at its separators as written; `understand_all` parts it finer and says of each executor who it is;
`understand_document` does so for all cells of a document at once.
"""

from msoko.core.roadmap.executors.dividing import divide
from msoko.core.roadmap.executors.documents import department_is_oo, understand_document
from msoko.core.roadmap.executors.kinds import Executor, Kind
from msoko.core.roadmap.executors.organisations import match_organisation
from msoko.core.roadmap.executors.roles import ROLES
from msoko.core.roadmap.executors.splitting import split
from msoko.core.roadmap.executors.understanding import understand, understand_all

__all__ = [
    "ROLES",
    "Executor",
    "Kind",
    "department_is_oo",
    "divide",
    "match_organisation",
    "split",
    "understand",
    "understand_all",
    "understand_document",
]
