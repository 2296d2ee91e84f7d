"""Every test of the room has folders of its own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.FACTS, settings.UPLOADS = settings.HOME / "facts", settings.HOME / "uploads"
    settings.SIGNED_DOCUMENTS = settings.HOME / "signed"
    return settings.HOME
