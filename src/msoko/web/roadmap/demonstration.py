"""The invented district lives by its plans: two are in force, schools and methodists report, the department verifies.

Every deed goes by the services, so that rights, history and audit are those of real use. Nothing but the day decides
what is done: what was due long ago is accepted, of what was due lately some waits, is late, came back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from django.db import transaction

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import quote, short_date
from msoko.web.analysis.models import Finding
from msoko.web.analysis.services import confirm
from msoko.web.people.models import Organisation, Role, User
from msoko.web.people.services import invite
from msoko.web.people.services.accounts import DEMO_DOMAIN
from msoko.web.roadmap.demonstration_texts import ADDRESS, GROUNDS, HEADS, REPORTS, RETURNED_BECAUSE, Said
from msoko.web.roadmap.models import Assignment, Body, Programme, Report
from msoko.web.roadmap.queries import schools_of
from msoko.web.roadmap.services.calendar_links import choose_letters
from msoko.web.roadmap.services.editions import approve
from msoko.web.roadmap.services.evidence_files import add_file, add_link
from msoko.web.roadmap.services.executing import accept_many, postpone, report, return_, start
from msoko.web.roadmap.services.starting import start as start_programme

DOMAIN = "zarechny.example"  # of people who never sign in: their passwords are not on the page of signing in
LISTS = "low_results.posterior"
TEMPLATES = ("low_results_support", "objectivity_plan")
SEPTEMBER = 9
RECENT = 60  # assignments past their date of which not all are accepted yet
FEWEST = 18  # so many have a fate in the first days of a school year too, when little was due
ACCEPTED, WAITING, RETURNED, OPEN = "accepted", "waiting", "returned", "open"
FATES = (
    *(ACCEPTED, ACCEPTED, WAITING, ACCEPTED, OPEN, ACCEPTED, ACCEPTED, ACCEPTED, WAITING),
    *(ACCEPTED, OPEN, ACCEPTED, RETURNED, ACCEPTED, OPEN, ACCEPTED, WAITING, OPEN),
)
TWO_WEEKS = timedelta(days=14)


@dataclass(frozen=True)
class People:
    """Who reports and who verifies; `heads`: school → its head; `own`: the school of the account of a school."""

    specialist: User
    deputy: User
    methodist: User
    heads: Mapping[int, User]
    own: int

    def executor(self, assignment: Assignment) -> User:
        if assignment.body == Body.SCHOOL:
            return self.heads[assignment.organisation_id]
        return self.methodist if assignment.body == Body.METHODIST else self.specialist


@transaction.atomic
def live(district: Organisation, today: date) -> None:
    """Plans of the school year of `today` and what was done by them; the accounts of the demonstration are there.

    `today` is the day of now: a report can't tell of a later one.
    """
    people = _people(district)
    _confirm_the_list(people.specialist)
    _begin_plans(district, people, today)
    given = Assignment.objects.filter(organisation__path__startswith=district.path)
    near = ("organisation", "occurrence__activity")
    assignments = list(given.select_related(*near).order_by("due", "pk"))
    fates = _fates(assignments, today, people.own)
    _report(fates, people, today)
    _go_on(fates, assignments, people, today)


def _people(district: Organisation) -> People:
    specialist, methodist, own = (
        User.objects.get(email=f"{word}@{DEMO_DOMAIN}") for word in ("district", "methodist", "school")
    )
    own_school = own.memberships.get().organisation_id
    heads = {own_school: own}
    others = schools_of(district).exclude(pk=own_school).order_by("pk")
    for number, (school, name) in enumerate(zip(others, cycle(HEADS), strict=False), 1):
        heads[school.pk] = _invited(f"head{number}@{DOMAIN}", name, Role.SCHOOL, school)
    deputy = _invited(f"deputy@{DOMAIN}", "Ирина Викторовна Сомова", Role.DEPARTMENT, district)
    return People(specialist, deputy, methodist, heads, own_school)


def _invited(email: str, name: str, role: str, place: Organisation) -> User:
    """Somebody invented gets no letters: nobody reads them, and the console would be full of them."""
    user = invite(email, name, role, place, None)
    choose_letters(user, False)
    return user


def _confirm_the_list(who: User) -> None:
    """The surely weak schools of the newest year: the plan of support is for them."""
    found = Finding.objects.filter(method=LISTS, verdict=Verdict.ROBUST, superseded_at=None)
    newest = found.order_by("-year").values("year")[:1]
    for finding in found.filter(year=newest).order_by("pk"):
        confirm(finding, who, GROUNDS)


def _begin_plans(district: Organisation, people: People, today: date) -> list[Programme]:
    first_year = today.year if today.month >= SEPTEMBER else today.year - 1
    on = date(first_year, SEPTEMBER, 1)
    begun = [start_programme(template, district, first_year, people.specialist) for template in TEMPLATES]
    for number, programme in enumerate(begun, 214):
        order = f"Приказ управления образования от {short_date(on)} № {number}"
        approve(programme, people.deputy, on, order, today)
    return begun


def _fates(assignments: Sequence[Assignment], today: date, own: int) -> dict[Assignment, str]:
    """What has become of whatever was due, and of the first that comes where little was due yet.

    The school of the account always has one more to do, and one that came back.
    """
    past = [one for one in assignments if one.due < today]
    early = assignments[len(past) : max(FEWEST, len(past))]
    theirs = [one for one in (*past, *early) if one.organisation_id == own]
    fates = dict.fromkeys(past[:-RECENT], ACCEPTED)
    others = [one for one in (*past[-RECENT:], *early) if one.organisation_id != own]
    fates |= dict(zip(others, cycle(FATES), strict=False))
    return fates | dict.fromkeys(theirs, ACCEPTED) | dict(zip(reversed(theirs), (OPEN, RETURNED), strict=False))


def _report(fates: Mapping[Assignment, str], people: People, today: date) -> None:
    handed_in = {one: _handed_in(one, people, today) for one, fate in fates.items() if fate != OPEN}
    accept_many([told for one, told in handed_in.items() if fates[one] == ACCEPTED], people.deputy)
    for one, told in handed_in.items():
        if fates[one] == RETURNED:
            return_(told, people.deputy, RETURNED_BECAUSE)


def _handed_in(assignment: Assignment, people: People, today: date) -> Report:
    activity, who = assignment.occurrence.activity, people.executor(assignment)
    said = REPORTS.get(activity.title) or Said(f"{quote(activity.title)}: сделано. {activity.result}.")
    for place, required in enumerate(activity.evidence):
        about = str(required)
        if place == 0 and assignment.pk % 3 == 0:
            add_file(assignment, who, _paper(assignment, about), f"{about.capitalize()}.txt", about)
        else:
            add_link(assignment, who, f"{ADDRESS}{assignment.pk}-{place + 1}", about.capitalize(), about)
    return report(
        assignment,
        who,
        done=said.done,
        participants=said.participants,
        numbers=said.numbers,
        done_on=min(assignment.due - timedelta(days=2), today),
    )


def _paper(assignment: Assignment, about: str) -> Iterator[bytes]:
    title = assignment.occurrence.activity.title
    yield f"{about.capitalize()}\n\n{assignment.organisation.name}\n\n{title}\n".encode()


def _go_on(fates: Mapping[Assignment, str], assignments: Sequence[Assignment], people: People, today: date) -> None:
    """One that is not done got a later date, the next that come are in work."""
    waiting = [one for one in assignments if fates.get(one, OPEN) == OPEN and one.organisation_id != people.own]
    moved = min(waiting, key=lambda one: (one.body != Body.SCHOOL, one.due, one.pk))
    postpone(
        [moved],
        people.specialist,
        max(today, moved.due) + TWO_WEEKS,
        "Классы были на карантине: дети и учителя болели две недели.",
        "Заместитель начальника управления образования И. В. Сомова",
    )
    coming = [one for one in assignments if one not in fates and one != moved]
    for one in coming[:3]:
        start(one, people.executor(one))
