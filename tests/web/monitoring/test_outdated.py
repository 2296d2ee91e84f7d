"""Values follow the definitions: an edited scale changes the marks without a new upload."""

from pathlib import Path
from typing import Any

import pytest

from msoko.web.collection.models import Procedure
from msoko.web.monitoring.due import do_one
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.services.outdated import mark_outdated
from tests.web.collection.orders import stale, taken, values
from tests.web.collection.protocols import many, protocol

pytestmark = pytest.mark.django_db
SCALE = """title: Шкала муниципалитета
procedure: vpr
year: 2022
source: приказ управления образования
checked: 2026-01-15
scales:
  - {{subject: mathematics, grade: 5, bounds: [{two}, 3, 5, 6]}}
"""


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DEFINITIONS_FOLDER = str(tmp_path / "definitions")
    (tmp_path / "definitions" / "scales" / "vpr").mkdir(parents=True)
    return tmp_path / "definitions" / "scales" / "vpr"


def write_scale(folder: Path, two: int) -> None:
    (folder / "2022_own.yaml").write_text(SCALE.format(two=two))


def marks() -> dict[int, int] | None:
    return Value.objects.filter(score="items", whole=True).first().marks  # type: ignore[union-attr]


def test_an_edited_scale_makes_its_values_stale_and_the_worker_brings_new_marks(folder: Path) -> None:
    write_scale(folder, two=0)
    taken(protocol(many("sch990001", 5, score=2)))
    values()
    assert marks() == {2: 0, 3: 5, 4: 0, 5: 0}
    write_scale(folder, two=2)
    assert do_one()
    assert marks() == {2: 5, 3: 0, 4: 0, 5: 0}


def test_what_still_follows_from_its_definitions_stays_fresh(folder: Path) -> None:
    write_scale(folder, two=0)
    taken(protocol(many("sch990001", 5)))
    values()
    assert mark_outdated() == 0
    assert not stale()


def test_a_value_of_other_inputs_is_found(folder: Path) -> None:
    taken(protocol(many("sch990001", 5)))
    values()
    Procedure.objects.update(values_hash="of another release")
    assert mark_outdated() == 1
    assert stale()
