"""The official list of schools with low results of a year beside our own: who is on both, and who on one alone.

The list is shown as it was approved. It does not influence our findings, and they are no judgement of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from msoko.core.analysis.methods.low_results import posterior, share_30
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Input, Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, capitalised, join_with_and, quote, short_date

LAYOUT = "low_results_list"
LOW, ADVERSE = "ШНОР", "ШНСУ"
RULES = {"low_results.share_30": share_30.compute, "low_results.posterior": posterior.compute}
"""Our methods that make a list, in the order in which sentences name them."""

NO_LIST = "официальный перечень школ с низкими результатами не загружен"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Listed:
    """A school of the official list: what the rows of the batch accepted last say of it."""

    organisation: int
    rows: Sequence[Row]

    @property
    def names(self) -> list[str]:
        """«ШНОР», «ШНСУ»; a row may name both."""
        return [name for name in (LOW, ADVERSE) if any(name in _text(row, "list_name") for row in self.rows)]

    @property
    def is_low(self) -> bool:
        return LOW in self.names

    def said(self, key: str) -> str:
        """What the rows say in a column; different words stand one after another."""
        return "; ".join(dict.fromkeys(filter(None, (_text(row, key) for row in self.rows))))


@dataclass(frozen=True)
class Ours:
    """What one of our methods answers: school → result, of those on its list and of those with few data."""

    results: Mapping[int, Result]
    few: Mapping[int, Result]
    reasons: Mapping[int, str]

    @classmethod
    def of(cls, outcome: Outcome) -> "Ours":
        return cls(
            {one.organisation: one for one in outcome.results},
            {one.organisation: one for one in outcome.few_data},
            {one.organisation: one.reason for one in outcome.not_computed if one.organisation is not None},
        )

    def verdict(self, school: int) -> Verdict | None:
        found = self.results.get(school) or self.few.get(school)
        return found.verdict if found else None


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A figure for each school that is officially low in the panel's year, with our answers `lag` years before it."""
    everything = panel.records.get(LAYOUT, ())
    rows = [row for row in everything if _text(row, "year") == str(panel.year)]
    if not rows:
        return Outcome(not_computed=(NotComputed(None, _no_list_of(panel.year, everything)),))
    listed = [one for one in _listed(rows) if one.organisation in panel.organisations]
    low = [one for one in listed if one.is_low]
    results_year = panel.year - parameters["lag"]
    outcomes = {name: rule(replace(panel, year=results_year), parameters) for name, rule in RULES.items()}
    ours = {name: Ours.of(outcome) for name, outcome in outcomes.items()}
    strangers = tuple(_strangers(rows))
    return Outcome(
        results=tuple(_result(one, panel.year, results_year, ours) for one in low),
        procedures=outcomes["low_results.share_30"].procedures,
        not_computed=strangers,
        territory={
            "year": panel.year,
            "results_year": results_year,
            "listed": len(low),
            "adverse_only": len(listed) - len(low),
            "unknown": len(strangers),
            **_agreement(panel, {one.organisation for one in low}, ours),
        },
    )


def _no_list_of(year: int, rows: Iterable[Row]) -> str:
    years = sorted({_text(row, "year") for row in rows})
    return f"официального перечня на {year}{NBSP}г. нет, есть на {join_with_and(years)}" if years else NO_LIST


def _listed(rows: Iterable[Row]) -> list[Listed]:
    """Schools by key; rows come with the newest batch first, and it alone speaks for its schools."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row["organisation"] is not None:
            of_school = found.setdefault(row["organisation"], [])
            if not of_school or of_school[0].get("batch") == row.get("batch"):
                of_school.append(row)
    return [Listed(school, of_school) for school, of_school in sorted(found.items())]


def _strangers(rows: Iterable[Row]) -> Iterator[NotComputed]:
    """Rows whose school nobody knows, each school once."""
    named = dict.fromkeys(_name(row) for row in rows if row["organisation"] is None)
    for name in named:
        yield NotComputed(None, f"школа из официального перечня не найдена в реестре: {name}")


def _name(row: Row) -> str:
    beside = [_text(row, "municipality"), _text(row, "login")]
    words = ", ".join(filter(None, beside))
    return quote(_text(row, "school")) + (f" ({words})" if words else "")


def _text(row: Row, key: str) -> str:
    """A cell's words; '' for an empty cell and for the signs of what is not known."""
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""


