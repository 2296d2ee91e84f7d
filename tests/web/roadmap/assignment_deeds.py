"""What tests of an assignment's page do: open it, send its forms, attach what confirms."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from msoko.web.people.models import User
from msoko.web.roadmap.models import Assignment, Evidence
from tests.web.roadmap.making import Place, activity, assigned, programme, section

State = Assignment.State
DONE = "Провели семинар, разобрали задания."
ORDER = "Приказ № 5 о семинаре.".encode()
POSTS = ("start", "report", "verify", "postpone", "cancel", "reopen")


def given(here: Place, title: str = "Семинар для учителей", days: int = 5, **more: object) -> Assignment:
    today = timezone.localdate()
    year = timedelta(days=400)
    made = programme(here.municipality, "Программа поддержки", begins=today - year, ends=today + year)
    due = today + timedelta(days=days)
    window = (str(min(due, today) - timedelta(days=5)), str(due))
    place_of_it = section(made, "Раздел первый")
    activity(made, title, windows=[window], within=place_of_it, **more)
    return assigned(made, today)[0]


def text(answer: object) -> str:
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def address(assignment: Assignment, deed: str = "", *more: int) -> str:
    names = {"": "assignment", "evidence": "evidence", "withdraw": "evidence_withdraw"}
    return reverse(f"roadmap:{names.get(deed, f'assignment_{deed}')}", args=[assignment.pk, *more])


def opened(client: Client, assignment: Assignment) -> str:
    return text(client.get(address(assignment)))


def send(client: Client, assignment: Assignment, deed: str = "report", **said: object) -> str:
    """As the page sends it: with the state that the person saw."""
    sent = {"seen": state_of(assignment), **said}
    return text(client.post(address(assignment, deed), sent, follow=True))


def hand_in(client: Client, assignment: Assignment, **said: object) -> str:
    return send(client, assignment, hand_in="1", **{"done": DONE, **said})


def state_of(assignment: Assignment) -> str:
    return Assignment.objects.get(pk=assignment.pk).state


def a_file(name: str = "приказ.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, ORDER, "text/plain")


def attach(assignment: Assignment, *abouts: str) -> None:
    who = User.objects.filter(memberships__organisation=assignment.organisation).first()
    for about in abouts:
        Evidence.objects.create(
            assignment=assignment, kind="link", about=about, name=about, url="https://a.example/", added_by=who
        )
