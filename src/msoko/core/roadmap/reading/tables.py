"""Rows of a table become activities under their headings; what becomes none is complained about by its words."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from msoko.core.roadmap.reading.columns import placed_rows
from msoko.core.roadmap.reading.complaints import Complaint, shortened
from msoko.core.roadmap.reading.drafts import (
    ALIGNED,
    ASSUMED_DEADLINE,
    ASSUMED_EXECUTORS,
    COLUMNS_GUESSED,
    EXECUTORS_OF_HEADING,
    FROM_PROSE,
    JOINED,
    JOINED_BLINDLY,
    NUMBER_IN_TEXT,
    REPEATED_BELOW,
    SHARED,
    SHIFTED,
    Draft,
)
from msoko.core.roadmap.reading.headers import Header, Role
from msoko.core.roadmap.reading.joining import chopped_together, joined
from msoko.core.roadmap.reading.row_kinds import LONGEST_NUMBER, Cells, aside, goes_on, heading_in, is_cut_by_the_grid
from msoko.core.roadmap.reading.rows import Prose, Row, counts_columns
from msoko.core.roadmap.reading.sections import Heading, Headings
from msoko.core.roadmap.reading.sentences import begins_in_the_middle, hangs, is_a_bullet

COUNTED = 0.3  # the share of rows with numbers from which on a row without one is an exception
LONGEST_END = 300  # letters of a paragraph that may be the end of a cell
ASIDES = {
    "total": "Строка итогов в мероприятия не взята.",
    "note": "Примечание в мероприятия не взято.",
    "signature": "Строка похожа на подпись и в мероприятия не взята.",
}


class TableReader:
    """Reads the rows of one roadmap, which may stand in several tables. `words` are those of the document."""

    def __init__(self, words: Collection[str]) -> None:
        self.drafts: list[Draft] = []
        self.complaints: list[Complaint] = []
        self.headings = Headings()
        self._words = words
        self._header: Header | None = None
        self._table_counts = False
        self._own_sections: dict[int, str] = {}
        self._executors_of_heading = ""
        self._headings_taken: list[tuple[Heading, Row]] = []
        self._last: Draft | None = None  # the activity above, None right after a heading

    def read(self, header: Header, rows: Sequence[Row], header_table: int | None) -> None:
        self._header, self._own_sections = header, {}
        kept = [row for row in rows if not counts_columns(row)]
        cells = [Cells(header, placed) for placed in placed_rows(header, kept, header_table)]
        titled = [one for one in cells if one.title]
        self._table_counts = bool(titled) and sum(one.counted is not None for one in titled) >= COUNTED * len(titled)
        for at, one in enumerate(cells):
            self._take(one, cells[at + 1 :][:8])

    def add_section(self, heading: Heading) -> None:
        self.headings.add(heading)
        self._last = None

    def take_prose(self, prose: Prose) -> bool:
        """The end of a cell that stands below the table as a paragraph; False where it is none."""
        last = self._last
        if last is None or len(prose.text) > LONGEST_END:
            return False
        if not begins_in_the_middle(prose.text) and not prose.text[0].isdigit():
            return False
        open_places = [place for place, text in last.texts.items() if hangs(text)]
        if len(open_places) != 1:
            return False
        last.texts[open_places[0]] += "\n" + prose.text
        last.lines.append(prose.line)
        last.doubt(FROM_PROSE)
        return True

    def _take(self, cells: Cells, following: Sequence[Cells]) -> None:
        assert self._header is not None
        if kind := aside(cells, [one.placed for one in following]):
            self._complain(kind, ASIDES[kind], cells.placed.row)
        elif self._lengthens_a_heading(cells):
            words = self.headings.path[-1].title
            self.headings.lengthen_last(chopped_together([words, *cells.placed.texts.values()], self._words))
        elif heading := heading_in(self._header, cells, following, self._last):
            self._take_heading(heading, cells)
        elif self._last is not None and self._ends_a_number(self._last, cells):
            self._last.number = f"{self._last.number}.{cells.counted}"
            self._join(self._last, cells, following)
        elif self._last is not None and goes_on(cells, self._last, self._table_counts):
            self._join(self._last, cells, following)
        elif cells.title or cells.deadline or cells.executors:
            self._begin(cells)
        else:
            advice = "Если это мероприятие или его часть, внесите его при проверке."
            self._complain("row_lost", "Строка не стала мероприятием.", cells.placed.row, advice)

    def _ends_a_number(self, last: Draft, cells: Cells) -> bool:
        """«12.» at the foot of a page, «4» at the head of the next one: a narrow column has cut «12.4»."""
        if last.page is None or cells.placed.row.page == last.page or len(self.drafts) < 2:
            return False
        first, _, second = (self.drafts[-2].number or "").partition(".")
        if not (first.isdecimal() and second.isdecimal()):
            return False
        expected = {(first, str(int(second) + 1)), (str(int(first) + 1), "1")}
        return (last.number, cells.counted) in expected

    def complain_of_empty_headings(self) -> None:
        """A heading without activities may be an activity whose other cells are lost."""
        held = [title for draft in self.drafts if draft.text(Role.TITLE) for title in draft.sections]
        for heading, row in self._headings_taken:
            if heading.title and not any(title.startswith(heading.title) for title in held):
                advice = "Если это мероприятие, внесите его при проверке."
                self._complain("heading_empty", "Под заголовком нет ни одного мероприятия.", row, advice)

    def _lengthens_a_heading(self, cells: Cells) -> bool:
        if self._last is not None or not self.headings.path or cells.counted is not None:
            return False
        pieces = list(cells.placed.texts.values())
        if not pieces or not begins_in_the_middle(pieces[0]):
            return False
        return is_cut_by_the_grid(cells) or len(pieces) == 1

    def _take_heading(self, heading: Heading, cells: Cells) -> None:
        pieces = list(cells.placed.texts.values())
        if is_cut_by_the_grid(cells) and not cells.placed.spans:
            heading = replace(heading, title=chopped_together(pieces, self._words))
        self.add_section(heading)
        self._headings_taken.append((heading, cells.placed.row))
        self._own_sections = {}
        self._executors_of_heading = cells.executors if len(cells.rest) > 1 and not is_cut_by_the_grid(cells) else ""

    def _begin(self, cells: Cells) -> None:
        assert self._header is not None
        placed, header = cells.placed, self._header
        texts = {place: text for place, text in placed.texts.items() if header.columns[place].role is not Role.SECTION}
        draft = Draft(header, (), cells.counted, texts, list(placed.row.lines), placed.row.page, placed.row.table)
        draft.expects_number = self._table_counts and not (is_a_bullet(cells.title) and self._is_under_a_list())
        self._put_right_the_title(draft, cells)
        self._inherit(draft, cells)
        draft.doubts += [ALIGNED] if placed.row.is_aligned else []
        draft.doubts += [SHIFTED] if placed.is_shifted else []
        draft.doubts += [COLUMNS_GUESSED] if header.is_guessed else []
        self.headings.take_activity(draft.number)
        draft.sections = (*self.headings.titles, *self._sections_in(cells))
        self.drafts.append(draft)
        self._last = draft

    def _is_under_a_list(self) -> bool:
        """«Провести семинары:» stands above, its items need no numbers."""
        return bool(self.headings.path) and self.headings.path[-1].title.endswith(":")

    def _put_right_the_title(self, draft: Draft, cells: Cells) -> None:
        """A number glued to the title goes to its place, words in the cell of the number to theirs."""
        places = draft.header.places(Role.TITLE)
        if cells.words != cells.title:
            draft.texts[places[0]] = cells.words
        elif cells.number and cells.counted is None:
            if len(cells.number) <= LONGEST_NUMBER:
                draft.number = cells.number.strip(" .)") or None
            else:
                draft.texts[places[0]] = f"{cells.number} {cells.title}".strip()
                draft.doubt(NUMBER_IN_TEXT)

    def _inherit(self, draft: Draft, cells: Cells) -> None:
        """What a cell merged downwards or the heading says for several rows."""
        for place in sorted(cells.placed.shared):
            role = draft.header.columns[place].role
            draft.doubts += [SHARED[role]] if role in SHARED else []
        self._inherit_over_a_page(draft)
        if self._executors_of_heading and not draft.text(Role.EXECUTORS) and draft.header.has(Role.EXECUTORS):
            draft.texts[draft.header.places(Role.EXECUTORS)[0]] = self._executors_of_heading
            draft.doubt(EXECUTORS_OF_HEADING)

    def _inherit_over_a_page(self, draft: Draft) -> None:
        """A merged cell that a page cuts is empty on the next one, and nothing tells that it was merged."""
        above = self.drafts[-1] if self.drafts else None
        if above is None or draft.page is None or above.page in (None, draft.page) or above.header is not draft.header:
            return
        for role, doubt in ((Role.DEADLINE, ASSUMED_DEADLINE), (Role.EXECUTORS, ASSUMED_EXECUTORS)):
            for place in draft.header.places(role):
                if place not in draft.texts and place in above.texts:
                    draft.texts[place] = above.texts[place]
                    draft.doubt(doubt)

    def _sections_in(self, cells: Cells) -> list[str]:
        """The column of directions or tasks: a cell holds until the next one that is filled."""
        assert self._header is not None
        for place in self._header.places(Role.SECTION):
            if text := cells.placed.texts.get(place):
                self._own_sections = {k: known for k, known in self._own_sections.items() if k < place}
                self._own_sections[place] = " ".join(text.split())
        return [self._own_sections[place] for place in sorted(self._own_sections)]

    def _join(self, last: Draft, cells: Cells, following: Sequence[Cells]) -> None:
        placed = cells.placed
        taken = {place for place in placed.texts if self._is_number(place)} | placed.shared
        added = {place: text for place, text in placed.texts.items() if place not in taken}
        if cells.number and cells.counted is None:  # words that slipped into the column of numbers
            title = last.header.places(Role.TITLE)[0]
            added[title] = f"{cells.number} {added.get(title, '')}".strip()
        if self._repeats_the_next_row(last, cells, following):
            shared = (*last.header.places(Role.DEADLINE), *last.header.places(Role.EXECUTORS))
            added = {place: text for place, text in added.items() if place not in shared}
            last.doubt(REPEATED_BELOW)
        is_list = cells.goes_on_by_merging
        for place, text in added.items():
            upper = last.texts.get(place, "")
            last.texts[place] = f"{upper};\n{text}" if is_list and upper and upper != text else joined(upper, text)
        last.lines += placed.row.lines
        sure = is_list or (not placed.by_content and any(begins_in_the_middle(text) for text in added.values()))
        last.doubt(JOINED if sure else JOINED_BLINDLY)

    def _is_number(self, place: int) -> bool:
        assert self._header is not None
        return self._header.columns[place].role is Role.NUMBER

    def _repeats_the_next_row(self, last: Draft, cells: Cells, following: Sequence[Cells]) -> bool:
        if not following or not cells.deadline or not cells.executors or not last.text(Role.DEADLINE):
            return False
        below = following[0]
        return (cells.deadline, cells.executors) == (below.deadline, below.executors) and below.counted is not None

    def _complain(self, code: str, message: str, row: Row, advice: str = "") -> None:
        self.complaints.append(Complaint(code, message, advice, row.lines[0], row.page, shortened(row.words)))
