"""How often: «ежегодно», «2 раза в год», «1 раз в четверть», «каждую среду», «до 5 числа каждого месяца»."""

from dataclasses import replace

from msoko.core.roadmap.deadlines.edges import ABOUT_A_DAY, is_plural, part_of_year
from msoko.core.roadmap.deadlines.nodes import (
    Always,
    Condition,
    DaysOfMonth,
    During,
    Each,
    EachPart,
    EachWeekday,
    Months,
    Node,
    NotUnderstood,
    Outcome,
    Role,
    Source,
    Undated,
    WholePeriod,
)
from msoko.core.roadmap.deadlines.patterns import ALSO, COUNT, NUMBER, NUMBERED, Found, rule
from msoko.core.roadmap.deadlines.spans import Every, Unit
from msoko.core.roadmap.deadlines.stretches import LAST
from msoko.core.roadmap.deadlines.working_days import MOST_OF_A_MONTH

Nodes = tuple[Node, ...]
UNIT = "(school god|calendarly? god|mon|kvartal|school? half|school? term|trimester|week|day|polgoda|decade)"
EVERY_OF_TAG = {
    "god": Every(Unit.YEAR),
    "mon": Every(Unit.MONTH),
    "kvartal": Every(Unit.MONTH, 3),
    "polgoda": Every(Unit.MONTH, 6),
    "half": Every(Unit.HALF_YEAR),
    "term": Every(Unit.QUARTER),
    "trimester": Every(Unit.TRIMESTER),
    "week": Every(Unit.WEEK),
    "day": Every(Unit.DAY),
}
EVERY_OF_ADVERB = {
    "yearly": Every(Unit.YEAR),
    "monthly": Every(Unit.MONTH),
    "weekly": Every(Unit.WEEK),
    "quarterly": Every(Unit.MONTH, 3),
    "daily": Every(Unit.DAY),
    "halfyearly": Every(Unit.HALF_YEAR),
    "termly": Every(Unit.QUARTER),
}
OF_SCHOOL = {Unit.HALF_YEAR, Unit.QUARTER, Unit.TRIMESTER, Unit.SCHOOL_YEAR}
MOST_OF_MONTH = {"week": 5, "decade": 3, "half": 2, "working": MOST_OF_A_MONTH}
ONE_WORKING = ("рабочий", "рабочего", "рабочему")
MOST_OF_OTHERS = 31
TIMES_A_MONTH = {"decade": 3}  # «раз в декаду»
LONGEST_INTERVAL = 50  # «раз в 50 лет» is a slip of the pen, and years must stay within the calendar


def every_of(found: Found, part: str) -> Every:
    """The unit that a part of a pattern names."""
    tags = [token.tag for token in found[part]]
    return Every(Unit.SCHOOL_YEAR) if "school" in tags and tags[-1] == "god" else EVERY_OF_TAG[tags[-1]]


def _adverb(found: Found) -> Nodes:
    return (Each(EVERY_OF_ADVERB[found.tag("f")]),)


def _every_unit(found: Found) -> Nodes:
    """«Каждый месяц», «каждую декаду»."""
    tag = found["u"][-1].tag
    if tag in TIMES_A_MONTH:
        return (Each(EVERY_OF_TAG["mon"], TIMES_A_MONTH[tag], found.text),)
    return (Each(every_of(found, "u")),)


def _every_working_day(found: Found) -> Nodes:
    """«По рабочим дням», «кроме выходных» beside «ежедневно»: the days are not deadlines of their own."""
    return (Each(Every(Unit.DAY)), Condition(found.text, Source.LABEL))


def _every_so_many(found: Found) -> Nodes | None:
    """«Каждые 3 года», «каждый второй год»."""
    return _once_in(found, 1)


def _once_in(found: Found, times: int) -> Nodes | None:
    every, count = every_of(found, "u"), found.value("c")
    if not 1 <= count <= LONGEST_INTERVAL or every.unit in OF_SCHOOL:
        return (NotUnderstood(found.text),)
    return (Each(Every(every.unit, every.count * count), times, found.text),)


