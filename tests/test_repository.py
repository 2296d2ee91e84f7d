"""The repository keeps its own rules: what is in it, how long things are, what never gets in."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FUNCTION = 50
LONGEST_MODULE = 400
LOCKS = ["package-lock.json", *sorted(file.name for file in ROOT.glob("requirements*.txt"))]
PAGES = ["README.md", "GLOSSARY.md", "CHANGELOG.md", "LICENSE", "docs/architecture.md", "docs/contributing.md"]
# A package's own file anywhere, or an option that says where to look for packages.
ADDRESS_OF_A_REGISTRY = re.compile(r'"resolved"|://\S+\.(?:tgz|whl|gz|zip)|--\S*-url\b|--find-links|registry\s*=')
PATH_OF_A_MACHINE = re.compile(r"(?:^|[\s\"'`(=:])/(?:work|home|root|tmp|Users|opt)/[\w.]", re.MULTILINE)
LEFT_OPEN = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")


def files_of_the_project() -> list[Path]:
    """All files that git keeps or would keep; raises CalledProcessError outside a checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in sorted(listed.split("\0")) if name and (ROOT / name).is_file()]


FILES = files_of_the_project()
MODULES = [file for file in FILES if file.suffix == ".py" and "migrations" not in file.parts]


def texts() -> dict[str, str]:
    """Every text file of the project by its name from the root."""
    found = {}
    for file in FILES:
        content = file.read_bytes()
        if b"\0" not in content:
            found[str(file.relative_to(ROOT))] = content.decode("utf-8")
    return found


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_locks_name_no_registry():
    assert {lock for lock in LOCKS if ADDRESS_OF_A_REGISTRY.search((ROOT / lock).read_text())} == set()


@pytest.mark.parametrize(
    "line", ['"resolved": "somewhere"', f"django @ {'https'}://x/d.whl", "--extra-index-url x", "registry = x"]
)
def test_an_address_of_a_registry_is_recognised(line):
    assert ADDRESS_OF_A_REGISTRY.search(line)


def test_every_locked_package_has_a_hash():
    for lock in LOCKS[1:]:
        for line in (ROOT / lock).read_text().splitlines():
            if "==" in line:
                assert line.rstrip().endswith("\\"), f"{lock}: {line}"


@pytest.mark.parametrize("wanted", sorted(file.name for file in ROOT.glob("requirements*.in")))
def test_what_is_wanted_is_locked(wanted):
    names = set(re.findall(r"(?m)^([A-Za-z][\w.-]*)", (ROOT / wanted).read_text()))
    locked = set(re.findall(r"(?m)^([\w.-]+)==", (ROOT / wanted).with_suffix(".txt").read_text()))
    assert {normal(name) for name in names} <= {normal(name) for name in locked}, "make lock"


def normal(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_file_names_a_path_of_a_machine():
    found = {name: hit.group() for name, text in texts().items() if (hit := PATH_OF_A_MACHINE.search(text))}
    assert found == {}


def test_nothing_is_left_open():
    assert [name for name, text in texts().items() if LEFT_OPEN.search(text)] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_a_newcomer_looks_for_exists(page):
    assert (ROOT / page).is_file()


def test_modules_are_short():
    lengths = {name_of(module): module.read_text(encoding="utf-8").count("\n") for module in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_are_short():
    functions = [node for node in nodes() if isinstance(node[1], ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {f"{name}:{node.lineno}": node.end_lineno - node.lineno + 1 for name, node in functions}
    assert {place: length for place, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_a_handler_of_every_error_passes_it_on_or_says_why_not():
    handlers = [(name, node) for name, node in nodes() if isinstance(node, ast.ExceptHandler)]
    faults = [f"{name}:{handler.lineno}" for name, handler in handlers if swallows_everything(handler, ROOT / name)]
    assert faults == []


REASON = re.compile(r"#(?: noqa: BLE001 -)? (?!noqa)\w+(?: \S+){2,}")  # some words, not the mark alone


def swallows_everything(handler: ast.ExceptHandler, file: Path) -> bool:
    """Whether a handler takes errors that its author cannot have thought of, keeps them and gives no reason."""
    caught = ast.unparse(handler.type) if handler.type else "BaseException"
    line = file.read_text(encoding="utf-8").splitlines()[handler.lineno - 1]
    broad = re.search(r"\b(Base)?Exception\b", caught)
    return bool(broad) and not isinstance(handler.body[-1], ast.Raise) and not REASON.search(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("except:", True),
        ("except (OSError, Exception):", True),
        ("except Exception:  # noqa: BLE001", True),
        ("except Exception:  # noqa: BLE001 - the worker outlives a reader's fault", False),
        ("except Exception:  # the worker outlives a reader's fault", False),
        ("except OSError:", False),
    ],
)
def test_a_handler_of_every_error_is_recognised(tmp_path, line, expected):
    text = f"try:\n    pass\n{line}\n    pass\n"
    (tmp_path / "module.py").write_text(text)
    handler = ast.parse(text).body[0].handlers[0]
    assert swallows_everything(handler, tmp_path / "module.py") is expected


def nodes() -> Iterator[tuple[str, Any]]:
    """Every node of every module's syntax tree, with the module's name."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            yield name_of(module), node
