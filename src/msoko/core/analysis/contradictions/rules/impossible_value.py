"""A number that its own kind does not allow: a per cent above 100, half a person, a mean above the scale."""

from collections.abc import Iterator

from msoko.core.analysis.contradictions.contradiction import Contradiction, Place, Severity
from msoko.core.analysis.contradictions.numbers import is_whole
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import COUNT_OF, Kind, Role
from msoko.core.analysis.contradictions.saying import about
from msoko.core.analysis.contradictions.tables import Record, Stated, Statements
from msoko.core.vocabulary.russian import quote

LOWEST_MARK, HIGHEST_MARK = 2, 5
HIGHEST_TEST_SCORE = 100


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Firm; a per cent of something unsaid may be of a plan or of last year, and above 100 it is but suspicious.

    The second place is the bound itself.
    """
    for record in statements.records:
        for stated in record.cells.values():
            bound = _bound_broken(record, stated)
            if bound:
                is_unsaid = stated.role is Role.PERCENT and stated.value > 0
                yield _found(record, stated, *bound, Severity.SUSPICIOUS if is_unsaid else Severity.FIRM)


def _bound_broken(record: Record, stated: Stated) -> tuple[str, str] | None:
    """The name of the rule and the bound that the number breaks."""
    value, role = stated.value, stated.role
    if role.kind is Kind.COUNT and role is not Role.COUNT and (value < 0 or not is_whole(value)):
        return "Число людей", "целое число не меньше 0"
    if (role in COUNT_OF or role in (Role.SOU, Role.SCORE_PERCENT, Role.PERCENT)) and not 0 <= value <= 100:
        return "Доля", "от 0 до 100 %"
    if role is Role.MEAN_MARK and not LOWEST_MARK <= value <= HIGHEST_MARK:
        return "Шкала отметок", f"от {LOWEST_MARK} до {HIGHEST_MARK}"
    if role is Role.MEAN and record.context.procedure == "ege" and not 0 <= value <= HIGHEST_TEST_SCORE:
        return "Шкала ЕГЭ", f"от 0 до {HIGHEST_TEST_SCORE}"
    return None


def _found(record: Record, stated: Stated, rule: str, bound: str, severity: Severity) -> Contradiction:
    return Contradiction(
        rule="impossible_value",
        severity=severity,
        places=(stated.place, Place(table=rule, value=bound)),
        stated=stated.typed,
        recomputed=bound,
        arithmetic=f"{stated.typed} — не {bound}",
        tolerance="0",
        sentence=f"{about(record)}: в столбце {quote(stated.place.column)} стоит {stated.typed}, "
        f"а возможно только {bound}.",
    )
