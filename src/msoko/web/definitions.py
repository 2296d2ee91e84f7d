"""The definitions in use: the package's own and, over them, those of this installation's folder."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from msoko.core.definitions.loading import Definitions


def definitions() -> Definitions:
    folder = Path(settings.DEFINITIONS_FOLDER)
    return _loaded(folder if folder.is_dir() else None, _last_change(folder))


@lru_cache(maxsize=2)
def _loaded(folder: Path | None, _last_change: float) -> Definitions:
    return Definitions.load(folder)


def _last_change(folder: Path) -> float:
    """Changes whenever a file below the folder does, so a municipality sees its edit without a restart."""
    if not folder.is_dir():
        return 0.0
    return max((file.stat().st_mtime for file in folder.rglob("*")), default=folder.stat().st_mtime)
