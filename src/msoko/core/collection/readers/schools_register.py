"""A region's own list of schools with their logins → rows with the keys of our layout of organisations.

A field may have several columns (names of different years): the first that is not blank speaks, the others are kept
as `other_names` and `other_municipalities`. The logins of one row are one school; logins of different rows are never
joined, however alike their digits.
"""

import re
from collections import Counter

from msoko.core.collection.complaints import Complaints, Place
from msoko.core.collection.grid import Workbook
from msoko.core.collection.readers._tables import Row, Table, plain, tables_of
from msoko.core.collection.reading import Grain, Hints, Naming, Reading, SchoolClaim
from msoko.core.collection.recognition import sheets_of
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.russian import counted, with_guillemets
from msoko.core.vocabulary.statuses import Level

LONG_NAME = 80  # a name of more characters is the full one of the charter, none for a table
BLANK_BEFORE_CLOSING = re.compile(r'\s+"(?=$|[\s,)])')
Record = dict[str, object]


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One Reading of the whole list; it is about no procedure, year or subject."""
    complaints, rows = Complaints(), []
    for found in sheets_of(workbook, source):
        for table in tables_of(found.sheet, source, lambda lines: False):
            rows += [record for row in table.rows if (record := _record(table, row, source, complaints))]
    rows = _without_repeats(rows, complaints)
    _tell_of_alike_digits(rows, complaints)
    naming = Naming(source.procedure)
    claims = [_claim(row) for row in rows]
    return [
        Reading(source.slug, Grain.RECORDS, naming, complaints.all(), schools=claims, rows=rows, title=source.title)
    ]


def _record(table: Table, row: Row, source: Source, complaints: Complaints) -> Record | None:
    said = {key: _candidates(table, row, wanted) for key, wanted in source.columns.items()}
    place = table.place(row, "short_name")
    logins = [login.lower() for login in said["logins"]]
    if not said["short_name"] or not logins:
        advice = "Заполните название и хотя бы один логин."
        complaints.add(
            Level.WARNING, "no_school", "В строке нет названия или логина школы, она пропущена.", advice, place
        )
        return None
    names, municipalities = said["short_name"], said["municipality"]
    short = next((name for name in names if len(name) <= LONG_NAME), names[0])
    return {
        "short_name": _tidy(short),
        "full_name": _tidy(max(names, key=len)),
        "kind": _kind(said["kind"], source, place, complaints),
        "school_type": "",
        "municipality": municipalities[0] if municipalities else "",
        "region": "",
        "parent": "",
        "area": "",
        "status": "действует",
        "logins": logins,
        "municipality_code": said["municipality_code"][0] if said["municipality_code"] else "",
        "other_names": sorted({_tidy(name) for name in names} - {_tidy(short)}),
        "other_municipalities": sorted(set(municipalities[1:]) - set(municipalities[:1])),
        "sheet": table.sheet,
        "row": row.number,
    }


def _candidates(table: Table, row: Row, wanted: tuple[str, ...]) -> list[str]:
    """What the columns of one field say in this row, the likeliest first, each text once."""
    headers = [plain(cell) for cell in table.header.cells]
    found = [row.said(headers.index(plain(header))) for header in wanted if plain(header) in headers]
    return list(dict.fromkeys(text for text in found if text))


def _tidy(name: str) -> str:
    """«МБОУ "Школа "» → «МБОУ «Школа»»."""
    return " ".join(with_guillemets(BLANK_BEFORE_CLOSING.sub('"', name)).split())


def _kind(said: list[str], source: Source, place: Place, complaints: Complaints) -> str:
    known = source.options.get("school_kinds")
    if said and isinstance(known, list) and said[0].lower() not in known:
        message = "Вид организации не известен, она принята за школу."
        complaints.add(Level.WARNING, "unknown_kind", message, "Исправьте вид в реестре после загрузки.", place)
    return "школа"


def _without_repeats(rows: list[Record], complaints: Complaints) -> list[Record]:
    """A login stands for one school: the second row that claims it is left out."""
    kept: list[Record] = []
    taken: set[str] = set()
    for row in rows:
        logins = set(_logins(row))
        if logins & taken:
            place = Place(str(row["sheet"]), _row_number(row), "", min(logins & taken))
            advice = "Оставьте в файле одну строку школы."
            complaints.add(
                Level.WARNING, "repeated_login", "Логин повторяется, вторая строка пропущена.", advice, place
            )
            continue
        taken |= logins
        kept.append(row)
    return kept


def _tell_of_alike_digits(rows: list[Record], complaints: Complaints) -> None:
    """Different schools may have logins that differ in letters only: a warning for whoever joins them by hand."""
    digits = Counter(number for row in rows for number in {_digits_of(login) for login in _logins(row)})
    alike = sum(n > 1 for n in digits.values())
    if alike:
        times = counted(alike, "случай", "случая", "случаев")
        message = f"Одинаковые цифры в логинах разных школ: {times}. Они не соединены."
        complaints.add(Level.PASS, "alike_digits", message, count=alike)


def _digits_of(login: str) -> str:
    return "".join(filter(str.isdigit, login))


def _logins(row: Record) -> list[str]:
    logins = row["logins"]
    assert isinstance(logins, list)
    return logins


def _row_number(row: Record) -> int | None:
    number = row["row"]
    return number if isinstance(number, int) else None


def _claim(row: Record) -> SchoolClaim:
    municipality, code = str(row["municipality"]), str(row["municipality_code"])
    return SchoolClaim(_logins(row)[0], str(row["short_name"]), municipality, code)
