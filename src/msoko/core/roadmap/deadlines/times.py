"""Phrases that say when: a part of the year or years, with a preposition, alone, in a list or from one to another."""

import re
from dataclasses import replace
from itertools import pairwise

from msoko.core.roadmap.deadlines import years
from msoko.core.roadmap.deadlines.attaching import with_years
from msoko.core.roadmap.deadlines.edges import EDGE, Edge, day, edge_of, first_or_last_month, numbered, part_of_year
from msoko.core.roadmap.deadlines.nodes import Each, Node, NotUnderstood, Outcome, Role, Time, Years
from msoko.core.roadmap.deadlines.patterns import (
    ALSO,
    GENITIVE,
    MONTH,
    NUMBER,
    NUMBERED,
    SIGN_OF,
    Found,
    Line,
    compiled,
    longest,
    rule,
)
from msoko.core.roadmap.deadlines.remarks import ONE_OF_TWO, SLASH_IS_LIST
from msoko.core.roadmap.deadlines.spans import MONTHS, Every, Unit
from msoko.core.roadmap.deadlines.stretches import LAST_DAY, WHOLE_YEAR, LastDays, Stretch, part_of_month

Nodes = tuple[Node, ...]
TO = "(dash|po|do)"
PLAIN_TO = "(dash|po)"  # «1 полугодие, до 5 мая» is no range: before «до» there must be «с»
MONTH_OR_SEASON = f"({MONTH}|season)"
NO_OTHER_YEAR = f"(?!god? ((dash|slash) (year|num (?!chislo? {MONTH}))|(comma|and) year))"


def _single(found: Found) -> Nodes | None:
    """The rules of edges, one after another: an edge is what takes most."""
    edge = edge_of(found.line, found.match.span())
    return None if edge is None else (edge,)


def _range(found: Found) -> Nodes | None:
    begin, end = (edge_of(found.line, found.match.span(part)) for part in "ab")
    if begin is None or end is None:
        return None
    said = found.value("ay") if found.has("ay") else None
    end_said = found.value("by") if found.has("ay") and found.has("by") else None
    return (from_to(begin, end, found.text, said, end_said),)


def from_to(begin: Edge, end: Edge, text: str, year: int | None = None, end_year: int | None = None) -> Node:
    """«Октябрь 2021 – март 2022». What is not from an earlier to a later day is not understood."""
    if isinstance(begin, NotUnderstood) or isinstance(end, NotUnderstood):
        return NotUnderstood(text, any(isinstance(edge, NotUnderstood) and edge.is_impossible for edge in (begin, end)))
    if not isinstance(begin.part, Stretch) or not isinstance(end.part, Stretch | LastDays):
        return NotUnderstood(text)
    year, end_year = year or begin.year, end_year or end.year
    part = Stretch(begin.part.begin, end.part.end)
    if year and end_year and year + part.crosses_new_year > end_year:
        return NotUnderstood(text)
    if end_year and not year:
        year, end_year = end_year - part.crosses_new_year, None
    days = begin.is_days and end.is_days
    return Time(part, year=year, end_year=end_year, is_days=days, is_range=True, closes=days)


def _from_year(found: Found) -> Nodes | None:
    """«2021 – сентябрь 2022»."""
    end = edge_of(found.line, found.match.span("b"))
    begin = Time(WHOLE_YEAR, year=found.value("ay"))
    return None if end is None else (from_to(begin, end, found.text, end_year=found.value("by")),)


def _until_year(found: Found) -> Nodes | None:
    """«С сентября 2021 по 2023 год»."""
    begin = edge_of(found.line, found.match.span("a"))
    end = Time(WHOLE_YEAR, year=found.value("by"))
    year = found.value("ay") if found.has("ay") else None
    return None if begin is None else (from_to(begin, end, found.text, year),)


def _of_every_year(found: Found) -> Nodes | None:
    """«Каждый сентябрь»."""
    edge = edge_of(found.line, found.match.span("m"))
    return None if edge is None else (Each(Every(Unit.YEAR)), edge)