def _times_in(found: Found) -> Nodes | None:
    """«2 раза в год», «раз в 3 года», «2–3 раза в год», «несколько раз в год»."""
    times = found.value("n") if found.has("n") else 1
    if times == LAST:
        return None
    times = 0 if found.has("m") else times
    if found.has("c"):
        return _once_in(found, times)
    if found.tag("u") in TIMES_A_MONTH:
        return _every_unit(found) if times == 1 else None
    return (Each(every_of(found, "u"), times, found.text),)


def _by_units(found: Found) -> Nodes:
    """«По четвертям и году»: the year beside parts of the school year is a school year."""
    every = [EVERY_OF_TAG[token.tag] for token in found["all"] if token.tag in EVERY_OF_TAG]
    if any(one.unit in OF_SCHOOL for one in every):
        every = [Every(Unit.SCHOOL_YEAR) if one.unit is Unit.YEAR else one for one in every]
    return tuple(Each(one, is_listed=True) for one in every)


def _weekdays(found: Found) -> Nodes:
    return (EachWeekday(found.values("all", "weekday"), text=found.text),)


def _weekdays_of_month(found: Found) -> Nodes:
    """«Вторая среда каждого месяца», «первая и третья среда месяца»; «последняя среда» only beside «ежемесячно»."""
    numbers = found.values("all", "num", "ord")
    if any(number != LAST and not 1 <= number <= 4 for number in numbers):
        return (NotUnderstood(found.text, is_impossible=True),)
    return tuple(EachWeekday((found.value("w"),), number, found.text, found.has("u")) for number in numbers)


def _every_other_weekday(found: Found) -> Nodes:
    """«Каждая вторая среда» may be every other one, and the second one of the month."""
    return (NotUnderstood(found.text),)


def _part_of_unit(found: Found) -> Nodes | None:
    """«В конце каждой четверти», «последняя неделя месяца», «до конца каждого месяца»."""
    every = every_of(found, "u" if found.has("u") else "w") if found.has("u") or found.has("w") else EVERY_OF_TAG["mon"]
    if every.unit in (Unit.DAY, Unit.WEEK) or (
        found.has("p") and found.tag("p") == "middle" and every != EVERY_OF_TAG["mon"]
    ):
        return (NotUnderstood(found.text),)
    role = Role.BEFORE if found.has("b") else Role.IN
    if every.unit in (Unit.YEAR, Unit.SCHOOL_YEAR) and found.has("p"):
        edge = part_of_year(found.line, found.tag("p"), every.unit is Unit.SCHOOL_YEAR)
        return (
            Each(every),
            replace(edge, role=role, text=found.text, remark=edge.remark_when_due if found.has("b") else edge.remark),
        )
    if found.has("p"):
        part, nth = {"finish": "end"}.get(found.tag("p"), found.tag("p")), 1
    else:
        if found.tag("q") in ("day", "working") and is_plural(found["q"][-1].text):
            return (NotUnderstood(found.text),)  # «последние дни месяца»
        part, nth = {"halfpart": "half"}.get(found.tag("q"), found.tag("q")), found.value("n")
        if part == "working" and found["q"][0].text not in ONE_WORKING:
            return None  # «5 рабочих дней» are a length
    if nth not in (LAST, *range(1, MOST_OF_MONTH.get(part, MOST_OF_OTHERS) + 1)):
        return (NotUnderstood(found.text, is_impossible=True),)
    if found.has("k"):
        every = EVERY_OF_TAG[found.tag("k")]
    is_next = found.has("x")
    is_single = found.has("w") and (every != EVERY_OF_TAG["mon"] or role is Role.IN or part == "working")
    of_which = is_next or is_single or found.has("u")
    return (EachPart(every, part, found.text, nth, role, of_which, is_next),)


def _days_of_month(found: Found) -> Nodes:
    """«До 25 числа каждого месяца», «1 и 15 числа», «с 1 по 5 число месяца, следующего за отчётным кварталом»."""
    numbers = [31 if number == LAST else number for number in found.values("all", "num", "ord")]
    if ABOUT_A_DAY.search(found.text.lower()):
        return (NotUnderstood(found.text),)
    if any(not 1 <= number <= 31 for number in numbers):
        return (NotUnderstood(found.text, is_impossible=True),)
    is_range = any(token.tag in ("dash", "po", "do") for token in found["all"])
    if is_range and (len(numbers) != 2 or numbers[0] > numbers[1]):
        return (NotUnderstood(found.text),)
    days = ((numbers[0], numbers[1]),) if is_range else tuple((number, number) for number in numbers)
    of = Months.NEXT if found.has("x") else Months.THIS
    every = EVERY_OF_TAG[found.tag("k")] if found.has("k") else EVERY_OF_TAG["mon"] if found.has("e") else None
    return (DaysOfMonth(days, found.has("b"), found.text, of, every),)


