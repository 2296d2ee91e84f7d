"""What has been measured of a signal: how it finds what was planted in data, and how often it errs on honest ones."""

from msoko.core.definitions.validation import LIKELY, REAL, ROBUST, SIMULATED, UNTOUCHED, Measured, Validation, shipped
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.library.validation_report.wording import MANIPULATIONS, SOURCES, area, rate
from msoko.documents.tables import Cell, Column, Table

COLUMNS = (
    Column("done", "Что сделано с данными"),
    Column("source", "На чём"),
    Column("auc", "AUC"),
    Column("precision", "Точность в первых 5 %"),
    Column("likely", "Найдено, «вероятно» и выше"),
    Column("robust", "Найдено, «устойчиво»"),
    Column("false_likely", "Ложно, «вероятно» и выше"),
    Column("false_robust", "Ложно, «устойчиво»"),
)
NOTE = (
    "AUC — с какой вероятностью тронутая школа получает больший сигнал, чем нетронутая; 0,5 — наугад. Точность — доля"
    " тронутых среди пяти процентов школ с самым большим сигналом. В скобках — интервал 95 %."
)
HONEST = "Ничего: данные как есть"


def measured_table(method: str) -> Table | None:
    """None where the method was not tried, or nothing has been measured in this installation."""
    try:
        known = shipped()
    except FileNotFoundError:
        return None
    rows = [_row(one) for one in _measured(known, method)]
    return Table("Проверка методики", COLUMNS, rows, note=NOTE) if rows else None


def _measured(known: Validation, method: str) -> list[Measured]:
    """Over schools of all sizes: first what was planted, then data as they are."""
    asked = [(done, source) for done in (*MANIPULATIONS, UNTOUCHED) for source in (REAL, SIMULATED)]
    return [one for done, source in asked if (one := known.of(method, done, source)) is not None]


def _row(one: Measured) -> dict[str, Cell]:
    is_honest = one.manipulation == UNTOUCHED
    return {
        "done": HONEST if is_honest else MANIPULATIONS[one.manipulation],
        "source": SOURCES[one.source],
        "auc": Unknown.NOT_APPLICABLE if is_honest else area(one.auc),
        "precision": Unknown.NOT_APPLICABLE if is_honest else rate(one.precision_5),
        "likely": Unknown.NOT_APPLICABLE if is_honest else rate(one.found.get(LIKELY)),
        "robust": Unknown.NOT_APPLICABLE if is_honest else rate(one.found.get(ROBUST)),
        "false_likely": rate(one.false_alarm.get(LIKELY)),
        "false_robust": rate(one.false_alarm.get(ROBUST)),
    }
