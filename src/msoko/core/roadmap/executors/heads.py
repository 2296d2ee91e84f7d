"""Words with which an executor can begin: Russian nouns in the nominative, abbreviations, forms of institutions.

Form matters: «руководители» begins an executor, «руководителей» belongs to the one before.
"""

import re

from msoko.core.roadmap.executors.groups import is_known_abbreviation, is_participle
from msoko.core.roadmap.executors.tokens import Sort, Token

_PEOPLE = re.compile(
    r"(?:руководител[ьи]|директор|заместител[ьи]|зам(?:\.\w+)?|завуч[и]?|заведующ(?:ий|ая|ие)|зав|начальники?|председател[ьи]"
    r"|специалисты?|методисты?|педагоги?|учитель|воспитател[ьи]|преподавател[ьи]|кураторы?|координаторы?|тьюторы?"
    r"|наставники?|предметники|представител[ьи]|члены?|участники?|участницы|организаторы?|эксперты?|психологи?"
    r"|логопеды?|дефектологи?|библиотекар[ьи]|инспекторы?|советники?|консультанты?|сотрудники?|работники?|операторы?"
    r"|администраторы?|вожат(?:ый|ые)|родители|обучающиеся|учащиеся|ученики|воспитанники|выпускники|школьники"
    r"|ответственн(?:ый|ые|ая)|глава|социальные партнеры|партнеры|работодатели|администрация|команда|коллективы?"
    r"|педколлективы?|тренеры|рук-ли|спец|нач|педагоги-\w+|секретарь)(?:-\w+)*"
)
_ORGANISATIONS = re.compile(
    r"(?:отделы?|управление|комитеты?|департамент|министерство|сектор|центры?|институт|служба|школа|гимназия|лицеи"
    r"|лицей"
    r"|совет(?!а)ы?|педсовет|комиссия|группа|библиотека|музей|колледжи?|техникумы?|университет|вузы?|кабинет|ассоциация"
    r"|объединени[ея]|дома?|станция|клуб|жюри|оргкомитет|штаб|консилиум|органы?|филиалы?|площадка|дошкольные|садик?и?"
    r"|сады|предприятия|полиция|прокуратура|общественность|сообщество|сообщества|актив|садики|кадры)(?:-\w+)*"
)
# Nominative plural and genitive singular are one form: «директора», «школы»; what stands before decides.
_EITHER_CASE = re.compile(
    r"(?:директора|учителя|школы|организации|учреждения|службы|команды|группы|комиссии|гимназии|библиотеки|площадки"
    r"|администрации|ассоциации|кафедры|председатели)(?:-\w+)*"
)
_PEOPLE_IN_ANY_CASE = re.compile(
    r"(?:руководител|рук$|рук-ли|спец$|нач$|директор|заместител|зам(?:$|\.)|завуч|заведующ|зав$|начальник|председател"
    r"|специалист|методист"
    r"|педагог"
    r"|учител|воспитател|преподавател|куратор|координатор|тьютор|наставник|представител|член|участник|организатор"
    r"|эксперт|психолог|логопед|библиотекар|инспектор|сотрудник|работник|оператор|администраци|команд|коллектив|родител"
    r"|обучающ|учащ|совет|управленц|секретар|глав[аы]$)"
)
# «-ой», «-ей» are the genitive of feminine adjectives far more often than a nominative.
_ADJECTIVE = re.compile(r"[а-я-]{2,}(?:ый|ий|ая|яя|ое|ее|ые|ие)")
_OBLIQUE_ADJECTIVE = re.compile(r"[а-я-]{3,}(?:ого|его|ой|ых|их|ому|ему|ым|им|ыми|ими|ую|юю)")
_GOVERNING = re.compile(
    r"по|в|во|с|со|на|за|от|для|при|из|до|о|об|не|без|кроме|через|под|над|между|г|пос|им|имени|базе|пдн|одн"
    r"|список|перечень|реестр|числа|категори\w+|филиал\w*|работ[аеуы]|поддержк\w+|сопровождени\w+"
)
LEGAL_FORM = re.compile(
    r"(?:м|г|кг|ог|об|фг|рг|кк|ч|н)(?:б|к|а|об|ок|ка|аб|ан)?(?:п|д|нд|с)?о?у(?:до|дпо|дппо)?|аноо?|гпоу|кк"
)
_OF_SCHOOLS = re.compile(
    r"школ|детских|дошкольных|организаций|учреждений|образовательных|общеобразовательных|гимназий|лицеев"
)
MORE_ADJECTIVES = 3


def is_people(token: Token) -> bool:
    return token.sort is Sort.WORD and bool(_PEOPLE.fullmatch(token.plain) or is_people_of_either_case(token))


def is_people_of_either_case(token: Token) -> bool:
    """«директора», «учителя», «команды»: many of them, or of one."""
    return token.sort is Sort.WORD and re.fullmatch(r"(?:директора|учителя|команды)(?:-\w+)*", token.plain) is not None


def names_people_in_any_case(token: Token) -> bool:
    return token.sort is Sort.WORD and _PEOPLE_IN_ANY_CASE.match(token.plain) is not None


def is_oblique(token: Token) -> bool:
    """«методической», «школьных»: the noun that follows stands in the same case and begins nothing."""
    return token.sort is Sort.WORD and _OBLIQUE_ADJECTIVE.fullmatch(token.plain) is not None


def governs(token: Token) -> bool:
    """A preposition or a participle: what follows belongs to it."""
    return _GOVERNING.fullmatch(token.plain) is not None or is_participle(token.plain)


def is_legal_form(token: Token) -> bool:
    return token.sort is Sort.WORD and token.text.isupper() and LEGAL_FORM.fullmatch(token.plain) is not None


def is_abbreviation(token: Token) -> bool:
    """«УО», «РМК», «ОО-участницы»: one that is known for an executor."""
    return token.sort is Sort.WORD and is_known_abbreviation(token.plain)


def begins_noun_phrase(tokens: list[Token], i: int) -> bool:
    """«руководители», «школьные команды», «районная методическая служба», «их заместители» from place i on."""
    first = tokens[i]
    if first.sort is not Sort.WORD or governs(first):
        return False
    if _is_nominative(first):
        return True
    if not (_ADJECTIVE.fullmatch(first.plain) or first.plain in ("их", "все")):
        return False
    following = tokens[i + 1 : i + 1 + MORE_ADJECTIVES]
    for token in following:
        if token.sort is Sort.WORD and (_is_nominative(token) or _EITHER_CASE.fullmatch(token.plain)):
            return True
        if token.sort is not Sort.WORD or not _ADJECTIVE.fullmatch(token.plain):
            return is_abbreviation(token)
    return False


def begins_people(tokens: list[Token], i: int) -> bool:
    """«руководители», «классные руководители» from place i on."""
    following = [token for token in tokens[i : i + MORE_ADJECTIVES] if not is_adjective(token)]
    return bool(following) and is_people(following[0])


def is_adjective(token: Token) -> bool:
    return token.sort is Sort.WORD and _ADJECTIVE.fullmatch(token.plain) is not None


def is_of_either_case(token: Token) -> bool:
    return token.sort is Sort.WORD and _EITHER_CASE.fullmatch(token.plain) is not None


def is_of_schools(token: Token) -> bool:
    """«школ», «детских (садов)»: after «и» it shares the people named before."""
    return token.sort is Sort.WORD and _OF_SCHOOLS.fullmatch(token.plain) is not None


def _is_nominative(token: Token) -> bool:
    return bool(_PEOPLE.fullmatch(token.plain) or _ORGANISATIONS.fullmatch(token.plain))
