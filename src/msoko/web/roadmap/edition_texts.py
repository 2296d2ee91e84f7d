"""The texts of an edition as the core compares them."""

from collections import defaultdict
from datetime import date

from msoko.core.roadmap.changes import ActivityText, ProgrammeText, RoadmapText, SectionText
from msoko.core.roadmap.passport import from_json
from msoko.web.definitions import definitions
from msoko.web.roadmap.models import Activity, Programme


def text_of(programme: Programme) -> ProgrammeText:
    """Four queries, however long the programme."""
    swot = defaultdict(list)
    for entry in programme.swot.all():
        swot[entry.list].append(entry.text)
    return ProgrammeText(
        title=programme.title,
        begins=programme.begins,
        ends=programme.ends,
        passport=from_json(programme.passport),
        principles=tuple(programme.principles),
        swot={name: tuple(lines) for name, lines in swot.items()},
        roadmaps=_roadmaps(programme),
    )


def _roadmaps(programme: Programme) -> tuple[RoadmapText, ...]:
    roadmaps = programme.roadmaps.prefetch_related("sections__activities")
    return tuple(
        RoadmapText(
            roadmap.title,
            tuple(
                SectionText(section.title, tuple(activity_text(one) for one in section.activities.all()))
                for section in roadmap.sections.all()
            ),
            direction_named(roadmap.direction),
        )
        for roadmap in roadmaps
    )


def direction_named(slug: str) -> str:
    """'' where there is none; the slug itself where the installation no longer knows it."""
    known = definitions().directions.get(slug)
    return known.name if known else slug


def activity_text(activity: Activity) -> ActivityText:
    return ActivityText(
        key=activity.pk,
        descends_from=activity.descends_from_id,
        number=activity.number,
        title=activity.title,
        deadline=activity.deadline,
        own_dates=own_dates(activity),
        executors=activity.executors_words,
        result=activity.result,
        indicator=activity.indicator,
        level=activity.level,
        addressees=activity.addressees,
        evidence=tuple(activity.evidence),
    )


def own_dates(activity: Activity) -> tuple[tuple[date, date], ...]:
    """Those that a person has entered; () where the words speak."""
    if not activity.dates_by_person:
        return ()
    return tuple((date.fromisoformat(begins), date.fromisoformat(ends)) for begins, ends in activity.windows)
