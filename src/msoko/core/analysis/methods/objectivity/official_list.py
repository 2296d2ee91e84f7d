"""The official list of schools with markers beside what the published formulas give here: where the two agree.

The list is shown as it is. It is not reproduced by the formulas: it was made from other data, or by a rule that is not
all published. Only its four columns are compared: Russian and maths of grades 4 and 5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from msoko.core.analysis.forms import Row, by_school, count_in, newest, strangers
from msoko.core.analysis.methods.objectivity._published_markers import TITLES, Markers, markers_of
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, join_with_and
from msoko.core.vocabulary.shares import Share, wilson
from msoko.core.vocabulary.unknowns import Unknown

FORM = "official_objectivity_list"
FORM_TITLE = "перечень школ с признаками необъективности"
CODES = {"ru4": "РУ4", "ma4": "МА4", "ru5": "РУ5", "ma5": "МА5"}
OVERALL = "any"
SAID: Mapping[int | Unknown, bool] = {0: False, 1: True}
"""What a cell of the list may say; a blank one says nothing, least of all «no»."""


@dataclass(frozen=True)
class _Ours:
    """What the formulas say of a school: code → kinds of markers, only codes of which one could be judged."""

    of_school: Mapping[int, Mapping[str, tuple[str, ...]]]

    @classmethod
    def of(cls, found: Markers) -> "_Ours":
        judged: dict[int, dict[str, tuple[str, ...]]] = {}
        for one in found.computed:
            if one.code in CODES.values():
                for school in one.judged.eligible:
                    judged.setdefault(school, {}).setdefault(one.code, ())
        for school, markers in found.of_school.items():
            for marker in markers:
                if marker.code in CODES.values():
                    judged[school][marker.code] = (*judged[school][marker.code], marker.kind)
        return cls(judged)

    def is_marked(self, school: int, code: str) -> bool | None:
        """None where it could not be judged; `any`: of at least one of the four."""
        codes = self.of_school.get(school, {})
        if code == OVERALL:
            return any(codes.values()) if codes else None
        return bool(codes[code]) if code in codes else None


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A figure a school that either names; `territory` has the agreement by column and over all."""
    rows = [_named(row) for row in panel.records.get(FORM, ()) if count_in(row.get("year")) == panel.year]
    if not rows:
        return Outcome(not_computed=(NotComputed(None, f"официального перечня за{NBSP}{panel.year}{NBSP}год нет"),))
    found = markers_of(panel, parameters)
    ours = _Ours.of(found)
    listed = {school: row for school, (row, *_) in by_school(panel, newest(rows)).items()}
    marked = {school for school in ours.of_school if ours.is_marked(school, OVERALL)}
    return Outcome(
        results=tuple(_result(panel.year, school, listed.get(school), ours) for school in sorted({*listed, *marked})),
        procedures=found.of_procedures(),
        not_computed=(*found.not_computed, *strangers(rows, FORM_TITLE), *_not_judged(listed, ours)),
        territory={"agreement": [_agreement(code, listed, ours) for code in (*CODES.values(), OVERALL)]},
    )


def _named(row: Row) -> Row:
    """The official form calls the school `name` and its login `key`, the form of our own `school` and `login`."""
    return {**row, "school": row.get("school") or row.get("name") or row.get("login") or row.get("key")}


def _not_judged(listed: Iterable[int], ours: _Ours) -> list[NotComputed]:
    reason = "школа есть в официальном перечне, но по нашим данным ни один из его маркеров не посчитан"
    return [NotComputed(school, reason) for school in sorted(listed) if school not in ours.of_school]


def _is_listed(row: Row | None, code: str) -> bool | None:
    """A school that the list lacks has none of its markers; None where its cell says neither 1 nor 0.

    `any`: the list has at least one of the four; None where none is there but not all are told.
    """
    if row is None:
        return False
    marked = {code: SAID.get(count_in(row.get(column))) for column, code in CODES.items()}
    if code != OVERALL:
        return marked[code]
    return True if True in marked.values() else None if None in marked.values() else False


def _agreement(code: str, listed: Mapping[int, Row], ours: _Ours) -> dict[str, Any]:
    """Schools of which both say something, by what they say; how many of them agree, with Wilson's bounds."""
    told = [(_is_listed(listed.get(school), code), ours.is_marked(school, code)) for school in ours.of_school]
    pairs = [pair for pair in told if None not in pair]
    counts = {
        "both": pairs.count((True, True)),
        "only_official": pairs.count((True, False)),
        "only_ours": pairs.count((False, True)),
        "neither": pairs.count((False, False)),
    }
    agreed = Share(counts["both"] + counts["neither"], len(pairs))
    bounds = wilson(agreed.k, agreed.n) if agreed.n else None
    return {"code": code, **counts, "n": agreed.n, "agreed": agreed.k, "bounds": list(bounds) if bounds else None}


def _result(year: int, school: int, row: Row | None, ours: _Ours) -> Result:
    told = {code: _is_listed(row, code) for code in CODES.values()}
    official = [code for code, is_listed in told.items() if is_listed]
    judged = ours.of_school.get(school, {})
    own = {code: list(kinds) for code, kinds in judged.items() if kinds}
    printed = count_in(row.get("markers")) if row else Unknown.MISSING
    return Result(
        organisation=school,
        statistic={
            "year": year,
            "listed": row is not None,
            "official": official,
            "untold": [code for code, is_listed in told.items() if is_listed is None],
            "printed": None if isinstance(printed, Unknown) else printed,
            "ours": own,
            "judged": list(judged),
            "both": [code for code in official if code in own],
        },
        strength=float(len(official) + len(own)),
    )


def sentence(told: Told) -> str:
    """«В официальном перечне 2021 г. отмечено: РУ4 и МА5; по формулам методики — РУ4 (…). Совпало 1 из 2. …»."""
    said: dict[str, Any] = dict(told.statistic)
    where = f"официальном перечне {said['year']}{NBSP}г."
    if not said["listed"]:
        official = f"В{NBSP}{where} школы нет"
    else:
        official = f"В{NBSP}{where} {_told_of(said['official'], said['untold'])}"
    own = [f"{code} ({join_with_and([TITLES[kind] for kind in kinds])})" for code, kinds in said["ours"].items()]
    formulas = join_with_and(own) if own else "ничего" if said["judged"] else "не посчитано"
    together = len({*said["official"], *said["ours"]} - set(said["untold"]))
    agreed = f" Совпало {len(said['both'])} из{NBSP}{together}." if together else ""
    return (
        f"{official}; по{NBSP}формулам методики{NBSP}— {formulas}.{agreed} "
        f"И{NBSP}то и{NBSP}другое{NBSP}— повод проверить."
    )


def _told_of(official: list[str], untold: list[str]) -> str:
    """«отмечено: РУ4; нет данных: МА4»: what the list leaves blank is not «nothing»."""
    gaps = f"нет данных: {join_with_and(untold)}" if untold else ""
    if not official and len(untold) == len(CODES):
        return gaps
    return "; ".join(filter(None, (f"отмечено: {join_with_and(official) or 'ничего'}", gaps)))
