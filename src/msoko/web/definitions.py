"""The definitions in use: the package's own and, over them, those of this installation's folder."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from msoko.core.definitions.checking import Problem, load_what_is_sound
from msoko.core.definitions.loading import Definitions


def definitions() -> Definitions:
    return _in_use()[0]


def left_out() -> list[str]:
    """What is wrong with files of this installation's folder, a sentence each; while they are so they do not count."""
    folder = Path(settings.DEFINITIONS_FOLDER)
    return [f"{_within(folder, one.file)}: {one.what} {one.what_to_do}".strip() for one in _in_use()[1]]


def _within(folder: Path, file: str) -> str:
    """As the administrator calls it; where the folder lies on the server is nobody's business."""
    path = Path(file)
    return f"{folder.name}/{path.relative_to(folder)}" if path.is_relative_to(folder) else path.name


def _in_use() -> tuple[Definitions, tuple[Problem, ...]]:
    folder = Path(settings.DEFINITIONS_FOLDER)
    return _loaded(folder if folder.is_dir() else None, _last_change(folder))


@lru_cache(maxsize=2)
def _loaded(folder: Path | None, _last_change: float) -> tuple[Definitions, tuple[Problem, ...]]:
    return load_what_is_sound(folder) if folder else (Definitions.load(), ())


def _last_change(folder: Path) -> float:
    """Changes whenever a file below the folder does, so a municipality sees its edit without a restart."""
    if not folder.is_dir():
        return 0.0
    return max((file.stat().st_mtime for file in folder.rglob("*")), default=folder.stat().st_mtime)
