"""«Объективность»: signals one by one, whom each marks and how surely, what could not be computed and why."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from msoko.core.analysis.outcome import Verdict
from msoko.core.definitions.kinds import Method
from msoko.core.vocabulary.russian import NBSP, counted, number, plural
from msoko.web.analysis.class_rights import all_as_read_by
from msoko.web.analysis.method_runs import MethodRuns
from msoko.web.analysis.models import Figure, Finding, MethodRun
from msoko.web.analysis.not_computed import Silence, silences
from msoko.web.analysis.official_beside import METHOD as OFFICIAL
from msoko.web.analysis.official_beside import OfficialBeside
from msoko.web.analysis.page_frame import finding_address
from msoko.web.analysis.queries import School, figures_of, findings_of, schools_below
from msoko.web.analysis.signal_cards import (
    OURS,
    SIGNAL,
    SURENESS,
    Card,
    First,
    Mark,
    Shown,
    badge_of,
    signals_in_force,
)
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight

INDEX = "objectivity.territory_index"
MOST_ON_A_CARD, MOST_FIRST = 3, 5
OF_SCHOOLS = ("школы", "школ", "школ")
NOTHING_TO_COUNT = "работ, которые он учитывает, за этот год в системе нет"


@dataclass(frozen=True)
class ObjectivityPage:
    sight: Sight
    territory: Organisation

    @cached_property
    def methods(self) -> list[Method]:
        return signals_in_force()

    @cached_property
    def runs(self) -> MethodRuns:
        names = [method.name for method in self.methods]
        return MethodRuns([*names, INDEX, OFFICIAL], self.sight, self.territory)

    @property
    def year(self) -> int | None:
        return self.runs.year

    @cached_property
    def schools(self) -> dict[int, School]:
        return schools_below(self.territory)

    # ---- what was found

    @cached_property
    def marks(self) -> list[Mark]:
        """The strongest first."""
        found = findings_of([method.name for method in self.methods], self.territory).filter(year=self.year or 0)
        rows = found.order_by("-strength", "pk").values_list("pk", "method", "organisation", "verdict", "state")
        return [mark for row in rows if (mark := Mark(*row)).school in self.schools]

    @cached_property
    def _surest(self) -> dict[str, dict[int, Mark]]:
        """Method → school → its surest finding, of equally sure ones the strongest; the surest schools first."""
        found: dict[str, dict[int, Mark]] = {method.name: {} for method in self.methods}
        for mark in sorted(self.marks, key=lambda one: SURENESS.index(Verdict(one.verdict))):
            found[mark.method].setdefault(mark.school, mark)
        return found

    @cached_property
    def _to_show(self) -> dict[str, list[int]]:
        """Method → keys of the findings on its card."""
        return {
            name: [mark.pk for mark in marks.values() if mark.verdict in SIGNAL][:MOST_ON_A_CARD]
            for name, marks in self._surest.items()
        }

    @cached_property
    def _shown(self) -> dict[int, Finding]:
        keys = [key for keys in self._to_show.values() for key in keys]
        found = Finding.objects.filter(pk__in=keys).select_related("organisation", "decided_by").defer("inputs")
        return {one.pk: one for one in all_as_read_by(self.sight, found)}

    @cached_property
    def cards(self) -> list[Card]:
        """Every signal that could be computed of at least one school: ours first, and those first that mark surely."""
        cards = [self._card(method, run) for method in self.methods if (run := self._computed(method))]
        return sorted(cards, key=lambda card: (card.method.source.scope != OURS, *_rank(card.schools)))

    def _computed(self, method: Method) -> MethodRun | None:
        run = self.runs.speaking(method.name)
        return run if run is not None and run.procedures else None

    def _card(self, method: Method, run: MethodRun) -> Card:
        verdicts = Counter(Verdict(mark.verdict) for mark in self._surest[method.name].values())
        shown = [self._shown[key] for key in self._to_show[method.name]]
        return Card(
            method,
            run,
            self.territory,
            {verdict: verdicts[verdict] for verdict in SURENESS if verdicts[verdict]},
            [Shown(self.schools[one.organisation_id], one) for one in shown],
            [one for one in self._silences(method) if one.school is None],
        )

    def _silences(self, method: Method) -> list[Silence]:
        return silences(self.runs.of(method.name), self.runs.speaking(method.name), self.schools)

    # ---- where to begin

    @cached_property
    def first(self) -> list[First]:
        """Schools with a sure signal, each with all its signals: those with one of ours first, then the strongest."""
        ours = {method.name for method in self.methods if method.source.scope == OURS}
        sure = [mark for mark in self.marks if mark.verdict == Verdict.ROBUST]
        sure.sort(key=lambda mark: mark.method not in ours)
        return [First(self.schools[key], self._signals_of(key)) for key in dict.fromkeys(mark.school for mark in sure)]

    @property
    def first_named(self) -> list[First]:
        return self.first[:MOST_FIRST]

    @property
    def first_others(self) -> int:
        return len(self.first[MOST_FIRST:])

    def _signals_of(self, school: int) -> list[tuple[SafeString, str, str]]:
        """One a method, the surest first."""
        marks = [found[school] for found in self._surest.values() if school in found]
        marks.sort(key=lambda mark: SURENESS.index(Verdict(mark.verdict)))
        titles = {method.name: method.title for method in self.methods}
        return [
            (badge_of(mark.verdict), titles[mark.method], finding_address(mark.pk))
            for mark in marks
            if mark.verdict in SIGNAL
        ]

    # ---- signal by signal

    @property
    def telling(self) -> list[Card]:
        return [card for card in self.cards if card.signals]

    @property
    def quiet(self) -> list[Card]:
        """Computed, and nobody has a signal that asks for a look."""
        return [card for card in self.cards if not card.signals]

    @property
    def not_computed(self) -> list[tuple[Method, list[str]]]:
        """Signals of which nothing can be said in the year, and why."""
        return [(method, self._reasons(method)) for method in self.methods if self._computed(method) is None]

    def _reasons(self, method: Method) -> list[str]:
        run = self.runs.speaking(method.name)
        if run is None:
            return ["ещё не посчитан"]
        if run.failure:
            return ["сбой программы"]
        reasons = dict.fromkeys(one.reason for one in self._silences(method) if one.school is None)
        return list(reasons) or [NOTHING_TO_COUNT]

    # ---- what is said first

    @property
    def headline(self) -> list[str]:
        return [self._how_many(), self._decisions(), self.index_in_words]

    def _schools_with(self, verdicts: Collection[Verdict]) -> set[int]:
        return {mark.school for mark in self.marks if mark.verdict in verdicts}

    def _how_many(self) -> str:
        signals, robust = self._schools_with(SIGNAL), self._schools_with([Verdict.ROBUST])
        of_all = counted(len(self.schools), *OF_SCHOOLS)
        if not signals:
            return f"За{NBSP}{self.year}{NBSP}год сигналов нет ни{NBSP}у{NBSP}одной из{NBSP}{of_all}."
        surely = f"устойчивые{NBSP}— у{NBSP}{number(len(robust))}" if robust else "устойчивых нет"
        return f"За{NBSP}{self.year}{NBSP}год сигналы есть у{NBSP}{number(len(signals))} из{NBSP}{of_all}, {surely}."

    def _decisions(self) -> str:
        asked = [mark for mark in self.marks if mark.verdict in SIGNAL]
        waiting = sum(mark.state == Finding.State.NEW for mark in asked)
        if not asked:
            return "Решать пока нечего."
        if not waiting:
            return f"Решения приняты по{NBSP}всем сигналам."
        wait = plural(waiting, "Решения ждёт", "Решения ждут", "Решения ждут")
        if waiting == len(asked):
            return f"{wait} {counted(waiting, 'сигнал', 'сигнала', 'сигналов')}."
        return f"{wait} {number(waiting)} из{NBSP}{counted(len(asked), 'сигнала', 'сигналов', 'сигналов')}."

    @cached_property
    def index(self) -> Figure | None:
        """The published index of the territory looked at."""
        return figures_of(INDEX, self.territory, self.year or 0).filter(organisation=self.territory).first()

    @property
    def index_in_words(self) -> str:
        if self.index is not None:
            return self.index.sentence
        run = self.runs.speaking(INDEX)
        about = [one for one in run.not_computed if one["organisation"] == self.territory.pk] if run else []
        reason = about[0]["reason"] if about else "он считается по муниципалитету или региону"
        return f"Индекс объективности территории не{NBSP}посчитан: {reason}."

    # ---- the official list

    @cached_property
    def official(self) -> OfficialBeside:
        return OfficialBeside(self.territory, self.year, self.schools, self.runs.speaking(OFFICIAL))


def _rank(schools: Mapping[Verdict, int]) -> tuple[int, ...]:
    return tuple(-schools.get(verdict, 0) for verdict in SURENESS)
