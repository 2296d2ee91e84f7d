"""Sentences and figures in words that stand at the top of a procedure's page."""

from dataclasses import dataclass

from msoko.core.monitoring.exam_scores import HIGH_FROM, PERFECT, describe_exam
from msoko.core.monitoring.standing_apart import SCHOOLS, told_beside_chance
from msoko.core.monitoring.tally import Tally
from msoko.core.vocabulary.russian import counted, join_with_and, number, share_in_words
from msoko.core.vocabulary.shares import Share
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.procedure_page import FEW, ProcedurePage
from msoko.web.monitoring.services.scales import minimum_of

MOST_NAMED = 5
MOST_TASKS = 3
TASKS = ("задание", "задания", "заданий")


@dataclass(frozen=True)
class Stat:
    label: str
    value: str
    note: str = ""


def stats(page: ProcedurePage) -> list[Stat]:
    """The organisation's main figures, the reference's beside them."""
    own, other = page.own, page.reference
    if own is None:
        return []
    said = [_mean(page, own, other)]
    if page.score == "test":
        return said + _exam(page, own)
    for label, mine, theirs in (
        ("Успеваемость", own.passed, other and other.passed),
        ("Качество", own.good, other and other.good),
    ):
        if mine is not None:
            beside = f"; {_name(other)} — {share_in_words(theirs)}" if theirs and theirs.n else ""
            one = _of_share(label, mine)
            said.append(Stat(label, one.value, one.note + beside))
    if own.confirmed is not None:
        compared = sum(n or 0 for n in (own.lowered, own.confirmed, own.raised))
        lowered = Share(own.lowered or 0, compared) if compared else None
        said.append(_of_share("Ниже отметки по журналу", lowered, "сравнить не с чем"))
    return said


def _mean(page: ProcedurePage, own: Value, other: Value | None) -> Stat:
    if own.mean is None:
        return Stat("Средний балл", "нет данных", own.not_computed.get("mean", ""))
    notes = [f"из {page.maximum}"] if page.maximum else []
    if own.mean_low is not None and own.mean_high is not None:
        notes.append(f"{number(own.mean_low, 1)}–{number(own.mean_high, 1)}")
    if other is not None and other.mean is not None:
        notes.append(f"{_name(other)} — {number(other.mean, 1)}")
    label = "Средний тестовый балл" if page.score == "test" else "Средний балл"
    return Stat(label, number(own.mean, 1), "; ".join(notes))


def _exam(page: ProcedurePage, own: Value) -> list[Stat]:
    """Of an examination in test scores: below the minimum, high and highest scores."""
    minimum = minimum_of(page.procedure)
    told = describe_exam(Tally.from_plain(own.tally), minimum.score if minimum else None)
    below = f"Ниже минимума ({minimum.score})" if minimum else "Ниже минимума"
    named = {"below_minimum": below, "high": f"{HIGH_FROM}–{PERFECT} баллов", "perfect": "100 баллов"}
    return [_of_share(label, getattr(told, name), told.not_computed.get(name, "")) for name, label in named.items()]


def _of_share(label: str, share: Share | None, why_not: str = "") -> Stat:
    """The per cent as the value; of how many and the interval as the note."""
    if share is None:
        return Stat(label, "нет данных", why_not)
    value, _, note = share_in_words(share).partition(" (")
    return Stat(label, value, note.rstrip(")"))


def _name(value: Value | None) -> str:
    return value.organisation.name if value else ""


def not_computed(page: ProcedurePage) -> list[str]:
    """Every reason once, in the order of the figures."""
    return list(dict.fromkeys(page.figures.not_computed.values())) if page.figures else []


def behind_and_ahead(page: ProcedurePage) -> list[str]:
    """Which schools stand apart from the territory, the furthest first; how many would by chance; who is too small."""
    own = page.own
    if own is None or own.mean is None or not page.maximum:
        return []
    judged = [v for v in page.schools if (v.participants or 0) >= FEW and v.mean_low is not None]
    behind = sorted((v for v in judged if (v.mean_high or 0.0) < own.mean), key=lambda v: v.mean or 0.0)
    ahead = sorted((v for v in judged if (v.mean_low or 0.0) > own.mean), key=lambda v: -(v.mean or 0.0))
    said = [
        _apart("Уверенно ниже территории", behind),
        _apart("Уверенно выше территории", ahead),
    ]
    if behind or ahead:
        said.append(told_beside_chance(SCHOOLS, len(judged), len(behind), len(ahead)))
    small = len(page.schools) - len(judged)
    if small:
        words = counted(small, "школы", "школ", "школ")
        said.append(f"О результатах {words} судить нельзя: меньше {FEW} участников или у всех одинаковый балл.")
    return said


def _apart(words: str, values: list[Value]) -> str:
    if not values:
        return f"{words}: таких школ нет."
    shown = values[:MOST_NAMED]
    named = [f"{v.organisation.name} ({number(v.mean or 0.0, 1)}, {v.participants}\u00a0чел.)" for v in shown]
    more = len(values) - len(named)
    tail = f" и ещё {counted(more, 'школа', 'школы', 'школ')}" if more else ""
    listed = ", ".join(named) + tail if more else join_with_and(named)
    return f"{words}: {listed}."


def furthest_behind(page: ProcedurePage) -> str:
    """The tasks that are done worse than in the territory above beyond chance, the furthest first.

    '' where there is nothing to compare with, and for a handful of participants, of whom one changes every per cent.
    """
    if page.compared_items is None or page.figures is None or page.own is None or (page.own.participants or 0) < FEW:
        return ""
    territory, theirs = page.compared_items
    gaps = [
        (item.facility - other.facility, _task(page, item.number), item.facility, other.facility)
        for item in page.figures.items or ()
        if (other := theirs.get(item.number)) and item.facility is not None and other.facility is not None
        if item.bounds is not None and item.bounds[1] < other.facility
    ]
    where = f"территории «{territory.organisation.name}»"
    if not gaps:
        return f"Заданий, которые выполнены уверенно хуже, чем по {where}, нет."
    named = [
        f"{task}\u00a0({number(mine)}\u00a0% против {number(other)}\u00a0%)"
        for _, task, mine, other in sorted(gaps)[:MOST_TASKS]
    ]
    words = "задание" if len(named) == 1 else "задания"
    others = f"; всего уверенно хуже — {counted(len(gaps), *TASKS)}" if len(gaps) > MOST_TASKS else ""
    return f"Дальше всего позади {where} — {words} {join_with_and(named)}{others}."


def _task(page: ProcedurePage, place: int) -> str:
    described = page.procedure.items[place - 1] if place <= len(page.procedure.items) else {}
    return described.get("number") or str(place)
