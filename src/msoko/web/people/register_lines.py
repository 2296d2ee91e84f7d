"""Rows of a register as a person wrote them → lines that mean one thing, or a sentence that says why they don't."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices

from msoko.core.vocabulary.cells import text
from msoko.core.vocabulary.unknowns import Unknown
from msoko.web.people import names
from msoko.web.people.models import Area, Kind, SchoolType, Status

KINDS = {
    "регион": Kind.REGION,
    "муниципалитет": Kind.MUNICIPALITY,
    "школа": Kind.SCHOOL,
    "филиал": Kind.BRANCH,
    "": Kind.SCHOOL,  # a register is a list of schools; other kinds are said
}
SCHOOL_TYPES = {
    "средняя": SchoolType.SECONDARY,
    "сош": SchoolType.SECONDARY,
    "основная": SchoolType.BASIC,
    "оош": SchoolType.BASIC,
    "начальная": SchoolType.PRIMARY,
    "нош": SchoolType.PRIMARY,
    "вечерняя": SchoolType.EVENING,
    "открытая сменная": SchoolType.EVENING,
    "гимназия": SchoolType.GYMNASIUM,
    "лицей": SchoolType.LYCEUM,
    "кадетская": SchoolType.CADET,
    "кадетский корпус": SchoolType.CADET,
    "интернат": SchoolType.BOARDING,
    "школа интернат": SchoolType.BOARDING,
    "коррекционная": SchoolType.SPECIAL,
    "": "",
}
AREAS = {
    "городская": Area.URBAN,
    "город": Area.URBAN,
    "сельская": Area.RURAL,
    "село": Area.RURAL,
    "": "",
}
STATUSES = {
    "действует": Status.OPEN,
    "работает": Status.OPEN,
    "открыта": Status.OPEN,
    "закрыта": Status.CLOSED,
    "": "",
}
CHOICES: dict[str, tuple[str, Mapping[str, str], type[TextChoices]]] = {
    "school_type": ("тип школы", SCHOOL_TYPES, SchoolType),
    "area": ("вид местности", AREAS, Area),
    "status": ("статус", STATUSES, Status),
}
KIND_OF_TERRITORY = (Kind.REGION, Kind.MUNICIPALITY)


@dataclass(frozen=True)
class Line:
    """One organisation of a register. '' means «not said»: what is known already stays."""

    number: int  # of the row in the sheet, else in the list, from 1
    kind: str
    name: str
    full_name: str = ""
    school_type: str = ""
    area: str = ""
    status: str = ""
    municipality: str = ""
    region: str = ""
    parent: str = ""
    logins: tuple[str, ...] = ()

    @property
    def is_territory(self) -> bool:
        return self.kind in KIND_OF_TERRITORY

    def __str__(self) -> str:
        return f"строка {self.number}, «{self.name}»"


@dataclass
class Parsed:
    """`conflicts`: rows that can't be taken; `complaints`: words not understood, left empty in rows that can."""

    lines: list[Line] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def parse(rows: Iterable[Mapping[str, object]]) -> Parsed:
    """Rows with the keys of the layout «Реестр организаций»; a row without any name or login is skipped."""
    parsed = Parsed()
    for position, row in enumerate(rows, start=1):
        in_sheet = row.get("row")  # readers tell where in the sheet a row stood
        number = in_sheet if isinstance(in_sheet, int) else position
        if any(_said(row, key) for key in ("short_name", "full_name")) or logins_of(row.get("logins")):
            _parse_row(number, row, parsed)
    return parsed


def _parse_row(number: int, row: Mapping[str, object], parsed: Parsed) -> None:
    logins = logins_of(row.get("logins"))
    name = _said(row, "short_name") or _said(row, "full_name") or logins[0]
    kind = _word(row, "kind", KINDS, Kind)
    if kind is None:
        parsed.conflicts.append(
            f"Строка {number}, «{name}»: вид «{_said(row, 'kind')}» неизвестен; "
            "напишите «регион», «муниципалитет», «школа» или «филиал»."
        )
        return
    parsed.lines.append(
        Line(
            number=number,
            kind=kind,
            name=name[:300],
            full_name=_said(row, "full_name")[:1000],
            school_type=_understood(number, row, "school_type", parsed),
            area=_understood(number, row, "area", parsed),
            status=_understood(number, row, "status", parsed),
            municipality=_said(row, "municipality"),
            region=_said(row, "region"),
            parent=_said(row, "parent"),
            logins=logins,
        )
    )


def logins_of(cell: object) -> tuple[str, ...]:
    """['EDU1', 'sch2'] or «EDU1; sch2» → ('edu1', 'sch2')."""
    many = cell if isinstance(cell, list | tuple) else said_in(cell).replace(",", ";").split(";")
    return tuple(dict.fromkeys(one for login in many if (one := said_in(login).casefold())))


def said_in(cell: object) -> str:
    """The cell as text; the sign of a missing value is not a text that anybody wrote."""
    return "" if isinstance(cell, Unknown) else text(cell)


def _said(row: Mapping[str, object], key: str) -> str:
    return said_in(row.get(key))


def _word(row: Mapping[str, object], key: str, words: Mapping[str, str], codes: type[TextChoices]) -> str | None:
    """The code for a Russian word or for itself; None where neither is known."""
    said = names.normal(_said(row, key))
    return words.get(said, said if said in codes.values else None)


def _understood(number: int, row: Mapping[str, object], key: str, parsed: Parsed) -> str:
    title, words, codes = CHOICES[key]
    code = _word(row, key, words, codes)
    if code is None:
        parsed.complaints.append(f"Строка {number}: {title} «{_said(row, key)}» неизвестен; клетка оставлена пустой.")
    return code or ""
