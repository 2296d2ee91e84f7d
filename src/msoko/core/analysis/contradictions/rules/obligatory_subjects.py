"""ОГЭ: Russian and mathematics are sat by the same pupils, and nobody sits a subject of choice without them."""

from collections.abc import Iterator

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.exams import OBLIGATORY, Exams, Sat, exams_of
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.saying import people, procedure_of
from msoko.core.analysis.contradictions.tables import Statements
from msoko.core.vocabulary.russian import number


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Suspicious where the two differ (somebody may have sat one again, or ГВЭ); a subject of choice above both is firm
    on ОГЭ and suspicious on ЕГЭ, which graduates of earlier years may sit without Russian.
    """
    for exams in exams_of(statements, "oge"):
        if len(exams.obligatory) == len(OBLIGATORY) and len({sat.n.value for sat in exams.obligatory}) > 1:
            yield _differing(exams, *exams.obligatory)
    for procedure, severity in (("oge", Severity.FIRM), ("ege", Severity.SUSPICIOUS)):
        for exams in exams_of(statements, procedure):
            for sat in exams.electives:
                if len(exams.obligatory) and exams.most and sat.n.value > exams.most.n.value and _has_russian(exams):
                    yield _above(exams, sat, exams.most, severity)


def _has_russian(exams: Exams) -> bool:
    """On ЕГЭ mathematics has two levels, so that Russian alone tells how many there were."""
    return OBLIGATORY[0] in exams.subjects


def _differing(exams: Exams, russian: Sat, mathematics: Sat) -> Contradiction:
    difference = abs(russian.n.value - mathematics.n.value)
    return Contradiction(
        rule="obligatory_subjects",
        severity=Severity.SUSPICIOUS,
        places=(*mathematics.n.places, *russian.n.places),
        stated=number(mathematics.n.value),
        recomputed=number(russian.n.value),
        arithmetic=f"математика: {mathematics.n.arithmetic}; русский язык: {russian.n.arithmetic}",
        tolerance="0",
        sentence=(
            f"{procedure_of(exams.context)}: оба обязательных предмета сдают одни и те же ученики, "
            f"а математика — {mathematics.n.arithmetic}, русский язык — {russian.n.arithmetic}: разница {difference}. "
            "Возможно, посчитаны пересдавшие или сдававшие ГВЭ; скажите об этом рядом."
        ),
    )


def _above(exams: Exams, sat: Sat, most: Sat, severity: Severity) -> Contradiction:
    return Contradiction(
        rule="obligatory_subjects",
        severity=severity,
        places=(*sat.n.places, *most.n.places),
        stated=number(sat.n.value),
        recomputed=f"не больше {number(most.n.value)}",
        arithmetic=f"{number(sat.n.value)} > {number(most.n.value)}",
        tolerance="0",
        sentence=(
            f"{procedure_of(exams.context)}: предмет по выбору {sat.record.row.label} — {people(sat.n.value)}, "
            f"а обязательный {most.record.row.label} — {number(most.n.value)}: по выбору не может быть больше."
        ),
    )
