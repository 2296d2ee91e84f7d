"""Показать методики: правило, источник, параметры и что о них задано."""

import argparse

from msoko.cli.database import ready
from msoko.cli.outcome import Outcome, Refused

NAME = "methods"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    ready()
    from msoko.core.analysis.parameters import BadParameter
    from msoko.web.analysis.answering import methods_as_json
    from msoko.web.definitions import definitions

    methods = definitions().methods
    text = "\n".join(f"{name}\t{method.title}" for name, method in sorted(methods.items()))
    try:
        return Outcome(methods_as_json(methods), text)
    except BadParameter as bad:  # the municipality's folder sets what cannot be
        raise Refused(str(bad)) from bad
