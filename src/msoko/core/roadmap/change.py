"""One difference between two editions, and the differences of texts and of lists of texts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from msoko.core.vocabulary.russian import capitalised, quote

EMPTY = "пусто"
WAS_EMPTY = "было пусто"
OTHER_ORDER = "изменён порядок"


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """«Мероприятие 2.3: срок «сентябрь» → «октябрь»»: the place, then what is different there.

    `about` is the title of the activity that a place calls by its number only, '' elsewhere.
    """

    kind: ChangeKind
    place: str
    text: str
    about: str = ""

    @property
    def sentence(self) -> str:
        return f"{capitalised(self.place)}: {self.text}" if self.place else capitalised(self.text)

    def to_json(self) -> dict[str, str]:
        return {"kind": self.kind.value, "place": self.place, "text": self.text, "about": self.about}


def change_from_json(data: dict[str, str]) -> Change:
    """Raises KeyError and ValueError for what is no stored change."""
    return Change(ChangeKind(data["kind"]), data["place"], data["text"], data.get("about", ""))


def arrow(name: str, old: str, new: str) -> str:
    """«срок «сентябрь» → «октябрь»»; texts differ, one of them may be empty."""
    if not old:
        return f"{name}: {WAS_EMPTY} → {quote(new)}"
    if not new:
        return f"{name}: {quote(old)} → {EMPTY}"
    return f"{name} {quote(old)} → {quote(new)}".strip()


def text_changes(place: str, old: str, new: str) -> Iterator[Change]:
    """The place names what it is; nothing where both say the same."""
    if old == new:
        return
    if not old:
        yield Change(ChangeKind.ADDED, place, f"указано {quote(new)}")
    elif not new:
        yield Change(ChangeKind.REMOVED, place, f"исключено {quote(old)}")
    else:
        yield Change(ChangeKind.CHANGED, place, f"{quote(old)} → {quote(new)}")


def list_changes(place: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Lines added, removed and reworded; lines in another order are one change."""
    if list(old) == list(new):
        return
    if Counter(old) == Counter(new):
        yield Change(ChangeKind.MOVED, place, OTHER_ORDER)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = old[i1:i2], new[j1:j2]
        if tag == "replace" and len(before) == len(after):
            for one, other in zip(before, after, strict=True):
                yield Change(ChangeKind.CHANGED, place, f"{quote(one)} → {quote(other)}")
        elif tag != "equal":
            yield from (Change(ChangeKind.REMOVED, place, f"исключено {quote(one)}") for one in before)
            yield from (Change(ChangeKind.ADDED, place, f"добавлено {quote(one)}") for one in after)
