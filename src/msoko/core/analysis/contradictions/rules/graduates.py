"""Graduates and those who sat the final exams."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msoko.core.analysis.contradictions.about import FINAL_GRADES
from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.derived import Derived, stated_count
from msoko.core.analysis.contradictions.exams import Exams, Sat, exams_of
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.saying import people, procedure_of
from msoko.core.analysis.contradictions.tables import Statements
from msoko.core.vocabulary.russian import join_with_and, number


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """More who sat a subject than graduates is firm on ОГЭ; ЕГЭ is open to graduates of earlier years, so that it is
    suspicious there. Fewer who sat the obligatory subject is suspicious: the rest is somewhere.
    """
    graduates = _graduates(statements)
    for grade, procedure in FINAL_GRADES.items():
        for exams in exams_of(statements, procedure):
            about = exams.context
            found = graduates.get((about.scope, about.entity, grade, about.year), [])
            if len({one.value for one in found}) > 1:
                yield _differing(exams, found)
            elif found:
                yield from _compared(exams, found[0])
    yield from _in_one_row(statements)


def _graduates(statements: Statements) -> dict[tuple[str, str, int | None, int | None], list[Derived]]:
    """How many graduates are stated, by scope, place, grade and year."""
    found: dict[tuple[str, str, int | None, int | None], list[Derived]] = defaultdict(list)
    for record in statements.records:
        stated = stated_count(record, Role.GRADUATES)
        if stated and not record.row.is_total:
            context = record.context
            found[context.scope, context.entity, context.grade, context.year].append(stated)
    return found


def _in_one_row(statements: Statements) -> Iterator[Contradiction]:
    """Rows about all subjects, such as those of schools."""
    for record in statements.records:
        sat, graduates = stated_count(record, Role.PARTICIPANTS), stated_count(record, Role.GRADUATES)
        if sat and graduates and not record.context.subject and sat.value > graduates.value:
            exams = Exams(record.context)
            yield _more(exams, Sat(record, sat), graduates)


def _differing(exams: Exams, found: Sequence[Derived]) -> Contradiction:
    values = list(dict.fromkeys(number(one.value) for one in found))
    return Contradiction(
        rule="graduates",
        severity=Severity.SUSPICIOUS,
        places=tuple(place for one in found for place in one.places),
        stated=values[0],
        recomputed=values[1],
        arithmetic=" ≠ ".join(values),
        tolerance="0",
        sentence=f"{procedure_of(exams.context)}: число выпускников названо по-разному: {join_with_and(values)}.",
    )


def _compared(exams: Exams, graduates: Derived) -> Iterator[Contradiction]:
    for sat in exams.subjects.values():
        if sat.n.value > graduates.value:
            yield _more(exams, sat, graduates)
    most = exams.most
    if (
        most
        and most.n.value < graduates.value
        and all(sat.n.value <= graduates.value for sat in exams.subjects.values())
    ):
        yield _fewer(exams, most, graduates)


def _more(exams: Exams, sat: Sat, graduates: Derived) -> Contradiction:
    is_ege = exams.context.procedure == "ege"
    why = ": возможно, посчитаны выпускники прошлых лет; скажите об этом рядом" if is_ege else ""
    return _found(exams, sat, graduates, Severity.SUSPICIOUS if is_ege else Severity.FIRM, ">", "больше", why)


def _fewer(exams: Exams, most: Sat, graduates: Derived) -> Contradiction:
    why = ": скажите рядом, кто остальные (не допущены, сдавали ГВЭ, не сдавали)"
    return _found(exams, most, graduates, Severity.SUSPICIOUS, "<", "меньше", why)


def _found(
    exams: Exams, sat: Sat, graduates: Derived, severity: Severity, sign: str, more: str, why: str
) -> Contradiction:
    difference = abs(sat.n.value - graduates.value)
    return Contradiction(
        rule="graduates",
        severity=severity,
        places=(*sat.n.places, *graduates.places),
        stated=number(sat.n.value),
        recomputed=number(graduates.value),
        arithmetic=f"{number(sat.n.value)} {sign} {number(graduates.value)}",
        tolerance="0",
        sentence=(
            f"{', '.join(filter(None, [procedure_of(exams.context), sat.record.row.label]))}: {people(sat.n.value)}, а "
            f"{people(graduates.value, Role.GRADUATES)} — на {number(difference)} {more}{why}."
        ),
    )
