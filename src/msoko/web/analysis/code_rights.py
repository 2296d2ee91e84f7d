"""Codes of pupils: which participant of a work is meant. The school that taught them reads them, and nobody else.

A department decides about schools and an administrator about the system; neither needs to know which child it is.
"""

from msoko.web.people.models import Organisation, Role
from msoko.web.people.sight import Sight


def may_read_codes(sight: Sight, school: Organisation) -> bool:
    """Is the person the school's own: by the role of a school in it, or in the school whose branch it is?

    No other role opens them, not even one that may do everything else.
    """
    return any(one.role == Role.SCHOOL and one.organisation.holds(school) for one in sight.memberships)
