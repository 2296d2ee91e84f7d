"""Привести базу к нынешнему виду (безопасно повторять)."""

import argparse

from msoko.cli.database import ready
from msoko.cli.outcome import Outcome

NAME = "migrate"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    ready()
    return Outcome({"migrated": True}, "База готова.")
