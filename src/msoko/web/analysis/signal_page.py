"""One signal: whom it marks and how surely, what it sees and does not see, what to check."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.utils.safestring import SafeString

from msoko.core.analysis.outcome import Verdict
from msoko.core.definitions.kinds import Method
from msoko.core.vocabulary.russian import NBSP, counted, join_with_and, number, plural
from msoko.documents.charts import classes_fit
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.class_rights import CLASS, WHO_KNOWS, all_as_read_by
from msoko.web.analysis.false_alarms import sentence_of
from msoko.web.analysis.method_runs import MethodRuns
from msoko.web.analysis.models import Finding, MethodRun
from msoko.web.analysis.not_computed import Silence, silences
from msoko.web.analysis.page_frame import finding_address
from msoko.web.analysis.parameter_words import InForce, in_force
from msoko.web.analysis.pictures import strength_of
from msoko.web.analysis.queries import School, findings_of, schools_below
from msoko.web.analysis.signal_cards import SCHOOLS, SURENESS, badge_of, signals_in_force
from msoko.web.analysis.statistic_words import OF_A_WORK, title_of_work
from msoko.web.analysis.support_pictures import shortened
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight

MEASURED = (Verdict.ROBUST, Verdict.LIKELY, Verdict.DOUBTFUL)
"""Verdicts of which it was measured how often an honest school gets them."""
FEW = 5
SHOWN = (
    *(field.name for field in Finding._meta.concrete_fields if field.name not in ("inputs", "run", "predecessor")),
    *("organisation__path", "decided_by__full_name", "decided_by__email"),
)
"""Everything that a row tells; of the organisation what decides who may read of its classes."""
CLASSES, FINDINGS = ("класс", "класса", "классов"), ("вывод", "вывода", "выводов")


@dataclass(frozen=True)
class SignalLine:
    """A finding of the signal, as the reader may read it."""

    school: School
    finding: Finding

    @property
    def address(self) -> str:
        return finding_address(self.finding.pk)

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.finding.verdict)

    @property
    def sentence(self) -> str:
        return self.finding.sentence

    @property
    def what(self) -> str:
        """«5Б класс», «ВПР · математика · 5 класс · 2021»; '' where it is of all works of the school."""
        said = self.finding.statistic
        if CLASS in said:
            return f"{said[CLASS]}{NBSP}класс"
        return title_of_work(said) if said.keys() >= OF_A_WORK else ""

    @property
    def n(self) -> int | None:
        """Participants that the statistic is of."""
        n = self.finding.statistic.get("n")
        return n if isinstance(n, int) else None


def signal_named(name: str) -> Method:
    """Raises Http404 for a method that is no signal in force."""
    found = next((method for method in signals_in_force() if method.name == name), None)
    if found is None:
        raise Http404("Такого сигнала нет.")
    return found


@dataclass(frozen=True)
class SignalPage:
    """`verdict` and `state` are what the address asks for, '' where it asks for all."""

    method: Method
    sight: Sight
    territory: Organisation
    verdict: str = ""
    state: str = ""

    @cached_property
    def runs(self) -> MethodRuns:
        return MethodRuns([self.method.name], self.sight, self.territory)

    @property
    def year(self) -> int | None:
        return self.runs.year

    @property
    def run(self) -> MethodRun | None:
        return self.runs.speaking(self.method.name)

    @property
    def is_computed(self) -> bool:
        return self.run is not None and bool(self.run.procedures)

    @cached_property
    def schools(self) -> dict[int, School]:
        return schools_below(self.territory)

    @cached_property
    def parameters(self) -> list[InForce]:
        return in_force(self.method, self.territory)

    # ---- the list

    @cached_property
    def everything(self) -> list[SignalLine]:
        """The surest first, of equally sure ones the strongest."""
        found = findings_of([self.method.name], self.territory).filter(year=self.year or 0)
        read = found.select_related("organisation", "decided_by").only(*SHOWN).order_by("-strength", "pk")
        ordered = sorted(read, key=lambda one: SURENESS.index(Verdict(one.verdict)))
        told = all_as_read_by(self.sight, ordered)
        return [
            SignalLine(self.schools[one.organisation_id], one) for one in told if one.organisation_id in self.schools
        ]

    @cached_property
    def lines(self) -> list[SignalLine]:
        """Those that the address asks for."""
        return [
            line
            for line in self.everything
            if self.verdict in ("", line.finding.verdict) and self.state in ("", line.finding.state)
        ]

    def notes_of(self, line: SignalLine) -> list[str]:
        """What stands under the school's name."""
        municipality = line.school.municipality if self.runs.looks_at_several else ""
        return [note for note in (line.what, municipality) if note]

    @property
    def offers_filter(self) -> bool:
        """A short list is read whole."""
        return len(self.everything) > FEW or bool(self.verdict or self.state)

    @property
    def who_knows_classes(self) -> str:
        """Said where the reader sees less than was found, for what was found is of classes."""
        return WHO_KNOWS if any(line.finding.is_veiled for line in self.everything) else ""

    # ---- what is said of it

    @property
    def headline(self) -> list[str]:
        return [self._how_many(), self._decisions()] if self.everything else [self._nobody()]

    def _nobody(self) -> str:
        return f"За{NBSP}{self.year}{NBSP}год сигнала нет ни{NBSP}у{NBSP}одной школы."

    def _how_many(self) -> str:
        verdicts = Counter(line.verdict for line in self.everything)
        parts = [f"«{one.words}»{NBSP}— {number(verdicts[one])}" for one in SURENESS if verdicts[one]]
        findings = counted(len(self.everything), *FINDINGS)
        schools = counted(len({line.school.pk for line in self.everything}), "школе", "школам", "школам")
        return f"За{NBSP}{self.year}{NBSP}год {findings} по{NBSP}{schools}: {join_with_and(parts)}."

    def _decisions(self) -> str:
        waiting = sum(line.finding.state == Finding.State.NEW for line in self.everything)
        wait = plural(waiting, "ждёт", "ждут", "ждут")
        return f"Решения {wait} {number(waiting)}." if waiting else "Решения приняты по\u00a0всем."

    @cached_property
    def false_alarms(self) -> list[tuple[SafeString, str]]:
        """(badge, sentence) of each verdict for which it was measured with the parameters in force."""
        if self.run is None:
            return []
        said: dict[str, Verdict] = {}
        for verdict in MEASURED:  # a method without a verdict gives the answer of the next surer one
            said.setdefault(sentence_of(self.method.name, verdict, self.run.parameters), verdict)
        return [(badge_of(verdict), words) for words, verdict in said.items() if words]

    # ---- of whom nothing can be said

    @cached_property
    def silences(self) -> list[Silence]:
        return silences(self.runs.of(self.method.name), self.run, self.schools)

    # ---- the picture

    def strengths(self) -> Chart | None:
        """Everybody marked, by strength; None where there is nobody, or the reader may not know the classes."""
        told = [line for line in self.everything if not line.finding.is_veiled]
        if not told or self.run is None:
            return None
        strength = strength_of(self.method, self.run.parameters)
        units = [classes_fit.Unit(_name(line), line.finding.strength, line.n or 0, line.verdict) for line in told]
        what = CLASSES if CLASS in told[0].finding.statistic else FINDINGS if told[0].what else SCHOOLS
        bounds = (strength.likely, strength.robust)
        chart = classes_fit.chart(units, *bounds, strength.words, "Сила сигнала", what, strength.digits)
        return shortened(chart, "самых сильных")


def _name(line: SignalLine) -> str:
    """«МБОУ «СОШ № 4», 5Б класс», «МБОУ «СОШ № 4», математика 5»."""
    said = line.finding.statistic
    if CLASS in said:
        return f"{line.school.name}, {line.what}"
    return f"{line.school.name}, {said['name']} {said['grade']}" if line.what else line.school.name
