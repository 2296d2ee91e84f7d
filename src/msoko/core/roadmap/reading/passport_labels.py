"""How passports of programmes call their fields: any wording of «Основание для разработки», «Сроки реализации» …"""

import re

from msoko.core.roadmap.reading.cleaning import clean

LISTS = frozenset(
    ("grounds", "executors", "participants", "tasks", "stages", "indicators", "expected_results", "directions", "risks")
)
LONGEST_LABEL = 160
NUMBERING = re.compile(r"^(?:раздел\s+)?(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)]\s*|^[-–—•*]\s*", re.IGNORECASE)

_MAIN = (
    r"(?:(?:основн|главн|стратегическ|важнейш|ключев|приоритетн|целев|общ|ответственн|муниципальн|государственн)\w+"
    r"\s+(?:и\s+)?)*"
)
_LABELS = (
    (
        "title",
        r"(?:полное\s+|краткое\s+)?(?:наименование|название)(?!\s+(?:мероприят|показател|индикатор|оо|школ|организац))",
    ),
    (
        "grounds",
        r"(?:правов\w+\s+)?основани[ея]\b|(?:нормативн|правов)\w*(?:-|\s+)?\w*\s*(?:баз|основ|документ|акт|обеспеч|обоснован)",
    ),
    ("customer", _MAIN + r"заказчик"),
    ("developer", _MAIN + r"(?:разработчик|составител|автор)"),
    ("coordinator", _MAIN + r"(?:координатор|куратор|руководител)"),
    ("executors", _MAIN + r"исполнител"),
    ("participants", r"(?:соисполнител|" + _MAIN + r"(?:участник|адресат|партнер|групп|аудитор))"),
    ("goal", _MAIN + r"цел[ьи]\b"),
    ("tasks", _MAIN + r"задач"),
    ("period", r"(?:срок|период|продолжительност|время\s+реализац)"),
    ("stages", _MAIN + r"этап"),
    ("indicators", _MAIN + r"(?:индикатор|показател)|критери"),
    (
        "expected_results",
        r"(?:(?:планируем|ожидаем|прогнозируем|предполагаем|конечн|важнейш)\w+\s+(?:и\s+)?)+\w*\s*(?:результат|эффект|итог|показател)"
        r"|результат\w*\s+реализац",
    ),
    (
        "control",
        r"(?:(?:систем|механизм|организаци|порядок|форм|методик|орган)\w*\s+(?:\w+\s+)?)*(?:контрол|мониторинг|отчетност|управлени\w*\s+(?:программ|реализаци|проект|процесс))",
    ),
    (
        "resources",
        r"ресурс|(?:источник|объем|порядок)\w*\s+(?:и\s+\w+\s+)?(?:\w+\s+)?(?:ресурс|финанс|средств)"
        r"|(?:финансов|кадров|материальн)\w*(?:-\w+)?\s+\w*\s*(?:обеспеч|ресурс)|финансирован|бюджет",
    ),
    (
        "directions",
        _MAIN + r"(?:направлени|мероприяти)|перечень\s+(?:основных\s+)?(?:направлени|мероприяти|подпрограмм)",
    ),
    ("risks", r"(?:возможн\w+\s+|основн\w+\s+)?риск"),
)
# What a paragraph that is nothing but the name of a field may say besides: «Ожидаемые результаты реализации Программы».
_BESIDE = re.compile(
    r"«?(?:\([^()]*\)|программ|концепци|проект|план|дорожн|карт|реализаци|выполнени|исполнени|ход|мероприяти|этап|разработк"
    r"|муниципальн|мсоко|поддержк|школ|работ|развити|конечн|основн|целев|эффективност|результативност|индикатор"
    r"|показател|результат|обеспечени|финансирован|ресурс|достижени|оценк|критери|значени|цел|задач|срок"
    r"|(?:и|за|по|на|от|к|с|его|ее|их|для)(?!\w))\w*[\s,/«»-]*"
)
LABELS = tuple((field, re.compile(pattern)) for field, pattern in _LABELS)


def label_of(cell: str) -> str | None:
    """The field that the words name; None where they name none."""
    words = plain_label(cell)
    if not words or len(words) > LONGEST_LABEL:
        return None
    return next((field for field, pattern in LABELS if pattern.match(words)), None)


def is_only_label(text: str) -> bool:
    """Whether the text names a field and says nothing else: «Цель концепции», but no «Цель направлена на …»."""
    words = plain_label(text)
    found = next((match for _, pattern in LABELS if (match := pattern.match(words))), None)
    if found is None or len(words) > LONGEST_LABEL:
        return False
    rest = re.sub(r"^\w*[\s,/«»-]*", "", words[found.end() :])
    while rest and (beside := _BESIDE.match(rest)):
        rest = rest[beside.end() :]
    return not rest


def plain_label(cell: str) -> str:
    """Lower case, one line, no numbering and no colon."""
    words = " ".join(clean(cell).split()).lower().replace("ё", "е")
    return NUMBERING.sub("", words).strip(" :;.-–—")