def _result(one: Listed, year: int, results_year: int, ours: Mapping[str, Ours]) -> Result:
    verdicts = {name: found.verdict(one.organisation) for name, found in ours.items()}
    on_ours = [name for name, found in ours.items() if one.organisation in found.results]
    reasons = [found.reasons.get(one.organisation, "") for found in ours.values()]
    return Result(
        organisation=one.organisation,
        statistic={
            "year": year,
            "results_year": results_year,
            "list_name": " и ".join(one.names),
            "grounds": one.said("grounds"),
            "document": one.said("document"),
            "left_on": one.said("left_on"),
            "ours": {name: verdict.value if verdict else None for name, verdict in verdicts.items()},
            "why_not": "" if any(verdicts.values()) else next(filter(None, reasons), ""),
        },
        inputs=tuple(dict.fromkeys(_inputs(one.organisation, ours.values()))),
        strength=float(len(on_ours)),
    )


def _inputs(school: int, ours: Iterable[Ours]) -> Iterator[Input]:
    for found in ours:
        result = found.results.get(school) or found.few.get(school)
        yield from result.inputs if result else ()


def _agreement(panel: Panel, official: set[int], ours: Mapping[str, Ours]) -> dict[str, Any]:
    """Of each of our methods: the schools on both lists, on the official one alone, on ours alone.

    A list of one municipality is compared with that municipality alone: of the others it says nothing.
    """
    places = {panel.organisations[key].municipality for key in official}
    whole_region = len(places) > 1
    within = {key for key, school in panel.organisations.items() if whole_region or school.municipality in places}
    return {
        "compared": len(within),
        "agreement": [
            {
                "method": name,
                "both": sorted(official & set(found.results)),
                "only_official": sorted(official - set(found.results)),
                "only_ours": sorted((set(found.results) & within) - official),
            }
            for name, found in ours.items()
        ],
    }


def sentence(told: Told) -> str:
    """«В официальном перечне ШНОР на 2025 г. (приказ …), основание: …; по результатам 2025 г. школа … (устойчиво).»"""
    one = told.statistic
    document = f" ({one['document']})" if one["document"] else ""
    grounds = f", основание: {one['grounds']}" if one["grounds"] else ""
    left = f", исключена {_day(one['left_on'])}" if one["left_on"] else ""
    said = f"в официальном перечне {one['list_name']} на {one['year']}{NBSP}г.{document}{grounds}{left}"
    return f"{capitalised(said)}; по{NBSP}результатам {one['results_year']}{NBSP}г. {_beside(one)}."


def _day(said: str) -> str:
    """«31.12.2025» for «2025-12-31»; what is no date stays as it was typed."""
    try:
        return short_date(date.fromisoformat(said))
    except ValueError:
        return said


def _beside(one: Mapping[str, Any]) -> str:
    rule, chance = (Verdict(said) if said else None for said in one["ours"].values())
    if Verdict.FEW_DATA in (rule, chance):
        return "судить трудно: школа в списке, только если считать и самые малочисленные работы"
    if rule and rule is chance:
        return f"школа тоже в списке, и с поправкой на случайность: {rule.words}"
    if rule and chance:
        return f"школа тоже в списке: по правилу — {rule.words}, с поправкой на случайность — {chance.words}"
    if rule:
        return "школа тоже в списке по правилу, но с поправкой на случайность это не подтверждается"
    if chance:
        return f"по правилу школы в списке нет, с поправкой на случайность она в нём ({chance.words})"
    return f"судить нельзя: {one['why_not']}" if one["why_not"] else "оснований для списка нет"
