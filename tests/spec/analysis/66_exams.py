"""Экзамены и олимпиада

Показатели ЕГЭ и ОГЭ каждой школы стоят рядом с территорией. Отличие названо, если весь интервал разницы с остальными
школами по одну сторону от нуля и участников не меньше десяти. Суммы трёх экзаменов считаются там, где результаты одного
выпускника по разным предметам связаны ключом: код участника на каждом экзамене свой.
"""

from dataclasses import replace

from msoko.core.analysis.methods.exams import indicators, olympiads, sum_of_three
from msoko.core.analysis.panel import Panel
from tests.core.analysis.panels import panel_of, parameters, school, work
from tests.core.analysis.people import Sat, panel_of_people

SCHOOL, OTHERS = 10, 11
EGE = work(1, kind="ege", grade=11, bounds=None, minimum=27, maximum=32)
OGE = work(2, kind="oge", grade=9)


def of_school(outcome):
    return next(one for one in outcome.results if one.organisation == SCHOOL)


def test_indicators_of_test_scores(manual):
    """ЕГЭ: ниже минимума, высокие баллы, сто баллов

    Минимум примера — 27 баллов; высокие баллы — от 81, граница — параметр.
    """
    own, others = [20] * 6 + [50] * 12 + [90, 100], [60] * 180
    rows = [{"тестовый балл": score, "участников": own.count(score)} for score in sorted(set(own))]
    manual.table("Школа; в остальных школах у всех 180 участников по 60 баллов", rows)
    outcome = indicators.compute(panel_of({EGE: {SCHOOL: own, OTHERS: others}}), parameters("exams.indicators"))
    result = of_school(outcome)
    manual.says(f"Сказано: «{indicators.sentence(result)}»")
    assert [result.statistic[name]["k"] for name in ("failed", "high", "perfect")] == [6, 2, 1]


def test_indicators_of_marks(manual):
    """ОГЭ: отметки, успеваемость, качество"""
    own, others = [3] * 5 + [7] * 10 + [12] * 5, [3] * 15 + [12] * 85
    manual.table(
        "Отметки",
        [
            {"где": "школа", "«2»": 5, "«3»": 10, "«4»": 5},
            {"где": "остальные школы", "«2»": 15, "«3»": 0, "«4»": 85},
        ],
    )
    outcome = indicators.compute(panel_of({OGE: {SCHOOL: own, OTHERS: others}}), parameters("exams.indicators"))
    result = of_school(outcome)
    manual.says(f"Сказано: «{indicators.sentence(result)}»")
    assert (result.statistic["failed"]["against"], result.statistic["quality_rate"]["against"]) == ("alike", "below")


def test_a_handful_is_shown_and_not_compared(manual):
    """Горстка участников не сравнивается"""
    outcome = indicators.compute(panel_of({OGE: {SCHOOL: [3], OTHERS: [12] * 90}}), parameters("exams.indicators"))
    result = of_school(outcome)
    manual.says(f"Сказано: «{indicators.sentence(result)}»")
    assert result.statistic["failed"]["against"] == "few"


def test_the_three_best_scores_are_added_up(manual):
    """Сумма трёх экзаменов

    Складываются три лучших балла по разным предметам; у кого предметов меньше трёх, в долю не входит.
    """
    exams = [
        EGE,
        replace(EGE, key=2, subject="russian"),
        replace(EGE, key=3, subject="history"),
        replace(EGE, key=4, subject="physics"),
    ]
    names = ("математика", "русский язык", "история", "физика")
    scores = {"первый": (80, 90, 50, 60), "второй": (50, 50, 59, None), "третий": (70, 80, None, None)}
    manual.table(
        "Тестовые баллы", [{"выпускник": who, **dict(zip(names, row, strict=True))} for who, row in scores.items()]
    )
    sat = {
        one: [Sat(SCHOOL, who, row[at], "11А") for who, row in scores.items() if row[at] is not None]
        for at, one in enumerate(exams)
    }
    (result,) = sum_of_three.compute(panel_of_people(sat), parameters("exams.sum_of_three")).results
    manual.says("Суммы: у первого 80 + 90 + 60 = 230, у второго 159, у третьего экзаменов два.")
    manual.says(f"Сказано: «{sum_of_three.sentence(result)}»")
    assert [(result.statistic[name]["k"], result.statistic[name]["n"]) for name in ("high", "low")] == [(1, 2), (1, 2)]


def row(stage, subject, grade, participants, winners, prize_winners):
    told = {"participants": participants, "winners": winners, "prize_winners": prize_winners}
    about = {"academic_year": "2024", "stage": stage, "subject": subject, "grade": grade}
    return {"organisation": SCHOOL, "school": "Школа № 10", **about, **{name: str(n) for name, n in told.items()}}


def test_stages_of_the_olympiad(manual):
    """Олимпиада складывается по предметам и параллелям

    Строка без параллели — все параллели вместе: если она есть, отдельные строки того же предмета не складываются с ней.
    """
    rows = [
        row("муниципальный", "Химия", "", 13, 1, 2),
        row("муниципальный", "Химия", "8", 6, 0, 1),
        row("муниципальный", "Физика", "9", 1, 0, 1),
    ]
    names = {"subject": "предмет", "grade": "параллель", "participants": "участников"}
    names |= {"winners": "победителей", "prize_winners": "призёров"}
    manual.table("Муниципальный этап", [{name: row[key] for key, name in names.items()} for row in rows])
    passport = {"organisation": SCHOOL, "school": "Школа № 10", "academic_year": "2024", "pupils": "312"}
    panel = Panel(2025, (), {SCHOOL: school(SCHOOL)}, {}, records={"olympiads": rows, "social_passport": [passport]})
    (result,) = olympiads.compute(panel, parameters("exams.olympiads")).results
    manual.says(f"В школе 312 обучающихся. Сказано: «{olympiads.sentence(result)}»")
    assert [result.statistic[name] for name in ("participants", "winners", "prize_winners")] == [14, 1, 3]
