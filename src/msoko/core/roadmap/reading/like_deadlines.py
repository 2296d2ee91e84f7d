"""Does a cell speak of time? By its words alone; what exactly it says is the grammar of deadlines' business."""

import re
from functools import lru_cache

# One of these a deadline has. Beginnings of words …
_TIME_STEMS = (
    *("январ", "феврал", "март", "апрел", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"),
    *("ежегод", "ежемесяч", "еженедел", "ежекварт", "ежеднев", "ежечетверт", "ежеполугод", "поквартал", "помесяч"),
    *("квартал", "полугоди", "четверт", "триместр", "каникул", "осен", "весен", "весн", "зим"),
    *("летн", "постоян", "систематич", "регулярн", "периодич", "непрерыв", "однократ", "единовремен", "бессроч"),
    *("немедлен", "течени", "период", "срок", "необходимост", "соответстви", "ежесеместр", "семестр", "накануне"),
)
# … and whole words: «раз» is time, «разработка» is not; «плану» (по плану) is, «план» is a paper.
_TIME_WORDS = (
    *("май", "мая", "мае", "маю", "янв", "фев", "февр", "апр", "авг", "сен", "сент", "окт", "ноя", "нояб", "дек"),
    *("раз", "раза", "дважды", "трижды", "мере", "год", "года", "году", "годы", "годов", "лет", "лето", "числа"),
    *("число", "плану", "планам", "планом", "планами", "графику", "графикам", "графиком", "согласно", "итогам"),
    *("результатам", "окончании", "окончанию", "завершении", "завершению", "факту", "позднее", "после", "уч"),
    *("месяц", "месяца", "месяцев", "сразу", "бюджетного", "всегда", "дате", "даты", "расписанию", "положению"),
    # «Неделя чтения» is a title, «вторая неделя» and «3 недели» are time.
    r"(?:\d+(?:-?[яй])?|перв\w+|втор\w+|треть\w+|последн\w+|кажд\w+|течение) (?:недел|декад)\w*",
    r"\d+ (?:рабочих |календарных )?дн(?:я|ей)",
)
# These may stand beside and say nothing by themselves: first those with which a deadline may begin.
_LEADING_STEMS = (
    *("отдельн", "утвержд", "установлен", "указан", "следующ", "текущ", "каждо", "кажды", "перв", "втор", "треть"),
    *("последн", "начал", "конец", "конц", "середин", "начин", "муниципальн", "региональн", "учебн"),
)
_BESIDE_STEMS = (
    *_LEADING_STEMS,
    *("календарн", "отчетн", "отчётн", "проведени", "поступлени", "приказ"),
    *("школ", "работ", "реализац", "действи", "процедур", "обновлен", "пополнен", "недел", "декад"),
)
_BESIDE_WORDS = (
    *("до", "с", "со", "по", "в", "во", "на", "и", "или", "к", "ко", "от", "за", "не", "реже", "чаще", "менее"),
    *("более", "г", "гг", "далее", "затем", "перед", "весь", "всего", "один", "два", "три", "четыре", "для", "при"),
    *("через", "о", "день", "дня", "дней", "i", "ii", "iii", "iv", "v", "vi", "ix", "x", "е", "го", "й", "а"),
    *("также", "того", "этого", "же", "сроки", "уо"),
)
_DATE = r"\d{1,2}\s?[./]\s?\d{1,2}(?:\s?[./]\s?(?:\d{4}|\d{2}))?(?!\d)|\d{4}-\d{2}-\d{2}|(?<!\d)20[0-4]\d(?!\d)"


def _words(stems: tuple[str, ...], words: tuple[str, ...]) -> str:
    of_stems = rf"(?:{'|'.join(stems)})\w*|" if stems else ""
    return rf"(?<![^\W_])(?:{of_stems}(?:{'|'.join(words)})(?![^\W_]))"


_TIME = re.compile(f"{_DATE}|{_words(_TIME_STEMS, _TIME_WORDS)}")
_TIME_OR_BESIDE = re.compile(rf"{_TIME.pattern}|{_words(_BESIDE_STEMS, _BESIDE_WORDS)}|\d+")
_LEADING = re.compile(rf"{_words(_LEADING_STEMS, _BESIDE_WORDS)}|\d+")
_LETTERS = re.compile(r"[^\W_]")
_PLACEHOLDERS = re.compile(r"<[a-z-]+>")
LONG = 120  # a deadline is rarely longer, and a long sentence easily names a month


@lru_cache(maxsize=8192)
def like_a_deadline(text: str) -> float:
    """0 … 1: the share of the letters that speak of time, more where the text begins with that."""
    said = " ".join(_PLACEHOLDERS.sub("", text).split()).lower()
    first = _TIME.search(said)
    if not first:
        return 0.0
    told = sum(len(_LETTERS.findall(found[0])) for found in _TIME_OR_BESIDE.finditer(said))
    share = told / max(1, len(_LETTERS.findall(said)))
    if len(said) > LONG and share < 0.6:
        return share / 2
    begins = not _LETTERS.search(_LEADING.sub("", said[: first.start()]))
    if not begins:
        return share * 0.6
    return min(1.0, max(0.5, share + 0.2))
