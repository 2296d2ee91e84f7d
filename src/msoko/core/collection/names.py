"""Year, grade and subject as words of a path tell them: a file's name, a folder's name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from msoko.core.definitions.kinds import Subject
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.words import begins_a_word, normal

YEARS = range(2015, 2036)
GRADES = range(1, 12)

ACADEMIC_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/_]\s*(?:20)?(\d\d)(?!\d)")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# «школа 12 класс», «СОШ №5», «reg22»: numbers of schools and regions, not of grades.
NUMBERED_THINGS = re.compile(
    r"(?:№|(?<![^\W_])(?:школ\w*|сош|оош|нош|лице\w*|гимнази\w*|вариант\w*|var|reg|edu|sch|m)[\s_№-]*)\d+",
    re.IGNORECASE,
)
# «5-6 класс» is two grades, and neither is taken.
GRADE_BEFORE_WORD = re.compile(
    r"(?<!\d)(?<!\d[-–])(\d{1,2})\s*[-–]?\s*(?:й|го|х|е|ых|м|ом)?[\s_]*(?:класс|кл(?![а-я]))"
)
GRADE_AFTER_WORD = re.compile(r"(?<![а-я])класс[а-я]*[\s_:№-]*(\d{1,2})(?!\d|[-–]\d)")
CODE_AND_GRADE = re.compile(r"(?<![^\W_])([^\W\d_]{2,4})([\s_-]*)(\d{1,2})(?!\d|[-–]\d)")
GRADE_AND_CODE = re.compile(r"(?<!\d)(\d{1,2})([\s_-]*)([^\W\d_]{2,4})(?![^\W_])")
CODE = re.compile(r"(?<![^\W_])([А-ЯЁ]{2})(?![^\W\d_])")


@dataclass(frozen=True)
class Said:
    """What one name says; None where it says nothing or contradicts itself."""

    year: int | None = None
    grade: int | None = None
    subject: str | None = None


def said_by_name(name: str, definitions: Definitions) -> Said:
    """What a file's or folder's name says: «ВПР_МА_5_2021», «Математика, 4 класс. ВПР 2021», «2021», «5»."""
    plain = NUMBERED_THINGS.sub(" ", normal(name))
    if re.fullmatch(r"\d{1,2}", plain):
        return Said(grade=_only(_grades([plain])))
    without_years = _without_years(plain)
    code, grade_at_code = _code_with_grade(_without_years(NUMBERED_THINGS.sub(" ", name)), definitions)
    subject = subject_in(name, definitions) or code or _lonely_code(name, definitions)
    grade = _grade_by_words(without_years) or grade_at_code or _grade_at_subject(without_years, definitions)
    return Said(year_in(plain), grade, subject)


def folders_of(path: str) -> list[str]:
    """The folders of the path, the nearest to the file first."""
    parts = PurePosixPath(path.replace("\\", "/")).parts[:-1]
    return [part for part in reversed(parts) if part not in ("/", ".", "..")]


def said_by_folders(path: str, definitions: Definitions) -> Said:
    """What the folders say, each thing by the nearest folder that says it."""
    found = [said_by_name(folder, definitions) for folder in folders_of(path)]
    return Said(
        next((said.year for said in found if said.year), None),
        next((said.grade for said in found if said.grade), None),
        next((said.subject for said in found if said.subject), None),
    )


def year_in(name: str) -> int | None:
    """The one year of the name. An academic year («2021-2022») is not the year of a work: nothing is guessed of it."""
    years = {int(year) for year in YEAR.findall(ACADEMIC_YEAR.sub(_keep_unless_consecutive, name))}
    return _only(year for year in years if year in YEARS)


def academic_year_in(name: str) -> str:
    """«2021-2022» of the name, '' if there is none: for the advice why the year is not known."""
    found = ACADEMIC_YEAR.search(name)
    return found[0] if found and not _keep_unless_consecutive(found).strip() else ""


def _keep_unless_consecutive(match: re.Match[str]) -> str:
    return " " if (int(match[1]) + 1) % 100 == int(match[2]) else match[0]


def subject_in(name: str, definitions: Definitions) -> str | None:
    found = definitions.subject_by(name)
    return found.slug if isinstance(found, Subject) else None


def _without_years(name: str) -> str:
    return YEAR.sub(" ", ACADEMIC_YEAR.sub(" ", name))


def _only(values: Iterable[int]) -> int | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _grades(numbers: Iterable[str]) -> Iterator[int]:
    return (int(number) for number in numbers if int(number) in GRADES)


def _grade_by_words(name: str) -> int | None:
    return _only(_grades(GRADE_BEFORE_WORD.findall(name))) or _only(_grades(GRADE_AFTER_WORD.findall(name)))


def _code_with_grade(name: str, definitions: Definitions) -> tuple[str | None, int | None]:
    """«ma5», «МА_5», «5-РУ», «МА 5»; small letters apart from the number («об 5») are words, not codes."""
    pairs = [(code, gap, grade) for code, gap, grade in CODE_AND_GRADE.findall(name)]
    pairs += [(code, gap, grade) for grade, gap, code in GRADE_AND_CODE.findall(name)]
    found = {
        (subject, int(grade))
        for code, gap, grade in pairs
        if (" " not in gap or code.isupper() or len(code) > 2) and int(grade) in GRADES
        for subject in [_subject_of_code(code, definitions)]
        if subject
    }
    return found.pop() if len(found) == 1 else (None, None)


def _lonely_code(name: str, definitions: Definitions) -> str | None:
    """«ВПР МА 2021»: two Cyrillic capitals that are a code of exactly one subject."""
    found = {_subject_of_code(code, definitions) for code in CODE.findall(name)} - {None}
    return found.pop() if len(found) == 1 else None


def _subject_of_code(code: str, definitions: Definitions) -> str | None:
    found = definitions.subject_named(code)
    return found.slug if found else None


def _grade_at_subject(name: str, definitions: Definitions) -> int | None:
    """«История 6», «русский_язык_5»: a number right after the subject's own words."""
    found = re.findall(r"(?:([^\W\d_]+)[\s_]+)?([^\W\d_]+)[\s_-]*(?<!\d)(\d{1,2})(?!\d|[-–]\d)", name)
    return _only(_grades(n for before, last, n in found if _names_subject(f"{before} {last}".strip(), definitions)))


def _names_subject(words: str, definitions: Definitions) -> bool:
    stems = (normal(stem) for subject in definitions.subjects.values() for stem in subject.stems)
    return any(begins_a_word(words, stem) for stem in stems)
