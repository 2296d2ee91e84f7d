"""What several files say of the items of one work, put together: nothing is overwritten silently.

The protocol says which items there are. A file that describes them is held against it: items are the same where their
numbers are (in any spelling) or, where the protocol only counts its columns, where they stand at the same place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from msoko.core.definitions.kinds import WorkItem
from msoko.core.vocabulary.items import normal_item
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, join_with_and, number
from msoko.core.vocabulary.words import normal

Items = tuple[WorkItem, ...]
Pairs = dict[int, WorkItem]
"""Place of an item in the work, from 0 → what a file says of it."""

TOLD = {
    "maximum": "максимальный балл",
    "level": "уровень",
    "content_element": "элемент содержания",
    "planned_outcome": "планируемый результат",
}
MOST_NAMED = 8  # numbers of items in one sentence
LONGEST_WORDS = 500  # the longest requirement of an official table has some four hundred signs
ITEMS = ("задание", "задания", "заданий")


@dataclass(frozen=True)
class Added:
    """What one file brought: numbers of the items it described, and sentences about what did not fit."""

    items: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def item_of(said: Mapping[str, Any]) -> WorkItem:
    """An item out of JSON; keys that are not there say nothing."""
    return WorkItem(str(said.get("number") or ""), said.get("maximum"), *(said.get(key) or "" for key in [*TOLD][1:]))


def items_of_rows(rows: Iterable[Mapping[str, object]]) -> Items:
    """The items that rows of an accepted table or of our form describe, each once, in their order.

    Rows have `item` and any of `maximum`, `level`, `code`, `element`, `outcome`, `block`.
    """
    found: dict[str, WorkItem] = {}
    spellings: dict[str, str] = {}
    for row in rows:
        if row.get("item"):
            one = _item_of_row(row, spellings)
            known = found.setdefault(normal_item(one.number) or one.number, one)
            found[normal_item(one.number) or one.number] = _filled(known, one)
    return tuple(found.values())


def _item_of_row(row: Mapping[str, object], spellings: dict[str, str]) -> WorkItem:
    maximum = row.get("maximum")
    element = " ".join(str(row[key]) for key in ("code", "element") if row.get(key))
    return WorkItem(
        number=str(row["item"]),
        maximum=maximum if isinstance(maximum, int) else None,
        level=str(row.get("level") or ""),
        content_element=_spelt(element, spellings),
        planned_outcome=_spelt(str(row.get("outcome") or row.get("block") or ""), spellings),
    )


def _spelt(words: str, spellings: dict[str, str]) -> str:
    """The words as the file has spelt them first: items of a theme stay together though a point differs."""
    said = _shortened(" ".join(words.split()).rstrip(" .;,"))
    return spellings.setdefault(normal(said), said)


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1].rstrip() + "…"


def describe(work: Items, files: Sequence[Items]) -> tuple[Items, list[Added]]:
    """The items of the work with what the files tell, those named first speaking first; and what each file brought."""
    added = []
    for file in files:
        work, one = _with_file(work, file)
        added.append(one)
    return work, added


def _with_file(work: Items, file: Items) -> tuple[Items, Added]:
    pairs, doubts = _matched(work, file)
    filled = list(work)
    for place, said in pairs.items():
        filled[place] = _filled(work[place], said)
    brought = tuple(new.number for old, new in zip(work, filled, strict=True) if old != new)
    return tuple(filled), Added(brought, (*doubts, *_differences(work, pairs)))


def _filled(known: WorkItem, said: WorkItem) -> WorkItem:
    """The known item with what it lacks and the other says."""
    gained = {key: getattr(said, key) for key in TOLD if not getattr(known, key) and getattr(said, key)}
    return replace(known, **gained)


def brings_nothing(work: Items, file: Items) -> bool:
    """Whether a protocol of the same work, item by item, tells nothing that is not known."""
    pairs = zip(work, file, strict=False)
    return all(getattr(said, key) in (None, "", getattr(known, key)) for known, said in pairs for key in TOLD)


# ---- which item is which


def _matched(work: Items, file: Items) -> tuple[Pairs, list[str]]:
    """The items of the work that the file describes, and sentences about those that it does not."""
    numbers = {_normal(item): place for place, item in enumerate(work)}
    unknown = [said.number for said in file if _normal(said) not in numbers]
    if _number_differently(work, file, unknown):
        return _by_place(work, file)
    pairs = {numbers[_normal(said)]: said for said in file if _normal(said) in numbers}
    wrong = _of_another_maximum(work, pairs)
    if wrong and _only_counts(work) and len(file) < len(work):
        return {}, [f"Нумерация другая: {_named_maxima(work, pairs, wrong)}. Описание не{NBSP}использовано."]
    doubts = []
    if wrong:
        doubts.append(f"Другой максимальный балл: {_named_maxima(work, pairs, wrong)}. Описание не{NBSP}использовано.")
    if unknown:
        rows = "эта строка не использована" if len(unknown) == 1 else "эти строки не использованы"
        doubts.append(f"В{NBSP}работе нет {of_items(unknown)}: {rows}.")
    return {place: said for place, said in pairs.items() if place not in wrong}, doubts


def _normal(item: WorkItem) -> str:
    return normal_item(item.number) or item.number


def _only_counts(items: Items) -> bool:
    """Whether numbers are places of columns, 1, 2, 3 …: so do protocols of 2021, whatever the work calls its items."""
    return [_normal(item) for item in items] == [str(number) for number in range(1, len(items) + 1)]


def _number_differently(work: Items, file: Items, unknown: list[str]) -> bool:
    """One of them counts columns, the other knows «2К1» and «9.1»: equal numbers then mean different items."""
    if not unknown or _only_counts(work) == _only_counts(file):
        return False
    return any(not _normal(item).isdecimal() for item in (*work, *file))


def _by_place(work: Items, file: Items) -> tuple[Pairs, list[str]]:
    pairs = dict(enumerate(file))
    if len(work) != len(file):
        ours, theirs = counted(len(work), *ITEMS), number(len(file))
        why = f"в{NBSP}протоколе {ours} по{NBSP}порядку столбцов, здесь{NBSP}— {theirs}"
        return {}, [f"Нумерация разная: {why}. Сопоставить задания нельзя, описание не{NBSP}использовано."]
    wrong = _of_another_maximum(work, pairs)
    if wrong:
        why = f"по{NBSP}порядку не{NBSP}совпадают максимальные баллы ({_named_maxima(work, pairs, wrong)})"
        return {}, [f"Нумерация разная, а{NBSP}{why}. Описание не{NBSP}использовано."]
    return pairs, [f"Задания пронумерованы по-разному и{NBSP}сопоставлены по{NBSP}порядку: проверьте."]


def _of_another_maximum(work: Items, pairs: Pairs) -> list[int]:
    known = ((place, work[place].maximum, said.maximum) for place, said in pairs.items())
    return [place for place, ours, theirs in known if ours and theirs and ours != theirs]


def _named_maxima(work: Items, pairs: Pairs, places: list[int]) -> str:
    """«задание 3 (в протоколе 2, здесь 1) и задание 5 (…)»"""
    named = [
        f"задание{NBSP}{work[place].number} (в{NBSP}протоколе {work[place].maximum}, здесь {pairs[place].maximum})"
        for place in places[:MOST_NAMED]
    ]
    return _with_rest(named, len(places) - len(named))


def of_items(numbers: Sequence[str]) -> str:
    """«задания 3», «заданий 3 и 5»."""
    word = "задания" if len(numbers) == 1 else "заданий"
    return f"{word} {_with_rest(numbers[:MOST_NAMED], len(numbers) - MOST_NAMED)}"


def _with_rest(named: Sequence[str], rest: int) -> str:
    return f"{', '.join(named)} и{NBSP}ещё {rest}" if rest > 0 else join_with_and(list(named))


def _differences(work: Items, pairs: Pairs) -> list[str]:
    """What was described already and otherwise: the former words stay."""
    found = []
    for key, title in TOLD.items():
        differ = [
            work[place].number
            for place, said in pairs.items()
            if getattr(work[place], key) and getattr(said, key) and getattr(work[place], key) != getattr(said, key)
        ]
        if differ:
            found.append(f"{capitalised(title)} {of_items(differ)} уже описан иначе: оставлено прежнее.")
    return found
