"""The cell of executors parted finer than its separators do: «УО РМК Руководители ОО» are three.

A new executor begins where a word stands that can begin one (`heads`) and does not belong to the word before it:
«специалисты УО» is one, «РМК УО» are two. What only goes on («…, имеющих низкие результаты», «…, № 3») is joined back.
"""

import re
from dataclasses import dataclass

from msoko.core.roadmap.executors import heads
from msoko.core.roadmap.executors.conditions import begins_condition, begins_open_condition, without_label
from msoko.core.roadmap.executors.groups import ABBREVIATIONS, is_area_of_work, is_participle
from msoko.core.roadmap.executors.kinds import Kind
from msoko.core.roadmap.executors.roles import role_in
from msoko.core.roadmap.executors.schools import name_in
from msoko.core.roadmap.executors.splitting import pieces, says_something, tidy
from msoko.core.roadmap.executors.tokens import PERSON, Sort, Token, tokens_of
from msoko.core.vocabulary.words import look_alike


@dataclass(frozen=True)
class Part:
    """An executor as written, and what stood before it: a separator, «и», or nothing at all («»)."""

    words: str
    before: str


LONGEST_CUE = 60  # signs of «по итогам», «в соответствии» and the like
_CLAUSE = re.compile(
    r"(?:не )?(?:(?:в )?котор|где |в т\. ?ч|в том ч|включая|кроме|за исключением|обучающиеся которых|подведомств"
    r"|расположен)"
)
_LEAVING_OUT = re.compile(r"(?<![^\W_])(?:кроме|за исключением|исключая)\s[^()]+$", re.IGNORECASE)
_AND = re.compile(r"^(?:(?:и )?а также|и|или) ", re.IGNORECASE)
_GOES_ON_WITH = re.compile(r"(?:№|\d|по\s|в\s|на\s|при\s|из\s|за\s|для\s|с\s)")
_OF_A_DEPARTMENT = re.compile(
    r"(?:и )?(?:по )?(?:делам )?(?:культур|спорт|молод|физ|туризм|наук|опек|семь|социальн\w+ полит)"
)
_OF_A_TEACHER = re.compile(
    r"(?:русск|математик|физик|хими|биолог|географ|истори|обществозн|информатик|литератур|иностранн|английск|немецк"
    r"|технолог|музык|изо|обж|обзр|начальн|физкультур|физическ)"
)
_PEOPLE_OF_ANY_KIND = re.compile(r"(?:лица|лицо|лиц|работники|сотрудники|педагоги|учителя|специалисты)$")
_DEPARTMENT = re.compile(r"(?:управлени|отдел|комитет|департамент)\w*")
_TEACHER = re.compile(r"(?:учител|педагог|преподавател|мо(?!\w)|шмо|объединени)\w*")
_LOW = re.compile(rf"(?:{'|'.join(ABBREVIATIONS[Kind.LOW_RESULTS].split())})")
_DEPARTMENTS = ABBREVIATIONS[Kind.DEPARTMENT].split()
_OFFICES = [*_DEPARTMENTS, *ABBREVIATIONS[Kind.METHODIST].split()]
# With blanks around the hyphen too: «учителя - предметники».
_SECOND_HALVES = ("участни", "лидер", "партнер", "наставник", "предметник", "психолог", "логопед", "дефектолог",
                  "ответственн", "исполнител")  # fmt: skip
_OF_SOMEBODY = re.compile(r"группа|команда|комиссия|штаб|совет|оргкомитет|ш?ппк|шмо")
_ACTING = re.compile(r"и\. ?о|врио|исполняющ\w+")
_OF_PLACE = re.compile(r"район|округ|город|муниципал|мр(?!\w)|го(?!\w)|мо(?!\w)|г\.|[а-я-]+(?:ого|ому)(?!\w)")
_SCHOOLS = re.compile(r"(?:школ|оо|оу)[\w-]*")


def divide(cell: str) -> tuple[Part, ...]:
    """The executors of a cell as written, in their order; every letter of the cell but «и», «совместно с» is kept."""
    return tuple(part for piece in _joined_back(cell) for part in _at_their_beginnings(piece))


def _joined_back(cell: str) -> list[Part]:
    """Pieces between separators; one that only goes on is joined to the one before."""
    joined: list[Part] = []
    for separator, piece in pieces(cell):
        goes_on = joined and (_goes_on(joined[-1].words, piece) or _is_left_out_too(joined[-1].words, separator, piece))
        if goes_on:
            before = joined.pop()
            joined.append(Part(f"{before.words}{separator.strip()} {piece}", before.before))
        else:
            without_and = _AND.sub("", piece)
            joined.append(Part(without_and, separator if without_and == piece else "и"))
    return joined


