"""Whose row it is: the whole sample, a region, a municipality or a school, told by the name and by what came before."""

import re
from dataclasses import dataclass

from msoko.core.collection.reading import SchoolClaim

SAMPLE, REGION, MUNICIPALITY, SCHOOL = "sample", "region", "municipality", "school"
BELOW = {SAMPLE: REGION, REGION: MUNICIPALITY, MUNICIPALITY: SCHOOL}

LOGIN = re.compile(r"\b(?P<kind>[a-z]{2,5})(?P<digits>\d{4,})\b", re.IGNORECASE)
MUNICIPALITY_LOGIN = re.compile(r"\breg(?P<region>\d{1,3})_m(?P<code>\d+)\b", re.IGNORECASE)
REGION_LOGIN = re.compile(r"\breg\d{1,3}\b(?!_)", re.IGNORECASE)
SAMPLE_NAME = re.compile(r"вся выборка|вся россия|россия|рф|российская федерация", re.IGNORECASE)
REGION_NAME = re.compile(
    r"республика .+|.+ республика(?: .+)?|.+ край|.+ область|.+ автономн(?:ый|ая) (?:округ|область).*"
    r"|(?:г\.|город)? ?(?:москва|санкт-петербург|севастополь)",
    re.IGNORECASE,
)
SCHOOL_NAME = re.compile(
    r"\b[А-Я]{0,5}ОУ\b|\b[А-Я]?(?:СОШ|ООШ|НОШ|ОСШ)\b|школ|гимнази|лице[йя]|интернат|кадетск|училищ|колледж|техникум"
    r"|образовательн\w+ (?:организац|учрежд)",
    re.IGNORECASE,
)
MUNICIPALITY_NAME = re.compile(r"район|округ|\bгород\b|^г\.|\bЗАТО\b|муницип|\bпос[её]лок\b", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """`key` is the key of a school («sch220150», 'name:…|…'), '' for a territory."""

    level: str
    name: str
    key: str = ""
    municipality: str = ""
    municipality_code: str = ""
    guessed: bool = False

    def as_columns(self) -> dict[str, object]:
        return {"level": self.level, "key": self.key, "name": self.name, "municipality": self.municipality}

    def claim(self, region: str = "") -> SchoolClaim:
        return SchoolClaim(self.key, self.name, self.municipality, self.municipality_code, region)


class Groups:
    """Reads the names of groups from top to bottom and remembers the region and the municipality they are in."""

    def __init__(self) -> None:
        self.region = ""
        self._municipality = ("", "")
        self._last = ""

    def read(self, said: str, login: str = "", municipality: str = "") -> Group:
        """`login` and `municipality` are given where the form has columns for them."""
        code = MUNICIPALITY_LOGIN.search(said)
        name = bare_name(said)
        if municipality:
            self._municipality = (bare_name(municipality), _code_in(municipality))
        level, guessed = self._level_of(name, bool(login or login_in(said)), bool(code))
        self._last = level
        if level == REGION:
            self.region = name
        if level == MUNICIPALITY:
            self._municipality = (name, code["code"] if code else "")
        return self._group(level, name, login.lower() or login_in(said), guessed)

    def _group(self, level: str, name: str, login: str, guessed: bool) -> Group:
        if level in (SAMPLE, REGION):
            return Group(level, name, guessed=guessed)
        municipality, code = self._municipality
        key = (login or f"name:{municipality}|{name}") if level == SCHOOL else ""
        return Group(level, name, key, municipality, code, guessed)

    def _level_of(self, name: str, has_login: bool, is_coded_municipality: bool) -> tuple[str, bool]:
        """(level, whether it is only a guess from the place in the table)."""
        if has_login:
            return SCHOOL, False
        if is_coded_municipality:
            return MUNICIPALITY, False
        if SAMPLE_NAME.fullmatch(name):
            return SAMPLE, False
        # «СПО Алтайский край» stands among municipalities: a second region below the first is none.
        if REGION_NAME.fullmatch(name) and self.region in ("", name):
            return REGION, False
        if SCHOOL_NAME.search(name):
            return SCHOOL, False
        if MUNICIPALITY_NAME.search(name):
            return MUNICIPALITY, False
        return (BELOW.get(self._last, SCHOOL) if self._last else SAMPLE), True


def login_in(said: str) -> str:
    """The school's login in the text, lower case; '' if there is none or it is a territory's."""
    found = LOGIN.search(said)
    return found[0].lower() if found and found["kind"].lower() != "reg" else ""


def _code_in(said: str) -> str:
    found = MUNICIPALITY_LOGIN.search(said)
    return found["code"] if found else ""


def bare_name(said: str) -> str:
    """The name without login, brackets around it and the vertical bar: «edu1234 | МБОУ …» → «МБОУ …»."""
    for pattern in (MUNICIPALITY_LOGIN, REGION_LOGIN, LOGIN):
        said = pattern.sub("", said)
    return " ".join(re.sub(r"\(\s*\)|\|", " ", said).split()).strip(" ,;")
