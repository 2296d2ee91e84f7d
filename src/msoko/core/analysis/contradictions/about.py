"""What a table is about, by the words of its title: procedure, grade, year; what a label of a row says it is."""

import re
from dataclasses import dataclass
from functools import lru_cache

from msoko.core.analysis.contradictions.headings import GRADE, read_heading
from msoko.core.vocabulary.words import normal

PROCEDURES = (
    ("ege", re.compile(r"\bегэ\b|\bege\b|единого государственн|гиа[- ]?11")),
    ("oge", re.compile(r"\bогэ\b|\boge\b|основного государственн|гиа[- ]?9")),
    ("gve", re.compile(r"\bгвэ\b|\bgve\b")),
    ("vpr", re.compile(r"\bвпр\b|\bvpr\b|всероссийск\w+ провероч")),
    ("olympiad", re.compile(r"олимпиад|всош|olymp")),
)
FINAL_GRADES = {9: "oge", 11: "ege"}
GRADES_OF = {procedure: grade for grade, procedure in FINAL_GRADES.items()}
OF_FINAL_EXAMS = re.compile(r"гиа\b|экзамен|неуспешн|порог|государственн\w+ итогов|сдач\w|сдав")
OF_CHOICE = re.compile(r"\bвыбор\w*\b|\bвыбра\w*")
TOTAL = re.compile(
    r"^(?:итог|всего|общ(?:ее|ий|ая) (?!образ)|в целом|сумм|total"
    r"|по (?:всем |всему )?(?:район|муниципал|мо\b|город|округ|област|кра[юй]|регион|школ|оо\b|предмет))"
)
MEAN = re.compile(r"^(?:средн\w+(?:$| по| знач| балл| показ| проц| по )|в среднем)")
WITHIN = re.compile(r"^(?:из них|в том числе|в т\. ?ч|в т\.ч)")
SCHOOL = re.compile(r"\b(?:[а-я]{0,6}с?ош|нош|оош|сш|гимнази\w*|лице[йя]\w*|школ[аы]|м[бка]?оу|маоу|мкоу)\b|№ ?\d+")
PREFIX = re.compile(r"^[^:]{1,20}: *")


@dataclass(frozen=True)
class About:
    procedure: str = ""
    grade: int | None = None
    year: int | None = None
    is_choice: bool = False


@lru_cache(maxsize=1024)
def about(title: str) -> About:
    """What the words of a title say. A grade of graduates beside words of exams tells the exam: grade 9 is ОГЭ."""
    said = normal(title)
    heading = read_heading(title)
    procedure = procedure_in(said)
    if not procedure and heading.grade in FINAL_GRADES and OF_FINAL_EXAMS.search(said):
        procedure = FINAL_GRADES[heading.grade]
    grades = len(set(GRADE.findall(said)))
    grade = heading.grade or (GRADES_OF.get(procedure) if grades == 0 else None)
    return About(procedure, grade, heading.year, bool(OF_CHOICE.search(said)))


@lru_cache(maxsize=1024)
def procedure_in(said: str) -> str:
    """The one procedure that is named, '' where none or several are."""
    found = [procedure for procedure, pattern in PROCEDURES if pattern.search(normal(said))]
    return found[0] if len(found) == 1 else ""


def is_total(label: str) -> bool:
    return TOTAL.search(normal(label)) is not None


def is_mean(label: str) -> bool:
    return MEAN.search(normal(label)) is not None


def is_within(label: str) -> bool:
    return WITHIN.search(normal(label)) is not None


def names_a_school(label: str) -> bool:
    return SCHOOL.search(normal(label)) is not None


def measure_of(label: str) -> str:
    """The name of a measure without the part of the document it is quoted from: «SWOT: первая категория»."""
    return PREFIX.sub("", normal(label)).strip(" .:;,")
