"""Named readings of programmes for their list and their pages. No query depends on the number of programmes."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Q

from msoko.core.vocabulary.russian import counted, nbsp, number, plural
from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import Activity, Programme
from msoko.web.roadmap.queries import assignments_in_sight, programmes_in_sight
from msoko.web.roadmap.standing import Standing, standings_by

State = Programme.State


def progress_of(sight: Sight, programmes: Collection[int], today: date) -> dict[int, Standing]:
    """Programme → how the assignments stand that the person sees; where a school is looked at, those of the school.

    One query.
    """
    key = "occurrence__activity__roadmap__programme"
    found = assignments_in_sight(sight).filter(**{f"{key}__in": list(programmes)})
    if sight.territory is not None and sight.territory.is_school:
        found = found.filter(organisation__path__startswith=sight.territory.path)
    return standings_by(found, today, key)


def progress_in_words(standing: Standing, own: bool = False) -> str:
    """«принято 12 из 48 поручений, просрочено 3»; `own`: of the reader's own school."""
    if not standing.total and standing.untracked:
        return standing.in_words()
    if not standing.total:
        return "ваших поручений пока нет" if own else "поручений пока нет"
    whose = plural(standing.total, "вашего ", "ваших ", "ваших ") if own else ""
    form = plural(standing.total, "поручения", "поручений", "поручений")
    accepted = nbsp(f"принято {number(standing.accepted)} из {number(standing.total)} {whose}{form}")
    return ", ".join([accepted, *(part.words for part in standing.parts() if part.name != "accepted")])


def sizes_of(programmes: Collection[int]) -> dict[int, tuple[int, int]]:
    """Programme → how many roadmaps and activities it has. One query."""
    found = Activity.objects.filter(roadmap__programme__in=list(programmes)).order_by()
    rows = found.values_list("roadmap__programme").annotate(Count("roadmap", distinct=True), Count("pk"))
    return {programme: (roadmaps, activities) for programme, roadmaps, activities in rows}


def size_in_words(roadmaps: int, activities: int) -> str:
    """«3 дорожные карты, 84 мероприятия»."""
    cards = counted(roadmaps, "дорожная карта", "дорожные карты", "дорожных карт")
    return f"{cards}, {counted(activities, 'мероприятие', 'мероприятия', 'мероприятий')}"


def programmes_looked_at(sight: Sight) -> list[Programme]:
    """Those of the territory looked at and below it, and what is approved above it; the newest first. One query."""
    if sight.territory is None:
        return []
    above = [int(pk) for pk in sight.territory.path.strip("/").split("/")[:-1]]
    within = Q(organisation__path__startswith=sight.territory.path) | Q(organisation__in=above) & ~Q(state=State.DRAFT)
    found = programmes_in_sight(sight).filter(within).select_related("organisation__municipality", "parent", "previous")
    return list(found.defer("passport", "principles", "changes").order_by("-begins", "title", "-edition"))


def newest_editions(programmes: Iterable[Programme]) -> list[Programme]:
    """Of each programme the edition that counts: superseded ones are history and stand on the page of the newest."""
    return [one for one in programmes if one.state != State.SUPERSEDED]


def descendants_of(sight: Sight, editions: Collection[int]) -> list[Programme]:
    """Programmes of schools that come from any of these editions, as far as the person sees them; by the school."""
    found = programmes_in_sight(sight).filter(parent__in=list(editions)).exclude(state=State.SUPERSEDED)
    return list(
        found.select_related("organisation", "parent").order_by("organisation__sort_key", "organisation", "-edition")
    )
