"""Imports go one way: by the parts and the rooms of docs/architecture.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "msoko"
ROOMS = {
    part: [room.strip() for room in rooms.split("·")]
    for part, rooms in re.findall(r"(?m)^ +(core|web): (.+)$", (ROOT / "docs" / "architecture.md").read_text())
}
MAY_IMPORT = {
    "definitions": set(),
    "core": {"definitions"},
    "documents": {"core", "definitions"},
    "simulation": {"core", "definitions"},
    "web": {"documents", "core", "definitions"},
    "cli": {"web", "documents", "simulation", "core", "definitions"},
}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
# Core is told the time and the settings; it asks nobody.
NOT_IN_CORE = re.compile(
    r"^(django|requests|urllib\.request|socket)\b|^os\.(environ|getenv)\b"
    r"|^(datetime\.)*(datetime|date)\.(now|utcnow|today)$|^time\.(time|localtime|gmtime)$"
)


def imported_names(tree: ast.AST, package: str) -> Iterator[str]:
    """Dotted names of all imports, also inside functions and under TYPE_CHECKING; `from a import b` is a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def related_models(tree: ast.AST) -> Iterator[str]:
    """Rooms that a model points at by a string: ForeignKey("people.User") is an import of people."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in RELATIONS:
            targets = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "to")]
            labels = (target.value for target in targets if isinstance(target, ast.Constant))
            yield from (f"msoko.web.{label.partition('.')[0]}" for label in labels if "." in str(label))


def wrong_arrow(importer: str, imported: str) -> str | None:
    """What is wrong with a module's import of another one, both named from msoko on; None when all is well."""
    part, other = importer.split(".")[1], imported.split(".")[1]
    if part != other:
        return None if other in MAY_IMPORT[part] else f"{importer} → {imported}: {part} may not import {other}"
    rooms = ROOMS.get(part, [])
    room, next_room = (name.split(".")[2] if name.count(".") > 1 else "" for name in (importer, imported))
    if room in rooms and next_room in rooms and rooms.index(next_room) > rooms.index(room):
        return f"{importer} → {imported}: {room} stands left of {next_room}"
    return None


def wrong_arrows(source: Path) -> list[str]:
    """Every import against the order in a tree of the package msoko."""
    found = []
    for file in sorted(source.rglob("*.py")):
        module = ".".join(["msoko", *file.relative_to(source).with_suffix("").parts]).removesuffix(".__init__")
        package = module if file.name == "__init__.py" else module.rpartition(".")[0]
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {*imported_names(tree, package), *related_models(tree)}
        if module.count("."):
            inside = sorted(name for name in names if name.startswith("msoko.") and source_has(source, name))
            found += [fault for name in inside if (fault := wrong_arrow(module, name))]
    return found


def source_has(source: Path, name: str) -> bool:
    """Whether msoko.part is a folder of the tree: `from msoko import __version__` is no arrow."""
    return (source / name.split(".")[1]).is_dir()


def test_imports_follow_the_architecture():
    assert wrong_arrows(SOURCE) == []


def test_every_folder_of_core_and_web_is_a_room_of_the_architecture():
    notes = {"static", "templates", "migrations"}
    for part, rooms in ROOMS.items():
        folders = {file.parent.name for file in (SOURCE / part).glob("*/*.py")} - notes
        assert folders <= set(rooms), f"{part}: name the room in docs/architecture.md"


def test_every_part_of_the_source_is_known():
    assert {file.parent.name for file in SOURCE.glob("*/*.py")} <= set(MAY_IMPORT)


def test_core_asks_neither_django_nor_the_settings_nor_the_clock():
    asked = [f"{file.name}: {name}" for file in (SOURCE / "core").rglob("*.py") for name in names_that_core_lacks(file)]
    assert asked == []


def names_that_core_lacks(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    used = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return sorted(name for name in {*used, *imported_names(tree, "msoko.core")} if NOT_IN_CORE.search(name))


@pytest.mark.parametrize(
    "text",
    [
        "import django.conf",
        "from os import environ",
        "x = os.getenv('A')",
        "t = datetime.datetime.now()",
        "time.time()",
    ],
)
def test_a_question_of_core_is_caught(tmp_path, text):
    (tmp_path / "module.py").write_text(text)
    assert names_that_core_lacks(tmp_path / "module.py") != []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("core/facts/store.py", "from msoko.web.people import models"),
        ("core/facts/store.py", "def late():\n    import msoko.core.monitoring.tally"),
        ("core/vocabulary/cells.py", "from ..facts import schema"),
        ("web/people/models.py", "cycle = models.ForeignKey('cycles.Cycle', on_delete=1)"),
        ("web/people/models.py", "x = models.ManyToManyField(to='cycles.Cycle')"),
        ("web/look/tags.py", "if TYPE_CHECKING:\n    from msoko.web import monitoring"),
        ("documents/blocks.py", "from msoko import web"),
        ("simulation/district.py", "import msoko.documents.docx"),
    ],
)
def test_a_made_up_arrow_back_is_caught(tmp_path, file, text):
    for part in MAY_IMPORT:
        (tmp_path / part).mkdir()
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    assert len(wrong_arrows(tmp_path)) == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("core/facts/store.py", "from msoko.core.vocabulary import cells\nimport os\nfrom . import schema"),
        ("web/cycles/models.py", "x = models.ForeignKey('people.User', on_delete=1)"),
        ("cli/demo.py", "from msoko.simulation import district\nfrom msoko.web.collection import services"),
    ],
)
def test_a_made_up_arrow_forward_is_allowed(tmp_path, file, text):
    for part in MAY_IMPORT:
        (tmp_path / part).mkdir()
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    assert wrong_arrows(tmp_path) == []
