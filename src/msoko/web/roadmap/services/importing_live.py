"""A document that a person has looked through becomes a draft of a programme."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from msoko.core.definitions.directions import recognised
from msoko.core.roadmap import executors, passport
from msoko.core.roadmap.executors import Kind as Who
from msoko.core.vocabulary.russian import counted, plural
from msoko.web.definitions import definitions
from msoko.web.people.models import Kind, User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import Activity, ImportedRow, Level, Programme, Roadmap, RoadmapImport, Section
from msoko.web.roadmap.services.importing import CannotImport, under_review
from msoko.web.roadmap.services.importing_rows import in_places
from msoko.web.roadmap.services.understanding import understand_all

SURE = 0.9
"""A row read with less is to be looked at by a person."""
UNNAMED = "Дорожная карта"
OF_SCHOOLS = frozenset({Who.ALL_SCHOOLS, Who.LOW_RESULTS, Who.RISK, Who.LEADER_SCHOOLS})


class Unchecked(CannotImport):
    """Rows that were read with doubt have not been looked at; the person may say that he takes them so."""

    def __init__(self, count: int) -> None:
        rows = counted(count, "сомнительная строка", "сомнительные строки", "сомнительных строк")
        verb = plural(count, "не проверена", "не проверены", "не проверены")
        super().__init__(f"{rows} {verb}: проверьте или подтвердите, что переносите как есть.")
        self.count = count


def doubtful(rows: QuerySet[ImportedRow]) -> QuerySet[ImportedRow]:
    """Those that a person has to look at before they become activities."""
    return rows.filter(is_dropped=False, is_checked=False, confidence__lt=SURE)


def lacks(document: RoadmapImport) -> list[str]:
    """What has to be there before the document can become a programme, in Russian."""
    found = []
    if not document.title:
        found.append("Нет названия программы: укажите его в паспорте.")
    if not (document.begins and document.ends):
        found.append("Не указан период программы: без него не рассчитать даты. Укажите начало и окончание в паспорте.")
    if not document.rows.filter(is_dropped=False).exists():
        found.append("Нет ни одного мероприятия: верните исключённые строки или внесите мероприятия вручную.")
    return found


def direction_of(title: str) -> str:
    """The direction that a roadmap's title tells of, '' where it tells of none or of several.

    The nine are asked first: the later eight repeat most of them under other names.
    """
    for edition in ("2020", "2021"):
        found = recognised(title, (one for one in definitions().directions.values() if one.set == edition))
        if found:
            return found[0].slug if len(found) == 1 else ""
    return ""


def make_live(
    document: RoadmapImport,
    who: User | None,
    *,
    directions: Mapping[str, str] | None = None,
    takes_unchecked: bool = False,
) -> Programme:
    """A draft of a programme with the document's roadmaps, sections and activities; dates and executors are understood.

    `directions`: title of a roadmap → slug that the person has chosen ('' for none); others are recognised by title.
    Raises CannotImport with all that is lacking, Unchecked where doubtful rows have not been looked at.
    """
    with under_review(document) as fresh:
        if reasons := lacks(fresh):
            raise CannotImport(*reasons)
        unchecked = doubtful(fresh.rows.all()).count()
        if unchecked and not takes_unchecked:
            raise Unchecked(unchecked)
        programme = _programme(fresh, who)
        _fill(programme, in_places(fresh.rows.filter(is_dropped=False)), directions or {})
        understand_all(programme)
        fresh.state, fresh.programme = RoadmapImport.State.LIVE, programme
        fresh.save(update_fields=["state", "programme"])
        audit(who, "roadmap_document_live", fresh, fresh.organisation, path=fresh.file_name, name=programme.title)
    return programme


def _programme(document: RoadmapImport, who: User | None) -> Programme:
    begins, ends = _period(document)
    return Programme.objects.create(
        organisation=document.organisation,
        title=document.title,
        begins=begins,
        ends=ends,
        passport=passport_of(document),
        created_by=who,
    )


def passport_of(document: RoadmapImport) -> dict[str, Any]:
    """The fields that a programme's passport has, a list's items one a line; the others stay with the document."""
    said = {name: document.passport[name]["value"] for name in passport.NAMES if name in document.passport}
    return passport.from_json(said).to_json()


def _period(document: RoadmapImport) -> tuple[date, date]:
    assert document.begins is not None
    assert document.ends is not None
    return document.begins, document.ends


@dataclass(frozen=True)
class Place:
    """Where a row stands: both titles as the programme has them."""

    roadmap: str
    section: str


def place_of(row: ImportedRow) -> Place:
    return Place(row.roadmap or UNNAMED, row.section)


def _fill(programme: Programme, rows: Sequence[ImportedRow], directions: Mapping[str, str]) -> None:
    """Three insertions, however many rows."""
    places = list(dict.fromkeys(place_of(row) for row in rows))
    roadmaps = _roadmaps(programme, list(dict.fromkeys(place.roadmap for place in places)), directions)
    sections = _sections(roadmaps, places)
    level = Level.SCHOOL if programme.organisation.kind != Kind.MUNICIPALITY else None
    activities = [_activity(row, order, sections[place_of(row)], level) for order, row in enumerate(rows)]
    Activity.objects.bulk_create(activities, batch_size=200)


def _roadmaps(programme: Programme, titles: Iterable[str], directions: Mapping[str, str]) -> dict[str, Roadmap]:
    known = definitions().directions
    made = []
    for order, title in enumerate(titles):
        chosen = directions[title] if title in directions else direction_of(title)
        direction = chosen if chosen in known else ""
        made.append(Roadmap(programme=programme, title=title, direction=direction, order=order))
    return {one.title: one for one in Roadmap.objects.bulk_create(made)}


def _sections(roadmaps: Mapping[str, Roadmap], places: Sequence[Place]) -> dict[Place, Section]:
    made = [
        Section(roadmap=roadmaps[place.roadmap], title=place.section, order=order) for order, place in enumerate(places)
    ]
    return dict(zip(places, Section.objects.bulk_create(made), strict=True))


def _activity(row: ImportedRow, order: int, section: Section, level: Level | None) -> Activity:
    return Activity(
        roadmap=section.roadmap,
        section=section,
        number=row.number,
        title=row.title,
        deadline=row.deadline,
        executors_words=row.executors,
        result=row.result,
        indicator=row.indicator,
        evidence=row.evidence,
        level=level or _level_of(row.executors),
        order=order,
        imported_row=row,
    )


def _level_of(cell: str) -> Level:
    """Of the schools where nobody but schools executes it."""
    kinds = {one.kind for one in executors.understand_all(cell)}
    return Level.SCHOOL if kinds and kinds <= OF_SCHOOLS else Level.MUNICIPALITY
