"""The name of one institution within the words of an executor: «МБОУ «СОШ № 1»», «Луговская СОШ», «школа № 5»."""

import re

from msoko.core.roadmap.executors.heads import LEGAL_FORM
from msoko.core.vocabulary.words import look_alike

_FORM = r"[А-ЯЁA-Z]{2,7}(?:\s(?:ДО|ДПО|ДППО))?"
_LEVEL = (
    r"(?:(?:[Сс]редн|[Оо]сновн|[Нн]ачальн|[Вв]ечерн|[Оо]бщеобразовательн|[Кк]адетск|[Кк]оррекционн|[Оо]ткрыт"
    r"|[Сс]менн)\w+\s"
    r"(?:\(\w+\)\s)?){0,3}"
)
_NOT_PLAIN_SCHOOL = (
    r"(?:[А-ЯЁ]{0,3}(?:СОШ|ООШ|НОШ|СШ|ОШ|НШ|НШДС)|СКОШ|[Гг]имнази[яию]|[Лл]ице[йяею]|[Дд]етск(?:ий|ого)\sсад\w?|[Дд]/с|ДС"
    r"|М?Б?ДОУ"
    r"|[Пп]рогимнази[яи]|ЦО|[Цц]ентр\w?\sобразования|[Кк]адетск\w+\s(?:корпус|класс)\w?)"
)
_TYPE = rf"{_LEVEL}(?:{_NOT_PLAIN_SCHOOL}|[Шш]кол[аыеу](?:-\w+)?)"
_NUMBER = r"(?:№+\s?|N\s?|[Nn]o\.?\s?)?\d{1,4}(?!\d|\s?\+)"
_MANY_NUMBERS = rf"{_NUMBER}(?:\s?(?:,|и|;|-|–)\s?{_NUMBER})*"
_QUOTED = r"[«\"„“].+"
_PROPER = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)?(?:ск|цк|ов|ев|ин|ын|н)(?:ая|ий|ый|ой|ого|ую|ому)"
# «Начальная школа» says what it is, «Луговская школа» which.
_COMMON = re.compile(
    r"(?:Средн|Основн|Начальн|Муниципальн|Районн|Городск|Сельск|Базов|Опорн|Общеобразовательн|Вечерн|Кажд|Ресурсн"
    r"|Воскресн"
    r"|Успешн|Инновационн|Пилотн|Кадетск|Государственн|Образовательн|Эффективн|Спортивн|Школьн|Детск|Городищ\b)"
)
_PATTERNS = [
    re.compile(r"[Фф]илиал\w*\s.+"),
    re.compile(rf"(?<!\w){_FORM}\s?{_QUOTED}"),
    re.compile(rf"(?<!\w){_FORM}\s(?:{_TYPE}\s?)?{_MANY_NUMBERS}.*"),
    re.compile(rf"(?<!\w){_FORM}\s{_PROPER}\s{_TYPE}.*"),
    re.compile(rf"(?<!\w){_FORM}\s{_TYPE}\s(?:им\.|имени|{_QUOTED}|[А-ЯЁ]|[сгпд]\.).*"),
    re.compile(rf"(?<!\w){_PROPER}\s{_TYPE}(?!\w).*"),
    re.compile(rf"(?<!\w){_LEVEL}{_NOT_PLAIN_SCHOOL}\s?{_MANY_NUMBERS}.*"),
    re.compile(rf"(?<!\w){_LEVEL}[Шш]кол[\w-]*\s?№.*"),
    re.compile(r"(?<!\w)(?:(?:[Оо]бще)?[Оо]бразовательн\w+\s(?:организаци|учреждени)\w+|ОО|ОУ)\s?№.*"),
    re.compile(rf"(?<!\w){_TYPE}\s?(?:им\.|имени|{_QUOTED}|[спд]\.\s?[А-ЯЁ]).*"),
]
_ALONE = re.compile(
    r"(?:[Гг]имназия|[Лл]ицей|[Цц]ентр\sобразования|[А-ЯЁ]{2,7}\s(?:гимназия|лицей)|(?:(?:М[БКА]?У"
    r"|М[БКА]?ОУ)\s?(?:ДО\s)?)?"
    r"(?:ДДТ|ЦДТ|ДЮСШ|ДЮЦ|СЮТ|СЮН|ЦВР|ДТДиМ|ЦДО|ДООЦ|ЦДОД|ЦРТДЮ|ДПиШ|РДДТ|ЦДЮТ)|[Дд]ом\s(?:детского\s|пионеров"
    r"|творчества).*"
    r"|[Дд]ворец\sтворчества.*|[Цц]ентр\s(?:детского\s|внешкольной).*|[Вв]ечерняя\sшкола|[Шш]кола-интернат)$"
)
_FORM_OF_NO_SCHOOL = re.compile(r"(?:уо|руо|моуо|гуо|рмо|омо|рмк|имц|цро|оо|оу|шнор|шнро|фиоко|пдн|омвд|мвд|иро|ипк)")
_FURTHER = re.compile(r"\s?(?:,|;|(?<!\w)и(?!\w))\s?(?=(?:№+\s?)?\d{1,4}(?!\d|\s?(?:класс|кл\.)))")
_RANGE = re.compile(r"(?<!\d)(\d{1,3})\s?[-–—]\s?(?:№\s?)?(\d{1,3})(?!\d)")
_MANY_SCHOOLS = re.compile(r"^школ(?:ы|ам|ами|ах)?(?!\w)", re.IGNORECASE)
# A longer run of numbers is a misprint or a date rather than schools of one territory.
LONGEST_RANGE = 30


