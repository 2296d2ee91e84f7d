"""Измерить, насколько сигналы видят вмешательство и как часто ошибаются."""

import argparse
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msoko.cli.outcome import Outcome, Refused

if TYPE_CHECKING:
    from msoko.core.analysis.validation.measuring import Source
    from msoko.core.definitions.loading import Definitions
    from msoko.core.definitions.validation import Validation

NAME = "validate"
SEED = 2021
FULL, QUICK = (10, 300), (2, 100)
"""Repetitions, and schools of an invented region."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="две попытки на малой области: работает ли")
    parser.add_argument("--real", type=Path, metavar="ПАПКА", help="ещё и протоколы ВПР из папки, как они есть")
    parser.add_argument("--repetitions", type=int, help=f"попыток, обычно {FULL[0]}")
    parser.add_argument("--schools", type=int, help=f"школ в выдуманной области, обычно {FULL[1]}")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--write", action="store_true", help="записать определение и docs/validation.md (рабочая копия)"
    )
    parser.add_argument("--render", action="store_true", help="не измерять: изложить заново то, что записано")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    from msoko.core.definitions.loading import Definitions
    from msoko.core.definitions.validation import shipped
    from msoko.documents.library.validation_report.pages import ROOT, write

    if (options.write or options.render) and not (ROOT / "docs").is_dir():
        raise Refused("Записать можно только в рабочей копии проекта: папки docs рядом с пакетом нет.")
    if options.write and (options.real is None or options.quick):
        raise Refused("Записывается только полное измерение с реальными файлами (--real ПАПКА, без --quick).")
    definitions = Definitions.load()
    validation = shipped() if options.render else _measured(options, definitions)
    if options.write or options.render:
        write(validation, definitions, ROOT)
    return Outcome(validation.as_plain(), _text(validation))


def _measured(options: argparse.Namespace, definitions: "Definitions") -> "Validation":
    from msoko.core.analysis.validation.measuring import validated

    repetitions, schools = QUICK if options.quick else FULL
    sources = _sources(options, definitions, options.schools or schools)
    return validated(
        sources,
        definitions.methods,
        options.repetitions or repetitions,
        options.seed,
        quick=options.quick,
        report=_say,
    )


def _sources(options: argparse.Namespace, definitions: "Definitions", schools: int) -> list["Source"]:
    from msoko.core.analysis.validation.measuring import Source
    from msoko.core.analysis.validation.protocols import NoSuchWorks, works_below
    from msoko.core.definitions.validation import REAL

    sources = []
    if options.real is not None:
        if not options.real.is_dir():
            raise Refused(f"Папки нет: {options.real}")
        try:
            chosen = works_below(options.real, definitions, _say)
        except NoSuchWorks as problem:
            raise Refused(str(problem)) from problem
        sources.append(Source(REAL, lambda _: chosen, is_drawn_anew=False))
    return [*sources, *_invented(options.seed, schools, definitions)]


def _invented(seed: int, schools: int, definitions: "Definitions") -> Iterator["Source"]:
    """Regions, and every whole district of them by itself, where there are schools enough for one."""
    from msoko.core.analysis.validation.measuring import Source
    from msoko.core.definitions.validation import DISTRICTS, SIMULATED
    from msoko.simulation.honest import districts_of, honest_region

    first = seed * 1000  # so that no two seeds share a region
    region = lru_cache(maxsize=1)(lambda number: honest_region(first + number, schools, definitions))
    districts = lru_cache(maxsize=1)(lambda number: districts_of(region(number)))
    yield Source(SIMULATED, region, is_drawn_anew=True)
    if whole := len(districts(0)):
        yield Source(DISTRICTS, lambda n: districts(n // whole)[n % whole], True, times=whole, manipulations=())


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _text(validation: "Validation") -> str:
    from msoko.core.definitions.validation import ALL_SIZES

    lines = []
    for one in validation.measured:
        if one.size == ALL_SIZES and one.auc and one.precision_5:
            areas = f"AUC {one.auc.value:.3f}\t{one.precision_5.value:.2f}"
            lines.append(f"{one.source}\t{one.manipulation}\t{one.signal}\t{areas}")
    return "\n".join(lines)