def _days_of_nth_month(found: Found) -> Nodes:
    """«До 15 числа последнего месяца квартала», «… первого месяца следующего квартала»."""
    (days,) = _days_of_month(found)
    nth = found.value("n")
    if not isinstance(days, DaysOfMonth) or (nth != LAST and not 1 <= nth <= 3):
        return (NotUnderstood(found.text),)
    of = Months.NEXT if found.has("y") else Months.THIS
    return (replace(days, every=EVERY_OF_TAG[found.tag("u")], of=of, nth=nth),)


def _always(_: Found) -> Nodes:
    return (Always(),)


def _whole(_: Found) -> Nodes:
    return (WholePeriod(),)


def _times_in_all(found: Found) -> Nodes:
    """«1 раз за период реализации программы»."""
    times = found["n"][0] if found.has("n") else found.line.tokens.tokens[found.match.start()]
    return (WholePeriod(times.value or 1, found.text),)


def _for_what(found: Found) -> Nodes:
    return (Outcome(found.text),)


def _to_school_year(found: Found) -> Nodes:
    """«К новому учебному году»."""
    return (replace(part_of_year(found.line, "start", of_school=True), role=Role.BEFORE, text=found.text),)


def _during(found: Found) -> Nodes:
    return (During(Unit.SCHOOL_YEAR if found.has("s") else Unit.YEAR),)


def _outcome(found: Found) -> Nodes:
    """«По итогам четверти / полугодия», «по окончании учебного года», «по итогам отчётного периода»."""
    places = [place for place, token in enumerate(found["all"]) if token.tag in EVERY_OF_TAG]
    units = tuple(
        Every(Unit.SCHOOL_YEAR)
        if place and found["all"][place].tag == "god" and found["all"][place - 1].tag == "school"
        else EVERY_OF_TAG[found["all"][place].tag]
        for place in places
    )
    if any(one.unit in OF_SCHOOL for one in units):
        units = tuple(Every(Unit.SCHOOL_YEAR) if one.unit is Unit.YEAR else one for one in units)
    return (Outcome(found.text, units or (EVERY_OF_TAG["god"],)),)


def _undated(found: Found) -> Nodes:
    return (Undated(found.text),)


