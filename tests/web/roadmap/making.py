"""Small factories for the tests of the room: a place, its people, a programme with activities.

Every function writes to the database and returns the record. Nothing is understood from words here: windows and
executors are given as they would have been understood.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.test import Client

from msoko.web.people import services
from msoko.web.people.models import Organisation, Role, User
from msoko.web.people.services import NewSchool
from msoko.web.roadmap.models import Activity, Assignment, Executor, Programme, Roadmap, Section

REGION, MUNICIPALITY, NEIGHBOUR = "Приозёрная область", "Приречный район", "город Заречный"
TODAY = date(2026, 9, 15)
"""The day on which tests look, in the middle of the window that an activity has unless told otherwise."""
BEGINS, ENDS = date(2026, 1, 1), date(2027, 12, 31)
SEPTEMBER = ("2026-09-01", "2026-09-30")
OCTOBER = ("2026-10-01", "2026-10-31")


@dataclass(frozen=True)
class Place:
    """A region with a municipality, its schools, and a neighbour with one school that nobody here may see."""

    region: Organisation
    municipality: Organisation
    schools: Sequence[Organisation]
    neighbour: Organisation
    foreign: Organisation


def place(schools: int = 3) -> Place:
    """The municipality has so many schools: «МБОУ «СОШ № 1»» and on, in the order of their numbers."""
    region = services.ensure_territory("region", REGION)
    own, other = (services.ensure_territory("municipality", name, region) for name in (MUNICIPALITY, NEIGHBOUR))
    foreign = NewSchool("sch980001", "МБОУ «Школа за рекой»", municipality=NEIGHBOUR)
    made = services.create_schools([*(_new_school(number) for number in range(1, schools + 1)), foreign])
    return Place(region, own, [made[_login(number)] for number in range(1, schools + 1)], other, made["sch980001"])


def more_schools(have: int, wanted: int) -> None:
    """Schools are added to the place until it has so many."""
    services.create_schools([_new_school(number) for number in range(have + 1, wanted + 1)])


def _new_school(number: int) -> NewSchool:
    return NewSchool(_login(number), f"МБОУ «СОШ № {number}»", municipality=MUNICIPALITY)


def _login(number: int) -> str:
    return f"sch990{number:03d}"


def person(role: str, organisation: Organisation, email: str = "") -> User:
    """Somebody new who has the role in the organisation; without an e-mail it is made of both."""
    address = email or f"{role}-{organisation.pk}@people.example"
    user = User.objects.create_user(address, None, full_name=f"{Role(role).label.capitalize()} {organisation.pk}")
    services.give_role(user, role, organisation, None)
    return user


def client_of(user: User) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def programme(
    organisation: Organisation,
    title: str = "Программа поддержки школ",
    *,
    begins: date = BEGINS,
    ends: date = ENDS,
    state: str = Programme.State.APPROVED,
    previous: Programme | None = None,
    parent: Programme | None = None,
) -> Programme:
    """An edition in the state, without roadmaps: `activity` makes the first one."""
    return Programme.objects.create(
        organisation=organisation,
        title=title,
        begins=begins,
        ends=ends,
        state=state,
        edition=previous.edition + 1 if previous else 1,
        previous=previous,
        parent=parent,
        approved_on=None if state == Programme.State.DRAFT else begins,
    )


def section(programme: Programme, title: str = "", roadmap: str = "План мероприятий") -> Section:
    """The section of that title in the roadmap of that title; made where there is none."""
    card, _ = Roadmap.objects.get_or_create(programme=programme, title=roadmap)
    return Section.objects.get_or_create(roadmap=card, title=title)[0]


def activity(
    programme: Programme,
    title: str = "Провести совещание",
    *,
    windows: Iterable[Sequence[str]] = (SEPTEMBER,),
    executors: Iterable[str | tuple[str, str] | Organisation] = ("all_schools",),
    evidence: Sequence[str] = (),
    within: Section | None = None,
    descends_from: Activity | None = None,
    **more: object,
) -> Activity:
    """Executors are kinds («all_schools»), pairs (kind, words) or named organisations; `more` are fields as given."""
    place = within or section(programme)
    fields = {"deadline": "в срок", "deadline_kind": "once", "order": place.activities.count(), **more}
    made = Activity.objects.create(
        roadmap=place.roadmap,
        section=place,
        title=title,
        windows=[list(one) for one in windows],
        evidence=list(evidence),
        descends_from=descends_from,
        **fields,
    )
    Executor.objects.bulk_create(_executor(made, one, order) for order, one in enumerate(executors))
    return made


def _executor(activity: Activity, said: str | tuple[str, str] | Organisation, order: int) -> Executor:
    if isinstance(said, Organisation):
        return Executor(activity=activity, words=said.name, kind="named", organisation=said, order=order)
    kind, words = (said, said) if isinstance(said, str) else said
    return Executor(activity=activity, words=words, kind=kind, order=order)


def assigned(programme: Programme, today: date = TODAY) -> list[Assignment]:
    """Everything given out that has to be by this day, in the order of executors."""
    from msoko.web.roadmap.services.assigning import assign, horizon, occur

    occur(programme)
    assign(programme, horizon(today))
    found = Assignment.objects.filter(occurrence__activity__roadmap__programme=programme)
    return list(found.select_related("organisation").order_by("due", "organisation__sort_key", "body", "pk"))
