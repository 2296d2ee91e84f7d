"""The manual that the spec tests print: docs/manual, a file a chapter.

A spec test says its sentences and tables through the fixture `manual`; they travel with its report, also from the
processes of xdist, and are put together here in the order of the source. `--manual=write` writes the files,
`--manual=check` fails the run when they are stale.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SPEC = Path(__file__).resolve().parent / "spec"
MANUAL = SPEC.parent.parent / "docs" / "manual"
PROPERTY = "manual"
UNKNOWN = "нет данных"


@dataclass(frozen=True, order=True)
class Place:
    """Where a paragraph stands: file, then line of the test, then the case of a parametrised test."""

    chapter: str
    section: str
    line: int
    case: tuple[int, ...]


class Paragraphs:
    """What one spec test tells the reader. Each call adds a block of Markdown in the order of the calls."""

    def __init__(self, heading: str) -> None:
        self.blocks = [heading]

    def says(self, text: str) -> None:
        """Adds paragraphs, parted by empty lines; the line breaks of the source are not kept."""
        self.blocks += [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]

    def table(self, title: str, rows: list[dict[str, Any]]) -> None:
        """Adds a table with a title; the keys of the first row are the header. Raises ValueError without rows."""
        if not rows:
            raise ValueError(f"The table «{title}» of the manual has no rows")
        header = list(rows[0])
        lines = [header, ["---"] * len(header), *([in_russian(row[name]) for name in header] for row in rows)]
        body = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
        self.blocks.append(f"*{title}*\n\n{body}")


def in_russian(value: Any) -> str:
    """A cell as a Russian reads it: decimal comma, minus sign, «нет данных» for None."""
    if value is None:
        return UNKNOWN
    if isinstance(value, float):
        return f"{value:.6g}".replace(".", ",").replace("-", "−")
    return str(value).replace("|", "\\|")


def title_and_text(docstring: str | None, where: Path | str) -> tuple[str, str]:
    """The first line of a docstring without its full stop, and the rest; raises ValueError without one."""
    if not docstring:
        raise ValueError(f"{where}: the manual needs a docstring here")
    title, _, text = docstring.partition("\n")
    return title.strip().removesuffix("."), text.strip()


class Manual:
    """The pytest plugin of the process that sees all reports."""

    def __init__(self, wish: str | None) -> None:
        self.wish = wish
        self.told: dict[Place, dict[str, list[str]]] = defaultdict(dict)
        self.complaints: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" or not report.passed:
            return
        for name, value in report.user_properties:
            if name == PROPERTY and isinstance(value, (list, tuple)):
                chapter, section, line, case, engine, blocks = value
                self.told[Place(chapter, section, line, tuple(case))][engine] = list(blocks)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.wish is None or hasattr(session.config, "workerinput") or exitstatus != pytest.ExitCode.OK:
            return
        self._compare_engines()
        if not self.complaints:
            pages = self.pages()
            self._write(pages) if self.wish == "write" else self._check(pages)
        if self.complaints:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for complaint in self.complaints:
            terminalreporter.write_line(f"MANUAL: {complaint}", red=True)

    def _compare_engines(self) -> None:
        for place, by_engine in self.told.items():
            first, *others = by_engine.values()
            if any(blocks != first for blocks in others):
                self.complaints.append(f"the engines {', '.join(by_engine)} tell different things at {place}")

    def pages(self) -> dict[Path, str]:
        """Every page of the manual: its path and its text."""
        chapters: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for place in sorted(self.told):
            blocks = next(iter(self.told[place].values()))
            chapters[place.chapter][place.section] += blocks
        return {MANUAL / f"{chapter}.md": page_of(chapter, sections) for chapter, sections in chapters.items()}

    def _write(self, pages: dict[Path, str]) -> None:
        MANUAL.mkdir(parents=True, exist_ok=True)
        for old in set(MANUAL.glob("*.md")) - set(pages):
            old.unlink()
        for path, text in pages.items():
            path.write_text(text, encoding="utf-8")

    def _check(self, pages: dict[Path, str]) -> None:
        written = {path: path.read_text(encoding="utf-8") for path in MANUAL.glob("*.md")}
        for path in sorted(set(pages) | set(written)):
            if pages.get(path) != written.get(path):
                self.complaints.append(f"docs/manual/{path.name} is stale: make manual")


def page_of(chapter: str, sections: dict[str, list[str]]) -> str:
    """A chapter as Markdown: its title and introduction, then its sections by name of their files."""
    blocks = list(introduction(SPEC / chapter / "__init__.py", level=1))
    blocks.insert(1, "<!-- Written by `make manual` from the tests of this chapter. -->")
    for section, paragraphs in sections.items():
        blocks += [*introduction(SPEC / chapter / f"{section}.py", level=2), *paragraphs]
    return "\n\n".join(blocks) + "\n"


def introduction(file: Path, level: int) -> list[str]:
    """The heading, and the text if there is any, of a module's docstring."""
    title, text = title_and_text(ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), file)
    return [f"{'#' * level} {title}", *([text] if text else [])]
