"""Files that confirm execution: which are taken, under which name and type they are given out.

A file comes from whoever has an account and is opened by people who trust it. So its type is told by content and never
by its name, only a few harmless types are taken, and the server itself neither opens nor draws it: signatures, lists of
parts and a few names of dangerous things are looked at. What is not surely allowed is refused, with what to do instead.
"""

from msoko.web.roadmap.evidence.names import clean_name
from msoko.web.roadmap.evidence.refused import Refused
from msoko.web.roadmap.evidence.types import ALLOWED, BY_MEDIA_TYPE, FileType, type_of

__all__ = ["ALLOWED", "BY_MEDIA_TYPE", "FileType", "Refused", "clean_name", "type_of"]
