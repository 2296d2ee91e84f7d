"""One YAML file taken apart field by field; whatever is wrong is said with the file's name and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a definition: the file, what is wrong, what to do. Russian, for `msoko check`."""

    file: str
    what: str
    what_to_do: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what} {self.what_to_do}".strip()


class BadDefinition(Exception):
    """Raised on the first thing that makes a definition unusable."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


NAMES = {str: "текст", int: "целое число", list: "список", dict: "набор полей", bool: "да или нет"}


class Fields:
    """The fields of one file (or of one entry in it). Each is taken once; `nothing_left` refuses the unknown ones."""

    def __init__(self, file: Path | str, data: object, within: str = "") -> None:
        self.file, self.within = str(file), within
        if not isinstance(data, dict):
            raise self.bad("файл не содержит полей", "Запишите определение парами «поле: значение».")
        self._data = dict(data)

    def bad(self, what: str, what_to_do: str) -> BadDefinition:
        return BadDefinition(Problem(self.file, f"{self.within}{what}.", what_to_do))

    def needed(self, key: str, kind: type[Value]) -> Value:
        """The value; empty text and empty lists are refused, so that no definition is both empty and green."""
        value = self.optional(key, kind, None)
        is_blank = isinstance(value, str) and not value.strip()
        if value is None or is_blank or value in ([], {}):
            raise self.bad(f"нет поля «{key}» или оно пустое", f"Впишите «{key}»: {NAMES.get(kind, kind.__name__)}.")
        return value

    def optional(self, key: str, kind: type[Value], otherwise: Value | None) -> Value | None:
        value = self._data.pop(key, otherwise)
        if value is None:
            return otherwise
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.bad(f"поле «{key}» не того вида", f"Нужно: {NAMES.get(kind, kind.__name__)}.")
        return value

    def text(self, key: str, otherwise: str = "") -> str:
        return self.optional(key, str, otherwise) or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; numbers typed without quotes are texts, too."""
        values = self.optional(key, list, []) or []
        if not all(isinstance(value, str | int) and str(value).strip() for value in values):
            raise self.bad(f"в списке «{key}» есть пустое или не текст", "Оставьте в списке только строки.")
        return tuple(str(value) for value in values)

    def one_of(self, key: str, allowed: tuple[str, ...], otherwise: str = "") -> str:
        value = self.text(key, otherwise)
        if value not in allowed:
            raise self.bad(f"в поле «{key}» неизвестное слово «{value}»", f"Можно: {', '.join(filter(None, allowed))}.")
        return value

    def has(self, key: str) -> bool:
        return key in self._data

    def ignored(self, *keys: str) -> None:
        """Fields for people: title, note, who checked it and when."""
        for key in keys:
            self._data.pop(key, None)

    def each(self, key: str, build: Callable[["Fields"], Value]) -> tuple[Value, ...]:
        """A list of entries, each with fields of its own."""
        entries = self.needed(key, list)
        place = f"{self.within}{key}"
        return tuple(build(Fields(self.file, entry, f"{place}, {n}-я запись: ")) for n, entry in enumerate(entries, 1))

    def nothing_left(self) -> None:
        if self._data:
            unknown = ", ".join(f"«{key}»" for key in self._data)
            raise self.bad(f"неизвестные поля: {unknown}", "Исправьте опечатку или уберите поле.")
