"""A region with two municipalities whose schools have sat two works, and the people who look at what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from django.test import Client

from msoko.core.collection.reading import Hints
from msoko.web.analysis.models import Finding
from msoko.web.monitoring.services import enter_scale
from msoko.web.people import services
from msoko.web.people.models import Organisation, User
from msoko.web.people.services import NewSchool
from tests.web.analysis.schools import DISTRICT, NEIGHBOUR, calculated, school
from tests.web.collection.orders import taken
from tests.web.collection.protocols import Pupil, protocol

REGION = "Приозёрная область"
SUBJECTS = ("Математика", "Русский язык")
YEAR = 2022
PASSED, FAILED = 2, 0
"""Scores of the one task of a pupil; the scale gives mark 2 up to 1."""

Sat = Mapping[str, tuple[int, int]]
"""Login → (participants, of them not passed) in each of the two works."""


@dataclass(frozen=True)
class Region:
    region: Organisation
    home: Organisation
    other: Organisation


def region_of(home: Mapping[str, str], other: Mapping[str, str] | None = None) -> Region:
    """Login → name of the schools of either municipality."""
    region = services.ensure_territory("region", REGION)
    first, second = (services.ensure_territory("municipality", name, region) for name in (DISTRICT, NEIGHBOUR))
    for municipality, schools in ((DISTRICT, home), (NEIGHBOUR, other or {})):
        services.create_schools([NewSchool(login, name, municipality=municipality) for login, name in schools.items()])
    return Region(region, first, second)


def sit(sat: Sat, year: int = YEAR) -> None:
    """Both works of grade 5 in a year are handed in and all is computed."""
    for name in (f"{subject}, 5 класс, ВПР {year}.xlsx" for subject in SUBJECTS):
        scores = [
            (login, PASSED if number >= failed else FAILED) for login, (n, failed) in sat.items() for number in range(n)
        ]
        rows = [
            Pupil(login, (0, score, 0), "5А", code=number)
            for number, (login, score) in enumerate(scores, crc32(name.encode()))
        ]
        batch = taken(protocol(rows), name, Hints(year=year))
        assert batch.procedure is not None
        enter_scale(batch.procedure, [1, 2, 4, 6], "придумана для проверки", "unofficial", None)
    calculated()


def client_of(role: str, organisation: Organisation, email: str = "") -> Client:
    user = User.objects.create_user(email or f"{role}@people.example", None, full_name=f"Человек {role}")
    services.give_role(user, role, organisation, None)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def finding_of(login: str, method: str = "low_results.posterior", year: int = YEAR) -> Finding:
    return Finding.objects.get(organisation=school(login), method=method, year=year, superseded_at=None)


def words(answer: object) -> str:
    """The text of a page with plain spaces."""
    said: str = answer.content.decode()  # type: ignore[attr-defined]
    for space in ("&nbsp;", "\u00a0", "\u202f"):
        said = said.replace(space, " ")
    return " ".join(said.split())
