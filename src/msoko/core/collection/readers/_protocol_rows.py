"""Rows of one block of an examination protocol → columns of participants, and nothing that names a person."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from msoko.core.collection.complaints import Complaints, Place
from msoko.core.collection.identity import identity_of
from msoko.core.collection.readers._masks import Answer, long_answers, maximum_of, short_answers
from msoko.core.collection.readers._tables import Row, count_of, decimals_of, number_of, plain
from msoko.core.collection.reading import Pupils, SchoolClaim
from msoko.core.definitions.kinds import WorkItem
from msoko.core.vocabulary.russian import number
from msoko.core.vocabulary.statuses import Level

ABSENT = "отсутствовал"
NOT_THERE = re.compile(r"(?:не явил|неявк|удал[её]н|отсутств|не заверш|аннулир)", re.IGNORECASE)
# What each column may hold. Anything else is dropped unseen: a row shifted by one column brings a surname here.
SHAPES = {
    "school": re.compile(r"\d{3,12}"),
    "code": re.compile(r"[0-9A-Za-z\-]{4,40}"),
    "class_label": re.compile(r"\d{1,2}\s*[-–]?\s*[\"«]?\s*[А-ЯЁA-Zа-яёa-z]?\d?\s*[\"»]?|[А-ЯЁA-Zа-яёa-z]"),
    "variant": re.compile(r"\d{1,5}"),
    "primary": re.compile(r"\d{1,3}(?:[.,]0+)?"),
    "result": re.compile(r"\d{1,3}(?:[.,]0+)?"),
}
CHECKED_MEANS = ("primary", "result")
ANSWERS: dict[str, tuple[str, Callable[[str], list[Answer] | None]]] = {
    "short": ("К", short_answers),
    "long": ("Р", long_answers),
    "oral": ("У", long_answers),
}
HIDDEN = "значение не показано: в нём могут быть личные данные"


@dataclass
class Block:
    """A header row and the rows below it."""

    sheet: str
    header: Row
    columns: dict[str, int]
    rows: list[Row]
    identity: dict[str, int] = field(default_factory=dict)

    def said(self, row: Row, column: str) -> str:
        return row.said(self.columns.get(column))

    def place(self, row: Row, column: str, shown: bool = False) -> Place:
        """The place of a cell; its value only where it is known to be none of a person's."""
        return Place(
            self.sheet,
            row.number,
            self.header.said(self.columns.get(column)),
            self.said(row, column) if shown else HIDDEN,
        )


@dataclass
class Participants:
    """`results` holds the last column of a protocol, one entry a participant: a test score or a mark."""

    pupils: Pupils
    results: list[str]
    schools: list[SchoolClaim] = field(default_factory=list)


@dataclass
class Line:
    """One participant's cells, each of the shape that its column has."""

    row: Row
    cells: dict[str, str]
    answers: dict[str, list[Answer]]
    absent: bool
    identity: str = field(default="", repr=False)


def participants_of(block: Block, region: str, complaints: Complaints) -> Participants:
    """All participants of the block; the row of means is taken out and compared with the means of the rows."""
    means = [row for row in block.rows if plain(row.filled[0]).startswith("средн")]
    lines = [_line(block, row, complaints) for row in block.rows if row not in means and _is_participant(block, row)]
    for row in means:
        _compare_means(block, row, lines, complaints)
    _complain_of_repeats(block, lines, complaints)
    widths = _widths(block, lines, complaints)
    pupils = _pupils(block, lines, widths)
    claims = {login: SchoolClaim(login, region=region) for login in pupils.login if login}
    return Participants(pupils, [line.cells["result"] for line in lines], list(claims.values()))


def _is_participant(block: Block, row: Row) -> bool:
    """A row that has a code, a school or a score; notes below the table have none."""
    return any(block.said(row, column) for column in ("school", "code", "primary"))


def _line(block: Block, row: Row, complaints: Complaints) -> Line:
    said = {column: block.said(row, column) for column in (*SHAPES, *ANSWERS)}
    absent = _is_absent(said)
    said = {column: "" if NOT_THERE.match(value) else value for column, value in said.items()}
    odd = [column for column, shape in SHAPES.items() if said[column] and not shape.fullmatch(said[column])]
    if odd:
        _complain_of_shape(block, row, odd, complaints)
    shifted = _is_shifted(odd)
    kept = {column: "" if shifted or column in odd else value for column, value in said.items()}
    answers = {} if absent or shifted else _answers(block, row, kept, complaints)
    return Line(row, kept, answers, absent, "" if shifted else _identity(block, row, kept["school"]))


def _identity(block: Block, row: Row, school: str) -> str:
    return identity_of({part: row.said(column) for part, column in block.identity.items()}, school)


def _is_shifted(odd: list[str]) -> bool:
    """Two cells of a wrong shape, or a wrong school: nothing in the row stands where its header says."""
    return len(odd) > 1 or "school" in odd