def name_in(words: str) -> str:
    """The part of the words that names an institution, to the end; «» where none is named."""
    alone = _ALONE.search(words)
    if alone and not words[: alone.start()].strip().endswith(("молодого",)):
        return alone[0]
    starts = [found for pattern in _PATTERNS for found in pattern.finditer(words) if _names_one(found[0])]
    first = min((found[0] for found in starts), key=lambda name: words.index(name), default="").strip(" ,;")
    return first.rstrip("»") if first.count("»") > first.count("«") else first


def _names_one(found: str) -> bool:
    first = found.split()[0]
    if _COMMON.match(first) and not re.search(r"\d|[«\"„“]|им(?:\.|ени)", found):
        return False
    letters = re.split(r"[«\"„“№]", first)[0]
    if letters.isupper() and len(letters) > 1 and not re.match(r"(?:ОО|ОУ)\s?№", found):
        plain = look_alike(letters)
        return not _FORM_OF_NO_SCHOOL.fullmatch(plain) and bool(LEGAL_FORM.fullmatch(plain) or _is_type(letters))
    return True


def _is_type(word: str) -> bool:
    return re.match(_TYPE, word) is not None or word in ("МБДОУ", "ДОУ", "МДОУ", "ДС")


def named_apart(name: str) -> tuple[str, ...]:
    """«МБОУ СОШ № 1, № 3 и 5» → «МБОУ СОШ № 1», «МБОУ СОШ № 3», «МБОУ СОШ № 5»; «№ 1–3» is three as well."""
    first, *further = _FURTHER.split(_with_ranges_told(name))
    number = re.search(r"№*\s?(\d{1,4})(?!.*\d)", first)
    if not further or number is None:
        return (name,)
    before = _MANY_SCHOOLS.sub("школа", first[: number.start()].rstrip())
    closing = "»" if before.count("«") > before.count("»") else ""
    place = first[number.end() :].strip("» ") or re.sub(r"^№*\s?\d+", "", further[-1]).strip("» ")
    numbers = [number[1], *(found[0] for one in further if (found := re.search(r"\d+", one)))]
    return tuple(f"{before} № {one}{closing} {place}".strip() for one in numbers)


def _with_ranges_told(name: str) -> str:
    found = _RANGE.search(name)
    if not found or "№" not in name[: found.end()]:
        return name
    low, high = int(found[1]), int(found[2])
    if not low < high <= low + LONGEST_RANGE:
        return name
    return name[: found.start()] + ", ".join(str(one) for one in range(low, high + 1)) + name[found.end() :]
