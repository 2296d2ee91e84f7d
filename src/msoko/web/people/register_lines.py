"""Rows of a register as a person wrote them → lines that mean one thing, or a sentence that says why they don't."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from msoko.core.vocabulary.cells import text
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
KIND_OF_TERRITORY = (Kind.REGION, Kind.MUNICIPALITY)


@dataclass(frozen=True)
class Line:
    """One organisation of a register. '' means «not said»: what is known already stays."""

    number: int  # of the row, from 1
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
    for number, row in enumerate(rows, start=1):
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
            school_type=_understood(number, row, "school_type", "тип", SCHOOL_TYPES, SchoolType, parsed),
            area=_understood(number, row, "area", "местность", AREAS, Area, parsed),
            status=_understood(number, row, "status", "статус", STATUSES, Status, parsed),
            municipality=_said(row, "municipality"),
            region=_said(row, "region"),
            parent=_said(row, "parent"),
            logins=logins,
        )
    )


def logins_of(cell: object) -> tuple[str, ...]:
    """['EDU1', 'sch2'] or «EDU1; sch2» → ('edu1', 'sch2')."""
    many = cell if isinstance(cell, list | tuple) else text(cell).replace(",", ";").split(";")
    return tuple(dict.fromkeys(one for login in many if (one := text(login).casefold())))


def _said(row: Mapping[str, object], key: str) -> str:
    return text(row.get(key))


def _word(row: Mapping[str, object], key: str, words: Mapping[str, str], codes: type) -> str | None:
    """The code for a Russian word or for itself; None where neither is known."""
    said = names.normal(_said(row, key))
    return words.get(said, said if said in set(codes) else None)


def _understood(
    number: int, row: Mapping[str, object], key: str, title: str, words: Mapping[str, str], codes: type, parsed: Parsed
) -> str:
    code = _word(row, key, words, codes)
    if code is None:
        parsed.complaints.append(f"Строка {number}: {title} «{_said(row, key)}» неизвестен; клетка оставлена пустой.")
    return code or ""
