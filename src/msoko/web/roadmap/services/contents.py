"""Roadmaps, sections and activities of a draft: added, edited, moved, removed."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from msoko.core.vocabulary.russian import NBSP, nbsp, quote
from msoko.web.analysis.models import Finding
from msoko.web.people.models import User
from msoko.web.people.services import audit
from msoko.web.roadmap.edited_texts import activity_of, roadmap_of, section_of
from msoko.web.roadmap.models import Activity, Level, Programme, Roadmap, Section
from msoko.web.roadmap.services.drafts import PART_GONE, CannotChange, draft_of, locked_draft, moved, put_in_order
from msoko.web.roadmap.services.seen import name_of_part, refuse_changed
from msoko.web.roadmap.services.understanding import understand_activity

NAMELESS_ROADMAP = nbsp("Назовите дорожную карту.")
NAMELESS_ACTIVITY = nbsp("Назовите мероприятие: что будет сделано.")
OUTSIDE = nbsp("Свои даты должны лежать в пределах срока программы.")


@dataclass(frozen=True)
class Wording:
    """What a person says of an activity. `own_dates` go before the words of the deadline; () leaves them to speak."""

    title: str
    number: str = ""
    deadline: str = ""
    own_dates: tuple[tuple[date, date], ...] = ()
    executors_words: str = ""
    result: str = ""
    indicator: str = ""
    level: str = Level.MUNICIPALITY
    addressees: str = ""
    evidence: tuple[str, ...] = ()
    finding: Finding | None = None


WRITTEN = [*(field.name for field in fields(Wording) if field.name != "own_dates"), "windows", "dates_by_person"]


# ---- roadmaps


@transaction.atomic
def add_roadmap(programme: Programme, who: User | None, title: str, direction: str = "") -> Roadmap:
    """At the end, with one section without a title to begin with. Raises CannotChange."""
    draft = locked_draft(programme)
    roadmap = Roadmap(programme=draft, title=_named(title), direction=direction, order=draft.roadmaps.count())
    roadmap.save()
    Section.objects.create(roadmap=roadmap)
    _tell(draft, who, f"добавлена дорожная карта {quote(roadmap.title)}")
    return roadmap


@transaction.atomic
def edit_roadmap(roadmap: Roadmap, who: User | None, title: str, direction: str = "", seen: str = "") -> Roadmap:
    """Raises CannotChange; ChangedMeanwhile where `seen` (services.seen) is no longer what is stored."""
    draft = draft_of(roadmap)
    refuse_changed(roadmap_of(roadmap), seen)
    roadmap.title, roadmap.direction = _named(title), direction
    roadmap.save(update_fields=["title", "direction"])
    _tell(draft, who, f"дорожная карта {quote(roadmap.title)}: название и{NBSP}направление", part=name_of_part(roadmap))
    return roadmap


def _named(title: str) -> str:
    if not title.strip():
        raise CannotChange(NAMELESS_ROADMAP)
    return title.strip()


@transaction.atomic
def move_roadmap(roadmap: Roadmap, who: User | None, by: int) -> None:
    """Raises CannotChange."""
    draft = draft_of(roadmap)
    put_in_order(moved(list(draft.roadmaps.all()), roadmap, by))
    _tell(draft, who, "порядок дорожных карт")


@transaction.atomic
def remove_roadmap(roadmap: Roadmap, who: User | None) -> None:
    """With all its activities. Raises CannotChange."""
    draft = draft_of(roadmap)
    _tell(draft, who, f"удалена дорожная карта {quote(roadmap.title)}", count=roadmap.activities.count())
    roadmap.delete()


# ---- sections


@transaction.atomic
def add_section(roadmap: Roadmap, who: User | None, title: str) -> Section:
    """At the end. Raises CannotChange."""
    draft = draft_of(roadmap)
    section = Section.objects.create(roadmap=roadmap, title=title.strip(), order=_next_order(roadmap))
    _tell(draft, who, f"добавлен раздел {quote(section.title)}")
    return section


def _next_order(roadmap: Roadmap) -> int:
    last = roadmap.sections.last()
    return last.order + 1 if last else 0


@transaction.atomic
def edit_section(section: Section, who: User | None, title: str, seen: str = "") -> Section:
    """An empty title is a section without one. Raises CannotChange, ChangedMeanwhile."""
    draft = draft_of(section)
    refuse_changed(section_of(section), seen)
    section.title = title.strip()
    section.save(update_fields=["title"])
    _tell(draft, who, f"раздел {quote(section.title)}: название", part=name_of_part(section))
    return section


@transaction.atomic
def move_section(section: Section, who: User | None, by: int) -> None:
    """With its activities. Raises CannotChange."""
    draft = draft_of(section)
    put_in_order(moved(list(section.roadmap.sections.all()), section, by))
    _put_activities_in_order(section.roadmap)
    _tell(draft, who, f"порядок разделов дорожной карты {quote(section.roadmap.title)}")


@transaction.atomic
def remove_section(section: Section, who: User | None) -> None:
    """With its activities. Raises CannotChange."""
    draft = draft_of(section)
    _tell(draft, who, f"удалён раздел {quote(section.title)}", count=section.activities.count())
    section.delete()


# ---- activities


@transaction.atomic
def add_activity(section: Section, who: User | None, wording: Wording) -> Activity:
    """At the end of the section, its words understood. Raises CannotChange."""
    draft = draft_of(section)
    activity = Activity(roadmap=section.roadmap, section=section, order=section.activities.count())
    _put(activity, wording, draft)
    activity.save()
    _put_activities_in_order(section.roadmap)
    understand_activity(activity)
    _tell(draft, who, f"добавлено мероприятие {quote(activity.title)}")
    return activity


@transaction.atomic
def edit_activity(
    activity: Activity, who: User | None, wording: Wording, section: Section | None = None, seen: str = ""
) -> Activity:
    """Put other words, and the activity at the end of another section of the programme. Raises CannotChange,
    ChangedMeanwhile."""
    draft = draft_of(activity)
    refuse_changed(activity_of(activity), seen)
    if section is not None and section.pk != activity.section_id:
        _put_into(activity, section, draft)
    _put(activity, wording, draft)
    activity.save(update_fields=WRITTEN)
    understand_activity(activity)
    _tell(draft, who, f"мероприятие {quote(activity.title)}", part=name_of_part(activity))
    return activity


def _put_into(activity: Activity, section: Section, draft: Programme) -> None:
    found = Section.objects.select_related("roadmap").filter(pk=section.pk, roadmap__programme=draft).first()
    if found is None:
        raise CannotChange(PART_GONE)
    was = activity.roadmap
    activity.section, activity.roadmap = found, found.roadmap
    activity.order = found.roadmap.activities.count() + was.activities.count()
    activity.save(update_fields=["section", "roadmap", "order"])
    _put_activities_in_order(found.roadmap)
    activity.refresh_from_db(fields=["order"])


def _put(activity: Activity, wording: Wording, draft: Programme) -> None:
    if not wording.title.strip():
        raise CannotChange(NAMELESS_ACTIVITY)
    if any(not draft.begins <= begins <= ends <= draft.ends for begins, ends in wording.own_dates):
        raise CannotChange(OUTSIDE)
    for field in fields(wording):
        if field.name != "own_dates":
            value = getattr(wording, field.name)
            setattr(activity, field.name, list(value) if isinstance(value, tuple) else value)
    activity.title = wording.title.strip()
    activity.dates_by_person = bool(wording.own_dates)
    if wording.own_dates:
        activity.windows = [[begins.isoformat(), ends.isoformat()] for begins, ends in sorted(wording.own_dates)]


@transaction.atomic
def move_activity(activity: Activity, who: User | None, by: int) -> None:
    """Within its section. Raises CannotChange."""
    draft = draft_of(activity)
    put_in_order(moved(list(activity.section.activities.all()), activity, by))
    _put_activities_in_order(activity.roadmap)
    _tell(draft, who, f"порядок мероприятий дорожной карты {quote(activity.roadmap.title)}")


@transaction.atomic
def remove_activity(activity: Activity, who: User | None) -> None:
    """Raises CannotChange."""
    draft = draft_of(activity)
    words = (activity.number, activity.title, activity.deadline, activity.executors_words, activity.result)
    _tell(draft, who, f"удалено мероприятие {quote(activity.title)}", before=" · ".join(filter(None, words)))
    activity.delete()


@transaction.atomic
def renumber(roadmap: Roadmap, who: User | None) -> None:
    """«1.1», «1.2», «2.1»; «1», «2» where the roadmap is one section. Raises CannotChange."""
    draft = draft_of(roadmap)
    sections = list(roadmap.sections.prefetch_related("activities"))
    changed = []
    for section_number, section in enumerate(sections, 1):
        for number, activity in enumerate(section.activities.all(), 1):
            activity.number = f"{section_number}.{number}" if len(sections) > 1 else str(number)
            changed.append(activity)
    Activity.objects.bulk_update(changed, ["number"], batch_size=500)
    _tell(draft, who, f"номера мероприятий дорожной карты {quote(roadmap.title)}")


def _put_activities_in_order(roadmap: Roadmap) -> None:
    """`order` runs through the whole roadmap, section by section."""
    sections: Sequence[Section] = list(roadmap.sections.prefetch_related("activities"))
    put_in_order([activity for section in sections for activity in section.activities.all()])


def _tell(draft: Programme, who: User | None, what: str, **details: object) -> None:
    audit(who, "programme_edited", draft, draft.organisation, name=draft.title, what=what, **details)
