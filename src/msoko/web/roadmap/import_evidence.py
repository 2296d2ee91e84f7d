"""The part of the review that says what has to be handed in: what is offered, what the buttons do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from msoko.core.roadmap.evidence import MOST_OF_A_KIND, kinds_of, times
from msoko.web.people.models import User
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.services import importing_evidence as service
from msoko.web.roadmap.services.importing import CannotImport

COMMON = ("протокол", "приказ", "справка", "аналитическая справка", "отчёт", "план", "список участников",
          "фотографии", "ссылка на страницу")  # fmt: skip
MOST_OFFERED = 14


@dataclass(frozen=True)
class EvidenceOffered:
    """Of the rows that are no longer dropped."""

    rows: Sequence[ImportedRow]

    @property
    def kinds(self) -> list[str]:
        """Boxes to tick: what this document's results name, then what is common."""
        return list(dict.fromkeys([*kinds_of(row.result for row in self.rows), *COMMON]))[:MOST_OFFERED]

    @property
    def most(self) -> int:
        return MOST_OF_A_KIND

    @property
    def suggested(self) -> int:
        """Rows for which something is suggested that nobody has accepted yet."""
        return sum(bool(service.suggestions_of(row)) for row in self.rows)

    @property
    def unconfirmed(self) -> list[ImportedRow]:
        """Of these a report is accepted on its text alone."""
        return [row for row in self.rows if not row.evidence]


def act_on_evidence(document: RoadmapImport, said: QueryDict, who: User, chosen: Sequence[int]) -> int | None:
    """How many rows have changed; None where the button is another one. Raises CannotImport."""
    deed = said.get("evidence", "")
    if deed == "suggested":
        return service.accept_suggestions(document, who)
    if deed.isdecimal() and len(deed) < 19:
        return service.accept_suggestions(document, who, [int(deed)])
    if deed not in ("require", "nothing"):
        return None
    if not chosen:
        raise CannotImport("Отметьте хотя бы одну строку.")
    if deed == "nothing":
        return service.require_nothing(document, chosen, who)
    return service.require(document, chosen, who, _kinds(said))


def _kinds(said: QueryDict) -> list[str]:
    """Those that are ticked and one of the person's own, as many of each as is said."""
    words = said.get("count", "").strip() or "1"
    if not (words.isdecimal() and len(words) < 4 and 1 <= int(words) <= MOST_OF_A_KIND):
        raise CannotImport(f"Сколько приложить — число от 1 до {MOST_OF_A_KIND}.")
    kinds = [one for one in (*said.getlist("kind"), said.get("other_kind", "")) if one.strip()]
    return [times(one.strip(), int(words)) for one in kinds]
