"""Делать то, что ждёт: читать загруженные файлы, пересчитывать значения."""

import argparse
import signal

from msoko.cli.database import ready

NAME = "worker"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="сделать всё, что ждёт, и выйти")


def run(options: argparse.Namespace) -> None:
    ready()
    from msoko.web.work import do_all_that_is_due, work_for_ever

    if options.once:
        do_all_that_is_due()
        return
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: asked.append(number))
    signal.signal(signal.SIGINT, lambda number, frame: asked.append(number))
    work_for_ever(stopping=lambda: bool(asked))
