"""Which scale and which minimum a procedure follows."""

import pytest

from msoko.web.collection.models import Procedure
from msoko.web.monitoring.services.scales import minimum_of


@pytest.mark.parametrize(("subject", "least"), [("russian", 24), ("english", 22), ("chinese", 22), ("physics", 36)])
def test_the_minimum_of_an_examination_is_that_of_the_certificate(subject: str, least: int) -> None:
    """Foreign languages share one line of the definitions."""
    found = minimum_of(Procedure(kind="ege", subject=subject, grade=11, year=2025))
    assert found is not None
    assert found.score == least


def test_a_year_without_definitions_has_no_minimum() -> None:
    assert minimum_of(Procedure(kind="ege", subject="russian", grade=11, year=2010)) is None
