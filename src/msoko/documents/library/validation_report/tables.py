"""Tables of the report on signals; every cell is worded from what was measured."""

from collections.abc import Mapping, Sequence

from msoko.core.analysis.validation.targets import AUC, Reached
from msoko.core.analysis.validation.wording import one_school_of
from msoko.core.definitions.kinds import Method
from msoko.core.definitions.validation import (
    ALL_SIZES,
    DISTRICTS,
    LIKELY,
    MARKED,
    REAL,
    ROBUST,
    SIMULATED,
    UNTOUCHED,
    Estimate,
    Measured,
    Validation,
)
from msoko.core.vocabulary.russian import number, percent
from msoko.documents.library.validation_report.wording import (
    MANIPULATIONS,
    SIZES,
    SOURCES,
    UNKNOWN,
    area,
    digits_of,
    rate,
)
from msoko.documents.tables import Column, Table

Methods = Mapping[str, Method]
OTHERS = {"federal": " (опубликованное правило)", "regional": " (местное правило)", "municipal": " (местное правило)"}


def name_of(signal: str, methods: Methods) -> str:
    """The method's title; of a rule that is not ours that is said."""
    method = methods[signal]
    return method.title + OTHERS.get(method.source.scope, "")


def targets(reached: Sequence[Reached], methods: Methods) -> Table:
    columns = [
        Column("signal", "Сигнал"),
        Column("manipulation", "Что сделано"),
        Column("target", "Цель"),
        Column("measured", "Измерено"),
        Column("is_reached", "Достигнута"),
    ]
    return Table("Цели и измеренное", columns, [_target(one, methods) for one in reached])


def _target(one: Reached, methods: Methods) -> Mapping[str, str]:
    is_area = one.target.measure == AUC
    least = number(one.target.least, 2) if is_area else percent(100 * one.target.least)
    what = "AUC" if is_area else "точность в первых 5 %"
    return {
        "signal": methods[one.target.signal].title,
        "manipulation": MANIPULATIONS[one.target.manipulation],
        "target": f"{what} не меньше {least}",
        "measured": area(one.estimate) if is_area else rate(one.estimate),
        "is_reached": "да" if one.is_reached else "нет" if one.estimate else UNKNOWN,
    }


def by_signal(validation: Validation, manipulation: str, source: str, methods: Methods) -> Table:
    """The signals against one manipulation, the one that sees it best first."""
    columns = [
        Column("signal", "Сигнал"),
        Column("auc", "AUC", align="right"),
        Column("precision", "Точность в первых 5 %", align="right"),
        Column("likely", "Найдено: вероятно", align="right"),
        Column("robust", "устойчиво", align="right"),
        Column("false_likely", "Ложно: вероятно", align="right"),
        Column("false_robust", "устойчиво", align="right"),
    ]
    found = in_order_of_area(validation, manipulation, source)
    return Table(f"{MANIPULATIONS[manipulation]} ({SOURCES[source]})", columns, [_row(one, methods) for one in found])


def in_order_of_area(validation: Validation, manipulation: str, source: str) -> list[Measured]:
    """What was measured over schools of all sizes, the largest area first; () of the other sizes."""
    told = (validation.of(signal, manipulation, source) for signal in validation.signals)
    found = [one for one in told if one is not None and one.auc is not None]
    return sorted(found, key=lambda one: -one.auc.value if one.auc else 0)


def _row(one: Measured, methods: Methods) -> Mapping[str, str]:
    return {
        "signal": name_of(one.signal, methods),
        "auc": area(one.auc),
        "precision": rate(one.precision_5),
        "likely": _share(one.found, LIKELY),
        "robust": _share(one.found, ROBUST),
        "false_likely": _share(one.false_alarm, LIKELY),
        "false_robust": _share(one.false_alarm, ROBUST),
    }


def _share(shares: Mapping[str, Estimate], level: str) -> str:
    found = shares.get(level)
    return percent(100 * found.value, digits_of(found.value)) if found else UNKNOWN


