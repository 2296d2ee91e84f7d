from pathlib import Path

import pytest

from msoko.web import look


@pytest.fixture
def look_folder() -> Path:
    return Path(look.__file__).parent
