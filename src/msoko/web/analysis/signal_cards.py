"""What is told of one signal on its card, and which methods are signals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString

from msoko.core.analysis.outcome import Verdict
from msoko.core.definitions.kinds import Method
from msoko.core.vocabulary.russian import NBSP, counted
from msoko.web.analysis.false_alarms import sentence_of
from msoko.web.analysis.methods import methods_in_force
from msoko.web.analysis.methods_page import family_of
from msoko.web.analysis.models import Finding, MethodRun
from msoko.web.analysis.not_computed import Silence
from msoko.web.analysis.page_frame import finding_address
from msoko.web.analysis.pictures import has_pictures
from msoko.web.analysis.queries import School
from msoko.web.analysis.tables import LOOKS
from msoko.web.look.cells import badge
from msoko.web.people.models import Organisation

FAMILY = "objectivity"
OURS = "ours"
SIGNAL = (Verdict.ROBUST, Verdict.LIKELY)
"""Verdicts that a person has to look at; of the others the rule alone speaks, or there are too few participants."""
SURENESS = (Verdict.ROBUST, Verdict.LIKELY, Verdict.DOUBTFUL, Verdict.FEW_DATA)
SCHOOLS = ("школа", "школы", "школ")


def signals_in_force() -> list[Method]:
    """Methods of the family that give findings, ours first."""
    found = [one for one in methods_in_force() if family_of(one) == FAMILY and one.gives == "findings"]
    return sorted(found, key=lambda one: (one.source.scope != OURS, one.title))


class Mark(NamedTuple):
    """What the counts need of a finding: all of a region's are read at once."""

    pk: int
    method: str
    school: int
    verdict: str
    state: str


def badge_of(verdict: str) -> SafeString:
    return badge(LOOKS[Verdict(verdict)], Verdict(verdict).words)


@dataclass(frozen=True)
class Shown:
    """A school on a card with its strongest finding, as the reader may read it."""

    school: School
    finding: Finding

    @property
    def address(self) -> str:
        return finding_address(self.finding.pk)

    @property
    def badge(self) -> SafeString:
        return badge_of(self.finding.verdict)

    @property
    def is_decided(self) -> bool:
        return self.finding.state != Finding.State.NEW


@dataclass(frozen=True)
class First:
    """A school to begin with: it has a sure signal. `signals` are (badge, title, address of the finding)."""

    school: School
    signals: Sequence[tuple[SafeString, str, str]]

    @property
    def address(self) -> str:
        return reverse("analysis:school", args=[self.school.pk])


@dataclass(frozen=True)
class Card:
    """One signal. `schools`: verdict → how many schools have no surer one, only verdicts that occur, the surest
    first. `silent`: reasons for which nothing could be said of all schools in some of its works."""

    method: Method
    run: MethodRun
    territory: Organisation
    schools: Mapping[Verdict, int]
    shown: Sequence[Shown]
    silent: Sequence[Silence]

    @property
    def address(self) -> str:
        """The signal's page of the same territory and year."""
        page = reverse("analysis:signal", args=[self.method.name])
        return f"{page}?territory={self.territory.pk}&year={self.run.calculation.year}"

    @property
    def counts(self) -> list[tuple[Verdict, str, str]]:
        """(verdict, its badge, «3 школы»)."""
        return [(verdict, LOOKS[verdict], counted(n, *SCHOOLS)) for verdict, n in self.schools.items()]

    @property
    def signals(self) -> int:
        return sum(self.schools.get(verdict, 0) for verdict in SIGNAL)

    @property
    def more(self) -> int:
        """Schools with a signal that the card has no room for."""
        return self.signals - len(self.shown)

    @property
    def silent_in_words(self) -> str:
        """«Не посчитано по 2 работам», '' where all of them could be."""
        works = len({procedure for one in self.silent for procedure in one.procedures})
        where = f" по{NBSP}{counted(works, 'работе', 'работам', 'работам')}" if works else ""
        return f"Не{NBSP}посчитано{where}" if self.silent else ""

    @property
    def silent_reasons(self) -> list[str]:
        return list(dict.fromkeys(one.reason for one in self.silent))

    @property
    def pictured(self) -> Shown | None:
        """Whose picture the card shows: the strongest of the sure ones that the reader may see."""
        sure = [one for one in self.shown if one.finding.verdict == Verdict.ROBUST and not one.finding.is_veiled]
        return sure[0] if sure and has_pictures(self.method) else None

    @property
    def false_alarm(self) -> str:
        """Of the least sure verdict that asks for a look."""
        return sentence_of(self.method.name, Verdict.LIKELY, self.run.parameters)