def _goes_on(before: str, piece: str) -> bool:
    plain = look_alike(piece)
    words = plain.replace(".", " ").split()
    if begins_condition(plain) or _CLAUSE.match(plain) or _GOES_ON_WITH.match(plain):
        return True
    if any(is_participle(word) for word in [word for word in words if word != "не"][:1]):
        return True
    if all(is_area_of_work(word) or word in ("и", "по") for word in words):
        return True
    last = look_alike(before)
    if PERSON.fullmatch(before):
        return _is_an_office(tokens_of(piece)[0])  # «Иванова И.И., методист ИМЦ»
    if plain.startswith("ответственн") and _PEOPLE_OF_ANY_KIND.search(last):
        return True  # «лица, ответственные за проведение»
    if _OF_A_DEPARTMENT.match(plain) and _DEPARTMENT.search(last):
        return not role_in(plain)
    return bool(_OF_A_TEACHER.match(plain) and _TEACHER.search(last)) and not role_in(plain)


def _is_left_out_too(before: str, separator: str, piece: str) -> bool:
    """«все школы, кроме СОШ № 1, СОШ № 2»: the second is no executor either."""
    name = name_in(piece)
    return separator.strip() == "," and bool(name) and piece.startswith(name) and bool(_LEAVING_OUT.search(before))


@dataclass
class _State:
    """What the executor being read has so far."""

    only_adjectives: bool = True
    is_people: bool = False  # begun by people («специалисты»), who want an organisation
    has_organisation: bool = False
    legal_form: bool = False  # «МКУ ДПО» wants its name
    part_of_department: bool = False  # «сектор дошкольного образования» may name whose it is
    condition: bool = False  # or a clause with «которых»: all that follows belongs to it


def _at_their_beginnings(piece: Part) -> list[Part]:
    tokens = tokens_of(piece.words)
    parts: list[Part] = []
    start, before, state = 0, piece.before, _State()
    for i, token in enumerate(tokens):
        if i > start and (separator := _separator_before(tokens, i, start, state)) is not None:
            end = i if separator == "" else i - 1
            parts.append(_part(piece.words, tokens[start:end], before))
            start, before, state = i, separator, _State()
        _note(token, state, piece.words)
    parts.append(_part(piece.words, tokens[start:], before))
    return [part for part in parts if says_something(part.words)]


def _part(words: str, tokens: list[Token], before: str) -> Part:
    return Part(tidy(words[tokens[0].start : tokens[-1].end]) if tokens else "", before)


def _separator_before(tokens: list[Token], i: int, start: int, state: _State) -> str | None:
    """What parts token i from what stands before it: «и», «» for nothing; None where it belongs to it."""
    previous = tokens[i - 1]
    if tokens[i].sort in (Sort.JOINER, Sort.PARTER):
        return None
    if previous.sort is Sort.PARTER:
        return "и" if i - 1 > start else None
    if state.condition:
        return None
    if previous.sort is Sort.JOINER:
        return "и" if i - 1 > start and _begins_after_joiner(tokens, i, state) else None
    return "" if _begins(tokens[start:], i - start, state) else None


def _begins_after_joiner(tokens: list[Token], i: int, state: _State) -> bool:
    token, last = tokens[i], tokens[i - 2]
    if heads.governs(last) or (heads.is_oblique(last) and not _whole_adjective(last)):
        return False
    if token.sort is Sort.PERSON or heads.begins_noun_phrase(tokens, i) or heads.is_legal_form(token):
        return True
    if token.plain in _OFFICES or (heads.is_of_either_case(token) and token.text[0].isupper()):
        return True  # «объединения учителей и УО», «советы и Директора школ»: neither has these
    if heads.is_of_either_case(token):
        return not heads.names_people_in_any_case(last) or heads.is_people(last)
    if heads.is_abbreviation(token):
        return not heads.names_people_in_any_case(last) or heads.is_people(last)
    return state.is_people and heads.is_of_schools(token) and not heads.names_people_in_any_case(last)


def _whole_adjective(token: Token) -> bool:
    """«учащихся», «обучающихся», «заведующих» look like adjectives."""
    return heads.names_people_in_any_case(token)


def _begins(tokens: list[Token], i: int, state: _State) -> bool:
    """Whether token i begins an executor though nothing parts it from the words before."""
    token, previous = tokens[i], tokens[i - 1]
    if heads.governs(previous) or previous.text.endswith(":") or _only_says_more(token, previous):
        return False
    if _is_office_of(tokens[:i], token) or _is_administration_of_place(tokens, i) or _tells_of_whom(tokens, i):
        return False
    if not without_label(" ".join(one.text for one in tokens[:i])):
        return False  # «на уровне школы – УО»
    if begins_open_condition(token.plain):
        return False  # «включая» is no adjective
    if token.sort is Sort.PERSON:
        return not _is_apposition(tokens[:i])
    if token.sort is not Sort.WORD:
        return False
    if heads.is_legal_form(token) and not _is_bare(tokens, i):
        return not _wants_organisation(state) and not state.legal_form
    if heads.is_abbreviation(token):
        return _abbreviation_begins(token, previous, state)
    if heads.is_oblique(previous) and not heads.names_people_in_any_case(previous):
        return False
    if heads.is_people_of_either_case(token):
        return state.has_organisation and not heads.names_people_in_any_case(previous)
    if state.legal_form and not heads.begins_people(tokens, i):
        return False
    if heads.is_of_either_case(token):
        after_name = heads.is_abbreviation(previous) or previous.sort is Sort.QUOTED or token.text[0].isupper()
        return after_name and not heads.names_people_in_any_case(previous) and not _wants_organisation(state)
    return heads.begins_noun_phrase(tokens, i) and not _stands_with(previous, tokens, i)


