"""What looks like a deadline and what like executors."""

import pytest

from msoko.core.roadmap.reading.like_deadlines import like_a_deadline
from msoko.core.roadmap.reading.like_executors import like_executors

DEADLINES = [
    "март",
    "до 5 мая 2026 г.",
    "II квартал",
    "2026–2028",
    "01.02.26",
    "По отдельному графику",
    "ежегодно",
    "в течение 3 дней",
    "1 раз в полугодие",
    "осенние каникулы",
    "постоянно",
    "по мере обращений",
    "не позднее первой недели сентября",
    "вторая неделя",
    "по итогам четверти",
    "в соответствии с планом РМК",
    "с 1 сентября по 30 мая",
]
PEOPLE = [
    "УО",
    "Директор школы",
    "заместители директоров, классные руководители",
    "Орлова А.А.",
    "А.А. Орлова, методист РМК",
    "МБУ «Центр чтения»",
    "Учителя-предметники",
    "Районная методическая служба",
    "и.о. директора",
    "Рабочая группа",
    "<person>",
    "- школьные библиотекари;\n- вожатые",
    "Все школы",
]
NEITHER = [
    "Неделя чтения",
    "Школьный турнир чтецов и их наставников",
    "Совещание с директорами школ",
    "ВПР в пятых классах: разбор заданий",
    "Организация летнего чтения в сельских библиотеках",
    "Разработка дорожных карт развития",
    "Отчёт о проделанной работе",
    "Единый день открытых дверей",
    "СМОТР ШКОЛЬНЫХ МУЗЕЕВ",
    "",
]


@pytest.mark.parametrize("said", DEADLINES)
def test_time_is_a_deadline_and_no_executor(said):
    assert like_a_deadline(said) >= 0.5
    assert like_executors(said) < 0.5


@pytest.mark.parametrize("said", PEOPLE)
def test_people_and_organisations_are_executors_and_no_deadline(said):
    assert like_executors(said) >= 0.6
    assert like_a_deadline(said) < 0.3


@pytest.mark.parametrize("said", NEITHER)
def test_titles_and_results_are_neither(said):
    assert like_a_deadline(said) < 0.6
    assert like_executors(said) < 0.6
