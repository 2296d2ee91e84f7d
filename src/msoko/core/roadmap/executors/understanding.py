"""What the words of an executor mean."""

import re
from collections.abc import Iterable
from dataclasses import replace

from msoko.core.roadmap.executors.conditions import begins_condition, parted_from_conditions, without_label
from msoko.core.roadmap.executors.dividing import Part, divide
from msoko.core.roadmap.executors.groups import SCHOOL_GROUPS, kind_of, school_group
from msoko.core.roadmap.executors.kinds import Executor, Kind
from msoko.core.roadmap.executors.roles import role_in
from msoko.core.roadmap.executors.schools import name_in, named_apart
from msoko.core.roadmap.executors.sharing import with_shared_words
from msoko.core.roadmap.executors.splitting import says_something, tidy, without_markup
from msoko.core.roadmap.executors.tokens import PERSON, Sort, tokens_of
from msoko.core.roadmap.executors.wording import canonical
from msoko.core.vocabulary.words import look_alike

# An institution that is no school is known by what its name says: «МКУ «ИМЦ»», «МКУ «Управление образования»».
_SAID_BY_NAME = (Kind.METHODIST, Kind.DEPARTMENT, Kind.EXTERNAL)
_SCHOOL_FORM = re.compile(r"^[А-ЯЁ]*(?<!П)ОУ(?![А-ЯЁ])")
# Whom an отдел образования has and a school has not.
_OF_THE_DEPARTMENT = re.compile(
    r"(?<!\w)(?P<who>(?:специалист|начальник|инспектор|методист)\w*\s+)ОО(?!\w)", re.IGNORECASE
)
_CHIEF = re.compile(r"(?<!\w)(?P<who>начальник\w*\s+)ОО(?!\w)", re.IGNORECASE)
_HEAD_OF_A_PART = re.compile(r"шмо|объединен|команд|проект|групп|кафедр|центр|служб")


def understand(words: str, department_is_oo: bool = False) -> Executor:
    """One executor, the words of one piece of `divide`; UNKNOWN where it is not understood. Never raises.

    `department_is_oo`: in this document «ОО» with specialists is the отдел образования (see `department_is_oo`).
    """
    written = tidy(without_markup(words).replace("\n", " "))
    return replace(_understood(written, department_is_oo), words=written)


def understand_all(cell: str, department_is_oo: bool = False) -> tuple[Executor, ...]:
    """All executors of a cell in their order; «МБОУ СОШ № 1, № 3» are two, «руководители РМО и ШМО» are two heads."""
    found = [
        one
        for part, full in with_shared_words(divide(cell))
        for one in _each_named(part, _understood(full, department_is_oo))
    ]
    return tuple(found)


def _understood(words: str, department_is_oo: bool) -> Executor:
    core, conditions = parted_from_conditions(without_label(words))
    core = (_OF_THE_DEPARTMENT if department_is_oo else _CHIEF).sub(r"\g<who>отдела образования", core)
    core, persons = _without_persons(core)
    if not says_something(core):
        return _person_or_nobody(words, persons, conditions)
    in_brackets = [one for one in conditions if name_in(one) and not begins_condition(look_alike(one))]
    persons += [one for one in conditions if PERSON.fullmatch(one)]
    rest = [one for one in conditions if one not in in_brackets and one not in persons]
    name = name_in(core) or ", ".join(in_brackets)
    plain, role = _plain(core), role_in(_plain(core))
    kind = _kind(plain, role, name, rest)
    if department_is_oo and core.strip(" .") == "ОО":
        kind = Kind.UNKNOWN
    return Executor(
        words,
        kind,
        canonical(name if in_brackets else core),
        _role_within(role, kind, plain),
        "; ".join(rest) or None,
        name if kind is Kind.NAMED else ", ".join(persons),
    )


def _without_persons(core: str) -> tuple[str, list[str]]:
    """A person's name beside an office: «Начальник УО Иванова И. И.» → «Начальник УО», its name."""
    persons = [token for token in tokens_of(core) if token.sort is Sort.PERSON]
    for token in reversed(persons):
        core = f"{core[: token.start]} {core[token.end :]}"
    return " ".join(core.split()).strip(" ,;:–—-"), [token.text for token in persons]


def _person_or_nobody(words: str, persons: list[str], conditions: list[str]) -> Executor:
    condition = "; ".join(conditions) or None
    if persons:
        return Executor(words, Kind.PERSON, ", ".join(persons), "", condition, ", ".join(persons))
    return Executor(words, Kind.UNKNOWN, canonical(words) or words, "", condition)


def _plain(core: str) -> str:
    return " ".join(re.sub(r"[«»„“”\"]", " ", look_alike(core)).split()).strip(" .,;:")


def _kind(plain: str, role: str, name: str, conditions: list[str]) -> Kind:
    if name:
        said = Kind.NAMED if _SCHOOL_FORM.match(name) else kind_of(_plain(name), "")
        return said if said in _SAID_BY_NAME else Kind.NAMED
    kind = kind_of(plain, role)
    if kind is Kind.ALL_SCHOOLS:
        return _narrowed(conditions) or kind
    return kind


def _narrowed(conditions: Iterable[str]) -> Kind | None:
    """«школы (ШНОР)»: the brackets say which schools. «(не менее 2 ШНОР)» is a number, not a kind."""
    telling = [look_alike(one) for one in conditions if not re.search(r"\d|%", one)]
    found = (school_group(one) for one in telling if not begins_condition(one))
    return next((kind for kind in found if kind not in (None, Kind.ALL_SCHOOLS)), None)


def _role_within(role: str, kind: Kind, plain: str) -> str:
    """«Руководители ОО» are directors; «руководители РМО», «руководители ШМО» are not."""
    of_schools = kind in SCHOOL_GROUPS or kind is Kind.NAMED
    return "director" if role == "head" and of_schools and not _HEAD_OF_A_PART.search(plain) else role


def _each_named(part: Part, executor: Executor) -> list[Executor]:
    """An executor for each of several schools named at once; the words of all are the words of the piece."""
    names = [name for piece in divide(executor.name) for name in named_apart(piece.words)]
    if executor.kind is not Kind.NAMED or len(names) < 2:
        return [replace(executor, words=part.words)]
    office = executor.canonical[: max(0, executor.canonical.lower().find(canonical(executor.name).lower()))].strip()
    one = replace(executor, words=part.words)
    return [replace(one, name=name, canonical=_with_office(office, name)) for name in names]


def _with_office(office: str, name: str) -> str:
    """«Директора» and «школа № 1» → «Директора школы № 1»."""
    return canonical(f"{office} {re.sub('^школа ', 'школы ', name)}") if office else canonical(name)
