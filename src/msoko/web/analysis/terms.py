"""Names in statistics, parameters and choices → Russian terms. A name that is not here is shown as it is."""

from functools import lru_cache

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import capitalised
from msoko.web.collection.presenting import subject_name
from msoko.web.definitions import definitions

TERMS = {
    "above": "Выше границы",
    "absent": "Не писали",
    "actual": "На самом деле",
    "answers": "Ответов",
    "before": "Год назад",
    "better": "Школ с результатом ниже",
    "class": "Класс",
    "code": "Работа",
    "corrected": "p с поправкой на число проверок",
    "count": "Маркеров",
    "counted": "Процедур учтено",
    "covariates": "Какие условия учтены",
    "difference": "Разница",
    "direction": "Куда изменилось",
    "dropped": "Какие условия не учтены и почему",
    "earlier": "Годом раньше",
    "effect": "Величина эффекта",
    "estimate": "Оценка с поправкой на случайность, %",
    "evidence": "Сила свидетельства",
    "expected": "Ожидалось",
    "extra": "Лишних",
    "facility": "Выполнение, %",
    "few_pupils": "Для «устойчиво» мало обучающихся",
    "formula": "Формула",
    "from": "С каким годом сравнили",
    "high": "Верхняя граница",
    "high_fence": "Верхний порог",
    "index": "Индекс условий",
    "interval": "Интервал",
    "is_beyond": "За пределами ожидаемого",
    "judged": "Посчитано маркеров",
    "k": "Не справились",
    "lag": "Отставание, п. п.",
    "lag_high": "Отставание до, п. п.",
    "lag_low": "Отставание от, п. п.",
    "level": "Уровень",
    "limit": "Граница, %",
    "low": "Нижняя граница",
    "low_fence": "Нижний порог",
    "marker": "Маркер",
    "maximum": "Максимум, баллов",
    "mean": "Среднее",
    "median": "Медиана",
    "min_n": "Наименьшее число участников",
    "n": "Участников",
    "n_after": "Участников после",
    "n_before": "Участников до",
    "near": "Работ у границ",
    "number": "Задание",
    "numbers": "Задания",
    "observed": "На самом деле",
    "of_schools": "Всего школ",
    "overall": "За всю работу, %",
    "p": "p",
    "p25": "Нижняя четверть",
    "p75": "Верхняя четверть",
    "p_weak": "p для слабых работ",
    "parallels": "Параллелей",
    "peers": "Похожие школы",
    "percent_after": "После, %",
    "percent_before": "До, %",
    "place": "Место",
    "present": "Писали",
    "prior": "У похожих школ",
    "probability": "Вероятность, что правило выполнено не случайно",
    "pupils": "Разных обучающихся",
    "r": "Корреляция",
    "reach": "Остаётся в списке при наименьшем числе участников до",
    "region": "Регион",
    "repeated": "Второй год подряд",
    "resilient": "Годы выше ожидаемого",
    "robust": "Устойчиво",
    "sat": "Писали",
    "schools": "Школ",
    "sd": "Стандартное отклонение",
    "share": "Не справились",
    "shrunken": "Разница с поправкой на случайность",
    "shrunken_high": "Разница до",
    "shrunken_low": "Разница от",
    "territory": "По территории",
    "territory_n": "Участников на территории",
    "territory_overall": "За всю работу по территории, %",
    "tested": "Проверено заданий",
    "threshold": "Порог, %",
    "typical": "Обычно",
    "unit": "Единица",
    "unusual": "Необычных работ",
    "verdict": "Вывод",
    "weak": "Слабых работ",
    "weak_expected": "Слабых ожидалось",
    "weight": "Вес, участников",
    "why": "Почему нет",
    "works": "Работ",
    "year": "Год",
    "z": "z",
}
LISTS = {
    "items": "Задания",
    "low": "Низкие работы",
    "markers": "Маркеры",
    "works": "Работы",
    "years": "По годам",
}
"""A list of rows under a name that elsewhere is a number."""
WORDS = {
    "area": "местность",
    "cohort": "изменение у тех же детей",
    "component": "по главной компоненте признаков",
    "drop": "резкое падение",
    "index": "индекс условий",
    "items": "сумма баллов за задания",
    "journal": "расхождение с журналом",
    "mean": "завышенный средний балл",
    "mean_percent": "средний процент выполнения",
    "municipality": "муниципалитет",
    "percent": "проценты",
    "printed": "итог, напечатанный в протоколе",
    "published": "опубликованная",
    "quality": "доля «4» и «5»",
    "region": "регион",
    "rise": "резкий рост",
    "size": "размер школы",
    "tie_corrected": "с поправкой на совпадения",
    "type": "тип школы",
    "weighted": "с весами из таблицы",
    **{verdict.value: verdict.words for verdict in Verdict},
}
"""Values that are words of the code."""


def term(key: str, is_list: bool = False) -> str:
    return (LISTS.get(key) if is_list else None) or TERMS.get(key) or capitalised(key.replace("_", " "))


def word(value: str) -> str:
    """A choice, a subject, a column of our own forms; what is none of these speaks for itself."""
    return WORDS.get(value) or subject_name(value) or _columns(definitions().hash).get(value) or value


@lru_cache(maxsize=2)
def _columns(edition: str) -> dict[str, str]:
    """Columns of our own forms by key: weights of conditions are named by them."""
    return {column.key: column.title for layout in definitions().layouts.values() for column in layout.columns}
