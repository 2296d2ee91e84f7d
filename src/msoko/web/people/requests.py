"""The request as views get it, behind the middleware of rights."""

from django.http import HttpRequest

from msoko.web.people.models import Organisation, User
from msoko.web.people.sight import Sight


class Request(HttpRequest):
    """For annotations: a signed-in person, what they see, and the organisation that the rule of the address names."""

    user: User
    sight: Sight
    organisation: Organisation | None
