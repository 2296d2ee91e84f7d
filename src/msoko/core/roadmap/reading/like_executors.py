"""Does a cell name people and organisations? By the first word of each of its parts."""

import re
from functools import lru_cache

from msoko.core.roadmap.executors import divide

# Nominatives: «Руководители школ» are executors, «Совещание с руководителями» is not.
_WHO = (
    *("директора?", "зам", "заместител[ьи]", "руководител[ьи]", "специалисты?", "методисты?", "начальники?"),
    *("инспекторы?", "заведующ(?:ий|ая|ие)", "завучи?", "отделы?", "управлени[ея]", "комитеты?", "департамент"),
    *("министерство", "администраци[яи]", "учител[ья]", "педагоги?", r"педагог-\w+", "преподавател[ьи]"),
    *("координаторы?", "кураторы?", "тьюторы?", "команд[аы]", "школ[аы]", "организации", "учреждени[ея]", "служб[аы]"),
    *("центры?", "участники?", "психологи?", "групп[аы]", "советы?", "советники?", "наставники?", "председател[ьи]"),
    *("сотрудники?", "эксперты?", "работники?", "ответственн(?:ый|ые)", "операторы?", "институты?", "лице[йи]"),
    *("гимнази[яи]", "детски[йе] сады?", "коллективы?", "библиотекар[ьи]", "логопеды?", "оо", "дефектологи?"),
    *("воспитател[ьи]", "объединени[ея]", "родител[ьи]", "представител[ьи]", "члены?", "секретар[ьи]", "глава"),
    *("исполнител[ьи]", "организаторы?", "ассоциаци[яи]", "комисси[яи]", "кабинет", "районо", "вожаты[ей]"),
    *("волонт[её]ры?", "бухгалтер", "фельдшер", "юрист", "кластер"),
    r"педагогическ\w+ (?:работник|коллектив)\w*",
    r"медицинск\w+ работник\w*",
    r"ресурсн\w+ центр\w*",
)
# Adjectives that may stand before: «муниципальный координатор», «районная методическая служба», «все школы».
_WHICH = (
    *("муниципальн", "районн", "городск", "окружн", "региональн", "краев", "областн", "школьн", "методическ", "классн"),
    *("образовательн", "общеобразовательн", "дошкольн", "рабоч", "проектн", "творческ", "экспертн", "управленческ"),
    *("координационн", "предметн", "социальн", "общественн", "старш", "ведущ", "главн", "технич", "ответственн"),
    *("все", "вся", "кажд", "территориальн", "сетев", "управляющ", "родительск", "опорн", "базов", "уполномоченн"),
)
# Abbreviations that name procedures and papers, so that a title may begin with them.
_NO_ORGANISATIONS = (
    *("ВПР", "ЕГЭ", "ОГЭ", "ГИА", "ГВЭ", "НИКО", "ВСОКО", "МСОКО", "РСОКО", "ФГОС", "ФООП", "ФОП", "ООП", "АООП"),
    *("ИОМ", "ИУП", "КИМ", "ВСОШ", "ВСЕОШ", "ВОШ", "PISA", "ИКТ", "УУД", "ФГ", "ОВЗ", "НОК", "НОКО", "ПДД", "ЗОЖ"),
    *("ГТО", "ШЭ", "МЭ", "КПК", "ППК", "СМИ", "МТБ", "ФЗ", "РФ", "КДР", "РДР", "ДКР", "ИКР", "ИС", "РИС"),
    *("II", "III", "IV", "VI", "IX", "XI", "XX"),
)
_PERSON = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+|<person>"
)
_SOME = rf"(?:{'|'.join(_WHICH)})\w*[\s-]+"
_ROLE = re.compile(
    rf"(?:(?:{_SOME}){{0,3}}(?:{'|'.join(_WHO)})|(?:{_SOME}){{1,3}}организация)(?![^\W\d_])", re.IGNORECASE
)
_ACTING = re.compile(r"(?:и\.?\s?о\.?|врио)\s", re.IGNORECASE)
_ABBREVIATION = re.compile(
    rf"(?!(?:{'|'.join(_NO_ORGANISATIONS)})(?![^\W_]))"
    r"(?:[А-ЯЁ]{2,}[а-яё]{0,2}[А-ЯЁ]*|[А-ЯЁ][а-я]?[А-ЯЁ]+)(?![^\W_])"
)
_PARTS = re.compile(r"[,;\n]|(?<=\s)/(?=\s)")
_MARK = re.compile(r"^(?:[-–—•*]|\d{1,2}[.)])\s*")
LONGEST_ABBREVIATION = 6  # a text in capital letters with longer words is shouted, its words are no abbreviations
LONG = 250  # a list of executors is rarely longer


@lru_cache(maxsize=8192)
def like_executors(text: str) -> float:
    """0 … 1: the share of the parts, by length, that begin as a person, a role or an organisation begins."""
    parts = [_MARK.sub("", part.strip(" .\t"), count=1) for part in _PARTS.split(text)]
    parts = [part for part in parts if any(map(str.isalnum, part))]
    if not parts:
        return 0.0
    share = sum(len(part) for part in parts if names_somebody(part)) / sum(map(len, parts))
    return share if len(text) <= LONG else share * 0.7


def names_somebody(part: str) -> bool:
    """Whether one part of a list begins as an executor does."""
    said = _ACTING.sub("", part, count=1)
    is_shouted = said.isupper() and any(len(word) > LONGEST_ABBREVIATION for word in said.split())
    return any(pattern.match(said) for pattern in ((_ROLE,) if is_shouted else (_ROLE, _ABBREVIATION, _PERSON)))


def begins_an_executor(above: str, below: str) -> bool:
    """Whether the words of the lower line begin another executor, though only the end of a line parts them."""
    if not names_somebody(below):
        return False
    last = _PARTS.split(above)[-1]
    return any(not part.before and below.startswith(part.words) for part in divide(f"{last} {below}")[1:])


def names_a_person(text: str) -> bool:
    return _PERSON.search(text) is not None