def _both_ends(found: Found) -> Nodes:
    """«В начале и в конце учебного года»."""
    return tuple(part_of_year(found.line, found.tag(part), of_school=True) for part in "pq")


def _not_understood(found: Found) -> Nodes:
    return (NotUnderstood(found.text),)


def _days_of_one_month(found: Found) -> Nodes:
    """«15–20 марта», «с 15 по 20 марта», «27–30.12.2021»."""
    if found.has("d"):
        year, month, last = found["d"][0].day
    else:
        year, month, last = 0, found.value("m"), found.value("b")
    begin, end = (day(number, month, found.text, year or None) for number in (found.value("a"), last))
    if found.value("a") > last:
        return _not_understood(found)
    return (from_to(begin, end, found.text),)


def _months_in_a_row(found: Found) -> Nodes:
    """«Сентябрь-октябрь-ноябрь» is one stretch; «сентябрь-январь-май» may be a list and may be a slip."""
    months = found.values("all", "month", "gen", "abbr")
    if any((later - month) % MONTHS != 1 for month, later in pairwise(months)):
        return _not_understood(found)
    return (Time(Stretch((months[0], 1), (months[-1], LAST_DAY)), is_range=True),)


def _one_or_other(found: Found) -> Nodes:
    """«Июнь/июль», «июнь или июль» is from the one to the other; «март/октябрь» is both, «март или октябрь» nothing."""
    parts = [
        edge.part
        for token, place in zip(found["all"], range(*found.match.span("all")), strict=True)
        if token.tag not in ("slash", "or_word") and isinstance(edge := edge_of(found.line, (place, place + 1)), Time)
    ]
    stretches = [part for part in parts if isinstance(part, Stretch)]
    if all((later.begin[0] - one.end[0]) % MONTHS == 1 for one, later in pairwise(stretches)):
        return (Time(Stretch(stretches[0].begin, stretches[-1].end), is_range=True, remark=ONE_OF_TWO),)
    if any(token.tag == "or_word" for token in found["all"]):
        return _not_understood(found)
    return tuple(Time(part, remark=SLASH_IS_LIST) for part in stretches)


def _list_of_days(found: Found) -> Nodes:
    """«1, 15 и 20 марта»."""
    numbers = found.values("all", "num", "ord")
    return tuple(day(number, found.value("m"), found.text) for number in numbers)


def _numbered_range(found: Found) -> Nodes:
    """«1–2 кварталы», «со 2 по 4 четверть»."""
    node = numbered(found.line, found.tag("u"), found.value("a"), found.value("b"))
    return (replace(node, is_range=True) if node else NotUnderstood(found.text),)


def _numbered_list(found: Found) -> Nodes:
    """«1, 2 и 4 кварталы»."""
    unit = found.tag("u")
    nodes = [numbered(found.line, unit, number, number) for number in found.values("all", "num", "ord")]
    return tuple(node or NotUnderstood(found.text) for node in nodes)


def _ends_of_numbered(found: Found) -> Nodes:
    """«В конце I и II полугодия»."""
    wholes = [numbered(found.line, found.tag("u"), number, number) for number in found.values("all", "num", "ord")]
    parts = [one.part for one in wholes if one is not None]
    if len(parts) < len(wholes):
        return _not_understood(found)
    return tuple(first_or_last_month(part, found.tag("p")) for part in parts if isinstance(part, Stretch))


def _from_part_to_part(found: Found) -> Nodes:
    """«Начало – середина октября»."""
    first, last = (part_of_month(found.value("m"), found.tag(part), 1) for part in "pq")
    assert first is not None  # every month has a beginning, a middle and an end
    assert last is not None
    return (from_to(Time(first), Time(last), found.text),)


def _parts_of_month(found: Found) -> Nodes:
    """«1–2 недели мая» is one stretch, «первая и третья недели мая» are two."""
    kind, month = found.tag("u"), found.value("m")
    parts = [part_of_month(month, kind, number) for number in found.values("all", "num", "ord")]
    whole = [part for part in parts if part is not None]
    if len(whole) < len(parts):
        return _not_understood(found)
    if found.line.signs.find(DASH, *found.match.span("all")) < 0:
        return tuple(Time(part) for part in whole)
    return (from_to(Time(whole[0]), Time(whole[-1]), found.text),)


