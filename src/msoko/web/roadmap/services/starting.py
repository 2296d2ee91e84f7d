"""A programme is started: from a template, with everything filled in, or empty."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from msoko.core.definitions.filling import Filling, filled, period_of
from msoko.core.definitions.programme_kinds import MUNICIPALITY, SCHOOL, ActivityTemplate, ProgrammeTemplate
from msoko.core.roadmap.passport import from_template
from msoko.core.vocabulary.russian import nbsp
from msoko.web.definitions import definitions
from msoko.web.people.models import Kind, Organisation, User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import Activity, Programme, Roadmap, Section, SwotEntry
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.programmes import NAMELESS, checked_period
from msoko.web.roadmap.services.understanding import understand_all

NO_TEMPLATE = nbsp("Такого шаблона нет: выберите другой или начните с пустой программы.")
NOT_HERE = nbsp("Программу ведут муниципалитет или школа: выберите, чья она.")
OTHER_LEVEL = {
    MUNICIPALITY: nbsp("Этот шаблон — для муниципалитета, а не для школы."),
    SCHOOL: nbsp("Этот шаблон — для школы, а не для муниципалитета."),
}


def level_of(organisation: Organisation) -> str:
    """Whose programme it would be. Raises CannotChange for a region or a country."""
    if organisation.kind != Kind.MUNICIPALITY and not organisation.is_school:
        raise CannotChange(NOT_HERE)
    return SCHOOL if organisation.is_school else MUNICIPALITY


@transaction.atomic
def start(
    template_slug: str,
    organisation: Organisation,
    first_year: int,
    who: User | None,
    parent: Programme | None = None,
) -> Programme:
    """A draft that says all that the template says, for this organisation and from this year on; deadlines and
    executors are understood. Raises CannotChange where the template is unknown or for others."""
    template = definitions().programmes.get(template_slug)
    if template is None:
        raise CannotChange(NO_TEMPLATE)
    if template.for_level != level_of(organisation):
        raise CannotChange(OTHER_LEVEL[template.for_level])
    territory = organisation.municipality or organisation
    said = filled(template, Filling(first_year, territory.name, organisation.name if organisation.is_school else ""))
    programme = _programme(said, organisation, first_year, who, parent)
    _swot(programme, said)
    _roadmaps(programme, said)
    understand_all(programme)
    audit(who, "programme_started", programme, organisation, name=programme.title, template=template.title)
    return programme


@transaction.atomic
def start_empty(
    organisation: Organisation,
    title: str,
    begins: date,
    ends: date,
    who: User | None,
    parent: Programme | None = None,
) -> Programme:
    """A draft with nothing but its title and period. Raises CannotChange."""
    level_of(organisation)
    if not title.strip():
        raise CannotChange(NAMELESS)
    checked_period(begins, ends)
    programme = Programme.objects.create(
        organisation=organisation, title=title.strip(), begins=begins, ends=ends, parent=parent, created_by=who
    )
    audit(who, "programme_started", programme, organisation, name=programme.title)
    return programme


def _programme(
    said: ProgrammeTemplate,
    organisation: Organisation,
    first_year: int,
    who: User | None,
    parent: Programme | None,
) -> Programme:
    begins, ends = period_of(said, first_year)
    return Programme.objects.create(
        organisation=organisation,
        parent=parent,
        title=said.title,
        template=said.slug,
        begins=begins,
        ends=ends,
        passport=from_template(said.passport, begins).to_json(),
        principles=list(said.principles),
        created_by=who,
    )


def _swot(programme: Programme, said: ProgrammeTemplate) -> None:
    lines = [(list_, text) for list_ in SwotEntry.List for text in getattr(said.swot, list_)]
    SwotEntry.objects.bulk_create(
        SwotEntry(programme=programme, list=list_, text=text, order=order) for order, (list_, text) in enumerate(lines)
    )


def _roadmaps(programme: Programme, said: ProgrammeTemplate) -> None:
    """Three insertions, however much the template says."""
    roadmaps = Roadmap.objects.bulk_create(
        Roadmap(programme=programme, title=one.title, direction=one.direction, order=order)
        for order, one in enumerate(said.roadmaps)
    )
    pairs = list(zip(roadmaps, said.roadmaps, strict=True))
    sections = Section.objects.bulk_create(
        Section(roadmap=roadmap, title=part.title, order=order)
        for roadmap, one in pairs
        for order, part in enumerate(one.sections)
    )
    parts = [(one, number, part) for one in said.roadmaps for number, part in enumerate(one.sections, 1)]
    made = [
        activity
        for section, (one, number, part) in zip(sections, parts, strict=True)
        for activity in _activities(section, number if len(one.sections) > 1 else 0, part.activities)
    ]
    for order, activity in enumerate(made):
        activity.order = order
    Activity.objects.bulk_create(made, batch_size=200)


def _activities(section: Section, section_number: int, said: Sequence[ActivityTemplate]) -> list[Activity]:
    """`section_number` 0: the roadmap has only one, its activities are «1», «2»…"""
    before = f"{section_number}." if section_number else ""
    return [
        Activity(
            roadmap=section.roadmap,
            section=section,
            number=f"{before}{number}",
            title=one.title,
            deadline=one.deadline,
            executors_words=", ".join(one.executors),
            result=one.result,
            indicator=one.indicator,
            level=one.level,
            addressees=one.addressees,
            evidence=list(one.evidence),
        )
        for number, one in enumerate(said, 1)
    ]
