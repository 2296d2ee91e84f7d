"""One demonstration district for all tests here: it is drawn in memory, no file is written."""

from __future__ import annotations

import pytest

from msoko.simulation import DEMONSTRATION_SEED, District, Sitting, build_district, sittings


@pytest.fixture(scope="package")
def district() -> District:
    return build_district(DEMONSTRATION_SEED)


@pytest.fixture(scope="package")
def found(district: District) -> list[Sitting]:
    return list(sittings(district))
