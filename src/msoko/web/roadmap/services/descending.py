"""A school's own programme comes from the municipal one and stays linked to it."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from msoko.core.definitions.programme_kinds import ProgrammeTemplate
from msoko.core.roadmap.executors import Kind as Who
from msoko.core.vocabulary.russian import nbsp, quote
from msoko.web.definitions import definitions
from msoko.web.people.models import Organisation, User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import Activity, Level, Programme, Roadmap, Section
from msoko.web.roadmap.school_groups import LISTS_OF_FINDINGS, Groups, groups_of
from msoko.web.roadmap.services.drafts import CannotChange, locked, locked_draft, put_in_order
from msoko.web.roadmap.services.starting import start, start_empty
from msoko.web.roadmap.services.understanding import understand_all

NOT_IN_FORCE = nbsp("Программа школы исходит из действующей муниципальной программы, а эта — не действует.")
NOT_THEIRS = nbsp("Эта школа — не из муниципалитета программы.")
NO_PARENT = nbsp("Эта программа не связана с муниципальной.")
NOTHING_NEW = nbsp("В муниципальной программе нет мероприятий, которых ещё нет здесь.")
TITLE = "Программа школы"
LONGEST_TITLE = 1000
OF_SCHOOLS = (Who.ALL_SCHOOLS, *LISTS_OF_FINDINGS, Who.LEADER_SCHOOLS)
"""Groups of schools that executors name; which of them are this school's is asked of the lists in force."""


@transaction.atomic
def descend(
    programme: Programme,
    school: Organisation,
    who: User | None,
    template_slug: str = "",
    first_year: int | None = None,
) -> Programme:
    """A draft of the school's own programme: what a template for schools says, if one is named, and the municipal
    activities that are the school's, each linked to its origin.

    `first_year` of the template's years, that of the municipal programme unless said. Raises CannotChange.
    """
    municipal = locked(programme)
    if not municipal.is_live or municipal.organisation.is_school:
        raise CannotChange(NOT_IN_FORCE)
    if not (school.is_school and municipal.organisation.holds(school)):
        raise CannotChange(NOT_THEIRS)
    already = own_programme(municipal, school)
    if already is not None:
        raise CannotChange(nbsp(f"У школы уже есть программа, связанная с этой: {quote(already.title)}."))
    draft = _begun(municipal, school, who, template_slug, first_year or municipal.begins.year)
    _take(draft, activities_for(municipal, school))
    audit(who, "programme_descended", draft, school, name=draft.title)
    return draft


def _begun(
    municipal: Programme, school: Organisation, who: User | None, template_slug: str, first_year: int
) -> Programme:
    if not template_slug:
        title = f"{TITLE}: {municipal.title}"[:LONGEST_TITLE]
        return start_empty(school, title, municipal.begins, municipal.ends, who, parent=municipal)
    if template_slug not in {one.slug for one in templates_for_school(municipal)}:
        raise CannotChange(nbsp("Этот шаблон с муниципальной программой не связан: выберите другой."))
    return start(template_slug, school, first_year, who, parent=municipal)


def templates_for_school(municipal: Programme) -> list[ProgrammeTemplate]:
    """Templates of a school's programme that fit: those that name the municipal template; all where it has none."""
    found = [one for one in definitions().programmes.values() if one.for_level == Level.SCHOOL]
    return [one for one in found if not municipal.template or municipal.template in one.descends_from]


def editions_of(programme: Programme) -> list[Programme]:
    """All editions of the programme, the oldest first. One query; the long texts are read when they are asked for."""
    same = Programme.objects.filter(organisation=programme.organisation_id).defer("passport", "principles", "changes")
    by_key = {one.pk: one for one in same}
    first = by_key[programme.pk]
    while first.previous_id is not None:
        first = by_key[first.previous_id]
    after = {one.previous_id: one for one in by_key.values()}
    editions = [first]
    while (following := after.get(editions[-1].pk)) is not None:
        editions.append(following)
    return editions


def edition_in_force(programme: Programme) -> Programme:
    """The last edition that was approved: the one in force, or the one that was closed."""
    approved = [one for one in editions_of(programme) if not one.is_draft]
    return approved[-1] if approved else programme


def own_programme(municipal: Programme, school: Organisation) -> Programme | None:
    """What the school has that descends from any edition of the municipal programme and has not come to its end."""
    ended = (Programme.State.SUPERSEDED, Programme.State.CLOSED)
    same = Programme.objects.filter(organisation=school, parent__in=[one.pk for one in editions_of(municipal)])
    return same.exclude(state__in=ended).order_by("edition").first()


# ---- which activities are the school's


def activities_for(municipal: Programme, school: Organisation) -> list[Activity]:
    """Activities of level school, and those that the school itself or a group it is in executes; in their order.

    What is of other schools by name, or of a group whose list is known and lacks the school, is left out. Queries do
    not depend on the number of activities.
    """
    groups = groups_of(municipal.organisation)
    return [one for one in _in_document_order(municipal) if _is_for(one, school, groups)]


def _in_document_order(programme: Programme) -> QuerySet[Activity]:
    found = Activity.objects.filter(roadmap__programme=programme).select_related("roadmap", "section")
    order = ("roadmap__order", "roadmap_id", "section__order", "section_id", "order", "pk")
    return found.prefetch_related("executors").order_by(*order)


def _is_for(activity: Activity, school: Organisation, groups: Groups) -> bool:
    executors = list(activity.executors.all())
    named = {one.organisation_id for one in executors if one.organisation_id is not None}
    of_groups = [one for one in executors if one.kind in OF_SCHOOLS and one.organisation_id is None]
    listed = [groups.of_executor(one, Who(one.kind)) for one in of_groups]
    if school.pk in named or any(school.pk in one.schools for one in listed):
        return True
    is_of_others = bool(named or listed) and all(one.schools or one.is_narrowed for one in listed)
    return activity.level == Level.SCHOOL and not is_of_others


