"""How stable lists of schools with low results are, with and without chance taken out: sentences and tables."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msoko.core.definitions.validation import Validation
from msoko.core.vocabulary.russian import counted, nbsp, number, percent, rounded
from msoko.documents.blocks import Block, Heading, Paragraph, TableBlock
from msoko.documents.library.validation_report.wording import UNKNOWN
from msoko.documents.tables import Cell, Column, Table

RULE, CORRECTED = "rule_10", "posterior"
"""The published rule as the system asks it by default, and the list with chance taken out."""
TITLES = {
    "rule_1": "Правило 30 %, от 1 участника в работе",
    "rule_5": "Правило 30 %, от 5 участников",
    "rule_10": "Правило 30 %, от 10 участников",
    "rule_robust": "Правило 30 %, только «устойчиво»",
    "posterior": "С поправкой на случайность",
    "posterior_robust": "С поправкой на случайность, только «устойчиво»",
}


def blocks(validation: Validation) -> Iterator[Block]:
    """Nothing where lists were not looked at."""
    told = validation.stability
    if not told:
        return
    yield Heading(1, "Списки низких результатов: что остаётся через год")
    yield Paragraph(nbsp(_how(told)))
    yield Paragraph(nbsp(_comparison(told["lists"])))
    yield TableBlock(_lists(told["lists"]))
    yield Paragraph(
        nbsp(
            "Вероятность, которую называет методика с поправкой, проверена тоже: среди школ, о которых она говорит «с"
            " вероятностью от … до …», посчитана доля тех, где правило действительно выполнено."
        )
    )
    yield TableBlock(_calibration(told["calibration"]))


def _how(told: Mapping[str, Any]) -> str:
    schools = counted(told["schools"], "школа", "школы", "школ")
    times = counted(told["repetitions"], "регион", "региона", "регионов")
    return (
        f"Выдуман{'' if told['repetitions'] == 1 else 'о'} {times} по три года; {schools} в каждом. Истинная доля не"
        " справившихся в каждой работе известна, а дети пишут по этой доле как повезёт, поэтому про каждый список"
        f" можно сказать, прав ли он. Истинно низких школ за год в среднем {number(told['truly_low'])}."
    )


def _comparison(lists: Mapping[str, Mapping[str, float | None]]) -> str:
    """«Правило называет 115 школ …, с поправкой — 62 …»."""
    rule, corrected = lists[RULE], lists[CORRECTED]
    return (
        f"Правило с настройками системы называет {_schools(rule)}; действительно низких из них"
        f" {_percent(rule['precision'])}, через год в списке остаются {_percent(rule['stays'])}."
        f" С поправкой на случайность названо {_schools(corrected)}; действительно низких из них"
        f" {_percent(corrected['precision'])}, остаются {_percent(corrected['stays'])}. Цена поправки — полнота: из"
        f" действительно низких названо {_percent(corrected['recall'])}, а правилом — {_percent(rule['recall'])}."
    )


def _schools(one: Mapping[str, float | None]) -> str:
    return counted(int(rounded(one["listed"] or 0)), "школу", "школы", "школ")


def _percent(value: float | None) -> str:
    return UNKNOWN if value is None else percent(value)


def _lists(lists: Mapping[str, Mapping[str, float | None]]) -> Table:
    columns = [
        Column("list", "Список"),
        Column("listed", "Школ за год", align="right"),
        Column("precision", "Действительно низких из названных", align="right"),
        Column("recall", "Названо из действительно низких", align="right"),
        Column("stays", "Остались через год", align="right"),
        Column("still_low", "Действительно низкие и через год", align="right"),
        Column("small", "Малых школ", align="right"),
        Column("small_precision", "Из малых действительно низких", align="right"),
    ]
    rows = [_list(TITLES.get(name, name), one) for name, one in lists.items()]
    return Table("Списки низких результатов против истины и следующего года", columns, rows)


def _list(title: str, one: Mapping[str, float | None]) -> Mapping[str, str]:
    shares = {key: _percent(one[key]) for key in ("precision", "recall", "stays", "still_low", "small_precision")}
    return {"list": title, "listed": number(one["listed"] or 0), "small": number(one["small"] or 0, 1), **shares}


def _calibration(bins: Sequence[Mapping[str, Any]]) -> Table:
    columns = [
        Column("said", "Сказано: вероятность", align="right"),
        Column("mean", "В среднем", align="right"),
        Column("true", "Сбылось", align="right"),
        Column("schools", "Школ", kind="count"),
    ]
    rows: list[Mapping[str, Cell]] = [
        {
            "said": f"{number(one['low'])}–{percent(one['high'])}",
            "mean": _percent(one["said"]),
            "true": _percent(one["true"]),
            "schools": one["schools"],
        }
        for one in bins
    ]
    return Table("Сказанная вероятность и то, что оказалось", columns, rows)
