"""Sentences on how words were read, and on dates that the period does not have."""

from collections.abc import Sequence

from msoko.core.roadmap.deadlines.deadline import Window
from msoko.core.vocabulary.russian import quote, short_date

NO_YEAR = "Год не назван: взят каждый год периода."
NO_YEAR_SINCE = "Год не назван: взят первый в периоде."
EVERY_DAY = "Каждый день: отдельных сроков нет, один сплошной."
SHORTER_MONTH = "Где в месяце меньше дней, взят его последний день."
NEXT_MONTH = "Число прочитано как число месяца, следующего за кварталом или четвертью."
NO_SIGN = "Между сроками нет знака: прочитано как перечисление."
END_MAY_LACK = "В конце стоит тире: возможно, потерян конец срока."
NOTHING = "В периоде таких сроков нет."
NOT_EXACT = "Срок назван приблизительно."
WITHOUT_MOVED_DAYS = "Выходные — субботы, воскресенья и праздники; переносы выходных не учтены."
FROM_THE_FIRST_DAY = "Дни отсчитаны от первого дня периода или названного срока."
ONE_OF_TWO = "«Или» и косая черта между соседними месяцами прочитаны как «с первого по последний»."
SLASH_IS_LIST = "Косая черта между месяцами прочитана как перечисление."
TWO_YEARS_OF_SCHOOL = "Два года подряд возле четверти или полугодия прочитаны как учебный год."
BEFORE_MONTH = "«До» месяца, квартала или года прочитано как «до его начала»."


def outside(named: Sequence[Window]) -> str:
    """«Вне периода: 01.09.2019–30.09.2019.»"""
    return f"Вне периода: {'; '.join(_days(one) for one in named)}."


def impossible(text: str) -> str:
    return f"Такого срока в календаре нет: {quote(text)}."


def corrected(written: str, read: str) -> str:
    return f"{quote(written)} прочитано как {quote(read)}."


def days_unknown(text: str) -> str:
    return f"Сказано {quote(text)}, но этих дней календарь не знает: сроки не сокращены."


def no_end(text: str) -> str:
    return f"Сказано {quote(text)}, но не сказано, до каких пор: взят только этот месяц или квартал."


def year_of_purpose(text: str) -> str:
    return f"Год не назван: взят по словам {quote(text)}."


def excepts_nothing(text: str) -> str:
    return f"Сказано {quote(text)}, но на эти дни ни один срок не приходится."


def undivided(text: str) -> str:
    return f"Сказано {quote(text)}, но не сказано когда: для всех раз один срок."


def other_count(text: str, count: int) -> str:
    return f"Сказано {quote(text)}, а сроков названо {count}."


def first_of(text: str) -> str:
    return f"Сказано {quote(text)}, но не сказано, с какого года: взят первый такой срок периода."


def cut(due: Window) -> str:
    return f"Срок {_days(due)} выходит за конец периода и обрезан им."


def _days(one: Window) -> str:
    if one.begins == one.ends:
        return short_date(one.ends)
    return f"{short_date(one.begins)}–{short_date(one.ends)}"
