"""What the header of a column says: the role of its numbers, their unit, a year, a grade, a territory.

Headers are Russian phrases («Кол-во участников, 2019», «% качества», «Процент неуспешных результатов по краю») or keys
(«pass_pct_2018», «n4»). Words are looked for, not whole phrases: no two districts write alike. The same words are read
in titles of tables and in labels of rows of measures.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from msoko.core.analysis.contradictions.roles import MARKS, Role
from msoko.core.analysis.contradictions.tables import COUNTRY, DISTRICT, REGION
from msoko.core.vocabulary.words import normal

Words = tuple[tuple[Role, re.Pattern[str]], ...]

ACADEMIC_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/]\s*(20)?(\d\d)(?!\d)")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
AFTER_YEAR = re.compile(r"\b(?:уч(?:ебн\w*)?\.?\s*)?(?:г(?:од\w*)?\b\.?|гг\.?)")
GRADE = re.compile(r"(?<![\d.,–-])(\d{1,2})\s*-?\s*(?:й|х|го|е|ых|м|ом|ые|ый)?\s*класс\w*|\bgrade\s*(\d{1,2})\b")
GRADES = range(1, 13)
TERRITORIES = (
    (COUNTRY, re.compile(r"\b(?:рф|росси\w*|стран[аеы]|country)\b")),
    (REGION, re.compile(r"\b(?:кра[йюея]|краев\w*|област\w*|республик\w*|регион\w*|субъект\w*|region)\b")),
    (DISTRICT, re.compile(r"\b(?:район\w*|омсу|муниципал\w*|городск\w* округ\w*|округ\w*|мо|district|municipality)\b")),
)


def _words(*pairs: tuple[Role, str]) -> Words:
    return tuple((role, re.compile(pattern)) for role, pattern in pairs)


LABELS = _words(
    (Role.SUBJECT, r"subject|(?:наименование |название )?(?:учебн\w+ )?предмет[аы]?|дисциплин\w+"),
    (Role.GRADE, r"grade|класс|параллель"),
    (Role.CLASS, r"class name|class|классы|буква класса"),
    (Role.YEAR, r"year|годы?|school year|academic year|учебный год|год проведения"),
    (
        Role.SCHOOL,
        r"school|name|о[оу]|школ[аы]|(?:краткое )?(?:наименование|название) (?:о[оу]|школы|организации|учреждения"
        r"|образовательно\w+ (?:организации|учреждения))|образовательн\w+ (?:организаци\w+|учреждени\w+)",
    ),
    (Role.MUNICIPALITY, r"municipality|муниципалитет|муниципальное образование|ате|район|мо|омсу"),
    (Role.MEASURE, r"measure|показател[ьи]|наименование показателя|критери[йи]|индикатор"),
    (Role.UNIT, r"unit|ед\.? ?изм\.?|единиц\w+ измерения"),
    (Role.VALUE, r"value|значение|значение показателя"),
    (Role.PROCEDURE, r"procedure|процедура|вид (?:экзамена|процедуры|работы)|форма (?:гиа|экзамена)"),
    (Role.IGNORED, r"№|[№n] ?п ?/?п\.?|п/п|код\w*(?: \w+)?|логин\w*(?: \w+)?|login|key|примечани\w+|note"),
)
FIRST = _words(
    (Role.SOU, r"\bсоу\b|степень обуч|\bsou\b"),
    (Role.NOT_ASSESSED, r"не ?аттестован|not assessed|без отметки|н/а"),
    (Role.WINNERS, r"победител|winners(?<!prize winners)"),
    (Role.PRIZE_WINNERS, r"призер|prize"),
    (Role.MEAN_MARK, r"(?:средн\w*|ср\.?) ?(?:отмет|оценк)|(?:mean|avg) mark"),
    (Role.MEAN, r"(?:средн\w*|ср\.?) ?(?:тестов\w+ |первичн\w+ |итогов\w+ )?балл|балл средн|\bavg\b|\bmean\b|average"),
)
FAMILIES = _words(
    (Role.PASSED, r"3[\"»]?,? ?[\"«]?4[\"»]?(?:,| и) ?[\"«]?5"),
    (Role.LOWERED, r"пониз|понижен|lowered"),
    (Role.CONFIRMED, r"подтверд|confirmed"),
    (Role.RAISED, r"повысил(?!\w* квалиф)|raised"),
    (
        Role.FAILED,
        r"не ?(?:сда[лв]|преодол|прош|справ|успев|успеш|набра)|неудач|ниже (?:порог|миним)|\bfail|did not pass",
    ),
    (Role.QUALITY, r"качеств|quality|хорошист|4[\"»]? ?(?:и|,|\+) ?(?:на )?[\"«]?5"),
    (Role.HUNDRED, r"^100$|(?<![\d–-])(?<!до )100[- ]?балл|стобалл|hundred"),
    (Role.HIGH, r"высок\w+ балл|высокобалл|\bhigh\b|(?<!\d)8[01](?: ?[-–—+]| до| и| балл)"),
    (
        Role.PASSED,
        r"успева|успеш|\bуспев|\bсда(?:ли|вших|л)\b(?! экзамен)|преодол|прошли порог|справил|\bpass|выше порог",
    ),
)
MARK_WORDS = _words(
    (Role.N2, r"\bнеуд|двоек|двойк"),
    (Role.N3, r"\bудовл|троек|тройк"),
    (Role.N4, r"\bхорош(?!ист)|четверок"),
    (Role.N5, r"отличн|пятерок"),
)
WHOLES = _words(
    (
        Role.PARTICIPANTS,
        r"^n$|участник|участвова|участие|сдава|сдающ|писал|писавш|выполня|явил|participants|took part|выбра|выбор",
    ),
    (Role.GRADUATES, r"выпускник|graduates"),
    (Role.PUPILS, r"обучающ|учащ|ученик|pupils|по списку|контингент"),
)
PERCENT_WORDS = re.compile(r"%|процент|\bпроц\b|\bдол[яиюей]\b|удельн\w+ вес|\bpct\b|percent|\bshare\b")
COUNT_WORDS = re.compile(r"кол-?во|количеств|число|численност|\bчел\b|человек|\bcount\b")
MARK_KEY = re.compile(r"(n|p|count|percent|pct) ?([2-5])")
LONE_DIGIT = re.compile(r"(?<![\d–№-])(?<!№ )(?<!\d[.,])([2-5])(?![\d–-]|[.,]\d)")
QUOTED_DIGIT = re.compile(r"[\"«“„']([2-5])[\"»”“']")
BESIDE_A_MARK = re.compile(
    r"\b(?:отмет|оценк|балл|получ|имеют|обуч|учащ|участ|кол|во|количеств|числ|чел|на|из|них|процент|дол|по|с|работ)\w*"
)
FILLERS = re.compile(
    r"кол-?во|количеств\w*|число|численност\w*|\bчел\w*\b|человек|participants|участник\w*|всего|общее|total|count"
    r"|сдавав\w*|сдавал\w*|экзамен\w*|егэ|огэ|впр|гиа|\bпо\b|\bпредмет\w*|\bв\b|[,.:;()%\"«»/-]"
)


@dataclass(frozen=True)
class Heading:
    """`role` is None where the words say nothing of it; of roles that come as counts and per cents it is the count.

    `is_percent` is None where the words do not tell. `rest`: what is left when all that has been understood is taken
    away – it tells columns of one role apart.
    """

    role: Role | None
    is_percent: bool | None = None
    year: int | None = None
    grade: int | None = None
    territory: str = DISTRICT
    rest: str = ""


@lru_cache(maxsize=4096)  # the same few headers are read for every row
def read_heading(header: str) -> Heading:
    """What the header of a column, a title or the label of a row of measures says."""
    said = normal(header.replace("_", " ")).strip(" .:;")
    label = next((role for role, pattern in LABELS if pattern.fullmatch(said)), None)
    if label:
        return Heading(label)
    year, said = _year(said)
    grade, said = _grade(said)
    territory, said = _territory(said)
    said = said.strip(" ,.:;()-–—/")
    role, is_percent = _role(said)
    return Heading(role, is_percent, year, grade, territory, rest=" ".join(FILLERS.sub(" ", said).split()))


def year_of(said: object) -> int | None:
    """The year of a cell: «2021», 2021, «2020-2021 уч. г.» (its second year)."""
    return _year(normal(str(said)))[0]


def _year(said: str) -> tuple[int | None, str]:
    """An academic year is called by the calendar year in which it ends: that is when its exams are sat."""
    academic = ACADEMIC_YEAR.search(said)
    if academic and (int(academic[1]) + 1) % 100 == int(academic[3]):
        return int(academic[1]) + 1, AFTER_YEAR.sub(" ", said.replace(academic[0], " ")).strip()
    years = set(YEAR.findall(said))
    if len(years) != 1:
        return None, said
    return int(min(years)), AFTER_YEAR.sub(" ", YEAR.sub(" ", said)).strip()


def _grade(said: str) -> tuple[int | None, str]:
    """The one grade that is named; where several are, none is taken."""
    found = {int(one or other) for one, other in GRADE.findall(said)} & set(GRADES)
    return (min(found), GRADE.sub(" ", said).strip()) if len(found) == 1 else (None, said)


def _territory(said: str) -> tuple[str, str]:
    for territory, pattern in TERRITORIES:
        if pattern.search(said):
            return territory, " ".join(pattern.sub(" ", said).split())
    return DISTRICT, said


def _role(said: str) -> tuple[Role | None, bool | None]:
    key = MARK_KEY.fullmatch(said)
    if key:
        return MARKS[int(key[2])], key[1] not in ("n", "count")
    is_percent = True if PERCENT_WORDS.search(said) else None
    first = _found(FIRST, said)
    if first:
        return first, is_percent
    family = _found(FAMILIES, said) or _mark(said) or _found(MARK_WORDS, said)
    if family:
        return family, False if is_percent is None and COUNT_WORDS.search(said) else is_percent
    if is_percent:
        return Role.PERCENT, True
    return _found(WHOLES, said) or (Role.COUNT if COUNT_WORDS.search(said) else None), is_percent


def _found(words: Iterable[tuple[Role, re.Pattern[str]]], said: str) -> Role | None:
    return next((role for role, pattern in words if pattern.search(said)), None)


def _mark(said: str) -> Role | None:
    """A header of one mark: its digit in quotation marks, or with nothing beside it but words of counting."""
    digits = LONE_DIGIT.findall(said)
    if len(digits) != 1 or len(re.findall(r"\d+", said)) != 1:
        return None
    bare = re.sub(r"[^а-яa-z]", "", BESIDE_A_MARK.sub("", said))
    return MARKS[int(digits[0])] if QUOTED_DIGIT.search(said) or not bare else None
