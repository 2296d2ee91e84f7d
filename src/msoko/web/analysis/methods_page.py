"""«Методики»: every rule with its source, what it says and does not say, and the values of parameters in force."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.http import Http404

from msoko.core.definitions.kinds import Method
from msoko.documents.tables import Table
from msoko.web.analysis.forms import ParametersForm
from msoko.web.analysis.measured import measured_table
from msoko.web.analysis.methods import OTHER_EDITION, settings_in_force, version_of
from msoko.web.analysis.models import MethodSetting
from msoko.web.analysis.parameter_words import InForce, in_force, origin_in_words
from msoko.web.definitions import definitions
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight

FAMILIES = {
    "descriptive": "Описание результатов",
    "low_results": "Низкие результаты",
    "objectivity": "Объективность",
    "official": "Официальные списки",
    "context": "Условия работы школ",
    "change": "Изменения между годами",
    "items": "Задания",
    "groups": "Группы обучающихся",
    "exams": "Экзамены",
    "rating": "Рейтинг",
}
"""Folder of definitions → its heading, in the order of the page; one that is not here comes last under its name."""
SCOPES = {"federal": "федеральная", "regional": "региональная", "municipal": "муниципальная", "ours": "наша"}
GIVES = {"findings": "выводы, о которых решает человек", "figures": "величины"}


@dataclass(frozen=True)
class Told:
    """A method as the pages tell it, where the territory stands."""

    method: Method
    parameters: list[InForce]

    @property
    def scope(self) -> str:
        return SCOPES[self.method.source.scope]

    @property
    def gives(self) -> str:
        return GIVES[self.method.gives]

    @property
    def own(self) -> list[InForce]:
        return [one for one in self.parameters if one.is_own]

    @property
    def is_computed_when_asked(self) -> bool:
        """Another edition that stands beside the one in force."""
        return OTHER_EDITION in self.method.name


def families(territory: Organisation | None) -> list[tuple[str, list[Told]]]:
    """All methods under the headings of their families."""
    settings = settings_in_force()
    order = {family: place for place, family in enumerate(FAMILIES)}
    ordered = sorted(definitions().methods.values(), key=lambda one: (order.get(family_of(one), len(order)), one.slug))
    return [
        (FAMILIES.get(family, family), [Told(one, in_force(one, territory, settings)) for one in methods])
        for family, methods in groupby(ordered, key=family_of)
    ]


def family_of(method: Method) -> str:
    return method.slug.partition("/")[0]


def method_named(name: str) -> Method:
    """Raises Http404."""
    found = definitions().methods.get(name)
    if found is None:
        raise Http404("Такой методики нет.")
    return found


@dataclass(frozen=True)
class MethodPage:
    """One method, seen from the territory looked at."""

    method: Method
    sight: Sight

    @property
    def territory(self) -> Organisation | None:
        return self.sight.territory

    @property
    def told(self) -> Told:
        return Told(self.method, in_force(self.method, self.territory, self._settings))

    @property
    def version(self) -> str:
        return version_of(self.method)

    @property
    def measured(self) -> Table | None:
        """What its trials have shown; None where it was not tried."""
        return measured_table(self.method.name)

    @cached_property
    def _settings(self) -> list[MethodSetting]:
        return settings_in_force(self.method.name)

    @property
    def may_set(self) -> bool:
        territory = self.territory
        return territory is not None and not territory.is_school and self.sight.may("set_parameters", territory)

    @cached_property
    def set_here(self) -> MethodSetting | None:
        """What is in force for this very territory, if anybody has set it."""
        return next((one for one in self._settings if self.territory and one.territory_id == self.territory.pk), None)

    @property
    def set_here_in_words(self) -> str:
        return origin_in_words(self.set_here) if self.set_here else ""

    def form(self, data: object = None) -> ParametersForm:
        """The territory's own values; the places of the others show what holds from above."""
        above = [one for one in self._settings if one is not self.set_here]
        own = self.set_here.values if self.set_here else {}
        return ParametersForm(data, self.method, in_force(self.method, self.territory, above), own)
