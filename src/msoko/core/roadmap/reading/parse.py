"""From the lines of a document to roadmaps, sections and activities with a confidence a row, and complaints."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from msoko.core.roadmap.reading.complaints import Complaint, shortened
from msoko.core.roadmap.reading.finishing import finished, put_right
from msoko.core.roadmap.reading.header_rows import header_by_content
from msoko.core.roadmap.reading.headers import Header
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.lists import HEADER, listed
from msoko.core.roadmap.reading.parsed import Parsed, ParsedActivity, ParsedRoadmap
from msoko.core.roadmap.reading.physical import whole_rows
from msoko.core.roadmap.reading.rows import Prose, Row, items_of
from msoko.core.roadmap.reading.sections import heading_of
from msoko.core.roadmap.reading.sentences import number_of
from msoko.core.roadmap.reading.stretches import Stretch, belongs_to, is_statistics, stretches_of
from msoko.core.roadmap.reading.tables import TableReader
from msoko.core.roadmap.reading.titles import Caption, captions

__all__ = ["Parsed", "ParsedActivity", "ParsedRoadmap", "parse"]

UNREAD = "Строка стоит ниже дорожной карты, но на её строки не похожа и не прочитана."
UNNAMED = "Дорожная карта без названия"
_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)


def parse(lines: Sequence[Line]) -> Parsed:
    """All roadmaps of the document. Never raises: what it does not understand it complains about."""
    document = _Document(_words_of(lines))
    items = list(items_of(whole_rows(lines)))
    for stretch in stretches_of(items):
        document.take(stretch)
    if not document.roadmaps:
        document.take_list(items)
    return document.parsed()


def _words_of(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(word.lower() for line in lines for cell in line.cells for word in _WORD.findall(cell))


@dataclass
class _Roadmap:
    """A roadmap being read. `in_sections`: paragraphs between its tables are headings of its sections."""

    reader: TableReader
    title: Caption | None
    header: Header
    in_sections: bool = False


@dataclass
class _Document:
    words: Collection[str]
    roadmaps: list[_Roadmap] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    prose: list[Prose] = field(default_factory=list)  # since the last row of a roadmap
    near: int = 0  # how many of these stand before the last table that was no roadmap

    def take(self, stretch: Stretch) -> None:
        header = stretch.header
        if header is None and stretch.rows:
            if self.roadmaps and belongs_to(self.roadmaps[-1].header, self._joined(stretch)):
                self._go_on(stretch)
                return
            found = header_by_content(stretch.rows)
            if found is not None:
                header, stretch.rows = found[0], stretch.rows[found[1] :]
        self.prose += stretch.prose
        self.prose += [Prose(row.words, row.lines[0], row.page) for row in stretch.above]
        if header is not None:
            self._begin(header, stretch)
        elif stretch.rows:
            self._pass_over(stretch)

    def take_list(self, items: Sequence[Row | Prose]) -> None:
        """Of a document without a table of activities: those that its text lists."""
        if (found := listed(items)) is not None:
            reader = TableReader(self.words)
            reader.drafts = found.drafts
            self.roadmaps.append(_Roadmap(reader, found.title, HEADER))

    def _joined(self, stretch: Stretch) -> Stretch:
        return Stretch([*self.prose, *stretch.prose], [], None, stretch.rows, stretch.table)

    def _go_on(self, stretch: Stretch) -> None:
        """Rows without a header that belong to the table above; what stands between is a cell's end or a heading."""
        roadmap = self.roadmaps[-1]
        for one in [*self.prose, *stretch.prose]:
            if roadmap.reader.take_prose(one):
                continue
            _, section = captions([one])
            if section is not None:
                roadmap.reader.add_section(heading_of(section.text))
            else:
                message, advice = "Текст между строками таблицы никуда не вошёл.", "Если это часть ячейки, допишите её."
                self._complain("prose_lost", message, advice, one.line, one.page, one.text)
        self.prose, self.near = [], 0
        roadmap.reader.read(roadmap.header, stretch.rows, None)

    def _begin(self, header: Header, stretch: Stretch) -> None:
        title, section = captions(self.prose)
        if section is not None and section.lines[0] in {one.line for one in self.prose[: self.near]}:
            section = None
        if self._is_new(title, section, stretch):
            if title is None and section is not None:
                title, section = section, None
            self.roadmaps.append(_Roadmap(TableReader(self.words), title, header, section is not None))
        roadmap = self.roadmaps[-1]
        roadmap.header = header
        if section is not None:
            roadmap.reader.add_section(heading_of(section.text))
        self.prose, self.near = [], 0
        roadmap.reader.read(header, stretch.rows, stretch.table)

    def _is_new(self, title: Caption | None, section: Caption | None, stretch: Stretch) -> bool:
        """A table with a header of its own begins a roadmap, unless it is another section or page of the last one."""
        if not self.roadmaps:
            return True
        last = self.roadmaps[-1]
        if title is not None:
            return last.title is None or _normal(title.text) != _normal(last.title.text)
        if not self.prose:
            return False
        if section is None:
            return any(number_of(row.cells[0]) == "1" for row in stretch.rows[:2])
        of_same_kind = last.title is not None and section.heading and section.heading == last.title.heading
        return bool(of_same_kind) or (section.is_of_direction and not last.in_sections)

    def _pass_over(self, stretch: Stretch) -> None:
        """A table of another kind. Where it was called a plan, somebody must look at it."""
        title, _ = captions(stretch.prose)
        if title is not None and len(stretch.rows) > 2 and max(len(row.cells) for row in stretch.rows) > 2:
            message = (
                f"Таблица после «{shortened(title.text)}» не прочитана: нет колонок мероприятия, срока, исполнителя."
            )
            advice = "Если это дорожная карта, проверьте заголовок таблицы или внесите мероприятия при проверке."
            self._complain("table_unknown", message, advice, stretch.rows[0].lines[0], stretch.rows[0].page)
        elif self.roadmaps and not is_statistics(stretch.rows):
            for row in filter(self._is_as_wide_as_the_last, stretch.rows):
                advice = "Если это мероприятие, внесите его при проверке."
                self._complain("row_lost", UNREAD, advice, row.lines[0], row.page, row.words)
        self.near = len(self.prose)

    def _is_as_wide_as_the_last(self, row: Row) -> bool:
        return abs(len(row.cells) - len(self.roadmaps[-1].header.columns)) <= 1 < len(row.filled)

    def _complain(self, code: str, message: str, advice: str, line: int, page: int | None, words: str = "") -> None:
        self.complaints.append(Complaint(code, message, advice, line, page, shortened(words)))

    def parsed(self) -> Parsed:
        roadmaps, complaints = [], list(self.complaints)
        for roadmap in self.roadmaps:
            put_right(roadmap.reader.drafts)
            roadmap.reader.complain_of_empty_headings()
            activities, found = finished(roadmap.reader.drafts, self.words)
            complaints += [*roadmap.reader.complaints, *found]
            if activities:
                title = roadmap.title
                roadmaps.append(
                    ParsedRoadmap(title.text if title else UNNAMED, tuple(activities), title.lines if title else ())
                )
        if not roadmaps:
            message = "В документе нет таблицы с мероприятиями, сроками и исполнителями."
            complaints.append(Complaint("no_roadmap", message, "Проверьте, тот ли файл загружен."))
        return Parsed(tuple(roadmaps), tuple(sorted(complaints, key=lambda one: one.line or 0)))


def _normal(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.lower()).strip()
