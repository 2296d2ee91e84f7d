"""Загрузить выдуманный район тем же путём, что и настоящие файлы (один раз)."""

import argparse
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
    from django.conf import settings

    from msoko.web.people.models import Organisation

    if settings.DEMONSTRATION:
        return Outcome({"loaded": False}, "Демонстрационный район уже загружен.")
    if Organisation.objects.exists():
        raise Refused("В этой папке уже есть организации: выдуманный район к ним не добавляется.")
    with TemporaryDirectory() as folder:
        batches = _load(Path(folder), options)
    (settings.HOME / "demonstration").touch()
    settings.DEMONSTRATION = True
    _create_accounts()
    _live_by_plans()
    return Outcome({"loaded": True, "batches": batches}, "Демонстрационный район загружен.")


def _load(folder: Path, options: argparse.Namespace) -> int:
    """Every file of the invented district by the road of real files; the register comes first, it names the schools."""
    from msoko.core.collection.reading import Hints
    from msoko.simulation import simulate
    from msoko.web.analysis.services import calculate_due
    from msoko.web.collection.services import accept, read_received, receive_path
    from msoko.web.monitoring.services import recompute_stale

    made, accepted = simulate(folder, schools=options.schools, seed=options.seed), 0
    for file in made.files:
        print(file.path, file=sys.stderr)
        for received in receive_path(folder / file.path, Hints(), named=file.path, territory=_district()):
            for batch in read_received(received):
                accept(batch, None, create_missing=True)
                accepted += 1
    recompute_stale()
    calculate_due()
    return accepted


def _district():
    """The municipality of the demonstration, once its register is there."""
    from msoko.web.people.models import Kind, Organisation

    return Organisation.objects.real().filter(kind=Kind.MUNICIPALITY).first()


def _create_accounts() -> None:
    from msoko.web.demonstration import demo_accounts

    demo_accounts()


def _live_by_plans() -> None:
    """Programmes in force, reports, evidence: after the accounts, whose people report."""
    from django.utils import timezone

    from msoko.web.roadmap.demonstration import live

    live(_district(), timezone.localdate())