DASH = compiled("dash").pattern
RULES = (
    rule(EDGE, _single),
    *(
        rule(start + source.format(to=to), build)
        for start, to in (("s ", TO), ("", PLAIN_TO), ("ot ", "do"))
        for source, build in (
            (f"a={EDGE} {{to}} b={EDGE}", _range),
            (f"a={EDGE} ay=(year god?) {{to}} b={EDGE} comma? by=(year?) {NO_OTHER_YEAR} god?", _range),
            (f"ay=(year god?) a={EDGE} {{to}} by=(year god?) b={EDGE}", _range),
            (f"ay=year god? {{to}} b={EDGE} comma? by=year god?", _from_year),
            (f"a={NUMBER} {{to}} b={NUMBER} chislo? m={GENITIVE}", _days_of_one_month),
            (f"a={NUMBER} {{to}} d=(fulldate|daymonth) god?", _days_of_one_month),
            (f"a={NUMBER} {{to}} b={NUMBER} u={NUMBERED}", _numbered_range),
        )
    ),
    rule(
        f"start (dash|colon) a={EDGE} ay=(year god?)? (comma|semi)? (end|finish) (dash|colon) b={EDGE} by=(year god?)?",
        _range,
    ),
    rule(f"s a={EDGE} ay=(year god?)? (po|do) by=year god?", _until_year),
    rule(f"a={EDGE} year god dash year god?", _not_understood),
    rule(f"all=({MONTH} dash {MONTH} (dash {MONTH})+)", _months_in_a_row),
    rule(f"all=({MONTH_OR_SEASON} ((slash|or_word) {MONTH_OR_SEASON})+)", _one_or_other),
    rule(f"(v|na)? every m={MONTH_OR_SEASON}", _of_every_year),
    rule("p=(start|end|finish) (comma|and)+ (v|na)? q=(start|end|finish) current? school god", _both_ends),
    rule(f"all=({NUMBER} ({ALSO} {NUMBER})+) chislo? m={GENITIVE}", _list_of_days),
    rule(f"all=({NUMBER} ({ALSO} {NUMBER})+) u={NUMBERED}", _numbered_list),
    rule(f"p=(start|end|finish) all=({NUMBER} ({ALSO} {NUMBER})+) u={NUMBERED}", _ends_of_numbered),
    rule(f"p=(start|middle) dash v? q=(middle|end) m={MONTH}", _from_part_to_part),
    rule(f"all=({NUMBER} dash {NUMBER}) u=(week|decade) m={MONTH}", _parts_of_month),
    rule(f"all=({NUMBER} {ALSO} {NUMBER}) u=(week|decade) m={MONTH}", _parts_of_month),
)
PREFIXES = (
    (compiled("(v|period)? (during) all?|vduring all?|na during all?"), Role.IN),
    (compiled("(v|na|za)? (period|srok|vremya) realisation? (dash|colon)?"), Role.IN),
    (compiled("(v|na|za) all?|all|po state na"), Role.IN),
    (compiled("(v? srok (dash|colon)?)? but? do (srok)?"), Role.BEFORE),
    (compiled("(v? srok (dash|colon)?)? k"), Role.BEFORE),
    (compiled("pered"), Role.BEFORE),
    (compiled("(v? srok (dash|colon|comma)?)? but? ne later (comma? chem)?"), Role.BY),
    (compiled("po"), Role.BY),
    (compiled("beginning? s"), Role.SINCE),
    (compiled("but? ne earlier (comma? chem)?"), Role.SINCE),
    (compiled("posle"), Role.AFTER),
)
QUALIFIER = compiled(
    "(after=(god comma? next za reporting (school? god|period)?|next za reporting god?|next calendarly? god)"
    "|current (school? god)?|reporting school? god|school god|this_year)? (?=((year god?)? by=(open? inclusive))?)"
)
PO, PERED = SIGN_OF["po"], SIGN_OF["pered"]
DURING = SIGN_OF["during"], SIGN_OF["vduring"]
PURPOSE = compiled("(na|za) all?")
NUMBERED_TAGS = {"kvartal", "half", "term", "trimester"}
TAGS_OF_AN_END = {*("month", "gen", "abbr", "num", "ord", "chislo", "fulldate", "daymonth", "monthyear", "year", "god")}


