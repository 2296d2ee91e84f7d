"""Выдать пустую форму XLSX с пояснениями (реестр, социальный паспорт и другие)."""

import argparse
import sys
from pathlib import Path

from msoko.cli.outcome import Outcome, Refused

NAME = "template"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="какая форма; без имени — список форм")
    parser.add_argument("--out", type=Path, help="куда записать (по умолчанию <форма>.xlsx; «-» — на вывод)")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    from msoko.core.collection.layouts import template
    from msoko.core.definitions.loading import Definitions

    layouts = Definitions.load().layouts
    if options.name is None:
        listed = [{"name": slug, "title": layout.title} for slug, layout in sorted(layouts.items())]
        return Outcome({"templates": listed}, "\n".join(f"{one['name']}: {one['title']}" for one in listed))
    layout = layouts.get(options.name)
    if layout is None:
        raise Refused(f"Нет формы «{options.name}». Есть: {', '.join(sorted(layouts))}.")
    out = options.out or Path(f"{options.name}.xlsx")
    if str(out) == "-":
        sys.stdout.buffer.write(template(layout))
        return Outcome()
    out.write_bytes(template(layout))
    return Outcome({"name": options.name, "file": str(out)}, f"Форма «{layout.title}» записана: {out}")
