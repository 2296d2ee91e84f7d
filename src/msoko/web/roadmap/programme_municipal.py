"""A school's own programme beside the municipal one: what has become of each municipal activity, what has changed."""

from dataclasses import dataclass
from functools import cached_property

from msoko.core.roadmap.change import Change
from msoko.web.roadmap.models import Activity, Programme
from msoko.web.roadmap.services.descending import activities_for, edition_in_force, origins_of
from msoko.web.roadmap.services.editions import differences

COMPARED = {"deadline": "Срок", "executors_words": "Исполнители", "result": "Результат", "indicator": "Показатель"}


@dataclass(frozen=True)
class Beside:
    """A municipal activity that is the school's, and the school's own one that comes from it (None: it has none)."""

    municipal: Activity
    own: Activity | None

    @property
    def others(self) -> list[tuple[str, str]]:
        """What the municipal programme says otherwise: (name, its words)."""
        if self.own is None:
            return []
        return [
            (title, getattr(self.municipal, name))
            for name, title in COMPARED.items()
            if getattr(self.municipal, name) and getattr(self.municipal, name) != getattr(self.own, name)
        ]


@dataclass(frozen=True)
class MunicipalPage:
    """`programme` is a school's, with a parent."""

    programme: Programme

    @cached_property
    def municipal(self) -> Programme:
        """The edition in force of what the programme comes from."""
        assert self.programme.parent is not None
        return edition_in_force(self.programme.parent)

    @property
    def is_behind(self) -> bool:
        """A newer municipal edition is in force than the one that the school has seen."""
        return self.municipal.pk != self.programme.parent_id

    @cached_property
    def changes(self) -> list[Change]:
        """What is different between the municipal edition that the school has seen and the one in force."""
        if not self.is_behind or self.programme.parent is None:
            return []
        return differences(self.programme.parent, self.municipal)

    @cached_property
    def beside(self) -> list[Beside]:
        """In the order of the municipal programme."""
        own = {one.pk: one for one in Activity.objects.filter(roadmap__programme=self.programme)}
        came = {origin: own[key] for key, origin in self._origins.items()}
        return [Beside(one, came.get(one.pk)) for one in activities_for(self.municipal, self.programme.organisation)]

    @cached_property
    def _origins(self) -> dict[int, int]:
        return origins_of(self.programme, self.municipal)

    @property
    def not_taken(self) -> list[Activity]:
        return [one.municipal for one in self.beside if one.own is None]

    @cached_property
    def only_own(self) -> list[Activity]:
        """Activities that the municipal programme knows nothing of."""
        found = Activity.objects.filter(roadmap__programme=self.programme).exclude(pk__in=list(self._origins))
        return list(found.order_by("roadmap__order", "order"))