def time_at(line: Line, place: int) -> tuple[Nodes, int] | None:
    """The nodes of the longest phrase that says when, from the place on, and the place behind it."""
    best = _with_role(line, place, place, Role.IN)
    for pattern, role in PREFIXES:
        match = pattern.match(line.signs, place)
        if match is not None:
            read = _with_role(line, place, match.end(), role)
            best = read if read is not None and (best is None or read[1] > best[1]) else best
    return best


def _with_role(line: Line, first: int, place: int, role: Role) -> tuple[Nodes, int] | None:
    read = longest(RULES, line, place)
    of_years = longest(years.RULES, line, place)
    if of_years is not None and (read is None or of_years[1] > read[1]):
        read = of_years
    if read is None or (line.signs[first:place] == PO and not _may_follow_po(line, place, read[1])):
        return None
    nodes, end = read
    if line.signs[first:place] == PERED and not all(isinstance(node, Time) and node.names_start for node in nodes):
        return None
    qualifier = QUALIFIER.match(line.signs, end)
    assert qualifier is not None  # it may be empty
    during = any(sign in line.signs[first:place] for sign in DURING)
    nodes = tuple(_as_said(node, line.text(first, end), role, qualifier, during) for node in nodes)
    end = qualifier.end()
    if PURPOSE.fullmatch(line.signs, first, place) and first < place:
        return _purpose(line, first, nodes, end)
    return nodes, end


def _may_follow_po(line: Line, first: int, end: int) -> bool:
    """«По май», «по 31 мая», «по 2023 год» is an end; «по 1 четверти» is not."""
    return {line.tag(place) for place in range(first, end)} <= TAGS_OF_AN_END


def _as_said(node: Node, text: str, role: Role, qualifier: "re.Match[str]", during: bool) -> Node:
    """The node with what stands before and after it."""
    if isinstance(node, Years):
        role = Role.BY if role is Role.BEFORE and qualifier["by"] else role
        return NotUnderstood(text) if qualifier["after"] else replace(node, role=role, during=during)
    if not isinstance(node, Time):
        return node
    if role is Role.SINCE and node.is_range:
        role = Role.IN  # «с сентября – октября» says no more than «сентябрь – октябрь»
    if role is Role.BEFORE and node.is_range and not node.is_days:
        return NotUnderstood(text)  # «до сентября – октября»: before the first or by the end of the second?
    if role is Role.BEFORE and qualifier["by"]:
        role = Role.BY
    # «До конца года» has one meaning, «в конце года» several.
    remark = node.remark if role is Role.IN else node.remark_when_due
    return replace(node, text=text, remark=remark, role=role, during=during, year_after=bool(qualifier["after"]))


def _purpose(line: Line, first: int, nodes: Nodes, end: int) -> tuple[Nodes, int]:
    """«На 1-е полугодие 2024 г.», «за 2021 год»: for what, which is when only if nothing else is said."""
    numbered_tags = {line.tag(place) for place in range(first, end)} & NUMBERED_TAGS
    dated = tuple(node for node in nodes if isinstance(node, Time | Years))
    if line.tag(first) == "na" and not numbered_tags and not all(isinstance(node, Years) for node in dated):
        return nodes, end
    of_year = longest(years.RULES, line, end)
    if of_year is not None and len(of_year[0]) == 1 and isinstance(year := of_year[0][0], Years):
        dated = tuple(one for node in dated if isinstance(node, Time) for one in with_years(node, year))
        end = of_year[1]
    return (Outcome(line.text(first, end), dated=dated),), end
