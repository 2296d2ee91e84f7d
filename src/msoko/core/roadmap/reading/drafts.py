"""An activity while its rows are gathered, and how sure the reader is of it in the end."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from msoko.core.roadmap.executors import split
from msoko.core.roadmap.reading.cleaning import flat, unhyphenated
from msoko.core.roadmap.reading.headers import Header, Role
from msoko.core.roadmap.reading.like_deadlines import like_a_deadline
from msoko.core.roadmap.reading.like_executors import begins_an_executor, like_executors, names_somebody
from msoko.core.roadmap.reading.parsed import ParsedActivity
from msoko.core.roadmap.reading.sentences import begins_in_the_middle, hangs, is_a_bullet

SURE = 0.98  # of a row without a doubt: only a person who has compared it with the paper is surer
LEAST = 0.05
LOOKS_LIKE = 0.3  # below this a cell does not look like what its column holds
PLAINLY = 0.6
SHORTEST_TITLE = 4  # letters
_PARTS = re.compile(r"([,;\n]?\s*)([^,;\n]+)")
# «Мария Ивановна», «Смирнова, Орлов»: in a column of executors they are people, elsewhere they may be anything.
# «Руководители¶ОО»: a page or a line has parted them.
_WANTS_ITS_ORGANISATION = re.compile(
    r"((?:^|[,;\n])\s*(?:руководител|директор|заместител|специалист|методист|педагог|учител|администраци)\w*)\n(?=(?-i:[А-ЯЁ]{2}))",
    re.IGNORECASE,
)
_LABEL_OF_TIME = re.compile(r"^(?:срок|дата|период)\w*(?:\s\w+)?\s*[:–—-]\s*", re.IGNORECASE)
_PEOPLE_OF_HEADING = re.compile(r"(?:ответственн|исполнител)\w*[^:–—()]{0,30}[:–—]\s*([^()]+)", re.IGNORECASE)
_AT_END = re.compile(r"\(([^()]+)\)[\s.:]*$|(?:\s[–—-]|:)\s+([^:]+?)[\s.:]*$")
_BARE_NAMES = re.compile(r"[А-ЯЁ][а-яё-]+(?:,?\s[А-ЯЁ][а-яё-]+){0,5}")


@dataclass(frozen=True)
class Doubt:
    """Why a row may be read wrongly, in Russian, and what that takes from the confidence."""

    words: str
    cost: float


COLUMNS_GUESSED = Doubt("Колонки определены по содержанию: заголовок таблицы непонятен или потерян.", 0.2)
SHIFTED = Doubt("Ячейки строки стояли не в своих колонках и расставлены по содержанию.", 0.2)
ALIGNED = Doubt("Таблица без линий: ячейки определены по тому, как стоят слова.", 0.15)
FROM_LIST = Doubt("Прочитано из текста: таблицы с колонками нет.", 0.15)
JOINED = Doubt("Собрано из частей строки, разорванной страницей.", 0.04)
JOINED_BLINDLY = Doubt("Продолжение строки присоединено без уверенности: проверьте границы.", 0.12)
REPEATED_BELOW = Doubt("Срок и исполнитель в продолжении строки повторяют следующую строку и не взяты.", 0.1)
TAIL_MOVED = Doubt("Конец текста стоял в начале следующей строки и возвращён сюда.", 0.12)
HEAD_MOVED = Doubt("Начало текста относилось к предыдущей строке и передано ей.", 0.12)
FROM_PROSE = Doubt("Конец ячейки взят из текста между строками таблицы.", 0.12)
NUMBER_IN_TEXT = Doubt("В ячейке номера стоял текст, он добавлен к названию.", 0.2)
NO_NUMBER = Doubt("Нет номера.", 0.08)
SAME_NUMBER = Doubt("Номер повторяется.", 0.1)
NO_DEADLINE = Doubt("Срок не указан.", 0.15)
STRANGE_DEADLINE = Doubt("В колонке срока стоит то, что на срок не похоже.", 0.2)
DEADLINE_NAMES_PEOPLE = Doubt("В колонке срока, похоже, исполнитель.", 0.3)
SHARED_DEADLINE = Doubt("Срок общий с предыдущей строкой.", 0.03)
ASSUMED_DEADLINE = Doubt("Ячейка срока пуста, взят срок предыдущей строки.", 0.2)
DEADLINE_OF_HEADING = Doubt("Срок взят из заголовка: колонки срока в таблице нет.", 0.08)
FROM_ONE_CELL = Doubt("Срок и исполнитель стояли в одной ячейке и разделены по содержанию.", 0.06)
NO_EXECUTORS = Doubt("Исполнитель не указан.", 0.12)
STRANGE_EXECUTORS = Doubt("В колонке исполнителей стоит то, что на исполнителя не похоже.", 0.12)
EXECUTORS_ARE_TIME = Doubt("В колонке исполнителей, похоже, срок.", 0.3)
SHARED_EXECUTORS = Doubt("Исполнитель общий с предыдущей строкой.", 0.03)
SHARED = {Role.DEADLINE: SHARED_DEADLINE, Role.EXECUTORS: SHARED_EXECUTORS}
ASSUMED_EXECUTORS = Doubt("Ячейка исполнителя пуста, взят исполнитель предыдущей строки.", 0.2)
EXECUTORS_OF_HEADING = Doubt("Исполнитель взят из строки-заголовка.", 0.08)
TITLE_BREAKS_OFF = Doubt("Название обрывается.", 0.2)
TITLE_BEGINS_LATE = Doubt("Название начинается с середины.", 0.2)
TITLE_IS_SHORT = Doubt("Название слишком короткое.", 0.2)
TITLE_IS_TIME = Doubt("Название похоже на срок.", 0.4)


@dataclass
class Draft:
    """An activity in the making: `texts` by the place of the column, with «\\n» where rows were joined."""

    header: Header
    sections: tuple[str, ...]
    number: str | None
    texts: dict[int, str]
    lines: list[int]
    page: int | None
    table: int | None = None
    doubts: list[Doubt] = field(default_factory=list)
    expects_number: bool = False

    def doubt(self, doubt: Doubt) -> None:
        if doubt not in self.doubts:
            self.doubts.append(doubt)

    def text(self, role: Role, between: str = "\n") -> str:
        """The cells of all columns of the role."""
        return between.join(filter(None, (self.texts.get(place, "") for place in self.header.places(role))))

    def finished(self, words: Collection[str]) -> ParsedActivity:
        """`words` are those of the document, for words parted at the ends of lines."""
        deadline, executors = self._time_and_people()
        doubts = [*self.doubts, *self._doubts_of_cells(deadline, executors)]
        result, indicator, document = (
            flat(self.text(role, "; "), words) for role in (Role.RESULT, Role.INDICATOR, Role.DOCUMENT)
        )
        is_result = bool(document) and not result and not indicator
        return ParsedActivity(
            sections=self.sections,
            number=self.number,
            title=flat(self.text(Role.TITLE), words),
            deadline=flat(deadline, words) or None,
            executors=split(self._lines_apart(unhyphenated(executors, words))),
            executors_words=flat(executors, words),
            result=(document if is_result else result) or None,
            indicator=indicator or None,
            confidence=round(max(LEAST, SURE - sum(doubt.cost for doubt in doubts)), 2),
            doubts=tuple(doubt.words for doubt in doubts),
            lines=tuple(self.lines),
            page=self.page,
            other=self._others(words, {Role.OTHER} if is_result else {Role.OTHER, Role.DOCUMENT}),
        )

    def _time_and_people(self) -> tuple[str, str]:
        """The words of the deadline and of the executors, wherever the table has them."""
        deadline = self.text(Role.DEADLINE, self._between_deadlines())
        executors = self.text(Role.EXECUTORS)
        if self.header.has(Role.BOTH):
            deadline, executors = _parted(self.text(Role.BOTH))
        elif deadline and not executors and self.header.has(Role.EXECUTORS):
            time, people = _parted(deadline)
            deadline, executors = (time, people) if time and like_executors(people) >= PLAINLY else (deadline, "")
        deadline = deadline or self.header.marked_periods(self.texts) or self._deadline_of_heading()
        return deadline, executors or self._executors_of_heading()

    def _executors_of_heading(self) -> str:
        """«Раздел 2. Кадры (ответственный: РМК)», where the table has no column for them."""
        if self.header.has(Role.EXECUTORS) or self.header.has(Role.BOTH):
            return ""
        told = filter(None, (_PEOPLE_OF_HEADING.search(section) for section in reversed(self.sections)))
        return next((found[1].strip(" .") for found in told), "")

    def _lines_apart(self, executors: str) -> str:
        """«директор¶заместитель директора»: lines are paragraphs, so that each that names somebody is one.

        The end of a physical line cuts names anywhere: «директор¶школы». So does a page, unless words begin below it
        that begin an executor.
        """
        is_cut = len(self.lines) > 1
        if self.table is None or (is_cut and self.page is None):
            return executors
        lines = _WANTS_ITS_ORGANISATION.sub(r"\1 ", executors).split("\n")
        begins = begins_an_executor if is_cut else _both_name_somebody
        apart = [*(begins(upper, lower) for upper, lower in pairwise(lines)), False]
        return "".join(line + (";\n" if end else "\n") for line, end in zip(lines, apart, strict=True))

    @property
    def _has_time(self) -> bool:
        return any(self.header.has(role) for role in (Role.DEADLINE, Role.BOTH, Role.PERIOD))

    def _deadline_of_heading(self) -> str:
        """Plans by months have no column of time: «Сентябрь», «I. Сбор данных (май)» stand over their activities."""
        if self._has_time:
            return ""
        told = (_time_in(section) for section in reversed(self.sections))
        return next(filter(None, told), "")

    def _between_deadlines(self) -> str:
        """«Начало» and «Окончание» make a period, other columns of time stand side by side."""
        names = [self.header.columns[place].name.lower() for place in self.header.places(Role.DEADLINE)]
        return " – " if len(names) == 2 and "нач" in names[0] and ("оконч" in names[1] or "заверш" in names[1]) else " "

    def _others(self, words: Collection[str], wanted: Collection[Role]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (flat(column.name), flat(self.texts[place], words))
            for place, column in enumerate(self.header.columns)
            if column.role in wanted and self.texts.get(place)
        )

    def _doubts_of_cells(self, deadline: str, executors: str) -> list[Doubt]:
        is_parted = self.header.has(Role.BOTH) or (executors and not self.text(Role.EXECUTORS))
        one_cell = [FROM_ONE_CELL] if is_parted and deadline and executors else []
        return [
            *self._doubts_of_title(),
            *self._doubts_of_deadline(deadline),
            *self._doubts_of_executors(executors),
            *one_cell,
        ]

    def _doubts_of_title(self) -> list[Doubt]:
        title = self.text(Role.TITLE)
        found = [NO_NUMBER] if self.expects_number and self.number is None else []
        found += [TITLE_BREAKS_OFF] if hangs(title) else []
        found += [TITLE_BEGINS_LATE] if begins_in_the_middle(title) and not is_a_bullet(title) else []
        found += [TITLE_IS_SHORT] if len(title) < SHORTEST_TITLE else []
        found += [TITLE_IS_TIME] if like_a_deadline(title) >= 0.9 else []
        return found

    def _doubts_of_deadline(self, said: str) -> list[Doubt]:
        if not self._has_time:
            return [DEADLINE_OF_HEADING] if said else []
        if not said:
            return [NO_DEADLINE]
        if like_a_deadline(said) >= LOOKS_LIKE:
            return []
        return [DEADLINE_NAMES_PEOPLE if like_executors(said) >= PLAINLY else STRANGE_DEADLINE]

    def _doubts_of_executors(self, said: str) -> list[Doubt]:
        if not (self.header.has(Role.EXECUTORS) or self.header.has(Role.BOTH)):
            return [EXECUTORS_OF_HEADING] if said else []
        if not said:
            return [NO_EXECUTORS]
        if like_executors(said) >= LOOKS_LIKE or _BARE_NAMES.fullmatch(said):
            return []
        return [EXECUTORS_ARE_TIME if like_a_deadline(said) >= PLAINLY else STRANGE_EXECUTORS]


def _time_in(heading: str) -> str:
    """The deadline that the heading is, or that stands at its end; «» without one."""
    at_end = _AT_END.search(heading)
    options = [_LABEL_OF_TIME.sub("", heading), *(filter(None, at_end.groups()) if at_end else ())]
    return next((words for words in options if like_a_deadline(words) >= PLAINLY), "")


def _both_name_somebody(upper: str, lower: str) -> bool:
    return names_somebody(upper) and names_somebody(lower)


def _time_then_people(separator: str, part: str) -> list[tuple[str, str]]:
    """«до 15 мая РМК» are two that only the end of a line has parted."""
    for blank in re.finditer(r"\s+", part):
        time, people = part[: blank.start()], part[blank.end() :]
        if names_somebody(people) and like_a_deadline(time) >= PLAINLY and like_executors(time) < LOOKS_LIKE:
            return [(separator, time), (" ", people)]
    return [(separator, part)]


def _parted(said: str) -> tuple[str, str]:
    """«до 15 мая, УО, РМК» → («до 15 мая», «УО, РМК»): each part is time or people, or goes with the part before."""
    kept: dict[bool, str] = {True: "", False: ""}
    is_time = True
    for separator, part in (piece for one in _PARTS.findall(said) for piece in _time_then_people(*one)):
        time, people = like_a_deadline(part), like_executors(part)
        is_time = time > people if max(time, people) >= LOOKS_LIKE else is_time
        kept[is_time] += (separator if kept[is_time] else "") + part
    return kept[True].strip(), kept[False].strip()
