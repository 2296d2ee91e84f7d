"""Fixtures of the room. Records are imported inside: pytest reads this file before Django is set up."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from msoko.web.people.models import User
    from tests.web.people.district import District


@pytest.fixture
def district(db: None) -> "District":
    from tests.web.people.district import grown_district

    return grown_district()


@pytest.fixture
def people(district: "District") -> dict[str, "User"]:
    from tests.web.people.district import invited_people

    return invited_people(district)
