"""Принять протоколы: файлы, папки, архивы zip."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msoko.cli.database import ready
from msoko.cli.naming import the_subject
from msoko.cli.outcome import Outcome, Refused, WrongCall

if TYPE_CHECKING:
    from msoko.web.collection.models import Batch

NAME = "import"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)
    parser.add_argument("--accept", action="store_true", help="принять то, что прочитано без отказа")
    parser.add_argument("--create-schools", action="store_true", help="создать школы, которых нет в реестре")
    parser.add_argument("--year", type=int, help="год процедуры")
    parser.add_argument("--grade", type=int, help="класс работы")
    parser.add_argument("--subject", help="предмет")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    missing = [str(path) for path in options.paths if not path.exists()]
    if missing:
        raise WrongCall(f"Нет такого файла или папки: {', '.join(missing)}")
    ready()
    from msoko.web.monitoring.services import recompute_stale

    batches = [batch for path in options.paths for batch in _import(path, options)]
    if options.accept:
        print("Считаем значения…", file=sys.stderr)
        recompute_stale()
    return _outcome(batches)


def _import(path: Path, options: argparse.Namespace) -> list[dict[str, object]]:
    from msoko.core.collection import UnreadableFile
    from msoko.web.collection.services import receive_path
    from msoko.web.collection.services.uploading import TooLarge

    said: list[dict[str, object]] = []
    try:
        for received in receive_path(path, _hints(options)):
            said += _read_and_accept(received, options)
    except (UnreadableFile, TooLarge) as error:
        said.append(_unread(path, str(error)))
    return said


def _hints(options: argparse.Namespace):
    from msoko.core.collection.reading import Hints
    from msoko.web.definitions import definitions

    subject = None
    if options.subject:
        subject = the_subject(definitions(), options.subject).slug
    return Hints(year=options.year, grade=options.grade, subject=subject)


def _read_and_accept(received: "Batch", options: argparse.Namespace) -> list[dict[str, object]]:
    from msoko.web.collection.presenting import batch_as_json
    from msoko.web.collection.services import Refusal, accept, read_received

    said = []
    for batch in read_received(received):
        reasons: tuple[str, ...] = ()
        if options.accept and batch.state == "preview":
            try:
                batch = accept(batch, None, create_missing=options.create_schools)
            except Refusal as refusal:
                batch.refresh_from_db()
                reasons = refusal.reasons
        said.append(batch_as_json(batch, received.path, reasons))
        print(f"{received.path}: {batch.get_state_display()}, строк {batch.rows}", file=sys.stderr)
    return said


def _unread(path: Path, why: str) -> dict[str, object]:
    from msoko.web.collection.presenting import refused_as_json

    return refused_as_json(str(path), why)


def _outcome(batches: list[dict[str, object]]) -> Outcome:
    """Refused as a whole where any file was: the caller must not miss it among the others."""
    refused = [batch for batch in batches if batch["state"] in ("refused", "not_accepted")]
    text = "\n".join(f"{batch['file']}: {batch['state_words']}, строк {batch['rows']}" for batch in batches)
    data: dict[str, object] = {"batches": batches}
    if refused:
        reasons = [f"{batch['file']}: {reason}" for batch in refused for reason in batch["reasons"]]  # type: ignore[attr-defined]
        raise Refused(*reasons, data=data, text=text)
    return Outcome(data, text)
