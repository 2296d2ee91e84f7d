"""Принять протоколы: файлы, папки, архивы zip."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msoko.cli.database import ready
from msoko.cli.files import Found, read_path
from msoko.cli.naming import the_subject
from msoko.cli.outcome import Outcome, Refused, WrongCall

if TYPE_CHECKING:
    from msoko.core.collection.reading import Hints

NAME = "import"
YEARS = range(2000, 2101)
GRADES = range(1, 12)
MOST_COMPLAINTS = 5
"""Of a file; kinds of complaints, each with its first place: more are read with --json or on «Данные»."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)
    parser.add_argument("--accept", action="store_true", help="принять то, что прочитано без отказа")
    parser.add_argument("--create-schools", action="store_true", help="создать школы, которых нет в реестре")
    parser.add_argument("--year", type=int, help="год процедуры")
    parser.add_argument("--grade", type=int, help="класс работы")
    parser.add_argument("--subject", help="предмет")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    """Everything is read first, so that registers are accepted before the protocols that need their schools."""
    hints = _hints(options)
    missing = [str(path) for path in options.paths if not path.exists()]
    if missing:
        raise WrongCall(f"Нет такого файла или папки: {', '.join(missing)}")
    ready()
    from msoko.web.monitoring.services import recompute_stale

    found = [one for path in options.paths for one in read_path(path, hints)]
    if options.accept:
        for one in sorted(found, key=_registers_first):
            _accept(one, options)
        print("Считаем значения…", file=sys.stderr)
        recompute_stale()
    return _outcome(found)


def _hints(options: argparse.Namespace) -> "Hints":
    from msoko.core.collection.reading import Hints
    from msoko.core.definitions.loading import Definitions

    if options.year is not None and options.year not in YEARS:
        raise WrongCall(f"Год процедуры — от {YEARS[0]} до {YEARS[-1]}, а назван {options.year}.")
    if options.grade is not None and options.grade not in GRADES:
        raise WrongCall(f"Класс работы — от {GRADES[0]} до {GRADES[-1]}, а назван {options.grade}.")
    subject = the_subject(Definitions.load(), options.subject).slug if options.subject else None
    return Hints(year=options.year, grade=options.grade, subject=subject)


def _registers_first(one: Found) -> bool:
    return one.batch is None or one.batch.grain != "records"


def _accept(one: Found, options: argparse.Namespace) -> None:
    from msoko.web.collection.services import Refusal, accept

    if one.batch is None or one.batch.state != "preview":
        return
    try:
        one.batch = accept(one.batch, None, create_missing=options.create_schools)
    except Refusal as refusal:
        one.batch.refresh_from_db()
        one.why = refusal.reasons
    print(f"{one.file}: {'не принят' if one.why else one.batch.get_state_display()}", file=sys.stderr)


def _outcome(found: list[Found]) -> Outcome:
    """Refused as a whole where any file was: the caller must not miss it among the others."""
    from msoko.web.collection.presenting import batch_as_json, refused_as_json

    batches = [
        batch_as_json(one.batch, one.file, one.why) if one.batch else refused_as_json(one.file, *one.why)
        for one in found
    ]
    refused = [batch for batch in batches if batch["state"] in ("refused", "not_accepted")]
    text = "\n".join(in_words(batch) for batch in batches)
    data: dict[str, object] = {"batches": batches}
    if refused:
        reasons = [f"{batch['file']}: {reason}" for batch in refused for reason in batch["reasons"]]  # type: ignore[attr-defined]
        raise Refused(*reasons, data=data, text=text)
    return Outcome(data, text)


def in_words(batch: dict[str, Any]) -> str:
    """A line a file and, below it, the first of what is odd in it; reasons of a refusal are told on stderr."""
    rows = "" if batch["rows"] is None else f", строк {batch['rows']}"
    odd = [one for one in batch["complaints"] if one["level"] == "WARNING"]
    lines = [f"{batch['file']}: {batch['state_words']}{rows}" + (f"; замечаний — {len(odd)}" if odd else "")]
    lines += [f"  {_complaint(one)}" for one in odd[:MOST_COMPLAINTS]]
    if len(odd) > MOST_COMPLAINTS:
        lines.append(f"  … и ещё {len(odd) - MOST_COMPLAINTS}: msoko import … --json")
    return "\n".join(lines)


def _complaint(said: dict[str, Any]) -> str:
    """«Сумма баллов за задания не равна итогу. Проверьте… Лист «Протокол», строка 6, «Итого баллов»: 9 (всего 21)»."""
    where = [
        f"лист «{said['sheet']}»" if said["sheet"] else "",
        f"строка {said['row']}" if said["row"] else "",
        f"«{said['column']}»" if said["column"] else "",
    ]
    place = ", ".join(part for part in where if part)
    value = f": {said['value']}" if said["value"] else ""
    of_all = f" (всего {said['count']})" if said["count"] > 1 else ""
    return said["message"] + (f" {place[0].upper()}{place[1:]}{value}" if place else "") + of_all
