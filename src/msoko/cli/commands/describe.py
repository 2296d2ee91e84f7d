"""Показать результаты процедуры по школам, классам, муниципалитетам или регионам."""

import argparse

from msoko.cli.database import ready
from msoko.cli.naming import the_subject
from msoko.cli.outcome import Outcome, Refused

NAME = "describe"
LEVELS = ("school", "class", "municipality", "region")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, help="год процедуры")
    parser.add_argument("--grade", type=int, required=True, help="класс работы")
    parser.add_argument("--subject", required=True, help="предмет: название, краткое обозначение или начало слова")
    parser.add_argument("--by", choices=LEVELS, default="school")
    parser.add_argument("--score", choices=("items", "printed"), default="items")
    parser.add_argument("--procedure", help="вид процедуры (vpr, oge, ege), если под описание подходит несколько")
    parser.add_argument("--label", help="пометка процедуры, если под описание подходит несколько")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    ready()
    from msoko.web.monitoring.describing import described
    from msoko.web.monitoring.services import recompute_stale

    procedure = _the_procedure(options)
    recompute_stale(procedure.pk)
    procedure.refresh_from_db()
    said = described(procedure, options.score, options.by)
    return Outcome(said, _text(said))


def _the_procedure(options: argparse.Namespace):
    from msoko.web.collection.queries import procedures_like
    from msoko.web.definitions import definitions

    subject = the_subject(definitions(), options.subject)
    found = list(procedures_like(options.year, options.grade, subject.slug, options.procedure, options.label))
    if not found:
        raise Refused(
            f"Нет принятых протоколов: {subject.name}, {options.grade} класс, {options.year} год. "
            "Загрузите их командой msoko import или на экране «Данные»."
        )
    if len(found) > 1:
        names = "; ".join(f"--procedure {one.kind} --label «{one.label}» ({one.subject})" for one in found)
        raise Refused(f"Под описание подходит несколько процедур: {names}.")
    return found[0]


def _text(said: dict) -> str:
    lines = ["\t".join(("организация", "класс", "участников", "средний балл", "% успеваемости", "% качества"))]
    for row in said["rows"]:
        figures = (row["participants"], row["mean_primary"], row["pass_rate"], row["quality_rate"])
        shown = [
            "нет данных" if f is None else f"{f:.1f}".replace(".", ",") if isinstance(f, float) else str(f)
            for f in figures
        ]
        lines.append("\t".join([row["organisation"]["name"], row["class"] or "", *shown]))
    return "\n".join(lines)