def _is_absent(said: dict[str, str]) -> bool:
    """A row that says so anywhere among the columns read, or has neither a score nor a result."""
    if any(NOT_THERE.match(value) for value in said.values()):
        return True
    return not said["primary"] and not said["result"]


def _complain_of_shape(block: Block, row: Row, odd: list[str], complaints: Complaints) -> None:
    if _is_shifted(odd):
        complaints.add(
            Level.WARNING,
            "shifted_row",
            "Ячейки строки не подходят к своим столбцам: строка сдвинута, её баллы не учтены.",
            "Исправьте строку в файле и загрузите его снова.",
            block.place(row, odd[0]),
        )
        return
    complaints.add(
        Level.WARNING,
        f"odd_{odd[0]}",
        "Значение не подходит к своему столбцу и отброшено.",
        "Исправьте ячейку и загрузите файл снова.",
        block.place(row, odd[0]),
    )


def _answers(block: Block, row: Row, said: dict[str, str], complaints: Complaints) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for column, (_, read) in ANSWERS.items():
        answers = read(said[column])
        if answers is None:
            complaints.add(
                Level.WARNING,
                f"unreadable_{column}",
                "Ответы не читаются: баллы за эти задания у участника не учтены.",
                "Ожидаются знаки «+», «-» и цифры, а в развёрнутых ответах — «1(2)2(3)».",
                block.place(row, column),
            )
        found[column] = answers or []
    return found


def _widths(block: Block, lines: list[Line], complaints: Complaints) -> dict[str, int]:
    """Items of each kind: as many as most participants have."""
    widths: dict[str, int] = {}
    for column in ANSWERS:
        lengths = Counter(len(line.answers[column]) for line in lines if line.answers.get(column))
        widths[column] = max(lengths, key=lambda length: (lengths[length], length), default=0)
        for line in lines:
            if line.answers.get(column) and len(line.answers[column]) != widths[column]:
                complaints.add(
                    Level.WARNING,
                    f"other_length_{column}",
                    f"Ответов у участника не {widths[column]}, как у большинства: баллы за них не учтены.",
                    "Сверьте строку с исходным протоколом.",
                    block.place(line.row, column, shown=True),
                )
                line.answers[column] = []
    return widths


def _pupils(block: Block, lines: list[Line], widths: dict[str, int]) -> Pupils:
    columns = [(kind, n) for kind, width in widths.items() for n in range(width)]
    answers = [
        [line.answers[kind][n] if line.answers.get(kind) else Answer("", None) for line in lines] for kind, n in columns
    ]
    names = _item_names(columns)
    return Pupils(
        sheet=block.sheet,
        row_numbers=[line.row.number for line in lines],
        login=[f"oo:{line.cells['school']}" if line.cells["school"] else "" for line in lines],
        code=[line.cells["code"] for line in lines],
        class_label=[line.cells["class_label"] for line in lines],
        sex=[""] * len(lines),
        variant=[ABSENT if line.absent else line.cells["variant"] for line in lines],
        journal_mark=[""] * len(lines),
        total=[line.cells["primary"] for line in lines],
        items=[[answer.score for answer in column] for column in answers],
        item_headers=[WorkItem(name, maximum_of(column)) for name, column in zip(names, answers, strict=True)],
        item_columns=[f"{block.header.said(block.columns.get(kind))}, {n + 1}" for kind, n in columns],
        identity=[line.identity for line in lines] if block.identity else None,
    )


def _item_names(columns: list[tuple[str, int]]) -> list[str]:
    """Items are numbered through: long answers go on where the short ones end; oral ones have a letter of their own."""
    written = [column for column in columns if column[0] != "oral"]
    return [str(i) for i in range(1, len(written) + 1)] + [f"У{n + 1}" for kind, n in columns if kind == "oral"]


def _complain_of_repeats(block: Block, lines: list[Line], complaints: Complaints) -> None:
    seen: set[str] = set()
    for line in lines:
        code = line.cells["code"]
        if code and code in seen:
            complaints.add(
                Level.WARNING,
                "repeated_code",
                "Код участника в протоколе повторяется.",
                "Проверьте, не загружена ли строка дважды.",
                block.place(line.row, "code"),
            )
        seen.add(code)


def _compare_means(block: Block, row: Row, lines: list[Line], complaints: Complaints) -> None:
    """The printed means against those of the rows, to the last digit printed."""
    for column in CHECKED_MEANS:
        said = block.said(row, column)
        printed = number_of(said)
        values = [value for line in lines if not line.absent and (value := count_of(line.cells[column])) is not None]
        if printed is None or not values:
            continue
        mean = sum(values) / len(values)
        if abs(mean - printed) > 10.0 ** -min(decimals_of(said), 4) / 2 + 1e-9:
            complaints.add(
                Level.WARNING,
                "mean_differs",
                f"Напечатанное среднее не равно среднему по строкам ({number(mean, 2)}).",
                "Проверьте, все ли строки протокола в файле.",
                block.place(row, column, shown=True),
            )