IN_UNIT = "((v|na|za|slash|v during) every?|every)"
OFTEN = f"(but? (ne rarer|minimum) (comma? chem)?)? (po? n={COUNT} (dash m={COUNT})?)? times {IN_UNIT}"
UNTIL = "b=((v? srok)? do|k|ne later (comma? chem)?)"
SHORT_UNIT = "(mon|kvartal|half|term|trimester)"
OF_UNIT = f"(every u={UNIT}|w={SHORT_UNIT})"
OF_EACH_MONTH = "e=((every|current|reporting)? mon)"
NEXT_MONTH = f"x=(every? mon comma? next za reporting? (k={NUMBERED}|mon|period)?|next za reporting mon|next mon)"
OF_WHICH_MONTH = f"({NEXT_MONTH}|{OF_EACH_MONTH})"
WHEN_OVER = "(po (outcome|finish)|posle finish)"
OUTCOME_UNIT = "(every? (school? (god|half|term|trimester)|mon|kvartal|week))"
DURING = "(v during|vduring|na during)"
PROGRAMME = "(programme|doc|of_programme)"
RULES = tuple(
    rule(source, build)
    for source, build in (
        ("f=(yearly|monthly|weekly|quarterly|daily|halfyearly|termly)", _adverb),
        (f"(v|na|k|s|za|po)? every u={UNIT}", _every_unit),
        (f"every c={COUNT} u=(god|mon|week|day)", _every_so_many),
        (f"{OFTEN} u={UNIT}", _times_in),
        (f"{OFTEN} c={COUNT} u=(god|mon|week|day)", _times_in),
        (f"(but? (ne rarer|minimum) chem?)? n=so_many_times {IN_UNIT} u={UNIT}", _times_in),
        (f"v u={UNIT} (po? n={COUNT} (dash m={COUNT})?) times", _times_in),
        ("all=(po (term|half|trimester|kvartal|mon|week)"
         " ((comma|and|slash)+ po? (school? god|term|half|trimester|kvartal|mon))*)", _by_units),
        ("(v|na)? every all=(weekday ((comma|and)+ weekday)*)", _weekdays),
        ("(weekly open? comma?)? po all=(weekday ((comma|and)+ po? weekday)*)", _weekdays),
        ("weekly (open|comma|dash)? v? all=(weekday ((comma|and)+ v? weekday)*)", _weekdays),
        ("all=(weekday ((comma|and)+ weekday)*) (comma|dash)? weekly", _weekdays),
        (f"(v|na)? every? all=({NUMBER} ({ALSO} {NUMBER})*) w=weekday u=(every? mon)", _weekdays_of_month),
        ("(v|na)? every ord weekday", _every_other_weekday),
        (f"({UNTIL}|v|na)? p=(start|middle|end|finish) {OF_UNIT}", _part_of_unit),
        (f"({UNTIL}|v|na)? every? n=ord q=(day|mon) {OF_UNIT}", _part_of_unit),
        (f"({UNTIL}|v|na)? every? n={NUMBER} q=(week|decade|halfpart) {OF_UNIT}", _part_of_unit),
        (f"({UNTIL}|v|na|po)? every? n={NUMBER} q=(working day) {OF_UNIT}", _part_of_unit),
        (f"({UNTIL}|v|na)? n={NUMBER} q=(working day) w=(current? school? god)", _part_of_unit),
        (f"({UNTIL}|v|na)? n={NUMBER} q=(working day) {NEXT_MONTH}", _part_of_unit),
        ("(po|v|na)? every? working day", _every_working_day),
        (f"({UNTIL}|po|na|v)? all=({NUMBER} ({ALSO} {NUMBER})*) chislo {OF_WHICH_MONTH}?", _days_of_month),
        (f"s? all=({NUMBER} (dash|po|do) {NUMBER}) chislo {OF_WHICH_MONTH}?", _days_of_month),
        (
            f"({UNTIL}|v)? all=({NUMBER} ({ALSO} {NUMBER})*) chislo n=ord mon"
            f" every? y=(next (za reporting)?)? u={NUMBERED}",
            _days_of_nth_month,
        ),
        (f"(v|na|k)? e=every all=({NUMBER}) chislo mon?", _days_of_month),
        ("always|na always osnova", _always),
        (f"({DURING}|na|v|za)? all (period|srok) (realisation {PROGRAMME}*)?", _whole),
        (f"(n={COUNT}? times|so_many_times) (na|v|za) all? (period|srok) (realisation {PROGRAMME}*)?", _times_in_all),
        ("za (reporting|every)? (school god|god|kvartal|half|term|trimester|mon)", _for_what),
        ("k current school god", _to_school_year),
        (f"({DURING}|na|v|za)? (period|srok) realisation {PROGRAMME}*", _whole),
        (f"{DURING} (period|srok)", _whole),
        (f"({DURING}|v frame) all? realisation {PROGRAMME}+", _whole),
        (f"{DURING} all? every? current? (s=school|calendarly)? god", _during),
        ("(v|na)? all (s=school)? god", _during),
        (f"{WHEN_OVER} reporting? all=({OUTCOME_UNIT} ((slash|comma|and)+ {OUTCOME_UNIT})*)", _outcome),
        ("posle all=(every (school god|god|mon|kvartal|half|term|trimester|week))", _outcome),
        ("po outcome all=(reporting (period|god|school god))", _outcome),
    )
)  # fmt: skip
# What a condition may have in its words: «по плану на учебный год» is a plan, not a time.
WEAK_RULES = (
    rule("(v|na|za)? current? s=school god", _during),
    rule("(v|na)? current god", _during),
    rule("(na|v|za)? period (?=($|comma|semi|open|close))", _whole),
    rule("mon|kvartal|half|term|trimester|week|decade", _undated),
    rule(f"(v|na|po)? all=({NUMBER} ({ALSO} {NUMBER})*) w=weekday", _weekdays_of_month),
    rule("(v|na)? n=ord q=(week|decade|day|working day)", _part_of_unit),
    rule("(v|na) n=num q=decade", _part_of_unit),
)
