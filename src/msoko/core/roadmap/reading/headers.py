"""What a column of a roadmap is for, by the stems of its header."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from msoko.core.vocabulary.words import look_alike


class Role(StrEnum):
    """What a column says of an activity. OTHER is kept beside it under the words of its header."""

    NUMBER = "number"
    SECTION = "section"
    TITLE = "title"
    DEADLINE = "deadline"
    EXECUTORS = "executors"
    RESULT = "result"
    INDICATOR = "indicator"
    DOCUMENT = "document"
    OTHER = "other"
    BOTH = "both"  # a deadline and executors in one cell
    PERIOD = "period"  # a column of a month or a quarter, marked where something is done then


# The stem that stands first in a header says what the column is: «Показатель результата» is an indicator, «Результат
# мероприятия» a result. Blanks are left out before, because narrow columns break words anywhere: «Сро к исполнени я».
_STRONG: dict[Role, tuple[str, ...]] = {
    Role.NUMBER: ("№", "п/п", "номер"),
    Role.TITLE: (
        *("мероприят", "содержание", "действи", "виддеятельност", "видыдеятельност", "событи", "активност", "меры"),
        *("чтоделаем", "чтосделать"),
    ),
    Role.DEADLINE: ("срок", "дата", "даты", "период", "время", "месяц", "когда", "дедлайн", "крайнийсрок"),
    Role.EXECUTORS: (
        *("исполнител", "соисполнител", "ответствен", "организатор", "кто", "координатор", "куратор", "исполняет"),
        *("отвечает", "отвечают", "должностноелицо", "должностныелица"),
    ),
    Role.RESULT: ("результат", "итог", "продукт", "эффект"),
    Role.INDICATOR: ("показател", "индикатор", "индикативн", "критери", "целевойпоказател", "целевоезначени"),
    Role.DOCUMENT: ("документ", "отчетност", "формаотчет", "видотчет", "формапредставлен", "подтвержд", "выход"),
    Role.SECTION: ("направлени", "раздел", "блок", "этап", "задач", "цель", "цели", "проблем", "компонент"),
    Role.OTHER: (
        *("отметк", "выполнен", "статус", "исполнен", "примечан", "комментар", "уровень", "участник", "аудитори"),
        *("целеваяаудитор", "целеваягрупп", "категори", "адресат", "место", "финанс", "источник", "объем", "стоимост"),
        *("бюджет", "средств", "форма", "формат", "контрол", "риск", "единиц", "ед.изм", "фактич", "значени", "класс"),
        *("предмет", "всего", "ссылк", "охват", "количеств", "кол-во", "доля", "основани", "телефон", "адрес", "фио"),
        *("ф.и.о", "должност", "формы", "пункт"),
    ),
}
_PEOPLE = ("участник", "контрол")  # a column for these holds executors where no other does
# A list of schools names its columns so: it is no roadmap, though it has names, people and dates.
_LISTS: dict[Role, tuple[str, ...]] = {
    Role.OTHER: ("организаци", "учрежден", "школ", "оо", "оу", "муниципалитет", "район"),
}
# Words that name a column only where nothing else does.
_WEAK: dict[Role, tuple[str, ...]] = {
    Role.TITLE: (
        *("наименовани", "название", "что", "работ", "тема", "тематик", "вопрос", "поручени", "шаг", "процедур"),
        *("деятельност", "решени"),
    ),
    Role.NUMBER: ("пп", "n", "#"),
}
_ALL = (_STRONG, _LISTS, _WEAK)
_PARTS = re.compile(r"[,;/]|\sи\s")
_FIRST = {"месяц", "период", "кто", "что"}  # «каждого месяца» is a deadline, not the name of a column of them
LONGEST_NAME = 200  # letters, all rows of a header together
_WHOLE = {"оо", "оу", "пп", "n", "#", "что", "кто"}  # short ones must not be the beginning of another word


@dataclass(frozen=True)
class Column:
    """A column of the table; `start` is the grid column at which it begins (or its place where there is no grid)."""

    role: Role
    name: str
    start: int


@dataclass(frozen=True)
class Header:
    """The columns of a roadmap in the order of the table.

    `by_words` is false when the words of the header alone do not tell all that is needed; `is_guessed` is true when
    columns whose words say nothing were taken for what their cells look like.
    """

    columns: tuple[Column, ...]
    by_words: bool = True
    is_guessed: bool = False

    def places(self, role: Role) -> tuple[int, ...]:
        return tuple(place for place, column in enumerate(self.columns) if column.role is role)

    def has(self, role: Role) -> bool:
        return bool(self.places(role))

    @property
    def is_complete(self) -> bool:
        """Enough to read activities: what is to be done, and by when or by whom."""
        time = any(self.has(role) for role in (Role.DEADLINE, Role.BOTH, Role.PERIOD))
        people = self.has(Role.EXECUTORS) or self.has(Role.BOTH)
        plainly = any(not is_weak(column.name) for column in self.columns if column.role is Role.TITLE)
        return (time and people) if not plainly and self.has(Role.TITLE) else plainly and (time or people)

    def marked_periods(self, texts: Mapping[int, str]) -> str:
        """The names of those columns of periods that a row marks: «октябрь, ноябрь»."""
        return ", ".join(self.columns[place].name for place in self.places(Role.PERIOD) if texts.get(place))

    def with_roles(self, roles: Sequence[Role], is_guessed: bool) -> "Header":
        """The same columns for what their cells look like."""
        return replace(self.told_apart(roles), by_words=False, is_guessed=is_guessed)

    def told_apart(self, roles: Sequence[Role]) -> "Header":
        """The same columns, of which some are not what their words alone say."""
        columns = tuple(replace(column, role=role) for column, role in zip(self.columns, roles, strict=True))
        return replace(self, columns=columns)

    def is_like(self, other: "Header") -> bool:
        """The same columns in the same order: a header repeated on the next page."""
        return [column.role for column in self.columns] == [column.role for column in other.columns]


@lru_cache(maxsize=4096)
def role_of(name: str) -> Role | None:
    """«Сроки реализации» → DEADLINE; None where no word of the header is known or it is a sentence."""
    if len(name) > LONGEST_NAME:
        return None
    parts = {_role_by(_ALL, part) for part in _PARTS.split(name)}
    return Role.BOTH if {Role.DEADLINE, Role.EXECUTORS} <= parts else _role_by(_ALL, name)


def is_weak(name: str) -> bool:
    """«Наименование», «Тема»: it may be anything, and is a title only beside deadlines and executors."""
    return _role_by((_STRONG,), name) is not Role.TITLE


def mentions(name: str, role: Role) -> bool:
    """Whether a word of the role stands anywhere in it: «Место и сроки», «Участники, ответственные»."""
    said, starts = _compact(name)
    stems = (*_STRONG[role], *_PEOPLE) if role is Role.EXECUTORS else _STRONG[role]
    return any(_place_of(stem, said, starts) is not None for stem in stems)


def names_activities(name: str) -> bool:
    said, _ = _compact(name)
    return "мероприят" in said or "действи" in said


def _role_by(levels: Sequence[dict[Role, tuple[str, ...]]], name: str) -> Role | None:
    said, starts = _compact(name)
    for stems in levels:
        found = [
            (place, -len(stem), role)
            for role, known in stems.items()
            for stem in known
            if (place := _place_of(stem, said, starts)) is not None
        ]
        if found:
            return min(found)[2]
    return None


def _compact(name: str) -> tuple[str, frozenset[int]]:
    """The header without blanks, and the places in it at which words begin."""
    said, starts = "", []
    for word in look_alike(name).replace("(", " ").replace("/", "/ ").replace("-", "- ").split():
        starts.append(len(said))
        said += word
    return said, frozenset(starts)


def _place_of(stem: str, said: str, starts: frozenset[int]) -> int | None:
    """Where a word begins with the stem; a short stem must be the whole word."""
    place = said.find(stem)
    while place >= 0:
        end = place + len(stem)
        is_whole = stem not in _WHOLE or end == len(said) or end in starts
        if place in starts and is_whole and (place == 0 or stem not in _FIRST):
            return place
        place = said.find(stem, place + 1)
    return None
