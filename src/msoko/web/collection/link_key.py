"""The installation's key of links: a file beside the database, never in it. Without it results are not put together."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from msoko.core.collection.linking import SHORTEST_KEY, mark_of

FRESH_BYTES = 48  # of chance; written as text they are 64 signs


def link_key() -> bytes | None:
    """The key as it stands in its file, without blanks around it; None where there is no file or nothing in it."""
    file = Path(settings.LINK_KEY_FILE)
    return (file.read_bytes().strip() or None) if file.exists() else None


def mark_in_use() -> str:
    """By which links of the present key are known; '' where there is no key, or one too short to be used."""
    key = link_key()
    return mark_of(key) if key is not None and len(key) >= SHORTEST_KEY else ""


def make_link_key() -> Path:
    """A new key in its file, for its owner's eyes only. Raises FileExistsError: a key replaced would lose all links."""
    file = Path(settings.LINK_KEY_FILE)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(FRESH_BYTES))
    return file
