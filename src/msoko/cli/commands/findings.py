"""Показать выводы одной методики: кого она отмечает, насколько уверенно и почему."""

import argparse
from typing import Any

from msoko.cli.database import ready
from msoko.cli.naming import the_organisation, the_subject
from msoko.cli.outcome import Outcome, WrongCall

NAME = "findings"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--method", required=True, help="имя методики, как в msoko methods")
    parser.add_argument("--year", type=int, required=True, help="год процедур")
    parser.add_argument("--grade", type=int, help="только работы этого класса")
    parser.add_argument("--subject", help="только работы этого предмета")
    parser.add_argument("--organisation", help="номер, логин или точное название территории либо школы")
    parser.add_argument(
        "--set", action="append", default=[], metavar="ИМЯ=ЗНАЧЕНИЕ", help="параметр методики на этот раз"
    )
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    asked = dict(_pair(said) for said in options.set)
    ready()
    from msoko.core.analysis.parameters import BadParameter
    from msoko.web.analysis.answering import answer
    from msoko.web.definitions import definitions
    from msoko.web.monitoring.services import recompute_stale

    method = _the_method(definitions(), options.method)
    subject = the_subject(definitions(), options.subject).slug if options.subject is not None else None
    organisation = the_organisation(options.organisation) if options.organisation is not None else None
    recompute_stale()
    try:
        said = answer(method, options.year, asked, options.grade, subject, organisation)
    except BadParameter as bad:
        raise WrongCall(str(bad)) from bad
    return Outcome(said, _text(said))


def _pair(said: str) -> tuple[str, str]:
    name, is_there, value = said.partition("=")
    if not is_there or not name.strip():
        raise WrongCall(f"«{said}» — не «имя=значение».")
    return name.strip(), value


def _the_method(definitions: Any, name: str) -> Any:
    found = definitions.methods.get(name.replace("/", "."))
    if found is None:
        names = ", ".join(sorted(definitions.methods))
        raise WrongCall(f"Методики «{name}» нет. Есть: {names}.")
    return found


def _text(said: dict[str, Any]) -> str:
    lines = [f"{said['method']}: {len(said['findings'])}"]
    for finding in said["findings"]:
        verdict = f"{finding['verdict']}\t" if finding["verdict"] else ""
        lines.append(f"{finding['organisation']['name']}\t{verdict}{finding['sentence']}")
    if said["not_computed"]:
        lines.append(f"Не посчитано: {len(said['not_computed'])}")
        lines += [f"{(one['organisation'] or {}).get('name', 'все')}\t{one['reason']}" for one in said["not_computed"]]
    return "\n".join(lines)
