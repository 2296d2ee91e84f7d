"""Invented districts: pupils who persist from year to year, the works they write, and the files those works arrive in.

``simulate`` writes the files; ``build_district`` and ``sittings`` give the same results as numpy columns without any
file.
"""

from __future__ import annotations

from msoko.simulation.planting import sittings
from msoko.simulation.simulate import DEMONSTRATION_SEED, Simulated, Written, simulate
from msoko.simulation.sittings import YEARS, District, Sitting, build_district

__all__ = [
    "DEMONSTRATION_SEED",
    "YEARS",
    "District",
    "Simulated",
    "Sitting",
    "Written",
    "build_district",
    "simulate",
    "sittings",
]
