"""The same services from the shell. One command is one file in `commands/`, found by folder.

`--json` prints one JSON object and nothing else on stdout; progress and refusals go to stderr.
Exit codes: 0 done, 1 refused with reasons, 2 wrong call.
"""

import argparse
import json
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from msoko.cli.outcome import Outcome, Refused, WrongCall

COMMANDS = "msoko.cli.commands"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    if options.home:
        os.environ["MSOKO_HOME"] = str(Path(options.home).absolute())
    try:
        return _run(options)
    except BrokenPipeError:
        # Whoever read has had enough (`| head`); Python would complain once more when it closes the stream.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - open till the process ends
        return 1


def _run(options: argparse.Namespace) -> int:
    try:
        outcome = options.run(options)
    except Refused as refused:
        return _say(refused.outcome, options, code=1)
    except WrongCall as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except BrokenPipeError:
        raise
    except Exception as error:  # told by kind and place, never as a traceback that quotes cells
        if os.environ.get("MSOKO_LOG", "").upper() == "DEBUG":
            raise
        return _say(_internal_error(error), options, code=1)
    return _say(outcome, options, code=0)


def _internal_error(error: Exception) -> Outcome:
    """Kind and place, without the error's words: they may quote a cell, and a cell may name a person."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    reason = (
        f"Ошибка программы: {type(error).__name__} ({Path(last.filename).name}, строка {last.lineno}). "
        "Подробности покажет тот же вызов с MSOKO_LOG=DEBUG; сообщите о ней разработчикам."
    )
    return Outcome({"refused": [reason]}, reasons=[reason])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="msoko", description="МСОКО: управленческий цикл муниципальной системы.")
    parser.add_argument("--home", metavar="DIR", help="папка с базой, фактами и загруженными файлами (MSOKO_HOME)")
    commands = parser.add_subparsers(metavar="КОМАНДА", required=True)
    for command in _commands():
        lines = (command.__doc__ or "").strip().splitlines()
        sub = commands.add_parser(command.NAME, help=lines[0] if lines else None, description=command.__doc__)
        sub.set_defaults(run=command.run, json=False)
        command.configure(sub)
    return parser


def _commands() -> list[ModuleType]:
    package = import_module(COMMANDS)
    return [import_module(f"{COMMANDS}.{module.name}") for module in iter_modules(package.__path__)]


def _say(outcome: Outcome | None, options: argparse.Namespace, code: int) -> int:
    if outcome is None:
        return code
    for line in outcome.reasons:
        print(line, file=sys.stderr)
    said = _as_json(outcome.data) if options.json else outcome.text
    if said:
        print(said)
    sys.stdout.flush()
    return code


def _as_json(data: dict[str, object]) -> str:
    """Readable Russian, unless a name of a file or the terminal has signs that can't be written."""
    said = json.dumps(data, ensure_ascii=False)
    try:
        said.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(data)
    return said


if __name__ == "__main__":
    sys.exit(main())
