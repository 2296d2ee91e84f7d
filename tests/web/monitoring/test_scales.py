"""Which scale and which minimum a procedure follows."""

from dataclasses import replace

import pytest

from msoko.core.definitions.builders import STATUSES
from msoko.documents.library.procedure_note import limits
from msoko.documents.library.procedure_note.data import Scale
from msoko.web.collection.models import Procedure
from msoko.web.monitoring.services.scales import minimum_of
from msoko.web.monitoring.titles import SCALE_STATUS
from tests.documents.made_up import note_data


@pytest.mark.parametrize(("subject", "least"), [("russian", 24), ("english", 22), ("chinese", 22), ("physics", 36)])
def test_the_minimum_of_an_examination_is_that_of_the_certificate(subject: str, least: int) -> None:
    """Foreign languages share one line of the definitions."""
    found = minimum_of(Procedure(kind="ege", subject=subject, grade=11, year=2025))
    assert found is not None
    assert found.score == least


def test_a_year_without_definitions_has_no_minimum() -> None:
    assert minimum_of(Procedure(kind="ege", subject="russian", grade=11, year=2010)) is None


@pytest.mark.parametrize("status", [*STATUSES, "transferred", "none"])
def test_a_scale_of_any_status_is_named_on_the_page_and_in_the_note(status: str) -> None:
    """A definition may have the status, so a page of its procedure must open."""
    assert SCALE_STATUS[status]
    told = limits.scale(replace(note_data(), scale=Scale(status, "рекомендации")))
    assert told.endswith("источник: рекомендации.")
