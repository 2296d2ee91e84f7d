"""docs/benchmarks.md: one chapter a benchmark, each replaced by its latest run."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks._measuring import load, machine

REPORT = Path(__file__).parent.parent / "docs" / "benchmarks.md"
HEAD = """# How fast it is

Written by `make bench`; every chapter is one run on one machine. «Wall» is time on the clock, «CPU» what the process
itself used: on a machine that does other things beside, only the second and ratios within a run say something.
"""


@dataclass
class Chapter:
    """`target` is what was promised; `tables` are headers and rows; `notes` follow below."""

    name: str
    title: str
    target: str
    tables: list[tuple[Sequence[str], list[Sequence[str]]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_markdown(self) -> str:
        day = f"{date.today().isoformat()}; {machine()}; load before the run {self.load}"
        tables = [_table(head, rows) for head, rows in self.tables]
        body = "\n\n".join([f"## {self.title}", f"Target: {self.target}", day + ".", *tables, *self.notes])
        return f"<!-- {self.name} -->\n{body}\n<!-- end of {self.name} -->\n"

    load: str = field(default_factory=load)

    def write(self) -> None:
        """Prints the chapter and puts it in the place of the former one."""
        said = self.as_markdown()
        print(said)
        before = REPORT.read_text() if REPORT.exists() else HEAD
        mine = re.compile(rf"<!-- {self.name} -->\n.*?<!-- end of {self.name} -->\n", re.DOTALL)
        after = mine.sub(lambda _: said, before) if mine.search(before) else f"{before.rstrip()}\n\n{said}"
        REPORT.write_text(after)


def _table(head: Sequence[str], rows: list[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (head, *rows)]
    rule = "|" + "|".join([" --- "] + [" ---: "] * (len(head) - 1)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
