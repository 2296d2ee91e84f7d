"""Leader schools: above what their conditions lead one to expect, this year and the year before."""

from msoko.core.analysis.methods.context._expectation import Expected, expectation
from msoko.core.analysis.methods.context._wording import difference_in_words, model_in_words, points
from msoko.core.analysis.methods.context.expectation import statistic
from msoko.core.analysis.methods.context.resilient import history
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP

YEARS = 2


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Findings of a good kind; the interval is that of this year's difference, in per cent of the maximum."""
    years = [expectation(panel, panel.year - back, parameters) for back in range(YEARS)]
    leaders = [
        _result(years, school, parameters["min_n"])
        for school in years[0].compared
        if all(school in found.compared and found.compared[school].is_above for found in years)
    ]
    unknown = [NotComputed(None, f"{found.year}{NBSP}г.: {found.reason}") for found in years[1:] if found.reason]
    return Outcome(
        results=tuple(one for one in leaders if one.verdict is Verdict.ROBUST),
        few_data=tuple(one for one in leaders if one.verdict is Verdict.FEW_DATA),
        procedures=tuple(work.reference() for work in years[0].standardised.works),
        not_computed=(*years[0].not_computed, *unknown, *_without_a_year(years)),
    )


def _result(years: list[Expected], school: int, min_n: int) -> Result:
    now = years[0].compared[school]
    enough = all(found.compared[school].pupils >= min_n for found in years)
    return Result(
        organisation=school,
        statistic={**statistic(years[0], now), "years": [history(found, school) for found in years]},
        verdict=Verdict.ROBUST if enough else Verdict.FEW_DATA,
        interval=now.bounds,
        inputs=tuple(each for found in years for each in found.inputs(school)),
        strength=min(found.compared[school].shrunken for found in years),
    )


def _without_a_year(years: list[Expected]) -> list[NotComputed]:
    """Schools above this year of which the year before is not known: two years of two cannot be said of them."""
    now, before = years
    lacking = [school for school, one in now.compared.items() if one.is_above and school not in before.compared]
    reason = f"в{NBSP}этом году результат выше ожидаемого, но за{NBSP}{before.year}{NBSP}г. сравнить не с чем"
    return [NotComputed(school, reason) for school in lacking if not before.reason]


def sentence(told: Told) -> str:
    """«Результат выше ожидаемого на 6,2 п. п. (…), годом раньше — на 5,0 п. п.: так два года из двух. …»"""
    one = told.statistic
    before = one["years"][1]
    earlier = f"годом раньше{NBSP}— на{NBSP}{points(before['difference'], one['unit'])}"
    return f"{difference_in_words(one)}, {earlier}: так два года из{NBSP}двух. {model_in_words(one)}."
