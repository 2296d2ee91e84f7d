"""How often a signal errs, for screens and documents: the rate and the Russian words for it."""

from collections.abc import Mapping
from typing import Any

from msoko.core.analysis.outcome import Verdict
from msoko.core.definitions.validation import (
    LIKELY,
    MARKED,
    REAL,
    ROBUST,
    SIMULATED,
    UNTOUCHED,
    Estimate,
    Measured,
    Validation,
    shipped,
)
from msoko.core.vocabulary.russian import NBSP, counted, number, plural

LEVEL_OF_VERDICT = {Verdict.ROBUST: ROBUST, Verdict.LIKELY: LIKELY, Verdict.DOUBTFUL: MARKED}
"""Of few data nothing was measured: such schools were not asked about."""


def false_alarm_of(
    method: str,
    verdict: Verdict | None,
    parameters: Mapping[str, Any] | None = None,
    schools: int | None = None,
    validation: Validation | None = None,
) -> Estimate | None:
    """Share of schools in honest data that the signal marks with this verdict or a surer one, 0–1.

    `method`: its name («objectivity.bunching»). None where it was not measured: another kind of method, few data, or
    `parameters` (thresholds) other than those it was measured with. `schools`: how many were compared, for of few the
    rate is another one. `validation`: the shipped one by default.
    """
    level = LEVEL_OF_VERDICT.get(verdict) if verdict else None
    known = validation or shipped()
    return known.false_alarm(method, level, parameters, schools) if level else None


def false_alarm_in_words(
    method: str,
    verdict: Verdict | None,
    parameters: Mapping[str, Any] | None = None,
    schools: int | None = None,
    validation: Validation | None = None,
) -> str | None:
    """«на честных данных такой сигнал даёт 1 школа из 60; на реальных файлах, честных и нет вместе, — 1 школа из 12».

    Without a full stop; None as above. Honest data are invented, and living schools are richer than invented ones: who
    reads the rate alone would take all the others for guilty. Of districts no real files were measured.
    """
    known = validation or shipped()
    rate = false_alarm_of(method, verdict, parameters, schools, known)
    if rate is None:
        return None
    what = "такой сигнал" if verdict is Verdict.ROBUST else "такой или более сильный сигнал"
    looked_at = known.honest(method, schools)
    real = _of_real_files(method, LEVEL_OF_VERDICT[verdict], looked_at, known) if verdict else ""
    if rate.value > 0:
        return f"на{NBSP}честных данных {what} даёт {one_school_of(rate.value)}{real}"
    n = round(looked_at.schools * looked_at.repetitions) if looked_at else 0
    none = f"ни{NBSP}одна из{NBSP}{counted(n, 'школы', 'школ', 'школ')}"
    return f"на{NBSP}честных данных {what} не{NBSP}дала {none}{real}"


def _of_real_files(method: str, level: str, honest: Measured | None, known: Validation) -> str:
    found = known.of(method, UNTOUCHED, REAL) if honest is not None and honest.source == SIMULATED else None
    marked = found.false_alarm.get(level) if found else None
    if marked is None or marked.value <= 0:
        return ""
    return f"; на{NBSP}реальных файлах, честных и{NBSP}нет вместе,{NBSP}— {one_school_of(marked.value)}"


def one_school_of(share: float) -> str:
    """«1 школа из 60»; two digits are known at best. Raises ValueError unless 0 < share ≤ 1."""
    if not 0 < share <= 1:
        raise ValueError(f"no school of {share}")
    if share > 1 / 4:
        of_ten = max(1, round(10 * share))
        return f"{of_ten}{NBSP}{plural(of_ten, 'школа', 'школы', 'школ')} из{NBSP}10"
    times = 1 / share
    digits = max(0, len(str(int(times))) - 2)
    return f"1{NBSP}школа из{NBSP}{number(int(round(times, -digits)))}"
