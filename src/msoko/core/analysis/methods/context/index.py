"""The index of conditions in which a school works, with all it is made of and other facts of the school."""

from typing import Any

import numpy as np

from msoko.core.analysis.methods.context._conditions import (
    Conditions,
    characteristics,
    conditions,
    named,
    without_index,
)
from msoko.core.analysis.methods.context._passports import (
    AREAS,
    CHARACTERISTICS,
    TYPES,
    Form,
    academic,
    plain,
    staff,
    strangers,
)
from msoko.core.analysis.methods.context._wording import per_cent
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told
from msoko.core.analysis.panel import Panel, School
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, counted, join_with_and, number

MOST_TOLD = 2
FACTS_OF_STAFF = (
    *("highest_category", "first_category", "higher_education", "up_to_three_years", "pension_age"),
    *("not_own_subject", "trained_three_years", "psychologists"),
)


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Figures: the index and its parts. Higher is more favourable; 0 is the mean of the region's schools."""
    found = conditions(panel, panel.year, parameters)
    if isinstance(found, str):
        return Outcome(not_computed=(NotComputed(None, found),))
    teachers = staff(panel, panel.year, parameters["oldest_passport"])
    known = found.by_school
    results = [
        _result(panel, found, row, teachers.get(form.organisation))
        for row, form in enumerate(found.forms)
        if form.organisation in known
    ]
    unknown = (*without_index(panel, found), *strangers(panel, panel.year, parameters["oldest_passport"]))
    return Outcome(results=tuple(results), not_computed=unknown, territory=_territory(found))


def _territory(found: Conditions) -> dict[str, Any]:
    return {
        "schools": len(found.by_school),
        "characteristics": characteristics(found),
        "unused": {CHARACTERISTICS[key]: reason for key, reason in found.unused.items()},
        "explained": found.explained,
    }


def _result(panel: Panel, found: Conditions, row: int, teachers: Form | None) -> Result:
    form = found.forms[row]
    index = float(found.index[row])
    place, schools = found.place(form.organisation), len(found.by_school)
    known = [column for column in range(len(found.keys)) if not np.isnan(found.z[row, column])]
    missing = [key for column, key in enumerate(found.keys) if column not in known]
    statistic = {
        "index": index,
        "place": place,
        "better": found.better(form.organisation),
        "schools": schools,
        "pupils": plain(form.total),
        "academic_year": form.academic_year,
        "is_older": form.academic_year < panel.year - 1,
        "parts": [_part(found, row, column) for column in known],
        "counted": len(known),
        "of": len(found.keys),
        "missing": [{"name": name, "why": form.told(key)} for key, name in zip(missing, named(missing), strict=True)],
        "facts": _facts(panel.organisations[form.organisation], form, teachers),
    }
    return Result(form.organisation, statistic, strength=-index)


def _part(found: Conditions, row: int, column: int) -> dict[str, Any]:
    form, key = found.forms[row], found.keys[column]
    return {
        "key": key,
        "name": CHARACTERISTICS[key],
        "k": form.told(key),
        "n": plain(form.total),
        "share": float(found.shares[row, column]),
        "mean": float(found.mean[column]),
        "z": float(found.z[row, column]),
        "weight": float(found.weights[column]),
        "adds": float(found.parts[row, column]),
    }


def _facts(school: School, form: Form, teachers: Form | None) -> dict[str, Any]:
    """What is known beside the index; a number, or the word of what stands instead of one."""
    return {
        "area": AREAS.get(school.area, school.area),
        "type": TYPES.get(school.school_type, school.school_type),
        "bussed": form.told("bussed"),
        "second_shift": form.told("second_shift"),
        "staff": None if teachers is None else _of_staff(teachers),
    }


def _of_staff(form: Form) -> dict[str, Any]:
    return {
        "academic_year": form.academic_year,
        "teachers": plain(form.total),
        **{key: form.told(key) for key in FACTS_OF_STAFF},
        "vacancies": plain(form.number("vacancies")),
    }


def sentence(told: Told) -> str:
    """«Индекс условий −2,15 по 11 признакам: условия тяжелее, чем у всех 17 остальных школ. Сильнее всего …»"""
    one = told.statistic
    by = counted(one["counted"], "признаку", "признакам", "признакам")
    of = f" из{NBSP}{one['of']}" if one["missing"] else ""
    return (
        f"Индекс условий {number(one['index'], 2)} по{NBSP}{by}{of}: {place_in_words(one)}. "
        f"Сильнее всего сказываются: {_strongest(one)}. {_passport(one)}."
    )


def place_in_words(one: Any) -> str:
    """Against the other schools of the region: «условия тяжелее, чем у 12 из 17 остальных школ»."""
    worse, better = one["place"] - 1, one["better"]
    others = one["schools"] - 1
    word, count = ("тяжелее", better) if one["index"] < 0 else ("благополучнее", worse)
    rest = counted(others, "остальной школы", "остальных школ", "остальных школ")
    if count == others:
        return f"условия {word}, чем у{NBSP}всех {rest}" if others > 1 else f"условия {word}, чем у{NBSP}другой школы"
    return f"условия {word}, чем у{NBSP}{count} из{NBSP}{rest}"


def _strongest(one: Any) -> str:
    """The characteristics that pull the index where it is."""
    sign = 1 if one["index"] > 0 else -1
    first = sorted(one["parts"], key=lambda part: (-sign * part["adds"], part["key"]))[:MOST_TOLD]
    told = [
        f"{part['name']}{NBSP}— {per_cent(part['share'])} ({number(part['k'])} из{NBSP}{number(part['n'])}), "
        f"в{NBSP}среднем по{NBSP}школам {per_cent(part['mean'])}"
        for part in first
    ]
    return "; ".join(told)


def _passport(one: Any) -> str:
    older = " (за нужный год паспорта нет, взят ближайший прежний)" if one["is_older"] else ""
    pupils = counted(one["pupils"], "обучающийся", "обучающихся", "обучающихся")
    lacks = join_with_and([part["name"] for part in one["missing"]])
    without = f"; нет данных: {lacks}" if lacks else ""
    return f"Социальный паспорт за {academic(one['academic_year'])} учебный год{older}, {pupils}{without}"
