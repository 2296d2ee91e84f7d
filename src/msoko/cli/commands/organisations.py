"""Реестр организаций: принять из файла или показать."""

import argparse
from pathlib import Path

from msoko.cli.database import ready
from msoko.cli.files import read_path
from msoko.cli.outcome import Outcome, Refused, WrongCall

NAME = "organisations"


def configure(parser: argparse.ArgumentParser) -> None:
    orders = parser.add_subparsers(metavar="ЧТО", required=True, dest="order")
    importing = orders.add_parser("import", help="принять реестр (XLSX, CSV)")
    importing.add_argument("file", type=Path)
    importing.add_argument("--json", action="store_true")
    listing = orders.add_parser("list", help="показать организации")
    listing.add_argument("--kind", choices=("country", "region", "municipality", "school", "branch"))
    listing.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    if options.order == "import" and not options.file.is_file():
        raise WrongCall(f"Нет такого файла: {options.file}")
    ready()
    return _import(options) if options.order == "import" else _list(options)


def _import(options: argparse.Namespace) -> Outcome:
    from msoko.core.collection.reading import Hints
    from msoko.web.collection.presenting import batch_as_json
    from msoko.web.collection.services import Refusal, accept
    from msoko.web.collection.services.accepting import REGISTER

    outcome: dict[str, object] = {"register": None, "complaints": []}
    for found in read_path(options.file, Hints()):
        if found.batch is None:
            raise Refused(*found.why, data=outcome)
        outcome["complaints"] = found.batch.complaints
        if found.batch.state != "preview":
            raise Refused(*batch_as_json(found.batch, found.file)["reasons"], data=outcome)  # type: ignore[misc]
        if found.batch.naming.get("procedure") != REGISTER:
            raise Refused(f"В файле «{found.file}» нет реестра организаций: это другая форма.", data=outcome)
        try:
            outcome["register"] = accept(found.batch, None).report.get("register")
        except Refusal as refusal:
            raise Refused(*refusal.reasons, data=outcome) from refusal
    return Outcome(outcome, _words(outcome["register"]))


def _words(register: object) -> str:
    if not isinstance(register, dict):
        return "В файле нет реестра организаций."
    told = {"created": "создано", "changed": "изменено", "unchanged": "без изменений", "placed": "размещено"}
    counts = ", ".join(f"{words} — {register[name]}" for name, words in told.items())
    return "\n".join([f"Реестр принят: {counts}.", *register["conflicts"], *register["complaints"]])


def _list(options: argparse.Namespace) -> Outcome:
    from msoko.web.people.models import Organisation

    found = Organisation.objects.filter(merged_into=None).prefetch_related("keys").select_related("parent")
    if options.kind:
        found = found.filter(kind=options.kind)
    rows = [one.as_json() | {"parent": one.parent_id, "status": one.status} for one in found]
    text = "\n".join(f"{row['id']}\t{row['kind']}\t{row['name']}\t{'; '.join(row['logins'])}" for row in rows)
    return Outcome({"organisations": rows}, text)
