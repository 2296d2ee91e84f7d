"""Rooms are found by folder: what a room brings (urls, due work, navigation) is a file of an agreed name in it."""

from pathlib import Path

WEB = Path(__file__).parent
ORDER = (
    "look",
    "people",
    "collection",
    "monitoring",
    "analysis",
    "recommendations",
    "roadmap",
    "decisions",
    "effectiveness",
    "cycles",
    "public",
)


def rooms(having: str) -> list[str]:
    """Dotted names of the rooms that have the file, in the order of the cycle."""
    return [f"msoko.web.{room}" for room in ORDER if (WEB / room / having).exists()]
