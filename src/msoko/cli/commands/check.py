"""Проверить определения пакета и муниципалитета: пустой фильтр, неизвестное слово, битая шкала."""

import argparse
import os
from pathlib import Path

from msoko.cli.outcome import Outcome, Refused

NAME = "check"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--definitions", type=Path, help="папка муниципалитета (MSOKO_DEFINITIONS, иначе definitions в папке данных)"
    )
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    from msoko.core.definitions.checking import check

    problems = check(options.definitions or _of_this_installation())
    data: dict[str, object] = {"problems": [vars(problem) for problem in problems]}
    if problems:
        lines = [f"{problem.file}: {problem.what} {problem.what_to_do}" for problem in problems]
        raise Refused(*lines, data=data)
    return Outcome(data, "Определения в порядке.")


def _of_this_installation() -> Path | None:
    """The folder that the system itself would read; an installation need not have one."""
    from msoko.web.home import place_of_home

    said = os.environ.get("MSOKO_DEFINITIONS")
    folder = Path(said) if said else place_of_home() / "definitions"
    return folder if said or folder.is_dir() else None
