"""Names of organisations made comparable, searchable and sortable.

Stored beside the name, not computed by the database: SQLite folds the case of Latin letters only, and PostgreSQL
does what its locale says.
"""

import re

_NOT_WORD = re.compile(r"[^\w]+|_+")
_NUMBER = re.compile(r"\d+")
# fmt: off
_TERRITORY_WORDS = frozenset({
    "муниципальный", "муниципальное", "муниципального", "городской", "городское", "район", "района", "р", "н",
    "округ", "округа", "го", "мо", "мр", "образование", "город", "г",
})
_LEGAL_FORMS = frozenset({
    "мбоу", "мкоу", "маоу", "моу", "гбоу", "гкоу", "гоу", "кгбоу", "кгкоу", "огбоу", "обоу", "чоу", "ано",
    "ноу", "кгбпоу", "гбпоу", "мбу", "оо", "фгкоу", "фгбоу", "фгказоу",
})
# fmt: on
_KINDS_IN_WORDS = {
    "средняя общеобразовательная школа": "сош",
    "основная общеобразовательная школа": "оош",
    "начальная общеобразовательная школа": "нош",
    "средняя школа": "сош",
    "основная школа": "оош",
    "начальная школа": "нош",
}


def normal(name: str) -> str:
    """МБОУ "СОШ №107" → «мбоу сош 107»: case, ё, quotation marks, № and punctuation don't tell names apart."""
    return _NOT_WORD.sub(" ", name.casefold().replace("ё", "е").replace("№", " ")).strip()


def normal_territory(name: str) -> str:
    """«г. Барнаул», «город Барнаул» → «барнаул»; «Алейский муниципальный район», «Алейский район» → «алейский».

    Districts become «округ» and back by reform, so these words don't tell municipalities of one region apart.
    """
    words = normal(name).split()
    telling = [word for word in words if word not in _TERRITORY_WORDS]
    return " ".join(telling or words)


def sortable(name: str) -> str:
    """Numbers padded, so that «СОШ № 2» stands before «СОШ № 10»."""
    return _NUMBER.sub(lambda found: found.group().zfill(6), normal(name))


def searchable(*names: str) -> str:
    """The words of all names once, in order of appearance."""
    return " ".join(dict.fromkeys(word for name in names for word in normal(name).split()))


def digits(text: str) -> str:
    """«edu220150» → «220150»."""
    return "".join(_NUMBER.findall(text))


def telling_words(name: str) -> frozenset[str]:
    """What a name says beyond the legal form: «МКОУ Плосковская СОШ» → {«плосковская», «сош»}."""
    text = normal(name)
    for words, short in _KINDS_IN_WORDS.items():
        text = text.replace(words, short)
    return frozenset(word for word in text.split() if word not in _LEGAL_FORMS)


def alike(one: str, other: str) -> bool:
    """Do the names say the same in at least half of their words, and no different numbers?"""
    left, right = telling_words(one), telling_words(other)
    if not left or not right or _numbers(left) != _numbers(right):
        return False
    return 2 * len(left & right) >= max(len(left), len(right))


def _numbers(words: frozenset[str]) -> set[str]:
    return {word for word in words if word.isdigit()}