def by_size(validation: Validation, manipulation: str, source: str, signals: Sequence[str], methods: Methods) -> Table:
    """Areas by size of school."""
    columns = [Column("signal", "Сигнал"), *(Column(size, words, align="right") for size, words in SIZES.items())]
    rows = [
        {"signal": name_of(signal, methods)}
        | {
            size: area(one.auc if (one := validation.of(signal, manipulation, source, size)) else None)
            for size in SIZES
        }
        for signal in signals
    ]
    title = f"AUC по числу участников в школе за год: {SOURCES[source]}"
    return Table(title, columns, rows)


def _area(one: Measured | None) -> Estimate | None:
    return one.auc if one else None


def false_alarms(validation: Validation, methods: Methods) -> Table:
    """Honest schools marked, by level: in regions, and in districts of which the region is known as a sum."""
    columns = [
        Column("signal", "Сигнал"),
        Column("marked", "Отмечены как угодно", align="right"),
        Column("likely", "«Вероятно» и выше", align="right"),
        Column("one_of", "Это", align="right"),
        Column("robust", "«Устойчиво»", align="right"),
        Column("district_likely", "В районе: «вероятно» и выше", align="right"),
        Column("district_robust", "«устойчиво»", align="right"),
    ]
    rows = [row for signal in validation.signals if (row := _honest(validation, signal, methods))]
    return Table("Ложные тревоги: честные выдуманные школы", columns, rows)


def _honest(validation: Validation, signal: str, methods: Methods) -> Mapping[str, str] | None:
    found, district = (validation.of(signal, UNTOUCHED, source) for source in (SIMULATED, DISTRICTS))
    if found is None:
        return None
    likely = found.false_alarm[LIKELY].value
    return {
        "signal": name_of(signal, methods),
        "marked": rate(found.false_alarm[MARKED]),
        "likely": rate(found.false_alarm[LIKELY]),
        "one_of": one_school_of(likely) if likely else "ни одной",
        "robust": rate(found.false_alarm[ROBUST]),
        "district_likely": rate(district.false_alarm[LIKELY]) if district else UNKNOWN,
        "district_robust": rate(district.false_alarm[ROBUST]) if district else UNKNOWN,
    }


def false_alarms_by_size(validation: Validation, methods: Methods) -> Table:
    """«Вероятно» and above in honest regions, by size of school."""
    columns = [Column("signal", "Сигнал"), *(Column(size, words, align="right") for size, words in SIZES.items())]
    rows = [
        {"signal": name_of(signal, methods)}
        | {size: rate(_likely(validation.of(signal, UNTOUCHED, SIMULATED, size))) for size in SIZES}
        for signal in validation.signals
    ]
    return Table("Ложные тревоги «вероятно» и выше по числу участников в школе за год", columns, rows)


def _likely(one: Measured | None) -> Estimate | None:
    return one.false_alarm.get(LIKELY) if one else None


def as_they_are(validation: Validation, methods: Methods) -> Table:
    """Real schools marked without anything having been planted, beside the honest invented ones."""
    columns = [
        Column("signal", "Сигнал"),
        Column("likely", "«Вероятно» и выше: реальные", align="right"),
        Column("honest_likely", "выдуманные честные", align="right"),
        Column("robust", "«Устойчиво»: реальные", align="right"),
        Column("honest_robust", "выдуманные честные", align="right"),
    ]
    rows = []
    for signal in validation.signals:
        real, honest = (validation.of(signal, UNTOUCHED, source, ALL_SIZES) for source in (REAL, SIMULATED))
        if real is not None:
            rows.append(
                {
                    "signal": name_of(signal, methods),
                    "likely": rate(real.false_alarm[LIKELY]),
                    "honest_likely": rate(honest.false_alarm[LIKELY]) if honest else UNKNOWN,
                    "robust": rate(real.false_alarm[ROBUST]),
                    "honest_robust": rate(honest.false_alarm[ROBUST]) if honest else UNKNOWN,
                }
            )
    return Table("Доля школ, отмеченных на файлах как есть", columns, rows)
