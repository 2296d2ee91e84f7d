"""Загрузить выдуманный район тем же путём, что и настоящие файлы (один раз)."""

import argparse
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from msoko.cli.database import ready
from msoko.cli.outcome import Outcome, Refused

NAME = "demo"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--schools", type=int, default=18)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    ready()
    from msoko.web.people.models import Organisation
    from msoko.web.people.services import create_demo_accounts, is_demonstration, mark_as_demonstration

    if is_demonstration():
        return Outcome({"loaded": False}, "Демонстрационный район уже загружен.")
    if Organisation.objects.exists():
        raise Refused("В этой папке уже есть настоящие организации: демонстрация в неё не загружается.")
    with TemporaryDirectory() as folder:
        _load(Path(folder), options)
    mark_as_demonstration()
    create_demo_accounts()
    return Outcome({"loaded": True}, "Демонстрационный район загружен.")


def _load(folder: Path, options: argparse.Namespace) -> None:
    from msoko.core.collection.reading import Hints
    from msoko.simulation import simulate
    from msoko.web.collection.services import accept, read_received, receive_path
    from msoko.web.monitoring.services import recompute_stale

    made = simulate(folder, schools=options.schools, seed=options.seed)
    for file in made.files:
        print(file.name, file=sys.stderr)
        for received in receive_path(Path(os.path.relpath(file)), Hints()):
            for batch in read_received(received):
                accept(batch, None, create_missing=True)
    recompute_stale()
