"""Scales for the examples of the manual."""

from msoko.core.definitions.kinds import Scale

TO_TWENTY = Scale("vpr", 2021, "mathematics", 4, (5, 9, 14, 20), "official", "пример")
"""Up to 5 is «2», 6–9 «3», 10–14 «4», 15–20 «5»."""
