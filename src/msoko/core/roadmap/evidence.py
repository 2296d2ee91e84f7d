"""What has to be handed in with a report: papers that the words of an expected result name, and how many of each.

«Аналитическая справка, приказы по итогам» names an аналитическая справка and a приказ. That is a suggestion: nothing is
required until a person says so.
"""

import re
from collections.abc import Iterable

MOST_SUGGESTED = 5
"""More papers of one activity are a list of contents, and nobody would read it as a suggestion."""
MOST_OF_A_KIND = 50
OF_HARD_STEM = "(?:а|у|ом|е|ы|ов|ам|ами|ах)?"
OF_SOFT_NEUTER = "(?:е|я|ю|ем|и|й|ям|ями|ях)"
FEMININE = "(?:а|ы|и|е|у|ой|ою|ам|ами|ах)"
SCHEDULE = "график(?:а|у|ом|е|и|ов|ам|ами|ах)?"
NOTE = f"(?:записк{FEMININE}|записок)"
REFERENCE = f"(?:справк{FEMININE}|справок)"
ANALYTIC = r"(?:информационно-?)?аналитическ\w+"

KINDS = (
    ("аналитическая справка", rf"{ANALYTIC}\s+{REFERENCE}"),
    ("аналитическая записка", rf"{ANALYTIC}\s+{NOTE}"),
    ("аналитический отчёт", rf"{ANALYTIC}\s+отчет{OF_HARD_STEM}"),
    ("пояснительная записка", rf"пояснительн\w+\s+{NOTE}"),
    ("докладная записка", rf"(?:докладн|служебн)\w+\s+{NOTE}"),
    ("адресные рекомендации", r"адресн\w+\s+(?:\w+\s+)?рекомендаци(?:и|й|ям|ями|ях)"),
    ("методические рекомендации", r"методическ\w+\s+рекомендаци(?:и|й|ям|ями|ях)"),
    ("рекомендации", r"рекомендаци(?:и|й|ям|ями|ях)"),
    ("выписка из протокола", rf"(?:выписк{FEMININE}|выписок)\s+из\s+протокол\w*"),
    ("протокол", rf"протокол{OF_HARD_STEM}"),
    ("приказ", rf"приказ{OF_HARD_STEM}"),
    ("распоряжение", rf"распоряжени{OF_SOFT_NEUTER}"),
    ("постановление", rf"постановлени{OF_SOFT_NEUTER}"),
    ("справка", REFERENCE),
    ("фотоотчёт", rf"фото-?отчет{OF_HARD_STEM}"),
    ("отчёт", rf"отчет{OF_HARD_STEM}"),
    ("план-график", rf"план{OF_HARD_STEM}-{SCHEDULE}"),
    ("план", rf"план{OF_HARD_STEM}"),
    ("график", SCHEDULE),
    ("дорожная карта", rf"дорожн\w+\s+карт(?:{FEMININE})?"),
    ("программа", rf"программ(?:{FEMININE})?"),
    ("положение", rf"положени{OF_SOFT_NEUTER}(?=\s+(?:о|об)\s)"),
    ("регламент", rf"регламент{OF_HARD_STEM}"),
    ("локальный акт", rf"(?:локальн|нормативн|нормативно-правов)\w+\s+(?:\w+\s+)?акт{OF_HARD_STEM}"),
    ("акт", rf"акт{OF_HARD_STEM}"),
    ("договор", rf"договор{OF_HARD_STEM}"),
    ("соглашение", rf"соглашени{OF_SOFT_NEUTER}"),
    ("лист регистрации", r"лист(?:а|у|ом|е|ы|ов|ами|ах)?\s+регистрации|регистрационн\w+\s+лист\w*"),
    ("список", r"спис(?:ок|ка|ку|ком|ке|ки|ков|кам|ками|ках)"),
    ("перечень", r"переч(?:ень|ня|ню|нем|не|ни|ней|ням|нями|нях)"),
    ("реестр", rf"реестр{OF_HARD_STEM}"),
    ("анкета", rf"анкет(?:{FEMININE})?"),
    ("сертификат", rf"сертификат{OF_HARD_STEM}"),
    ("удостоверение", rf"удостоверени{OF_SOFT_NEUTER}"),
    ("фотографии", r"фотографи(?:и|й|ям|ями|ях)|фотоматериал(?:ы|ов|ам|ами|ах)"),
    ("ссылка на страницу", r"(?:на|страниц\w+)\s+(?:\w+\s+)?сайт(?:е|а|ах|ов)|публикаци(?:я|и|ю|ей|й|ям|ями|ях)"),
)
"""As it is required, and how texts write it, without «ё»; what is more special goes before what is in it."""

_ANY = re.compile(r"(?<![\w-])(?:" + "|".join(f"({pattern})" for _, pattern in KINDS) + r")(?![\w-])")
# «Выполнение плана», «согласно приказу», «по программе»: the paper is what is followed, not what comes out.
_FOLLOWED = re.compile(
    r"(?<!\w)(?:по|без|согласно|(?:на|в)\s+(?:основани\w+|основе|рамках)|в\s+соответствии\s+с|(?:ис|вы)полнени\w+|"
    r"реализаци\w+|освоени\w+|соблюдени\w+|с?\s*учетом)\s+(?:[\w-]+\s+){0,2}$"
)
FURTHEST = 120
"""Signs before a paper in which it may be said that it is followed."""
_COUNT = re.compile(r"(?<=[^\d\s])\s*×\s*([0-9]{1,2})$")  # «10 × 15» is a size, no number of pictures


def suggested(result: str) -> tuple[str, ...]:
    """The papers that an expected result names, each once, in the order of the text, as they are required."""
    text = result.casefold().replace("ё", "е")
    named = (
        KINDS[one.lastindex - 1][0] for one in _ANY.finditer(text) if one.lastindex and not _is_followed(text, one)
    )
    return tuple(dict.fromkeys(named))[:MOST_SUGGESTED]


def _is_followed(text: str, found: re.Match[str]) -> bool:
    return _FOLLOWED.search(text[max(found.start() - FURTHEST, 0) : found.start()]) is not None


def times(kind: str, count: int) -> str:
    """«протокол × 2»; one is not said."""
    return f"{kind} × {count}" if count > 1 else kind


def name_of(required: str) -> str:
    """«протокол» of «протокол × 2»."""
    return _COUNT.sub("", required)


def count_of(required: str) -> int:
    """How many of the thing have to be there: two of «протокол × 2», else one."""
    found = _COUNT.search(required)
    return max(int(found[1]), 1) if found else 1


def kinds_of(results: Iterable[str]) -> list[str]:
    """What these results name, the most frequent first."""
    counts: dict[str, int] = {}
    for result in results:
        for kind in suggested(result):
            counts[kind] = counts.get(kind, 0) + 1
    return sorted(counts, key=lambda kind: (-counts[kind], kind))
