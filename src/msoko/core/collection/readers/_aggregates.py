"""What the readers of aggregate tables share: one Reading a procedure, checks of percents, of parts against wholes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from msoko.core.collection.complaints import Complaints, Place
from msoko.core.collection.grid import Workbook
from msoko.core.collection.naming import Content, name_procedure
from msoko.core.collection.readers._groups import BELOW, MUNICIPALITY, REGION, SAMPLE, SCHOOL, Group, Groups
from msoko.core.collection.readers._procedures import content_in, names_a_procedure, title_in
from msoko.core.collection.readers._tables import Row, Table, count_of, decimals_of, number_of, tables_of
from msoko.core.collection.reading import Grain, Hints, Naming, Reading, SchoolClaim
from msoko.core.collection.recognition import sheets_of
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.russian import number
from msoko.core.vocabulary.statuses import Level

FINEST_DECIMALS = 2  # a percent stored with more digits is still compared to the hundredth
LEVEL_WORDS = {
    SAMPLE: ("вся выборка", "регионов"),
    REGION: ("регион", "муниципалитетов"),
    MUNICIPALITY: ("муниципалитет", "школ"),
}


@dataclass
class Draft:
    """One procedure while its rows are being read."""

    source: str
    naming: Naming
    title: str
    groups: Groups = field(default_factory=Groups)
    complaints: Complaints = field(default_factory=Complaints)
    rows: list[dict[str, object]] = field(default_factory=list)
    schools: dict[str, Group] = field(default_factory=dict)
    grain: Grain = Grain.AGGREGATES

    def warn(self, code: str, message: str, advice: str, place: Place | None = None) -> None:
        self.complaints.add(Level.WARNING, code, message, advice, place)

    def note(self, code: str, message: str, advice: str = "", place: Place | None = None) -> None:
        self.complaints.add(Level.PASS, code, message, advice, place)

    def add(self, group: Group, place: Place, **values: object) -> None:
        """Keeps a row: who it is about, where it stands in the file, and its values."""
        self.rows.append({**group.as_columns(), "sheet": place.sheet, "row": place.row, **values})
        if group.key:
            self.schools.setdefault(group.key, group)

    def finished(self) -> Reading:
        claims: list[SchoolClaim] = [group.claim(self.groups.region) for group in self.schools.values()]
        return Reading(
            self.source,
            self.grain,
            self.naming,
            self.complaints.all(),
            schools=claims,
            rows=self.rows,
            title=self.title,
        )


class Drafts:
    """The procedures of one file, in the order they were first met."""

    def __init__(self, workbook: Workbook, source: Source, hints: Hints, definitions: Definitions, *needs: str) -> None:
        """`needs`: which of year, grade and subject must be known; all three if none is named."""
        self.workbook, self.source, self.hints, self.definitions = workbook, source, hints, definitions
        self.needs = needs or ("year", "grade", "subject")
        self._drafts: dict[Content, Draft] = {}

    def about(self, content: Content, title: str = "") -> Draft:
        if content not in self._drafts:
            complaints = Complaints()
            naming = name_procedure(self.source, self.hints, self.definitions, complaints, content, self.needs)
            self._drafts[content] = Draft(
                self.source.slug, naming, title, complaints=complaints, grain=Grain(self.source.grain)
            )
        return self._drafts[content]

    def all(self) -> list[Draft]:
        return list(self._drafts.values())


def tables_in(drafts: Drafts) -> Iterator[Table]:
    """Every table of the source in every sheet that has it."""
    is_title = partial(names_a_procedure, definitions=drafts.definitions)
    for found in sheets_of(drafts.workbook, drafts.source):
        yield from tables_of(found.sheet, drafts.source, is_title)


def titled_tables(drafts: Drafts) -> Iterator[tuple[Table, Draft]]:
    """Tables, each with the draft of the procedure that its title names."""
    for table in tables_in(drafts):
        yield table, drafts.about(content_in(table.above, drafts.definitions), title_in(table.above))


def group_of(draft: Draft, place: Place, said: str, login: str = "", municipality: str = "") -> Group:
    """The group a row is about; a level that only its place in the table tells is complained of."""
    group = draft.groups.read(said, login, municipality)
    if group.guessed:
        draft.warn(
            "level_guessed",
            "По названию не понять, регион это, муниципалитет или школа: уровень определён по месту в таблице.",
            "Проверьте уровень строки; у школы укажите логин в скобках.",
            place,
        )
    return group


def group_row(draft: Draft, table: Table, row: Row) -> tuple[Group, int] | None:
    """The group of a row and its number of participants; None where the row has nothing to tell, or cannot."""
    said, n_place = table.said(row, "group"), table.place(row, "n")
    if not said:
        draft.warn(
            "no_group", "В строке нет названия группы, строка пропущена.", "Проверьте, не сдвинута ли она.", n_place
        )
        return None
    if row.filled == [said]:
        group_of(draft, table.place(row, "group"), said)  # a heading above its parts, or a school that nobody sat in
        draft.note("row_without_numbers", "Есть строки без чисел: они пропущены.", place=table.place(row, "group"))
        return None
    n = participants(draft, n_place)
    return None if n is None else (group_of(draft, table.place(row, "group"), said), n)


def participants(draft: Draft, place: Place) -> int | None:
    """The number of participants at the place; None with a complaint where the cell says none."""
    n = count_of(place.value)
    if n is None:
        draft.warn(
            "unreadable_count",
            "Число участников не читается, строка пропущена.",
            "Нужно целое число не меньше нуля; возможно, строка сдвинута по столбцам.",
            place,
        )
    return n


def percents_of(draft: Draft, places: Sequence[Place], n: int) -> list[float] | None:
    """Per cents of the cells, a blank as 0, shares of one made per cents; None with a complaint where one is none.

    Of a group of nobody nothing is expected: zeros.
    """
    values: list[float] = []
    for place in places:
        value = number_of(place.value) if place.value not in ("", "-", "–", "—") else 0.0
        if value is None or not 0 <= value <= 100:
            draft.warn(
                "unreadable_percent",
                "В ячейке не процент от 0 до 100, строка пропущена.",
                "Исправьте ячейку; возможно, строка сдвинута по столбцам.",
                place,
            )
            return None
        values.append(value)
    return check_percents(draft, places, values, n)


def check_percents(draft: Draft, places: Sequence[Place], values: list[float], n: int) -> list[float]:
    """The percents, complained of where they do not make 100 or cannot come from n participants."""
    decimals = min(max(decimals_of(place.value) for place in places), FINEST_DECIMALS)
    said_with_sign = any(place.value.endswith("%") for place in places)
    if n and not said_with_sign and abs(sum(values) - 1) < 0.005:
        draft.note("shares_made_percents", "Доли единицы пересчитаны в проценты.", place=places[0])
        values = [100 * value for value in values]
        decimals = 0
    if not n:
        return values
    unit = 10.0**-decimals
    whole = Place(places[0].sheet, places[0].row, f"{places[0].column} … {places[-1].column}", _percent(sum(values)))
    if abs(sum(values) - 100) > unit * len(values) / 2 + 0.01:
        draft.warn(
            "percents_not_100", "Сумма процентов в строке не равна 100.", "Сверьте строку с исходным отчётом.", whole
        )
    for place, value in zip(places, values, strict=True):
        check_percent_of_count(draft, place, value, n, unit)
    return values


def check_percent_of_count(draft: Draft, place: Place, value: float, n: int, unit: float) -> None:
    """A percent of n participants is some k of n, to the last digit printed (official tables cut as often as round)."""
    k = round(value * n / 100)
    if abs(100 * k / n - value) > max(unit, 0.01) + 1e-9:
        draft.warn(
            "percent_not_of_count",
            "Такой процент не может получиться при указанном числе участников.",
            "Сверьте число участников и процент с исходным отчётом.",
            place,
        )


def counts_of(values: Sequence[float], n: int) -> list[int] | None:
    """The counts behind the percents, where they come back without doubt: they are whole and make n."""
    counts = [round(value * n / 100) for value in values]
    return counts if sum(counts) == n else None


def check_parts_against_wholes(draft: Draft) -> None:
    """The participants of a municipality are those of its schools, of a region those of its municipalities.

    A single part says nothing: a school's own download names its region and municipality above itself.
    """
    for whole, parts in _wholes_with_parts(draft.rows):
        total = sum(_n(part) for part in parts)
        if total == _n(whole) or (total < _n(whole) and len(parts) < 2):
            continue
        name, below = LEVEL_WORDS[str(whole["level"])]
        draft.warn(
            "parts_not_whole",
            f"Число участников ({name}) не равно сумме его {below}: {number(_n(whole))} и {number(total)}.",
            "Если в файле перечислены не все, это не ошибка; иначе сверьте с исходным отчётом.",
            Place(str(whole["sheet"]), _row_number(whole), "", str(whole["name"])),
        )


def check_means_of_parts(draft: Draft, rows: list[dict[str, object]], key: str) -> None:
    """The per cent of a territory is that of all participants of its parts, where the parts make the whole.

    Each printed per cent may be off by its last digit: a difference of one point is none.
    """
    for whole, parts in _wholes_with_parts([row for row in rows if row["n"]]):
        total = sum(_n(part) for part in parts)
        if len(parts) < 2 or total != _n(whole):
            continue
        mean = sum(_n(part) * _value(part, key) for part in parts) / total
        if abs(mean - _value(whole, key)) > 1:
            name, below = LEVEL_WORDS[str(whole["level"])]
            draft.warn(
                "mean_of_parts_differs",
                f"Процент ({name}) не равен проценту по всем участникам его {below} ({number(mean, 1)}).",
                "Сверьте строки с исходным отчётом.",
                Place(str(whole["sheet"]), _row_number(whole), "", str(whole["name"])),
            )


def _value(row: dict[str, object], key: str) -> float:
    value = row[key]
    assert isinstance(value, float)
    return value


def _wholes_with_parts(rows: list[dict[str, object]]) -> list[tuple[dict[str, object], list[dict[str, object]]]]:
    """Territories with the rows directly below them, by level; a repeated group counts once."""
    schools = defaultdict(dict)  # type: ignore[var-annotated]
    by_level = defaultdict(dict)  # type: ignore[var-annotated]
    for row in rows:
        by_level[row["level"]].setdefault((row["key"], row["municipality"], row["name"]), row)
        if row["level"] == SCHOOL:
            schools[row["municipality"]].setdefault(row["key"], row)
    found = [(row, list(schools[row["name"]].values())) for row in by_level[MUNICIPALITY].values()]
    for level in (REGION, SAMPLE):
        wholes = list(by_level[level].values())
        parts = list(by_level[BELOW[level]].values())
        found += [(whole, parts) for whole in wholes if len(wholes) == 1]
    return [(whole, parts) for whole, parts in found if parts]


def _n(row: dict[str, object]) -> int:
    n = row["n"]
    assert isinstance(n, int)
    return n


def _row_number(row: dict[str, object]) -> int | None:
    found = row["row"]
    return found if isinstance(found, int) else None


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
