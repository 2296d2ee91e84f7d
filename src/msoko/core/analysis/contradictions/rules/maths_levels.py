"""ЕГЭ: basic and profile mathematics together against those who sat Russian."""

from collections.abc import Iterator

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.exams import (
    BASIC_MATHEMATICS,
    MATHEMATICS,
    RUSSIAN,
    Exams,
    exams_of,
)
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.saying import procedure_of
from msoko.core.analysis.contradictions.tables import Statements
from msoko.core.vocabulary.russian import number


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Suspicious: until 2018 both levels could be sat, later graduates of earlier years and those who sit again make a
    difference. A year without one of the levels says nothing.
    """
    for exams in exams_of(statements, "ege"):
        if {RUSSIAN, MATHEMATICS, BASIC_MATHEMATICS} <= set(exams.subjects):
            profile, basic, russian = (exams.subjects[one].n for one in (MATHEMATICS, BASIC_MATHEMATICS, RUSSIAN))
            if profile.value + basic.value != russian.value:
                yield _found(exams, parameters)


def _found(exams: Exams, parameters: Parameters) -> Contradiction:
    profile, basic, russian = (exams.subjects[one].n for one in (MATHEMATICS, BASIC_MATHEMATICS, RUSSIAN))
    total = profile.value + basic.value
    arithmetic = f"{number(profile.value)} + {number(basic.value)} = {number(total)}"
    year = exams.context.year
    both_allowed = year is None or year <= parameters.both_maths_until
    if total < russian.value:
        why = "часть сдававших русский язык математику не сдавала"
    else:
        why = "тогда можно было сдавать оба уровня" if both_allowed else "с 2019 года сдают только один уровень"
    return Contradiction(
        rule="maths_levels",
        severity=Severity.SUSPICIOUS,
        places=(*profile.places, *basic.places, *russian.places),
        stated=number(russian.value),
        recomputed=number(total),
        arithmetic=arithmetic,
        tolerance="0",
        sentence=(
            f"{procedure_of(exams.context)}: профильную и базовую математику сдавали {arithmetic}, "
            f"а русский язык — {number(russian.value)}: {why}. Скажите об этом рядом с таблицей."
        ),
    )
