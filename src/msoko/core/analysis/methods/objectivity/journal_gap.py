"""Marks of the work against the journal: a school where many more pupils fell below it, or rose above it, than usual.

Lowered are those whose mark in the work is below the journal mark, raised those whose mark is above it. Both shares
are compared with those of the other schools of the territory in the same work.
"""

from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked, place_of
from msoko.core.analysis.methods.objectivity._published import Judged, as_outcome
from msoko.core.analysis.methods.objectivity._published_gaps import ABOVE, GapRule, Value, evened, judge_values
from msoko.core.analysis.methods.objectivity._published_sureness import rarity, reason
from msoko.core.analysis.outcome import NotComputed, Outcome, Told
from msoko.core.analysis.panel import NO_MARKS, NOBODY, Group, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import of_work
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, number, percent, share_in_words
from msoko.core.vocabulary.shares import Share, wilson

NO_JOURNAL = "сравнения с отметками по журналу нет"
OUTCOMES = {"lowered": 0, "raised": 2}
"""Where each stands in Group.journal."""
WORDS = {"lowered": "ниже", "raised": "выше"}


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A finding a school, work and direction; its interval is of the difference to the usual share, points."""
    rule = GapRule.of(parameters, sides=(ABOVE,))
    procedures = chosen(panel.asked(), parameters["procedures"])
    judged = [judge(panel, procedure, outcome, rule) for procedure in procedures for outcome in OUTCOMES]
    return as_outcome(_once(judged), *nothing_asked(panel, procedures))


def _once(judged: list[Judged]) -> list[Judged]:
    """Both directions of a work as one: what could not be computed is the same for both and is said once."""
    pairs = zip(judged[::2], judged[1::2], strict=True)
    return [
        Judged(
            procedure=lowered.procedure,
            eligible=lowered.eligible,
            results=(*lowered.results, *raised.results),
            few=(*lowered.few, *raised.few),
            not_computed=lowered.not_computed,
            reference={"lowered": dict(lowered.reference), "raised": dict(raised.reference)},
        )
        for lowered, raised in pairs
    ]


def judge(panel: Panel, procedure: Procedure, outcome: str, rule: GapRule) -> Judged:
    """All schools of one work in one direction."""
    shares, unknown = {}, []
    for school, group in panel.each_school(procedure):
        share = _share(group, outcome)
        if isinstance(share, str):
            unknown.append(NotComputed(school.key, share, procedure.key))
        else:
            shares[school.key] = (group, share)
    if not shares and unknown and {one.reason for one in unknown} <= {NO_JOURNAL, NOBODY}:
        return Judged.nobody(procedure, NO_JOURNAL)
    values = [_value(procedure, group, share, outcome) for group, share in shares.values()]
    return judge_values(procedure, values, unknown, rule, f"{place_of(procedure)}/{outcome}")


def _share(group: Group, outcome: str) -> Share | str:
    if group.journal is None:
        return NOBODY if not group.n else NO_JOURNAL if group.marks is not None else NO_MARKS
    n = sum(group.journal)
    return Share(group.journal[OUTCOMES[outcome]], n) if n else NO_JOURNAL


def _value(procedure: Procedure, group: Group, share: Share, outcome: str) -> Value:
    score, variance = evened(share)
    return Value(
        school=group.organisation,
        n=share.n,
        value=100 * share.k / share.n,
        bounds=wilson(share.k, share.n),
        score=score,
        variance=variance,
        statistic={**procedure.told(), "outcome": outcome, "k": share.k, "journal": list(group.journal or ())},
        inputs=(group.input,),
    )


def sentence(told: Told) -> str:
    """«По математике в 5 классе отметка за работу ниже журнальной у 62 % (…), обычно — у 28 %: …»."""
    said: dict[str, Any] = dict(told.statistic)
    excess = said["n"] * said["difference"] / 100
    what = "журнал" if said["outcome"] == "lowered" else "работы"
    return (
        f"{capitalised(of_work(said))} отметка за{NBSP}работу {WORDS[said['outcome']]} журнальной "
        f"у{NBSP}{share_in_words(Share(said['k'], said['n']))}, обычно в{NBSP}школах{NBSP}— "
        f"у{NBSP}{percent(said['usual'])}: лишних около {counted(round(excess), 'человека', 'человек', 'человек')} "
        f"из{NBSP}{number(said['n'])}.{rarity(told)}{reason(told, what)}"
    )
