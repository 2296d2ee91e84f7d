"""One name a thing: «Управление образования администрации … района» and «УО» are written «УО»."""

import re

from msoko.core.vocabulary.russian import capitalised

_ADMINISTRATION = (
    r"(?:,? (?:и )?(?:по )?(?:администраци\w+|АМО|АМР|АМГО|МО|ГО|МР|муниципальн\w+ (?:район|округ|образован)\w*"
    r"|городск\w+ округ\w*|[А-ЯЁ][а-яё-]+(?:ого|ому) (?:район|округ|муниципальн|городск)\w*|г\.\s?[А-ЯЁ]"
    r"|города)(?:\s.*)?)?$"
)
# In this order; each (what is written, what stands for it).
_SHORTER = [
    (r"(?<!\w)школьн\w+ методическ\w+ объединени\w+", "ШМО"),
    (r"районн\w+ методическ\w+ объединени\w+", "РМО"),
    (r"окружн\w+ методическ\w+ объединени\w+", "ОМО"),
    (r"городск\w+ методическ\w+ объединени\w+", "ГМО"),
    (r"учебно-воспитательн\w+(?: работ\w*)?", "УВР"),
    (r"научно-методическ\w+ работ\w*", "НМР"),
    (r"учебно-методическ\w+ работ\w*", "УМР"),
    (r"воспитательн\w+ работ\w*", "ВР"),
    (r"учебн\w+ работ\w*", "УР"),
    (r"дошкольн\w+ образовательн\w+ (?:организаци\w+|учреждени\w+)", "ДОУ"),
    (r"(?:организаци\w+|учреждени\w+) дополнительного образования(?: детей)?", "УДО"),
    (r"школ\w* с (?:стабильно )?низкими (?:образовательными )?результатами(?: обучения)?(?: обучающихся)?", "ШНОР"),
    (r"(?:муниципальн\w+ )?(?<!профессиональные )(?<!профессиональных )(?:обще)?образовательн\w+ организаци\w+", "ОО"),
    (r"(?:муниципальн\w+ )?(?:обще)?образовательн\w+ учреждени\w+", "ОУ"),
    (r"(?<!\w)ООО(?!\w)", "ОО"),
    (r"обще(школьн)\w+ родительск\w+ комитеты", r"общешкольные родительские комитеты"),
    (r"(?<!\w)зам(?:\.|еститель)\s?нач\.\s?(?=\w)", "заместитель начальника "),
    (r"(?<!\w)зам\.\s?(?=\w)", "заместитель "),
    (r"(?<!\w)нач\.\s?(?=\w)", "начальник "),
    (rf"(?<!орган )(?<!органы )(?<!органов )(?<!органами )управлени\w+ образовани\w+{_ADMINISTRATION}", "УО"),
    (
        rf"(?<!\w)((?:РУО|УО|МОУО)(?!\w)|отдел\w* образования|комитет\w* (?:по образованию"
        rf"|образования)){_ADMINISTRATION}",
        r"\1",
    ),
]
_NAME = re.compile(r"(«.*»)")
_SHORTER_PATTERNS = [(re.compile(pattern, re.IGNORECASE), short) for pattern, short in _SHORTER]


def canonical(words: str) -> str:
    """The words with the usual short names, « » and a capital letter: the same for all spellings of one thing."""
    text = with_one_kind_of_marks(" ".join(words.split()))
    # A name in quotation marks keeps its words.
    text = "".join(part if part.startswith("«") else _shortened(part) for part in _NAME.split(text))
    text = re.sub(r"№\s*(?=\d)", "№ ", text)
    return capitalised(" ".join(text.split()).strip(" ,;–—-"))


def _shortened(text: str) -> str:
    for pattern, short in _SHORTER_PATTERNS:
        text = pattern.sub(short, text)
    return text


def with_one_kind_of_marks(text: str) -> str:
    """„…“, “…” and "…" as «…»."""
    text = re.sub(r"(^|[\s(«])[\"„“”‟″](?=\S)", r"\1«", text)
    return re.sub(r"[\"„“”‟″]", "»", text)