def _abbreviation_begins(token: Token, previous: Token, state: _State) -> bool:
    if state.legal_form or heads.names_people_in_any_case(previous) or _OF_SOMEBODY.fullmatch(previous.plain):
        return False
    if state.part_of_department and token.plain in _DEPARTMENTS:
        return False
    if heads.is_adjective(previous) or heads.is_oblique(previous) or previous.plain in ("все", "их"):
        return False
    if _LOW.fullmatch(token.plain) and _SCHOOLS.fullmatch(previous.plain):
        return False
    return not _wants_organisation(state)


def _wants_organisation(state: _State) -> bool:
    return state.is_people and not state.has_organisation


def _only_says_more(token: Token, previous: Token) -> bool:
    """«школы — участники проекта», «педагоги - психологи», «лица, ответственные за проведение»: it is said who."""
    if token.plain.startswith("ответственн") and _PEOPLE_OF_ANY_KIND.fullmatch(previous.plain):
        return True
    return not previous.plain and token.plain.startswith(_SECOND_HALVES)


def _is_office_of(before: list[Token], token: Token) -> bool:
    """«Иванова И.И. – методист ИМЦ»: who she is."""
    persons = [one for one in before if one.plain]
    return len(persons) == 1 and persons[0].sort is Sort.PERSON and _is_an_office(token)


def _is_an_office(token: Token) -> bool:
    return (heads.is_people(token) and _one(token)) or _ACTING.fullmatch(token.plain) is not None


def _tells_of_whom(tokens: list[Token], i: int) -> bool:
    """«педагоги, обучающиеся которых …»: a clause."""
    return i + 1 < len(tokens) and tokens[i + 1].plain.startswith("котор")


def _is_administration_of_place(tokens: list[Token], i: int) -> bool:
    """«УО администрации района» is one; «УО, администрации школ» are two."""
    is_of_department = tokens[i].plain == "администрации" and tokens[i - 1].plain in _DEPARTMENTS
    return is_of_department and (i + 1 == len(tokens) or _OF_PLACE.match(tokens[i + 1].plain) is not None)


def _stands_with(previous: Token, tokens: list[Token], i: int) -> bool:
    """«педагог организатор», «старший воспитатель»: two nouns or an adjective with its noun are one."""
    if previous.sort is not Sort.WORD or previous.text.isupper():
        return False
    if previous.text.endswith("."):
        return previous.plain in ("зам", "рук", "нач", "гл", "вед", "ст")
    return (
        heads.is_adjective(previous)
        or previous.plain in ("их", "все")
        or (heads.is_people(previous) and heads.is_people(tokens[i]) and _one(previous))
    )


def _one(token: Token) -> bool:
    return not (token.plain.endswith(("и", "ы", "ие", "ые")) or heads.is_people_of_either_case(token))


def _is_apposition(before: list[Token]) -> bool:
    """«Главный специалист УО Иванова И.И.», «УО — Иванова И.И.» are one, «Руководители РМО Иванова И.И.» are two."""
    if not before[-1].plain:
        return True
    people = [token for token in before if heads.is_people(token)]
    return bool(people) and _one(people[0]) and all(token.sort is not Sort.PERSON for token in before)


def _is_bare(tokens: list[Token], i: int) -> bool:
    """«МОУ» without a name after it stands for all of them."""
    return i + 1 == len(tokens) and heads.is_abbreviation(tokens[i])


def _note(token: Token, state: _State, words: str) -> None:
    ahead = look_alike(words[token.start : token.start + LONGEST_CUE])
    if begins_open_condition(ahead) or ahead.startswith("котор"):
        state.condition = True
    if heads.is_people(token) and state.only_adjectives:
        state.is_people = True
    says_nothing_yet = heads.is_adjective(token) or token.sort is Sort.PERSON or not token.plain
    state.only_adjectives = state.only_adjectives and says_nothing_yet
    if token.plain in ("отдел", "сектор"):
        state.part_of_department = True
    if heads.is_legal_form(token):
        state.legal_form, state.has_organisation = True, True
    elif token.sort is Sort.QUOTED or any(sign.isdigit() for sign in token.text) or heads.is_abbreviation(token):
        state.legal_form, state.has_organisation = False, True
    elif state.is_people and _names_organisation(token):
        state.has_organisation = True


_ORGANISATION = re.compile(r"отдел|управлени|комитет|школ|организаци|учрежден|объединени|служб|центр|сад|класс")


def _names_organisation(token: Token) -> bool:
    return _ORGANISATION.match(token.plain) is not None
