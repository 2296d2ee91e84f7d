"""A programme drawn by hand: a few activities with their words, understood or not."""

from datetime import date

from msoko.web.people.models import Organisation
from msoko.web.roadmap.models import Activity, Programme, Roadmap, Section

BEGINS, ENDS = date(2023, 1, 1), date(2025, 12, 31)


def programme_of(organisation: Organisation, title: str = "Программа качества", **more: object) -> Programme:
    """A draft with one roadmap of one section, which hold nothing yet."""
    values = {"title": title, "begins": BEGINS, "ends": ENDS, **more}
    programme = Programme.objects.create(organisation=organisation, **values)
    roadmap = Roadmap.objects.create(programme=programme, title="Дорожная карта")
    Section.objects.create(roadmap=roadmap, title="Раздел")
    return programme


def activity_of(programme: Programme, title: str = "Семинар", **more: object) -> Activity:
    """One more at the end of the first section."""
    section = Section.objects.filter(roadmap__programme=programme).order_by("roadmap__order", "order", "pk")[0]
    order = section.activities.count()
    return Activity.objects.create(roadmap=section.roadmap, section=section, title=title, order=order, **more)
