"""Проверить определения пакета и муниципалитета: пустой фильтр, неизвестное слово, битая шкала."""

import argparse
import os
from pathlib import Path

from msoko.cli.outcome import Outcome, Refused

NAME = "check"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--definitions", type=Path, help="папка муниципалитета (MSOKO_DEFINITIONS)")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    from msoko.core.definitions.checking import check

    said = options.definitions or (Path(os.environ["MSOKO_DEFINITIONS"]) if "MSOKO_DEFINITIONS" in os.environ else None)
    problems = check(said)
    data: dict[str, object] = {"problems": [vars(problem) for problem in problems]}
    if problems:
        lines = [f"{problem.file}: {problem.what} {problem.what_to_do}" for problem in problems]
        raise Refused(*lines, data=data)
    return Outcome(data, "Определения в порядке.")