# ---- taking over


def _take(draft: Programme, activities: Sequence[Activity]) -> None:
    """Copies behind what the draft has: in roadmaps and sections of the same titles, made where there are none."""
    sections = _sections_for(draft, activities)
    orders = {roadmap.pk: roadmap.activities.count() for roadmap in draft.roadmaps.all()}
    copies = []
    for one in activities:
        section = sections[one.roadmap.title, one.section.title]
        orders[section.roadmap_id] = orders.get(section.roadmap_id, 0) + 1
        copies.append(_copy(one, section, orders[section.roadmap_id], draft))
    Activity.objects.bulk_create(copies, batch_size=200)
    for roadmap in draft.roadmaps.prefetch_related("sections__activities"):
        put_in_order([activity for section in roadmap.sections.all() for activity in section.activities.all()])
    understand_all(draft)


def _sections_for(draft: Programme, activities: Iterable[Activity]) -> dict[tuple[str, str], Section]:
    roadmaps = {one.title: one for one in draft.roadmaps.all()}
    found = Section.objects.filter(roadmap__programme=draft).select_related("roadmap")
    sections = {(one.roadmap.title, one.title): one for one in found}
    for one in activities:
        title = one.roadmap.title
        if title not in roadmaps:
            roadmaps[title] = Roadmap.objects.create(
                programme=draft, title=title, direction=one.roadmap.direction, order=len(roadmaps)
            )
        if (title, one.section.title) not in sections:
            sections[title, one.section.title] = Section.objects.create(
                roadmap=roadmaps[title], title=one.section.title, order=len(sections)
            )
    return sections


def _copy(one: Activity, section: Section, order: int, draft: Programme) -> Activity:
    """Words, not dates: the school's programme may have another period. Dates that a person entered come along where
    they lie within it."""
    bounds = draft.begins.isoformat(), draft.ends.isoformat()
    own = [pair for pair in one.windows if bounds[0] <= pair[0] and pair[1] <= bounds[1]] if one.dates_by_person else []
    return Activity(
        roadmap=section.roadmap,
        section=section,
        number=one.number,
        title=one.title,
        deadline=one.deadline,
        windows=own,
        dates_by_person=bool(own),
        executors_words=one.executors_words,
        result=one.result,
        indicator=one.indicator,
        level=Level.SCHOOL,
        addressees=one.addressees,
        evidence=one.evidence,
        order=order,
        descends_from=one,
    )


# ---- the municipal programme goes on


@transaction.atomic
def follow(programme: Programme, who: User | None) -> Programme:
    """The school has seen the new municipal edition: its programme descends from that one now. The texts of the
    school's programme stay as they are. Raises CannotChange."""
    own = locked(programme)
    if own.parent is None:
        raise CannotChange(NO_PARENT)
    own.parent = edition_in_force(own.parent)
    own.save(update_fields=["parent"])
    audit(who, "programme_followed", own, own.organisation, name=own.title, edition=own.parent.edition)
    return own


def not_taken(programme: Programme) -> list[Activity]:
    """Activities of the municipal edition in force that are the school's and are not in its programme."""
    if programme.parent is None:
        return []
    municipal = edition_in_force(programme.parent)
    taken = origins_of(programme, municipal)
    there = set(taken.values())
    return [one for one in activities_for(municipal, programme.organisation) if one.pk not in there]


def origins_of(programme: Programme, municipal: Programme) -> dict[int, int]:
    """Activity of the school's programme → the one of the municipal edition that it comes from, over all editions of
    either. Queries depend on the number of editions only."""
    ancestors: dict[int, int | None] = {}
    wanted = {pk: pk for pk in Activity.objects.filter(roadmap__programme=programme).values_list("pk", flat=True)}
    ancestors |= _ancestors(editions_of(programme))
    ancestors |= _ancestors(editions_of(municipal))
    municipal_line = _heirs_in(municipal, ancestors)
    return {own: heir for own in wanted if (heir := _first_known(own, ancestors, municipal_line)) is not None}


def _ancestors(editions: Iterable[Programme]) -> dict[int, int | None]:
    found = Activity.objects.filter(roadmap__programme__in=[one.pk for one in editions])
    return dict(found.values_list("pk", "descends_from"))


def _heirs_in(municipal: Programme, ancestors: dict[int, int | None]) -> dict[int, int]:
    """Any activity of any municipal edition → what became of it in this one."""
    heirs: dict[int, int] = {}
    for own in Activity.objects.filter(roadmap__programme=municipal).values_list("pk", flat=True):
        step: int | None = own
        while step is not None and step not in heirs:
            heirs[step] = own
            step = ancestors.get(step)
    return heirs


def _first_known(own: int, ancestors: dict[int, int | None], heirs: dict[int, int]) -> int | None:
    step = ancestors.get(own)
    while step is not None and step not in heirs:
        step = ancestors.get(step)
    return heirs.get(step) if step is not None else None


@transaction.atomic
def take_new(programme: Programme, who: User | None) -> int:
    """Into the school's draft, what is new in the municipal programme; how many. Raises CannotChange."""
    draft = locked_draft(programme)
    if draft.parent is None:
        raise CannotChange(NO_PARENT)
    fresh = not_taken(draft)
    if not fresh:
        raise CannotChange(NOTHING_NEW)
    _take(draft, fresh)
    audit(who, "programme_edited", draft, draft.organisation, name=draft.title, what="новое из муниципальной программы",
          count=len(fresh))  # fmt: skip
    return len(fresh)
