"""What the tests of the screens of programmes share: people at their browsers, addresses, words of a page."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from msoko.web.analysis.models import Finding
from msoko.web.roadmap.models import Activity, Programme, SwotEntry
from msoko.web.roadmap.services.editions import approve
from tests.web.roadmap.making import TODAY, Place, activity, client_of, person, place, programme, section

ORDER = "Приказ от 12.09.2026 № 41"


@dataclass(frozen=True)
class Screens:
    """A district with a draft and people at their browsers."""

    here: Place
    draft: Programme
    department: Client
    methodist: Client
    curator: Client
    school: Client
    region: Client
    neighbour: Client


def screens(schools: int = 3) -> Screens:
    here = place(schools)
    made = programme(here.municipality, "Программа качества", state=Programme.State.DRAFT)
    activity(made, "Семинар завучей", number="1.1", within=section(made, "Учителя"), level="school",
             executors_words="Руководители ОО", result="Справка")  # fmt: skip
    activity(made, "Выезд в школу", number="1.2", within=section(made, "Учителя"), executors=["department"])
    SwotEntry.objects.create(programme=made, list="threats", text="Кадры уходят")
    roles = {
        "department": here.municipality, "methodist": here.municipality, "curator": here.municipality,
        "school": here.schools[0], "region": here.region,
    }  # fmt: skip
    clients = {role: client_of(person(role, where)) for role, where in roles.items()}
    return Screens(here, made, neighbour=client_of(person("department", here.neighbour)), **clients)


def approved(of: Programme) -> Programme:
    return approve(of, None, TODAY, ORDER, TODAY)


def url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(f"roadmap:{name}", args=args or None, kwargs=kwargs or None)


def get(client: Client, name: str, *args: object, status: int = 200, **kwargs: object) -> str:
    answer = client.get(url(name, *args, **kwargs))
    assert answer.status_code == status, (name, answer.status_code)
    return words(answer)


def post(client: Client, name: str, *args: object, follow: bool = True, **said: object) -> HttpResponse:
    return client.post(url(name, *args), said, follow=follow)  # type: ignore[return-value]


def words(answer: HttpResponse) -> str:
    """The text of a page with plain spaces."""
    said = answer.content.decode()
    for space in ("&nbsp;", "\u00a0", "\u202f"):
        said = said.replace(space, " ")
    return " ".join(said.split())


def the_activity(of: Programme, title: str = "Семинар завучей") -> Activity:
    return Activity.objects.get(roadmap__programme=of, title=title)


def finding(of: Screens, school: int = 0, sentence: str = "Не справились 18 из 41.", **more: object) -> Finding:
    fields = {
        "method": "low_results.posterior", "year": 2026, "version": "1", "verdict": "steady", "digest": f"{school}",
        "own_inputs": "", "state": "confirmed", "decided_at": timezone.now(), "about": f"{sentence}", **more,
    }  # fmt: skip
    return Finding.objects.create(organisation=of.here.schools[school], sentence=sentence, **fields)
