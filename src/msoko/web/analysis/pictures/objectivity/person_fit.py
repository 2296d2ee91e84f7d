"""Tasks of the class from the easy to the hard against the territory."""

from msoko.web.analysis.pictures.objectivity._classes import strength
from msoko.web.analysis.pictures.objectivity._classes import tasks as draw

__all__ = ["draw", "strength"]
