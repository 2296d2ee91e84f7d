"""ОГЭ: every pupil sits two subjects of choice, so that all of them together are twice the pupils."""

from collections.abc import Iterator

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.exams import Exams, Sat, exams_of
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.saying import procedure_of
from msoko.core.analysis.contradictions.tables import Statements
from msoko.core.vocabulary.russian import counted, number

EXAM_FORMS = ("человеко-экзамен", "человеко-экзамена", "человеко-экзаменов")


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """More than twice is firm. Less is suspicious where the table lists most subjects and more is lacking than the few
    pupils who sit the obligatory subjects alone explain.
    """
    for exams in exams_of(statements, "oge"):
        year = exams.context.year
        if year is None or year < parameters.electives_from or year in parameters.electives_not_in or not exams.most:
            continue
        total = sum(sat.n.value for sat in exams.electives)
        expected = parameters.electives_per_pupil * exams.most.n.value
        if total > expected:
            yield _found(exams, exams.most, total, expected, Severity.FIRM)
        elif len(exams.electives) >= parameters.electives_listed and _lacks_much(total, expected, parameters):
            yield _found(exams, exams.most, total, expected, Severity.SUSPICIOUS)


def _lacks_much(total: int, expected: int, parameters: Parameters) -> bool:
    return 100 * (expected - total) > parameters.electives_shortfall * expected


def _found(exams: Exams, most: Sat, total: int, expected: int, severity: Severity) -> Contradiction:
    electives = sorted(exams.electives, key=lambda sat: -sat.n.value)
    parts = " + ".join(number(sat.n.value) for sat in electives)
    times = expected // most.n.value
    sign = ">" if total > expected else "<"
    told = (
        "больше двух предметов по выбору не сдают"
        if total > expected
        else "возможно, часть учеников сдавала только обязательные предметы или ГВЭ"
    )
    return Contradiction(
        rule="electives",
        severity=severity,
        places=(*(place for sat in electives for place in sat.n.places), *most.n.places),
        stated=number(total),
        recomputed=number(expected),
        arithmetic=f"{parts} = {number(total)} {sign} {times} · {number(most.n.value)} = {number(expected)}",
        tolerance="0",
        sentence=(
            f"{procedure_of(exams.context)}: предметы по выбору вместе — {counted(total, *EXAM_FORMS)}, "
            f"а дважды по {number(most.n.value)} (обязательный предмет {most.record.row.label}) — {number(expected)}: "
            f"{told}."
        ),
    )
