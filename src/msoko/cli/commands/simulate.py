"""Выдумать район: файлы протоколов в официальных формах, реестр, социальные паспорта."""

import argparse
from pathlib import Path

from msoko.cli.outcome import Outcome

NAME = "simulate"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--schools", type=int, default=18)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--into", type=Path, default=Path("demo-district"), help="куда положить файлы")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    from msoko.simulation import simulate

    made = simulate(options.into, schools=options.schools, seed=options.seed)
    files = [
        {"file": str(options.into / one.path), "what": one.what, "participants": one.participants} for one in made.files
    ]
    data: dict[str, object] = {"folder": str(options.into), "seed": made.seed, "schools": made.schools, "files": files}
    return Outcome(data, "\n".join(str(one["file"]) for one in files))
