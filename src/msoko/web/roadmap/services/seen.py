"""What a person saw when he opened a form: nobody's words are written over unseen.

A form carries the fingerprint of the text that it began with. A service that stores the text compares it, under the
lock, with what is stored now, and refuses where somebody has saved something else meanwhile.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from django.db.models import Model

from msoko.core.vocabulary.russian import nbsp
from msoko.web.roadmap.services.drafts import CannotChange

Said = Mapping[str, Any]
"""The fields of a form by name."""
MEANWHILE = nbsp("Пока страница была открыта, текст сохранил кто-то другой: сравните оба.")
LENGTH = 16


class ChangedMeanwhile(CannotChange):
    """Somebody has saved something else since the form was opened; `now` is what is stored, as the form would have
    it."""

    def __init__(self, now: Said) -> None:
        super().__init__(MEANWHILE)
        self.now = now


def fingerprint_of(said: Said) -> str:
    """The same for the same text, whatever else has changed."""
    told = json.dumps(said, sort_keys=True, ensure_ascii=False, default=_told)
    return hashlib.sha256(told.encode()).hexdigest()[:LENGTH]


def _told(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def name_of_part(part: Model) -> str:
    """How the audit names a part of a programme: «activity-17»."""
    return f"{part._meta.model_name}-{part.pk}"


def refuse_changed(now: Said, seen: str) -> None:
    """Raises ChangedMeanwhile where `seen` is the fingerprint of something else; '' asks nothing."""
    if seen and seen != fingerprint_of(now):
        raise ChangedMeanwhile(now)
