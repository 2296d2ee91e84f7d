"""The pages for people: links lead somewhere, commands exist, examples run, words are those of the code."""

import argparse
import ast
import re
import shlex
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from msoko.cli import _parser
from msoko.core.collection import judge
from msoko.core.collection.grid import open_workbook
from msoko.core.collection.reading import Hints, Reading
from msoko.core.collection.recognition import recognise
from msoko.core.definitions.checking import check
from msoko.core.definitions.filling import Filling, filled, period_of
from msoko.core.definitions.loading import Definitions
from tests.core.analysis.panels import panel_of, work
from tests.core.collection.readers.books import xlsx

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "msoko"
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
WORD_OF_CODE = re.compile(r"[A-Za-z][A-Za-z_]*")
PARTS_OF_A_DECISION = ("**Context.**", "**Rejected.**", "**Chosen.**", "**The cost.**")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def commands(page: str, program: str) -> list[str]:
    """The calls of a program in the indented or fenced blocks of a page, without what stands before and after them."""
    pattern = rf"(?m)^(?:    |\$ )?(?:[A-Z_]+=\S+ )*(?:sudo -u \w+ )?(?:\.venv/bin/)?({program} [^#\n]+?)\s*(?:#.*)?$"
    return re.findall(pattern, text_of(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_goal_of_make_that_a_page_names_exists():
    goals = set(re.findall(r"(?m)^([a-z-]+):", text_of("Makefile")))
    named = {
        goal for page in PAGES for goal in re.findall(r"(?:`|^    )make ([a-z-]+)", page.read_text(), re.MULTILINE)
    }
    assert named >= {"run", "test"}
    assert named <= goals


@pytest.mark.parametrize("page", ["README.md", "docs/ru/admin.md", "docs/ru/README.md"])
def test_every_command_that_a_page_shows_is_understood(page):
    calls = commands(page, "msoko")
    assert calls or page == "docs/ru/README.md"
    for call in calls:
        parsed = _parser().parse_args(shlex.split(call)[1:])
        assert callable(parsed.run), call


def test_every_command_is_shown_to_the_administrator():
    (subparsers,) = (action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    shown = {re.sub(r"^msoko (--home \S+ )?", "", call).split()[0] for call in commands("docs/ru/admin.md", "msoko")}
    assert set(subparsers.choices) - shown == set()


def test_every_variable_of_the_settings_is_explained_to_the_administrator():
    known = set(re.findall(r'"(MSOKO_[A-Z_]+)"', text_of("src/msoko/web/settings.py"))) | {"MSOKO_HOME", "DATABASE_URL"}
    assert known - set(re.findall(r"`([A-Z_]+)`", text_of("docs/ru/admin.md"))) == set()


@pytest.mark.parametrize("part", ["core", "web"])
def test_every_room_says_what_it_is_for(part):
    rooms = sorted((SOURCE / part).glob("*/__init__.py"))
    assert [room.parent.name for room in rooms if not ast.get_docstring(ast.parse(room.read_text()))] == []


def words_of_the_glossary() -> set[str]:
    """Every word of the middle column."""
    rows = re.findall(r"(?m)^\| [^|]+ \| ([^|]+) \|", text_of("GLOSSARY.md"))
    return {word for row in rows for word in WORD_OF_CODE.findall(row)}


def folders() -> set[str]:
    """Rooms of core and web, parts, and kinds of definitions."""
    rooms = {file.parent.name for part in ("core", "web") for file in (SOURCE / part).glob("*/__init__.py")}
    kinds = {folder.name for folder in (SOURCE / "definitions").iterdir() if folder.is_dir()}
    parts = {file.parent.name for file in SOURCE.glob("*/__init__.py")} - {"core", "web"}
    return rooms | kinds | parts


def records() -> set[str]:
    """Models, as words: BatchSchool is batch_school."""
    classes = [
        node.name
        for file in [*(SOURCE / "web").glob("*/models.py"), *(SOURCE / "web").glob("*/models/*.py")]
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.ClassDef) and any("Model" in base or "AbstractBaseUser" in base for base in bases(node))
    ]
    return {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in classes}


def bases(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(base) for base in node.bases]


def test_folders_are_called_by_words_of_the_glossary():
    assert {"collection", "sources", "documents"} <= folders()
    assert folders() - words_of_the_glossary() == set()


def test_records_are_called_by_words_of_the_glossary():
    assert {"batch", "organisation", "value"} <= records()
    assert records() - words_of_the_glossary() == set()


def test_the_glossary_has_one_row_a_word():
    russian = re.findall(r"(?m)^\| ([^|]+) \| [^|]+ \|", text_of("GLOSSARY.md"))
    words = [word for row in russian if row not in ("по-русски", "---") for word in row.split("; ")]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.stem)
def test_a_decision_says_what_was_asked_rejected_chosen_and_paid(decision):
    text = decision.read_text(encoding="utf-8")
    assert [part for part in PARTS_OF_A_DECISION if part not in text] == []
    assert text.startswith(f"# {decision.stem[:4]}. ")


def test_decisions_are_numbered_without_gaps_and_listed():
    assert [decision.name[:4] for decision in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]
    listed = LINK.findall(text_of("docs/decisions/README.md"))
    assert listed == [decision.name for decision in DECISIONS]


def test_the_definition_shown_to_the_administrator_passes_the_check(tmp_path):
    (definition,) = re.findall(r"(?s)```yaml\n(.*?)```", text_of("docs/ru/admin.md"))
    (tmp_path / "scales" / "vpr").mkdir(parents=True)
    (tmp_path / "scales" / "vpr" / "2023.yaml").write_text(definition, encoding="utf-8")
    assert check(tmp_path) == []
    scale = Definitions.load(tmp_path).scale_for("vpr", "mathematics", 5, 2023, 20)
    assert scale is not None
    assert (scale.year, scale.status) == (2023, "official")


def blocks_of(section: str) -> list[str]:
    """Code blocks of one section of docs/contributing.md."""
    (text,) = re.findall(rf"(?ms)^## {section}.*?$(.*?)^## ", text_of("docs/contributing.md"))
    return re.findall(r"(?s)```(?:yaml|python)\n(.*?)```", text)


class Example:
    """The source of docs/contributing.md, put together from the page's own blocks."""

    def __init__(self, folder: Path) -> None:
        definition, reader, test = blocks_of("Adding a source")
        (folder / "sources" / "district_test").mkdir(parents=True)
        (folder / "sources" / "district_test" / "2025.yaml").write_text(definition, encoding="utf-8")
        self.definitions, self.test = Definitions.load(folder), test
        self.reader = ModuleType("district_test")
        exec(reader, self.reader.__dict__)

    def read_one(self, rows: list[list[object]], hints: Hints) -> Reading:
        workbook = open_workbook(xlsx(rows), "файл.xlsx")
        source = recognise(workbook, self.definitions).source
        (reading,) = self.reader.read(workbook, source, hints, self.definitions)
        return reading


def test_the_example_of_the_contributing_page_runs(tmp_path):
    example = Example(tmp_path)
    readings: list[Reading] = []

    def read_one(rows: list[list[object]], hints: Hints) -> Reading:
        readings.append(example.read_one(rows, hints))
        return readings[-1]

    names = {"Hints": Hints, "read_one": read_one}
    exec(example.test, names)
    names["test_a_row_is_a_participant"]()
    assert {status.value: n for status, n in judge(readings[0], example.definitions).counts.items() if n} == {
        "valid": 1,
        "absent": 1,
    }


def test_the_method_of_the_contributing_page_runs(tmp_path):
    definition, function, test = blocks_of("Adding a method")
    file = tmp_path / "methods" / "low_results" / "no_fives.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(definition, encoding="utf-8")
    (problem,) = check(tmp_path)  # the function is not there: nothing else is wrong with it
    assert "функции «low_results.no_fives» нет" in problem.what
    defaults = Definitions.load(tmp_path).methods["low_results.no_fives"].defaults
    assert {"min_n", "procedures", "score"} == set(defaults)
    names = {"work": work, "panel_of": panel_of}
    exec(function, names)
    exec(test, names)
    names["test_a_school_without_a_five_is_named_and_one_with_few_participants_is_not"]()


def test_the_programme_of_the_contributing_page_starts(tmp_path):
    definition, test = blocks_of("Adding a programme template")
    file = tmp_path / "programmes" / "reading" / "programme.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(definition, encoding="utf-8")
    assert check(tmp_path) == []
    template = Definitions.load(tmp_path).programmes["reading"]
    names = {"template": template, "filled": filled, "Filling": Filling, "period_of": period_of, "date": date}
    exec(test, names)
    names["test_the_programme_of_reading_starts_in_september"]()
