"""The passport of a signed document: what was found, where and how surely, to be put right."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BoundField
from django.urls import reverse
from django.utils.safestring import SafeString

from msoko.core.roadmap import passport
from msoko.web.people.sight import Sight
from msoko.web.roadmap.import_forms import PREFIX, PassportForm
from msoko.web.roadmap.import_paper import Paper, Part, part_of
from msoko.web.roadmap.import_words import Sureness, confidence_in_words
from msoko.web.roadmap.models import RoadmapImport

OTHERS = {
    "customer": "Заказчик",
    "coordinator": "Координатор",
    "directions": "Направления",
    "period": "Сроки словами",
    "approved_by": "Кем утверждён",
    "other": "Прочее",
}
"""Fields that a document may have and a programme's passport has not."""
MAIN = {"title": "title", "begins": "begins", "ends": "ends"}


@dataclass(frozen=True)
class FieldShown:
    """A field of the form, with where its words stand in the document and how sure they are; None where they do not."""

    bound: BoundField
    line: int | None = None
    sureness: Sureness | None = None


@dataclass(frozen=True)
class PassportPage:
    document: RoadmapImport
    form: PassportForm
    sight: Sight

    @property
    def main(self) -> list[FieldShown]:
        """Title and period, without which there is no programme."""
        return [self._shown(field, field) for field in MAIN]

    @property
    def fields(self) -> list[FieldShown]:
        return [self._shown(PREFIX + name, name) for name in passport.NAMES]

    def _shown(self, field: str, name: str) -> FieldShown:
        found = self.document.passport.get(name)
        if not found:
            return FieldShown(self.form[field])
        return FieldShown(self.form[field], found.get("line"), confidence_in_words(found["confidence"]))

    @property
    def others(self) -> Iterator[tuple[str, str, int | None]]:
        """What the document says besides: it stays with the document."""
        for name, label in OTHERS.items():
            if found := self.document.passport.get(name):
                yield label, found["value"], found.get("line")

    @property
    def part(self) -> Part:
        """From the first line on which anything was found."""
        lines = [found["line"] for found in self.document.passport.values() if found.get("line")]
        return part_of(self.document.lines, min(lines, default=1), max(lines, default=1))

    @property
    def paper(self) -> SafeString:
        lines = frozenset(found["line"] for found in self.document.passport.values() if found.get("line"))
        return Paper({}, lines).drawn(self.part.lines)

    @property
    def address(self) -> str:
        return reverse("roadmap:import_review", args=[self.document.pk])
